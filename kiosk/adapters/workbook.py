"""XLSX, XLS and ODS workbooks: values only, within limits, however hostile the file."""

import datetime
import io
import re
import struct
import zipfile
import zlib

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

Rows = tuple[tuple[str, ...], ...]

MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_CELLS = 2_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = b"content.xml"
_FILLED_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,7})([0-9]{1,9})["'][^>/]*>""")
_REPEATED = re.compile(rb"""(number-(rows|columns)-repeated=["'])([0-9]+)(["'])""")
_CELLS_AT_ONCE, _ROWS_AT_ONCE = 64, 5


class DamagedError(Exception):
    """A file that is no workbook, or a broken one."""


class ProtectedError(Exception):
    """A workbook with a password."""


class TooLargeError(Exception):
    """A workbook that unpacks to more than any list of people is."""


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are those of a workbook, whatever the file's name says."""
    return content.startswith((_ZIP, _OLE))


def rows(content: bytes) -> Rows:
    """The rows of the first visible sheet with something in it; row 1 of the sheet comes first.

    Raises DamagedError, ProtectedError, TooLargeError.
    """
    if content.startswith(_ZIP):
        content = _bounded(content)
    try:
        return _first_sheet(content)
    except PasswordError:
        raise ProtectedError from None
    except CalamineError as error:
        raise DamagedError(*error.args) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # no Exception: the library's own bug
            raise DamagedError(*error.args) from None
        raise


_OF_A_DAMAGED_ZIP = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError),
    *(ValueError, OverflowError, struct.error),  # a directory that points before the beginning
)


def _first_sheet(content: bytes) -> Rows:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.visible is SheetVisibleEnum.Visible:
            cells = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
            if cells:
                return tuple(tuple(map(_as_text, row)) for row in cells)
    return ()


def _bounded(content: bytes) -> bytes:
    """The same workbook, unpacked here within limits: its sizes may lie, its cells lie far apart.

    The reader makes a dense table of a sheet, so one cell in the last corner, or one that is
    repeated a billion times, would take all the memory there is.
    """
    unpacked = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as given,
            zipfile.ZipFile(unpacked, "w") as plain,
        ):
            parts = given.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise TooLargeError
            for part in parts:
                held = given.read(part)
                _refuse_far_apart(held)
                plain.writestr(part.filename, _once(held) if _is_sheets(part) else held)
    except _OF_A_DAMAGED_ZIP as error:
        raise DamagedError(*error.args) from None
    except RuntimeError:  # zipfile's word for a part with a password
        raise ProtectedError from None
    return unpacked.getvalue()


def _is_sheets(part: zipfile.ZipInfo) -> bool:
    return part.filename.encode().endswith(_OPEN_DOCUMENT)


def _refuse_far_apart(held: bytes) -> None:
    across = down = 0
    for column, row in _FILLED_CELL.findall(held):
        across, down = max(across, _column_number(column)), max(down, int(row))
    if across * down > MOST_CELLS:
        raise TooLargeError


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _once(sheets: bytes) -> bytes:
    """An OpenDocument's sheets with no cell repeated beyond what a list of people needs."""
    cells = sheets.count(b"-cell")

    def fewer(found: re.Match[bytes]) -> bytes:
        nonlocal cells
        most = _ROWS_AT_ONCE if found[2] == b"rows" else _CELLS_AT_ONCE
        times = int(found[3][:9])
        times = times if times <= most else 1  # the empty rest of a sheet
        cells += times
        return found[1] + b"%d" % times + found[4]

    fewer_cells = _REPEATED.sub(fewer, sheets)
    if cells * _ROWS_AT_ONCE > MOST_CELLS:
        raise TooLargeError
    return fewer_cells


Cell = int | float | str | bool | datetime.time | datetime.date | datetime.timedelta


def _as_text(cell: Cell) -> str:
    """A cell as one would type it; a day as ISO 8601, a whole number without a point."""
    match cell:
        case str():
            return cell
        case bool():
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime():
            return cell.date().isoformat()
        case datetime.date():
            return cell.isoformat()
        case _:
            return str(cell)
