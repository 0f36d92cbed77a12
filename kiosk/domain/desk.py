"""The desk as a state machine: a state and an event give the next state and what is to be done."""

from dataclasses import dataclass, replace
from enum import StrEnum, unique
from typing import assert_never

from kiosk.domain.admission import (
    Decision,
    Reason,
    Verdict,
    decide,
    needs_second_reading,
    turned_away,
)
from kiosk.domain.log import Entry
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Presence, Recognised
from kiosk.domain.screening import Checklist, Declared, Destination, RuleCard

# --- what the desk is doing ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nobody is being served."""


@dataclass(frozen=True, slots=True)
class Screening:
    """An arrival; the checklist is being filled in."""

    who: Recognised
    checklist: Checklist
    destination: Destination


@dataclass(frozen=True, slots=True)
class Remeasure:
    """The first reading was at or over the limit: rest, then a second reading."""

    who: Recognised
    checklist: Checklist
    destination: Destination


@dataclass(frozen=True, slots=True)
class Recording:
    """Decided; the entry is on its way to the disk and no verdict is shown yet."""

    record: "Record"


@dataclass(frozen=True, slots=True)
class Admitted:
    """The verdict is in the log: come in."""

    who: Recognised
    entry: Entry


@dataclass(frozen=True, slots=True)
class Refused:
    """The verdict is in the log: turned away, or referred to the health officer."""

    who: Recognised
    entry: Entry


@dataclass(frozen=True, slots=True)
class Departing:
    """Somebody who came in a moment ago shows the code again: leaving, or by mistake?"""

    who: Recognised
    presence: Presence


@dataclass(frozen=True, slots=True)
class Departed:
    """The departure is in the log."""

    who: Recognised
    entry: Entry


@unique
class Part(StrEnum):
    """A part without which nobody can be served."""

    LOGBOOK = "logbook"


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """The log does not take the entry. Nothing is forgotten: `record` is tried again."""

    part: Part
    record: "Record"


State = (
    Waiting
    | Screening
    | Remeasure
    | Recording
    | Admitted
    | Refused
    | Departing
    | Departed
    | OutOfOrder
)

# --- what happens to it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scanned:
    """A credential was shown and looked up."""

    who: Recognised


@dataclass(frozen=True, slots=True)
class Measured:
    """A temperature was entered, tenths of a degree Celsius."""

    tenths: int


@unique
class Tick(StrEnum):
    """The two ticks of the checklist."""

    MASK = "mask"
    HANDS = "hands"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A tick was set or taken away."""

    tick: Tick


@dataclass(frozen=True, slots=True)
class Answered:
    """What the person said of today's declaration."""

    declared: Declared


@dataclass(frozen=True, slots=True)
class Directed:
    """Whom or which unit the person visits."""

    destination: Destination


