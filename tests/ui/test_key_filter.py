import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kiosk.services.hand_scanner import END_GAP, FAST_GAP
from kiosk.services.scan_tracker import ScanSource
from kiosk.ui.key_filter import KeyFilter
from tests.fakes_capture import SteadyClock

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CARD = "091190000018|NGUYEN THI HONG|1990-09-02|0|169000000000000018|<2<<"
HONG = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Rạch Giá, An Giang|15042024||||"
ALT = Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Desk:
    """A window with a field and a button, its keys, and what the filter found."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.clock = SteadyClock()
        self.window = QWidget()
        self.field = QLineEdit()
        self.button = QPushButton("ok")
        self.clicks, self.scans, self.enters, self.garbled = [], [], [], []
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.button.clicked.connect(lambda: self.clicks.append(1))
        self.field.returnPressed.connect(lambda: self.enters.append(self.field.text()))
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.field.setFocus()
        self.filter = KeyFilter(self.clock)
        self.filter._moment = lambda event: self.clock.steady()
        self.filter.scanned.connect(self.scans.append)
        self.filter.garbled.connect(lambda: self.garbled.append(1))
        QApplication.instance().installEventFilter(self.filter)

    def press(self, key, gap=0.01):
        self.clock.seconds += gap
        QTest.keyClick(self.window.windowHandle(), key)

    def type(self, text, gap=0.01):
        for character in text:
            if gap > FAST_GAP:
                self.rest()
            self.press(character, gap)

    def rest(self):
        """The silence in which the filter's own timers run out."""
        timers = (self.filter._timer, self.filter._last_look)
        self.qtbot.waitUntil(lambda: not any(t.isActive() for t in timers), timeout=1000)

    @property
    def payloads(self):
        return [scan.payload.decode() for scan in self.scans]


@pytest.fixture
def desk(qtbot):
    desk = Desk(qtbot)
    yield desk
    QApplication.instance().removeEventFilter(desk.filter)


def test_a_scanner_is_a_scan_and_its_characters_reach_no_field(desk):
    desk.type(CARD)
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == [CARD]
    assert desk.scans[0].source is ScanSource.HAND
    assert (desk.field.text(), desk.enters) == ("", [])


def test_a_scanner_that_sends_no_enter_is_a_scan_after_a_silence(desk):
    desk.type(CARD)
    assert desk.scans == []
    desk.rest()
    assert desk.payloads == [CARD]
    assert desk.field.text() == ""


def test_what_was_in_the_field_before_the_scan_stays(desk):
    desk.field.setText("khách")
    desk.type(CARD)
    desk.press(Qt.Key.Key_Tab)
    assert desk.field.text() == "khách"
    assert desk.field.hasFocus()


def test_a_persons_characters_arrive_within_a_tenth_of_a_second(desk):
    desk.press("7")
    assert desk.field.text() == ""
    desk.qtbot.waitUntil(lambda: desk.field.text() == "7", timeout=100)


def test_a_persons_digits_and_enter_arrive_in_order(desk):
    desk.type("36,5", 0.15)
    desk.press(Qt.Key.Key_Return, 0.02)
    assert desk.enters == ["36,5"]
    assert desk.scans == []


def test_backspace_after_a_fast_key_deletes_that_key(desk):
    desk.type("36,5", 0.15)
    desk.press(Qt.Key.Key_Backspace, 0.01)
    assert desk.field.text() == "36,"


def test_a_scan_with_a_button_in_focus_does_not_press_it(desk):
    desk.button.setFocus()
    desk.type("AB CD EF GH")
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == ["AB CD EF GH"]
    assert desk.clicks == []


def test_a_persons_space_presses_the_button_once_and_lets_it_go(desk):
    desk.button.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.rest()
    assert desk.clicks == [1]
    assert not desk.button.isDown()


def test_a_scan_sets_off_no_shortcut(desk):
    fired = []
    for keys in ("D", "|", "Return"):
        shortcut = QShortcut(QKeySequence(keys), desk.window)
        shortcut.activated.connect(lambda keys=keys: fired.append(keys))
    desk.type("DD|DD|DD")
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == ["DD|DD|DD"]
    assert fired == []
    desk.press(Qt.Key.Key_Return, 2.0)
    assert fired == ["Return"]


def test_function_keys_and_commands_go_on_at_once(desk):
    fired = []
    for keys in ("F2", "Ctrl+P", "Escape"):
        shortcut = QShortcut(QKeySequence(keys), desk.window)
        shortcut.activated.connect(lambda keys=keys: fired.append(keys))
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F2)
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Escape)
    assert fired == ["F2", "Ctrl+P", "Escape"]


def test_select_all_and_copy_work_in_a_field(desk):
    desk.type("abc", 0.2)
    desk.rest()
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert desk.field.selectedText() == "abc"


def test_letters_outside_ascii_are_typed_and_scanned(desk):
    send(desk, "ữ")
    desk.rest()
    assert desk.field.text() == "ữ"
    for character in "Nguyễn|Thị":
        send(desk, character)
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == ["Nguyễn|Thị"]
    assert desk.field.text() == "ữ"


def test_two_scans_one_after_the_other_are_two(desk):
    desk.type("A" * 20)
    desk.press(Qt.Key.Key_Return)
    desk.type("B" * 20)
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == ["A" * 20, "B" * 20]


def test_keys_held_back_for_a_window_that_was_closed_are_dropped(desk):
    other = QLineEdit()
    other.show()
    QTest.keyClick(other.windowHandle(), "7")
    other.deleteLater()
    desk.rest()
    assert desk.scans == []
    assert desk.filter._held == []


