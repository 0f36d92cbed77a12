"""Whom a certificate names: of all its content only this goes further."""

import re
import unicodedata
from datetime import date

from kiosk.domain.person import Person, one_line

_BORN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?")
_LONGEST_NAME = 160


def named(family: str, given: str, born: str) -> Person | None:
    """The person, family name first as in Vietnam; None where no name is said.

    Args:
        family: the family name as written.
        given: the other names as written.
        born: ISO day, or month, or year; a time after it is ignored.
    """
    words = " ".join(f"{one_line(family)} {one_line(given)}".split())
    name = unicodedata.normalize("NFC", words)[:_LONGEST_NAME]
    if not name:
        return None
    found = _BORN.fullmatch(born.strip())
    if found is None:
        return Person(name=name)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except (TypeError, ValueError):
        day = None
    return Person(name=name, birth_date=day, birth_year=int(found[1]) or None)
