"""Somebody who was here with another credential: offered, accepted by key or finger, or not."""

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.domain.desk import (
    Admitted,
    Departed,
    Refused,
    Remeasure,
    Screening,
    StillInside,
    Waiting,
)
from kiosk.ui.wording import Language
from tests.desk_driver import HONG
from tests.ui.test_desk_passages import admit, button, put_to_rest
from tests.ui.test_layout import collect_states

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

PASSPORT = "C0000018|NGUYEN THI HONG|1985-03-02|0|169000000000000999|<2<"
OFFERED = "Is this the same person as Nguyễn Thị Hồng?"
VISITS = "SELECT count(DISTINCT person_id), count(*) FROM log_entry WHERE direction = 'in'"


def let_in_and_out(desk) -> None:
    admit(desk)
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.press("Escape")


def test_whoever_may_be_known_is_offered_and_one_key_says_yes(desk):
    let_in_and_out(desk)
    desk.clock.leap(hours=48)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    offer = button(desk, OFFERED)
    assert offer.key == "N"
    assert offer.detail.startswith("Last here ")
    assert offer.detail.endswith("•••• 0036"), "what helps to tell them apart"
    desk.type("n")
    assert not offer.isVisible()
    assert desk.controller.state.who.visits_before == 1
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows(VISITS) == [(1, 2)]
    desk.press("Escape")
    desk.clock.leap(hours=1)
    desk.burst(PASSPORT)
    desk.wait_for(Departed)


