from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.hand_scanner import END_GAP, FAST_GAP, LATE_END, SHORTEST, HandScanner

CARD = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Rạch Giá, An Giang|15042024||||"
END = object()


class Keyboard:
    """Feeds keys to the scanner as the window does, with its timer, and keeps what comes out."""

    def __init__(self):
        self.scanner = HandScanner()
        self.now = 50.0
        self.field = []
        self.held = []
        self.scans = []

    def press(self, key, gap):
        patience = self.scanner.patience
        if patience and gap > patience:
            self.follow(self.scanner.silence())
        self.now += gap
        if key is END:
            advice = self.scanner.end(self.now)
        else:
            advice = self.scanner.character(key, self.now)
        self.follow(advice)
        if advice.keep and key is not END:
            self.held.append(key)
        elif not advice.keep:
            self.field.append(key)

    def type(self, text, gap):
        for character in text:
            self.press(character, gap)

    def rest(self):
        if self.scanner.patience:
            self.follow(self.scanner.silence())
        self.now += 10

    def follow(self, advice):
        assert not (advice.release and advice.scan)
        if advice.release:
            self.field += self.held
        if advice.scan:
            self.scans.append(advice.scan)
        if advice.release or advice.scan:
            self.held = []

    @property
    def text(self):
        return "".join("\n" if key is END else key for key in self.field)


def test_a_scanner_with_enter_is_a_scan_and_nothing_reaches_the_field():
    keyboard = Keyboard()
    keyboard.type(CARD, 0.02)
    keyboard.press(END, 0.02)
    assert keyboard.scans == [CARD]
    assert keyboard.text == ""


def test_a_scanner_without_enter_is_a_scan_after_a_silence():
    keyboard = Keyboard()
    keyboard.type("KQ1S00B", 0.01)
    assert keyboard.scanner.patience == END_GAP
    keyboard.rest()
    assert keyboard.scans == ["KQ1S00B"]


def test_a_person_who_types_a_temperature_and_enter_gets_both():
    keyboard = Keyboard()
    keyboard.type("36,5", 0.18)
    keyboard.press(END, 0.2)
    assert (keyboard.text, keyboard.scans) == ("36,5\n", [])


def test_a_persons_enter_right_after_the_last_digit_is_a_persons():
    keyboard = Keyboard()
    keyboard.type("36", 0.15)
    keyboard.press("5", 0.03)
    keyboard.press(END, 0.01)
    assert (keyboard.text, keyboard.scans) == ("365\n", [])


def test_two_keys_rolled_into_one_another_are_a_persons():
    keyboard = Keyboard()
    for gap in (0.2, 0.02, 0.15, 0.03, 0.03, 0.2):
        keyboard.press("n", gap)
    keyboard.rest()
    assert keyboard.text == "nnnnnn"


def test_a_scanners_late_enter_and_its_second_enter_are_dropped():
    keyboard = Keyboard()
    keyboard.type("ABCDEFGH", 0.01)
    keyboard.rest()
    keyboard.now = keyboard.scanner._last
    keyboard.press(END, 0.25)
    assert keyboard.scans == ["ABCDEFGH"]
    keyboard.type("ABCDEFGH", 0.01)
    keyboard.press(END, 0.01)
    keyboard.press(END, 0.01)
    assert keyboard.text == ""


def test_an_enter_a_second_after_a_scan_is_a_persons():
    keyboard = Keyboard()
    keyboard.type("ABCDEFGH", 0.01)
    keyboard.press(END, 0.01)
    keyboard.press(END, 1.0)
    assert keyboard.text == "\n"


def test_a_scanner_that_stumbles_within_a_code_is_still_one_scan():
    keyboard = Keyboard()
    keyboard.type("ABCDEFGH", 0.01)
    keyboard.press("I", 0.1)
    keyboard.type("JK", 0.01)
    keyboard.press(END, 0.01)
    assert keyboard.scans == ["ABCDEFGHIJK"]


