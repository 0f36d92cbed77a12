"""Lists as offices keep them, and as nobody should: each gives rows or one reason."""

import contextlib
import io
import tempfile
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.adapters import list_file
from kiosk.adapters.list_file import ListFileError, ListTrouble, read_rows

HEADING = ("STT", "Họ và tên", "Đơn vị")
HONG = ("1", "Nguyễn Thị Hồng", "Phòng Kế hoạch – Tài chính")
DAT = ("2", "Đặng Văn Ước", "Thanh tra; Kiểm định, đo lường")


def text_of(delimiter, end="\r\n"):
    def quoted(cell):
        return f'"{cell}"' if delimiter in cell else cell

    return "".join(delimiter.join(map(quoted, row)) + end for row in (HEADING, HONG, DAT))


def refused(path: Path) -> ListTrouble:
    with pytest.raises(ListFileError) as told:
        read_rows(path)
    return told.value.trouble


def written(tmp_path: Path, content: bytes, name="list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def in_code_page(text: str) -> bytes:
    """As Excel on a Vietnamese Windows writes: cp1258, tones behind their letters."""
    content = b""
    for sign in text:
        try:
            content += sign.encode("cp1258")
        except UnicodeEncodeError:
            content += b"".join(part.encode("cp1258") for part in parts_of(sign))
    return content


def parts_of(sign):
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY":
            if unicodedata.normalize("NFC", base + tone) == sign:
                return base, tone
    raise AssertionError(sign)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        in_code_page,
    ],
)
def test_every_way_in_which_excel_writes_a_csv_file_is_read(tmp_path, delimiter, encode):
    path = written(tmp_path, encode(text_of(delimiter)))
    assert read_rows(path) == (HEADING, HONG, DAT)


def test_the_line_that_names_the_delimiter_keeps_its_place(tmp_path):
    path = written(tmp_path, b"sep=;\r\nA;B\r\nC,D;E\r\n")
    assert read_rows(path) == ((), ("A", "B"), ("C,D", "E"))


def test_a_line_end_within_quotes_is_part_of_the_cell(tmp_path):
    path = written(tmp_path, '"Họ và\ntên",Tổ\r\nAn,"Tổ ""1"""\r\n\r\n,\r\n'.encode())
    assert read_rows(path) == (("Họ và\ntên", "Tổ"), ("An", 'Tổ "1"'))


@pytest.mark.parametrize(
    "content",
    [
        "Nguyễn Thị Hồng".encode() + b"\xff",
        b"Nguy\xd4n Th\xde H\xe5ng",  # TCVN3
        b"ni\xf1o",
    ],
)
def test_letters_that_are_not_vietnamese_in_any_code_page_are_not_guessed(tmp_path, content):
    assert refused(written(tmp_path, content)) is ListTrouble.LETTERS


@pytest.mark.parametrize("content", [b"", b"\n\n,,\n", b"\xef\xbb\xbf", b"a\0b,c", b'"' * 400_001])
def test_what_holds_no_table_says_so(tmp_path, content):
    assert refused(written(tmp_path, content)) is ListTrouble.NO_TABLE


def test_limits_and_missing_files_say_so(tmp_path):
    assert refused(tmp_path / "none.csv") is ListTrouble.NOT_THERE
    assert refused(tmp_path) is ListTrouble.NOT_THERE
    assert refused(written(tmp_path, b"a" * 8_000_001)) is ListTrouble.TOO_LARGE
    assert refused(written(tmp_path, b"a,b\n" * 5_001)) is ListTrouble.TOO_MANY_ROWS
    assert len(read_rows(written(tmp_path, b"a,b\n" * 5_000))) == 5_000


