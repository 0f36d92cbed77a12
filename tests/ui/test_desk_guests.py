"""The guest without a phone: form, slip, in, out, and what the slip is worth afterwards."""

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel

from kiosk.adapters.pictures import load
from kiosk.adapters.reading import open_reader
from kiosk.domain.desk import Admitted, Departed, Departing, Refused, Screening, Waiting
from kiosk.ui.verdict_panel import Shown
from tests.desk_driver import HONG, QUIET

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def fill_in(desk, name: str = "Tran Thi Mai") -> None:
    """By keyboard alone, without a word too many."""
    desk.press("F2")
    desk.type(name)
    desk.press("Return")
    desk.type("1952")
    desk.press("Return")
    desk.type("0900000045")
    desk.press("F8")
    desk.press("F9")
    desk.press("Ctrl+Return")


def slip_on_paper(path) -> bytes:
    """What a camera reads on the printed page."""
    picture = path.with_suffix(".png")
    pypdfium2.PdfDocument(path)[0].render(scale=3).to_pil().save(picture)
    (symbol,) = open_reader().glance(load(picture).data)
    return symbol.payload


def take_guest(desk) -> bytes:
    """A guest of whom the slip has been printed; nothing is decided yet."""
    fill_in(desk)
    desk.wait_for(Screening)
    desk.wait(lambda: desk.papers)
    return slip_on_paper(desk.papers[-1])


def let_in(desk) -> None:
    desk.type("366ks")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.press("Escape")


def verdict(desk) -> Shown:
    shown = desk.window.desk.verdict._shown
    assert shown is not None
    return shown


def test_whoever_was_served_before_a_form_guest_may_leave_meanwhile(desk):
    """Their code was dropped without a word: it was that of the one served last."""
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.type("h")
    let_in(desk)
    desk.take_away(HONG)
    desk.clock.leap(minutes=30)
    fill_in(desk)
    desk.wait_for(Screening)
    desk.show(HONG)
    desk.settle()
    assert isinstance(desk.controller.state, Screening)
    let_in(desk)
    desk.wait_for(Departed)
    assert desk.controller.state.who.person.name == "Nguyễn Thị Hồng"


def test_a_guest_is_let_in_by_keyboard_alone_and_the_form_is_kept(desk):
    fill_in(desk)
    who = desk.wait_for(Screening).who
    assert who.person.name == "Tran Thi Mai"
    desk.type("366ks")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert f"Slip {who.slip_number}" in verdict(desk).who, "who has no paper leaves by it"
    desk.press("Escape")
    assert desk.rows("SELECT name, verdict FROM register") == [("Tran Thi Mai", "admit")]
    assert desk.rows("SELECT declared FROM declaration") == [("clear",)]
    desk.settle()
    assert desk.rows("SELECT printed, state FROM print_job") == [("slip", "confirmed")]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(desk):
    desk.press("F2")
    desk.press("Return")
    desk.type("12")
    desk.press("Return")
    desk.type("85")
    desk.press("Ctrl+Return")
    sheet = desk.window.errands.place.sheet
    captions = sheet.who.captions
    assert {n for n, told in captions.items() if told.fault} == {"name", "birth", "phone"}
    assert captions["name"].text() == "Please enter the name"
    assert sheet.questions.heading.text() == "Please answer every question"
    assert sheet.who.lines["name"].hasFocus(), "the first fault has the focus"
    assert (sheet.form().birth, sheet.form().phone) == ("12", "85")
    desk.type("Mai")
    desk.press("F9")
    desk.press("Ctrl+Return")
    assert captions["name"].text() == "Full name"
    assert captions["phone"].fault


def test_no_question_of_the_form_is_answered_beforehand(desk):
    desk.press("F2")
    assert desk.window.errands.place.sheet.form().answers == ()


def test_a_warning_sign_in_the_form_refers_the_guest(desk):
    desk.press("F2")
    desk.type("Mai")
    desk.press("F8")
    desk.press("F9")
    sheet = desk.window.errands.place.sheet
    desk.tap(sheet.questions.answers["symptoms"]._group.button(1))
    desk.press("Ctrl+Return")
    desk.wait_for(Refused)
    desk.settle()
    assert desk.rows("SELECT verdict, reason FROM register") == [("refer", "warning_signs")]
    assert desk.papers == [], "whoever does not come in needs no slip"


