"""The national personal QR of Bluezone, NCOVI and PC-Covid.

Source: Decision 1405/QĐ-BTTTT of 11/09/2021, `SoGiayTo|HoTen|NgaySinh|LoaiDinhDanh|QID|EXT`,
where EXT is `proxy's QID<sex<health insurance number<phone` (domain.md 1.4).
"""

import re
from datetime import date

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.text import tidy
from kiosk.domain.person import Person, Sex, one_line

_FIELDS = 6
_NUMBER = re.compile(r"[A-Z0-9*]{5,20}")
_BORN = re.compile(r"([0-9]{4})-([0-9]{2}|\*\*)-([0-9]{2}|\*\*)")
_QID = re.compile(r"[0-9]{6,30}")
_DECLARED_BY = frozenset({"0", "1"})
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
_NOT_INSURED = frozenset({"", "0", "00"})
_PHONE = re.compile(r"\+?[0-9]{8,15}")


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it is no national personal QR."""
    fields = [one_line(field).strip() for field in tidy(text).split("|", _FIELDS)]
    if len(fields) not in (_FIELDS - 1, _FIELDS):
        return None
    number, name, born, declared_by, qid = fields[: _FIELDS - 1]
    day = _BORN.fullmatch(born)
    known = _NUMBER.fullmatch(number) and _QID.fullmatch(qid) and declared_by in _DECLARED_BY
    if not (name and day and known):
        return None
    _proxy, sex, insurance, phone = _extension(fields[_FIELDS - 1 :])
    masked = "*" in number
    person = Person(
        name=" ".join(name.split()),
        id_number="" if masked else number,
        birth_date=_day(*day.groups()),
        birth_year=int(day[1]),
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        phone=phone if _PHONE.fullmatch(phone) else "",
        health_insurance_number="" if insurance in _NOT_INSURED else insurance,
    )
    return Credential(
        scheme=Scheme.NATIONAL_QR,
        stable=qid if masked else number,
        person=person,
        text=text,
    )


def _extension(rest: list[str]) -> tuple[str, str, str, str]:
    """Proxy's QID, sex, health insurance number and phone; "" for each that is not there."""
    values = [*"".join(rest).split("<"), "", "", "", ""]
    return values[0], values[1], values[2], values[3]


def _day(year: str, month: str, day: str) -> date | None:
    """The day, or None where it is masked or no day of the calendar."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
