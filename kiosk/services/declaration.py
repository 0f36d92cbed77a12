"""The guest without a phone: the form's answers become a declaration and a slip.

Questions and fields: the national form of 2022 (domain.md 2.4).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, unique

from kiosk.domain import issued
from kiosk.domain.credential import Scheme
from kiosk.domain.issued import IssuedKind
from kiosk.domain.person import Person, Sex, one_line
from kiosk.domain.recognition import Recognised
from kiosk.domain.screening import NOWHERE, Declared, Destination
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Declaration, Directory, Issue
from kiosk.services.reception import Entropy
from kiosk.services.recogniser import Desk, Recogniser


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


@unique
class Field(StrEnum):
    """The fields of the form that are checked."""

    NAME = "name"
    PHONE = "phone"
    BIRTH_YEAR = "birth_year"
    ID_NUMBER = "id_number"
    QUESTIONS = "questions"


@unique
class FormFault(StrEnum):
    """Why a field cannot be taken as it is."""

    EMPTY = "empty"
    NO_PHONE = "no_phone"
    NO_YEAR = "no_year"
    NO_NUMBER = "no_number"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class GuestForm:
    """The form as it was filled in; every value is what somebody typed.

    Attributes:
        answers: yes or no to each question that was answered.
        travel: where to, in the visitor's words.
    """

    name: str
    phone: str = ""
    birth_year: str = ""
    sex: Sex = Sex.UNKNOWN
    address: str = ""
    id_number: str = ""
    destination: Destination = NOWHERE
    answers: tuple[tuple[Question, bool], ...] = ()
    travel: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A slip that was minted: what its symbol holds, and who stands there with it."""

    code: str
    number: str
    day: date
    who: Recognised


_PHONE = re.compile(r"\+?[0-9]{8,15}")
_ID_NUMBER = re.compile(r"[A-Z0-9]{6,20}|")
_YEAR = re.compile(r"[0-9]{4}")
_OLDEST = 1900


def faults(form: GuestForm, today: date, *, asked: bool) -> dict[Field, FormFault]:
    """What must be put right before the form can be taken; empty when nothing.

    Args:
        form: as filled in.
        today: the local day.
        asked: whether the rule card asks for the declaration's questions.
    """
    found = {}
    if not any(letter.isalpha() for letter in form.name):  # a year typed one field too early
        found[Field.NAME] = FormFault.EMPTY
    if form.phone and not _PHONE.fullmatch(_digits(form.phone)):
        found[Field.PHONE] = FormFault.NO_PHONE
    if form.birth_year and not _is_year(form.birth_year.strip(), today):
        found[Field.BIRTH_YEAR] = FormFault.NO_YEAR
    if not _ID_NUMBER.fullmatch("".join(form.id_number.split()).upper()):
        found[Field.ID_NUMBER] = FormFault.NO_NUMBER
    if asked and {question for question, _ in form.answers} != set(Question):
        found[Field.QUESTIONS] = FormFault.UNANSWERED
    return found


def outcome(form: GuestForm) -> Declared:
    """What follows from the answers: one sign is enough, and only a whole form is clear."""
    if any(yes and question in WARNING_SIGNS for question, yes in form.answers):
        return Declared.SIGNS
    whole = {question for question, _ in form.answers} == set(Question)
    return Declared.CLEAR if whole else Declared.NOT_YET


class Declarations:
    """Takes a form that has no faults, keeps it and mints the slip.

    Thread: the storage thread only. Raises LogbookError.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        directory: Directory,
        clock: Clock,
        entropy: Entropy,
        desk: Desk,
    ) -> None:
        self._recogniser = recogniser
        self._directory = directory
        self._clock = clock
        self._entropy = entropy
        self._desk = desk

    def take(self, form: GuestForm) -> Issued:
        """Keep person, declaration and slip; answers what is to be printed."""
        now, today = self._clock.now(), self._recogniser.today()
        code = issued.mint(
            IssuedKind.SLIP, today, self._entropy(issued.RANDOM_BYTES), self._desk.key
        )
        with self._directory.together():
            holder = self._directory.add(_person(form), now)
            self._directory.declare(holder.person_id, self._declaration(form, now))
            number = issued.short_number(
                today, self._directory.slips_on(today) + 1, self._desk.key
            )
            new = Issue(Scheme.SLIP, code, today, until=today, number=number)
            kept = self._directory.issue(new, holder, now)
        return Issued(code, number, today, self._recogniser.at_desk(kept))

    def _declaration(self, form: GuestForm, now: datetime) -> Declaration:
        answers = [(question.value, "yes" if yes else "no") for question, yes in form.answers]
        if where := _tidy(form.travel):
            answers.append(("travel_where", where))
        return Declaration(
            made_at=now,
            declared=outcome(form),
            answers=tuple(answers),
            destination=form.destination,
            basis=self._desk.rules.version,
        )


def _person(form: GuestForm) -> Person:
    year = form.birth_year.strip()
    return Person(
        name=_tidy(form.name),
        id_number="".join(form.id_number.split()).upper(),
        birth_year=int(year) if year else None,
        sex=form.sex,
        address=_tidy(form.address),
        phone=_digits(form.phone),
    )


def _tidy(text: str) -> str:
    return " ".join(one_line(text).split())


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c not in " .-()")


def _is_year(text: str, today: date) -> bool:
    return bool(_YEAR.fullmatch(text)) and _OLDEST <= int(text) <= today.year
