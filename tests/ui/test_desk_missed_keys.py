"""Keys that go where the hand did not mean them, and codes of people who only stand by."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from kiosk.domain.desk import Admitted, Departing, Screening, StillInside, Waiting
from kiosk.domain.screening import Checklist
from kiosk.services.scan_loop import CameraState
from kiosk.services.waiting_codes import PATIENCE
from kiosk.ui.button import ActionButton
from kiosk.ui.furnishing import Offers
from kiosk.ui.guest_form import GuestFormSheet
from kiosk.ui.hush import QUIET
from tests.desk_driver import DAT, HONG, RESOURCES, DeskDriver
from tests.ui.test_desk_passages import admit, button

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

NO_HEALTH_STEP = (
    (RESOURCES / "rules.default.toml")
    .read_text("utf-8")
    .replace("health_step = true", "health_step = false")
    .replace("2026-11", "off-1")
)


def hold_down(desk: DeskDriver, key: Qt.Key, text: str, times: int) -> None:
    """What the keyboard sends for a key that is held down."""
    desk.press(key.name.removeprefix("Key_"))
    for _ in range(times):
        event = QKeyEvent(
            QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, autorep=True
        )
        desk._typed_at += 0.3
        QCoreApplication.sendEvent(desk.window.windowHandle(), event)
        desk._rest()


def name_served(desk: DeskDriver) -> str:
    person = desk.wait_for(Screening).who.person
    return person.name if person else ""


# --- Enter and the focus


def test_enter_presses_the_button_that_has_the_focus(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    refuse = button(desk, desk.words("desk.refuse"))
    refuse.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("Return")
    assert desk.window.errands.busy, "the reasons for refusing are asked"
    assert isinstance(desk.controller.state, Screening)


def test_enter_on_a_tick_box_goes_on_and_does_not_untick(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.window.desk.screening._mask.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("Return")
    desk.wait_for(Admitted)


def test_enter_on_cancel_asks_and_then_throws_the_form_away(desk):
    desk.press("F2")
    desk.type("Lan")
    button(desk, desk.words("desk.sheet.cancel")).setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("Return")
    assert desk.window.errands.place.sheet.form().name == "Lan"
    desk.press("Return")
    assert not desk.window.errands.busy
    assert isinstance(desk.controller.state, Waiting)
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]


def test_a_button_that_vanishes_hands_enter_to_no_other(desk):
    admit(desk)
    desk.press("Escape")
    desk.burst(HONG)
    desk.wait_for(Departing)
    desk.window.desk.verdict.go.setFocus(Qt.FocusReason.TabFocusReason)
    desk.clock.leap(minutes=5)
    desk.press("Escape")
    desk.wait_for(Waiting)
    assert not isinstance(QApplication.focusWidget(), ActionButton)


def test_nothing_is_marked_when_a_reason_is_asked(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("x")
    desk.press("Return")
    assert isinstance(desk.controller.state, Screening), "Enter alone gives no reason"
    desk.press("Up")  # to own words, which are typed
    desk.press("Up")
    desk.press("Return")
    desk.settle()
    assert desk.rows("SELECT reason FROM register") == [("no_business_here",)]


# --- letters that are no commands


@pytest.mark.parametrize("opens", ["x", "g"])
@pytest.mark.parametrize("tabs", [1, 2, 3, 4, 5])
def test_tab_never_leaves_a_question_for_the_desk_below(desk, opens, tabs):
    desk.burst(HONG)
    before = desk.wait_for(Screening)
    desk.type("366ksh")
    desk.type(opens)
    for _ in range(tabs):
        desk.press("Tab")
    desk.press("F5")
    sheet = desk.window.errands.place.sheet
    focused = QApplication.focusWidget()
    assert focused is sheet or sheet.isAncestorOf(focused)
    assert desk.window._page == "desk"
    desk.press("Escape")
    assert not desk.window.errands.busy
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    assert desk.controller.state.who == before.who


def test_tab_goes_round_within_the_form(desk):
    desk.press("F2")
    sheet = desk.window.errands.place.sheet
    for _ in range(40):
        desk.press("Tab")
        assert sheet.isAncestorOf(QApplication.focusWidget())


def test_ctrl_enter_takes_the_form_whatever_has_the_focus(desk):
    desk.press("F2")
    desk.type("Lan")
    desk.press("F8")
    desk.press("F9")
    button(desk, desk.words("desk.sheet.cancel")).setFocus(Qt.FocusReason.TabFocusReason)
    desk.press("Ctrl+Return")
    assert name_served(desk) == "Lan"


def test_digits_that_are_written_with_alt_gr_are_a_temperature(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    alt_gr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    for digit in "36":
        desk._typed_at += 1.0
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(digit)), alt_gr, digit)
        QCoreApplication.sendEvent(desk.window.windowHandle(), event)
        desk._rest()
    assert desk.controller.typed == "36"


def test_after_a_scan_into_an_empty_field_the_checklist_takes_keys_at_once(desk):
    desk.press("F3")
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    assert desk.controller.typed == "366"
    assert desk.controller.state.checklist.mask


@pytest.mark.parametrize("key", ["Ctrl+K", "Ctrl+S", "Ctrl+H", "Ctrl+X", "Ctrl+D", "Ctrl+B"])
def test_a_letter_with_ctrl_ticks_nothing(desk, key):
    desk.burst(HONG)
    before = desk.wait_for(Screening)
    desk.press(key)
    assert desk.controller.state == before
    assert not desk.window.errands.busy


def test_a_key_that_is_held_down_counts_once(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    hold_down(desk, Qt.Key.Key_K, "k", 3)
    assert desk.controller.state.checklist.mask, "an even number of presses would have unticked it"
    hold_down(desk, Qt.Key.Key_3, "3", 3)
    assert desk.controller.typed == "3"
    desk.type("66")
    hold_down(desk, Qt.Key.Key_Backspace, "\b", 3)
    assert desk.controller.typed == "", "Backspace goes on"


def test_enter_that_is_held_down_admits_nobody_twice(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    hold_down(desk, Qt.Key.Key_Return, "\r", 8)
    desk.wait_for(Admitted)
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(1,)]


def test_what_was_typed_into_the_search_does_not_tick_when_a_card_turns_the_page(desk):
    desk.press("F5")
    desk.press("Ctrl+F")
    desk.type("nguyen thi h")
    assert desk.window.log.search.text() == "nguyen thi h"
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.type("ong kskh1")
    desk.press("Return")
    assert desk.controller.state.checklist == Checklist()
    assert desk.controller.typed == ""
    desk.clock.leap(seconds=QUIET + 0.1)
    desk.type("k")
    assert desk.controller.state.checklist.mask


def test_a_card_in_the_middle_of_a_typed_code_does_not_take_the_rest_for_ticks(desk):
    desk.press("F3")
    desk.type("0911")
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.type("85000")
    assert desk.controller.typed == ""
    desk.clock.leap(seconds=QUIET + 0.1)
    desk.type("366")
    assert desk.controller.typed == "366"


# --- a rule card that asks for less


def test_without_a_health_step_nothing_of_it_can_be_entered(open_desk):
    desk = open_desk(rules=NO_HEALTH_STEP)
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("399kshc")
    assert desk.controller.typed == ""
    assert desk.controller.state.checklist == Checklist()
    desk.type("x")
    shown = [b.title for b in desk.window.errands.place.sheet.findChildren(ActionButton)]
    reasons = [desk.words(f"reasons.{reason}") for reason in ("no_business_here", "own_words")]
    assert shown == [*reasons, desk.words("desk.sheet.cancel")]


# --- codes of other people


def test_the_card_of_a_bystander_does_not_fill_in_somebody_elses_form(desk):
    desk.press("F2")
    desk.type("Trần Văn Nam")
    desk.show(HONG)
    sheet = desk.window.errands.place.sheet
    assert isinstance(sheet, GuestFormSheet)
    assert (sheet.form().name, sheet.form().id_number) == ("Trần Văn Nam", "")
    assert desk.words("form.somebody_else") in desk.window.notice.text()
    desk.press("Escape")
    desk.press("Escape")
    assert name_served(desk) == "Nguyễn Thị Hồng", "her card has waited"


def test_a_card_with_the_typed_name_fills_in_the_rest(desk):
    desk.press("F2")
    desk.type("nguyen thi ho")
    desk.show(HONG)
    assert desk.window.errands.place.sheet.form().id_number == "091185000036"


def test_two_people_who_wait_are_both_served(desk):
    desk.show("https://example.org/")
    desk.settle()
    desk.press("Escape")
    desk.burst(HONG)
    desk.wait_for(Screening)
    for code in (DAT, "KIOSK-TEST other card"):
        desk.show(code)
    desk.press("Escape")
    assert name_served(desk) == "Đặng Văn Đạt"
    before = len(desk.rows("SELECT 1 FROM log_entry"))
    desk.press("Escape")
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == before + 1)


def test_a_hand_scan_that_nobody_had_time_for_checks_out_nobody_much_later(desk):
    admit(desk)
    desk.press("Escape")
    desk.burst(DAT)
    desk.wait_for(Screening)
    desk.burst(HONG)
    desk.clock.leap(seconds=PATIENCE + 1)
    desk.press("Escape")
    desk.settle()
    assert isinstance(desk.controller.state, Waiting)
    assert desk.rows("SELECT went_out IS NULL FROM register") == [(1,)]


def test_who_held_up_a_code_long_before_the_camera_was_lost_is_not_served_after(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.show(DAT)
    desk.window.camera.changed(CameraState.LOST, "")
    desk.clock.leap(seconds=PATIENCE + 1)
    desk.press("Escape")
    desk.settle()
    assert isinstance(desk.controller.state, Waiting)


def test_a_camera_that_stumbles_does_not_forget_who_waits_before_it(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.show(DAT)
    desk.window.camera.changed(CameraState.LOST, "")
    desk.clock.leap(seconds=4)
    desk.window.camera.changed(CameraState.READY, "")
    desk.clock.leap(seconds=60)
    desk.press("Escape")
    assert name_served(desk) == "Đặng Văn Đạt"


def test_a_code_that_is_seen_and_scanned_by_hand_waits_as_long_as_it_is_seen(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.show(DAT)
    desk.burst(DAT)
    desk.clock.leap(seconds=PATIENCE + 2)
    desk.press("Escape")
    assert name_served(desk) == "Đặng Văn Đạt"


def test_a_waiting_code_whose_turn_comes_turns_the_page_and_hushes(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.show(DAT)
    desk.press("F5")
    desk.press("Ctrl+F")
    desk.type("hong")
    assert desk.window.log.search.text() == "hong"
    desk.controller.dismiss()
    assert name_served(desk) == "Đặng Văn Đạt"
    assert desk.window._page == "desk"
    desk.type("k")
    assert desk.controller.state.checklist == Checklist()


# --- questions


def test_closing_does_not_throw_a_half_filled_form_away(desk):
    desk.press("F2")
    desk.type("Lan")
    desk.window.close()
    assert desk.window.errands.place.sheet.form().name == "Lan"
    assert desk.words("form.close_first") in desk.window.notice.text()


def test_a_number_that_is_not_offered_is_no_unit(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    for key, typed in (("D", "9"), ("G", "45")):
        before = desk.controller.state.destination
        desk.press(key)
        desk.type(typed)
        desk.press("Return")
        assert desk.window.notice.text() == desk.words("desk.no_such_number")
        assert desk.controller.state.destination == before


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("Giám đốc", "Giám đốc"),
        ("giam", "Giám đốc Sở"),
        ("giám đốc s", "Giám đốc Sở"),
        ("van thu", "Văn thư"),
        ("Bảo vệ", "Bảo vệ"),
    ],
)
def test_what_is_typed_in_full_is_taken_as_it_stands(desk, typed, taken):
    offers = Offers(hosts=("Giám đốc Sở", "Văn thư", "Văn thư lưu trữ"))
    errands = desk.window.errands
    errands._furnishing = replace(errands._furnishing, offers=offers)
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("g")
    desk.type(typed)
    desk.press("Return")
    assert desk.controller.state.destination.host == taken


def test_a_long_list_of_answers_keeps_its_targets_large(desk):
    names = tuple(f"Printer {number}" for number in range(17))
    desk.parts.print_desk.printers.names = names
    desk.press("F5")
    desk.press("Ctrl+P")
    sheet = desk.window.errands.place.sheet
    assert all(b.height() >= 44 for b in sheet.findChildren(ActionButton))
    assert desk.window.height() == 768
    for _ in range(15):
        desk.press("Down")
    marked = sheet._buttons[15]
    assert marked.visibleRegion().boundingRect().height() == marked.height()


def test_a_still_inside_question_is_not_answered_by_a_held_key(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap_to_tomorrow()
    desk.burst(HONG)
    desk.wait_for(StillInside)
    hold_down(desk, Qt.Key.Key_R, "r", 3)
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry WHERE direction = 'out'") == [(1,)]
