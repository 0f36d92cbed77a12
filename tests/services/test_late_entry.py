"""The morning on paper, entered afterwards: under the times that were written, and marked."""

from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.chain import Proved
from kiosk.domain.credential import Scheme
from kiosk.domain.log import Closing, Visit
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Standing
from kiosk.domain.screening import Declared, Destination
from kiosk.ports.logbook import LogbookError
from kiosk.services.issuing import Issuing
from kiosk.services.late_entry import FORGOTTEN, LateEntries
from kiosk.services.late_paper import (
    LateFault,
    LateField,
    Paper,
    contradicts,
    departure_fault,
    late_faults,
    moment,
)
from tests.fakes_log import MORNING, RULES, ManualClock
from tests.services.test_reception import CARD, EVER, FULL, KEY, Bench
from tests.stores import temporary_store

NOON = MORNING.replace(hour=12, minute=0, second=30, microsecond=0)
TODAY = NOON.date()
PLANNING = Destination("Phòng Kế hoạch", "", "Họp")
PAPER = Paper(
    name="Trần Văn Bình",
    birth="1980",
    phone="0912 345 678",
    destination=PLANNING,
    day=f"{TODAY:%d/%m/%Y}",
    time_in="8:05",
    temperature="36,6",
    mask=True,
    hands=True,
    declared=Declared.CLEAR,
    admitted=True,
)
LEFT = replace(PAPER, time_out="9h30")


class Desk(Bench):
    """A reception with late entries, and three emergency slips."""

    def __post_init__(self):
        super().__post_init__()
        parts = self.logbook, self.directory, self.clock, self.entropy
        self.late = LateEntries(*parts, self.desk)
        issuing = Issuing(self.directory, None, self.clock, self.entropy, KEY)
        self.slips = [slip.code.encode() for slip in issuing.emergency_slips(3)]
        self.numbers = [self.scan(code).slip_number for code in self.slips]
        self.clock.wall = NOON

    def enter(self, paper=PAPER, code=None):
        return self.late.take(paper, self.scan(code or self.slips[0]))

    def visits(self):
        return self.logbook.visits(*EVER)


@pytest.fixture(params=["memory", "file"])
def desk(request):
    clock = ManualClock()
    if request.param == "memory":
        yield Desk(clock)
        return
    with temporary_store(clock) as store:
        yield Desk(clock, store.logbook, store.directory)


def test_a_blank_slip_is_known_by_its_number_and_its_day(desk):
    who = desk.scan(desk.slips[1])
    assert (who.standing, who.credential.scheme) == (Standing.UNASSIGNED, Scheme.EMERGENCY_SLIP)
    assert (who.slip_number, who.slip_day) == (desk.numbers[1], TODAY)
    assert len(set(desk.numbers)) == 3


def test_a_blank_slip_is_found_by_its_typed_number_days_later(desk):
    desk.clock.wall += timedelta(days=40)
    who = desk.type(desk.numbers[2].lower())
    assert (who.standing, who.slip_day) == (Standing.UNASSIGNED, TODAY)
    assert who.credential_id == desk.scan(desk.slips[2]).credential_id


def test_a_blank_slip_is_no_error_when_the_clock_is_wrong(desk):
    desk.clock.wall -= timedelta(days=2000)
    assert desk.scan(desk.slips[0]).standing is Standing.UNASSIGNED


def test_what_was_written_is_kept_under_the_times_of_paper(desk):
    came = desk.enter(LEFT)
    (visit,) = desk.visits()
    assert visit.arrival == came
    draft = came.draft
    assert (draft.occurred_at, draft.noted_at) == (NOON.replace(hour=8, minute=5, second=0), NOON)
    assert (draft.verdict, draft.reason) == (Verdict.ADMIT, Reason.RULES_MET)
    assert draft.scheme is Scheme.EMERGENCY_SLIP
    assert (draft.identity.kind, draft.identity.destination) == (PersonKind.VISITOR, PLANNING)
    person = draft.identity.person
    assert (person.name, person.birth_year, person.phone) == ("Trần Văn Bình", 1980, "0912345678")
    assert (draft.health.readings, draft.health.mask) == ((366,), True)
    left = visit.departure.draft
    assert left.occurred_at == NOON.replace(hour=9, minute=30, second=0)
    assert (left.noted_at, left.reason, visit.closing) == (NOON, Reason.LEFT, Closing.DEPARTURE)
    assert isinstance(desk.logbook.check(), Proved)


