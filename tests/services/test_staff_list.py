"""Staff lists as people keep them: columns, people, and what must be put right."""

import string
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.person import Person, Sex
from kiosk.domain.staff import Post
from kiosk.services.staff_cells import CellError, birth, document_number, phone_number, tidy
from kiosk.services.staff_columns import Column, find_headings
from kiosk.services.staff_list import NOTES, Remark, read_staff_list

TODAY = date(2026, 11, 22)


def read(*rows, units=()):
    return read_staff_list([tuple(row.split("|")) for row in rows], TODAY, units)


def remarks(line):
    return [(finding.remark, finding.line) for finding in line.findings]


def test_a_whole_line_is_read_with_every_diacritic():
    found = read(
        "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Chức vụ|Đơn vị|Mã số|Điện thoại",
        "1|Đặng Thị Ước|02/03/1985|Nữ|091185000036|Chuyên viên|Phòng Kế hoạch|cb-012|0912 345 678",
    )
    (line,) = found.lines
    assert line.line == 2
    assert line.person == Person(
        "Đặng Thị Ước",
        id_number="091185000036",
        birth_date=date(1985, 3, 2),
        birth_year=1985,
        sex=Sex.FEMALE,
        phone="0912345678",
    )
    assert line.post == Post("CB-012", "Phòng Kế hoạch", "Chuyên viên")
    assert (line.findings, found.skipped) == ((), ())


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("HỌ VÀ TÊN", Column.NAME),
        ("ho va ten", Column.NAME),
        ("  Họ tên: ", Column.NAME),
        ("Full name", Column.NAME),
    ],
)
def test_a_heading_is_known_with_and_without_diacritics(heading, column):
    assert find_headings([("x",), ("", heading)]).columns == {column: 1}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Phòng/Ban", Column.UNIT),
        ("Đơn vị công tác", Column.UNIT),
        ("Department", Column.UNIT),
        ("Chức vụ (chức danh)", Column.POSITION),
        ("Job title", Column.POSITION),
        ("Ngày, tháng, năm sinh", Column.BIRTH),
        ("Năm sinh", Column.BIRTH),
        ("Số CMND/CCCD", Column.ID_NUMBER),
        ("Căn cước công dân", Column.ID_NUMBER),
        ("SĐT", Column.PHONE),
        ("Số hiệu công chức", Column.STAFF_NUMBER),
        ("Employee ID", Column.STAFF_NUMBER),
        ("Nam/Nữ", Column.SEX),
    ],
)
def test_columns_may_stand_in_any_order(heading, column):
    assert find_headings([(heading, "Ghi chú", "Họ và tên")]).columns == {
        column: 0,
        Column.NAME: 2,
    }


def test_a_name_in_two_columns_is_one_name():
    two = read("Họ và tên đệm|Tên", "Nguyễn Thị|Hồng").lines[0]
    merged = read("STT|Họ và tên||Tuổi", "1|Nguyễn Thị|Hồng|30", "2|Lê|An|31").lines
    family_only = read("Họ|Đơn vị", "Nguyễn Thị Hồng|Thanh tra").lines[0]
    assert two.person.name == merged[0].person.name == family_only.person.name
    assert merged[1].person.name == "Lê An"


def test_without_a_column_of_names_there_is_no_list():
    assert read("Đơn vị|Chức vụ", "Phòng Kế hoạch|Chuyên viên") is None
    assert read_staff_list([], TODAY) is None


def test_titles_sections_totals_and_signatures_name_nobody():
    found = read(
        "SỞ XÂY DỰNG|||",
        "DANH SÁCH CÁN BỘ|||",
        "|||",
        "STT|Họ và tên|Chức vụ|Ngày sinh",
        "I|Phòng Kế hoạch||",
        "1|Nguyễn Thị Hồng|Trưởng phòng|1985",
        "II|THANH TRA||",
        "2|Tô Văn An||",
        "3|||",
        "|Tổng cộng: 2 người||",
        "||Người lập biểu|",
    )
    assert [line.post.unit for line in found.lines] == ["Phòng Kế hoạch", "THANH TRA"]
    assert [line.line for line in found.lines] == [6, 8]
    assert found.skipped == (5, 7, 9, 10, 11)


def test_a_line_without_a_name_that_holds_somebodys_data_is_a_mistake():
    found = read("Họ và tên|CCCD|Chức vụ", "|091185000036|", "An||")
    assert remarks(found.lines[0]) == [(Remark.NO_NAME, 0)]
    found = read("Mã|Họ và tên|Đơn vị|Chức vụ", "||Thanh tra|Thanh tra viên", "NV02|||", "|An||")
    assert [remarks(line) for line in found.lines[:2]] == [[(Remark.NO_NAME, 0)]] * 2
    assert found.lines[0].is_wrong


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x","An")',
        "=cmd|'/c calc'!A0",
        "+84912345678",
        "<b>An</b>",
        "Nguyễn Văn A; DROP TABLE person",
        "12345",
        "NguyÔn ThÞ H¹nh",  # TCVN3
        "a@b",
        "...",
    ],
)
def test_what_is_no_name_is_told_and_nothing_else_happens(name):
    (line,) = read_staff_list([("Họ và tên",), (name,)], TODAY).lines
    assert remarks(line) == [(Remark.STRANGE_NAME, 0)]


def test_names_in_capitals_and_of_foreigners_stay_as_they_are():
    found = read("Họ và tên", "NGUYỄN VĂN AN", "François d’Arc (Pháp)", "Y Moan Êban")
    assert [line.person.name for line in found.lines] == [
        "NGUYỄN VĂN AN",
        "François d’Arc (Pháp)",
        "Y Moan Êban",
    ]
    assert [remarks(line) for line in found.lines] == [[], [(Remark.FOREIGN_LETTERS, 0)], []]
    assert not any(line.is_wrong for line in found.lines)


