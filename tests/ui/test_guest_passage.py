"""The guest's form at the keyboard: one key at its end saves, prints and lets in."""

import hashlib
import tomllib
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from kiosk.domain.desk import Admitted, Refused, Remeasure, Screening, StillInside, Waiting
from kiosk.domain.person import Person, Sex
from kiosk.domain.screening import Declared, Destination
from kiosk.services.guest_form import Question
from kiosk.ui.controls import Choice
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Language, Words
from tests.desk_driver import DAT, HONG, QUIET, RESOURCES
from tests.ui.test_desk_window import close_file, open_file

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ORDER = "Công văn 568/UBND-KGVX ngày 07/05/2021 của UBND tỉnh Kiên Giang"
NO_ORDER = Path(RESOURCES / "rules.default.toml").read_text("utf-8")
ORDERED = NO_ORDER.replace('legal_basis = ""', f'legal_basis = "{ORDER}"')
I18N = RESOURCES / "i18n"
REMEMBERING = QUIET + "[form]\nsuggestions = true\n"


def form(desk):
    return desk.window.errands.place.sheet


def begin(desk, name: str = "Tran Thi Mai", birth: str = "1952") -> None:
    """Up to the phone number."""
    desk.press("F2")
    desk.type(name)
    desk.press("Return")
    desk.type(birth)
    desk.press("Return")


def told(desk) -> list[tuple]:
    """Every sentence about a group that the notice is asked to show."""
    said = []
    desk.window.errands.told.connect(
        lambda key, _tone, values: said.append(values) if key == "form.group_passed" else None
    )
    return said


def finish(desk, typed: str = "366ks", *, agreed: bool = True) -> None:
    """The guest and a child agree, every question is answered with no; then the last row."""
    if agreed:
        desk.press("F8")
        desk.press("F8")
    desk.press("F9")
    desk.type(typed)
    desk.press("Return")


def tell(desk, name: str) -> str:
    return form(desk).who.captions[name].fault


# --- one key ----------------------------------------------------------------------------------


def test_the_whole_passage_by_keys_and_the_last_enter_saves_prints_and_lets_in(desk):
    begin(desk)
    desk.type("0900000045")
    desk.press("Return")
    desk.type("quy h")
    desk.press("Return")
    finish(desk)
    desk.wait_for(Admitted)
    desk.wait(lambda: desk.papers)
    desk.settle()
    assert desk.rows("SELECT name, unit, temperature, mask, verdict, reason FROM register") == [
        ("Tran Thi Mai", "Trung tâm Quy hoạch xây dựng", 36.6, "yes", "admit", "rules_met")
    ]
    assert desk.rows("SELECT birth_year, phone FROM person") == [(1952, "0900000045")]


def test_no_verdict_is_shown_before_its_row_is_durable(desk):
    seen = []
    desk.controller.changed.connect(
        lambda: seen.append(
            (type(desk.controller.state), desk.rows("SELECT count(*) FROM log_entry")[0][0])
        )
    )
    begin(desk)
    finish(desk)
    desk.wait_for(Admitted)
    assert (Admitted, 0) not in seen


def test_what_is_not_measured_at_the_form_is_left_to_the_checklist(desk):
    begin(desk)
    finish(desk, "366k")
    state = desk.wait_for(Screening)
    assert (state.checklist.readings, state.checklist.mask) == ((366,), True)
    desk.type("s")
    desk.press("Return")
    desk.wait_for(Admitted)


def test_fever_at_the_form_asks_for_rest_and_a_second_reading(desk):
    begin(desk)
    finish(desk, "379ks")
    desk.wait_for(Remeasure)
    desk.clock.leap(minutes=5)
    desk.type("380")
    desk.press("Return")
    desk.press("Return")
    desk.wait_for(Refused)
    desk.settle()
    assert desk.rows("SELECT readings, reason FROM register") == [("37.9 38.0", "high_fever")]


