"""Whoever was turned away today is shown again: the desk says so, and asks before it lets in."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from kiosk.domain.desk import Admitted, Departed, Refused, Remeasure, Screening
from kiosk.ui.choice_sheet import ChoiceSheet
from kiosk.ui.flow import fitted_lines
from kiosk.ui.wording import Language
from tests.desk_driver import DAT, HONG
from tests.ui.test_desk_passages import admit, button, put_to_rest
from tests.ui.test_guest_passage import REMEMBERING, begin, finish, form

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

LABELS = "SELECT verdict, reason FROM register ORDER BY came_in"
PASSPORT = "C0000018|NGUYEN THI HONG|1985-03-02|0|169000000000000999|<2<"


def refer(desk, payload: str = HONG) -> str:
    """Two readings of 38,3; when that was."""
    desk.burst(payload)
    desk.wait_for(Screening)
    desk.type("383")
    desk.press("Return")
    desk.wait_for(Remeasure)
    desk.clock.leap(minutes=5)
    desk.type("383")
    desk.press("Return")
    desk.press("Return")
    desk.wait_for(Refused)
    return leave(desk)


def refuse(desk, digit: str = "2", payload: str = HONG, typed: str = "") -> str:
    """Turned away with a reason; when that was."""
    desk.burst(payload)
    desk.wait_for(Screening)
    desk.type(typed)
    desk.press("X")
    desk.type(digit)
    desk.wait_for(Refused)
    return leave(desk)


def leave(desk) -> str:
    at = desk.controller.state.entry.draft.occurred_at.astimezone(desk.clock.zone())
    desk.press("Escape")
    desk.clock.leap(minutes=8)
    return f"{at:%H:%M}"


def again(desk, payload: str = HONG) -> None:
    desk.burst(payload)
    desk.wait_for(Screening)
    desk.type("367ksh")


def bar(desk) -> str:
    said = desk.window.desk.screening._sent_away
    return said.text() if said.isVisible() else ""


def chips(desk) -> list[str]:
    labels = desk.window.desk.screening.findChildren(QLabel)
    return [one.text() for one in labels if one.property("role") == "chip" and one.isVisible()]


def asked(desk) -> tuple[str, ...] | None:
    sheet = desk.window.errands.place.sheet
    if sheet is None:
        return None
    assert isinstance(sheet, ChoiceSheet)
    return tuple(one.text() for one in sheet.findChildren(QLabel) if one.text())


@pytest.mark.parametrize(
    ("language", "said", "chip", "question"),
    [
        (
            Language.VIETNAMESE,
            "{at} hôm nay: 38,3 °C, mời gặp cán bộ y tế · Sốt cao",
            "Khách · Hôm nay chưa được vào",
            "Hôm nay chưa được vào. Bây giờ cho vào?",
        ),
        (
            Language.ENGLISH,
            "Today {at}: 38.3 °C, sent to the health officer · High fever",
            "Visitor · Turned away today",
            "Turned away today. Let in now?",
        ),
    ],
)
def test_who_was_sent_to_the_health_officer_is_told_of_and_let_in_by_a_question(
    open_desk, language, said, chip, question
):
    desk = open_desk(language=language)
    at = refer(desk)
    again(desk)
    assert bar(desk) == said.format(at=at)
    assert chip in chips(desk)
    desk.press("Return")
    assert asked(desk) == (question, said.format(at=at))
    desk.press("Return")
    assert asked(desk), "Enter alone answers nothing"
    desk.press("Escape")
    assert asked(desk) is None
    assert isinstance(desk.controller.state, Screening)
    assert desk.controller.typed == "367", "nothing typed is lost"
    desk.press("Return")
    desk.type("1")
    desk.wait_for(Admitted)
    assert desk.rows(LABELS) == [("refer", "high_fever"), ("admit", "rules_met")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.VIETNAMESE, "{at} hôm nay: đã từ chối · Chưa đeo khẩu trang · 36,6 °C"),
        (Language.ENGLISH, "Today {at}: refused · No mask · 36.6 °C"),
    ],
)
def test_a_refusal_is_told_with_its_reason_and_a_finger_is_asked(open_desk, language, said):
    desk = open_desk(language=language)
    at = refuse(desk, typed="366")
    again(desk)
    assert bar(desk) == said.format(at=at)
    large = desk.window.desk.screening._confirm
    assert large.detail == desk.words("desk.after_all_asks")
    desk.tap(large)
    assert asked(desk)
    desk.tap(button(desk, desk.words("desk.sheet.after_all_go")))
    desk.wait_for(Admitted)


@pytest.mark.parametrize("language", Language)
def test_number_and_unit_of_a_reading_stay_in_one_line_at_whatever_width(open_desk, language):
    desk = open_desk(language=language)
    refuse(desk, typed="366")
    again(desk)
    said, font = bar(desk), desk.window.desk.screening._sent_away.font()
    narrow = range(120, QFontMetrics(font).horizontalAdvance(said) + 8)
    set_in = [fitted_lines(said, font, width, 9) for width in narrow]
    assert max(map(len, set_in)) > 2
    assert not [lines for lines in set_in if any(line.startswith("°C") for line in lines)]


def test_the_gravest_refusal_is_told_not_the_newest(desk):
    at = refer(desk)
    refuse(desk)
    again(desk)
    assert bar(desk) == f"Today {at}: 38.3 °C, sent to the health officer · High fever"


def test_a_refusal_that_was_undone_is_not_told(desk):
    refuse(desk)
    desk.press("Ctrl+Z")
    desk.type("1")
    desk.settle()
    again(desk)
    assert bar(desk) == ""
    assert "Visitor · First visit" in chips(desk)
    desk.press("Return")
    desk.wait_for(Admitted)


def test_who_was_let_in_since_is_asked_about_no_more(desk):
    refuse(desk)
    again(desk)
    desk.press("Return")
    desk.type("1")
    desk.wait_for(Admitted)
    desk.press("Escape")
    desk.clock.leap(minutes=20)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.press("Escape")
    desk.clock.leap(minutes=20)
    admit(desk)
    assert desk.rows("SELECT count(*) FROM register WHERE verdict = 'admit'") == [(2,)]


def test_the_next_day_begins_anew_and_nobody_else_is_asked_about(desk):
    refuse(desk)
    admit(desk, DAT)
    desk.press("Escape")
    desk.clock.leap_to_tomorrow()
    again(desk)
    assert bar(desk) == ""
    desk.press("Return")
    desk.wait_for(Admitted)


def test_what_is_no_admission_is_done_without_a_question(desk):
    refuse(desk)
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("c")
    desk.press("Return")
    desk.wait_for(Refused)
    assert desk.rows(LABELS)[-1] == ("refer", "warning_signs")


def test_who_rests_is_no_first_visit_and_their_second_reading_lets_in_without_a_question(desk):
    put_to_rest(desk, HONG, "ksh382")
    desk.clock.leap(minutes=6)
    desk.burst(HONG)
    desk.wait_for(Remeasure)
    assert bar(desk) == ""
    assert "Visitor · Turned away today" in chips(desk)
    desk.type("ks368")
    desk.press("Return")
    desk.wait_for(Admitted)


def test_who_was_referred_and_then_rests_is_asked_about_twice(desk):
    """The early reading is a question of its own, and answers not the other one."""
    at = refer(desk)
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("ksh378")
    desk.press("Return")
    desk.wait_for(Remeasure)
    assert bar(desk).startswith(f"Today {at}: 38.3 °C")
    desk.type("369")
    desk.press("Return")
    desk.type("1")
    assert asked(desk)[0] == "Turned away today. Let in now?"
    desk.type("1")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT readings FROM register WHERE verdict = 'admit'") == [("37.8 36.9",)]


def test_a_guest_of_the_form_who_was_turned_away_waits_at_the_checklist(open_desk):
    desk = open_desk(settings=REMEMBERING)
    begin(desk)
    desk.type("0900000045")
    form(desk).consent.choices["remembered"].choose(0)
    finish(desk, "ks")
    desk.wait_for(Screening)
    desk.press("X")
    desk.type("5")
    desk.wait_for(Refused)
    leave(desk)
    desk.press("F2")
    desk.type("mai")
    desk.wait(form(desk)._offers.isVisible)
    desk.settle_file()  # what was found for fewer letters is listed anew by then
    desk.press("Down")
    desk.press("Return")
    finish(desk, "367ks")
    desk.wait_for(Screening)
    assert bar(desk).endswith("refused · No business at this office")
    desk.press("Return")
    desk.type("1")
    desk.wait_for(Admitted)


def test_who_may_be_somebody_turned_away_is_offered_as_that(desk):
    at = refer(desk)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    same = desk.window.desk.screening._same
    assert f"Today {at}: 38.3 °C, sent to the health officer" in same.detail
    desk.type("n")
    assert bar(desk).startswith(f"Today {at}")


def test_the_visitor_reads_nothing_of_it(desk):
    refer(desk)
    again(desk)
    desk.press("F6")
    shown = [one.text() for one in desk.window.visitor.findChildren(QLabel) if one.isVisible()]
    assert not [
        text for text in shown if "38.3" in text or "officer" in text or "today" in text.lower()
    ]
    assert not desk.window.desk.screening._sent_away.isVisible()