@dataclass(frozen=True, slots=True)
class KindSet:
    """The receptionist says that this is staff, or a visitor."""

    kind: PersonKind


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Enter: do what the large button says."""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The receptionist refuses, with a reason."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Escape: put this person aside without an entry, or clear the verdict."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry is durable."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """The log did not take the entry."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An entry was reversed from the list."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The time that the state was to be shown is over."""


Event = (
    Scanned
    | Measured
    | Ticked
    | Answered
    | Directed
    | KindSet
    | Confirmed
    | TurnedAway
    | Dismissed
    | Recorded
    | RecordFailed
    | Undone
    | TimeUp
)

# --- what is to be done -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordArrival:
    """Append the arrival with its verdict."""

    who: Recognised
    decision: Decision
    checklist: Checklist
    destination: Destination


@dataclass(frozen=True, slots=True)
class RecordDeparture:
    """Append the departure."""

    who: Recognised
    presence: Presence


Record = RecordArrival | RecordDeparture
Next = tuple[State, Record | None]


def accepts_scans(state: State) -> bool:
    """Scans count only while nobody is being served."""
    return isinstance(state, Waiting | Admitted | Refused | Departed)


def advance(state: State, event: Event, rules: RuleCard) -> Next:
    """The next state, and the record to append, if any.

    An event that means nothing in a state changes nothing: a key pressed twice is no error.
    """
    match state:
        case Waiting() | Admitted() | Refused() | Departed():
            return _at_rest(state, event)
        case Screening() | Remeasure():
            return _serving(state, event, rules)
        case Recording():
            return _recording(state, event)
        case Departing():
            return _departing(state, event)
        case OutOfOrder():
            return _out_of_order(state, event)
        case _:
            assert_never(state)


def _at_rest(state: Waiting | Admitted | Refused | Departed, event: Event) -> Next:
    match event:
        case Scanned(who):
            return _begin(who)
        case Dismissed() | TimeUp():
            return Waiting(), None
        case Undone(entry_id):
            shown = None if isinstance(state, Waiting) else state.entry.draft.entry_id
            return (Waiting() if shown == entry_id else state), None
        case _:
            return state, None


def _begin(who: Recognised) -> Next:
    if decision := turned_away(who):
        return _record(RecordArrival(who, decision, Checklist(), who.destination))
    if who.presence is not None and who.presence.recent:
        return Departing(who, who.presence), None
    if who.presence is not None:
        return _record(RecordDeparture(who, who.presence))
    return Screening(who, Checklist(declared=who.declared), who.destination), None


def _record(record: Record) -> Next:
    return Recording(record), record


def _serving(state: Screening | Remeasure, event: Event, rules: RuleCard) -> Next:
    match event:
        case Confirmed():
            decision = decide(state.who.kind, state.checklist, state.destination, rules)
            return _close(state, decision) if isinstance(decision, Decision) else (state, None)
        case TurnedAway(reason):
            return _close(state, _refusal(reason))
        case Dismissed():
            return Waiting(), None
        case _:
            return _filled_in(state, event, rules), None


def _filled_in(state: Screening | Remeasure, event: Event, rules: RuleCard) -> State:
    match event:
        case Measured(tenths):
            return _measured(state, tenths, rules)
        case Ticked(tick):
            return _ticked(state, tick)
        case Answered(declared):
            return _with(state, replace(state.checklist, declared=declared))
        case Directed(destination):
            return replace(state, destination=destination)
        case KindSet(kind):
            return replace(state, who=replace(state.who, kind=kind))
        case _:
            return state


def _refusal(reason: Reason) -> Decision:
    referred = reason in (Reason.WARNING_SIGNS, Reason.HIGH_FEVER)
    return Decision(Verdict.REFER if referred else Verdict.REFUSE, reason)


def _close(state: Screening | Remeasure, decision: Decision) -> Next:
    return _record(RecordArrival(state.who, decision, state.checklist, state.destination))


def _measured(state: Screening | Remeasure, tenths: int, rules: RuleCard) -> State:
    """The last reading counts. One below the limit may be typed over; one at or over it stays."""
    readings = state.checklist.readings
    if readings and readings[-1] < rules.fever_from:
        readings = readings[:-1]
    checklist = replace(state.checklist, readings=(*readings, tenths))
    if needs_second_reading(checklist, rules):
        return Remeasure(state.who, checklist, state.destination)
    return Screening(state.who, checklist, state.destination)


def _ticked(state: Screening | Remeasure, tick: Tick) -> State:
    match tick:
        case Tick.MASK:
            return _with(state, replace(state.checklist, mask=not state.checklist.mask))
        case Tick.HANDS:
            return _with(state, replace(state.checklist, hands=not state.checklist.hands))
        case _:
            assert_never(tick)


def _with(state: Screening | Remeasure, checklist: Checklist) -> State:
    return replace(state, checklist=checklist)


def _recording(state: Recording, event: Event) -> Next:
    match event:
        case Recorded(entry):
            return _shown(state.record, entry), None
        case RecordFailed():
            return OutOfOrder(Part.LOGBOOK, state.record), None
        case _:
            return state, None


def _shown(record: Record, entry: Entry) -> State:
    match record:
        case RecordDeparture(who):
            return Departed(who, entry)
        case RecordArrival(who, decision):
            admitted = decision.verdict is Verdict.ADMIT
            return Admitted(who, entry) if admitted else Refused(who, entry)
        case _:
            assert_never(record)


def _departing(state: Departing, event: Event) -> Next:
    match event:
        case Confirmed():
            return _record(RecordDeparture(state.who, state.presence))
        case Dismissed() | TimeUp():
            return Waiting(), None
        case _:
            return state, None


def _out_of_order(state: OutOfOrder, event: Event) -> Next:
    match event:
        case Confirmed() | TimeUp():
            return _record(state.record)
        case Recorded(entry):
            return _shown(state.record, entry), None
        case _:
            return state, None