def test_who_has_not_left_is_inside_since_the_time_of_paper(desk):
    desk.enter()
    (visit,) = desk.logbook.inside()
    assert f"{visit.arrival.draft.occurred_at:%H:%M}" == "08:05"


def test_times_are_those_of_the_desk(desk):
    desk.clock.zone = lambda: timezone(timedelta(hours=7))
    came = desk.enter(replace(PAPER, time_in="18:59"))
    assert f"{came.draft.occurred_at:%H:%M %d}" == f"11:59 {TODAY:%d}"


def test_the_second_scan_of_who_is_inside_asks_whether_they_leave(desk):
    came = desk.enter()
    for who in (desk.scan(desk.slips[0]), desk.type(desk.numbers[0])):
        assert who.standing is Standing.RECOGNISED
        assert who.presence.visit_id == came.draft.visit_id
        assert who.presence.recent, "it asks, and does not let them go by itself"
        assert who.person.name == "Trần Văn Bình"
    left = desk.leave(desk.scan(desk.slips[0]))
    assert (left.draft.occurred_at, left.draft.noted_at) == (NOON, None)


def test_who_stayed_over_night_leaves_with_the_slip(desk):
    desk.enter()
    desk.clock.wall += timedelta(days=1)
    presence = desk.scan(desk.slips[0]).presence
    assert (presence.recent, presence.overnight) == (True, False)


@pytest.mark.parametrize("paper", [LEFT, replace(PAPER, admitted=False)])
def test_the_second_scan_of_a_slip_that_is_over_says_when_it_was_entered(desk, paper):
    desk.enter(paper)
    desk.clock.pass_by(600)
    who = desk.scan(desk.slips[0])
    assert (who.standing, who.noted_at) == (Standing.ENTERED, NOON)
    assert (who.person.name, f"{who.last_here:%H:%M}") == ("Trần Văn Bình", "08:05")


def test_a_slip_that_was_entered_by_its_number_is_known_by_its_code(desk):
    came = desk.late.take(PAPER, desk.type(desk.numbers[0]))
    assert came.draft.scheme is Scheme.EMERGENCY_SLIP
    who = desk.scan(desk.slips[0])
    assert who.presence.visit_id == came.draft.visit_id
    assert who.person.name == "Trần Văn Bình"


def test_on_another_day_a_slip_that_is_over_is_refused(desk):
    desk.enter(LEFT)
    desk.clock.wall += timedelta(days=1)
    assert desk.scan(desk.slips[0]).standing is Standing.USED


def test_a_slip_is_entered_once(desk):
    came = desk.enter(LEFT)
    again = desk.late.take(replace(LEFT, name="Lê Thị Hai"), desk.scan(desk.slips[0]))
    assert isinstance(again, Visit)
    assert again.arrival == came
    assert len(desk.visits()) == 1


def test_what_was_entered_by_mistake_is_undone_and_entered_again(desk):
    wrong = desk.enter(replace(PAPER, time_in="7:00"))
    undone = desk.reception.undo(wrong.draft.entry_id, Reason.UNDO_WRONG_KEY)
    assert undone.draft.noted_at is None
    assert desk.scan(desk.slips[0]).standing is Standing.UNASSIGNED
    right = desk.enter(PAPER)
    assert [visit.arrival for visit in desk.visits()] == [right]
    assert right.draft.person_id == wrong.draft.person_id
    assert desk.scan(desk.slips[0]).presence is not None


def test_the_name_of_somebody_known_stays_theirs_when_the_wrong_slip_is_corrected(desk):
    hong = desk.admit(desk.scan(CARD)).draft
    desk.leave(desk.scan(CARD))
    known = replace(PAPER, name="Nguyễn Thị Hồng", id_number=hong.identity.person.id_number)
    wrong = desk.enter(known)
    assert wrong.draft.person_id == hong.person_id, "found by the document's number"
    desk.reception.undo(wrong.draft.entry_id, Reason.UNDO_WRONG_PERSON)
    right = desk.enter(PAPER)
    assert right.draft.person_id != hong.person_id
    kept = desk.directory.find_person(hong.identity.person.id_number)
    assert kept.person.name == "Nguyễn Thị Hồng"


def test_who_is_inside_by_the_log_is_let_out_before_they_come_by_paper(desk):
    desk.clock.wall -= timedelta(days=1)
    hong = desk.admit(desk.scan(CARD)).draft
    desk.clock.wall += timedelta(days=1)
    known = replace(PAPER, name="Nguyễn Thị Hồng", id_number=hong.identity.person.id_number)
    desk.enter(known)
    first, second = desk.visits()
    assert (first.closing, second.inside) == (Closing.UNSEEN, True)


