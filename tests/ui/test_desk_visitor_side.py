"""What people in front of the desk may see, on its own screen and on a second one."""

import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel

from kiosk.adapters import reading_start
from kiosk.domain.admission import Reason, refusal
from kiosk.domain.desk import (
    Admitted,
    Departing,
    OutOfOrder,
    Part,
    RecordArrival,
    Recording,
    Refused,
    Remeasure,
    Screening,
    StillInside,
    TimeUp,
    Waiting,
)
from kiosk.domain.person import mask_name
from kiosk.domain.screening import NOWHERE, Checklist
from kiosk.ports.sounds import Sound
from kiosk.ui import second_screen
from kiosk.ui.desk_words import verdict_shown
from kiosk.ui.second_screen import other_screen
from kiosk.ui.theme import Tone
from kiosk.ui.visitor_view import VisitorView
from tests.desk_driver import HONG
from tests.ui.test_desk_passages import admit
from tests.ui.test_guest_passage import NO_ORDER, ORDER, ORDERED

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

FULL_NAME = "Nguyễn Thị Hồng"


def painted(view: VisitorView) -> str:
    """Every word on the visitor's side."""
    shown = view._verdict._shown
    labels = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    drawn = [] if shown is None else [shown.words, shown.second, shown.reason]
    drawn += [] if shown is None else [shown.second_reason, shown.who, shown.advice]
    return " | ".join(labels + drawn)


