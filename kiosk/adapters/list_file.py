"""Lists that an office keeps, as rows of plain text: CSV in all of Excel's ways, and workbooks."""

import csv
import io
import statistics
import unicodedata
from enum import StrEnum, unique
from pathlib import Path

from kiosk.adapters import workbook
from kiosk.adapters.workbook import Rows
from kiosk.domain.letters import LETTERS

MOST_BYTES = 8_000_000
MOST_ROWS = 5_000
_DELIMITERS = "\t;,"
_LOOKED_AT = 30
"""So many lines show what parts the columns."""

_PUNCTUATION = "–—‘’“”"
_EXCELS_HINT = "sep="


@unique
class ListTrouble(StrEnum):
    """Why a file gives no rows; the values are keys of sentences."""

    NOT_THERE = "not_there"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NO_TABLE = "no_table"
    LETTERS = "letters"  # not in UTF-8, UTF-16 or the Vietnamese code page of Windows
    PROTECTED = "protected"


class ListFileError(Exception):
    """A file that gives no rows."""

    def __init__(self, trouble: ListTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def read_rows(path: Path) -> Rows:
    """The rows of the first table in the file, each cell as text; empty rows keep their place.

    No formula is run, no link followed. What is written in the cells is not trusted.

    Raises ListFileError.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise ListFileError(ListTrouble.NOT_THERE) from None
    if len(content) > MOST_BYTES:
        raise ListFileError(ListTrouble.TOO_LARGE)
    rows = _of_workbook(content) if workbook.is_workbook(content) else _of_text(_text(content))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows = rows[:-1]
    if not rows:
        raise ListFileError(ListTrouble.NO_TABLE)
    if len(rows) > MOST_ROWS:
        raise ListFileError(ListTrouble.TOO_MANY_ROWS)
    return rows


def _of_workbook(content: bytes) -> Rows:
    try:
        return workbook.rows(content)
    except workbook.ProtectedError:
        raise ListFileError(ListTrouble.PROTECTED) from None
    except workbook.TooLargeError:
        raise ListFileError(ListTrouble.TOO_LARGE) from None
    except workbook.DamagedError:
        raise ListFileError(ListTrouble.NO_TABLE) from None


def _text(content: bytes) -> str:
    """The file as text. Nothing is guessed: what is not Vietnamese in any code page is refused."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        raise ListFileError(ListTrouble.LETTERS) from None
    if not all(sign.isascii() or sign in LETTERS + _PUNCTUATION for sign in text):
        raise ListFileError(ListTrouble.LETTERS)
    return text


def _of_text(text: str) -> Rows:
    if "\0" in text:
        raise ListFileError(ListTrouble.NO_TABLE)
    first, _, rest = text.partition("\n")
    if first.lower().startswith(_EXCELS_HINT) and first.rstrip("\r\n")[4:]:
        return ((), *_cut(rest, first[4]))
    return _cut(text, _delimiter(text))


def _cut(text: str, delimiter: str) -> Rows:
    try:
        return tuple(map(tuple, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error:
        raise ListFileError(ListTrouble.NO_TABLE) from None


def _delimiter(text: str) -> str:
    """What cuts most lines into the most cells."""
    start = "".join(io.StringIO(text).readlines()[:_LOOKED_AT])

    def cells(delimiter: str) -> float:
        widths = [len(row) for row in _cut(start, delimiter) if row]
        return statistics.median(widths or [0])

    return max(_DELIMITERS, key=cells)