def test_who_came_again_since_has_left_in_between(desk):
    hong = desk.admit(desk.scan(CARD)).draft
    known = replace(PAPER, name="Nguyễn Thị Hồng", id_number=hong.identity.person.id_number)
    in_the_way = desk.enter(known)
    assert isinstance(in_the_way, Visit)
    assert in_the_way.arrival.draft == hong
    desk.enter(replace(known, time_out="9:00"))
    paper, now = desk.visits()
    assert (paper.inside, now.inside) == (False, True)
    assert paper.arrival.draft.occurred_at < now.arrival.draft.occurred_at


@pytest.mark.parametrize(
    ("said", "verdict", "reason"),
    [
        ({}, Verdict.ADMIT, Reason.RULES_MET),
        ({"mask": False}, Verdict.ADMIT, Reason.ENTERED_LATER),
        ({"temperature": ""}, Verdict.ADMIT, Reason.ENTERED_LATER),
        ({"temperature": "38,6 38,4"}, Verdict.ADMIT, Reason.ENTERED_LATER),
        ({"admitted": False}, Verdict.REFUSE, Reason.ENTERED_LATER),
        (
            {"admitted": False, "refused_for": Reason.NO_BUSINESS_HERE},
            *(Verdict.REFUSE, Reason.NO_BUSINESS_HERE),
        ),
        (
            {"admitted": False, "refused_for": Reason.WARNING_SIGNS},
            Verdict.REFER,
            Reason.WARNING_SIGNS,
        ),
        ({"admitted": False, "temperature": "38,6; 38,4"}, Verdict.REFER, Reason.HIGH_FEVER),
        ({"admitted": False, "temperature": "38.6"}, Verdict.REFUSE, Reason.ENTERED_LATER),
    ],
)
def test_the_verdict_of_paper_stands_and_the_rules_name_the_reason_where_they_agree(
    desk, said, verdict, reason
):
    draft = desk.enter(replace(PAPER, **said)).draft
    assert (draft.verdict, draft.reason) == (verdict, reason)
    assert (len(desk.logbook.inside()) == 1) == (verdict is Verdict.ADMIT)


def test_without_the_health_step_no_health_is_kept():
    desk = Desk(rules=replace(RULES, health_step=False))
    draft = desk.enter().draft
    assert (draft.health, draft.reason) == (None, Reason.NO_HEALTH_STEP)


def test_who_was_forgotten_is_entered_without_a_slip(desk):
    came = desk.late.take(LEFT, FORGOTTEN)
    assert (came.draft.credential_id, came.draft.scheme) == (None, Scheme.TYPED)
    assert [visit.entered_later for visit in desk.visits()] == [True]


# --- departures -------------------------------------------------------------------------------


def test_a_departure_is_entered_later_at_its_own_time(desk):
    came = desk.admit(desk.scan(CARD))
    desk.clock.pass_by(3 * 3600)
    (visit,) = desk.logbook.inside()
    left = desk.late.leave(visit, PAPER.day, "13:15")
    assert left.draft.occurred_at == NOON.replace(hour=13, minute=15, second=0)
    assert (left.draft.noted_at, left.draft.visit_id) == (desk.clock.wall, came.draft.visit_id)
    assert desk.logbook.inside() == ()
    assert desk.late.leave(visit, PAPER.day, "13:20") is None


def test_a_departure_in_the_minute_of_the_arrival_is_not_before_it(desk):
    came = desk.admit(desk.scan(CARD))
    (visit,) = desk.logbook.inside()
    desk.clock.pass_by(60)
    assert departure_fault(PAPER.day, "12:00", desk.clock.wall, came.draft.occurred_at) is None
    left = desk.late.leave(visit, PAPER.day, "12:00")
    assert left.draft.occurred_at == came.draft.occurred_at


def test_of_visits_left_open_nobody_knows_when_they_ended(desk):
    desk.clock.wall -= timedelta(days=1)
    desk.admit(desk.scan(CARD))
    desk.clock.wall += timedelta(days=1)
    desk.enter()
    (old, new) = desk.logbook.inside()
    assert desk.late.close_earlier_days() == 1
    assert [visit.closing for visit in desk.visits()] == [Closing.UNSEEN, None]
    assert desk.late.close_unseen(old) == 0, "it has ended"
    assert desk.late.close_unseen(new) == 1
    assert desk.logbook.inside() == ()
    assert isinstance(desk.logbook.check(), Proved)


