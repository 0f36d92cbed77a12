"""Looks at settings, log, disk and clock: the doctor's second half. Writes nothing."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from kiosk.adapters.certificates.issuers import FOLDER, load
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.disk import disk_told
from kiosk.adapters.sqlite.database import refuse_damaged
from kiosk.adapters.sqlite.migrations import MIGRATIONS
from kiosk.adapters.sqlite.store import Store, has_used_key, open_store_read_only
from kiosk.app import first_start
from kiosk.app.findings import Finding, fault, note, ok
from kiosk.app.form_texts import load_form
from kiosk.app.rules import Rules, load_rules, same_version
from kiosk.app.settings import Settings, load_settings
from kiosk.app.toml_file import SettingsError
from kiosk.domain.chain import Broken, Proved
from kiosk.domain.retention import DOUBTED_FOR, LONGEST_SHUT, Kind, Periods, first_kept
from kiosk.domain.screening import RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.logbook import LogbookError, Trouble
from kiosk.ports.retention import Kept
from kiosk.ui.wording import Words

MEGABYTE = 1_000_000
LITTLE_ROOM, NO_ROOM = 1_000, 100
"""Megabytes free on the disk below which the doctor warns, and below which it is a fault."""

EARLIEST_YEAR, LATEST_YEAR = 2025, 2060
VIETNAM = timedelta(hours=7)
_USE = {True: os.R_OK | os.W_OK | os.X_OK, False: os.R_OK | os.W_OK}
_AHEAD = timedelta(minutes=2)
_LATE = LONGEST_SHUT + DOUBTED_FOR


def settings(
    data: Path, resources: Path, words: Words, clock: Clock
) -> tuple[Settings, list[Finding]]:
    """The settings that serve for the other checks, and what is wrong with files of the office."""
    found = []
    try:
        loaded = load_settings(data, resources)
    except SettingsError as error:
        found.append(fault("settings", "doctor.settings.wrong", mistake=error.told(words)))
        loaded = load_settings(resources, resources)  # no settings.toml there: the defaults
    try:
        rules = load_rules(data, resources)
        _refuse_changed_rules(rules, DataFolder(data), clock)
    except SettingsError as error:
        found.append(fault("settings", "doctor.settings.wrong", mistake=error.told(words)))
    else:
        if not found:
            version = rules.card.version
            found.append(ok("settings", "doctor.settings.ok", gate=loaded.gate.id, rules=version))
        if first_start.holds_former_order(rules.card):
            found.append(note("settings", "command.former_order", file=rules.file))
        found.extend(_consent_texts(data, resources, loaded, rules.card, words))
    return loaded, found


def _refuse_changed_rules(rules: Rules, folder: DataFolder, clock: Clock) -> None:
    """Raise SettingsError where the desk would: a card that was changed and kept its version.

    A log that does not open is told on its own line.
    """
    with contextlib.suppress(LogbookError):
        store = open_store_read_only(folder, clock, "")
        try:
            taken = store.logbook.takes_rules(rules.card, rules.text)
        finally:
            store.close()
        if not taken:
            raise same_version(rules)


def _consent_texts(
    data: Path, resources: Path, loaded: Settings, card: RuleCard, words: Words
) -> Iterator[Finding]:
    """What is wrong with the texts that guests agree to, and which the program had to lend."""
    try:
        texts = load_form(data, resources, loaded).consent
    except SettingsError as error:
        yield fault("settings", "doctor.settings.wrong", mistake=error.told(words))
        return
    for language, text in texts.items():
        if text.borrowed and not card.health_step:
            file = data / f"consent.{language}.toml"
            yield note("settings", "doctor.settings.consent_of_health", file=file)


def issuers(data: Path) -> Iterator[Finding]:
    """Whose certificates are believed; nothing is said where the office trusts nobody."""
    folder = data / FOLDER
    if not folder.is_dir():
        return
    known = load(folder)
    values = {"count": len(known), "folder": folder}
    if known.unused:
        yield note("issuers", "doctor.issuers.some", files=", ".join(known.unused), **values)
    else:
        yield ok("issuers", "doctor.issuers.ok", **values)


def database(data: Path, clock: Clock, gate_id: str) -> Iterator[Finding]:
    """Whether the log opens, is as it was written, and does not end in the future."""
    folder = DataFolder(data)
    try:
        if not folder.database.exists():
            if folder.has_key():
                folder.key()  # one that is not whole keeps the desk from opening
            yield note("database", "doctor.database.none", folder=data)
            return
        with disk_told():
            folder.database.open("r+b").close()  # reading alone is not enough for a desk
        store = open_store_read_only(folder, clock, gate_id)
        try:
            refuse_damaged(store.database)
            yield _chain(store)
            if has_used_key(store.database) and not folder.has_key():
                yield fault("database", f"trouble.{Trouble.KEY_LOST}", folder=data)
            yield from _last_entry(store, clock)
        finally:
            store.close()
    except LogbookError as error:
        tell = note if error.trouble is Trouble.OLDER else fault
        yield tell("database", f"trouble.{error.trouble}", folder=data)


def _chain(store: Store) -> Finding:
    version = len(MIGRATIONS.applied(store.database))
    match store.logbook.check():
        case Proved(rows, fingerprint):
            values = {"rows": rows, "fingerprint": fingerprint or "-", "version": version}
            return ok("database", "doctor.database.ok", **values)
        case Broken(gate_id, seq):
            return fault("database", "doctor.database.broken", gate=gate_id, row=seq)


def _last_entry(store: Store, clock: Clock) -> Iterator[Finding]:
    latest = store.logbook.latest(1)
    if latest and latest[0].draft.written_at > clock.now() + _AHEAD:
        written = latest[0].draft.written_at.astimezone(clock.zone())
        yield fault("clock", "doctor.clock.behind_log", written=f"{written:%Y-%m-%d %H:%M}")


def erasing(data: Path, clock: Clock, periods: Periods) -> Iterator[Finding]:
    """Whether what visitors were told holds; nothing is said of a log that does not open."""
    with contextlib.suppress(LogbookError):
        store = open_store_read_only(DataFolder(data), clock, "")
        try:
            yield _erased(store.eraser.kept(), clock, periods)
        finally:
            store.close()


def _erased(kept: Kept, clock: Clock, periods: Periods) -> Finding:
    zone = clock.zone()
    today = clock.now().astimezone(zone).date()
    days = {kind: at.astimezone(zone).date() for kind, at in kept.oldest.items()}
    late = any(day < first_kept(today, periods.of(kind)) - _LATE for kind, day in days.items())
    oldest = min((day for kind, day in days.items() if kind is not Kind.PROOF), default=None)
    ran = f"{kept.ran_at.astimezone(zone):%Y-%m-%d %H:%M}" if kept.ran_at else "-"
    tell = fault if late else ok
    key = "doctor.erasing.late" if late else "doctor.erasing.ok"
    return tell("erasing", key, ran=ran, oldest=oldest or "-", days=periods.identity)


def disk(data: Path) -> Finding:
    """Whether there is room, and whether data folder and what lies in it can be written to."""
    folder = next(path for path in (data, *data.parents) if path.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return fault("disk", "doctor.disk.read_only", folder=data)
    if others := _of_others(data):
        return fault("disk", "doctor.disk.of_others", files=", ".join(others), folder=data)
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < NO_ROOM:
        return fault("disk", "doctor.disk.full", megabytes=free, folder=data)
    if free < LITTLE_ROOM:
        return note("disk", "doctor.disk.little", megabytes=free, folder=data)
    return ok("disk", "doctor.disk.ok", gigabytes=free // 1000, folder=data)


def _of_others(data: Path) -> list[str]:
    """What this account may not use; a command that was run with sudo leaves such files."""
    found = [*data.glob("*"), *data.glob("logs/*")]
    used = (path for path in found if not path.is_symlink())
    return sorted(path.name for path in used if not os.access(path, _USE[path.is_dir()]))


def clock_and_zone(clock: Clock) -> Finding:
    """Whether the computer's clock can be believed, as far as a program can tell."""
    local = clock.now().astimezone(clock.zone())
    shown = f"{local:%Y-%m-%d %H:%M}"
    if not EARLIEST_YEAR <= local.year <= LATEST_YEAR:
        return fault("clock", "doctor.clock.year", shown=shown)
    if local.utcoffset() != VIETNAM:
        return note("clock", "doctor.clock.zone", shown=shown, zone=f"{local:%z}")
    return ok("clock", "doctor.clock.ok", shown=shown)
