"""At the desk: that is written wrong; I take my consent back. By keys and by touch."""

import pytest

from kiosk.domain.desk import Admitted, Departed, Screening
from kiosk.domain.log import Closing, Identity
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Destination
from kiosk.ui.choice_sheet import ChoiceSheet
from kiosk.ui.furnishing import Offers
from kiosk.ui.right_sheet import RightSheet
from tests.desk_driver import HONG
from tests.ui.test_guest_passage import begin, finish

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def sheet(desk):
    return desk.window.errands.place.sheet


def came_and_left(desk) -> None:
    begin(desk)
    desk.type("0900000045")
    desk.press("Return")
    finish(desk)
    desk.wait_for(Admitted)
    desk.settle()
    ((number,),) = desk.rows("SELECT number FROM credential")
    desk.clock.leap(seconds=3600)
    desk.press("Escape")
    desk.press("F3")
    desk.type(number.lower())
    desk.press("Return")
    desk.wait_for(Departed)
    desk.settle()


def what_about_the_line(desk) -> ChoiceSheet:
    desk.press("F5")
    desk.settle_file()
    desk.press("F8")
    assert isinstance(sheet(desk), ChoiceSheet)
    return sheet(desk)


def test_what_is_written_wrong_is_put_right_from_the_log(desk):
    came_and_left(desk)
    what_about_the_line(desk)
    desk.press("2")
    assert isinstance(sheet(desk), RightSheet)
    lines = sheet(desk).lines
    assert (lines["name"].text(), lines["birth"].text()) == ("Tran Thi Mai", "1952")
    lines["name"].selectAll()
    desk.type("Trần Thị Mai")
    lines["birth"].setFocus()
    lines["birth"].selectAll()
    desk.type("19")
    desk.press("Ctrl+Return")
    assert "1985" in sheet(desk).captions["birth"].fault
    lines["birth"].selectAll()
    desk.type("2030")
    lines["name"].setText("Trần Thị Mai 2")
    desk.press("Ctrl+Return")
    assert sheet(desk).captions["birth"].fault == desk.words("late.fault.born_later")
    assert sheet(desk).captions["name"].fault == desk.words("late.fault.digits")
    lines["name"].setText("Trần Thị Mai")
    lines["birth"].setFocus()
    lines["birth"].selectAll()
    desk.type("1953")
    desk.press("Ctrl+Return")
    desk.wait(lambda: sheet(desk) is None)
    desk.settle_file()
    assert desk.window.notice.text() == "Put right: Trần Thị Mai."
    assert desk.rows("SELECT name, closed_by, entered_later FROM register") == [
        ("Trần Thị Mai", "departure", "yes")
    ]
    assert desk.rows("SELECT name, birth_year, phone FROM person") == [
        ("Trần Thị Mai", 1953, "0900000045")
    ]
    (shown,) = desk.window.log._model._lines
    assert shown.arrival.draft.identity.person.name == "Trần Thị Mai"
    assert shown.closing is Closing.DEPARTURE


def test_a_line_that_is_only_passed_by_tab_stays_as_it_is_written(desk):
    window, said, taken = desk.window, Destination("van phong"), []
    written = Identity(Person("Lê An"), PersonKind.VISITOR, said)
    offers, words = Offers(units=("Văn phòng Sở", "Thanh tra")), desk.words
    window.errands.place.open(
        lambda: RightSheet(
            *(window.theme, window, words, offers, written, desk.clock.now()),
            lambda person, there: taken.append((person.name, there)),
        )
    )
    sheet(desk).lines["name"].setText("Lê Ân")
    for _ in sheet(desk).lines:
        desk.press("Tab")
    desk.press("Ctrl+Return")
    assert taken == [("Lê Ân", said)]


def test_nothing_is_written_where_nothing_was_changed(desk):
    came_and_left(desk)
    what_about_the_line(desk)
    desk.press("2")
    desk.press("Ctrl+Return")
    assert sheet(desk) is None
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(2,)]


def test_a_consent_is_taken_back_by_touch_and_the_name_is_offered_no_more(desk):
    came_and_left(desk)
    desk.tap(what_about_the_line(desk)._buttons[2])
    assert (
        "erased by itself" in sheet(desk).findChildren(type(desk.window.notice).__base__)[1].text()
    )
    desk.tap(sheet(desk)._buttons[0])
    desk.wait(lambda: sheet(desk) is None)
    desk.settle_file()
    assert "took their consent back" in desk.window.notice.text()
    assert desk.rows("SELECT reason FROM log_entry ORDER BY seq DESC LIMIT 1") == [
        ("consent_taken_back",)
    ]
    assert desk.rows("SELECT purpose, given FROM consent ORDER BY consent_id DESC LIMIT 2") == [
        ("visit", 0),
        ("remembered", 0),
    ]
    desk.press("F1")
    desk.settle()
    newest = desk.controller.newest.overview
    assert newest.reversible.draft.reason != "consent_taken_back"


def test_who_is_still_inside_has_to_leave_first(desk):
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.settle()
    what_about_the_line(desk)
    desk.press("3")
    desk.press("1")
    desk.wait(lambda: "Enter the time out first" in desk.window.notice.text())
    assert desk.rows("SELECT count(*) FROM consent") == [(0,)]
