"""Codes of hardly two pixels a module, as a webcam sees them, and what must not become of them."""

from itertools import islice

import numpy as np
import pytest

from kiosk.adapters.closer_look import CloserLook, spots
from kiosk.adapters.decoder_zxing import open_zxing
from kiosk.adapters.held_look import HeldLook
from kiosk.adapters.opencv import cv2
from kiosk.adapters.reading import open_reader
from kiosk.adapters.symbol_rescue import SymbolMender
from kiosk.ports.decoder import Symbol
from tests.fakes_capture import FakeDecoder
from tests.held_cards import card_text, film
from tests.qr_drawing import draw, on_desk

SMALL, SMALLEST = 1.8, 1.5  # pixels a module


@pytest.fixture(scope="module")
def zxing():
    return open_zxing()


def grey(frame):
    return np.ascontiguousarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), np.uint8)


def shots(number, size, count=1):
    return [grey(frame) for frame in film(number, size, count, width=1280, height=720)]


def payloads(symbols):
    return {symbol.payload for symbol in symbols}


@pytest.mark.parametrize("number", range(6))
def test_a_closer_look_reads_what_zxing_only_finds(zxing, number):
    (frame,) = shots(number, SMALL)
    read, unread = zxing.look(frame.data)
    assert not read
    found = CloserLook(zxing).decode(frame.data)
    assert payloads(found) == {card_text(number).encode()}
    assert [symbol.corners in unread for symbol in found] == [True]


def test_several_frames_together_read_what_none_of_them_does(zxing):
    frames = shots(0, SMALLEST, 12)
    closer, held = CloserLook(zxing), HeldLook(zxing, SymbolMender(zxing))
    assert not any(closer.decode(frame.data) for frame in frames)
    seen = [held.decode(frame.data) for frame in frames]
    assert set().union(*map(payloads, seen)) == {card_text(0).encode()}


def test_a_card_that_was_taken_away_is_not_read_any_more(zxing):
    held = HeldLook(zxing, SymbolMender(zxing))
    for frame in shots(1, SMALLEST, 5):
        held.decode(frame.data)
    desk = grey(on_desk())
    assert not any(held.decode(desk.data) for _ in range(30))
    assert held._held == []


def test_the_next_card_at_the_same_place_is_itself(zxing):
    """Frames of two cards are not laid over each other until one of them is read again."""
    held = HeldLook(zxing, SymbolMender(zxing))
    for frame in shots(1, SMALLEST, 15):
        held.decode(frame.data)
    other = shots(2, SMALL)[0]
    first = held.decode(other.data)
    assert payloads(first) == {card_text(2).encode()}


class Soft:
    """Finds nothing in the picture as it is, and reads it with its edges lifted."""

    name = "zxing"

    def __init__(self, plain):
        self.plain = plain

    def look(self, plane):
        if np.array_equal(np.asarray(plane), self.plain):
            return (), ()
        return (Symbol(b"code", ((0, 0), (9, 0), (9, 9), (0, 9)), "zxing"),), ()


def test_what_is_read_with_edges_lifted_is_told_within_two_frames():
    """The search for small codes threw away what it read, and came each fifth frame only."""
    (frame,) = shots(0, SMALL)
    held = HeldLook(Soft(frame), FakeDecoder("mender"))
    assert set().union(*(payloads(held.decode(frame.data)) for _ in range(2))) == {b"code"}


class Counted:
    """The mender, with the sizes of what it was shown."""

    name = "mender"

    def __init__(self, zxing):
        self._mender, self.sides = SymbolMender(zxing), []

    def decode(self, plane):
        self.sides.append(plane.shape[0])
        return self._mender.decode(plane)


def test_a_large_code_that_cannot_be_read_holds_up_neither_frames_nor_a_small_one(zxing):
    """To mend a large one took up to a second a try: 30 frames in which nobody was seen."""
    spoilt = draw(b"x" * 300, 3).copy()
    middle = slice(spoilt.shape[0] // 3, spoilt.shape[0] * 2 // 3)
    spoilt[middle, middle] = 255
    frames = shots(0, SMALLEST, 12)
    for frame in frames:
        frame[-spoilt.shape[0] :, -spoilt.shape[1] :] = spoilt
    mender = Counted(zxing)
    held = HeldLook(zxing, mender)
    seen = [held.decode(frame.data) for frame in frames]
    assert {place.spot.side > 260 for place in held._held} == {True}
    assert set().union(*map(payloads, seen)) == {card_text(0).encode()}
    assert max(mender.sides, default=0) < 800


def test_what_is_large_or_tiny_is_left_to_the_others():
    def square(side):
        return ((0.0, 0.0), (side, 0.0), (side, side), (0.0, side))

    sides = [10.0, 50.0, 90.0, 60.0, 70.0, 400.0]
    assert [spot.side for spot in spots(map(square, sides))] == [135, 105, 90]


def test_at_the_edge_of_the_picture(zxing):
    (frame,) = shots(0, SMALL)
    _, unread = zxing.look(frame.data)
    (spot,) = spots(unread)
    x, y = (int(value) for value in spot.centre)
    cornered = np.ascontiguousarray(frame[y - 40 :, x - 40 :])
    assert payloads(CloserLook(zxing).decode(cornered.data)) <= {card_text(0).encode()}


def test_the_desk_reads_small_cards_live_and_as_pictures():
    reader = open_reader()
    frame = next(film(4, SMALL, 1, width=1280, height=720))
    assert payloads(reader.study(frame.data)) == {card_text(4).encode()}
    frames = islice(film(4, SMALL, 5, width=1280, height=720), 5)
    assert any(reader.glance(frame.data) for frame in frames)


class Finds(FakeDecoder):
    """zxing-cpp that finds something at one place and reads it in no view."""

    def look(self, plane):
        self.decode(plane)
        return (), (((300.0, 200.0), (360.0, 200.0), (360.0, 260.0), (300.0, 260.0)),)


def test_what_nobody_can_make_out_is_not_mended_for_ever():
    """A poster with something like a code on it; the mender takes longer than a frame."""
    mender = FakeDecoder("mender")
    held = HeldLook(Finds("zxing"), mender)
    dice = np.random.default_rng(4)
    scene = dice.integers(0, 255, (480, 640), np.uint8)
    for _ in range(90):
        assert held.decode(scene.data) == ()
    assert 1 <= len(mender.planes) <= 5
