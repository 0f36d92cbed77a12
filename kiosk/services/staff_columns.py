"""Which column of a staff list is what, by its heading: Vietnamese or English, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from kiosk.domain.person import fold


@unique
class Column(StrEnum):
    """What a column may hold."""

    NAME = "name"
    FAMILY_NAME = "family_name"  # where the name is cut in two: họ và tên đệm | tên
    GIVEN_NAME = "given_name"
    UNIT = "unit"
    POSITION = "position"
    STAFF_NUMBER = "staff_number"
    BIRTH = "birth"
    SEX = "sex"
    ID_NUMBER = "id_number"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings.

    Attributes:
        line: where it stands, from 1.
        columns: which column holds what, counted from 0.
    """

    line: int
    columns: dict[Column, int]


_HEADINGS = {
    Column.NAME: (
        "ho va ten|ho ten|ten can bo|ten nhan vien|ho va ten can bo|ho ten can bo|ten day du"
        "|can bo|nhan vien|ho va ten nhan vien|name|full name|fullname|employee|employee name"
        "|staff name|ho va ten nguoi lao dong|ho ten khai sinh|ho va ten khai sinh"
    ),
    Column.FAMILY_NAME: (
        "ho|ho dem|ho va dem|ho va ten dem|ho ten dem|ho lot|ho va ten lot|ho va chu dem"
        "|ho va chu lot|ho chu lot|last name|surname|family name|lastname"
    ),
    Column.GIVEN_NAME: "ten|given name|first name|firstname|given names",
    Column.UNIT: (
        "don vi|phong|phong ban|ban|bo phan|khoa|khoa phong|to|don vi cong tac|noi cong tac"
        "|phong don vi|don vi phong ban|phong chuyen mon|don vi bo phan|noi lam viec"
        "|department|unit|division|office|section|team"
    ),
    Column.POSITION: (
        "chuc vu|chuc danh|chuc vu chuc danh|chuc danh chuc vu|vi tri|vi tri viec lam|cong viec"
        "|nhiem vu|position|title|job title|role"
    ),
    Column.STAFF_NUMBER: (
        "ma|ma so|ma nv|ma nhan vien|ma can bo|ma cb|ma so nhan vien|ma so can bo|so hieu|ma cbcc"
        "|so hieu can bo|so hieu cong chuc|so hieu vien chuc|ma so nv|msnv|mscb|ma cbccvc|so the"
        "|staff number|staff no|staff id|employee id|employee number|employee no|personnel number"
        "|badge|badge number|code"
    ),
    Column.BIRTH: (
        "ngay sinh|nam sinh|ngay thang nam sinh|sinh ngay|ngay thang sinh|sinh nam"
        "|ngay nam sinh|date of birth|birth date|birthdate|dob|birthday|year of birth|birth year"
    ),
    Column.SEX: "gioi tinh|phai|nam nu|sex|gender",
    Column.ID_NUMBER: (
        "cccd|so cccd|can cuoc|so can cuoc|can cuoc cong dan|so can cuoc cong dan|cmnd|so cmnd"
        "|cmnd cccd|cccd cmnd|so cmnd cccd|so cccd cmnd|so dinh danh|so dinh danh ca nhan|so cc"
        "|ma dinh danh|giay to tuy than|so giay to|cccd ho chieu|citizen id|id number|id card"
        "|id no|identity number|passport|national id|citizen number"
    ),
    Column.PHONE: (
        "dien thoai|so dien thoai|sdt|so dt|dt|dtdd|di dong|so di dong|dien thoai di dong"
        "|dien thoai lien he|phone|phone number|mobile|mobile phone|tel|telephone|cell phone"
    ),
}
_MEANS = {name: column for column, names in _HEADINGS.items() for name in names.split("|")}
_SEARCHED_LINES = 30
_NO_WORDS = re.compile(r"[^a-z]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)")


def find_headings(rows: Sequence[Sequence[str]]) -> Headings | None:
    """The first row that names a column of names; what is above it is a title."""
    for line, row in enumerate(rows[:_SEARCHED_LINES], start=1):
        columns = _columns(row)
        if Column.FAMILY_NAME in columns and Column.GIVEN_NAME not in columns:
            columns[Column.NAME] = columns.pop(Column.FAMILY_NAME)
        if Column.GIVEN_NAME in columns and Column.FAMILY_NAME not in columns:
            columns.setdefault(Column.NAME, columns.pop(Column.GIVEN_NAME))
        if {Column.FAMILY_NAME, Column.GIVEN_NAME} <= columns.keys():
            columns.pop(Column.NAME, None)
            return Headings(line, columns)
        if Column.NAME in columns:
            return Headings(line, _with_second_half(columns, rows, line))
    return None


def _columns(row: Sequence[str]) -> dict[Column, int]:
    """The leftmost column of each kind; a heading may say more in brackets."""
    found: dict[Column, int] = {}
    for number, heading in enumerate(row):
        plain = " ".join(_NO_WORDS.split(fold(_IN_BRACKETS.sub(" ", heading)))).strip()
        column = _MEANS.get(plain)
        if column is not None:
            found.setdefault(column, number)
    return found


def _with_second_half(
    columns: dict[Column, int], rows: Sequence[Sequence[str]], line: int
) -> dict[Column, int]:
    """Where one heading stands over two columns, family name and given name are parts."""
    name = columns[Column.NAME]
    second = name + 1
    if second in columns.values() or (second < len(rows[line - 1]) and rows[line - 1][second]):
        return columns
    below = [row for row in rows[line:] if len(row) > name and row[name].strip()]
    given = sum(len(row) > second and row[second].strip().isalpha() for row in below)
    if not below or given * 2 < len(below):
        return columns
    del columns[Column.NAME]
    return columns | {Column.FAMILY_NAME: name, Column.GIVEN_NAME: second}