def test_a_bad_cell_is_told_by_line_and_the_others_are_read():
    found = read(
        "Họ và tên|Ngày sinh|CCCD|Điện thoại",
        "An|30/02/1985|12345|999",
        "Bình|1985|9.12E+10|0297 3 812 345",
    )
    assert remarks(found.lines[0]) == [
        (Remark.BAD_BIRTH, 0),
        (Remark.BAD_ID_NUMBER, 0),
        (Remark.BAD_PHONE, 0),
    ]
    assert remarks(found.lines[1]) == [(Remark.BAD_ID_NUMBER, 0)]
    assert found.lines[1].person.phone == "02973812345"


def test_doubles_within_the_list_name_the_first_line():
    found = read(
        "Họ và tên|Ngày sinh|CCCD|Mã số",
        "Nguyễn An|02/03/1985|091085000036|1",
        "Trần An||091085000036|2",
        "Lê An|||1",
        "NGUYEN AN|2/3/1985||",
        "Nguyễn An|||",
    )
    assert [remarks(line) for line in found.lines] == [
        [],
        [(Remark.SAME_ID_NUMBER, 2)],
        [(Remark.SAME_STAFF_NUMBER, 2)],
        [(Remark.SAME_PERSON, 2)],
        [(Remark.NAMESAKE, 2)],
    ]
    assert [line.is_wrong for line in found.lines] == [False, True, True, True, False]


def test_what_excel_took_from_a_number_is_put_back_and_noted():
    found = read("Họ và tên|CCCD", "An|91085000036", "Bình|1085000036", "Chi|91234567")
    assert [line.person.id_number for line in found.lines] == [
        "091085000036",
        "001085000036",
        "091234567",
    ]
    assert all(remarks(line) == [(Remark.ZEROS_PUT_BACK, 0)] for line in found.lines)


def test_a_number_that_contradicts_birth_or_sex_is_noted():
    found = read(
        "Họ và tên|Năm sinh|Giới tính|CCCD",
        "An|1986|Nữ|091085000036",
        "Bình|||091085000037",
    )
    assert remarks(found.lines[0]) == [
        (Remark.NUMBER_SEX_MISMATCH, 0),
        (Remark.NUMBER_YEAR_MISMATCH, 0),
    ]
    assert remarks(found.lines[1]) == []


def test_units_that_the_settings_do_not_know_are_named_once():
    found = read(
        "Họ và tên|Đơn vị", "An|THANH TRA", "Bình|Phòng X", "Chi|Phòng X", units=("Thanh tra",)
    )
    assert found.unknown_units == ("Phòng X",)


def test_what_is_too_long_for_a_card_is_told():
    (line,) = read("Họ và tên|Đơn vị|Chức vụ", f"{'An ' * 40}|{'u' * 151}|ok").lines
    assert [finding.remark for finding in line.findings] == [Remark.TOO_LONG] * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2/3/1985", date(1985, 3, 2)),
        ("02-03-1985", date(1985, 3, 2)),
        ("2.3.1985", date(1985, 3, 2)),
        ("1985-03-02", date(1985, 3, 2)),
        ("1985", None),
        ("3/1985", None),
    ],
)
def test_days_as_people_type_them(text, day):
    assert (birth(text, TODAY).year, birth(text, TODAY).day) == (1985, day)


@pytest.mark.parametrize("text", ["", "85", "2/3/85", "3/14/1985", "1899", "22/11/2027", "x"])
def test_what_is_no_birth_date(text):
    with pytest.raises(CellError):
        birth(text, TODAY)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912.345.678", "0912345678"),
        ("912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("0912345678 / 0297 3812345", "0912345678"),
        ("(0297) 3812345", "02973812345"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_phone_numbers_as_people_type_them(text, number):
    assert phone_number(text) == number


@pytest.mark.parametrize("text", ["123", "01234567890", "x", "０912345678", "=1+1"])
def test_what_is_no_phone_number(text):
    with pytest.raises(CellError):
        phone_number(text)


def test_document_numbers_as_people_type_them():
    assert document_number("091 085 000 036") == "091085000036"
    assert document_number("b1234567") == "B1234567"
    for wrong in ("1234567", "0910850000361", "９10850000361", "B12"):
        with pytest.raises(CellError):
            document_number(wrong)


def test_a_cell_is_one_line_of_single_signs():
    assert tidy(" Nguye\u0302\u0303n\tThi\u0323\n\x00\u202eHo\u0302\u0300ng ") == "Nguyễn Thị Hồng"
    assert tidy('="091085000036"') == "091085000036"
    assert tidy("=1+1") == "=1+1"


CELLS = st.text(max_size=30) | st.text(string.digits + "/-.=", max_size=14)
HEADINGS = st.sampled_from(["STT", "Họ và tên", "Tên", "Ngày sinh", "CCCD", "SĐT", "Đơn vị", "x"])


@given(st.lists(HEADINGS, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=8))
def test_any_table_is_read_to_its_end(headings, rows):
    found = read_staff_list([headings, *rows], TODAY)
    if found is None:
        return
    numbers = [*(line.line for line in found.lines), *found.skipped]
    assert len(numbers) == len(set(numbers))
    for line in found.lines:
        said = (line.person.name, line.post.unit, line.post.position, line.post.number)
        assert all(text == unicodedata.normalize("NFC", text) for text in said)
        assert all("\n" not in text and "\x00" not in text for text in said)
        assert line.is_wrong == any(f.remark not in NOTES for f in line.findings)
        assert line.is_wrong or line.person.name
