"""The morning on paper is typed in at the desk: by keys alone, by touch, in both languages."""

import secrets

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.domain.desk import Departed, Departing, Waiting
from kiosk.domain.person import Person, fold
from kiosk.ports.logbook import LogbookError
from kiosk.services.issuing import Issuing
from kiosk.services.late_paper import LateField
from kiosk.ui.button import ActionButton
from kiosk.ui.late_sheet import LateSheet
from kiosk.ui.left_sheet import LeftSheet
from kiosk.ui.wording import Language
from tests.desk_driver import HONG, LeapingClock
from tests.stores import opened, temporary_folder

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def paper(paper_and_card):
    desk, codes, _ = paper_and_card
    return desk, codes


@pytest.fixture
def paper_and_card(open_desk):
    """A desk that was opened at noon, three slips and a staff card of the day before."""
    clock = LeapingClock()
    with temporary_folder() as folder:
        with opened(folder, clock) as store:
            key = (folder / "office.key").read_bytes()
            issuing = Issuing(store.directory, store.staff, clock, secrets.token_bytes, key)
            codes = [slip.code for slip in issuing.emergency_slips(3)]
            card = issuing.staff_card(Person("Phạm Văn Tư")).code
        clock.leap_to_tomorrow(hour=12)
        yield open_desk(folder=folder, clock=clock), codes, card


def sheet(desk) -> LateSheet:
    desk.wait(lambda: isinstance(desk.window.errands.place.sheet, LateSheet))
    return desk.window.errands.place.sheet


def shown(desk, code) -> LateSheet:
    desk.show(code)
    return sheet(desk)


def write(desk, *lines: str) -> None:
    for line in lines:
        desk.type(line)
        desk.press("Return")


def by_keys(desk, out: str = "") -> None:
    """A whole slip, from the first letter to the log."""
    write(desk, "Tran Van Binh", "1980", "0912345678", "", "Phong Ke hoach", "", "")
    desk.press("Tab")  # the day stands there
    write(desk, "805", out, "36,6")
    for _ in ("mask", "hands", "declared", "verdict"):
        desk.press("Space")
        desk.press("Tab")
    desk.press("Ctrl+Return")


def test_a_slip_is_entered_by_keys_alone(paper):
    desk, codes = paper
    shown(desk, codes[0])
    by_keys(desk)
    desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry"))
    (row,) = desk.rows(
        "SELECT name, unit, temperature, mask, verdict, reason, entered_later, closed_by"
        " FROM register"
    )
    assert row == (
        *("Tran Van Binh", "Phong Ke hoach", 36.6, "yes", "admit", "rules_met", "yes", None),
    )


@pytest.mark.parametrize("language", Language)
def test_a_slip_is_entered_by_touch(paper, language):
    desk, codes = paper
    if language is Language.VIETNAMESE:
        desk.press("F12")
    form = shown(desk, codes[0])
    words = desk.window.speech.words
    for name, text in (("name", "Le Thi Hai"), ("time_in", "7h30"), ("time_out", "8h10")):
        desk.tap(form.lines[name])
        desk.type(text)
    buttons = {button.text(): button for button in form.findChildren(QPushButton)}
    desk.tap(buttons[words("late.admitted")])
    actions = {button.title: button for button in form.findChildren(ActionButton)}
    desk.tap(actions[words("late.go")])
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == 2)
    assert desk.rows("SELECT name, verdict, reason, closed_by, entered_later FROM register") == [
        ("Le Thi Hai", "admit", "entered_later", "departure", "yes")
    ]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(paper):
    desk, codes = paper
    form = shown(desk, codes[0])
    write(desk, "Tran Van Binh", "80")
    form.lines["time_in"].setText("17:00")
    desk.press("Ctrl+Return")
    faults = {name for name, caption in form.captions.items() if caption.fault}
    assert faults == {LateField.BIRTH, LateField.TIME_IN, LateField.VERDICT}
    assert form.lines["birth"].hasFocus()
    typed = form.paper()
    assert typed.time_in == "17:00"
    desk.press("F12")
    assert sheet(desk) is not form
    assert sheet(desk).paper() == typed
    assert not desk.rows("SELECT 1 FROM log_entry")


def test_a_number_in_the_name_and_a_birth_to_come_are_told(paper):
    desk, codes = paper
    form = shown(desk, codes[0])
    write(desk, "366ks", "2030")
    desk.press("Ctrl+Return")
    assert form.captions["name"].fault == desk.words("late.fault.digits")
    assert form.captions["birth"].fault == desk.words("late.fault.born_later")
    assert form.lines["name"].hasFocus()


def heading(form: LateSheet) -> str:
    return form._heading.text()