def test_whether_somebody_leaves_is_asked_of_the_receptionist_alone(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap(seconds=5)
    desk.burst(HONG)
    state = desk.wait_for(Departing)
    mine = verdict_shown(state, desk.window.speech, masked=False)
    theirs = verdict_shown(state, desk.window.speech, masked=True)
    assert "Enter" in mine.reason
    assert "Enter" not in theirs.reason
    assert theirs.words == desk.words("desk.moment")
    assert (theirs.go, theirs.leave, theirs.back) == ("", "", "")
    assert FULL_NAME not in theirs.who


def test_who_was_never_checked_out_learns_nothing_of_the_log_on_their_side(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap_to_tomorrow()
    desk.burst(HONG)
    state = desk.wait_for(StillInside)
    theirs = verdict_shown(state, desk.window.speech, masked=True)
    assert theirs.reason == desk.words("desk.moment_words")


@pytest.fixture(params=["the desk's own screen", "a second screen"])
def theirs(request, desk, plugged) -> Callable[[], VisitorView]:
    """What the visitor looks at, of whichever desk there is."""
    if request.param == "a second screen":
        plugged.append(AnotherScreen())
        desk.window.second.changed.emit()
        return lambda: desk.window.second.view
    desk.press("F6")
    return lambda: desk.window.visitor


def reads(desk, view: VisitorView, *keys: str) -> None:
    """The verdict's place is in sight, and says so in both languages, the name masked."""
    assert view._verdict.isVisible()
    assert not view._first.isVisible(), "nobody is asked for a code that was read"
    said = painted(view)
    for key in keys:
        assert desk.words(key) in said
        assert desk.words.in_other()(key) in said
    assert mask_name(FULL_NAME) in said
    assert FULL_NAME not in said


def test_whose_card_was_read_learns_it_at_once_and_for_as_long_as_they_are_served(desk, theirs):
    desk.show(HONG)
    desk.wait_for(Screening)
    reads(desk, theirs(), "desk.code_read", "desk.wait_words")
    desk.type("366ksh")
    reads(desk, theirs(), "desk.code_read", "desk.wait_words")
    desk.press("F12")
    reads(desk, theirs(), "desk.code_read", "desk.wait_words")
    desk.press("F12")
    desk.press("Return")
    desk.wait_for(Admitted)
    reads(desk, theirs(), "reasons.verdict.admit")
    desk.controller.send(TimeUp())
    assert theirs()._first.isVisible()
    assert not theirs()._verdict.isVisible()


def test_whoever_is_put_aside_leaves_the_invitation_to_the_next_one(desk, theirs):
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.controller.dismiss()
    desk.wait_for(Waiting)
    assert theirs()._first.isVisible()
    assert not theirs()._verdict.isVisible()


def test_whoever_is_put_aside_to_rest_is_not_refused_but_told_when_they_are_measured_again(
    desk, theirs
):
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.heard.clear()
    desk.type("382")
    desk.press("Return")
    desk.wait_for(Remeasure)
    if desk.window._page == "visitor":
        desk.press("F6")
    desk.press("Escape")
    desk.type("1")
    since = desk.wait_for(Refused).entry.draft.occurred_at
    if not theirs().isVisible():
        desk.press("F6")
    zone = desk.clock.zone()
    times = {
        f"{(since + timedelta(minutes=minutes)).astimezone(zone):%H:%M}" for minutes in (5, 6)
    }
    said, shown = painted(theirs()), theirs()._verdict._shown
    for words in (desk.words, desk.words.in_other()):
        assert any(words("desk.put_aside", time=time) in said for time in times)
        assert words("desk.put_aside_words") in said
        assert words("reasons.verdict.refuse") not in said
    assert shown.tone is Tone.REFER
    assert FULL_NAME not in said
    assert desk.window.desk.verdict._shown.words == shown.words, "the desk says the same"
    assert Sound.REFUSE not in desk.heard


def test_while_the_log_takes_nothing_the_visitor_is_not_asked_for_the_code_again(desk, theirs):
    desk.show(HONG)
    who = desk.wait_for(Screening).who
    record = RecordArrival(who, refusal(Reason.FEVER), Checklist(), NOWHERE)
    for state in (Recording(record), OutOfOrder(Part.LOGBOOK, record)):
        desk.controller.state = state
        desk.window.render_all()
        reads(desk, theirs(), "desk.code_read", "desk.wait_words")


def test_a_guest_without_a_code_is_not_told_that_one_was_read(desk):
    desk.press("F2")
    desk.type(FULL_NAME)
    desk.press("F8")
    desk.press("F9")
    desk.press("Ctrl+Return")
    desk.wait_for(Screening)
    desk.press("F6")
    reads(desk, desk.window.visitor, "desk.moment", "desk.wait_words")
    assert desk.words("desk.code_read") not in painted(desk.window.visitor)


def test_a_question_with_a_full_name_is_not_put_on_the_visitors_page(desk):
    admit(desk)
    desk.settle()
    desk.press("F6")
    assert desk.window._page == "visitor"
    desk.press("Ctrl+Z")
    assert desk.window._page == "desk"
    assert desk.window.errands.busy


def test_a_failed_print_is_told_once_the_visitors_page_is_left(desk):
    desk.press("F2")
    desk.type("Trần Thị Mai")
    desk.press("F8")
    desk.press("F9")
    desk.press("Ctrl+Return")
    desk.wait_for(Screening)
    desk.wait(lambda: desk.papers)
    desk.parts.print_desk.target = "no such printer"
    desk.press("F6")
    desk.press("F4")
    desk.wait(lambda: desk.failed)
    assert not desk.window.notice.isVisible()
    desk.press("F6")
    assert "Could not print slip" in desk.window.notice.text()
    assert desk.window.notice.isVisible()


def test_what_became_of_a_print_is_said_once(desk):
    said: list[str] = []
    desk.window.tell = lambda key, *_, **__: said.append(key)
    desk.press("F4")
    desk.settle()
    assert said == ["desk.no_slip"]


# --- a second screen


class AnotherScreen:
    """A screen that is plugged in; this machine has one at most."""

    def geometry(self) -> QRect:
        return QRect(0, 0, 1280, 720)


@pytest.fixture
def plugged(monkeypatch) -> list[object]:
    """The screens besides the desk's."""
    others: list[object] = []
    monkeypatch.setattr(second_screen, "other_screen", lambda _: next(iter(others), None))
    return others


def test_a_second_screen_shows_the_visitors_side_and_takes_no_keys(desk, plugged):
    plugged.append(AnotherScreen())
    desk.window.second.changed.emit()
    view = desk.window.second.view
    assert view is not None
    assert view.isVisible()
    assert view.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert view.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    admit(desk)
    assert FULL_NAME not in painted(view)
    assert desk.words("reasons.verdict.admit") in painted(view)


def test_a_screen_that_is_pulled_leaves_nothing_lying_over_the_desk(desk, plugged):
    plugged.append(AnotherScreen())
    desk.window.second.changed.emit()
    view = desk.window.second.view
    plugged.clear()
    desk.window.second.changed.emit()
    assert desk.window.second.view is None
    assert not view.isVisible()


def test_what_is_agreed_to_stands_large_on_the_visitors_side_in_their_language(open_desk, plugged):
    desk = open_desk(rules=NO_ORDER)
    plugged.append(AnotherScreen())
    desk.window.second.changed.emit()
    view = desk.window.second.view
    desk.press("F2")
    desk.type("Tran Thi Mai")
    panel = view._consent
    assert panel.isVisible()
    assert "only to know who is in the building" in panel.reading.text
    assert "it is kept for 30 days" in panel.reading.text
    assert panel.reading.asked == (("Do you agree?", ""),)
    desk.press("F6")
    assert "giữ 30 ngày rồi xóa" in panel.reading.text
    desk.press("F8")
    assert panel.reading.asked == (("Ông/bà đồng ý?", "Đồng ý"),)
    assert "Mai" not in panel.accessibleName()
    desk.press("Escape")
    desk.press("Escape")
    assert not panel.isVisible(), "nothing stays there for the next visitor"


def test_the_order_that_is_followed_stands_on_the_visitors_side(open_desk, plugged):
    desk = open_desk(rules=ORDERED)
    plugged.append(AnotherScreen())
    desk.window.second.changed.emit()
    desk.press("F2")
    reading = desk.window.second.view._consent.reading
    assert ORDER in reading.text
    assert reading.asked == ()
    begin_again = desk.window.second.view._consent
    desk.press("F12")
    assert begin_again.isVisible()


# --- decoders


@pytest.mark.parametrize(
    ("missing", "key"),
    [(("pyzbar",), "desk.camera.no_decoder"), (("pyzbar", "zxingcpp"), "desk.camera.no_decoders")],
)
def test_a_decoder_that_did_not_load_is_said_in_the_window(
    open_desk, monkeypatch, tmp_path, missing, key
):
    lacking = (
        f"import sys; sys.modules.update(dict.fromkeys({missing}))\n"
        "from kiosk.adapters.reading_child import serve; sys.exit(serve())"
    )
    words = [sys.executable, "-P", "-c", lacking]  # the reading process of such a computer
    monkeypatch.setattr(reading_start, "command", lambda: words)
    desk = open_desk(camera=str(tmp_path / "none.png"))
    desk.wait(lambda: desk.window.notice.text() == desk.words(key, name="zbar"))


class DeskOnAScreenThatGoes:
    """A desk whose own screen has just been pulled: Qt moves it a moment later."""

    def screen(self) -> object:
        return object()


def test_the_visitors_side_is_not_put_on_the_only_screen_that_is_left(qapp):
    assert other_screen(DeskOnAScreenThatGoes()) is None
