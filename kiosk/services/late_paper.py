"""What stands on an emergency slip, as it was typed in afterwards, and what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, unique

from kiosk.domain.admission import Reason
from kiosk.domain.person import Person, has_digits, may_be_a_name
from kiosk.domain.screening import (
    NOWHERE,
    Checklist,
    Declared,
    Destination,
    RuleCard,
    TemperatureFault,
    read_temperature,
)
from kiosk.domain.written_time import read_clock, read_day
from kiosk.services.guest_form import bare, born_later, read_birth, tidy
from kiosk.services.phone_number import PhoneFault, read_phone

FURTHEST = timedelta(days=31)
"""So far back something may be entered without a slip; a slip says by its day how far."""


@unique
class LateField(StrEnum):
    """The fields that are checked."""

    NAME = "name"
    BIRTH = "birth"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    DAY = "day"
    TIME_IN = "time_in"
    TIME_OUT = "time_out"
    TEMPERATURE = "temperature"
    VERDICT = "verdict"


@unique
class LateFault(StrEnum):
    """Why a field cannot be taken as it is."""

    NO_NAME = "no_name"
    DIGITS = "digits"
    NO_YEAR = "no_year"
    BORN_LATER = "born_later"
    NO_PHONE = "no_phone"
    NO_NUMBER = "no_number"
    NO_DAY = "no_day"
    NO_TIME = "no_time"
    TO_COME = "to_come"
    BEFORE_PRINTING = "before_printing"
    TOO_LONG_AGO = "too_long_ago"
    BEFORE_ARRIVAL = "before_arrival"
    NOT_ADMITTED = "not_admitted"
    NO_TEMPERATURE = "no_temperature"
    NO_VERDICT = "no_verdict"


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on paper, as it was typed.

    Attributes:
        day, time_in, time_out: as read by `domain.written_time`; `time_out` may be empty.
        temperature: every reading that was written; empty where none was.
        admitted: what was marked that morning; None while the receptionist has not said.
        refused_for: the reason that was written, if any.
        person_id: whose card was shown meanwhile; None where nobody's was.
    """

    name: str = ""
    birth: str = ""
    phone: str = ""
    id_number: str = ""
    destination: Destination = NOWHERE
    day: str = ""
    time_in: str = ""
    time_out: str = ""
    temperature: str = ""
    mask: bool = False
    hands: bool = False
    declared: Declared = Declared.NOT_YET
    admitted: bool | None = None
    refused_for: Reason | None = None
    person_id: str | None = None

    @property
    def person(self) -> Person:
        """Who it was."""
        born = read_birth(self.birth, date.max)  # a birth to come was a fault
        phone = read_phone(self.phone)
        return Person(
            name=tidy(self.name),
            id_number=bare(self.id_number),
            birth_date=born if isinstance(born, date) else None,
            birth_year=born.year if isinstance(born, date) else born,
            phone="" if isinstance(phone, PhoneFault) else phone,
        )

    @property
    def checklist(self) -> Checklist:
        """What was looked at."""
        return Checklist(_readings(self) or (), self.mask, self.hands, self.declared)

    @property
    def has_left(self) -> bool:
        """Whether a time out was written."""
        return self.time_out.strip() != ""


_ID_NUMBER = re.compile(r"[A-Z0-9]{6,20}|")
Faults = dict[LateField, LateFault]


def late_faults(paper: Paper, now: datetime, printed_on: date | None) -> Faults:
    """What must be put right first; empty when nothing.

    Args:
        paper: as typed.
        now: local time, aware.
        printed_on: the day of the slip; None without one.
    """
    born = not paper.birth.strip() or read_birth(paper.birth, now.date()) is not None
    phone = not isinstance(read_phone(paper.phone), PhoneFault)
    readings = _readings(paper)
    no_name = LateFault.DIGITS if has_digits(paper.name) else LateFault.NO_NAME
    later = born_later(paper.birth, now.date())
    sound = {
        LateField.NAME: (may_be_a_name(paper.name), no_name),
        LateField.BIRTH: (born, LateFault.BORN_LATER if later else LateFault.NO_YEAR),
        LateField.PHONE: (phone, LateFault.NO_PHONE),
        LateField.ID_NUMBER: (_ID_NUMBER.fullmatch(bare(paper.id_number)), LateFault.NO_NUMBER),
        LateField.TEMPERATURE: (readings is not None, LateFault.NO_TEMPERATURE),
        LateField.VERDICT: (paper.admitted is not None, LateFault.NO_VERDICT),
    }
    faults = {field: fault for field, (right, fault) in sound.items() if not right}
    return faults | _time_faults(paper, now, printed_on)


