"""The cells of a staff list: names, birth dates and numbers as people type them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kiosk.domain.person import Sex, fold, one_line
from kiosk.services.phone_number import PhoneFault, read_phone


class CellError(ValueError):
    """A cell that does not hold what its column promises."""


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born; `day` where more than the year is known."""

    year: int
    day: date | None = None


_AS_FORMULA = re.compile(r'="([^"]*)"')
_NAME_SIGNS = frozenset(" .,'’-()")
_OLD_FONTS = frozenset("µ¶·¸¹®Þ§¨©ª«¬¦÷þ")
"""Signs that names show whose letters are of a font before Unicode (TCVN3)."""

_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"(?:\d{1,2}[./\-])?(\d{4})")
_OLDEST = 1900
_BETWEEN_DIGITS = re.compile(r"[\s.\-']")
_NUMBER = re.compile(r"\d{12}|\d{9}|[A-Z]{1,2}\d{6,8}")
_LOST_ZEROS = {10: 12, 11: 12, 8: 9}
"""What Excel leaves of a number that begins with zeros, and how many digits it had."""

_SEVERAL = re.compile(r"[;,/]|\s-\s")


def tidy(text: str) -> str:
    """A cell as one line with single spaces, its letters as single signs (NFC).

    A formula that only holds a text apart from numbers (`="0123"`, Excel's own habit) is that
    text; any other stays the plain text it is.
    """
    plain = " ".join(one_line(unicodedata.normalize("NFC", text)).split())
    held = _AS_FORMULA.fullmatch(plain)
    return held[1].strip() if held else plain


def is_name(text: str) -> bool:
    """Whether this may be a person's name: letters, and what stands between them."""
    letters = any(sign.isalpha() for sign in text)
    return letters and all(
        (sign.isalpha() and sign not in _OLD_FONTS)
        or sign in _NAME_SIGNS
        or unicodedata.combining(sign)
        for sign in text
    )


def birth(text: str, today: date) -> Birth:
    """A day (day first, as Vietnam writes it, or ISO 8601) or a year. Raises CellError."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _YEAR.fullmatch(text):
        year, month, day = int(found[1]), 1, 1
    else:
        raise CellError(text)
    try:
        born = date(year, month, day)
    except ValueError:
        raise CellError(text) from None
    if year < _OLDEST or born > today:
        raise CellError(text)
    return Birth(year, None if found.re is _YEAR else born)


def document_number(text: str) -> str:
    """A citizen number, the former one, or a passport's. Raises CellError.

    The zeros that Excel takes from the front of a citizen number are put back.
    """
    number = _BETWEEN_DIGITS.sub("", text).upper()
    if number.isascii() and number.isdigit():
        number = number.zfill(_LOST_ZEROS.get(len(number), 0))
    if not _NUMBER.fullmatch(number) or not number.isascii():
        raise CellError(text)
    return number


def phone_number(text: str) -> str:
    """The first number of a cell, in the form it is kept in. Raises CellError.

    The 0 that Excel takes from its front is put back.
    """
    first = _SEVERAL.split(text)[0]
    number = read_phone(_BETWEEN_DIGITS.sub("", first).replace("(", "").replace(")", ""))
    if isinstance(number, PhoneFault) or not number:
        raise CellError(text)
    return number


def sex(text: str) -> Sex:
    """As written, "Nam" or "Nữ"; anything else is unknown."""
    said = fold(text)
    if said in {"nam", "male", "m", "ong"}:
        return Sex.MALE
    return Sex.FEMALE if said in {"nu", "female", "f", "ba"} else Sex.UNKNOWN
