"""A list of staff, row by row: whom each line names, and what of it must be put right."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, unique
from typing import TypeVar

from kiosk.domain.letters import LETTERS
from kiosk.domain.payload import cccd
from kiosk.domain.person import Person, fold, may_be_same
from kiosk.domain.staff import Post
from kiosk.services.staff_cells import (
    CellError,
    birth,
    document_number,
    is_name,
    phone_number,
    sex,
    tidy,
)
from kiosk.services.staff_columns import Column, Headings, find_headings


@unique
class Remark(StrEnum):
    """What is to be said of a line; the values are keys of sentences."""

    NO_NAME = "no_name"
    STRANGE_NAME = "strange_name"
    BAD_BIRTH = "bad_birth"
    BAD_ID_NUMBER = "bad_id_number"
    BAD_PHONE = "bad_phone"
    TOO_LONG = "too_long"
    SAME_ID_NUMBER = "same_id_number"
    SAME_STAFF_NUMBER = "same_staff_number"
    SAME_PERSON = "same_person"
    OTHERS_ID_NUMBER = "others_id_number"  # in the directory, under another name
    OTHERS_STAFF_NUMBER = "others_staff_number"
    SEVERAL = "several"  # of the directory, or of the list for one of the directory
    # notes: the line is taken
    NAMESAKE = "namesake"
    FOREIGN_LETTERS = "foreign_letters"
    ZEROS_PUT_BACK = "zeros_put_back"
    NUMBER_SEX_MISMATCH = "number_sex_mismatch"
    NUMBER_YEAR_MISMATCH = "number_year_mismatch"


NOTES = frozenset(
    {
        Remark.NAMESAKE,
        Remark.FOREIGN_LETTERS,
        Remark.ZEROS_PUT_BACK,
        Remark.NUMBER_SEX_MISMATCH,
        Remark.NUMBER_YEAR_MISMATCH,
    }
)
"""All other remarks are mistakes: a list with one is not taken."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark on a line.

    Attributes:
        remark: what.
        value: what stands in the list there, on one line.
        line: the other line that it is about, or 0.
    """

    remark: Remark
    value: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A line that names somebody, or should.

    Attributes:
        line: as the spreadsheet counts, from 1.
        person, post: what it says; a cell that cannot be read counts as empty.
        findings: in the order of the columns.
    """

    line: int
    person: Person
    post: Post
    findings: tuple[Finding, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether something must be put right first."""
        return any(finding.remark not in NOTES for finding in self.findings)


@dataclass(frozen=True, slots=True)
class StaffList:
    """A list that was read.

    Attributes:
        headings: which column was taken for what.
        lines: one for each person.
        skipped: lines with something in them that name nobody: sections, totals, signatures.
        unknown_units: units that the office's settings do not know, as written.
    """

    headings: Headings
    lines: tuple[StaffLine, ...]
    skipped: tuple[int, ...]
    unknown_units: tuple[str, ...]


_UNIT_WORDS = (
    *("phòng", "ban", "trung tâm", "văn phòng", "khoa", "tổ", "thanh tra", "chi cục", "cục"),
    *("đội", "bộ phận", "lãnh đạo", "sở", "ủy ban", "uỷ ban", "ubnd", "viện", "chi nhánh"),
    *("trạm", "department", "office", "division", "unit"),
)
"""A row with nothing else than a text that begins so is a section."""

_ORDINALS = frozenset({"stt", "tt", "so tt", "so thu tu", "no", "no.", "#", "ordinal"})
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_NUMBER = 80, 150, 30
_MATTER = (Column.ID_NUMBER, Column.BIRTH, Column.PHONE, Column.STAFF_NUMBER)


def read_staff_list(
    rows: Sequence[Sequence[str]], today: date, known_units: Sequence[str] = ()
) -> StaffList | None:
    """Whom the list names; None where no row says which column holds the names."""
    headings = find_headings(rows)
    if headings is None:
        return None
    reader = _Reader(headings, rows[headings.line - 1], today)
    for line, row in enumerate(rows[headings.line :], start=headings.line + 1):
        reader.take(line, row)
    lines = tuple(_with_doubles(reader.lines))
    known = {fold(unit) for unit in known_units}
    units = dict.fromkeys(line.post.unit for line in lines if line.post.unit)
    unknown = tuple(unit for unit in units if known and fold(unit) not in known)
    return StaffList(headings, lines, tuple(reader.skipped), unknown)


T = TypeVar("T")


class _Reader:
    def __init__(self, headings: Headings, row: Sequence[str], today: date) -> None:
        self.lines: list[StaffLine] = []
        self.skipped: list[int] = []
        self._columns = headings.columns
        self._today = today
        self._section = ""
        plain = [fold(heading) for heading in row]
        self._ordinal = next((n for n, said in enumerate(plain) if said in _ORDINALS), None)

    def take(self, line: int, row: Sequence[str]) -> None:
        """One row below the headings."""
        if not any(cell.strip() for cell in row):
            return
        cells = {
            column: tidy(row[number]) if number < len(row) else ""
            for column, number in self._columns.items()
        }
        if self._names_section(row):
            self.skipped.append(line)
        elif self._names_somebody(row, cells):
            self.lines.append(self._line(line, cells))
        else:
            self.skipped.append(line)

    def _names_section(self, row: Sequence[str]) -> bool:
        """Whether the row is a unit's name over the people below it."""
        filled = [tidy(cell) for n, cell in enumerate(row) if cell.strip() and n != self._ordinal]
        counted = self._ordinal_of(row).isdigit()
        if len(filled) != 1 or counted or len(self._columns) == 1:
            return False
        if not f"{filled[0].casefold()} ".startswith(tuple(f"{word} " for word in _UNIT_WORDS)):
            return False
        self._section = filled[0]
        return True

    def _ordinal_of(self, row: Sequence[str]) -> str:
        inside = self._ordinal is not None and self._ordinal < len(row)
        return row[self._ordinal or 0].strip() if inside else ""

    def _names_somebody(self, row: Sequence[str], cells: dict[Column, str]) -> bool:
        ordinal = self._ordinal_of(row)
        said = any(cells.get(column) for column in _MATTER)
        if _name(cells):
            others = set(cells) - {Column.NAME, Column.FAMILY_NAME, Column.GIVEN_NAME}
            return self._ordinal is None or bool(ordinal) or any(cells[c] for c in others)
        posted = cells.get(Column.UNIT) and cells.get(Column.POSITION)
        return said or bool(posted) or (bool(ordinal) and any(cells.values()))

    def _line(self, line: int, cells: dict[Column, str]) -> StaffLine:
        findings: list[Finding] = []

        def said(column: Column, read: Callable[[str], T], remark: Remark) -> T | None:
            text = cells.get(column, "")
            try:
                return read(text) if text else None
            except CellError:
                findings.append(Finding(remark, text[:_LONGEST_NUMBER]))
                return None

        name = _name(cells)
        findings += _of_name(name)
        born = said(Column.BIRTH, lambda text: birth(text, self._today), Remark.BAD_BIRTH)
        number = said(Column.ID_NUMBER, document_number, Remark.BAD_ID_NUMBER) or ""
        post = Post(
            cells.get(Column.STAFF_NUMBER, "").upper(),
            cells.get(Column.UNIT) or self._section,
            cells.get(Column.POSITION, ""),
        )
        person = Person(
            name=name,
            id_number=number,
            birth_date=born.day if born else None,
            birth_year=born.year if born else None,
            sex=sex(cells.get(Column.SEX, "")),
            phone=said(Column.PHONE, phone_number, Remark.BAD_PHONE) or "",
        )
        findings += _of_numbers(person, cells.get(Column.ID_NUMBER, ""))
        findings += _of_length(name, post)
        return StaffLine(line, person, post, tuple(findings))


def _name(cells: dict[Column, str]) -> str:
    parts = (Column.NAME, Column.FAMILY_NAME, Column.GIVEN_NAME)
    return " ".join(filter(None, (cells.get(part) for part in parts)))


def _of_name(name: str) -> Iterator[Finding]:
    if not name:
        yield Finding(Remark.NO_NAME)
    elif not is_name(name):
        yield Finding(Remark.STRANGE_NAME, name[:_LONGEST_NAME])
    elif not all(sign.isascii() or sign in LETTERS for sign in name if sign.isalpha()):
        yield Finding(Remark.FOREIGN_LETTERS, name[:_LONGEST_NAME])


def _of_numbers(person: Person, written: str) -> Iterator[Finding]:
    if person.id_number and len(person.id_number) > sum(sign.isalnum() for sign in written):
        yield Finding(Remark.ZEROS_PUT_BACK, person.id_number)
    for warning in map(Remark, cccd.mismatches(person)):
        if warning is not Remark.NUMBER_YEAR_MISMATCH or person.birth_year is not None:
            yield Finding(warning, person.id_number)


def _of_length(name: str, post: Post) -> Iterator[Finding]:
    limits = (
        (name, _LONGEST_NAME),
        (post.unit, _LONGEST_TEXT),
        (post.position, _LONGEST_TEXT),
        (post.number, _LONGEST_NUMBER),
    )
    for text, most in limits:
        if len(text) > most:
            yield Finding(Remark.TOO_LONG, text[:most])


def _with_doubles(lines: Sequence[StaffLine]) -> Iterator[StaffLine]:
    """With a finding where somebody stands in the list already."""
    numbers: dict[str, StaffLine] = {}
    staff_numbers: dict[str, StaffLine] = {}
    named: dict[str, StaffLine] = {}
    for line in lines:
        person, number = line.person, line.post.number
        found = line.findings
        if person.id_number and (first := numbers.setdefault(person.id_number, line)) != line:
            found += (Finding(Remark.SAME_ID_NUMBER, person.id_number, first.line),)
        elif number and (first := staff_numbers.setdefault(number, line)) != line:
            found += (Finding(Remark.SAME_STAFF_NUMBER, number, first.line),)
        elif person.name and (first := named.setdefault(fold(person.name), line)) != line:
            same = may_be_same(person, first.person)
            remark = Remark.SAME_PERSON if same else Remark.NAMESAKE
            found += (Finding(remark, person.name, first.line),)
        yield replace(line, findings=found)
