"""`kiosk retention`: what is over, erased now or only counted; and how the erasing stands."""

import argparse
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.sqlite.store import Store
from kiosk.app import diagnostics, paths
from kiosk.app.equipment import Equipment, equip
from kiosk.app.issuing_file import with_store, with_store_to_look
from kiosk.domain.log import to_text
from kiosk.domain.retention import Doubt, Kind
from kiosk.services.late_entry import LateEntries
from kiosk.services.recogniser import Desk
from kiosk.services.retention import Progress, Retention
from kiosk.ui.wording import Words

DONE, REFUSED = 0, 1


def retention(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Erase what is over, or count it; the exit code."""
    equipment = equip(data, resources, words.language)
    if given.dry_run:
        return _counted(equipment, words, as_json=given.json)

    def work(store: Store) -> int:
        erasing = over(store, equipment)
        counted = dict(erasing.over())
        held = erasing.to_the_end(believe=given.clock_is_right) is Progress.HELD
        if held:
            diagnostics.say(words(f"erasing.held.{erasing.doubt}"))
        _report(store, {} if held else counted, erasing.doubt, words, as_json=given.json)
        tell_of_files(data, words)
        return REFUSED if held else DONE

    return with_store(equipment, words, work)


def tell_of_files(data: Path, words: Words) -> None:
    """Say where papers with names lie that the program has written and does not erase."""
    folder = data / paths.PRINTS
    count = len(list(folder.glob("*.pdf")))
    if count:
        diagnostics.say(words("erasing.files", folder=folder, count=count))


def over(store: Store, equipment: Equipment) -> Retention:
    """The erasing of an open file."""
    settings, clock = equipment.settings, equipment.clock
    desk = Desk(settings.gate.officer, equipment.rules.card, b"")
    late = LateEntries(store.logbook, store.directory, clock, secrets.token_bytes, desk)
    return Retention(store.logbook, store.eraser, late, clock, settings.periods)


def _counted(equipment: Equipment, words: Words, *, as_json: bool) -> int:
    def work(store: Store) -> int:
        erasing = over(store, equipment)
        _report(store, dict(erasing.over()), erasing.doubted(), words, as_json=as_json)
        return DONE

    return with_store_to_look(equipment, words, work)


def _report(
    store: Store, rows: Mapping[Kind, int], doubt: Doubt | None, words: Words, *, as_json: bool
) -> None:
    kept, zone = store.eraser.kept(), SystemClock().zone()
    if as_json:
        for kind, count in rows.items():
            print(json.dumps({"kind": kind, "over": count}))
        print(
            json.dumps(
                {
                    "ran_at": to_text(kept.ran_at) if kept.ran_at else None,
                    "oldest": {kind: to_text(at) for kind, at in kept.oldest.items()},
                    "clock_doubted": doubt,
                }
            )
        )
        return
    for kind, count in rows.items():
        print(words("erasing.over", what=words(f"erasing.kind.{kind}"), rows=count))
    if not rows and doubt is None:
        print(words("erasing.nothing"))
    ran = (
        f"{kept.ran_at.astimezone(zone):%d/%m/%Y %H:%M}" if kept.ran_at else words("erasing.never")
    )
    print(words("erasing.ran", when=ran))
    for kind, at in kept.oldest.items():
        day = f"{at.astimezone(zone):%d/%m/%Y}"
        print(words("erasing.oldest", what=words(f"erasing.kind.{kind}"), day=day))
