"""What must be put right in a guest's form before it can be taken, field by field."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from kiosk.domain.person import has_digits, may_be_a_name
from kiosk.domain.screening import RuleCard, read_temperature
from kiosk.services.group_lines import wrong_line
from kiosk.services.guest_form import (
    GuestForm,
    Question,
    bare,
    born_later,
    child_is_asked,
    is_child,
    read_birth,
)
from kiosk.services.phone_number import PhoneFault, read_phone, renumbered

_ID_NUMBER = re.compile(r"[A-Z0-9]{6,20}|")


@unique
class Field(StrEnum):
    """The fields of the form that are checked, in the order of the screen."""

    NAME = "name"
    BIRTH = "birth"
    PHONE = "phone"
    UNIT = "unit"
    ID_NUMBER = "id_number"
    SPOKEN_BY = "spoken_by"
    OTHERS = "others"
    QUESTIONS = "questions"
    CONSENT = "consent"
    TEMPERATURE = "temperature"


@unique
class FormFault(StrEnum):
    """Why a field cannot be taken as it is."""

    EMPTY = "empty"
    DIGITS = "digits"
    NO_PHONE = "no_phone"
    OLD_PHONE = "old_phone"
    NO_YEAR = "no_year"
    BORN_LATER = "born_later"
    NO_NUMBER = "no_number"
    NOWHERE = "nowhere"
    NO_REPRESENTATIVE = "no_representative"
    WRONG_LINE = "wrong_line"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"
    NOT_AGREED = "not_agreed"
    NO_TEMPERATURE = "no_temperature"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field; `detail` is what its sentence names."""

    code: FormFault
    detail: str = ""


def faults(form: GuestForm, today: date, rules: RuleCard) -> dict[Field, Fault]:
    """What must be put right before the form can be taken, in order; empty when nothing.

    Args:
        form: as filled in.
        today: the local day.
        rules: the rule card in force: says what is asked, and whether consent is.
    """
    checks = (
        (Field.NAME, _name_fault(form)),
        (Field.BIRTH, _birth_fault(form, today)),
        (Field.PHONE, _phone_fault(form)),
        (Field.UNIT, _unit_fault(form, rules)),
        (Field.ID_NUMBER, _number_fault(form)),
        (Field.SPOKEN_BY, _represented_fault(form, today)),
        (Field.OTHERS, _others_fault(form, today)),
        (Field.QUESTIONS, _questions_fault(form, rules)),
        (Field.CONSENT, _consent_fault(form, today, rules)),
        (Field.TEMPERATURE, _temperature_fault(form)),
    )
    return {field: found for field, found in checks if found is not None}


def _name_fault(form: GuestForm) -> Fault | None:
    return None if may_be_a_name(form.name) else _no_name(form.name)


def _no_name(typed: str) -> Fault:
    return Fault(FormFault.DIGITS if has_digits(typed) else FormFault.EMPTY)


def _birth_fault(form: GuestForm, today: date) -> Fault | None:
    if not form.birth.strip() or read_birth(form.birth, today) is not None:
        return None
    later = born_later(form.birth, today)
    return Fault(FormFault.BORN_LATER if later else FormFault.NO_YEAR)


def _phone_fault(form: GuestForm) -> Fault | None:
    read = read_phone(form.phone)
    if not isinstance(read, PhoneFault):
        return None
    return Fault(FormFault(read), renumbered(form.phone))


def _unit_fault(form: GuestForm, rules: RuleCard) -> Fault | None:
    to = form.destination
    digits = any(said and not any(map(str.isalpha, said)) for said in (to.unit, to.host))
    wrong = digits or (rules.destination and not to.known)
    return Fault(FormFault.NOWHERE) if wrong else None


def _number_fault(form: GuestForm) -> Fault | None:
    return None if _ID_NUMBER.fullmatch(bare(form.id_number)) else Fault(FormFault.NO_NUMBER)


def _represented_fault(form: GuestForm, today: date) -> Fault | None:
    """Somebody has to speak for a child; for children who come along, the guest does.

    Whoever speaks for somebody else stands beside what was agreed to: under a name, too.
    """
    child = is_child(form, today)
    if may_be_a_name(form.spoken_by) or not (child or form.spoken_by.strip()):
        return None
    if child and not has_digits(form.spoken_by):
        return Fault(FormFault.NO_REPRESENTATIVE)
    return _no_name(form.spoken_by)


def _others_fault(form: GuestForm, today: date) -> Fault | None:
    line = wrong_line(form.others, today)
    return Fault(FormFault.WRONG_LINE, str(line)) if line else None


def _questions_fault(form: GuestForm, rules: RuleCard) -> Fault | None:
    whole = {question for question, _ in form.answers} == set(Question)
    return None if whole or not rules.asks_declaration else Fault(FormFault.UNANSWERED)


def _consent_fault(form: GuestForm, today: date, rules: RuleCard) -> Fault | None:
    """Without an answer nothing is kept; a no about being remembered shuts nobody out."""
    if not rules.asks_consent:
        return None
    needed = [form.agreed.visit]
    if child_is_asked(form, today):
        needed.append(form.agreed.child)
    if False in needed:
        return Fault(FormFault.NOT_AGREED)
    return Fault(FormFault.NOT_ASKED) if None in needed else None


def _temperature_fault(form: GuestForm) -> Fault | None:
    wrong = form.reading.strip() and not isinstance(read_temperature(form.reading), int)
    return Fault(FormFault.NO_TEMPERATURE) if wrong else None