def test_whoever_rests_and_is_measured_at_a_new_form_too_early_is_asked_about(open_desk):
    """The reading of the form was their second one at once, and decided."""
    desk = open_desk(settings=REMEMBERING)
    begin(desk)
    desk.type("0900000045")
    form(desk).consent.choices["remembered"].choose(0)
    finish(desk, "382ks")
    desk.wait_for(Remeasure)
    desk.press("Escape")
    desk.type("1")
    desk.wait_for(Refused)
    desk.press("Escape")
    desk.clock.leap(minutes=3)
    desk.press("F2")
    desk.type("mai")
    desk.wait(form(desk)._offers.isVisible)
    desk.settle_file()  # what was found for fewer letters is listed anew by then
    desk.press("Down")
    desk.press("Return")
    finish(desk, "369ks")
    state = desk.wait_for(Remeasure)
    assert (state.checklist.readings, desk.controller.typed) == ((382,), "369")
    assert desk.window.desk.screening._confirm.title == "Rest: 2 min left"
    desk.press("Return")
    desk.type("1")
    desk.wait_for(Admitted)


def test_the_large_button_says_what_enter_will_do(desk):
    begin(desk)
    said = [form(desk)._go.title]
    desk.press("F9")
    desk.type("366ks")
    said.append(form(desk)._go.title)
    desk.tap(form(desk).questions.answers["symptoms"]._group.button(1))
    said.append(form(desk)._go.title)
    assert said == ["Save, print, go on", "Save, print, let in", "Save, refer"]


def test_letters_in_the_temperature_are_ticks_or_nothing(desk):
    desk.press("F2")
    desk.press("F9")
    desk.type("3x6,6 kK")
    assert (form(desk).form().reading, form(desk).form().mask) == ("36,6", False)


def test_a_temperature_that_is_none_is_told_and_has_the_focus(desk):
    begin(desk)
    finish(desk, "99ks")
    assert "34.0" in form(desk).checks.caption.fault
    assert form(desk).checks.reading.hasFocus()
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]


def test_somebody_still_inside_is_asked_about_and_then_the_form_lets_in(desk):
    for _ in range(2):
        desk.press("F2")
        desk.type("Tran Thi Mai")
        for _ in range(6):
            desk.press("Return")
        desk.type("C0000045")
        finish(desk)
        desk.wait(lambda: isinstance(desk.controller.state, Admitted | StillInside))
        if isinstance(desk.controller.state, Admitted):
            desk.press("Escape")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.settle()
    assert desk.rows("SELECT closed_by FROM register ORDER BY came_in") == [("unseen",), (None,)]


def test_without_a_health_step_ctrl_enter_lets_in(open_desk):
    rules = NO_ORDER.replace("health_step = true", "health_step = false")
    desk = open_desk(rules=rules.replace('legal_basis = ""', 'legal_basis = "Nội quy"'))
    begin(desk)
    assert not form(desk).checks.reading.isVisible()
    desk.press("Ctrl+Return")
    desk.wait_for(Admitted)


def test_the_suspended_order_of_an_old_copy_is_told_when_the_desk_opens(open_desk):
    desk = open_desk(rules=ORDERED)
    desk.wait(desk.window.notice.isVisible)
    assert 'write legal_basis = "" and a new version into rules.toml' in desk.window.notice.text()
    desk = open_desk(rules=NO_ORDER)
    desk.settle()
    assert not desk.window.notice.isVisible()


# --- phone, birth, places ---------------------------------------------------------------------


def test_an_old_phone_number_is_told_with_what_it_is_today(desk):
    begin(desk)
    desk.type("01681234567")
    finish(desk)
    assert "0381234567" in tell(desk, "phone")
    assert form(desk).who.lines["phone"].hasFocus()


def test_what_was_typed_with_the_cursor_in_the_name_is_told_and_nothing_is_kept(desk):
    begin(desk, name="366ks", birth="2030")
    finish(desk)
    assert tell(desk, "name") == desk.words("form.fault.digits")
    assert tell(desk, "birth") == desk.words("form.fault.born_later")
    assert form(desk).who.lines["name"].hasFocus()
    assert not desk.rows("SELECT 1 FROM log_entry UNION SELECT 1 FROM person")
    desk.press("F12")
    desk.press("Ctrl+Return")
    assert tell(desk, "birth") == "Ngày sinh chưa đến; xem lại"


def test_a_digit_on_a_card_shuts_nobody_out(desk):
    """What may be typed as a name says nothing of what cards name people."""
    desk.show("BEGIN:VCARD\nVERSION:3.0\nFN:Le Van 2\nTEL:0900000045\nEND:VCARD")
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT name, verdict FROM register") == [("Le Van 2", "admit")]


def test_a_former_province_leads_to_the_one_of_today(desk):
    desk.press("F2")
    line = form(desk).who.lines["province"]
    line.setFocus()
    desk.type("kien g")
    offers = form(desk)._offers
    assert [offers.item(n).text() for n in range(offers.count())] == [
        "An Giang (formerly Kiên Giang)"
    ]
    desk.press("Return")
    assert line.text() == "An Giang"
    assert form(desk).who.lines["ward"].hasFocus()


