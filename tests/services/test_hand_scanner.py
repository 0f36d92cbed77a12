from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.hand_scanner import (
    END_GAP,
    FAST_GAP,
    LATE_END,
    QUICK,
    SHORTEST,
    SHORTEST_IN_A_FIELD,
    HandScanner,
)

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
quick = st.floats(0.0, QUICK * 0.98)


@given(st.lists(st.tuples(st.characters(exclude_categories=["C"]), slow), max_size=60))
def test_whatever_a_person_types_reaches_the_field_in_order(typed):
    keyboard = Keyboard()
    for character, gap in typed:
        keyboard.press(character, gap)
    keyboard.rest()
    assert keyboard.text == "".join(character for character, _ in typed)
    assert keyboard.scans == []


@given(st.lists(st.tuples(st.characters(exclude_categories=["C"]), quick), min_size=6), st.data())
def test_whatever_a_scanner_types_is_one_scan(typed, data):
    keyboard = Keyboard()
    keyboard.type("36,5", 0.2)
    keyboard.rest()
    for character, gap in typed:
        keyboard.press(character, gap)
    if data.draw(st.booleans()):
        keyboard.press(END, data.draw(quick))
    else:
        keyboard.rest()
    assert keyboard.text == "36,5"
    assert keyboard.scans == ["".join(character for character, _ in typed)]


# --- fingers and machines: presses and releases in the order of their times ---------------------

NAMES = (
    "Nguyeenx Thij Hoongf",
    "Traanf Vawn Namf",
    "Leef Anh Sown",
    "Phamj Minh Khuee",
    "0912345678",
)


def play(text, gaps, dwells, *, end=True, keyboard=None):
    """Types `text`: gaps before each key, and for how long each is down."""
    keyboard, at, events = keyboard or Keyboard(), 50.0, []
    for key, gap, dwell in zip([*text, *([END] if end else [])], gaps, dwells, strict=True):
        at += gap
        events += [(at, 1, key), (at + dwell, 0, at)]
    for moment, is_press, what in sorted(events, key=lambda event: event[:2]):
        if is_press:
            keyboard.press(what, moment - keyboard.now)
        else:
            keyboard.scanner.let_go(what, moment)
    keyboard.rest()
    return keyboard


def writing(keyboard: Keyboard) -> Keyboard:
    """The same keyboard while a field has the focus."""
    keyboard.scanner.shortest = SHORTEST_IN_A_FIELD
    return keyboard


@given(st.data(), st.sampled_from(NAMES))
def test_an_even_typist_is_no_scanner_wherever_the_keys_go(data, text):
    pace = data.draw(st.floats(0.080, 0.100))
    dwells = sampled(data.draw, text, 0.001, 0.150)
    for start in (Keyboard, lambda: writing(Keyboard())):
        keyboard = play(text, [pace] * (len(text) + 1), dwells, keyboard=start())
        assert (keyboard.text, keyboard.scans) == (f"{text}\n", [])


@given(st.data(), st.sampled_from((*NAMES[:4], "Đặng Văn Đạt", "0912345678", "091185000036")))
def test_what_is_typed_into_a_field_while_the_computer_is_busy_arrives_at_once_and_is_typed(
    data, text
):
    text = text[: SHORTEST_IN_A_FIELD - 1]
    gaps = sampled(data.draw, text, 0.0, 0.110)
    dwells = [min(gap, 0.002) for gap in gaps]
    keyboard = play(text, gaps, dwells, keyboard=writing(Keyboard()))
    assert (keyboard.text, keyboard.scans) == (f"{text}\n", [])


@given(
    st.data(), st.sampled_from((CARD, "KQ1S00BCFGH", "C0000018|NGUYEN", "ABCDEFGHIJKLMNOPQRST"))
)
def test_a_code_is_one_where_somebody_writes_too(data, text):
    gaps = sampled(data.draw, text, 0.001, 0.020)
    stumble = data.draw(st.integers(SHORTEST, len(text) - 1))
    gaps[stumble] = 0.1
    keyboard = play(text, gaps, [0.0005] * len(gaps), keyboard=writing(Keyboard()))
    assert (keyboard.text, keyboard.scans) == ("", [text])


def sampled(draw, text, low, high, *, end=True):
    length = len(text) + end
    return draw(st.lists(st.floats(low, high), min_size=length, max_size=length))


@given(st.data(), st.sampled_from(NAMES))
def test_a_fast_typist_is_never_a_scanner(data, text):
    gaps = sampled(data.draw, text, 0.040, 0.120)
    keyboard = play(text, gaps, sampled(data.draw, text, 0.045, 0.160))
    assert (keyboard.text, keyboard.scans) == (f"{text}\n", [])


@given(st.data(), st.sampled_from(NAMES))
def test_a_fast_typist_is_no_scanner_where_no_release_is_told(data, text):
    keyboard = Keyboard()
    for key, gap in zip([*text, END], sampled(data.draw, text, 0.040, 0.120), strict=True):
        keyboard.press(key, gap)
    assert (keyboard.text, keyboard.scans) == (f"{text}\n", [])


@given(st.data(), st.sampled_from(NAMES))
def test_who_rolls_from_key_to_key_stays_on_each_and_is_no_scanner(data, text):
    gaps = sampled(data.draw, text, 0.025, 0.060)
    keyboard = play(text, gaps, sampled(data.draw, text, 0.060, 0.120))
    assert (keyboard.text, keyboard.scans) == (f"{text}\n", [])


@given(st.data(), st.sampled_from((*NAMES, CARD, "KQ1S00BCFGH")), st.booleans())
def test_a_scanner_at_one_to_twenty_milliseconds_is_one_whatever_it_says(data, text, end):
    gaps = sampled(data.draw, text, 0.001, 0.020, end=end)
    keyboard = play(text, gaps, [gap / 2 for gap in gaps], end=end)
    assert (keyboard.text, keyboard.scans) == ("", [text])


@given(st.data(), st.sampled_from((*NAMES, CARD)))
def test_a_slow_scanner_lets_go_at_once_and_is_one(data, text):
    gaps = sampled(data.draw, text, 0.025, FAST_GAP * 0.98)
    keyboard = play(text, gaps, sampled(data.draw, text, 0.001, 0.020))
    assert (keyboard.text, keyboard.scans) == ("", [text])


@given(st.data())
def test_a_slow_scanner_is_known_by_what_only_codes_say(data):
    gaps = sampled(data.draw, CARD, 0.025, FAST_GAP * 0.98)
    keyboard = Keyboard()
    for key, gap in zip([*CARD, END], gaps, strict=True):
        keyboard.press(key, gap)
    assert (keyboard.text, keyboard.scans) == ("", [CARD])


def test_a_name_at_sixty_milliseconds_with_a_stumble_into_tab_is_typed():
    text = "Traanf Thij Mai"
    gaps = [0.06, 0.045, 0.04, 0.035, 0.045, 0.04, 0.045, 0.06] + [0.04] * (len(text) - 7)
    keyboard = play(text, gaps, [0.08] * (len(text) + 1))
    assert (keyboard.text, keyboard.scans) == (f"{text}\n", [])


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