# --- failures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [0, 1])
def test_what_the_file_did_not_take_is_the_same_when_it_is_tried_again(written):
    desk = Desk()
    append = desk.logbook.append

    def failing(draft):
        if len(desk.logbook.entries) == written:
            raise LogbookError(FULL)
        return append(draft)

    who = desk.scan(desk.slips[0])
    desk.logbook.append = failing
    with pytest.raises(LogbookError):
        desk.late.take(LEFT, who)
    desk.logbook.append = append
    desk.clock.pass_by(60)
    desk.late.take(LEFT, who)
    (visit,) = desk.visits()
    assert len(desk.logbook.entries) == 2
    assert not visit.inside


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"temperature": "37,4"}, False),
        ({"temperature": "37,5"}, True),
        ({"temperature": "37,9 37,2"}, False),
        ({"temperature": "37,2 37,9"}, True),
        ({"temperature": ""}, False),
        ({"declared": Declared.SIGNS}, True),
        ({"declared": Declared.CLEAR}, False),
        ({"temperature": "39,5", "admitted": False}, False),
        ({"temperature": "39,5", "admitted": None}, False),
    ],
)
def test_only_who_was_let_in_against_the_rules_is_asked_about(said, asked):
    paper = replace(PAPER, **said)
    assert RULES.fever_from == 375
    assert contradicts(paper, RULES) is asked
    assert not contradicts(paper, replace(RULES, health_step=False))


