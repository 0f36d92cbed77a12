"""`kiosk verify`: says whether the log is as it was written, or which row is not."""

import json
from datetime import tzinfo
from pathlib import Path
from typing import assert_never

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.store import open_store_read_only
from kiosk.app import diagnostics, paths
from kiosk.domain.chain import Broken, Fault, Proved
from kiosk.domain.log import from_text
from kiosk.ports.logbook import LogbookError
from kiosk.ui.wording import Language, Words

UNCHANGED, CHANGED = 0, 1


def verify(data: Path, *, as_json: bool = False) -> int:
    """Check the log in the folder `data` and print one line; answers the exit code.

    It reads only and may run while the desk does.
    """
    clock = SystemClock()
    try:
        store = open_store_read_only(DataFolder(data), clock, gate_id="")
        try:
            answer = store.logbook.check()
        finally:
            store.close()
    except LogbookError as error:
        _print_trouble(error, data, as_json=as_json)
        return CHANGED
    if as_json:
        print(json.dumps(_fields(answer), ensure_ascii=False))
    else:
        print(sentence(answer, clock.zone()))
    return UNCHANGED if isinstance(answer, Proved) else CHANGED


def sentence(answer: Proved | Broken, zone: tzinfo) -> str:
    """What was found, in words."""
    match answer:
        case Proved(rows=0):
            return "The log has no entries yet."
        case Proved(rows, fingerprint):
            entries = "1 entry" if rows == 1 else f"{rows:,} entries"
            return f"{entries}, unchanged. Fingerprint {fingerprint}"
        case Broken(seq=0):
            return f"Personal data stand under {_plain(answer.entry_id)}, which is no entry."
        case Broken():
            return _broken(answer, zone)
        case _:
            assert_never(answer)


def _broken(broken: Broken, zone: tzinfo) -> str:
    row = f"Entry {broken.seq} of gate {_plain(broken.gate_id)}"
    when = _local(broken.occurred_at, zone)
    match broken.fault:
        case Fault.GAP:
            return f"{row} is missing; in its place stands one{when}."
        case Fault.HASH:
            return f"{row}{when}: its content was changed after it was written."
        case Fault.PREVIOUS_HASH:
            return f"{row}{when}: it does not follow from the entry before it."
        case Fault.IDENTITY:
            return f"{row}{when}: its personal data were changed."
        case Fault.HEALTH:
            return f"{row}{when}: its health data were changed."
        case _:
            assert_never(broken.fault)


def _local(occurred_at: str, zone: tzinfo) -> str:
    try:
        return f" ({from_text(occurred_at).astimezone(zone):%Y-%m-%d %H:%M})"
    except ValueError:  # the time itself was changed
        return ""


def _plain(text: str) -> str:
    """What stands in a file that was tampered with cannot steer the terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)[:80]


def _fields(answer: Proved | Broken) -> dict[str, str | int | bool]:
    match answer:
        case Proved(rows, fingerprint):
            return {"unchanged": True, "entries": rows, "fingerprint": fingerprint}
        case Broken():
            return {
                "unchanged": False,
                "gate": answer.gate_id,
                "seq": answer.seq,
                "entry_id": answer.entry_id,
                "occurred_at": answer.occurred_at,
                "fault": answer.fault.value,
            }
        case _:
            assert_never(answer)


def _print_trouble(error: LogbookError, data: Path, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"unchanged": False, "trouble": error.trouble.value}))
    words = Words(Language.ENGLISH, paths.resources() / "i18n")
    diagnostics.say(words(f"trouble.{error.trouble}", folder=data))
