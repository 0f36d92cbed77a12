"""Codes that are none of ours: logged, said in a word, never opened and never drawn as markup."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit

from kiosk.domain.desk import Admitted, Refused, Screening, Waiting
from tests.desk_driver import DAT, HONG
from tests.ui.test_desk_passages import admit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

PAYMENT = (
    "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN63041D27"
)
STRANGE = {
    "an address": (b"https://evil.example/?a=<b>1</b>", "unknown_url"),
    "a payment": (PAYMENT.encode(), "unknown_payment"),
    "markup": (b"<b>Hong</b><img src='file:///etc/passwd'>", "unknown_text"),
    "SQL": (b"'); DROP TABLE log_entry; --", "unknown_text"),
    "a formula": (b'=HYPERLINK("http://evil.example","x")', "unknown_text"),
    "ANSI colours": (b"\x1b[31mdanger: this is not a card\x1b[0m\x07", "unknown_text"),
    "NUL within": (b"abc\x00def", "unknown_binary"),
    "direction marks": ("\u202etxt.exe\u202c".encode(), "unknown_text"),
    "emoji": ("👩‍👩‍👧 xin chào 🇻🇳".encode(), "unknown_text"),
    "7,089 digits": (b"9" * 7_089, "unknown_text"),
    "no text at all": (bytes(range(256)), "unknown_binary"),
    "nothing but a space": (b" ", "unknown_text"),
    "placeholders": (b"{0} {name} %s %n", "unknown_text"),
}


@pytest.mark.parametrize(("payload", "reason"), STRANGE.values(), ids=STRANGE)
def test_a_strange_code_is_logged_and_said_in_a_word(desk, payload, reason):
    desk.show(payload)
    shown = desk.wait_for(Refused)
    assert shown.who.person is None
    assert desk.rows("SELECT verdict, reason, identity_commitment FROM log_entry") == [
        ("refuse", reason, None)
    ]
    desk.settle()
    assert desk.controller.newest.overview.lines[0].draft.reason == reason
    desk.press("F5")
    desk.settle()
    assert desk.window.log._model.rowCount() == 1


def test_a_test_page_is_nobody_and_the_desk_says_how_small_it_reads(desk):
    for text in ("KIOSK TEST 0.5 MM", "KIOSK TEST 2 DOTS", "KIOSK TEST 0.25 MM"):
        desk.show(text)
    assert "modules of 2.0 dots, 0.25 mm upwards" in desk.window.notice.text()
    assert isinstance(desk.controller.state, Waiting)
    assert desk.rows("SELECT reason FROM log_entry") == []


def test_a_scanners_strange_keys_are_a_code_too(desk):
    desk.burst("=HYPERLINK(1)")
    desk.wait_for(Refused)
    assert desk.rows("SELECT reason FROM log_entry") == [("unknown_text",)]


def test_a_name_with_markup_is_shown_letter_by_letter(desk):
    name = "<b>Hồng</b>&amp;<a href='x'>{0}"
    admit(desk, HONG.replace("Nguyễn Thị Hồng", name))
    assert desk.rows("SELECT name FROM register") == [(name,)]
    desk.clock.leap(hours=1)
    desk.press("Escape")
    desk.burst(HONG.replace("Nguyễn Thị Hồng", name).replace("Nữ", "Nam"))
    desk.settle()
    desk.press("F5")
    desk.settle()
    model = desk.window.log._model
    assert model.data(model.index(0, 2)) == name


def test_no_label_of_any_page_or_sheet_reads_markup(desk):
    desk.burst(HONG)
    desk.wait_for(Screening)
    seen = []
    for key, back in (("X", "Escape"), ("D", "Escape"), ("Escape", ""), ("F2", "Escape")):
        desk.press(key)
        seen += [label.textFormat() for label in desk.window.findChildren(QLabel)]
        if back:
            desk.press(back)
    assert len(seen) > 50
    assert set(seen) == {Qt.TextFormat.PlainText}
    assert not desk.window.findChildren(QTextEdit)


def test_the_name_on_the_panel_is_the_name_itself(desk):
    desk.burst(HONG.replace("Nguyễn Thị Hồng", "<i>Lê</i> Thị <h1>A"))
    desk.wait_for(Screening)
    assert desk.window.desk.screening._name.text() == "<i>Lê</i> Thị <h1>A"


# --- a scanner types, whatever has the focus


def test_a_scan_while_the_search_has_the_focus_is_a_scan(desk):
    desk.press("F5")
    desk.settle()
    desk.press("Ctrl+F")
    desk.type("hong")
    assert desk.window.log.search.text() == "hong"
    held = []
    desk.window.log.search.textChanged.connect(held.append)
    desk.burst(DAT)
    desk.wait_for(Screening)
    assert held == [""], "no letter of the code; it is cleared when its page is left"
    assert desk.window._page == "desk"


def test_a_card_scanned_into_the_open_form_fills_its_empty_fields(desk):
    desk.press("F2")
    desk.type("Hong")
    desk.burst(HONG)
    form = desk.window.errands.place.sheet.form()
    assert (form.name, form.id_number, form.birth) == ("Hong", "091185000036", "02/03/1985")
    assert form.sex == "female"
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    assert "Filled in" in desk.window.notice.text()


def test_another_code_scanned_into_the_open_form_waits_and_types_nothing(desk):
    desk.press("F2")
    desk.burst("https://evil.example/aaaa")
    typed = {line.text() for line in desk.window.findChildren(QLineEdit)}
    assert typed == {"", "Việt Nam"}
    assert "waits" in desk.window.notice.text()
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    desk.press("Escape")
    desk.wait_for(Refused)


def test_a_scan_answers_the_question_for_a_typed_number(desk):
    desk.press("F3")
    desk.burst(HONG)
    desk.wait_for(Screening)
    assert not desk.window.errands.busy


@pytest.mark.parametrize(
    "typed", ["0012K", "091185000036", "KQ1S8LC0000000000000000000000000000", "<b>An</b>"]
)
def test_a_slip_of_the_finger_is_told_and_says_nothing_of_a_visitor(desk, typed):
    desk.press("F3")
    desk.type(typed)
    desk.press("Return")
    desk.settle()
    assert isinstance(desk.controller.state, Waiting)
    assert desk.window.notice.text() == desk.words("desk.mistyped", typed=typed)
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]


def test_a_forged_code_that_is_shown_is_refused_and_logged(desk):
    desk.show("KQ1S8LC0000000000000000000000000000")
    desk.wait_for(Refused)
    assert desk.rows("SELECT verdict, reason FROM log_entry") == [("refuse", "slip_forged")]


def test_a_scan_while_a_question_is_open_waits_for_its_answer(desk):
    admit(desk)
    desk.settle()
    desk.press("Ctrl+Z")
    desk.burst(DAT)
    desk.settle()
    assert isinstance(desk.controller.state, Admitted)
    desk.press("Escape")
    assert desk.wait_for(Screening).who.person.name == "Đặng Văn Đạt"


def test_a_hand_scanner_without_enter_is_a_scan_all_the_same(desk):
    desk.burst(HONG, end="")
    desk.wait_for(Screening)
