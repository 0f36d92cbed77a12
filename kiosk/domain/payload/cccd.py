"""Citizen card (CCCD, căn cước): seven fields, or eleven and more since July 2024.

Source: domain.md 1.1 and 1.2; Circular 16/2024/TT-BCA. The code carries no signature: it
identifies, it proves nothing. Fields after the seventh are neither kept nor labelled. Zalo
re-shares a card as text of six fields, without the former number and with days as dd/mm/yyyy.
"""

import re
from datetime import date

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.text import tidy
from kiosk.domain.person import Person, Sex, one_line

_FIELDS = 7
_NUMBER = re.compile(r"[0-9]{12}")
_NUMBER_FIRST = re.compile(r" *[0-9]{12} *([|;\t])")
_OLD_NUMBER = re.compile(r"[0-9]{9,10}|")
_RESHARED_FIELDS = 6
_DAY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_RESHARED_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_PREFIX = re.compile(r"^CCCD\s{0,4}:\s{0,4}", re.IGNORECASE)
_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it is no citizen card.

    Hand scanners and other apps write ";" or a tab for "|" (domain.md 1.1).
    """
    plain = _PREFIX.sub("", tidy(text))
    number_first = _NUMBER_FIRST.match(plain)
    if number_first is None:
        return None
    fields = plain.split(number_first[1], _FIELDS)[:_FIELDS]
    if len(fields) == _RESHARED_FIELDS and fields[3].strip().casefold() in _SEXES:
        fields = _as_on_card(fields)
    if len(fields) < _FIELDS:
        return None
    number, old_number, name, born, sex, address, issued = (one_line(f).strip() for f in fields)
    if not _OLD_NUMBER.fullmatch(old_number) or not name or not _DAY.fullmatch(born):
        return None
    birth_date = _day(born)
    person = Person(
        name=name,
        id_number=number,
        old_id_number=old_number,
        birth_date=birth_date,
        birth_year=int(born[4:]) or None,
        sex=_SEXES.get(sex.casefold(), Sex.UNKNOWN),
        address=address,
        issued_on=_day(issued),
    )
    return Credential(
        scheme=Scheme.CITIZEN_CARD,
        stable=number,
        person=person,
        text=text,
        warnings=mismatches(person),
    )


def _as_on_card(fields: list[str]) -> list[str]:
    """Seven fields for the six that Zalo writes."""
    number, name, born, sex, address, issued = fields
    days = [_RESHARED_DAY.sub(r"\1\2\3", one_line(day).strip()) for day in (born, issued)]
    return [number, "", name, days[0], sex, address, days[1]]


def _day(text: str) -> date | None:
    """A DDMMYYYY day, or None where it is empty or no day of the calendar."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def mismatches(person: Person) -> tuple[str, ...]:
    """Where a citizen number says another sex or birth year than is said (domain.md 1.1)."""
    if not _NUMBER.fullmatch(person.id_number):
        return ()
    warnings = []
    century, odd = divmod(int(person.id_number[3]), 2)
    sex_in_number = Sex.FEMALE if odd else Sex.MALE
    if person.sex not in (Sex.UNKNOWN, sex_in_number):
        warnings.append("number_sex_mismatch")
    if person.birth_year != (19 + century) * 100 + int(person.id_number[4:6]):
        warnings.append("number_year_mismatch")
    return tuple(warnings)
