"""The desk: its usual passages one by one, then any walk at all through its states."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.domain.admission import (
    REFUSABLE,
    Decision,
    Reason,
    Verdict,
    needs_second_reading,
    turned_away,
)
from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.desk import (
    Admitted,
    AnotherPerson,
    Answered,
    Confirmed,
    Departed,
    Departing,
    Directed,
    Dismissed,
    KindSet,
    Leaving,
    LookedUpAgain,
    Measured,
    OutOfOrder,
    Part,
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
    Tick,
    Ticked,
    TimeUp,
    TurnedAway,
    Undone,
    Waiting,
    accepts_scans,
)
from kiosk.domain.desk_reducer import advance
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Likely, Presence, Recognised, Rested, Standing
from kiosk.domain.screening import NOWHERE, Checklist, Declared, Destination
from tests.domain.samples import HONG, MORNING, STAFF, VISITOR, entry, rules

RULES = rules(hands=False, declaration=False, destination=False)
FORGED = Recognised(Credential(Scheme.SLIP), Standing.FORGED)
INSIDE = replace(VISITOR, presence=Presence("v1", MORNING, recent=False))
JUST_IN = replace(VISITOR, presence=Presence("v1", MORNING, recent=True))
OVERNIGHT = replace(VISITOR, presence=Presence("v1", MORNING, recent=False, overnight=True))
OFFICE = Destination(unit="Văn phòng")
STRANGER = replace(VISITOR, person_id=None, credential_id=None)
KNOWN = replace(VISITOR, person_id="p2", destination=OFFICE, declared=Declared.CLEAR, tied=True)


def maybe(then: Recognised) -> Recognised:
    """Somebody new who may be `then`."""
    return replace(STRANGER, likely=Likely(HONG, then))


INSIDE_MAYBE = replace(KNOWN, presence=INSIDE.presence)


def after(*events: object, rules_=RULES) -> tuple[State, list[object]]:
    """The state after `events` from Waiting, and every record that was asked for."""
    state: State = Waiting()
    records = []
    for event in events:
        state, record = advance(state, event, rules_)
        records += [record] if record else []
    return state, records


# --- the usual passages -----------------------------------------------------------------------


def test_staff_arrive_with_a_temperature_a_mask_and_enter():
    state, records = after(Scanned(STAFF), Measured(366), Ticked(Tick.MASK), Confirmed())
    checklist = Checklist((366,), mask=True)
    admit = Decision(Verdict.ADMIT, Reason.RULES_MET)
    assert records == [RecordArrival(STAFF, admit, checklist, STAFF.destination)]
    assert state == Recording(records[0])


def test_the_verdict_is_shown_when_it_is_in_the_log():
    came = (Scanned(STAFF), Measured(366), Ticked(Tick.MASK), Confirmed())
    state, _ = after(*came, Recorded(entry()))
    assert state == Admitted(STAFF, entry())


def test_whoever_is_turned_away_is_shown_so():
    state, records = after(
        Scanned(VISITOR), TurnedAway(Reason.NO_BUSINESS_HERE), Recorded(entry())
    )
    assert records[0].decision == Decision(Verdict.REFUSE, Reason.NO_BUSINESS_HERE)
    assert state == Refused(VISITOR, entry())


def test_whoever_has_signs_is_referred_and_not_refused():
    _, records = after(Scanned(VISITOR), TurnedAway(Reason.WARNING_SIGNS))
    assert records[0].decision == Decision(Verdict.REFER, Reason.WARNING_SIGNS)


def test_enter_does_nothing_while_something_is_missing():
    state, records = after(Scanned(VISITOR), Measured(366), Confirmed())
    assert isinstance(state, Screening)
    assert not records


def test_a_first_high_reading_asks_for_a_second_and_both_are_kept():
    state, _ = after(Scanned(VISITOR), Measured(381))
    assert isinstance(state, Remeasure)
    state, records = after(Scanned(VISITOR), Measured(381), Measured(380), Confirmed())
    assert records[0].decision == Decision(Verdict.REFER, Reason.HIGH_FEVER)
    assert records[0].checklist.readings == (381, 380)


def test_a_slip_of_the_finger_below_the_limit_is_typed_over():
    state, _ = after(Scanned(VISITOR), Measured(356), Measured(366))
    assert state.checklist.readings == (366,)


def test_the_second_reading_may_be_typed_over_and_the_first_stays():
    state, _ = after(Scanned(VISITOR), Measured(381), Measured(356), Measured(366))
    assert state.checklist.readings == (381, 366)


def test_a_low_reading_typed_over_by_a_high_one_asks_again():
    state, _ = after(Scanned(VISITOR), Measured(366), Measured(376))
    assert isinstance(state, Remeasure)


def test_a_tick_is_taken_away_by_the_same_key():
    state, _ = after(Scanned(VISITOR), Ticked(Tick.MASK), Ticked(Tick.HANDS), Ticked(Tick.MASK))
    assert (state.checklist.mask, state.checklist.hands) == (False, True)


def test_what_is_filled_in_goes_into_the_record():
    _, records = after(
        Scanned(VISITOR),
        Directed(OFFICE),
        KindSet(PersonKind.STAFF),
        Answered(Declared.CLEAR),
        Measured(366),
        Ticked(Tick.MASK),
        Confirmed(),
    )
    assert records[0].who.kind is PersonKind.STAFF
    assert records[0].destination == OFFICE
    assert records[0].checklist.declared is Declared.CLEAR


def test_nothing_is_ticked_before_somebody_ticks_it():
    state, _ = after(Scanned(replace(VISITOR, declared=Declared.CLEAR, destination=OFFICE)))
    assert state.checklist == Checklist(declared=Declared.CLEAR)
    assert state.destination == OFFICE


def test_a_forged_slip_is_recorded_at_once():
    state, records = after(Scanned(FORGED))
    assert records[0].decision == Decision(Verdict.REFUSE, Reason.SLIP_FORGED)
    assert state == Recording(records[0])


def test_whoever_is_inside_leaves_by_a_scan():
    state, records = after(Scanned(INSIDE), Recorded(entry()))
    assert records == [RecordDeparture(INSIDE, INSIDE.presence)]
    assert state == Departed(INSIDE, entry())


def test_a_code_shown_again_at_once_asks_first():
    assert after(Scanned(JUST_IN)) == (Departing(JUST_IN, JUST_IN.presence), [])
    for event in (Dismissed(), TimeUp()):
        assert after(Scanned(JUST_IN), event) == (Waiting(), [])
    _, records = after(Scanned(JUST_IN), Confirmed())
    assert records == [RecordDeparture(JUST_IN, JUST_IN.presence)]


def test_whoever_is_inside_since_an_earlier_day_is_asked_and_nothing_is_assumed():
    asked = (Scanned(OVERNIGHT),)
    assert after(*asked) == (StillInside(OVERNIGHT, OVERNIGHT.presence), [])
    assert after(*asked, TimeUp()) == after(*asked)
    for event in (Dismissed(), Undone("e1")):
        assert after(*asked, event) == (Waiting(), [])


def test_whoever_shows_the_invitation_of_somebody_inside_is_refused_as_nobody():
    shown = replace(OVERNIGHT, credential=Credential(Scheme.INVITATION))
    _, (record,) = after(Scanned(shown), TurnedAway(Reason.INVITATION_USED))
    assert record.decision == Decision(Verdict.REFUSE, Reason.INVITATION_USED)
    assert (record.who.person, record.who.person_id) == (None, None), "the holder is not refused"
    assert turned_away(record.who) == record.decision


def test_the_code_of_somebody_inside_that_nobody_sends_on_is_not_turned_away():
    asked = (Scanned(OVERNIGHT),)
    assert after(*asked, TurnedAway(Reason.INVITATION_USED)) == after(*asked)


def test_whoever_arrives_anew_though_still_inside_is_screened():
    state, records = after(Scanned(OVERNIGHT), Confirmed())
    assert state == Screening(VISITOR, Checklist(), Destination())
    assert records == []


@pytest.mark.parametrize("who", [OVERNIGHT, JUST_IN])
def test_whoever_is_asked_may_leave(who):
    _, records = after(Scanned(who), Leaving())
    assert records == [RecordDeparture(who, who.presence)]


def test_a_departure_that_is_asked_about_is_not_recorded_for_a_visit_that_was_undone():
    assert after(Scanned(JUST_IN), Undone("e1"), Confirmed()) == (Waiting(), [])


def test_who_was_offered_is_taken_for_nobody_until_somebody_says_so():
    state, records = after(Scanned(maybe(KNOWN)), Measured(366), Ticked(Tick.MASK), Confirmed())
    assert records[0].who.person_id is None
    assert state == Recording(records[0])


def test_whoever_is_said_to_be_the_same_person_goes_on_as_that_person():
    said = (Scanned(maybe(KNOWN)), Measured(366), SamePerson())
    checklist = Checklist((366,), declared=Declared.CLEAR)
    assert after(*said) == (Screening(KNOWN, checklist, OFFICE), [])
    assert after(*said, SamePerson()) == after(*said)


def test_what_was_filled_in_stays_when_the_person_is_known_after_all():
    elsewhere = Destination(host="Bà Lan")
    filled_in = (Scanned(maybe(KNOWN)), Directed(elsewhere), Answered(Declared.SIGNS))
    state, _ = after(*filled_in, Measured(381), SamePerson())
    assert state == Remeasure(KNOWN, Checklist((381,), declared=Declared.SIGNS), elsewhere)


def test_whoever_is_the_same_person_and_inside_leaves():
    _, records = after(Scanned(maybe(INSIDE_MAYBE)), SamePerson())
    assert records == [RecordDeparture(INSIDE_MAYBE, INSIDE.presence)]


@pytest.mark.parametrize(
    ("presence", "asked"), [(JUST_IN.presence, Departing), (OVERNIGHT.presence, StillInside)]
)
def test_whoever_is_the_same_person_is_asked_where_a_scan_would_ask(presence, asked):
    same = replace(KNOWN, presence=presence)
    assert after(Scanned(maybe(same)), SamePerson()) == (asked(same, presence), [])


def test_whoever_has_rested_goes_on_with_the_second_reading_and_keeps_the_first():
    seen = Checklist((382,), mask=True, declared=Declared.CLEAR)
    back = replace(KNOWN, rested=Rested(seen, OFFICE, MORNING, "v1"))
    state, records = after(Scanned(back))
    assert records == []
    assert state == Remeasure(
        back, Checklist((382,), declared=Declared.CLEAR), Destination(unit="Văn phòng")
    )
    assert after(Scanned(back), Measured(366))[0].checklist.readings == (382, 366)


@pytest.mark.parametrize(
    ("typed", "readings", "kind"),
    [((), (382,), Remeasure), ((366,), (382, 366), Screening), ((379,), (382, 379), Screening)],
)
def test_whoever_is_found_to_have_rested_has_had_the_first_reading(typed, readings, kind):
    back = replace(KNOWN, rested=Rested(Checklist((382,)), NOWHERE, MORNING, "v1"))
    state, _ = after(Scanned(maybe(back)), *map(Measured, typed), SamePerson())
    assert (type(state), state.checklist.readings) == (kind, readings)


@pytest.mark.parametrize(
    ("typed", "readings", "kind"),
    [((), (382,), Remeasure), ((366,), (382, 366), Screening), ((379,), (382, 379), Screening)],
)
def test_whoever_rested_and_is_found_to_be_somebody_known_was_not_measured_by_that(
    typed, readings, kind
):
    rested = Rested(Checklist((382,)), NOWHERE, MORNING, "v1")
    shown = replace(maybe(replace(KNOWN, rested=rested)), rested=rested)
    state, _ = after(Scanned(shown), *map(Measured, typed), SamePerson())
    assert (type(state), state.checklist.readings) == (kind, readings)
    assert state.who.rested == rested


def test_whoever_is_put_aside_again_and_was_not_measured_again_rests_on():
    back = replace(KNOWN, rested=Rested(Checklist((382,)), NOWHERE, MORNING, "v1"))
    assert after(Scanned(back), Ticked(Tick.MASK), Dismissed()) == (Waiting(), [])
    _, records = after(Scanned(back), Measured(379), Dismissed())
    assert [record.checklist.readings for record in records] == [(382, 379)]


RESTED = Rested(Checklist((382,)), NOWHERE, MORNING, "v1")


@pytest.mark.parametrize(
    ("before", "now", "typed", "readings", "kind"),
    [
        (RESTED, None, (), (), Screening),
        (RESTED, None, (366,), (366,), Screening),
        (RESTED, RESTED, (366,), (382, 366), Screening),
        (None, RESTED, (), (382,), Remeasure),
        (None, RESTED, (379,), (382, 379), Screening),
        (None, None, (366,), (366,), Screening),
    ],
)
def test_whoever_is_looked_up_again_keeps_what_is_filled_in(before, now, typed, readings, kind):
    """The line of the first reading was undone meanwhile, or stands again; or neither."""
    shown, right = replace(KNOWN, rested=before), replace(KNOWN, rested=now, person=HONG)
    ticked = Ticked(Tick.MASK), KindSet(PersonKind.STAFF)
    state, records = after(Scanned(shown), *ticked, *map(Measured, typed), LookedUpAgain(right))
    assert (type(state), state.checklist.readings) == (kind, readings)
    assert state.checklist.mask
    assert state.who == replace(right, kind=PersonKind.STAFF)
    assert records == []


def test_whose_card_was_taken_back_meanwhile_is_let_in_by_nothing():
    revoked = replace(VISITOR, credential=Credential(Scheme.SLIP), standing=Standing.REVOKED)
    assert after(Scanned(VISITOR), Measured(366), LookedUpAgain(revoked)) == (Waiting(), [])
    assert after(Scanned(OVERNIGHT), LookedUpAgain(revoked)) == (Waiting(), [])


def test_who_is_asked_about_is_asked_about_as_they_are_known_now():
    for shown in (JUST_IN, OVERNIGHT):
        state, _ = after(Scanned(shown), LookedUpAgain(replace(shown, person=HONG)))
        assert (state.who.person, state.presence) == (HONG, shown.presence)
    assert after(LookedUpAgain(VISITOR)) == (Waiting(), [])


def test_somebody_else_is_offered_no_more():
    state, _ = after(Scanned(maybe(KNOWN)), Measured(366), AnotherPerson())
    assert state == Screening(STRANGER, Checklist((366,)), STRANGER.destination)


def test_nobody_is_the_same_as_nobody():
    assert after(Scanned(VISITOR), SamePerson()) == after(Scanned(VISITOR))
    assert after(SamePerson()) == (Waiting(), [])


def test_escape_puts_a_person_aside_without_an_entry():
    assert after(Scanned(VISITOR), Measured(366), Dismissed()) == (Waiting(), [])


def test_a_fever_that_was_measured_is_in_the_log_whatever_ends_the_passage():
    state, (record,) = after(Scanned(VISITOR), Measured(381), Dismissed())
    assert isinstance(state, Recording)
    assert (record.decision.verdict, record.decision.reason) == (Verdict.REFUSE, Reason.FEVER)
    assert record.checklist.readings == (381,)
    assert after(Scanned(VISITOR), Measured(381), Measured(366), Dismissed()) == (Waiting(), [])


def test_the_verdict_is_cleared_by_time_or_escape():
    shown = (Scanned(FORGED), Recorded(entry()))
    assert after(*shown, TimeUp())[0] == Waiting()
    assert after(*shown, Dismissed())[0] == Waiting()
    assert isinstance(after(*shown, Confirmed())[0], Refused)


def test_the_next_person_need_not_wait_for_the_verdict_to_go():
    state, _ = after(Scanned(FORGED), Recorded(entry()), Scanned(VISITOR))
    assert isinstance(state, Screening)


def test_an_undo_clears_the_verdict_it_reverses_and_no_other():
    shown = (Scanned(FORGED), Recorded(entry(1)))
    assert after(*shown, Undone("e1"))[0] == Waiting()
    assert isinstance(after(*shown, Undone("e2"))[0], Refused)
    assert after(Undone("e1"))[0] == Waiting()


def test_a_log_that_fails_stops_the_desk_and_keeps_the_record():
    state, records = after(Scanned(FORGED), RecordFailed())
    assert state == OutOfOrder(Part.LOGBOOK, records[0])


@pytest.mark.parametrize("event", [Confirmed(), TimeUp()])
def test_the_same_record_is_tried_again(event):
    state, records = after(Scanned(FORGED), RecordFailed(), event)
    assert records[0] is records[1]
    assert state == Recording(records[0])


def test_a_late_answer_of_the_log_ends_the_disorder():
    state, _ = after(Scanned(FORGED), RecordFailed(), Recorded(entry()))
    assert state == Refused(FORGED, entry())


BUSY = [
    (Scanned(VISITOR),),
    (Scanned(VISITOR), Measured(390)),
    (Scanned(FORGED),),
    (Scanned(JUST_IN),),
    (Scanned(FORGED), RecordFailed()),
]


@pytest.mark.parametrize("events", BUSY)
def test_a_scan_while_somebody_is_served_changes_nothing(events):
    state, records = after(*events)
    assert not accepts_scans(state)
    assert after(*events, Scanned(STAFF)) == (state, records)


# --- any walk at all --------------------------------------------------------------------------

EVENTS = st.one_of(
    st.sampled_from(
        [
            *(Scanned(who) for who in (VISITOR, STAFF, INSIDE, JUST_IN, OVERNIGHT, FORGED)),
            *(Scanned(maybe(then)) for then in (KNOWN, INSIDE_MAYBE)),
        ]
    ),
    st.integers(340, 420).map(Measured),
    st.sampled_from([Ticked(tick) for tick in Tick]),
    st.sampled_from([Answered(declared) for declared in Declared]),
    st.sampled_from([Directed(OFFICE), Directed(Destination())]),
    st.sampled_from([KindSet(kind) for kind in PersonKind]),
    st.sampled_from([TurnedAway(reason) for reason in REFUSABLE]),
    st.sampled_from(
        [
            Confirmed(),
            SamePerson(),
            AnotherPerson(),
            Leaving(),
            Dismissed(),
            TimeUp(),
            Undone("e1"),
        ]
    ),
)
SHOWN = Admitted | Refused | Departed


def tied(state: State) -> bool:
    """Whether somebody has said that this is a person known by another credential."""
    served = getattr(state, "record", state)
    return isinstance(who := getattr(served, "who", None), Recognised) and who.tied


class Walk(RuleBasedStateMachine):
    """A desk whose keys are pressed in any order, with a log that fails now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = Waiting()
        self.card = RULES
        self.seq = 0
        self.high: list[int] = []

    @initialize(flags=st.tuples(*[st.booleans()] * 5))
    def with_some_rule_card(self, flags):
        names = ("health_step", "mask", "hands", "declaration", "destination")
        self.card = rules(**dict(zip(names, flags, strict=True)))

    def step(self, event):
        before = self.state
        self.state, record = advance(before, event, self.card)
        assert (record is not None) == (
            isinstance(self.state, Recording) and not isinstance(before, Recording)
        )
        if record is not None:
            assert self.state.record is record
        if isinstance(self.state, SHOWN) and self.state is not before:
            assert isinstance(event, Recorded)
        return before

    @rule(event=EVENTS)
    def something_happens(self, event):
        before = self.step(event)
        if isinstance(event, Scanned) and not accepts_scans(before):
            assert self.state is before
        served = isinstance(before, Screening | Remeasure)
        if served and isinstance(event, Measured) and event.tenths >= self.card.fever_from:
            self.high.append(event.tenths)
        if tied(self.state) and not tied(before):
            assert isinstance(event, SamePerson)
        if not isinstance(self.state, Screening | Remeasure):
            self.check_record()
            self.high = []

    def check_record(self):
        """No reading at or over the limit is missing from what is written."""
        record = getattr(self.state, "record", None)
        if isinstance(record, RecordArrival) and self.high:
            high = [r for r in record.checklist.readings if r >= self.card.fever_from]
            assert high == self.high

    @rule()
    def the_log_answers(self):
        before = self.state
        if isinstance(before, Recording):
            self.seq += 1
            self.step(Recorded(entry(self.seq)))
            assert isinstance(self.state, SHOWN)

    @rule()
    def the_log_fails_and_recovers(self):
        before = self.state
        if isinstance(before, Recording):
            self.step(RecordFailed())
            assert self.state == OutOfOrder(Part.LOGBOOK, before.record)
            self.step(Dismissed())
            self.step(Scanned(VISITOR))
            self.step(TimeUp())
            assert self.state == before
            assert self.state.record is before.record

    @invariant()
    def a_high_first_reading_waits_for_the_second(self):
        if isinstance(self.state, Remeasure):
            assert len(self.state.checklist.readings) >= 1
        if isinstance(self.state, Screening):
            assert not needs_second_reading(self.state.checklist, self.card)

    @invariant()
    def admitted_means_that_the_rules_were_met(self):
        record = getattr(self.state, "record", None)
        if isinstance(record, RecordArrival) and record.decision.verdict is Verdict.ADMIT:
            checklist = record.checklist
            assert not self.card.health_step or checklist.readings[-1] < self.card.fever_from
            asked_mask = self.card.health_step and self.card.mask
            assert checklist.mask or not asked_mask


class TestAnyWalk(Walk.TestCase):
    settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
