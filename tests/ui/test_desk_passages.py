"""The usual passages at the real desk, by keys and by fingers; the file is asked at each step."""

import time

import pytest
from PySide6.QtWidgets import QLabel

from kiosk.adapters.sqlite.logbook import SqliteLogbook
from kiosk.domain.admission import Reason
from kiosk.domain.desk import (
    Admitted,
    Departed,
    Departing,
    Recording,
    Refused,
    Remeasure,
    Screening,
    StillInside,
    Waiting,
)
from kiosk.domain.person import PersonKind
from kiosk.domain.screening import Checklist, Declared
from kiosk.ports.sounds import Sound
from kiosk.ui.button import ActionButton
from kiosk.ui.list_words import list_line
from kiosk.ui.theme import Tone
from tests.desk_driver import DAT, HONG, QUIET

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

REGISTER = "SELECT name, verdict, reason, readings, went_out IS NULL FROM register"


def button(desk, words: str) -> ActionButton:
    """The button in sight that says so."""
    shown = [b for b in desk.window.findChildren(ActionButton) if b.isVisible()]
    found = [b for b in shown if b.title == words]
    assert found, [b.title for b in shown]
    return found[0]


def admit(desk, payload: str = HONG, temperature: str = "366") -> None:
    desk.burst(payload)
    desk.wait_for(Screening)
    declared = desk.controller.state.checklist.declared is not Declared.NOT_YET
    desk.type(temperature + ("ks" if declared else "ksh"))
    desk.press("Return")
    desk.wait_for(Admitted)


def put_to_rest(desk, payload: str = HONG, typed: str = "382") -> None:
    """A fever is measured, and whoever has it sits down until the second reading."""
    desk.burst(payload)
    desk.wait_for(Screening)
    desk.type(typed)
    desk.press("Return")
    desk.wait_for(Remeasure)
    desk.press("Escape")
    desk.type("1")
    desk.wait_for(Refused)
    desk.settle()
    desk.press("Escape")


