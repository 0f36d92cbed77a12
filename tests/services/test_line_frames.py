import tracemalloc
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.payload import LONGEST
from kiosk.services.line_frames import LineFrames

CARD = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Rạch Giá, An Giang|15042024||||".encode()
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nguyễn Thị Hồng\r\nEND:VCARD".encode()


def heard(*chunks, silence=True):
    frames = LineFrames()
    codes = [code for chunk in chunks for code in frames.feed(chunk)]
    return codes + list(frames.silence() if silence else ())


def test_each_line_end_of_a_scanner_ends_a_code():
    for end in (b"\r", b"\n", b"\r\n", b"\n\r"):
        assert heard(CARD + end, CARD + end, silence=False) == [CARD, CARD]


def test_without_line_end_a_silence_ends_it():
    frames = LineFrames()
    assert frames.feed(CARD) == ()
    assert frames.silence() == (CARD,)
    assert frames.silence() == ()


def test_a_line_end_in_two_portions_makes_no_empty_code():
    assert heard(CARD + b"\r", b"\n", CARD, b"\r", b"\n") == [CARD, CARD]


def test_blank_lines_are_no_codes():
    assert heard(b"\r\n\r\n  \r\n\x00\r\n") == []


def test_a_vcard_keeps_its_lines():
    assert heard(VCARD + b"\r\n" + CARD + b"\r\n") == [VCARD, CARD]


def test_a_vcard_that_never_ends_is_ended_by_silence():
    assert heard(VCARD[:40]) == [VCARD[:40]]


def test_bytes_are_not_touched():
    strange = bytes(set(range(256)) - set(b"\r\n"))
    assert heard(strange + b"\r") == [strange]


def test_what_is_longer_than_any_symbol_is_dropped_and_the_next_is_read():
    assert heard(b"9" * LONGEST + b"\r") == [b"9" * LONGEST]
    assert heard(b"9" * (LONGEST + 1) + b"\r" + CARD + b"\r") == [CARD]
    assert heard(b"9" * (LONGEST + 1)) == []


def test_a_flood_without_line_end_fills_no_memory():
    frames = LineFrames()
    chunk = b"x" * 4096
    tracemalloc.start()
    for _ in range(5_000):
        assert frames.feed(chunk) == ()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000
    assert frames.feed(b"\n" + CARD + b"\n") == (CARD,)


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=12))
def test_how_the_bytes_are_portioned_changes_nothing(content, cuts):
    places = sorted({0, len(content), *(cut for cut in cuts if cut < len(content))})
    chunks = [content[a:b] for a, b in pairwise(places)]
    assert heard(*chunks) == heard(content)