def test_a_country_by_its_english_name_is_no_former_country(desk):
    desk.press("F2")
    line = form(desk).who.lines["nationality"]
    line.setFocus()
    line.selectAll()
    desk.type("united k")
    assert form(desk)._offers.item(0).text() == "Anh (United Kingdom)"


def test_offers_are_taken_by_arrows_or_a_finger_and_escape_closes_them_first(desk):
    desk.press("F2")
    unit = form(desk).who.lines["unit"]
    unit.setFocus()
    offers = form(desk)._offers
    desk.press("Down")
    desk.press("Down")
    desk.press("Return")
    assert unit.text() == "Phòng Tiếp nhận hồ sơ"
    unit.setFocus()
    unit.clear()
    desk.type("thanh")
    desk.tap(offers.viewport(), offers.visualItemRect(offers.item(0)).center())
    assert (unit.text(), offers.isVisible()) == ("Thanh tra", False)
    desk.type("x")
    unit.clear()
    desk.type("t")
    desk.press("Escape")
    assert not offers.isVisible()
    assert form(desk) is not None, "the form itself stays"


def test_a_unit_of_ones_own_words_stays_as_typed(desk):
    begin(desk)
    desk.press("Return")
    desk.type("Kho")
    finish(desk)
    desk.wait_for(Admitted)
    desk.settle()
    assert desk.rows("SELECT unit FROM register") == [("Kho",)]


# --- groups -----------------------------------------------------------------------------------


def test_a_group_is_let_in_by_one_enter_with_a_slip_for_everybody(desk):
    said = told(desk)
    begin(desk)
    desk.press("F7")
    desk.type("Tran An 1985 36,5\rLe Be 2018 36.7")
    finish(desk)
    desk.wait(lambda: len(desk.papers) == 3)
    desk.settle()
    assert desk.rows("SELECT name, temperature, verdict FROM register ORDER BY came_in") == [
        ("Tran Thi Mai", 36.6, "admit"),
        ("Tran An", 36.5, "admit"),
        ("Le Be", 36.7, "admit"),
    ]
    assert desk.rows("SELECT count(*) FROM inside") == [(3,)]
    assert said == [{"admitted": 3, "others": 0}]


def test_a_guest_who_was_put_aside_to_rest_is_measured_again_by_their_slip(desk):
    begin(desk)
    finish(desk, "382ks")
    number = desk.wait_for(Remeasure).who.slip_number
    desk.press("Escape")
    desk.type("1")
    desk.wait_for(Refused)
    desk.press("Escape")
    desk.clock.leap(minutes=6)
    desk.press("F3")
    desk.type(number)
    desk.press("Return")
    state = desk.wait_for(Remeasure)
    assert (state.checklist.readings, state.checklist.declared) == ((382,), Declared.CLEAR)
    desk.type("ks368")
    desk.press("Return")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT verdict, readings FROM register") == [("admit", "38.2 36.8")]
    assert desk.rows("SELECT count(*) FROM log_entry") == [(2,)], "the log keeps every reading"


def test_whoever_of_a_group_has_fever_is_served_and_then_the_others_follow(desk):
    said = told(desk)
    begin(desk)
    desk.press("F7")
    desk.type("Tran An 1985 38,1\rLe Be 2018 36.7")
    finish(desk)
    state = desk.wait_for(Remeasure)
    assert state.who.person.name == "Tran An"
    desk.clock.leap(minutes=5)
    desk.type("377")
    desk.press("Return")
    desk.press("Return")
    desk.wait(lambda: desk.rows("SELECT count(*) FROM register") == [(3,)])
    desk.settle()
    assert desk.rows("SELECT name, verdict FROM register ORDER BY came_in") == [
        ("Tran Thi Mai", "admit"),
        ("Tran An", "refuse"),
        ("Le Be", "admit"),
    ]
    assert said == [{"admitted": 2, "others": 1}]


