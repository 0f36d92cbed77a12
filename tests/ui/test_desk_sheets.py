"""What is filled in on a sheet is thrown away by nobody's slip, and by no other sheet."""

from threading import Event

import pytest
from PySide6.QtCore import QPoint

from kiosk.domain.desk import Admitted, Screening
from kiosk.ui.choice_sheet import ChoiceSheet
from kiosk.ui.guest_form import GuestFormSheet
from kiosk.ui.late_sheet import LateSheet
from tests.desk_driver import HONG
from tests.ui.test_desk_passages import admit
from tests.ui.test_desk_window import close_file, open_file

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ASKED = "Throw away what was filled in? Press Esc again"
LEFT = {"F2": GuestFormSheet, "F5 F2": LateSheet}


def sheet(desk):
    return desk.window.errands.place.sheet


def open_sheet(desk, keys: str) -> None:
    for key in keys.split():
        desk.press(key)
    assert isinstance(sheet(desk), LEFT[keys])


@pytest.mark.parametrize("keys", LEFT)
def test_a_filled_form_is_thrown_away_at_the_second_escape_only(desk, keys):
    open_sheet(desk, keys)
    desk.type("Tran Thi Mai")
    desk.press("Escape")
    assert sheet(desk)._heading.text() == ASKED
    desk.press("Escape")
    assert sheet(desk) is None


@pytest.mark.parametrize("keys", LEFT)
def test_whoever_types_on_after_an_escape_is_asked_again(desk, keys):
    open_sheet(desk, keys)
    desk.type("Mai")
    desk.press("Escape")
    desk.type("n")
    assert sheet(desk)._heading.text() != ASKED
    desk.press("Escape")
    assert sheet(desk)._heading.text() == ASKED
    assert sheet(desk) is not None


@pytest.mark.parametrize("keys", LEFT)
def test_an_empty_form_is_left_at_once(desk, keys):
    open_sheet(desk, keys)
    desk.press("Escape")
    assert sheet(desk) is None


def test_a_press_beside_a_form_leaves_the_cursor_where_it_was(desk):
    desk.press("F2")
    desk.type("Mai")
    for beside in (sheet(desk), sheet(desk).card):
        desk.tap(beside, QPoint(2, 2))
        desk.type("n")
    assert sheet(desk).form().name == "Mainn"


def test_an_empty_line_answers_no_question(desk):
    desk.press("F3")
    asked, question = sheet(desk), sheet(desk)._heading.text()
    desk.press("Return")
    assert sheet(desk) is asked
    assert asked._heading.text() == "Type or choose something; Esc cancels"
    desk.type("0")
    assert asked._heading.text() == question


def test_a_form_that_lived_through_a_change_of_language_is_still_filled_in(desk):
    desk.press("F2")
    desk.type("Mai")
    desk.press("F12")
    desk.press("Escape")
    assert sheet(desk).form().name == "Mai"


def block(desk) -> Event:
    """The file answers nothing until this is set, and then takes nothing."""
    gate = Event()
    desk.parts.office.ask(lambda _office: gate.wait(10), str, str)
    close_file(desk)
    return gate


def test_a_form_that_was_not_taken_waits_for_the_question_that_lies_there(desk):
    admit(desk)
    desk.press("Escape")
    desk.press("F2")
    desk.type("Tran Thi Mai")
    for _ in range(2):
        desk.press("Return")
    desk.type("0900000045")
    desk.press("F8")
    desk.press("F9")
    desk.type("366ks")
    before = sheet(desk).form()
    gate = block(desk)
    desk.press("Return", look=False)
    assert sheet(desk) is None
    desk.press("F7", look=False)
    desk.press("2", look=False)  # the register: on which printer?
    asked = sheet(desk)
    assert isinstance(asked, ChoiceSheet)
    gate.set()
    desk.settle()
    assert sheet(desk) is asked, "what is being answered is not torn away"
    desk.window.close()
    assert desk.words("form.close_first") in desk.window.notice.text()
    assert sheet(desk) is asked
    desk.press("Escape")
    desk.wait(lambda: isinstance(sheet(desk), GuestFormSheet))
    assert sheet(desk).form() == before
    open_file(desk)
    desk.press("Ctrl+Return")
    desk.wait_for(Admitted)


def test_a_late_paper_that_was_not_taken_waits_for_the_form_that_is_filled_in(desk):
    desk.clock.leap_to_tomorrow(hour=12)
    desk.press("F5")
    desk.press("F2")
    desk.type("Le An")
    desk.press("Return")
    late = sheet(desk)
    late.lines["time_in"].setText("0001")
    late.lines["unit"].setText("Thanh tra")
    late._verdict.choose(0)
    before = late.paper()
    gate = block(desk)
    desk.press("Ctrl+Return")
    assert sheet(desk) is None, late.captions["time_in"].fault
    desk.press("F1")
    desk.press("F2")
    desk.type("Tran Thi Mai")
    gate.set()
    desk.settle()
    assert sheet(desk).form().name == "Tran Thi Mai"
    desk.press("Escape")
    desk.press("Escape")
    desk.wait(lambda: isinstance(sheet(desk), LateSheet))
    assert sheet(desk).paper() == before


def test_a_code_that_was_held_up_meanwhile_is_served_after_the_sheet(desk):
    desk.press("F2")
    desk.type("Tran Thi Mai")
    desk.show(HONG)
    desk.press("Escape")
    desk.press("Escape")
    desk.wait_for(Screening)
