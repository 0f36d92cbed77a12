"""`kiosk import-staff`: a staff list is shown, kept, and its cards are printed."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.adapters.list_file import ListFileError, read_rows
from kiosk.adapters.sqlite.store import Store
from kiosk.adapters.told_prints import FolderOfTold
from kiosk.app import diagnostics, first_start, issuing_file, paper
from kiosk.app.equipment import Equipment, equip
from kiosk.app.print_record import Record, Sheet
from kiosk.ports.print_jobs import Printed
from kiosk.ports.printer import PrinterError
from kiosk.services.issuing import Issuing
from kiosk.services.staff_cards import staff_cards
from kiosk.services.staff_import import (
    Planned,
    Printable,
    absent,
    carry_out,
    plan,
)
from kiosk.services.staff_list import StaffList, read_staff_list
from kiosk.ui.staff_words import sentence, totals
from kiosk.ui.wording import Language, Words

DONE, REFUSED = 0, 1


def import_staff(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Show what a list says and, unless it is a dry run, keep it; the exit code."""
    language = Language(given.lang) if given.lang else None
    equipment = equip(data, resources, language)
    try:
        rows = read_rows(given.file)
    except ListFileError as error:
        diagnostics.say(words(f"cards.file.{error.trouble}", file=given.file))
        return REFUSED
    today = equipment.clock.now().astimezone(equipment.clock.zone()).date()
    read = read_staff_list(rows, today, equipment.settings.lists.units)
    if read is None or not read.lines:
        diagnostics.say(words("cards.list.nobody" if read else "cards.list.no_headings"))
        return REFUSED
    headings = rows[read.headings.line - 1]

    def shown(store: Store) -> Sequence[Planned] | None:
        return _shown(given, words, read, headings, store)

    if given.dry_run:
        return _only_shown(equipment, words, shown)

    def kept(store: Store, issuing: Issuing) -> int:
        planned = shown(store)
        return REFUSED if planned is None else _keep(given, equipment, words, planned, issuing)

    return issuing_file.with_issuing(equipment, words, kept)


def _shown(
    given: argparse.Namespace,
    words: Words,
    read: StaffList,
    headings: Sequence[str],
    store: Store,
) -> Sequence[Planned] | None:
    """What would be done, after it was shown; None where the list must be put right first."""
    planned = plan(read, store.directory, store.staff, reissue=given.reissue)
    left = [member.known.person.name for member in absent(planned, store.staff)]
    preview = _json_lines if given.json else _lines
    for line in preview(read, planned, headings, left, words):
        print(line)
    wrong = sum(one.change is None for one in planned)
    if wrong:
        diagnostics.say(words("cards.list.wrong", count=wrong))
        return None
    return planned


def _only_shown(
    equipment: Equipment, words: Words, shown: Callable[[Store], Sequence[Planned] | None]
) -> int:
    def work(store: Store) -> int:
        if shown(store) is None:
            return REFUSED
        diagnostics.say(words("cards.list.dry_run"))
        return DONE

    if equipment.data.database.exists():
        return issuing_file.with_store_to_look(equipment, words, work)
    return issuing_file.with_store(equipment, words, work)  # the first list of a new office


def _keep(
    given: argparse.Namespace,
    equipment: Equipment,
    words: Words,
    planned: Sequence[Planned],
    issuing: Issuing,
) -> int:
    application, printer = paper.qt_printer(equipment.resources, equipment.settings.printer)
    default = paper.prints_file(equipment.data.path, "staff-cards.pdf")
    to = paper.target(given.pdf, given.printer, default)
    record = Record(FolderOfTold(equipment.data.path), equipment.clock)
    where = ""

    def deliver(cards: tuple[Printable, ...]) -> None:
        nonlocal where
        say = equipment.words
        document = staff_cards(cards, equipment.office, say, say.in_other())
        sheet = Sheet(Printed.STAFF_CARDS, str(len(cards)), document)
        where = record.print(sheet, printer, to)

    try:
        carry_out(planned, issuing, deliver)
        if where:
            first_start.tell_of_sample_names(equipment.data.path, equipment.resources, words)
        paper.told_if_held_up(printer, given.printer, words)
    except PrinterError as problem:
        with diagnostics.in_log(equipment.data.path):
            diagnostics.say(paper.trouble(problem, printer.printers(), words))
        return REFUSED
    finally:
        del application
    kept = "cards.list.kept" if where else "cards.list.kept_without_cards"
    diagnostics.say(words(kept, people=len(planned), where=where))
    return DONE


def _lines(
    read: StaffList,
    planned: Sequence[Planned],
    headings: Sequence[str],
    left: Sequence[str],
    words: Words,
) -> Iterator[str]:
    """The preview, for people."""
    for column, number in read.headings.columns.items():
        heading = " ".join(headings[number].split())
        holds = words(f"cards.column.{column}")
        letter = _letter(number)
        yield words("cards.list.column", letter=letter, heading=heading, holds=holds)
    for one in planned:
        person, post = one.line.person, one.line.post
        said = (person.name, post.unit, post.position, post.number)
        change = words(f"cards.change.{one.change or 'wrong'}")
        yield f"{one.line.line:>5}  {change:<12}  {' · '.join(filter(None, said))}"
        for finding in one.line.findings:
            yield f"{'':>21}{sentence(finding, words)}"
    if read.skipped:
        skipped = ", ".join(map(str, read.skipped))
        yield words("cards.list.skipped", lines=skipped)
    if read.unknown_units:
        yield words("cards.list.unknown_units", units="; ".join(read.unknown_units))
    if left:
        yield words("cards.list.absent", names=", ".join(left))
    yield words("cards.list.totals", **totals(planned))


def _json_lines(
    read: StaffList,
    planned: Sequence[Planned],
    headings: Sequence[str],
    left: Sequence[str],
    words: Words,
) -> Iterator[str]:
    """The preview as one object a line, and one for the whole."""
    for one in planned:
        person, post = one.line.person, one.line.post
        yield _json(
            {
                "line": one.line.line,
                "change": one.change or "wrong",
                "name": person.name,
                "unit": post.unit,
                "position": post.position,
                "staff_number": post.number,
                "id_number": person.id_number,
                "birth": person.birth_date.isoformat() if person.birth_date else person.birth_year,
                "phone": person.phone,
                "findings": [
                    {
                        "remark": finding.remark,
                        "line": finding.line or None,
                        "told": sentence(finding, words),
                    }
                    for finding in one.line.findings
                ],
            }
        )
    columns = {str(column): headings[at] for column, at in read.headings.columns.items()}
    yield _json(
        {
            "columns": columns,
            "skipped": read.skipped,
            "unknown_units": read.unknown_units,
            "absent": left,
            "totals": totals(planned),
        }
    )


def _letter(number: int) -> str:
    """A column as a spreadsheet names it."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _json(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False)