def workbook(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_gives_values_in_their_rows_and_no_formula_is_run(tmp_path):
    def fill(book):
        sheet = book.active
        sheet["B3"], sheet["C3"], sheet["D3"] = "Họ và tên", "Ngày sinh", "CCCD"
        sheet["B4"], sheet["C4"], sheet["D4"] = "Nguyễn Thị Hồng", date(1985, 3, 2), 91185000036
        sheet["B5"], sheet["C5"], sheet["D5"] = '=HYPERLINK("http://x","y")', 36.5, True

    rows = read_rows(written(tmp_path, workbook(fill), "list.any"))
    assert rows == (
        ("", "", "", ""),
        ("", "", "", ""),
        ("", "Họ và tên", "Ngày sinh", "CCCD"),
        ("", "Nguyễn Thị Hồng", "1985-03-02", "91185000036"),
        ("", "", "36.5", ""),
    )


def test_hidden_and_empty_sheets_are_passed_over(tmp_path):
    def fill(book):
        book.active["A1"] = "hidden"
        book.active.sheet_state = "hidden"
        book.create_sheet("empty")
        book.create_sheet("people")["A1"] = "Họ tên"

    assert read_rows(written(tmp_path, workbook(fill))) == (("Họ tên",),)


def with_part(content: bytes, name: str, change) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", 8) as new:
        for part in old.namelist():
            held = old.read(part)
            new.writestr(part, change(held) if part == name else held)
    return kept.getvalue()


def far(cell):
    def fill(book):
        book.active["A1"] = "Họ tên"
        book.active[cell] = "far away"

    return workbook(fill)


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD200"])
def test_cells_that_lie_far_apart_take_no_memory(tmp_path, cell):
    path = written(tmp_path, far(cell))
    trouble = refused(path)
    assert trouble in {ListTrouble.TOO_LARGE, ListTrouble.TOO_MANY_ROWS}


def test_the_empty_formatted_rest_of_a_sheet_is_no_content(tmp_path):
    def fill(book):
        book.active["A1"] = "Họ tên"
        for row in range(2, 400):
            book.active.cell(row, 40).font = openpyxl.styles.Font(bold=True)
        book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    assert read_rows(written(tmp_path, workbook(fill)))[0][0] == "Họ tên"


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    bomb = with_part(far("A2"), "xl/styles.xml", lambda _held: b"0" * 120_000_000)
    assert len(bomb) < 1_000_000
    assert refused(written(tmp_path, bomb)) is ListTrouble.TOO_LARGE


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
CELL = (
    '<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
    "<text:p>{text}</text:p></table:table-cell>"
)
EMPTY = '<table:table-cell table:number-columns-repeated="{times}"/>'


def open_document(rows: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", "<manifest/>")
        parts.writestr("content.xml", ODS.format(rows=rows))
    return kept.getvalue()


def test_an_open_document_is_read_though_the_rest_of_its_sheet_is_repeated(tmp_path):
    row = "<table:table-row>{}</table:table-row>"
    named = row.format(CELL.format(times=1, text="Họ tên") + EMPTY.format(times=16383))
    rest = '<table:table-row table:number-rows-repeated="1048575">{}</table:table-row>'
    content = open_document(named + rest.format(EMPTY.format(times=16384)))
    assert [cell for cell in read_rows(written(tmp_path, content))[0] if cell] == ["Họ tên"]


def test_a_cell_that_is_repeated_a_billion_times_is_there_once(tmp_path):
    row = '<table:table-row table:number-rows-repeated="999999999">{}</table:table-row>'
    content = open_document(row.format(CELL.format(times=999_999_999, text="Họ tên")))
    assert read_rows(written(tmp_path, content)) == (("Họ tên",),)
    many = open_document(row.format(CELL.format(times=64, text="x") * 7_000))
    assert refused(written(tmp_path, many)) is ListTrouble.TOO_LARGE


WHOLE = far("B2")


def test_a_directory_that_points_before_the_beginning_is_a_damaged_file(tmp_path):
    end = WHOLE.rindex(b"PK\x05\x06")
    begins = int.from_bytes(WHOLE[end + 16 : end + 20], "little") + 5_000
    bent = WHOLE[: end + 16] + begins.to_bytes(4, "little") + WHOLE[end + 20 :]
    assert refused(written(tmp_path, bent)) is ListTrouble.NO_TABLE


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_rows_or_a_reason(data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    give_rows_or_a_reason(bytes(whole[: data.draw(st.integers(4, len(whole)))]))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_rows_or_a_reason(content):
    give_rows_or_a_reason(content)
    give_rows_or_a_reason(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content)


def give_rows_or_a_reason(content: bytes):
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        rows = ()
        with contextlib.suppress(ListFileError):
            rows = read_rows(Path(file.name))
        assert all(isinstance(cell, str) for row in rows for cell in row)
        assert len(rows) <= list_file.MOST_ROWS
