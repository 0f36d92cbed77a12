"""The checklist in the desk's states: begun, filled in, and gone on with as somebody known."""

from dataclasses import replace
from typing import assert_never

from kiosk.domain.admission import Decision, Undecided, Verdict, needs_second_reading, turned_away
from kiosk.domain.desk import (
    AnotherPerson,
    Answered,
    Departing,
    Directed,
    Event,
    KindSet,
    Measured,
    Remeasure,
    Screening,
    State,
    StillInside,
    Tick,
    Ticked,
    Waiting,
)
from kiosk.domain.recognition import Recognised, SentAway
from kiosk.domain.screening import Checklist, Declared, RuleCard


def begun(who: Recognised) -> Screening | Remeasure:
    """The checklist; of whoever has rested it goes on with the second reading."""
    if who.rested is None:
        return Screening(who, Checklist(declared=who.declared), who.destination)
    declared = who.rested.seen.declared if who.declared is Declared.NOT_YET else who.declared
    checklist = Checklist(who.rested.seen.readings, declared=declared)
    there = who.rested.destination
    return Remeasure(who, checklist, there if there.known else who.destination)


def filled_in(state: Screening | Remeasure, event: Event, rules: RuleCard) -> State:
    """With what was measured, ticked, answered or said; any other event changes nothing."""
    match event:
        case Measured(tenths):
            return _measured(state, tenths, rules)
        case Ticked(tick):
            return _ticked(state, tick)
        case Answered(declared):
            return _with(state, replace(state.checklist, declared=declared))
        case Directed(destination):
            return replace(state, destination=destination)
        case KindSet() | AnotherPerson():
            return replace(state, who=_said_of(state.who, event))
        case _:
            return state


def _said_of(who: Recognised, said: KindSet | AnotherPerson) -> Recognised:
    return replace(who, kind=said.kind) if isinstance(said, KindSet) else replace(who, likely=None)


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


def gone_on_as(state: Screening | Remeasure, who: Recognised, rules: RuleCard) -> State:
    """The same checklist for `who`; with the reading after which they rested, or without it."""
    before, first = _first_readings(state.who), _first_readings(who)
    if before == first:
        return replace(state, who=who)
    measured = readings_now(state)[-1:]
    checklist = replace(state.checklist, readings=first)
    kind = Remeasure if first else Screening
    anew = kind(who, checklist, state.destination)
    return _measured(anew, measured[0], rules) if measured else anew


def _first_readings(who: Recognised) -> tuple[int, ...]:
    return who.rested.seen.readings if who.rested is not None else ()


def readings_now(state: Screening | Remeasure) -> tuple[int, ...]:
    """Those of this passage, in tenths of a degree: not the one after which somebody rested."""
    return state.checklist.readings[len(_first_readings(state.who)) :]


def looked_up_again(state: State, who: Recognised, rules: RuleCard) -> State:
    """Whoever is being served as they are known now; what was filled in stays."""
    match state:
        case Screening() | Remeasure() | StillInside() if turned_away(who) is not None:
            return Waiting()  # such as by a card that was taken back meanwhile
        case Screening() | Remeasure():
            return gone_on_as(state, replace(who, kind=state.who.kind), rules)
        case Departing() | StillInside():
            if who.presence is None:  # their departure was entered on the log page
                return Waiting()
            return replace(state, who=who, presence=who.presence)
        case _:
            return state


def lets_in_after_all(state: State, judged: Decision | Undecided | None) -> SentAway | None:
    """How somebody was turned away today whom this judgement would let in; None for others."""
    admits = isinstance(judged, Decision) and judged.verdict is Verdict.ADMIT
    return state.who.sent_away if admits and isinstance(state, Screening | Remeasure) else None
