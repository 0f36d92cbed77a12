"""Something is put right, undone or taken back while the checklist of the same person is open."""

import pytest

from kiosk.domain.desk import (
    Admitted,
    Departed,
    Refused,
    Remeasure,
    Screening,
    StillInside,
    Waiting,
)
from kiosk.domain.person import Person
from kiosk.domain.staff import Post
from tests.desk_driver import HONG
from tests.ui.test_desk_again import PASSPORT, bar, chips, refer, refuse
from tests.ui.test_desk_invited import issued
from tests.ui.test_desk_passages import admit, put_to_rest

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

NUMBER = HONG.split("|")[0]


def typed_in(desk, number: str = NUMBER) -> None:
    """Somebody says their number: the desk names whom the directory has under it."""
    desk.press("F3")
    desk.type(number)
    desk.press("Return")


def went(desk) -> None:
    """Came in and left hours ago."""
    admit(desk)
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.press("Escape")
    desk.clock.leap(hours=1)


def put_right(desk, **said: str) -> None:
    """On the log page, of its newest line; and back."""
    desk.press("F5")
    desk.settle_file()
    desk.press("F8")
    desk.type("2")
    for name, text in said.items():
        desk.window.errands.place.sheet.lines[name].setText(text)
    desk.press("Ctrl+Return")
    desk.settle_file()
    desk.press("F1")


def undo(desk) -> None:
    """The newest line of the log page; and back."""
    desk.press("F5")
    desk.settle_file()
    desk.press("F8")
    desk.type("1")
    desk.type("1")
    desk.settle_file()
    desk.press("F1")


def test_a_name_that_is_put_right_meanwhile_is_the_one_that_is_entered(desk):
    went(desk)
    typed_in(desk)
    desk.wait_for(Screening)
    desk.type("366k")
    put_right(desk, name="Nguyễn Thị Hường")
    assert desk.window.desk.screening._name.text() == "Nguyễn Thị Hường"
    assert desk.controller.typed == "366", "nothing that was filled in is lost"
    desk.type("sh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT name FROM register") == [("Nguyễn Thị Hường",)] * 2


def test_so_is_a_number_and_who_is_staff_stays_it(desk):
    went(desk)
    typed_in(desk)
    desk.wait_for(Screening)
    desk.type("b")
    put_right(desk, id_number="091185000037")
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    numbers = "SELECT id_number, kind FROM entry_identity ORDER BY rowid DESC LIMIT 1"
    assert desk.rows(numbers) == [("091185000037", "staff")]


def test_whoever_is_asked_whether_they_come_anew_is_entered_as_it_was_put_right(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap_to_tomorrow()
    typed_in(desk)
    desk.wait_for(StillInside)
    desk.press("F5")
    desk.press("PageUp")
    desk.settle_file()
    desk.press("F8")
    desk.type("2")
    desk.window.errands.place.sheet.lines["name"].setText("Nguyễn Thị Hường")
    desk.press("Ctrl+Return")
    desk.settle_file()
    desk.press("F1")
    desk.press("Return")
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT name FROM register") == [("Nguyễn Thị Hường",)] * 2


def test_a_refusal_that_is_undone_meanwhile_is_told_and_asked_about_no_more(desk):
    refuse(desk)
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("367ksh")
    assert bar(desk)
    undo(desk)
    assert bar(desk) == ""
    assert "Visitor · First visit" in chips(desk)
    desk.press("Return")
    desk.wait_for(Admitted)


def test_a_refusal_that_stands_again_is_told(desk):
    """The admission after it was the wrong person's."""
    refuse(desk)
    desk.burst(HONG)
    desk.type("367ksh")
    desk.press("Return")
    desk.type("1")
    desk.wait_for(Admitted)
    desk.press("Escape")
    desk.clock.leap(minutes=30)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.press("Escape")
    desk.clock.leap(minutes=30)
    desk.burst(HONG)
    desk.wait_for(Screening)
    assert bar(desk) == ""
    undo(desk)
    undo(desk)
    assert bar(desk)


def test_the_first_reading_goes_with_its_line(desk):
    """It was measured of somebody else: the second one is then the only one."""
    put_to_rest(desk, HONG)
    desk.clock.leap(minutes=6)
    desk.burst(HONG)
    desk.wait_for(Remeasure)
    undo(desk)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT readings FROM register") == [("36.6",)]


def test_who_is_offered_as_the_same_is_offered_as_they_stand_now(desk):
    refer(desk)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    same = desk.window.desk.screening._same
    assert "officer" in same.detail
    undo(desk)
    assert "officer" not in same.detail
    desk.type("n")
    assert bar(desk) == ""


def test_a_card_that_is_taken_back_meanwhile_lets_nobody_in(desk):
    post = Post("CB-1", "Văn phòng")
    staff_card = issued(desk, lambda issuing: issuing.staff_card(Person("Lê An"), post)).code
    desk.burst(staff_card)
    desk.wait_for(Screening)
    desk.press("F7")
    desk.press("C")
    desk.type("3")
    desk.type("CB-1")
    desk.press("Return")
    desk.settle_file()
    desk.type("1")
    desk.settle_file()
    assert "just been taken back. Nothing was entered" in desk.window.notice.text()
    desk.press("F1")
    desk.type("366ksh")
    desk.press("Return")
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    desk.burst(staff_card)
    desk.wait_for(Refused)


def test_a_departure_that_is_entered_on_the_log_page_is_not_written_twice(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap_to_tomorrow()
    typed_in(desk)
    desk.wait_for(StillInside)
    for key in ("F5", "PageUp"):
        desk.press(key)
    desk.settle_file()
    desk.press("F9")
    desk.settle_file()
    desk.type("11700")
    desk.press("Return")
    desk.settle_file()
    desk.press("F1")
    assert isinstance(desk.controller.state, Waiting)
    desk.press("R")
    desk.settle()
    assert desk.rows("SELECT direction FROM log_entry") == [("in",), ("out",)]


@pytest.mark.parametrize("answered", [True, False], ids=["after N", "before N"])
def test_a_first_reading_that_was_undone_decides_nothing_for_somebody_offered(desk, answered):
    put_to_rest(desk, HONG)
    desk.clock.leap(minutes=6)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    if answered:
        desk.type("n")
        desk.wait_for(Remeasure)
    undo(desk)
    if not answered:
        desk.type("n")
    assert isinstance(desk.controller.state, Screening)
    assert desk.controller.state.checklist.readings == ()
