"""Who comes along, one a line as it is typed: name, year of birth, number, temperature."""

import re
from dataclasses import dataclass
from datetime import date

from kiosk.domain.person import may_be_a_name
from kiosk.domain.screening import read_temperature

MOST = 60
"""A bus."""

_OLDEST = 1900
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_READING = re.compile(r"[0-9]{2}[.,][0-9]|[0-9]{3}")
_NUMBER = re.compile(r"(?=(?:.*[0-9]){6})[A-Z0-9]{6,20}")
"""Six digits at least: no name has them, and no year or temperature."""

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Companion:
    """One line.

    Attributes:
        name: as typed.
        birth_year: four digits, or None.
        reading: tenths of a degree, or None where nobody has measured yet.
        id_number: of a document, or "".
    """

    name: str
    birth_year: int | None = None
    reading: int | None = None
    id_number: str = ""


def companions(text: str, today: date) -> tuple[Companion, ...]:
    """Everybody in a text without a wrong line.

    >>> companions("Trần Văn An 1985 36,5", date(2026, 11, 22))
    (Companion(name='Trần Văn An', birth_year=1985, reading=365, id_number=''),)
    """
    read = (_read(line, today) for line in text.splitlines() if line.strip())
    return tuple(found for found in read if found is not None)


def wrong_line(text: str, today: date) -> int | None:
    """The number of the first line, from 1, that names nobody or is one too many."""
    seen = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        seen += 1
        if seen > MOST or _read(line, today) is None:
            return number
    return None


def _read(line: str, today: date) -> Companion | None:
    """Year, number and temperature stand at the end, in this order; each may be missing."""
    words = [bare for word in line.split() if (bare := word.strip(",;"))]
    reading = read_temperature(words[-1]) if words and _READING.fullmatch(words[-1]) else None
    if reading is not None:
        words.pop()
    number = words.pop().upper() if words and _NUMBER.fullmatch(words[-1].upper()) else ""
    year = int(words.pop()) if words and _YEAR.fullmatch(words[-1]) else None
    name = " ".join(words)
    if reading is not None and not isinstance(reading, int):
        return None
    wrong = (
        len(name) > _LONGEST_NAME
        or not may_be_a_name(name)
        or (year is not None and not _OLDEST <= year <= today.year)
    )
    return None if wrong else Companion(name, year, reading, number)
