"""`kiosk register`, `kiosk inside`, `kiosk closing`: the log on paper while the desk goes on."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.adapters.sqlite.store import Store, open_store_read_only
from kiosk.app import diagnostics, paper
from kiosk.app.equipment import Equipment, equip
from kiosk.app.folder_trouble import told
from kiosk.app.print_record import Sheet, hand_over
from kiosk.domain.log import Visit
from kiosk.ports.clock import Clock
from kiosk.ports.document import Document
from kiosk.ports.logbook import LogbookError
from kiosk.ports.print_jobs import Printed, copy_of
from kiosk.services.back_office import day_bounds
from kiosk.services.closing import closing_document, to_close
from kiosk.services.inside_list import inside_document
from kiosk.services.letterhead import as_copy
from kiosk.services.register import register_document
from kiosk.ui.wording import Language, Words

WRONG_USE = 2


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    since: datetime
    until: datetime
    to_come: bool


def register(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """The register of a day; the exit code."""
    equipment = _equipment(given, data, resources)
    asked = _asked(given, equipment.clock, words)
    if asked is None:
        return WRONG_USE

    def read(store: Store) -> _Found:
        log, since, until = store.logbook, asked.since, asked.until
        visits = log.visits(since, until)
        return _Found(visits, log.fingerprint(), len(log.undone(since, until)))

    def page(found: _Found) -> Document:
        say, now, zone = equipment.words, equipment.clock.now(), equipment.clock.zone()
        office, mark = equipment.office, found.fingerprint
        return register_document(
            *(found.visits, office, asked.day, now, mark, say, zone, found.undone)
        )

    work = _Work(
        read, page, paper.register_lines, Printed.REGISTER, asked.day.isoformat(), asked.to_come
    )
    return _report(given, equipment, words, work)


def closing(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """The closing sheet of a day; the exit code."""
    equipment = _equipment(given, data, resources)
    asked = _asked(given, equipment.clock, words)
    if asked is None:
        return WRONG_USE

    def read(store: Store) -> _Found:
        log, since, until = store.logbook, asked.since, asked.until
        # who is still inside from before makes no day of one that has not come
        nobody = asked.to_come and not log.visits(since, until)
        visits = () if nobody else to_close(log, since, until)
        return _Found(visits, log.fingerprint(), len(log.undone(since, until)))

    def page(found: _Found) -> Document:
        say, now, zone = equipment.words, equipment.clock.now(), equipment.clock.zone()
        office, mark = equipment.office, found.fingerprint
        return closing_document(
            *(found.visits, office, asked.day, now, mark, say, zone, found.undone)
        )

    def lines(visits: Sequence[Visit]) -> Iterator[str]:
        return paper.closing_lines(visits, asked.day, equipment.clock.zone())

    work = _Work(read, page, lines, Printed.CLOSING, asked.day.isoformat(), asked.to_come)
    return _report(given, equipment, words, work)


def inside(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Who is in the building; the exit code."""
    equipment = _equipment(given, data, resources)
    clock = equipment.clock
    now = clock.now()

    def read(store: Store) -> _Found:
        return _Found(store.logbook.inside())

    def page(found: _Found) -> Document:
        return inside_document(found.visits, equipment.office, now, equipment.words, clock.zone())

    def lines(visits: Sequence[Visit]) -> Iterator[str]:
        return paper.inside_lines(visits, clock.zone())

    return _report(given, equipment, words, _Work(read, page, lines, Printed.INSIDE))


def _asked(given: argparse.Namespace, clock: Clock, words: Words) -> _Day | None:
    """The day that was asked for; None, and a sentence, where there is none such."""
    today = clock.now().astimezone(clock.zone()).date()
    try:
        day = date.fromisoformat(given.day) if given.day else today
        since, until = (moment.astimezone(UTC) for moment in day_bounds(day, clock))
    except (ValueError, OverflowError):
        diagnostics.say(words("command.no_day", day=repr(given.day)))
        return None
    return _Day(day, since, until, to_come=day > today)


def _equipment(given: argparse.Namespace, data: Path, resources: Path) -> Equipment:
    language = Language(given.lang) if given.lang else None
    return equip(data, resources, language)


@dataclass(frozen=True, slots=True)
class _Found:
    visits: Sequence[Visit]
    fingerprint: str = ""
    undone: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    read: Callable[[Store], _Found]
    page: Callable[[_Found], Document]
    lines: Callable[[Sequence[Visit]], Iterator[str]]
    printed: Printed
    subject: str = ""
    to_come: bool = False


def _report(given: argparse.Namespace, equipment: Equipment, words: Words, work: _Work) -> int:
    try:
        store = open_store_read_only(equipment.data, equipment.clock, equipment.settings.gate.id)
        try:
            found = work.read(store)
        finally:
            store.close()
    except LogbookError as problem:
        diagnostics.say(told(problem, equipment.data.path, words))
        return paper.FOUND_NOTHING
    if work.to_come and not found.visits:  # a clock that was wrong may have written that day
        diagnostics.say(words("command.day_to_come", day=work.subject))
        return WRONG_USE
    if given.json:
        for line in work.lines(found.visits):
            print(line)
        return 0 if found.visits else paper.FOUND_NOTHING
    document, subject = work.page(found), work.subject
    if given.copy:
        document, subject = as_copy(document, equipment.words), copy_of(subject)
    file = "-".join(filter(None, (work.printed, subject)))  # where nothing was said
    sheet = Sheet(work.printed, subject, document, f"{file}.pdf")
    return hand_over(sheet, given, equipment.resources, words)
