"""Turning somebody away: a reason that fits what was measured, or one in own words."""

import pytest

from kiosk.domain.admission import LONGEST_OWN_WORDS, Reason
from kiosk.domain.desk import Refused, Screening
from kiosk.ui.button import ActionButton
from tests.desk_driver import HONG

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

MARKUP = "Say rượu <b>lớn tiếng</b> {name}"


def offered(desk) -> list[str]:
    buttons = desk.window.errands.place.sheet.findChildren(ActionButton)
    return [button.title for button in buttons][:-1]


def asked_why(desk, typed: str) -> list[str]:
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type(typed)
    desk.press("X")
    return offered(desk)


def digit_of(desk, reason: Reason) -> str:
    return str(offered(desk).index(desk.words(f"reasons.{reason}")) + 1)


@pytest.mark.parametrize("typed", ["", "366", "374"])
def test_no_fever_is_offered_that_was_not_measured(desk, typed):
    assert desk.words("reasons.fever") not in asked_why(desk, typed)


def test_a_fever_that_was_measured_is_offered_and_moves_no_other_digit(desk):
    without = asked_why(desk, "366")
    desk.press("Escape")

    for _ in range(3):
        desk.press("Backspace")
    desk.type("382")
    desk.press("X")
    assert offered(desk) == [*without, desk.words("reasons.fever")]
    desk.type(digit_of(desk, Reason.FEVER))
    desk.wait_for(Refused)
    assert desk.rows("SELECT reason, readings FROM register") == [("fever", "38.2")]


def test_a_reason_in_own_words_is_in_log_lists_and_register_and_not_on_the_visitors_side(desk):
    asked_why(desk, "366")
    desk.type(digit_of(desk, Reason.OWN_WORDS))
    desk.press("Return")
    assert desk.window.errands.busy, "nothing was typed"
    desk.type("12")
    desk.press("Return")
    assert desk.window.errands.busy, "a number is no reason"
    desk.press("Backspace")
    desk.press("Backspace")
    line = desk.window.errands.place.sheet.line
    line.setText(MARKUP + "\u202e\u0007")
    desk.press("Return")
    desk.wait_for(Refused)
    desk.settle()
    shown = desk.window.desk.verdict._shown
    assert (shown.reason, shown.second_reason) == (
        MARKUP,
        desk.words.in_other()("reasons.own_words"),
    )
    theirs = desk.window.visitor._verdict._shown
    assert theirs.reason == desk.words("reasons.own_words")
    assert MARKUP in desk.window.desk.lines.lines[0].detail
    columns = "verdict, reason, own_reason, temperature"
    assert desk.rows(f"SELECT {columns} FROM register") == [("refuse", "own_words", MARKUP, 36.6)]
    desk.press("F5")
    desk.settle()
    model = desk.window.log.table.model()
    row = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert row[-1] == MARKUP
    desk.press("F1")
    desk.press("Escape")
    desk.burst(HONG)
    desk.wait_for(Screening)
    assert MARKUP in desk.window.desk.screening._sent_away.text()


def test_own_words_are_short(desk):
    asked_why(desk, "366")
    desk.type(digit_of(desk, Reason.OWN_WORDS))
    desk.window.errands.place.sheet.line.setText("a" * 500)
    desk.press("Return")
    desk.wait_for(Refused)
    assert desk.rows("SELECT length(own_reason) FROM register") == [(LONGEST_OWN_WORDS,)]


def test_a_line_that_is_put_right_keeps_its_reason(desk):
    asked_why(desk, "366")
    desk.type(digit_of(desk, Reason.OWN_WORDS))
    desk.type("no badge")
    desk.press("Return")
    desk.wait_for(Refused)
    desk.press("F5")
    desk.settle()
    desk.press("F8")
    desk.type("2")
    desk.window.errands.place.sheet.lines["purpose"].setText("Hop")
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.rows("SELECT purpose FROM register") == [("Hop",)])
    assert desk.rows("SELECT own_reason FROM register") == [("no badge",)]


def test_a_reading_that_comes_while_the_reasons_are_open_asks_anew(desk):
    asked_why(desk, "382")
    fever = digit_of(desk, Reason.FEVER)
    desk.controller.clear_temperature()
    for sign in "36.6":  # as the thermometer's line does
        desk.controller.type_temperature(sign)
    desk.type(fever)
    desk.settle()
    assert isinstance(desk.controller.state, Screening)
    assert desk.rows("SELECT reason FROM register") == []
    assert desk.words(f"reasons.{Reason.FEVER}") not in offered(desk)