def test_two_groups_one_after_the_other_are_counted_each_by_itself(desk):
    said = told(desk)
    begin(desk)
    desk.press("F7")
    desk.type("Tran An 1985 38,1\rLe Be 2018 36.7")
    finish(desk)
    desk.wait_for(Remeasure)
    desk.clock.leap(minutes=5)
    desk.type("377")
    desk.press("Return")
    desk.press("Return")
    desk.wait(lambda: said)
    desk.settle()
    begin(desk, "Le Van Sau")
    desk.press("F7")
    desk.type("Tran Bay 1990 36,5")
    finish(desk)
    desk.wait(lambda: len(said) > 1)
    desk.settle()
    assert said == [{"admitted": 2, "others": 1}, {"admitted": 2, "others": 0}]
    assert desk.rows("SELECT count(*) FROM register") == [(5,)]


def test_a_stranger_between_two_of_a_group_is_not_counted_in_it(desk):
    said = told(desk)
    begin(desk)
    desk.press("F7")
    desk.type("Tran An\rLe Be 36.7")
    finish(desk)

    def asked_about(name):
        state = desk.controller.state
        return isinstance(state, Screening) and state.who.person.name == name

    desk.wait(lambda: asked_about("Tran An"))
    desk.press("Escape")
    desk.wait(lambda: desk.rows("SELECT count(*) FROM inside") == [(2,)])
    desk.settle()
    desk.press("Escape")
    desk.burst("https://example.org/")
    desk.wait_for(Refused)
    desk.press("Escape")
    desk.burst(HONG)
    desk.wait(lambda: asked_about("Nguyễn Thị Hồng"))
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.settle()
    assert said == [], "one of them is still outside"
    desk.press("Escape")
    ((number,),) = desk.rows(
        "SELECT number FROM credential JOIN person USING (person_id) WHERE name = 'Tran An'"
    )
    desk.press("F3")
    desk.type(number.lower())
    desk.press("Return")
    desk.wait(lambda: asked_about("Tran An"))
    desk.type("366ks")
    desk.press("Return")
    desk.wait(lambda: said)
    assert said == [{"admitted": 3, "others": 0}]


def test_whoever_of_a_group_is_put_aside_does_not_hold_up_the_others(desk):
    begin(desk)
    desk.press("F7")
    desk.type("Tran An\rLe Be 36.7")
    finish(desk)
    desk.wait(
        lambda: (
            isinstance(desk.controller.state, Screening)
            and desk.controller.state.who.person.name == "Tran An"
        )
    )
    desk.press("Escape")
    desk.wait(lambda: desk.rows("SELECT count(*) FROM inside") == [(2,)])


def test_a_line_that_names_nobody_is_told_with_its_number(desk):
    begin(desk)
    desk.press("F7")
    desk.type("Tran An\r1985")
    finish(desk)
    assert "Line 2" in tell(desk, "others")
    assert form(desk).who.others.hasFocus()


def test_cards_that_are_scanned_in_a_group_write_its_lines(desk):
    begin(desk)
    desk.press("F7")
    desk.show(HONG)
    desk.show(DAT)
    assert form(desk).form().others.split("\n") == [
        "Nguyễn Thị Hồng 1985 091185000036 ",
        "Đặng Văn Đạt 1990 091090000045 ",
    ]
    assert "Filled in" in desk.window.notice.text()


def test_nobody_who_is_written_into_a_group_is_hidden(desk):
    begin(desk)
    desk.press("F7")
    desk.type("Tran An 1985 36,5")
    desk.press("F7")
    assert form(desk).who.is_group
    finish(desk)
    desk.wait(lambda: desk.rows("SELECT count(*) FROM inside") == [(2,)])


def test_slips_that_wait_for_a_key_are_all_printed(open_desk):
    desk = open_desk(settings=QUIET + "[printer]\nslip = false\n")
    begin(desk)
    desk.press("F7")
    desk.type("Tran An 1985 36,5")
    finish(desk)
    desk.wait(lambda: desk.rows("SELECT count(*) FROM inside") == [(2,)])
    assert desk.papers == []
    desk.press("F4")
    desk.wait(lambda: len(desk.papers) == 2)


def test_a_group_of_which_somebody_was_put_aside_is_over_with_the_next_form(desk):
    said = told(desk)
    begin(desk)
    desk.press("F7")
    desk.type("Tran An 1985")  # without a temperature: the checklist asks for it
    finish(desk)
    desk.wait(lambda: isinstance(desk.controller.state, Screening))
    desk.press("Escape")
    desk.settle()
    begin(desk, "Le Van Sau")
    finish(desk)
    desk.wait_for(Admitted)
    desk.settle()
    assert desk.window.errands._guests._groups == []
    assert said == []


# --- children, consent ------------------------------------------------------------------------


