"""The desk as a state machine: a state and an event give the next state and what is to be done."""

from dataclasses import replace
from typing import assert_never

from kiosk.domain.admission import (
    SET_ASIDE,
    Decision,
    Reason,
    Verdict,
    decide,
    refusal,
    turned_away,
)
from kiosk.domain.desk import (
    Admitted,
    Confirmed,
    Departed,
    Departing,
    Dismissed,
    Event,
    Leaving,
    LookedUpAgain,
    Next,
    OutOfOrder,
    Part,
    Record,
    RecordArrival,
    RecordDeparture,
    Recorded,
    RecordFailed,
    Recording,
    Refused,
    Remeasure,
    SamePerson,
    Scanned,
    Screening,
    State,
    StillInside,
    TimeUp,
    TurnedAway,
    Undone,
    Waiting,
)
from kiosk.domain.desk_checklist import begun, filled_in, gone_on_as, looked_up_again
from kiosk.domain.log import Entry
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import NOWHERE, Checklist, Declared, RuleCard


def advance(state: State, event: Event, rules: RuleCard) -> Next:
    """The next state, and the record to append, if any.

    An event that means nothing in a state changes nothing: a key pressed twice is no error.
    """
    if isinstance(event, LookedUpAgain):
        return looked_up_again(state, event.who, rules), None
    return _advance(state, event, rules)


def _advance(state: State, event: Event, rules: RuleCard) -> Next:
    match state:
        case Waiting() | Admitted() | Refused() | Departed():
            return _at_rest(state, event)
        case Screening() | Remeasure():
            return _serving(state, event, rules)
        case Recording():
            return _recording(state, event)
        case Departing():
            return _departing(state, event)
        case StillInside():
            return _still_inside(state, event)
        case OutOfOrder():
            return _out_of_order(state, event)
        case _:
            assert_never(state)


def _at_rest(state: Waiting | Admitted | Refused | Departed, event: Event) -> Next:
    match event:
        case Scanned(who) if who.just_left and who.standing not in SET_ASIDE:
            return state, None  # neither arriving, nor a slip that is used twice
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
    if who.standing in SET_ASIDE:
        return Waiting(), None
    if decision := turned_away(who):
        return _record(RecordArrival(who, decision, Checklist(), who.destination))
    if who.presence is None:
        return begun(who), None
    if who.presence.overnight:
        return StillInside(who, who.presence), None
    if who.presence.recent:
        return Departing(who, who.presence), None
    return _record(RecordDeparture(who, who.presence))


def _record(record: Record) -> Next:
    return Recording(record), record


def _serving(state: Screening | Remeasure, event: Event, rules: RuleCard) -> Next:
    match event:
        case Confirmed():
            decision = decide(state.who.kind, state.checklist, state.destination, rules)
            return _close(state, decision) if isinstance(decision, Decision) else (state, None)
        case TurnedAway(reason, said):
            return _close(state, refusal(reason, said))
        case Dismissed():
            return _put_aside(state, rules)
        case SamePerson():
            return _known_after_all(state, rules)
        case _:
            return filled_in(state, event, rules), None


def _put_aside(state: Screening | Remeasure, rules: RuleCard) -> Next:
    """Who was only shown is forgotten; a fever that was measured is in the log all the same.

    It is there once: whoever still rests, and was not measured again, goes on resting.
    """
    readings, rested = state.checklist.readings, state.who.rested
    if rested is not None and readings == rested.seen.readings:
        return Waiting(), None
    if rules.health_step and readings and readings[-1] >= rules.fever_from:
        return _close(state, refusal(Reason.FEVER))
    return Waiting(), None


def _known_after_all(state: Screening | Remeasure, rules: RuleCard) -> Next:
    """The person is the one who was offered; whoever is inside leaves, as after any scan.

    What is filled in stays.
    """
    if state.who.likely is None:
        return state, None
    likely = state.who.likely.then
    if likely.presence is not None:
        return _begin(likely)
    said = state.checklist.declared
    declared = likely.declared if said is Declared.NOT_YET else said
    destination = state.destination if state.destination.known else likely.destination
    checklist = replace(state.checklist, declared=declared)
    before = replace(state, checklist=checklist, destination=destination)
    return gone_on_as(before, likely, rules), None


def _close(state: Screening | Remeasure, decision: Decision) -> Next:
    return _record(RecordArrival(state.who, decision, state.checklist, state.destination))


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
        case Confirmed() | Leaving():
            return _record(RecordDeparture(state.who, state.presence))
        case Dismissed() | TimeUp() | Undone():
            return Waiting(), None
        case _:
            return state, None


def _still_inside(state: StillInside, event: Event) -> Next:
    """Whoever arrives anew goes through the checklist; with the arrival the old visit ends."""
    match event:
        case Confirmed():
            return begun(replace(state.who, presence=None)), None
        case Leaving():
            return _record(RecordDeparture(state.who, state.presence))
        case TurnedAway(reason) if state.by_another:
            another = _nobody(state.who)
            return _record(RecordArrival(another, refusal(reason), Checklist(), NOWHERE))
        case Dismissed() | Undone():
            return Waiting(), None
        case _:
            return state, None


def _nobody(who: Recognised) -> Recognised:
    """Whoever shows the code of somebody inside: the log must not name its holder as refused."""
    used = replace(who, standing=Standing.USED, presence=None, destination=NOWHERE, likely=None)
    return replace(used, person=None, person_id=None)


def _out_of_order(state: OutOfOrder, event: Event) -> Next:
    match event:
        case Confirmed() | TimeUp():
            return _record(state.record)
        case Recorded(entry):
            return _shown(state.record, entry), None
        case _:
            return state, None
