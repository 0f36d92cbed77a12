"""Our own cards at the desk: a scan claims an invitation; a card that was replaced is refused."""

import pytest

from kiosk.domain.admission import Reason
from kiosk.domain.desk import (
    Admitted,
    Departed,
    Refused,
    Remeasure,
    Screening,
    StillInside,
)
from kiosk.domain.person import Person
from kiosk.domain.screening import Destination
from kiosk.domain.staff import Post
from kiosk.ui.desk_words import chips
from tests.desk_driver import HONG
from tests.ui.test_desk_passages import admit, button, put_to_rest

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

MEETING = Destination("Phòng Kế hoạch", "Ông Đặng Văn Đạt", "Họp")
VISITS = "SELECT unit, host, purpose FROM register"
PEOPLE = "SELECT count(DISTINCT person_id), count(*) FROM log_entry WHERE direction = 'in'"


def issued(desk, do):
    """What the office issues meanwhile."""
    kept = []
    desk.parts.office.ask(lambda office: do(office.issuing), kept.append, kept.append)
    desk.wait(lambda: kept)
    return kept[0]


def invited(desk, name="Nguyễn Thị Hồng"):
    day = desk.clock.now().astimezone(desk.clock.zone()).date()
    return issued(desk, lambda issuing: issuing.invitation(Person(name), day, day, MEETING)).code


def test_the_scan_of_an_invitation_fills_in_where_to_and_is_the_guests_one_visit(desk):
    code = invited(desk)
    desk.burst(code)
    desk.wait_for(Screening)
    assert desk.controller.state.destination == MEETING
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.burst(code)
    desk.wait_for(StillInside)
    desk.type("r")
    desk.wait_for(Departed)
    assert desk.rows(VISITS) == [("Phòng Kế hoạch", "Ông Đặng Văn Đạt", "Họp")]


def come_in(desk, code):
    desk.burst(code)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.press("Escape")
    desk.clock.leap(hours=1)


@pytest.mark.parametrize("by", ["key", "finger"])
def test_who_shows_the_invitation_of_a_guest_inside_is_refused_and_the_guest_stays(desk, by):
    code = invited(desk)
    come_in(desk, code)
    desk.burst(code)
    desk.wait_for(StillInside)
    assert desk.rows("SELECT count(*) FROM inside") == [(1,)]
    if by == "key":
        desk.type("x")
    else:
        desk.tap(button(desk, "Somebody else: refuse"))
    desk.wait_for(Refused)
    assert desk.window.desk.verdict._shown.reason == "This invitation is in use by somebody else"
    assert desk.rows("SELECT name FROM inside") == [("Nguyễn Thị Hồng",)]
    assert desk.rows("SELECT name, reason FROM register WHERE verdict = 'refuse'") == [
        (None, "invitation_used")
    ]


def test_a_guest_who_was_out_for_lunch_comes_in_again_and_the_desk_says_it_was_used(desk):
    code = invited(desk)
    come_in(desk, code)
    desk.burst(code)
    desk.wait_for(StillInside)
    desk.type("r")
    desk.wait_for(Departed)
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.burst(code)
    shown = chips(desk.wait_for(Screening).who, desk.words)
    assert "Invitation was used today: the same guest?" in [said for _, said in shown]


def test_who_is_known_by_a_card_and_brings_an_invitation_stays_one_person(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.press("Escape")
    code = invited(desk)
    desk.burst(code)
    desk.wait_for(Screening)
    assert button(desk, "Is this the same person as Nguyễn Thị Hồng?").key == "N"
    desk.type("n366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows(PEOPLE) == [(1, 2)]
    assert desk.rows(VISITS)[-1] == ("Phòng Kế hoạch", "Ông Đặng Văn Đạt", "Họp")
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    desk.wait_for(Departed)


def test_who_rests_and_turns_out_to_be_somebody_known_rests_on_and_came_once(desk):
    admit(desk)
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.press("Escape")
    desk.clock.leap(hours=1)
    code = invited(desk)
    put_to_rest(desk, code)
    desk.clock.leap(minutes=3)
    desk.burst(code)
    assert desk.wait_for(Remeasure).who.likely is not None
    desk.type("n")
    assert not desk.window.errands.busy, "nothing was measured since"
    state = desk.wait_for(Remeasure)
    assert (state.who.likely, state.checklist.readings) == (None, (382,))
    assert desk.controller.rest.minutes_left == 2
    desk.clock.leap(minutes=2)
    desk.type("368ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    newer = "SELECT verdict, readings FROM register WHERE readings LIKE '38%'"
    assert desk.rows(newer) == [("admit", "38.2 36.8")]


def test_a_staff_card_that_was_replaced_is_refused_for_that_reason(desk):
    post = Post("CB-1", "Văn phòng", "Văn thư")
    numbered = Person("Lê An", id_number="091090000018")
    old = issued(desk, lambda issuing: issuing.staff_card(numbered, post))
    issued(desk, lambda issuing: issuing.staff_card(numbered, post))
    desk.burst(old.code)
    desk.wait_for(Refused)
    assert desk.controller.state.entry.draft.reason is Reason.STAFF_CARD_REVOKED