def test_a_child_needs_somebody_who_speaks_for_it(desk):
    begin(desk, birth="2015")
    finish(desk)
    assert tell(desk, "spoken_by") == "Under 16: please enter the guardian's name"
    desk.type("B")
    desk.press("Ctrl+Return")
    assert tell(desk, "spoken_by") == "Under 16: please enter the guardian's name"
    desk.type("a Tu")
    desk.press("Ctrl+Return")
    desk.wait_for(Admitted)


def test_under_an_order_the_basis_is_shown_and_nothing_is_to_be_ticked(open_desk):
    desk = open_desk(rules=ORDERED)
    desk.press("F2")
    consent = form(desk).consent
    assert ORDER in consent._shown.text()
    assert not any(choice.isVisible() for choice in consent.choices.values())


def test_without_an_order_nothing_is_kept_before_the_guest_agrees(open_desk):
    desk = open_desk(rules=NO_ORDER)
    begin(desk)
    assert form(desk).form().agreed.visit is None, "nothing is ticked beforehand"
    finish(desk, agreed=False)
    consent = form(desk).consent
    assert "F8" in consent.questions["visit"].fault
    desk.tap(consent.choices["visit"]._group.button(1))
    go = form(desk)._go
    assert (go.tone, go.full) == (Tone.REFER, False), "nothing goes on"
    assert (go.title, "nothing is saved" in go.detail) == (desk.words("form.go_nowhere"), True)
    desk.press("Ctrl+Return")
    assert "Without consent" in consent.questions["visit"].fault
    for key in ("F8", "F6", "F8"):
        desk.press(key)
        assert form(desk).form().agreed.visit is False, "a no is nobody's to overwrite by a key"
        assert consent.questions["visit"].fault or key == "F6"
    desk.press("Ctrl+Return")
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]
    desk.tap(consent.choices["visit"]._group.button(0))
    assert not consent.questions["visit"].fault
    assert (go.tone, go.full, go.detail) == (Tone.ADMIT, True, "")
    desk.press("Ctrl+Return")
    desk.wait_for(Admitted)
    desk.settle()
    text = form_text("vi")
    assert desk.rows("SELECT purpose, given, text, language, said_by FROM consent") == [
        ("visit", 1, text, "vi", "")
    ]
    assert desk.rows("SELECT basis FROM declaration") == [(text,)]


def form_text(language: str) -> str:
    """Version of the text that this program brings along."""
    written = (RESOURCES / f"consent.{language}.toml").read_bytes()
    version, digest = tomllib.loads(written.decode())["version"], hashlib.sha256(written)
    return f"{version} {digest.hexdigest()[:8]} 30 365"


def test_the_slip_speaks_the_language_that_the_visitor_reads(desk):
    begin(desk)
    desk.press("F6")
    finish(desk)
    desk.wait_for(Admitted)
    desk.wait(lambda: desk.papers)
    with pypdfium2.PdfDocument(desk.papers[-1]) as paper:
        words = paper[0].get_textpage().get_text_bounded()
    vietnamese, english = Words(Language.VIETNAMESE, I18N), desk.words
    assert words.index(vietnamese("paper.slip.title")) < words.index(english("paper.slip.title"))


@pytest.mark.parametrize("first", list(Language))
def test_all_that_a_visitor_is_asked_turns_to_the_visitors_language_and_back(open_desk, first):
    desk = open_desk(rules=NO_ORDER, settings=REMEMBERING, language=first)
    begin(desk)

    def asked() -> dict[str, str]:
        questions, choices = form(desk).questions, form(desk).consent.choices
        symptoms = questions.answers[Question.SYMPTOMS]._group
        return {
            "form.questions": questions.heading.text(),
            "form.agree": choices["visit"]._group.button(0).text(),
            "form.disagree": choices["remembered"]._group.button(1).text(),
            "form.travel_where": questions.travel.placeholderText(),
            "form.no": symptoms.button(0).text(),
            "form.yes": symptoms.button(1).text(),
            **{f"form.question.{one}": questions._asked[one].text() for one in Question},
        }

    desk.press("F9")
    for language in (first.other, first, first.other):
        desk.press("F6")
        words = Words(language, I18N)
        assert asked() == {key: words(key) for key in asked()}
        assert len(form(desk).form().answers) == len(Question), "what was answered stays"
        assert form(desk).who.captions["name"].text() == desk.words("form.name")
    desk.press("F12")  # the screen turns; the language in which the visitor is asked does not
    assert asked() == {key: words(key) for key in asked()}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("basis", ["", ORDER])