@pytest.mark.parametrize("by", ["keys", "touch"])
def test_whoever_was_let_in_with_a_fever_is_asked_about_before_it_is_kept(paper, by):
    desk, codes = paper
    desk.press("F12")
    form = shown(desk, codes[0])
    title = heading(form)
    write(desk, "Tran Van Binh")
    form.lines["time_in"].setText("8:05")
    form.lines["temperature"].setText("39,5")
    form._verdict.choose(0)
    go = next(b for b in form.findChildren(ActionButton) if b.title == "Ghi vào sổ")

    def take() -> None:
        if by == "keys":
            desk.press("Ctrl+Return")
        else:
            desk.tap(go)

    take()
    assert heading(form).startswith("39,5 °C và được vào: đúng như trên giấy?")
    form.lines["temperature"].setFocus()
    form.lines["temperature"].setText("39,6")
    take()
    assert heading(form).startswith("39,6 °C và được vào"), "what is asked is what is kept"
    desk.settle_file()
    assert not desk.rows("SELECT 1 FROM log_entry")
    desk.type("x")
    assert heading(form) != title, "the key itself is not the change yet"
    desk.type("x")
    assert heading(form) == title
    form.lines["temperature"].setText("39,5")
    take()
    take()
    desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry"))
    assert desk.rows("SELECT verdict, temperature FROM register") == [("admit", 39.5)]


def test_a_key_that_is_held_down_answers_no_question(paper):
    desk, codes = paper
    form = shown(desk, codes[0])
    write(desk, "Tran Van Binh")
    form.lines["time_in"].setText("8:05")
    form.lines["temperature"].setText("36,6")
    form._declared.choose(1)
    form._verdict.choose(0)
    desk.press("Ctrl+Return")
    assert heading(form).startswith(f"{desk.words('late.declared.signs')} and let in")
    control, enter = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
    for where in (form, form.lines["phone"]):
        held = QKeyEvent(QEvent.Type.KeyPress, enter, control, "", autorep=True)
        QCoreApplication.sendEvent(where, held)
    desk.settle_file()
    assert form.isVisible()
    assert not desk.rows("SELECT 1 FROM log_entry")


def test_a_refusal_of_paper_has_its_reason(paper):
    desk, codes = paper
    form = shown(desk, codes[0])
    write(desk, "Tran Van Binh")
    form.lines["time_in"].setText("8:05")
    buttons = {button.text(): button for button in form.findChildren(QPushButton)}
    reason = buttons[desk.words("reasons.mask_missing")]
    assert not reason.isVisible()
    desk.tap(buttons[desk.words("late.refused")])
    desk.wait(reason.isVisible)
    desk.tap(reason)
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry"))
    assert desk.rows("SELECT verdict, reason FROM register") == [("refuse", "mask_missing")]


def test_the_second_scan_offers_the_departure_and_the_third_says_when_it_was_entered(paper):
    desk, codes = paper
    shown(desk, codes[0])
    by_keys(desk)
    desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry"))
    desk.settle()
    desk.take_away(codes[0])
    desk.show(codes[0])
    desk.wait_for(Departing)
    desk.press("Return")
    desk.wait_for(Departed)
    desk.press("Escape")
    desk.take_away(codes[0])
    desk.show(codes[0])
    said = desk.words(
        "late.already",
        number=number_of(desk),
        name="Tran Van Binh",
        time="08:05",
        noted="12:00",
    )
    desk.wait(lambda: desk.window.notice.text() == said)
    assert isinstance(desk.controller.state, Waiting)
    assert len(desk.rows("SELECT 1 FROM log_entry")) == 2


def number_of(desk) -> str:
    ((number,),) = desk.rows(
        "SELECT number FROM credential WHERE credential_id = (SELECT credential_id FROM log_entry)"
    )
    return number


def test_a_card_that_is_shown_fills_in_what_is_empty(paper):
    desk, codes = paper
    form = shown(desk, codes[0])
    desk.show(HONG)
    desk.wait(lambda: form.paper().name == "Nguyễn Thị Hồng")
    assert (form.paper().birth, form.paper().id_number) == ("02/03/1985", "091185000036")
    for other, key in (
        (HONG.replace("Nguyễn Thị Hồng", "Lê Văn Tám"), "late.somebody_else"),
        ("https://example.org", "late.no_card"),
        (codes[1], "late.no_card"),
    ):
        desk.show(other)
        desk.wait(lambda key=key: desk.window.notice.text() == desk.words(key))
        assert form.paper().name == "Nguyễn Thị Hồng"


def test_staff_who_came_with_a_slip_leave_with_their_card(paper_and_card):
    desk, codes, card = paper_and_card
    form = shown(desk, codes[0])
    desk.show(card)
    desk.wait(lambda: form.paper().name == "Phạm Văn Tư")
    form.lines["time_in"].setText("7:30")
    form._verdict.choose(0)
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry"))
    assert desk.rows("SELECT kind FROM register") == [("staff",)]
    desk.settle()
    desk.show(card)
    desk.wait_for(Departed)