# --- what is wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "field", "fault"),
    [
        ({"name": " "}, LateField.NAME, LateFault.NO_NAME),
        ({"name": "1980"}, LateField.NAME, LateFault.DIGITS),
        ({"birth": "80"}, LateField.BIRTH, LateFault.NO_YEAR),
        ({"birth": "30/02/1985"}, LateField.BIRTH, LateFault.NO_YEAR),
        ({"name": "366ks"}, LateField.NAME, LateFault.DIGITS),
        ({"birth": "2027"}, LateField.BIRTH, LateFault.BORN_LATER),
        ({"phone": "12"}, LateField.PHONE, LateFault.NO_PHONE),
        ({"id_number": "số 1"}, LateField.ID_NUMBER, LateFault.NO_NUMBER),
        ({"day": "hôm nay"}, LateField.DAY, LateFault.NO_DAY),
        ({"day": "30/2/2026"}, LateField.DAY, LateFault.NO_DAY),
        ({"day": "21/11/2026"}, LateField.DAY, LateFault.BEFORE_PRINTING),
        ({"day": "23/11/2026"}, LateField.TIME_IN, LateFault.TO_COME),
        ({"time_in": "12:01"}, LateField.TIME_IN, LateFault.TO_COME),
        ({"time_in": ""}, LateField.TIME_IN, LateFault.NO_TIME),
        ({"time_in": "8:65"}, LateField.TIME_IN, LateFault.NO_TIME),
        ({"time_out": "x"}, LateField.TIME_OUT, LateFault.NO_TIME),
        ({"time_out": "8:04"}, LateField.TIME_OUT, LateFault.BEFORE_ARRIVAL),
        ({"time_out": "12:01"}, LateField.TIME_OUT, LateFault.TO_COME),
        ({"time_out": "9:00", "admitted": False}, LateField.TIME_OUT, LateFault.NOT_ADMITTED),
        ({"temperature": "3,66"}, LateField.TEMPERATURE, LateFault.NO_TEMPERATURE),
        ({"temperature": "36,6 -"}, LateField.TEMPERATURE, LateFault.NO_TEMPERATURE),
        ({"admitted": None}, LateField.VERDICT, LateFault.NO_VERDICT),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(said, field, fault):
    assert late_faults(replace(PAPER, **said), NOON, TODAY) == {field: fault}


@pytest.mark.parametrize(
    "said", [{}, {"birth": "", "phone": "", "temperature": ""}, {"time_out": "8:05"}]
)
def test_what_can_be_taken_has_no_faults(said):
    assert late_faults(replace(PAPER, **said), NOON, TODAY) == {}


@pytest.mark.parametrize(("days", "fault"), [(30, None), (32, LateFault.TOO_LONG_AGO)])
def test_without_a_slip_only_the_last_month_can_be_entered(days, fault):
    day = NOON - timedelta(days=days)
    faults = late_faults(replace(PAPER, day=f"{day:%d/%m/%Y}"), NOON, None)
    assert faults.get(LateField.DAY) == fault


def test_an_old_slip_may_be_entered_late():
    faults = late_faults(replace(PAPER, day="2/1/2026"), NOON, date(2026, 1, 1))
    assert faults == {}


ANYTHING = st.text(max_size=12) | st.from_regex(r"[0-9 :/.,;+h-]{0,12}", fullmatch=True)


TYPED = ("name", "birth", "phone", "id_number", "day", "time_in", "time_out", "temperature")


@given(
    st.fixed_dictionaries(dict.fromkeys(TYPED, ANYTHING)),
    st.sampled_from([None, TODAY]),
)
@example({"day": "1/1/0001", "time_in": "0:00"}, None)
@example({"day": "31/12/9999", "time_in": "23:59"}, TODAY)
def test_whatever_is_typed_is_taken_or_told(said, printed_on):
    zone = timezone(timedelta(hours=7))
    paper = replace(PAPER, **said)
    faults = late_faults(paper, NOON.astimezone(zone), printed_on)
    if not faults:
        assert paper.person.name
        assert moment(paper.day, paper.time_in, NOON) <= NOON.astimezone(zone)


NUMBERED = replace(PAPER, id_number="091180000036")
OTHER = replace(PAPER, name="Lê Thị Mai", birth="1990", phone="")


def test_what_is_turned_down_leaves_the_slip_nobodys(desk):
    first, second, _ = desk.slips
    desk.enter(replace(NUMBERED, time_in="9:00"), first)
    assert isinstance(desk.enter(replace(NUMBERED, time_in="8:00"), second), Visit)
    desk.enter(OTHER, second)
    assert desk.scan(second).person.name == OTHER.name


@pytest.mark.parametrize(("came", "left"), [("8:00", ""), ("8:45", "10:00"), ("8:40", "9:00")])
def test_nobody_was_inside_twice_at_one_time(desk, came, left):
    first, second, _ = desk.slips
    desk.enter(replace(NUMBERED, time_in="8:30", time_out="9:30"), first)
    way = desk.enter(replace(NUMBERED, time_in=came, time_out=left), second)
    assert isinstance(way, Visit)
    assert len(desk.visits()) == 1


def test_visits_one_after_the_other_are_taken(desk):
    first, second, _ = desk.slips
    desk.enter(replace(NUMBERED, time_in="8:30", time_out="9:30"), first)
    desk.enter(replace(NUMBERED, time_in="9:30", time_out="10:00"), second)
    assert len(desk.visits()) == 2


def test_who_was_forgotten_is_entered_once(desk):
    desk.late.take(OTHER, FORGOTTEN)
    assert isinstance(desk.late.take(OTHER, FORGOTTEN), Visit)
    assert len(desk.logbook.inside()) == 1


def test_a_slip_that_was_entered_for_the_wrong_person_is_the_right_one_s_afterwards(desk):
    slip = desk.slips[0]
    wrong = desk.enter(PAPER, slip)
    desk.reception.undo(wrong.draft.entry_id, Reason.UNDO_WRONG_PERSON)
    desk.enter(OTHER, slip)
    shown = desk.scan(slip)
    assert shown.person.name == OTHER.name
    assert shown.presence is not None, "and may leave with it"


def test_who_left_after_midnight_is_entered_with_the_one_day_on_the_slip(desk):
    yesterday = TODAY - timedelta(days=1)
    paper = replace(PAPER, day=f"{yesterday:%d/%m/%Y}", time_in="22:00", time_out="1h00")
    assert late_faults(paper, desk.late.now(), yesterday) == {}
    desk.enter(paper)
    (visit,) = desk.visits()
    left = visit.departure.draft.occurred_at
    assert left - visit.arrival.draft.occurred_at == timedelta(hours=3)
    assert left.date() == TODAY


@pytest.mark.parametrize(
    ("days_ago", "came", "left"),
    [(0, "11:00", "1:00"), (1, "8:12", "7:50"), (1, "10:30", "10:20")],
)
def test_a_time_out_before_the_time_in_is_a_fault_where_it_is_no_night(desk, days_ago, came, left):
    day = TODAY - timedelta(days=days_ago)
    paper = replace(PAPER, day=f"{day:%d/%m/%Y}", time_in=came, time_out=left)
    faults = late_faults(paper, desk.late.now(), day)
    assert faults == {LateField.TIME_OUT: LateFault.BEFORE_ARRIVAL}