def test_an_office_that_asks_nothing_about_health_says_nothing_of_it(open_desk, language, basis):
    rules = NO_ORDER.replace("health_step = true", "health_step = false")
    rules = rules.replace('legal_basis = ""', f'legal_basis = "{basis}"')
    desk = open_desk(rules=rules, language=language)
    begin(desk)
    shown = form(desk).consent._shown.text().replace(basis or "-", "").casefold()
    assert "30" in shown
    for word in ("health", "disease", "sensitive", "sức khỏe", "dịch", "nhạy cảm"):
        assert word not in shown
    desk.press("F8")
    desk.press("Ctrl+Return")
    desk.wait_for(Admitted)
    desk.settle()
    assert {text for (text,) in desk.rows("SELECT text FROM consent")} == (
        set() if basis else {f"{form_text(language)} without_health"}
    )


def test_a_digit_on_the_sex_gives_it_and_goes_on(desk):
    begin(desk)
    form(desk).who.lines["id_number"].setFocus()
    desk.press("Return")
    desk.type("3")
    assert form(desk).form().sex is Sex.UNKNOWN
    desk.type("2")
    assert form(desk).form().sex is Sex.FEMALE
    assert form(desk).who.lines["nationality"].hasFocus()
    desk.type("1")
    assert form(desk).form().sex is Sex.FEMALE


def test_no_digit_agrees_to_anything(open_desk):
    desk = open_desk(rules=NO_ORDER)
    begin(desk)
    form(desk).consent.choices["visit"]._group.button(0).setFocus()
    desk.type("12")
    assert form(desk).form().agreed.visit is None


@pytest.mark.parametrize("language", list(Language))
def test_every_key_of_the_form_stands_on_it(open_desk, language):
    desk = open_desk(rules=NO_ORDER, settings=REMEMBERING, language=language)
    begin(desk, birth="2015")
    sheet = form(desk)
    shown = [b for b in sheet.findChildren(QAbstractButton) if b.isVisible()]
    written = {key for b in shown if (key := getattr(b, "key", ""))}
    works = {f"F{n}" for n in range(1, 10) if sheet._has_key(Qt.Key[f"Key_F{n}"])}
    assert works == {"F6", "F7", "F8", "F9"}
    assert written == {*works, "K", "S", "1", "2", "Esc", "Ctrl Enter"}
    for choice in (b for b in shown if isinstance(b, Choice)):
        words = choice.fontMetrics().horizontalAdvance(choice.text())
        room = choice.key_begins() if choice.key else choice.width()
        assert 12 + words <= room, (choice.text(), words, room)


def test_a_child_from_seven_on_is_asked_beside_its_guardian(open_desk):
    desk = open_desk(rules=NO_ORDER)
    begin(desk, birth="2015")
    consent = form(desk).consent
    assert consent.questions["visit"].text() == "Does the guardian agree?"
    assert consent.choices["child"].isVisible()
    form(desk).who.lines["spoken_by"].setText("Bà Tư")
    desk.press("F8")
    agreed = form(desk).form().agreed
    assert (agreed.visit, agreed.child) == (True, None), "each yes is somebody's own"
    desk.press("F8")
    finish(desk)
    desk.wait_for(Admitted)
    desk.settle()
    assert desk.rows("SELECT said_by FROM consent ORDER BY consent_id") == [("Bà Tư",), ("",)]


# --- people known -----------------------------------------------------------------------------


def remember(desk, yes: bool = True) -> None:
    begin(desk)
    desk.type("0900000045")
    form(desk).consent.choices["remembered"].choose(0 if yes else 1)
    finish(desk)
    desk.wait_for(Admitted)
    desk.press("Escape")
    desk.settle()


def test_the_large_button_says_that_who_refuses_is_not_remembered(open_desk):
    desk = open_desk(settings=REMEMBERING)
    begin(desk)
    go, choice = form(desk)._go, form(desk).consent.choices["remembered"]
    desk.tap(choice._group.button(1))
    assert go.detail == desk.words("form.go_unremembered")
    desk.tap(choice._group.button(0))
    assert go.detail == ""


