"""What every reader keeps to: the fake one, the ladder, and the ladder in its own process."""

from contextlib import closing

import numpy as np
import pytest

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.reading import TURNS, open_reader
from kiosk.adapters.reading_apart import open_reader_apart
from kiosk.adapters.watchful_reader import WatchfulReader
from kiosk.ports.decoder import DECODERS
from tests.fakes_capture import FakeReader
from tests.qr_drawing import draw, on_desk

PAYLOAD = "Lê Anh Sơn|Gò Quao".encode()


def fake():
    reader = FakeReader()
    look = reader.glance

    def glance(frame):
        holds = reader.closed == 0 and np.asarray(frame).size and np.ptp(np.asarray(frame))
        reader.shown = lambda: (PAYLOAD,) if holds else ()
        return look(frame)

    reader.glance = glance
    return reader


READERS = {
    "fake": fake,
    "ladder": open_reader,
    "watchful": lambda: WatchfulReader(open_reader()),
    "apart": lambda: open_reader_apart(SystemClock()),
}


@pytest.fixture(scope="module", params=READERS)
def reader(request):
    with closing(READERS[request.param]()) as opened:
        yield opened


def desk(size=(1280, 720)):
    width, height = size
    return on_desk((draw(PAYLOAD), 40, 60))[:height, :width].copy()


def test_it_has_every_decoder(reader):
    assert reader.decoders == frozenset(DECODERS)


def test_a_code_is_read_at_a_glance_and_by_study_as_the_bytes_that_were_written(reader):
    frame = desk().data
    assert any({s.payload for s in reader.glance(frame)} == {PAYLOAD} for _ in TURNS)
    assert {symbol.payload for symbol in reader.study(frame)} == {PAYLOAD}


def test_the_corners_are_in_the_frame(reader):
    (symbol,) = reader.study(desk().data)
    assert len(symbol.corners) == 4
    assert all(0 <= x < 1280 and 0 <= y < 720 for x, y in symbol.corners)


def test_frames_of_other_sizes_follow_one_another(reader):
    for size in ((1280, 720), (640, 480), (960, 720), (640, 480)):
        assert {symbol.payload for symbol in reader.study(desk(size).data)} == {PAYLOAD}


def test_a_frame_belongs_to_the_caller_again_after_the_look(reader):
    frame = desk()
    reader.glance(frame.data)
    frame[:] = 255
    assert reader.study(frame.data) == ()


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (1, 640), (480, 1), (20, 20)])
def test_a_tiny_frame_holds_nothing(reader, size):
    frame = np.zeros((*size, 3), np.uint8).data
    assert reader.glance(frame) == ()
    assert reader.study(frame) == ()


@pytest.mark.parametrize("open_one", READERS.values(), ids=READERS)
def test_it_can_be_closed_twice(open_one):
    reader = open_one()
    reader.close()
    reader.close()