def contradicts(paper: Paper, rules: RuleCard) -> bool:
    """Whether somebody was let in whom the rules turn away: so it was, or a slip of the finger."""
    seen = paper.checklist
    fever = rules.health_step and bool(seen.readings) and seen.readings[-1] >= rules.fever_from
    signs = rules.asks_declaration and seen.declared is Declared.SIGNS
    return paper.admitted is True and (fever or signs)


def _time_faults(paper: Paper, now: datetime, printed_on: date | None) -> Faults:
    came = moment(paper.day, paper.time_in, now)
    if isinstance(came, LateFault):
        field = LateField.DAY if came is LateFault.NO_DAY else LateField.TIME_IN
        return {field: came}
    if fault := _arrival_fault(came, now, printed_on):
        field = LateField.TIME_IN if fault is LateFault.TO_COME else LateField.DAY
        return {field: fault}
    if not paper.has_left:
        return {}
    left = left_at(paper, now)
    fault = left if isinstance(left, LateFault) else _departure_fault(left, now, came)
    if paper.admitted is False:
        fault = LateFault.NOT_ADMITTED
    return {LateField.TIME_OUT: fault} if fault else {}


def _arrival_fault(came: datetime, now: datetime, printed_on: date | None) -> LateFault | None:
    if came > now:
        return LateFault.TO_COME
    if printed_on is None:
        return LateFault.TOO_LONG_AGO if came < now - FURTHEST else None
    return LateFault.BEFORE_PRINTING if came.date() < printed_on else None


def departure_fault(day: str, clock: str, now: datetime, came: datetime) -> LateFault | None:
    """Why this is no time at which somebody who came at `came` can have left; None if it is."""
    left = moment(day, clock, now)
    return left if isinstance(left, LateFault) else _departure_fault(left, now, came)


def _departure_fault(left: datetime, now: datetime, came: datetime) -> LateFault | None:
    if left > now:
        return LateFault.TO_COME
    whole_minute = came.replace(second=0, microsecond=0)
    return LateFault.BEFORE_ARRIVAL if left < whole_minute else None


def left_at(paper: Paper, now: datetime) -> datetime | LateFault:
    """The moment of the time out on a paper that has one day alone; or why it is none.

    Before the time in it is after midnight, where that has passed and is no more than half a day
    later: anything longer is sooner a slip of the pen.
    """
    came, left = moment(paper.day, paper.time_in, now), moment(paper.day, paper.time_out, now)
    if isinstance(came, LateFault) or isinstance(left, LateFault) or left >= came:
        return left
    tomorrow = left + timedelta(days=1)
    return tomorrow if tomorrow <= now and tomorrow - came <= _LONGEST_NIGHT else left


_LONGEST_NIGHT = timedelta(hours=12)


def moment(day: str, clock: str, now: datetime) -> datetime | LateFault:
    """What day and time of day mean together, aware; or why they mean nothing."""
    read, hour = read_day(day, now.date()), read_clock(clock)
    if read is None:
        return LateFault.NO_DAY
    if hour is None:
        return LateFault.NO_TIME
    return datetime.combine(read, hour, now.tzinfo)


def _readings(paper: Paper) -> tuple[int, ...] | None:
    """Every temperature that was written; None where one of them is none."""
    read = [read_temperature(one) for one in paper.temperature.replace(";", " ").split()]
    readings = tuple(one for one in read if not isinstance(one, TemperatureFault))
    return readings if len(readings) == len(read) else None
