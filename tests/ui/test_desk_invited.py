"""Our own cards at the desk: a scan claims an invitation; a card that was replaced is refused."""

import pytest

from kiosk.domain.admission import Reason
from kiosk.domain.desk import Admitted, Departed, Refused, Screening
from kiosk.domain.person import Person
from kiosk.domain.screening import Destination
from kiosk.domain.staff import Post
from tests.desk_driver import HONG
from tests.ui.test_desk_passages import admit, button

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
    desk.wait_for(Departed)
    assert desk.rows(VISITS) == [("Phòng Kế hoạch", "Ông Đặng Văn Đạt", "Họp")]


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


def test_a_staff_card_that_was_replaced_is_refused_for_that_reason(desk):
    post = Post("CB-1", "Văn phòng", "Văn thư")
    numbered = Person("Lê An", id_number="091090000018")
    old = issued(desk, lambda issuing: issuing.staff_card(numbered, post))
    issued(desk, lambda issuing: issuing.staff_card(numbered, post))
    desk.burst(old.code)
    desk.wait_for(Refused)
    assert desk.controller.state.entry.draft.reason is Reason.STAFF_CARD_REVOKED