def test_a_card_by_hand_scanner_and_six_keys_let_a_visitor_in(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("366")
    desk.type("ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows(REGISTER) == [("Nguyễn Thị Hồng", "admit", "rules_met", "36.6", 1)]
    assert desk.heard[-1] is Sound.ADMIT


def test_the_row_is_in_the_file_before_the_verdict_is_shown(desk):
    seen = []
    desk.controller.changed.connect(
        lambda: seen.append(
            (type(desk.controller.state), len(desk.rows("SELECT 1 FROM log_entry")))
        )
    )
    admit(desk)
    assert Recording in {state for state, _ in seen}, "nothing is promised meanwhile"
    assert {rows for state, rows in seen if state is Admitted} == {1}


def test_nothing_is_ticked_before_somebody_ticks_it(desk):
    desk.burst(HONG)
    assert desk.wait_for(Screening).checklist == Checklist()
    screening = desk.window.desk.screening
    boxes = (screening._mask, screening._hands, screening._declared)
    assert [box.ticked for box in boxes] == [False] * 3
    assert desk.controller.typed == ""


def test_enter_while_something_is_missing_only_says_what(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.press("Return")
    assert "temperature, mask, hands, declaration" in button(desk, "Not yet").detail
    desk.type("366kh")
    desk.press("Return")
    desk.settle()
    assert isinstance(desk.controller.state, Screening)
    assert button(desk, "Not yet").detail == "Missing: hands"
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]


@pytest.mark.parametrize("typed", ["36,5", "36.5", "365"])
def test_a_temperature_may_be_typed_in_three_ways(desk, typed):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type(typed + "ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT temperature FROM register") == [(36.5,)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("977", "Fahrenheit"), ("339", "Below 34"), ("421", "Above 42"), ("3", "Type three digits")],
)
def test_an_impossible_temperature_is_refused_in_words_and_can_be_typed_over(desk, typed, said):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type(typed + "ksh")
    desk.press("Return")
    assert isinstance(desk.controller.state, Screening)
    assert said in button(desk, "Not yet").detail
    for _ in typed:
        desk.press("Backspace")
    desk.type("366")
    desk.press("Return")
    desk.wait_for(Admitted)


@pytest.mark.parametrize(
    ("second", "state", "verdict", "reason"),
    [
        ("371", Admitted, "admit", "rules_met"),
        ("376", Refused, "refuse", "fever"),
        ("384", Refused, "refer", "high_fever"),
    ],
)
def test_after_a_high_reading_the_second_one_decides_and_both_are_kept(
    desk, second, state, verdict, reason
):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("ksh379")
    assert button(desk, "Rest, measure again").full
    desk.press("Return")
    desk.wait_for(Remeasure)
    desk.press("Return")
    assert isinstance(desk.controller.state, Remeasure), "Enter alone decides nothing"
    desk.clock.leap(minutes=5)
    desk.type(second)
    desk.press("Return")
    desk.wait_for(state)
    wanted = f"37.9 {second[:2]}.{second[2]}"
    assert desk.rows("SELECT verdict, reason, readings FROM register") == [
        (verdict, reason, wanted)
    ]


@pytest.mark.parametrize("second", ["second", "typed"])
def test_whoever_rests_is_put_aside_by_a_question_and_their_code_opens_the_second_reading(
    desk, second
):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("d")
    desk.type("Phòng Một cửa")
    desk.press("Return")
    desk.type("ksh382")
    desk.press("Return")
    desk.wait_for(Remeasure)
    desk.press("Escape")
    assert desk.window.errands.busy
    desk.press("Escape")
    assert isinstance(desk.controller.state, Remeasure), "Esc alone puts nobody on record"
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    desk.press("Escape")
    desk.type("1")
    desk.wait_for(Refused)
    desk.press("Escape")
    admit(desk, DAT)
    desk.press("Escape")
    desk.clock.leap(minutes=2)
    if second == "typed":
        desk.press("F3")
        desk.type("091185000036")
        desk.press("Return")
    else:
        desk.burst(HONG)
    state = desk.wait_for(Remeasure)
    assert (state.checklist.readings, state.checklist.mask) == ((382,), False)
    assert (state.checklist.declared, state.destination.unit) == (Declared.CLEAR, "Phòng Một cửa")
    assert desk.window.desk.screening._confirm.title == "Rest: 3 min left"
    desk.clock.leap(minutes=3)
    desk.type("ks368")
    desk.press("Return")
    desk.wait_for(Admitted)
    once = "SELECT verdict, readings FROM register WHERE name LIKE '%Hồng'"
    assert desk.rows(once) == [("admit", "38.2 36.8")]
    assert desk.rows("SELECT count(*) FROM log_entry") == [(3,)], "the log keeps every reading"


def test_a_finger_on_clear_is_asked_too_and_tomorrow_begins_anew(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("382")
    desk.press("Return")
    desk.wait_for(Remeasure)
    desk.tap(button(desk, "Clear"))
    assert isinstance(desk.controller.state, Remeasure)
    desk.tap(button(desk, desk.words("desk.sheet.aside_resting_go")))
    desk.wait_for(Refused)
    desk.press("Escape")
    desk.clock.leap_to_tomorrow()
    desk.burst(HONG)
    assert desk.wait_for(Screening).checklist.readings == ()


def test_whoever_rests_is_told_how_long_still(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("382")
    desk.press("Return")
    desk.wait_for(Remeasure)
    said, rest = [], desk.controller.rest
    for minutes in (0, 2, 2.5, 1):
        desk.clock.leap(minutes=minutes)
        rest._timer.timeout.emit()
        large = desk.window.desk.screening._confirm
        said.append((large.title, large.detail))
    assert said == [
        ("Rest: 5 min left", "Then take the second reading"),
        ("Rest: 3 min left", "Then take the second reading"),
        ("Rest: 1 min left", "Then take the second reading"),
        ("Rest, measure again", "Rested long enough: please measure again"),
    ]
    assert desk.heard[-1] is Sound.ATTENTION
    desk.press("F6")
    assert desk.window.visitor._verdict._shown.words == desk.words("desk.rest_over")
    desk.press("F6")
    desk.type("370")
    assert "rest" not in desk.window.desk.screening._confirm.detail.casefold()
    desk.press("Return")
    assert not rest._timer.isActive()


def rest_after(desk, reading: str) -> None:
    """A first reading that asks for rest; the rest of the checklist is filled in."""
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type(f"ksh{reading}")
    desk.press("Return")
    desk.wait_for(Remeasure)


@pytest.mark.parametrize("confirm", ["key", "finger"])
def test_a_second_reading_before_the_rest_is_over_is_taken_after_a_question(desk, confirm):
    rest_after(desk, "382")
    desk.clock.leap(minutes=2)
    desk.type("369")
    large = desk.window.desk.screening._confirm
    assert (large.title, large.full) == ("Rest: 3 min left", True)
    assert large.detail == "36.9 °C is early: the desk asks before it takes it"
    if confirm == "key":
        desk.press("Return")
    else:
        desk.tap(large)
    asked = desk.window.errands.place.sheet
    assert asked._heading.text() == "Rest: 3 min left. Take the second reading now?"
    assert desk.controller.state.checklist.readings == (382,)
    desk.press("Return")
    assert desk.controller.state.checklist.readings == (382,), "Enter alone answers nothing"
    if confirm == "key":
        desk.type("1")
    else:
        desk.tap(button(desk, "Take 36.9 °C now"))
    desk.wait_for(Admitted)
    assert desk.rows("SELECT verdict, readings FROM register") == [("admit", "38.2 36.9")]


def test_a_reading_that_was_too_early_is_no_reading_when_the_rest_is_over(desk):
    rest_after(desk, "382")
    desk.type("384")
    desk.press("Return")
    desk.press("Escape")
    assert isinstance(desk.controller.state, Remeasure)
    assert desk.controller.typed == ""
    desk.clock.leap(minutes=5)
    desk.press("Return")
    assert isinstance(desk.controller.state, Remeasure)
    desk.type("369")
    assert desk.window.desk.screening._confirm.title == "Let in"
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT verdict, readings FROM register") == [("admit", "38.2 36.9")]


@pytest.mark.parametrize(
    ("answers", "readings"),
    [(("1", "5"), "38.2 36.9"), (("Escape", "X", "5"), "38.2")],
)
def test_who_is_refused_with_an_early_reading_typed_has_it_kept_after_a_question(
    desk, answers, readings
):
    rest_after(desk, "382")
    desk.clock.leap(minutes=2)
    desk.type("369x")
    asked = desk.window.errands.place.sheet
    assert asked._heading.text() == "Rest: 3 min left. Take the second reading now?"
    for key in answers:
        desk.press(key)
    desk.wait_for(Refused)
    refused = [("refuse", "no_business_here", readings)]
    assert desk.rows("SELECT verdict, reason, readings FROM register") == refused


def test_a_visitor_is_refused_by_x_and_a_digit_and_the_reason_is_kept(desk):
    desk.burst(DAT)
    desk.wait_for(Screening)
    desk.type("365x5")
    desk.wait_for(Refused)
    assert desk.rows(REGISTER) == [("Đặng Văn Đạt", "refuse", "no_business_here", "36.5", 1)]
    assert desk.rows("SELECT * FROM inside") == []
    assert desk.heard[-1] is Sound.REFUSE


def test_warning_signs_refer_at_once(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("c")
    assert button(desk, "Health officer").full
    desk.press("Return")
    desk.wait_for(Refused)
    assert desk.rows("SELECT verdict, reason FROM register") == [("refer", "warning_signs")]


def test_escape_takes_back_first_what_is_typed_and_then_the_person(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("36")
    desk.press("Escape")
    assert (desk.controller.typed, type(desk.controller.state)) == ("", Screening)
    desk.press("Escape")
    assert isinstance(desk.controller.state, Waiting)
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]


def test_everything_can_be_done_with_one_finger(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    for digit in "375":
        desk.tap(button(desk, digit))
    desk.tap(button(desk, "⌫"))
    desk.tap(button(desk, "1"))
    for words in ("Mask on", "Hands sanitised", "Declared today, no signs"):
        desk.tap(button(desk, words))
    desk.tap(desk.window.desk.screening._places["unit"])
    desk.tap(button(desk, "Thanh tra"))
    desk.tap(button(desk, "Let in"))
    desk.wait_for(Admitted)
    assert desk.rows("SELECT name, unit, temperature FROM register") == [
        ("Nguyễn Thị Hồng", "Thanh tra", 37.1)
    ]
    desk.tap(button(desk, "Done"))
    assert isinstance(desk.controller.state, Waiting)
    desk.burst(HONG)
    desk.wait_for(Departing)
    desk.tap(button(desk, "Record as leaving"))
    desk.wait_for(Departed)
    assert desk.rows("SELECT * FROM inside") == []


def test_whom_one_visits_is_one_key_and_a_digit_or_typed_without_diacritics(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("d2")
    desk.type("g")
    desk.type("chanh")
    desk.press("Return")
    desk.type("v")
    desk.type("ky hop dong")
    desk.press("Return")
    place = desk.controller.state.destination
    assert (place.unit, place.host) == ("Phòng Tiếp nhận hồ sơ", "Chánh Văn phòng")
    assert place.purpose == "ky hop dong"


def test_b_makes_staff_of_a_visitor_and_that_is_remembered(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    desk.type("b")
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT kind FROM register") == [("staff",)]


# --- leaving


def test_a_finger_makes_staff_of_a_visitor_too(desk):
    desk.burst(HONG)
    assert desk.wait_for(Screening).who.kind is PersonKind.VISITOR
    staff = button(desk, desk.words("desk.staff"))
    for kind in (PersonKind.STAFF, PersonKind.VISITOR, PersonKind.STAFF):
        desk.tap(staff)
        assert desk.controller.state.who.kind is kind
        assert (staff.tone is Tone.BRAND) is (kind is PersonKind.STAFF)


def test_a_second_scan_some_time_later_is_the_departure(desk):
    admit(desk)
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    desk.wait_for(Departed)
    assert desk.heard[-1] is Sound.LEAVE
    assert desk.rows("SELECT closed_by FROM register") == [("departure",)]
    assert desk.rows("SELECT * FROM inside") == []


def test_a_code_that_stays_in_view_does_nothing_more(desk):
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.press("Escape")
    desk.settle()
    assert isinstance(desk.controller.state, Waiting)
    assert desk.rows("SELECT count(*) FROM log_entry") == [(1,)]


def test_a_scan_right_after_the_arrival_asks_and_without_an_answer_one_stays(open_desk):
    short = QUIET.replace("departing_seconds = 30", "departing_seconds = 1")
    desk = open_desk(settings=short)
    admit(desk)
    desk.burst(HONG)
    desk.wait_for(Departing)
    desk.wait_for(Waiting)
    assert len(desk.rows("SELECT * FROM inside")) == 1
    assert desk.rows("SELECT count(*) FROM log_entry") == [(1,)]
    notice = desk.window.notice
    said = "No departure was recorded: Nguyễn Thị Hồng is still inside."
    assert (notice.isVisible(), notice.text()) == (True, said)
    desk.burst(DAT)
    desk.wait_for(Screening)
    assert not notice.isVisible(), "it was of somebody else"


def test_that_nobody_left_is_told_a_minute_long_and_once_no_visitor_looks(open_desk):
    desk = open_desk(settings=QUIET.replace("departing_seconds = 30", "departing_seconds = 1"))
    admit(desk)
    desk.press("F6")
    desk.burst(HONG)
    desk.wait_for(Departing)
    desk.wait_for(Waiting)
    assert not desk.window.notice.isVisible()
    desk.press("F6")
    assert desk.window.notice.isVisible()
    assert "is still inside" in desk.window.notice.text()
    assert desk.window.notice._timer.interval() == 60_000
    desk.press("F10")
    assert desk.window.notice.isVisible(), "light or dark, it is to be read"


def test_a_question_that_escape_answers_needs_no_telling(desk):
    admit(desk)
    desk.burst(HONG)
    desk.wait_for(Departing)
    desk.press("Escape")
    desk.settle()
    assert not desk.window.notice.isVisible()


def test_the_question_why_names_the_line_that_is_undone_also_before_the_list_shows_it(
    desk, monkeypatch
):
    admit(desk)
    desk.press("Escape")
    desk.settle()

    def slowly(logbook, count, latest=SqliteLogbook.latest):
        time.sleep(0.3)
        return latest(logbook, count)

    monkeypatch.setattr(SqliteLogbook, "latest", slowly)
    admit(desk, DAT)
    assert desk.controller.newest.overview.lines[0].draft.identity.person.name == "Nguyễn Thị Hồng"
    desk.press("Ctrl+Z")
    desk.settle_file()
    said = [one.text() for one in desk.window.errands.place.sheet.findChildren(QLabel)]
    assert any(text.startswith("Đặng Văn Đạt") for text in said), said
    desk.type("1")
    desk.settle()
    assert desk.rows("SELECT name FROM inside") == [("Nguyễn Thị Hồng",)]


def test_a_scan_right_after_the_arrival_and_enter_is_the_departure(desk):
    admit(desk)
    desk.burst(HONG)
    desk.wait_for(Departing)
    desk.press("Return")
    desk.wait_for(Departed)
    assert desk.rows("SELECT * FROM inside") == []


def test_whoever_forgot_to_scan_out_yesterday_is_asked_and_comes_in_anew(desk):
    admit(desk)
    desk.clock.leap(hours=24)
    desk.burst(HONG)
    desk.wait_for(StillInside)
    desk.press("Return")
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT closed_by, went_out FROM register ORDER BY came_in") == [
        ("unseen", None),
        (None, None),
    ]
    assert len(desk.rows("SELECT * FROM inside")) == 1


def test_a_departure_that_nobody_saw_has_no_time_on_the_screen_either(desk):
    came = desk.clock.now()
    test_whoever_forgot_to_scan_out_yesterday_is_asked_and_comes_in_anew(desk)
    desk.press("Escape")
    desk.settle()
    overview, speech = desk.controller.newest.overview, desk.window.errands.speech
    lines = [list_line(line, overview, speech) for line in overview.lines]
    assert [line.detail for line in lines[1:2]] == ["Left without scanning"]
    assert f"{came.astimezone(speech.zone):%d/%m}" in lines[2].time, "it is yesterday's"
    desk.press("F5")
    desk.press("PageUp")
    desk.settle()
    log = desk.window.log.table.model()
    assert log.index(0, 1).data() == "Left unseen"


def test_a_code_that_is_held_up_too_long_on_leaving_changes_nothing(desk):
    admit(desk)
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    departed = desk.wait_for(Departed)
    desk.burst(HONG)
    desk.settle()
    assert desk.controller.state is departed
    desk.press("Escape")
    desk.burst(HONG)
    desk.wait(lambda: "Left just now" in desk.window.notice.text())
    assert len(desk.rows("SELECT * FROM log_entry")) == 2
    desk.clock.leap(seconds=60)
    desk.burst(HONG)
    desk.wait_for(Screening)


@pytest.mark.parametrize("by", ["key", "finger"])
def test_whoever_stayed_over_night_leaves_by_key_or_finger(desk, by):
    admit(desk)
    desk.clock.leap(hours=24)
    desk.burst(HONG)
    desk.wait_for(StillInside)
    if by == "key":
        desk.type("r")
    else:
        desk.tap(button(desk, "Record as leaving"))
    desk.wait_for(Departed)
    assert desk.rows("SELECT * FROM inside") == []
    assert desk.rows("SELECT closed_by FROM register") == [("departure",)]


def test_whoever_just_left_hears_no_admission_of_somebody_else(desk):
    admit(desk)
    desk.clock.leap(minutes=5)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.burst(DAT)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    shown = desk.wait_for(Admitted)
    desk.settle()
    desk.heard.clear()
    desk.burst(HONG)
    desk.wait(lambda: "Left just now" in desk.window.notice.text())
    assert desk.controller.state is shown
    assert desk.heard == [Sound.READ]


def test_an_undo_that_cannot_be_done_says_so(desk):
    admit(desk)
    desk.clock.leap(hours=1)
    desk.burst(HONG)
    left = desk.wait_for(Departed).entry
    desk.clock.leap(minutes=1)
    admit(desk)
    desk.controller.newest.undo(left.draft.entry_id, Reason.UNDO_WRONG_KEY)
    desk.settle()
    assert "cannot be undone" in desk.window.notice.text()
    assert len(desk.rows("SELECT * FROM inside")) == 1


def test_the_next_visitor_need_not_wait_for_the_verdict_to_go(desk):
    admit(desk)
    desk.burst(DAT)
    assert desk.wait_for(Screening).who.person.name == "Đặng Văn Đạt"


def test_a_code_shown_while_somebody_is_served_gets_its_turn(open_desk):
    desk = open_desk()
    desk.controller.pace = type(desk.controller.pace)(verdict=60, departing=30, hurried=0.2)
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.show(DAT)
    assert "A new code was seen" in desk.window.notice.text()
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.wait_for(Screening).who.person.name == "Đặng Văn Đạt"


@pytest.mark.parametrize("scanner", ["camera", "hand"])
def test_a_code_that_waited_signs_nobody_out_who_had_only_just_come_in(desk, scanner):
    admit(desk)
    desk.press("Escape")
    desk.burst(DAT)
    desk.wait_for(Screening)
    desk.clock.leap(seconds=115)
    (desk.show if scanner == "camera" else desk.burst)(HONG)
    desk.clock.leap(seconds=9)
    desk.press("Escape")
    desk.wait_for(Departing)
    desk.settle()
    assert desk.rows("SELECT went_out IS NULL FROM register") == [(1,)]


@pytest.mark.parametrize(
    ("seconds", "state"), [(20, Departing), (110, Departing), (125, Departed)]
)
def test_a_card_shown_twice_by_mistake_is_asked_about(desk, seconds, state):
    admit(desk)
    desk.press("Escape")
    desk.clock.leap(seconds=seconds)
    desk.burst(HONG)
    desk.wait_for(state)


def test_a_code_that_left_before_its_turn_is_forgotten(desk):
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.show(DAT)
    desk.take_away(DAT)
    desk.press("Escape")
    desk.settle()
    assert isinstance(desk.controller.state, Waiting)


# --- undo


def test_undo_reverses_with_a_reason_and_the_old_row_stays(desk):
    admit(desk)
    desk.press("Escape")
    desk.settle()
    desk.press("Ctrl+Z")
    desk.type("1")
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == 2)
    desk.settle()
    rows = desk.rows("SELECT entry_id, corrects, reason FROM log_entry ORDER BY seq")
    assert rows[1][1:] == (rows[0][0], "undo_wrong_person")
    assert desk.rows("SELECT * FROM inside") == []
    assert "Undone" in desk.window.notice.text()
    assert desk.controller.newest.overview.inside == 0


def test_an_undone_departure_leaves_the_visitor_inside(desk):
    admit(desk)
    desk.clock.leap(minutes=5)
    desk.burst(HONG)
    desk.wait_for(Departed)
    desk.settle()
    desk.press("Ctrl+Z")
    desk.type("2")
    desk.wait(lambda: len(desk.rows("SELECT * FROM inside")) == 1)
    desk.settle()
    assert isinstance(desk.controller.state, Waiting), "a verdict that was undone is not shown"


def test_undo_passes_over_what_was_undone_already(desk):
    admit(desk)
    desk.settle()
    desk.press("Ctrl+Z")
    desk.type("1")
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) == 2)
    desk.settle()
    desk.press("Ctrl+Z")
    assert not desk.window.errands.busy
    assert desk.window.notice.text() == "There is nothing to undo"