def test_a_key_that_writes_nothing_lets_a_persons_characters_go_first():
    scanner = HandScanner()
    scanner.character("a", 1.0)
    assert scanner.other().release
    assert scanner.patience == 0.0


def test_a_key_that_writes_nothing_within_a_scan_is_noise():
    scanner = HandScanner()
    for at in range(SHORTEST):
        scanner.character("a", at / 100)
    assert scanner.other().keep
    assert scanner.end(0.07).scan == "a" * SHORTEST


def test_two_scans_in_a_row_are_two_even_if_no_timer_ran_between():
    scanner = HandScanner()
    for at in range(8):
        scanner.character("a", at / 100)
    assert scanner.character("b", 5.0).scan == "a" * 8


def test_a_vcard_keeps_its_lines():
    keyboard = Keyboard()
    for line in ("BEGIN:VCARD", "VERSION:3.0", "FN:Nguyễn Thị Hồng", "END:VCARD"):
        keyboard.type(line, 0.01)
        keyboard.press(END, 0.01)
    assert keyboard.scans == ["BEGIN:VCARD\nVERSION:3.0\nFN:Nguyễn Thị Hồng\nEND:VCARD"]
    assert keyboard.text == ""


def test_the_digits_of_an_alt_code_keep_the_rhythm_of_a_scan():
    scanner = HandScanner()
    for at in range(SHORTEST):
        scanner.character("a", at / 100)
    for at in range(20):
        assert scanner.composing(0.06 + at / 100).keep
    assert scanner.character("ọ", 0.27).keep
    assert scanner.end(0.28).scan == "a" * SHORTEST + "ọ"


def test_the_digits_of_an_alt_code_are_a_persons_where_no_scan_is_under_way():
    scanner = HandScanner()
    assert not scanner.composing(1.0).keep
    scanner.character("a", 2.0)
    assert scanner.composing(3.0).release
    assert not scanner.ends_scan(3.0)


keys = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
slow = st.floats(FAST_GAP * 1.02, 2.0)
fast = st.floats(0.0, FAST_GAP * 0.98)


@given(st.lists(st.tuples(st.characters(exclude_categories=["C"]), slow), max_size=60))
def test_whatever_a_person_types_reaches_the_field_in_order(typed):
    keyboard = Keyboard()
    for character, gap in typed:
        keyboard.press(character, gap)
    keyboard.rest()
    assert keyboard.text == "".join(character for character, _ in typed)
    assert keyboard.scans == []


@given(st.lists(st.tuples(st.characters(exclude_categories=["C"]), fast), min_size=6), st.data())
def test_whatever_a_scanner_types_is_one_scan(typed, data):
    keyboard = Keyboard()
    keyboard.type("36,5", 0.2)
    keyboard.rest()
    for character, gap in typed:
        keyboard.press(character, gap)
    if data.draw(st.booleans()):
        keyboard.press(END, data.draw(fast))
    else:
        keyboard.rest()
    assert keyboard.text == "36,5"
    assert keyboard.scans == ["".join(character for character, _ in typed)]


@given(st.lists(st.tuples(st.one_of(st.just(END), keys), st.floats(0.0, 1.0)), max_size=40))
def test_no_character_is_lost_or_doubled_whatever_the_rhythm(typed):
    keyboard = Keyboard()
    written = []
    for key, gap in typed:
        keyboard.press(key, gap)
        if key is not END:
            written.append(key)
    keyboard.rest()
    came_out = sorted("".join(keyboard.scans) + keyboard.text.replace("\n", ""))
    assert came_out == sorted("".join(written))
    assert keyboard.held == []


def test_an_end_long_after_the_last_scan_is_a_persons():
    keyboard = Keyboard()
    keyboard.type(CARD, 0.005)
    keyboard.press(END, 0.005)
    assert keyboard.scanner.ends_scan(keyboard.now + LATE_END)
    assert not keyboard.scanner.ends_scan(keyboard.now + LATE_END + 0.01)


def test_an_end_before_any_key_is_a_persons():
    assert not HandScanner().ends_scan(1.0)