def test_a_finger_says_yes_and_whoever_is_inside_leaves(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap(minutes=30)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    offer = button(desk, OFFERED)
    assert offer.detail.startswith("Inside since ")
    desk.tap(offer)
    desk.wait_for(Departed)
    assert desk.rows("SELECT closed_by FROM register") == [("departure",)]
    desk.settle()
    desk.press("Escape")
    desk.clock.leap(minutes=1)
    desk.burst(PASSPORT)
    assert desk.wait_for(Screening).who.likely is None, "from now on the same"
    assert desk.controller.state.who.visits_before == 1


def test_whoever_is_inside_since_yesterday_is_asked_first(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap_to_tomorrow()
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    desk.type("n")
    desk.wait_for(StillInside)


def unanswered(desk, typed: str = "366ksh", key: str = "Return") -> list[str]:
    """The passport of somebody who may be known, and Enter without N; what is asked then."""
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    desk.type(typed)
    desk.press(key)
    asked = desk.window.errands.place.sheet
    assert asked is not None
    return [one.text() for one in asked.findChildren(QLabel)]


def test_nobody_is_taken_for_somebody_else_by_a_receptionist_in_a_hurry(desk):
    """Nor entered as somebody new: Enter asks who it is, and answers nothing."""
    let_in_and_out(desk)
    title, helps = unanswered(desk)
    assert title == OFFERED
    assert helps.endswith("•••• 0036")
    desk.press("Return")
    assert isinstance(desk.controller.state, Screening)
    assert desk.controller.typed == "366"
    desk.tap(button(desk, "Somebody else"))
    desk.wait_for(Admitted)
    assert desk.rows(VISITS) == [(2, 2)]


def test_who_is_said_to_be_the_same_at_enter_is_let_in_as_that(desk):
    let_in_and_out(desk)
    unanswered(desk)
    desk.type("1")
    desk.wait_for(Admitted)
    assert desk.rows(VISITS) == [(1, 2)]


def test_where_nothing_can_be_decided_yet_enter_asks_nothing(desk):
    let_in_and_out(desk)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    desk.type("366k")
    desk.press("Return")
    assert desk.window.errands.place.sheet is None


def test_who_is_said_to_be_somebody_inside_leaves(desk):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap(minutes=30)
    unanswered(desk)
    desk.tap(button(desk, "The same person: record as leaving"))
    desk.wait_for(Departed)


def test_who_is_said_to_be_somebody_who_rests_is_asked_about_the_early_reading_too(desk):
    put_to_rest(desk)
    desk.clock.leap(minutes=3)
    unanswered(desk)
    desk.type("1")
    desk.wait_for(Remeasure)
    asked = desk.window.errands.place.sheet
    assert asked._heading.text() == "Rest: 2 min left. Take the second reading now?"
    desk.type("1")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT readings FROM register") == [("38.2 36.6",)]


@pytest.mark.parametrize(("answer", "people"), [("1", 1), ("2", 2)])
def test_whom_x_refuses_is_asked_too(desk, answer, people):
    let_in_and_out(desk)
    unanswered(desk, key="X")
    desk.type(answer)
    desk.type("5")
    desk.wait_for(Refused)
    assert desk.rows(VISITS) == [(people, 2)]


def test_what_is_typed_stays_when_one_key_says_yes(desk):
    let_in_and_out(desk)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    desk.type("366n")
    assert desk.controller.typed == "366"


def test_a_guest_of_the_form_is_offered_too_and_takes_the_slip_along(desk):
    for _ in range(2):
        desk.press("F2")
        desk.type("Tran Thi Mai")
        desk.press("Return")
        desk.type("1952")
        desk.press("Return")
        desk.type("0900000045")
        desk.press("F8")
        desk.press("F9")
        desk.press("Ctrl+Return")
        desk.wait_for(Screening)
        if desk.controller.state.who.likely is None:
            desk.type("366ks")
            desk.press("Return")
            desk.wait_for(Admitted)
            desk.settle()
            desk.press("Ctrl+Z")
            desk.type("1")
            desk.wait(lambda: desk.rows("SELECT 1 FROM log_entry WHERE corrects IS NOT NULL"))
            desk.wait_for(Waiting)
    desk.type("n")
    desk.type("366ks")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT count(*) FROM person") == [(1,)]
    assert desk.rows("SELECT count(DISTINCT person_id) FROM credential") == [(1,)]


def test_what_was_measured_too_early_makes_nobody_the_one_who_rests_without_a_question(desk):
    put_to_rest(desk)
    desk.clock.leap(minutes=3)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    desk.type("369")
    desk.press("Return")
    desk.type("n")
    asked = desk.window.errands.place.sheet
    assert asked._heading.text() == "Rest: 2 min left. Take the second reading now?"
    desk.press("Escape")
    assert desk.controller.state.checklist.readings == (369,)
    desk.clock.leap(minutes=2)
    desk.type("n")
    assert desk.controller.state.checklist.readings == (382, 369)


def test_whoever_is_found_to_rest_has_rested_since_the_first_reading(desk):
    """A high reading of the stranger they were taken for began their minutes anew."""
    put_to_rest(desk)
    desk.clock.leap(minutes=3)
    desk.burst(PASSPORT)
    desk.wait_for(Screening)
    desk.type("n")
    desk.wait_for(Remeasure)
    assert desk.controller.rest.minutes_left == 2


# --- the visitor's side


def words_on(view: QWidget, drawn: list[str]) -> str:
    """Everything that can be read there, painted or in labels."""
    drawn.clear()
    view.grab()
    labels = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*drawn, *labels])


@pytest.mark.parametrize("language", Language)
def test_no_state_shows_a_whole_name_or_number_to_the_visitor(open_desk, monkeypatch, language):
    drawn: list[str] = []
    draw_text = QPainter.drawText

    def noted(painter, *how):
        draw_text(painter, *how)
        drawn.append(str(how[-1]))

    monkeypatch.setattr(QPainter, "drawText", noted)
    desk = open_desk(language=language)
    states = collect_states(desk)
    desk.press("F6")
    for name, (state, typed) in states.items():
        desk.controller._timer.stop()
        desk.controller.state = state
        desk.controller.clear_temperature(typed)
        desk.window.render_all()
        shown = words_on(desk.window.visitor, drawn)
        assert shown.strip(), name
        for word in ("Nguyễn", "Thị", "NGUYEN", "THI", "0036", "C0000018", "Vĩnh Lợi", "1985"):
            assert word not in shown, f"{name}: {word}"
