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
        return _found(store, asked, store.logbook.visits(asked.since, asked.until))

    def lines(found: _Found) -> Iterator[str]:
        return paper.register_lines(found.visits, found.undone)

    page = _page_of_day(register_document, equipment, asked.day)
    return _report(given, equipment, words, _Work(read, page, lines, Printed.REGISTER, asked))


def closing(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """The closing sheet of a day; the exit code."""
    equipment = _equipment(given, data, resources)
    asked = _asked(given, equipment.clock, words)
    if asked is None:
        return WRONG_USE

    def read(store: Store) -> _Found:
        return _found(store, asked, to_close(store.logbook, asked.since, asked.until))

    def lines(found: _Found) -> Iterator[str]:
        zone = equipment.clock.zone()
        return paper.closing_lines(found.visits, found.undone, asked.day, zone)

    page = _page_of_day(closing_document, equipment, asked.day)
    return _report(given, equipment, words, _Work(read, page, lines, Printed.CLOSING, asked))


def inside(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Who is in the building; the exit code."""
    equipment = _equipment(given, data, resources)
    clock = equipment.clock
    now = clock.now()

    def read(store: Store) -> _Found:
        return _Found(store.logbook.inside())

    def page(found: _Found) -> Document:
        return inside_document(found.visits, equipment.office, now, equipment.words, clock.zone())

    def lines(found: _Found) -> Iterator[str]:
        return paper.inside_lines(found.visits, clock.zone())

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


def _found(store: Store, asked: _Day, visits: Sequence[Visit]) -> _Found:
    log = store.logbook
    return _Found(visits, log.fingerprint(), len(log.undone(asked.since, asked.until)))


def _page_of_day(
    document: Callable[..., Document], equipment: Equipment, day: date
) -> Callable[[_Found], Document]:
    """The register or the closing sheet of what was found of a day."""

    def page(found: _Found) -> Document:
        clock = equipment.clock
        return document(
            visits=found.visits,
            office=equipment.office,
            day=day,
            now=clock.now(),
            fingerprint=found.fingerprint,
            say=equipment.words,
            zone=clock.zone(),
            undone=found.undone,
        )

    return page


@dataclass(frozen=True, slots=True)
class _Work:
    read: Callable[[Store], _Found]
    page: Callable[[_Found], Document]
    lines: Callable[[_Found], Iterator[str]]
    printed: Printed
    asked: _Day | None = None

    @property
    def subject(self) -> str:
        return self.asked.day.isoformat() if self.asked else ""

    def has_not_come(self, store: Store) -> bool:
        """Whether nothing can be of that day; a clock that was wrong may have written it."""
        asked = self.asked
        if asked is None or not asked.to_come:
            return False
        return not store.logbook.visits(asked.since, asked.until)


def _report(given: argparse.Namespace, equipment: Equipment, words: Words, work: _Work) -> int:
    try:
        store = open_store_read_only(equipment.data, equipment.clock, equipment.settings.gate.id)
        try:
            if work.has_not_come(store):
                diagnostics.say(words("command.day_to_come", day=work.subject))
                return WRONG_USE
            found = work.read(store)
        finally:
            store.close()
    except LogbookError as problem:
        diagnostics.say(told(problem, equipment.data.path, words))
        return paper.FOUND_NOTHING
    if given.json:
        for line in work.lines(found):
            print(line)
        return 0 if found.visits or found.undone else paper.FOUND_NOTHING
    document, subject = work.page(found), work.subject
    if given.copy:
        document, subject = as_copy(document, equipment.words), copy_of(subject)
    file = "-".join(filter(None, (work.printed, subject)))  # where nothing was said
    sheet = Sheet(work.printed, subject, document, f"{file}.pdf")
    return hand_over(sheet, given, equipment.resources, words)
