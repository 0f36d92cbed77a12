import numpy as np
import pytest

from kiosk.adapters.reading import open_reader
from kiosk.adapters.stillness import REST
from kiosk.adapters.watchful_reader import NET, WatchfulReader
from kiosk.ports.camera import Frame
from kiosk.ports.decoder import DECODERS, Symbol
from kiosk.services.scan_loop import ScanLoop
from kiosk.services.scan_tracker import ABSENT_FRAMES, ScanTracker
from tests.fakes_capture import Diary, FakeCamera, FakeReader, SteadyClock, StopAt
from tests.qr_drawing import draw, on_desk

SQUARE = ((10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (10.0, 50.0))
EMPTY = on_desk(height=240, width=320)
WITH_CODE = on_desk((draw(b"KQ1S00B"), 100, 60), height=240, width=320)


class Counted:
    """A reader that counts its looks and sees what the test says."""

    decoders = frozenset(DECODERS)
    rests = False

    def __init__(self):
        self.looks = 0
        self.symbols = ()

    def glance(self, frame):
        self.looks += 1
        return self.symbols

    def study(self, frame):
        return (*self.symbols, Symbol(b"study", SQUARE, "zxing"))


@pytest.fixture
def reader():
    return Counted()


@pytest.fixture
def watchful(reader):
    """At rest before an empty desk."""
    watchful = WatchfulReader(reader)
    for _ in range(REST + 1):
        watchful.glance(EMPTY.data)
    reader.looks = 0
    return watchful


def test_every_frame_is_looked_at_until_the_picture_has_been_still_for_a_while(reader):
    watchful = WatchfulReader(reader)
    for _ in range(REST):
        watchful.glance(EMPTY.data)
    assert reader.looks == REST


def test_a_still_picture_is_looked_at_now_and_then(reader, watchful):
    for _ in range(10 * NET):
        watchful.glance(EMPTY.data)
    assert reader.looks == 10


def test_it_rests_while_the_picture_is_still_and_tells_so(reader, watchful):
    for _ in range(3 * NET):
        watchful.glance(EMPTY.data)
        assert watchful.rests
    watchful.glance(WITH_CODE.data)
    assert not watchful.rests


def test_a_look_that_finds_something_new_ends_the_rest(reader, watchful):
    reader.symbols = (Symbol(b"a", SQUARE, "zxing"),)
    while watchful.glance(EMPTY.data) != reader.symbols:
        assert watchful.rests
    assert not watchful.rests


def test_the_first_frame_that_differs_is_looked_at(reader, watchful):
    reader.symbols = (Symbol(b"a", SQUARE, "zxing"),)
    assert watchful.glance(WITH_CODE.data) == reader.symbols


def test_what_lies_still_in_the_picture_stays_read(reader, watchful):
    reader.symbols = (Symbol(b"a", SQUARE, "zxing"),)
    read = [watchful.glance(WITH_CODE.data) for _ in range(3 * REST)]
    assert read == [reader.symbols] * len(read)
    assert reader.looks < 2 * REST


def test_a_code_that_the_watch_did_not_notice_is_found_by_the_net(reader, watchful):
    reader.symbols = (Symbol(b"a", SQUARE, "zxing"),)
    read = [watchful.glance(EMPTY.data) for _ in range(NET)]
    assert read[-1] == reader.symbols
    looks = reader.looks
    for _ in range(REST):
        watchful.glance(EMPTY.data)
    assert reader.looks - looks >= REST - 2  # from then on each frame


class StillCamera(FakeCamera):
    """Shows an empty desk."""

    def read(self):
        return Frame(EMPTY.data, super().read().taken_at)


def seconds_to_a_scan(rate, comes_after):
    """From a code's coming, where the watch does not notice it, while the desk rests."""
    clock = SteadyClock()
    camera, reader = StillCamera(clock, live=False), FakeReader()
    camera.seconds_a_frame = lambda: 1 / rate
    diary, stop = Diary(clock), StopAt(clock, comes_after + 3)
    reader.shown = lambda: (b"a",) if diary.now() >= comes_after else ()
    ScanLoop(camera, WatchfulReader(reader), clock, diary, stop, ScanTracker()).run()
    ((at, _),) = diary.scans
    return at - comes_after


@pytest.mark.parametrize(("rate", "within"), [(30, 0.8), (15, 0.8), (10, 1.2), (5, 1.2)])
def test_what_the_watch_did_not_notice_is_read_within_a_second_or_so(rate, within):
    waits = [seconds_to_a_scan(rate, (REST + 20) / rate + late / 30) for late in range(0, 40, 3)]
    assert max(waits) == pytest.approx(within, abs=0.1 + 0.5 / rate)


def test_a_code_that_a_look_misses_is_looked_for_at_once(reader, watchful):
    """Else a look in eight that fails now and then would tell that the code has left."""
    reader.symbols = (Symbol(b"a", SQUARE, "zxing"),)
    for _ in range(2 * REST):
        watchful.glance(WITH_CODE.data)
    symbols, reader.symbols = reader.symbols, ()
    missed = [watchful.glance(WITH_CODE.data) for _ in range(NET)].index(())
    reader.symbols = symbols
    assert watchful.glance(WITH_CODE.data) == symbols
    assert missed < NET < ABSENT_FRAMES


def test_a_look_that_could_not_be_had_is_had_at_the_next_frame(reader, watchful):
    """The decoders start again or are late: what is in the picture is as it was."""
    reader.symbols = None
    told = [watchful.glance(EMPTY.data) for _ in range(NET + 5)]
    assert told == [()] * (NET - 2) + [None] * 7
    assert reader.looks == 7
    assert watchful.rests
    reader.symbols = (Symbol(b"a", SQUARE, "zxing"),)
    assert watchful.glance(EMPTY.data) == reader.symbols
    assert not watchful.rests


def test_what_moves_while_the_decoders_start_again_does_not_rest(reader, watchful):
    reader.symbols = None
    assert watchful.glance(WITH_CODE.data) is None
    assert not watchful.rests


def test_what_is_laid_before_a_still_camera_is_read_from_its_first_frame():
    watchful, dice = WatchfulReader(open_reader()), np.random.default_rng(2)
    noise = [dice.integers(0, 9, EMPTY.shape, np.uint8) for _ in range(5)]
    for number in range(REST + 20):
        assert watchful.glance((EMPTY + noise[number % 5]).data) == ()
    (symbol,) = watchful.glance(np.minimum(WITH_CODE, 240 + noise[0]).data)
    assert symbol.payload == b"KQ1S00B"


def test_a_still_and_the_decoders_are_the_readers_own(reader, watchful):
    assert [symbol.payload for symbol in watchful.study(EMPTY.data)] == [b"study"]
    assert watchful.decoders == reader.decoders
    assert reader.looks == 0


def test_an_empty_frame_is_handed_on(reader, watchful):
    assert watchful.glance(np.zeros((0, 0, 3), np.uint8).data) == ()
    assert reader.looks == 1