def test_somebody_remembered_is_offered_masked_and_chosen_with_arrow_and_enter(open_desk):
    desk = open_desk(settings=REMEMBERING)
    remember(desk)
    desk.press("F2")
    desk.type("mai")
    offers = form(desk)._offers
    desk.wait(offers.isVisible)
    assert offers.item(0).text() == "T. T. Mai · 1952 · ••• 045"
    desk.press("Down")
    desk.press("Return")
    said = form(desk).form()
    assert (said.name, said.birth, said.phone) == ("Tran Thi Mai", "1952", "0900000045")
    finish(desk)
    desk.wait_for(StillInside)
    assert desk.rows("SELECT count(*) FROM person") == [(1,)]


def test_enter_alone_chooses_nobody(open_desk):
    desk = open_desk(settings=REMEMBERING)
    remember(desk)
    desk.press("F2")
    desk.type("mai")
    desk.wait(form(desk)._offers.isVisible)
    desk.settle_file()  # what was found for fewer letters is listed anew by then
    desk.press("Return")
    assert (form(desk).form().name, form(desk).form().phone) == ("mai", "")


def test_whoever_types_on_after_choosing_means_somebody_else(open_desk):
    desk = open_desk(settings=REMEMBERING)
    remember(desk)
    desk.press("F2")
    desk.type("mai")
    desk.wait(form(desk)._offers.isVisible)
    desk.settle_file()  # what was found for fewer letters is listed anew by then
    desk.press("Down")
    desk.press("Return")
    form(desk).who.lines["name"].setFocus()
    desk.type("x")
    assert form(desk).form().person_id is None


def test_a_no_to_being_remembered_shuts_nobody_out_and_nobody_is_found(open_desk):
    desk = open_desk(settings=REMEMBERING)
    remember(desk, yes=False)
    desk.press("F2")
    desk.type("mai")
    desk.settle()
    assert not form(desk)._offers.isVisible()
    assert desk.rows("SELECT purpose, given FROM consent") == [
        ("visit", 1),
        ("remembered", 0),
    ]


def test_an_office_that_does_not_suggest_asks_and_finds_nothing(desk):
    desk.press("F2")
    desk.type("mai")
    desk.settle()
    assert not form(desk)._offers.isVisible()
    assert not form(desk).consent.choices["remembered"].isVisible()


# --- nothing is lost --------------------------------------------------------------------------


def test_a_key_that_is_held_while_the_form_is_made_anew_is_not_lost(desk):
    desk.press("F2")
    desk.press("Return")
    desk.type("1")
    desk.window._build(1.0)
    desk.type("9")
    desk.type("5")
    assert form(desk).form().birth == "195"


def test_everything_outlives_language_light_and_size(open_desk):
    desk = open_desk(rules=NO_ORDER, settings=REMEMBERING)
    begin(desk, birth="2015")
    desk.press("F7")
    desk.type("Tran An 1985")
    desk.press("F8")
    desk.press("F6")
    desk.press("F9")
    desk.type("36k")
    before = form(desk).form()
    assert form(desk).checks.reading.hasFocus()
    for change in ("F12", "F10"):
        desk.press(change)
    desk.window.resize(1920, 1080)
    desk.wait(lambda: desk.window.theme.scale > 1.3)
    assert form(desk).form() == before
    assert form(desk).focusWidget() is form(desk).checks.reading, "one types on where one was"
    desk.press("Escape")
    assert isinstance(desk.controller.state, Waiting)


def test_a_form_that_the_file_does_not_take_comes_back_whole_and_is_taken_then(open_desk):
    desk = open_desk(rules=NO_ORDER, settings=REMEMBERING)
    begin(desk)
    desk.press("F7")
    desk.type("Tran An 1985 36,6")
    desk.press("F8")
    close_file(desk)
    desk.press("F9")
    desk.type("366ks")
    before = form(desk).form()
    desk.press("Return")
    desk.settle()
    assert form(desk).form() == before
    open_file(desk)
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.rows("SELECT count(*) FROM inside") == [(2,)])
    assert desk.rows("SELECT count(*) FROM person") == [(2,)]


def test_what_is_wrong_with_the_answers_is_over_with_the_last_of_them(desk):
    begin(desk)
    questions = form(desk).questions
    desk.press("Ctrl+Return")
    assert questions.heading.fault
    *most, last = questions.answers.values()
    for choice in most:
        choice.choose(0)
    assert questions.heading.fault
    last.choose(0)
    assert not questions.heading.fault


