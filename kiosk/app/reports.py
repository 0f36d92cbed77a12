"""`kiosk register` and `kiosk inside`: the log on paper while the desk goes on."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from kiosk.adapters.sqlite.store import Store, open_store_read_only
from kiosk.app import bootstrap, diagnostics, paper
from kiosk.app.bootstrap import Equipment
from kiosk.app.run import told
from kiosk.domain.log import Visit
from kiosk.ports.document import Document
from kiosk.ports.logbook import LogbookError
from kiosk.ports.printer import PrinterError
from kiosk.services.back_office import day_bounds
from kiosk.services.inside_list import inside_document
from kiosk.services.register import register_document
from kiosk.ui.wording import Language, Words

FOUND_NOTHING, WRONG_USE = 1, 2


def register(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """The register of a day; the exit code."""
    equipment = _equipment(given, data, resources)
    clock = equipment.clock
    now = clock.now()
    try:
        day = date.fromisoformat(given.day) if given.day else now.astimezone(clock.zone()).date()
        bounds = [moment.astimezone(UTC) for moment in day_bounds(day, clock)]
    except (ValueError, OverflowError):
        diagnostics.say(words("command.no_day", day=repr(given.day)))
        return WRONG_USE

    def read(store: Store) -> tuple[Sequence[Visit], str]:
        return store.logbook.visits(*bounds), store.logbook.fingerprint()

    def page(visits: Sequence[Visit], mark: str) -> Document:
        say, zone = equipment.words, clock.zone()
        return register_document(visits, equipment.office, day, now, mark, say, zone)

    work = _Work(read, page, paper.register_lines, Path(f"register-{day.isoformat()}.pdf"))
    return _report(given, equipment, words, work)


def inside(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Who is in the building; the exit code."""
    equipment = _equipment(given, data, resources)
    clock = equipment.clock
    now = clock.now()

    def read(store: Store) -> tuple[Sequence[Visit], str]:
        return store.logbook.inside(), ""

    def page(visits: Sequence[Visit], _mark: str) -> Document:
        return inside_document(visits, equipment.office, now, equipment.words, clock.zone())

    def lines(visits: Sequence[Visit]) -> Iterator[str]:
        return paper.inside_lines(visits, clock.zone())

    return _report(given, equipment, words, _Work(read, page, lines, Path("inside.pdf")))


def _equipment(given: argparse.Namespace, data: Path, resources: Path) -> Equipment:
    language = Language(given.lang) if given.lang else None
    return bootstrap.equip(data, resources, language)


@dataclass(frozen=True, slots=True)
class _Work:
    read: Callable[[Store], tuple[Sequence[Visit], str]]
    page: Callable[[Sequence[Visit], str], Document]
    lines: Callable[[Sequence[Visit]], Iterator[str]]
    file: Path


def _report(given: argparse.Namespace, equipment: Equipment, words: Words, work: _Work) -> int:
    try:
        store = open_store_read_only(equipment.data, equipment.clock, equipment.settings.gate.id)
        try:
            visits, mark = work.read(store)
        finally:
            store.close()
    except LogbookError as problem:
        diagnostics.say(told(problem, equipment.data.path, words))
        return FOUND_NOTHING
    if given.json:
        for line in work.lines(visits):
            print(line)
        return 0 if visits else FOUND_NOTHING
    return _on_paper(given, equipment, words, work.page(visits, mark), work.file)


def _on_paper(
    given: argparse.Namespace,
    equipment: Equipment,
    words: Words,
    document: Document,
    default: Path,
) -> int:
    application, printer = paper.qt_printer(equipment.resources / "fonts")
    to = paper.target(given.pdf, given.printer, default)
    try:
        where = paper.deliver(document, printer, to)
    except PrinterError as problem:
        diagnostics.say(paper.trouble(problem, printer.printers(), words))
        return FOUND_NOTHING
    finally:
        del application
    print(where)
    return 0