def test_the_printed_slip_lets_in_and_out_and_then_it_is_used(desk):
    slip = take_guest(desk)
    desk.press("Escape")
    desk.show(slip)
    desk.wait_for(Screening)
    let_in(desk)
    desk.take_away(slip)
    desk.clock.leap(hours=2)
    desk.show(slip)
    desk.wait_for(Departed)
    assert desk.rows("SELECT closed_by FROM register") == [("departure",)]
    desk.take_away(slip)
    desk.clock.leap(minutes=1)
    desk.show(slip)
    desk.wait_for(Refused)
    assert verdict(desk).reason == "This slip has been used"
    assert desk.rows("SELECT reason FROM log_entry ORDER BY seq DESC LIMIT 1") == [("slip_used",)]


def test_a_slip_shown_again_at_once_asks_whether_the_guest_leaves(desk):
    slip = take_guest(desk)
    let_in(desk)
    desk.show(slip)
    desk.wait_for(Departing)


def test_yesterdays_slip_is_refused_with_its_day(desk):
    slip = take_guest(desk)
    desk.press("Escape")
    day = desk.clock.now().astimezone(desk.clock.zone())
    desk.clock.leap_to_tomorrow()
    desk.show(slip)
    desk.wait_for(Refused)
    assert verdict(desk).who == f"This slip was for {day:%d/%m/%Y}"
    assert desk.rows("SELECT reason FROM log_entry") == [("slip_other_day",)]


def test_a_guest_who_stayed_overnight_leaves_with_yesterdays_slip(desk):
    slip = take_guest(desk)
    let_in(desk)
    desk.clock.leap_to_tomorrow()
    desk.show(slip)
    desk.wait_for(Departed)


def test_the_short_number_below_the_code_can_be_typed(desk):
    take_guest(desk)
    number = desk.controller.state.who.slip_number
    let_in(desk)
    desk.clock.leap(hours=1)
    desk.press("F3")
    desk.type(number.lower())
    desk.press("Return")
    desk.wait_for(Departed)
    desk.press("F3")
    desk.type("9999z")
    desk.press("Return")
    desk.settle()
    assert desk.window.notice.text() == desk.words("desk.mistyped", typed="9999z")
    assert desk.rows("SELECT count(*) FROM log_entry") == [(2,)]


def test_without_a_printer_the_notice_says_so_and_f4_prints_again(desk):
    desk.parts.print_desk.target = "no such printer"
    fill_in(desk)
    desk.wait_for(Screening)
    desk.wait(lambda: desk.failed)
    assert "Could not print slip" in desk.window.notice.text()
    let_in(desk)
    desk.parts.print_desk.target = ""
    desk.press("F4")
    desk.wait(lambda: desk.papers)
    desk.settle()
    assert desk.rows("SELECT state, reprints FROM print_job") == [("confirmed", 0)]


def test_f4_says_so_when_there_is_no_slip(desk):
    desk.press("F4")
    desk.settle()
    assert desk.window.notice.text() == "No slip was printed today"


def test_what_is_typed_in_the_form_outlives_language_light_and_size(desk):
    desk.press("F2")
    desk.type("Mai")
    desk.press("F9")
    for change in ("F12", "F10"):
        desk.press(change)
    desk.window.resize(1920, 1080)
    desk.wait(lambda: desk.window.theme.scale > 1.3)
    sheet = desk.window.errands.place.sheet
    assert sheet.geometry() == desk.window.rect()
    form = sheet.form()
    assert (form.name, len(form.answers)) == ("Mai", 5)
    titles = [label.text() for label in sheet.findChildren(QLabel)]
    assert "Khách không có điện thoại" in titles
    desk.press("Escape")
    assert isinstance(desk.controller.state, Waiting)


def test_an_office_that_prints_no_slips_takes_guests_without_paper(open_desk):
    desk = open_desk(settings=QUIET + "[printer]\nslip = false\n")
    fill_in(desk, "Le Van Truoc")  # nobody wanted this one
    desk.wait_for(Screening)
    desk.press("Escape")
    fill_in(desk)
    desk.wait_for(Screening)
    desk.settle()
    assert desk.papers == []
