"""Health-insurance card (BHYT), on paper and in VssID.

Source: domain.md 1.7. `code|name in hex|birth|sex|address in hex|...`, in 10, 15 or 17 parts that
end with "$"; "-" is an empty part. The code has 15 characters, or 10 digits since 2021: those are
the last ten of the long one, and the same all life long. Hex that is not whole UTF-8 gives no name
at all: a wrong name would not be noticed.
"""

import re
import unicodedata
from datetime import date

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.text import is_binary, tidy
from kiosk.domain.person import LASTING_DIGITS, Person, Sex, one_line

_CODE = re.compile(r"[A-Z]{2}[0-9]{13}|[0-9]{10}")
_HEX = re.compile(r"[0-9A-Fa-f]+")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_BORN = re.compile(r"(?:([0-9]{2})/([0-9]{2})/)?([0-9]{4})")
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
_FEWEST_PARTS = 9
_MOST_PARTS = 20
_BIRTH, _SEX, _ADDRESS, _ISSUED = 2, 3, 4, 8


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it is no health-insurance card."""
    parts = [part.strip() for part in tidy(text).split("|", _MOST_PARTS)]
    if len(parts) < _FEWEST_PARTS or not _CODE.fullmatch(parts[0]) or not _HEX.fullmatch(parts[1]):
        return None
    born = _BORN.fullmatch(parts[_BIRTH])
    person = Person(
        name=_words(parts[1]),
        birth_date=_day(parts[_BIRTH]),
        birth_year=(int(born[3]) or None) if born else None,
        sex=_SEXES.get(parts[_SEX], Sex.UNKNOWN),
        address=_words(parts[_ADDRESS]),
        issued_on=_day(parts[_ISSUED]),
        health_insurance_number=parts[0],
    )
    return Credential(
        scheme=Scheme.HEALTH_INSURANCE,
        stable=f"BHYT{parts[0][-LASTING_DIGITS:]}",
        person=person,
        text=text,
    )


def _words(in_hex: str) -> str:
    """The text that hexadecimal digits spell in strict UTF-8, or ""."""
    if not _HEX.fullmatch(in_hex):
        return ""
    try:
        words = bytes.fromhex(in_hex).decode("utf-8")
    except ValueError:
        return ""
    return "" if is_binary(words) else one_line(unicodedata.normalize("NFC", words)).strip()


def _day(text: str) -> date | None:
    """A dd/mm/yyyy day, or None where it is empty, a year alone, or no day of the calendar."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