def test_a_stall_of_the_screens_thread_cuts_no_scan_in_two(desk):
    """The rest of the scan waits in the system's queue while the silence runs out.

    Both timers are overdue after the stall and fire in the order of their times: the silence
    first, then what delivers the waiting keys, as the system does later in the same turn.
    """
    half = len(CARD) // 2
    for character in CARD[:half]:
        send(desk, character)
    queue = QTimer()
    queue.setSingleShot(True)
    queue.setTimerType(Qt.TimerType.PreciseTimer)
    queue.timeout.connect(lambda: [send(desk, character) for character in CARD[half:]])
    queue.start(round(END_GAP * 1000) + 20)
    time.sleep(END_GAP * 2)
    desk.qtbot.waitUntil(lambda: not queue.isActive(), timeout=2000)
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == [CARD]
    assert desk.field.text() == ""


def test_a_scan_that_the_keyboard_damaged_comes_out_as_it_is_in_the_symbol(desk):
    for character in alt_codes(HONG):
        send(desk, character)
    desk.press(Qt.Key.Key_Return)
    for sign in HONG.encode():
        send(desk, chr(sign))
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == [HONG, HONG]
    assert (desk.garbled, desk.field.text()) == ([], "")


def test_a_scan_that_lost_letters_is_told_and_is_no_scan(desk):
    desk.type("".join(filter(str.isascii, HONG)))
    desk.press(Qt.Key.Key_Return)
    assert (desk.scans, desk.garbled, desk.field.text()) == ([], [1], "")


def test_digits_of_the_keypad_under_alt_are_the_codes_of_letters(desk):
    """As X11 and Wayland pass them on: nothing composes them there."""
    for character in HONG:
        if character.isascii():
            send(desk, character)
        for byte in b"" if character.isascii() else character.encode():
            type_alt_code(desk, byte)
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == [HONG]
    assert desk.field.text() == ""


def test_letters_that_windows_composes_of_such_digits_are_read_once(desk):
    """Alt, four digits, and at the end of Alt a key without a name that writes the letter."""
    desk.filter._system_composes = True
    for character in HONG:
        if character.isascii():
            send(desk, character)
        for byte in b"" if character.isascii() else character.encode():
            type_alt_code(desk, byte)
            send(desk, chr(byte), modifiers=ALT, key=0)
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == [HONG]
    assert desk.field.text() == ""


def test_a_name_typed_fast_and_closed_by_tab_is_typed(desk):
    """Each key is down for 80 ms, so that two are down at once; a key each 40 ms."""
    typed, began = "traanf thij mai", desk.clock.seconds + 1.0
    none, tab = Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Tab.value
    events = []
    for number, letter in enumerate(f"{typed}\t"):
        key = tab if letter == "\t" else ord(letter.upper())
        at = began + number * 0.04
        events.append((at, QEvent.Type.KeyPress, key, letter))
        events.append((at + 0.08, QEvent.Type.KeyRelease, key, letter))
    for at, kind, key, letter in sorted(events, key=lambda event: event[0]):
        desk.clock.seconds = at
        press(desk, kind, key, none, letter)
    desk.rest()
    assert (desk.field.text(), desk.scans, desk.garbled) == (typed, [], [])
    assert desk.button.hasFocus()


def test_two_equal_letters_that_the_system_takes_for_a_held_key_are_two(desk):
    """X11 does so with a scanner that lets go and presses within one millisecond."""
    before = ""
    for character in HONG:
        send(desk, character, gap=0.0, repeats=character == before)
        before = character
    desk.press(Qt.Key.Key_Return)
    assert desk.payloads == [HONG]
    assert desk.field.text() == ""


def test_the_second_of_two_enters_is_no_persons_either_if_it_is_taken_for_a_held_key(desk):
    desk.type(CARD)
    for repeats in (False, True):
        send(desk, "\r", key=Qt.Key.Key_Return, gap=0.0, repeats=repeats)
    assert desk.payloads == [CARD]
    assert desk.enters == []


def test_a_key_that_is_held_down_repeats_in_its_field(desk):
    send(desk, "a")
    desk.rest()
    for gap in (0.5, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03):
        send(desk, "a", gap=gap, repeats=True)
    desk.rest()
    assert desk.field.text() == "a" * 9
    assert desk.scans == []


def test_a_persons_alt_and_digit_is_no_digit_in_a_field(desk):
    type_alt_code(desk, 0o101, gap=0.2)
    desk.rest()
    assert desk.scans == []
    assert desk.filter._held == []


def alt_codes(text):
    return "".join(c if c.isascii() else "".join(f"{b:04}" for b in c.encode()) for c in text)


def type_alt_code(desk, byte, gap=0.003):
    press(desk, QEvent.Type.KeyPress, Qt.Key.Key_Alt, ALT, "")
    for digit in f"{byte:04}":
        send(desk, digit, modifiers=ALT | KEYPAD, key=Qt.Key(ord(digit)), gap=gap)
    press(desk, QEvent.Type.KeyRelease, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier, "")


def send(desk, character, *, modifiers=None, key=Qt.Key.Key_unknown, gap=0.01, repeats=False):
    """A key of a Vietnamese keyboard layout: QTest knows ASCII only."""
    desk.clock.seconds += gap
    modifiers = Qt.KeyboardModifier.NoModifier if modifiers is None else modifiers
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        press(desk, kind, key, modifiers, character, repeats=repeats)


def press(desk, kind, key, modifiers, text, *, repeats=False):
    event = QKeyEvent(kind, int(key), modifiers, text, repeats)
    QCoreApplication.sendEvent(desk.window.windowHandle(), event)
