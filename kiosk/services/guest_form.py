"""The form of a guest without a phone: what it asks, and what follows from its answers.

Questions and fields: the national form of 2022 (domain.md 2.4).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from kiosk.domain.person import Person, Sex, one_line, under_age
from kiosk.domain.screening import NOWHERE, Declared, Destination
from kiosk.services.group_lines import Companion, companions
from kiosk.services.phone_number import PhoneFault, read_phone


@unique
class Question(StrEnum):
    """What the declaration asks about the last 14 days."""

    TRAVEL = "travel"
    SYMPTOMS = "symptoms"
    CONTACT_PATIENT = "contact_patient"
    CONTACT_ABROAD = "contact_abroad"
    CONTACT_SYMPTOMS = "contact_symptoms"


WARNING_SIGNS = frozenset(Question) - {Question.TRAVEL}
"""A yes to one of these is a warning sign; travel alone is only noted."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was said to the text that was shown; None where nothing was said.

    Attributes:
        visit: the guest, or who speaks for a child, about this visit.
        child: the child itself.
        remembered: being found by name next time.
        text: version of the text.
        language: the language it was shown in.
    """

    visit: bool | None = None
    child: bool | None = None
    remembered: bool | None = None
    text: str = ""
    language: str = ""


SILENT = Agreed()
"""Nothing was said yet."""


@dataclass(frozen=True, slots=True)
class GuestForm:
    """The form as it was filled in; every value is what somebody typed.

    Attributes:
        birth: year, or day of birth.
        spoken_by: who declares in the guest's stead: a child's representative, or a helper.
        answers: yes or no to each question that was answered.
        travel: where to, in the visitor's words.
        others: who comes along, one a line: name, year of birth, number, temperature.
        reading: the temperature.
        mask, hands: seen, by the receptionist; of a group, of everybody.
        agreed: what was said to the consent text.
        person_id: the guest was chosen from those whom the directory knows.
    """

    name: str
    birth: str = ""
    phone: str = ""
    id_number: str = ""
    sex: Sex = Sex.UNKNOWN
    nationality: str = ""
    province: str = ""
    ward: str = ""
    address: str = ""
    spoken_by: str = ""
    destination: Destination = NOWHERE
    answers: tuple[tuple[Question, bool], ...] = ()
    travel: str = ""
    others: str = ""
    reading: str = ""
    mask: bool = False
    hands: bool = False
    agreed: Agreed = SILENT
    person_id: str | None = None


AGREES_TOO = 7
"""From this age on a child is asked as well (Law 91/2025, art. 24)."""

_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(
    r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})"
)
_OLDEST = 1900


def outcome(form: GuestForm) -> Declared:
    """What follows from the answers: one sign is enough, and only a whole form is clear."""
    if any(yes and question in WARNING_SIGNS for question, yes in form.answers):
        return Declared.SIGNS
    whole = {question for question, _ in form.answers} == set(Question)
    return Declared.CLEAR if whole else Declared.NOT_YET


def guest(form: GuestForm, today: date) -> Person:
    """The person of a form that has no faults."""
    born = read_birth(form.birth, today)
    day = born if isinstance(born, date) else None
    return Person(
        name=as_a_name(form.name),
        id_number=bare(form.id_number),
        birth_date=day,
        birth_year=day.year if day else born if isinstance(born, int) else None,
        sex=form.sex,
        address=", ".join(filter(None, map(tidy, (form.address, form.ward, form.province)))),
        phone=_phone(form.phone),
    )


def companion(said: Companion) -> Person:
    """The person of a line of the form."""
    return Person(as_a_name(said.name), id_number=said.id_number, birth_year=said.birth_year)


def tidy(text: str) -> str:
    """On one line, nothing hidden, single spaces, NFC: some typing tools send marks apart."""
    return " ".join(unicodedata.normalize("NFC", one_line(text)).split())


def as_a_name(typed: str) -> str:
    """The name as it stands in the log and on paper: whoever types in a hurry leaves Shift out.

    >>> as_a_name("lê văn tám"), as_a_name("Lê văn Tám")
    ('Lê Văn Tám', 'Lê văn Tám')
    """
    name = tidy(typed)
    if name != name.lower():
        return name  # some letters were made large on purpose, and the others small
    return " ".join(word[0].upper() + word[1:] for word in name.split())


def read_birth(typed: str, today: date) -> date | int | None:
    """A day of birth, or only its year; None for what is neither.

    >>> read_birth("1985", date(2026, 11, 22)), read_birth("02031985", date(2026, 11, 22))
    (1985, datetime.date(1985, 3, 2))
    """
    text = typed.strip()
    if not text.isascii():
        return None
    if _YEAR.fullmatch(text):
        return int(text) if _OLDEST <= int(text) <= today.year else None
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups() if part is not None)
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if date(_OLDEST, 1, 1) <= born <= today else None


def born_later(typed: str, today: date) -> bool:
    """Whether this is a birth to come: a slip of the finger in a year that can be read.

    >>> born_later("2030", date(2026, 11, 22)), born_later("1985", date(2026, 11, 22))
    (True, False)
    """
    return read_birth(typed, today) is None and read_birth(typed, date.max) is not None


def is_child(form: GuestForm, today: date) -> bool:
    """Whether somebody has to speak for the guest."""
    return under_age(_born(form.birth, today), today)


def child_is_asked(form: GuestForm, today: date) -> bool:
    """Whether a child itself has to agree as well: the guest, or one who comes along."""
    along = (companion(said) for said in companions(form.others, today))
    return any(agrees_too(one, today) for one in (_born(form.birth, today), *along))


def agrees_too(person: Person, today: date) -> bool:
    """Whether this is a child that has to agree beside whoever speaks for it."""
    return under_age(person, today) and not under_age(person, today, AGREES_TOO)


def _born(typed: str, today: date) -> Person:
    born = read_birth(typed, today)
    if isinstance(born, date):
        return Person("", birth_date=born, birth_year=born.year)
    return Person("", birth_year=born)


def bare(number: str) -> str:
    """Without spaces, in capitals: as document numbers are kept."""
    return "".join(number.split()).upper()


def _phone(typed: str) -> str:
    read = read_phone(typed)
    return "" if isinstance(read, PhoneFault) else read