def test_all_no_leaves_a_yes_that_was_said(desk):
    begin(desk)
    questions = form(desk).questions
    questions.answers[Question.SYMPTOMS].choose(1)
    desk.press("F9")
    assert questions.answers[Question.SYMPTOMS].chosen() == 1
    said = dict(form(desk).form().answers)
    assert said == {question: question is Question.SYMPTOMS for question in Question}


def test_another_text_and_another_speaker_are_asked_anew(open_desk):
    desk = open_desk(rules=NO_ORDER)
    begin(desk)
    desk.press("F8")
    assert form(desk).form().agreed.visit is True
    desk.press("F6")
    assert form(desk).form().agreed.visit is None, "that was the other language's text"
    desk.press("F8")
    form(desk).who.lines["birth"].setText("2016")
    assert form(desk).form().agreed.visit is None, "a child's representative is asked"


def test_in_a_group_everybody_is_asked(open_desk):
    desk = open_desk(rules=NO_ORDER)
    begin(desk)
    desk.press("F8")
    desk.press("F7")
    desk.type("Tran An 1985")
    consent = form(desk).consent
    assert consent.questions["visit"].text() == "Do you and everybody with you agree?"
    assert form(desk).form().agreed.visit is None, "the others were not asked yet"


def test_a_no_of_the_guest_is_not_the_representatives(open_desk):
    desk = open_desk(rules=NO_ORDER)
    begin(desk)
    desk.tap(form(desk).consent.choices["visit"]._group.button(1))
    form(desk).who.lines["birth"].setText("2018")
    assert form(desk).form().agreed.visit is None
    desk.press("F8")
    assert form(desk).form().agreed.visit is True


def test_a_card_of_another_person_undoes_who_was_chosen(desk):
    desk.press("F2")
    sheet = form(desk)
    sheet.who.choose("p1", Person("Lê Văn Sơn", birth_year=1970, id_number="091170000001"))
    assert sheet.form().person_id == "p1"
    assert sheet.take_document(Person("Lê Văn Sơn", birth_year=1990, id_number="091190000002"))
    filled = sheet.form()
    assert (filled.person_id, filled.id_number) == (None, "091190000002")
    assert filled.birth.endswith("1990")


# --- digits -----------------------------------------------------------------------------------


def test_a_digit_takes_unit_host_and_purpose_and_goes_on(desk):
    begin(desk)
    desk.press("Return")
    offers = form(desk)._offers
    assert offers.item(0).text() == "1 · Văn phòng"
    desk.type("3")
    assert form(desk).who.lines["unit"].cursorPosition() == 0, "a long name is read from its start"
    assert form(desk).who.lines["host"].hasFocus()
    desk.type("2")
    desk.type("1")
    to = form(desk).form().destination
    assert to == Destination("Trung tâm Quy hoạch xây dựng", "Phó Giám đốc Sở", "Nộp hồ sơ")
    assert form(desk).who.lines["id_number"].hasFocus()
    finish(desk)
    desk.wait_for(Admitted)


def test_a_digit_without_an_offer_is_no_unit(desk):
    begin(desk)
    desk.press("Return")
    desk.type("9")
    unit = form(desk).who.lines["unit"]
    assert (unit.text(), unit.hasFocus()) == ("", True)
    desk.press("Escape")
    desk.type("9")
    assert unit.text() == ""
    desk.type("1")
    assert unit.text() == "Văn phòng"


def test_wards_that_were_named_here_before_are_offered_for_their_province(desk):
    def take(province, ward, go=True):
        desk.press("F2")
        lines = form(desk).who.lines
        for name, text in (("name", "Mai"), ("phone", "0900000045"), ("province", province)):
            lines[name].setText(text)
        lines["ward"].setFocus()
        desk.settle()
        offered = form(desk)._offers
        rows = [offered.item(n).text() for n in range(offered.count())]
        shown = rows if offered.offers_for(lines["ward"]) else []
        if go:
            lines["ward"].setText(ward)
            finish(desk)
            desk.wait_for(Admitted)
            desk.press("Escape")
        return shown

    assert take("An Giang", "Phường Rạch Giá") == []
    assert take("Cà Mau", "Xã Đất Mũi") == []
    assert take("An Giang", "", go=False) == ["1 · Phường Rạch Giá"]
    desk.type("1")
    assert form(desk).form().ward == "Phường Rạch Giá"
    assert form(desk).who.lines["address"].hasFocus()


def test_digits_within_a_name_are_typed(desk):
    begin(desk)
    desk.press("Return")
    desk.type("Phong 3")
    assert form(desk).form().destination.unit == "Phong 3"