def test_a_name_that_is_typed_over_is_not_the_cards(paper_and_card):
    desk, codes, card = paper_and_card
    form = shown(desk, codes[0])
    desk.show(card)
    desk.wait(lambda: form.paper().person_id)
    form.lines["name"].setFocus()
    desk.type("x")
    assert form.paper().person_id is None


def test_a_departure_that_nobody_recorded_is_entered_on_the_page_of_the_log(paper):
    desk, codes = paper
    shown(desk, codes[0])
    by_keys(desk)
    desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry"))
    desk.press("F5")
    desk.settle()
    desk.press("F9")
    assert isinstance(desk.window.errands.place.sheet, LeftSheet)
    desk.type("7:00")
    desk.press("Return")
    left = desk.window.errands.place.sheet
    assert left.captions["time_out"].fault == desk.words("late.fault.before_arrival")
    desk.type("1015")
    desk.press("Return")
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == 2)
    ((out, noted),) = desk.rows(
        "SELECT occurred_at, noted_at FROM log_entry WHERE direction='out'"
    )
    assert out < noted
    desk.settle()
    desk.press("F9")
    assert desk.window.errands.place.sheet is None, "nobody is inside any more"


def test_who_was_forgotten_is_entered_from_the_page_of_the_log(paper):
    desk, _ = paper
    desk.press("F5")
    desk.press("F2")
    assert desk.window.errands.place.sheet is not None
    by_keys(desk, "900")
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == 2)
    assert desk.rows("SELECT name, closed_by, entered_later FROM register") == [
        ("Tran Van Binh", "departure", "yes")
    ]
    desk.settle()
    assert desk.window.log.table.model().rowCount() == 1


def test_what_the_file_does_not_take_is_put_back(paper, monkeypatch):
    desk, codes = paper
    form = shown(desk, codes[0])
    monkeypatch.setattr(
        desk.controller._office,
        "ask",
        lambda _work, _done, failed: failed(LogbookError("no space left on device")),
    )
    by_keys(desk)
    again = sheet(desk)
    assert again is not form
    assert (again.paper().name, again.paper().time_in) == ("Tran Van Binh", "805")
    assert again.paper().admitted


def test_a_blank_slip_is_found_by_its_typed_number(paper):
    desk, _ = paper
    ((number,),) = desk.rows("SELECT number FROM credential LIMIT 1")
    desk.press("F3")
    desk.type(number.lower())
    desk.press("Return")
    assert sheet(desk).lines["name"].hasFocus()


@pytest.mark.parametrize(("key", "closed_by"), [("2", "unseen"), ("3", "unseen"), ("1", None)])
def test_a_visit_left_open_on_another_day_is_ended(paper, key, closed_by):
    desk, codes = paper
    shown(desk, codes[0])
    by_keys(desk)
    desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry"))
    desk.clock.leap_to_tomorrow()
    desk.press("F5")
    desk.press("PageUp")
    desk.settle()
    desk.press("F9")
    desk.press(key)
    if closed_by is None:
        assert isinstance(desk.window.errands.place.sheet, LeftSheet)
        return
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == 2)
    assert desk.rows("SELECT went_out, closed_by FROM register") == [(None, closed_by)]
    desk.wait(lambda: desk.window.notice.text() == desk.words("late.closed", count=1))


def test_a_digit_takes_one_of_the_offices_own_units(paper):
    desk, codes = paper
    lines = shown(desk, codes[0]).lines
    lines["unit"].setFocus()
    desk.type("3")
    assert lines["unit"].text() == "Trung tâm Quy hoạch xây dựng"
    assert lines["host"].hasFocus()
    desk.type("9")
    assert lines["host"].text() == ""


def test_the_offices_own_units_are_offered_while_typing(paper):
    desk, codes = paper
    form = shown(desk, codes[0])
    (unit, *_) = desk.window._furnishing.offers.units
    form.lines["unit"].setFocus()
    desk.type(fold(unit)[:7])
    desk.press("Down")
    desk.press("Return")
    assert form.paper().destination.unit == unit
    assert form.lines["host"].hasFocus()


@pytest.mark.parametrize("language", Language)
def test_the_sheet_fits_on_the_smallest_screen_with_all_that_it_may_say(paper, language):
    desk, codes = paper
    desk.window.resize(1024, 768)
    desk.wait(lambda: desk.window.theme.scale < 1)
    if language is Language.VIETNAMESE:
        desk.press("F12")
    form = shown(desk, codes[0])
    form._verdict.choose(1)
    for line in form.lines.values():
        line.setText("?")
    desk.press("Ctrl+Return")
    desk.wait(form._reasons.isVisible)
    desk.qtbot.wait(50)
    assert desk.window.rect().contains(form.card.geometry())
    room = form.card.rect()
    for control in form.card.findChildren(QWidget):
        place = control.mapTo(form.card, control.rect().topLeft())
        assert not control.isVisible() or room.contains(control.rect().translated(place))
