import gc
import threading
import time

import pytest

from kiosk.adapters.clock_system import SystemClock
from kiosk.ports.camera import CameraEndedError, CameraLostError, Frame
from kiosk.services.camera_check import EACH
from kiosk.services.scan_loop import CameraState
from kiosk.ui import capture_thread
from kiosk.ui.capture_thread import Capture
from tests.fakes_capture import FakeReader, picture

OPENING, READY, LOST, ENDED = CameraState


class Device:
    """A webcam in real time that the test pulls, freezes and hangs; many cameras may open it."""

    live = True
    name = "device"

    def __init__(self, wait):
        self.wait = wait
        self.plugged = threading.Event()
        self.plugged.set()
        self.frozen = False
        self.hang = threading.Event()
        self.release = threading.Event()
        self.number = 0
        self.frames = None
        self.closed = 0
        self.passed = 0

    def open(self):
        if not self.plugged.is_set():
            raise CameraLostError

    def read(self):
        if self.hang.is_set():
            self.release.wait(30)
        if not self.plugged.is_set():
            raise CameraLostError
        if self.frames == self.number:
            raise CameraEndedError
        self.wait(0.02)
        self.number += not self.frozen
        return Frame(picture(self.number), time.monotonic())

    def pass_over(self):
        self.read()
        self.passed += 1

    def close(self):
        self.closed += 1


class Screen:
    """A capture with its devices, and what it told."""

    def __init__(self, qtbot, reader, make_measure=None):
        self.qtbot = qtbot
        self.devices = []
        self.reader = reader
        self.capture = Capture(self.make, lambda: reader, SystemClock(), make_measure)
        self.states, self.scans, self.gone, self.views, self.threads = [], [], [], [], set()
        self.capture.camera_changed.connect(lambda state, _: self.note(self.states, state))
        self.capture.scanned.connect(lambda scan: self.note(self.scans, scan.payload))
        self.capture.gone.connect(lambda payload: self.note(self.gone, payload))
        self.capture.view_waiting.connect(lambda: self.note(self.views, self.capture.take_view()))

    def make(self, wait):
        self.devices.append(Device(wait))
        return self.devices[-1]

    def note(self, where, what):
        self.threads.add(threading.current_thread())
        where.append(what)

    def until(self, condition, timeout=3000):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)


@pytest.fixture
def shown():
    return []


@pytest.fixture
def screen(qtbot, shown):
    screen = Screen(qtbot, FakeReader(lambda: tuple(shown)))
    screen.capture.start()
    yield screen
    for device in screen.devices:
        device.release.set()
    screen.capture.stop()


def test_frames_and_scans_come_on_the_screens_own_thread(screen, shown):
    screen.until(lambda: len(screen.views) > 5)
    shown.append(b"a")
    screen.until(lambda: screen.scans == [b"a"])
    assert screen.views[-1].frame.pixels.shape == (6, 8, 3)
    shown.clear()
    screen.until(lambda: screen.gone == [b"a"])
    assert screen.threads == {threading.main_thread()}
    assert screen.states == [OPENING, READY]


def test_a_pulled_camera_is_told_within_2_s_and_back_within_3_s(screen):
    screen.until(lambda: screen.states == [OPENING, READY])
    screen.devices[0].plugged.clear()
    screen.until(lambda: screen.states[-1] is LOST, timeout=2000)
    screen.devices[0].plugged.set()
    screen.until(lambda: screen.states[-1] is READY, timeout=3000)
    assert len(screen.devices) == 1


def test_a_camera_that_repeats_one_picture_is_told_within_2_s(screen):
    screen.until(lambda: screen.states == [OPENING, READY])
    screen.devices[0].frozen = True
    screen.until(lambda: screen.states[-1] is LOST, timeout=2000)
    screen.devices[0].frozen = False
    screen.until(lambda: screen.states[-1] is READY, timeout=3000)


def test_a_camera_that_does_not_come_back_is_told_within_2_s_and_replaced(screen):
    screen.until(lambda: screen.states == [OPENING, READY])
    screen.devices[0].hang.set()
    screen.until(lambda: screen.states[-1] is LOST, timeout=2000)
    screen.until(lambda: screen.states[-1] is READY, timeout=3000)
    assert len(screen.devices) == 2
    screen.until(lambda: screen.reader.closed == 1)  # of no more use to the one that hangs
    seen = screen.devices[0].number
    screen.devices[0].release.set()
    screen.until(lambda: screen.devices[0].closed > 0)
    assert screen.devices[0].number <= seen + 1
    assert screen.states == [OPENING, READY, LOST, READY]


def test_a_code_that_stays_in_view_while_a_camera_hangs_is_not_scanned_again(screen, shown):
    shown.append(b"a")
    screen.until(lambda: screen.scans == [b"a"])
    screen.devices[0].hang.set()
    screen.until(lambda: screen.states[-2:] == [OPENING, READY], timeout=8000)
    before = len(screen.views)
    screen.until(lambda: len(screen.views) > before + 10)
    assert screen.scans == [b"a"]


def test_a_thread_that_was_given_up_says_nothing_more(screen, shown):
    screen.until(lambda: len(screen.views) > 2)
    screen.devices[0].hang.set()
    screen.until(lambda: len(screen.devices) == 2 and screen.states[-1] is READY, timeout=8000)
    shown.append(b"a")
    screen.devices[0].release.set()
    screen.until(lambda: screen.scans)
    screen.qtbot.wait(300)
    assert screen.scans == [b"a"]
    assert screen.devices[0].closed == 1


def test_no_more_than_some_threads_are_given_up(screen, monkeypatch):
    monkeypatch.setattr(capture_thread, "MOST_GIVEN_UP", 0)
    screen.until(lambda: screen.states == [OPENING, READY])
    screen.devices[0].hang.set()
    screen.until(lambda: screen.states[-1] is LOST, timeout=2000)
    screen.qtbot.wait(600)
    assert len(screen.devices) == 1
    screen.devices[0].hang.clear()
    screen.devices[0].release.set()
    screen.until(lambda: screen.states[-1] is READY)


def test_stopping_takes_less_than_3_s_even_if_the_camera_hangs(screen):
    screen.until(lambda: screen.states == [OPENING, READY])
    screen.devices[0].hang.set()
    time.sleep(0.1)
    begin = time.monotonic()
    assert not screen.capture.stop()
    assert time.monotonic() - begin < 3


def test_stopping_closes_the_camera_and_leaves_nothing_behind(screen):
    screen.until(lambda: screen.views)
    begin = time.monotonic()
    assert screen.capture.stop()
    assert time.monotonic() - begin < 1
    assert screen.devices[0].closed == 1
    assert screen.reader.closed == 1
    assert screen.capture.take_view() is None
    told = len(screen.views)
    screen.qtbot.wait(100)
    assert len(screen.views) == told


def test_it_can_be_stopped_twice_and_started_again(screen):
    screen.until(lambda: screen.views)
    assert screen.capture.stop()
    assert screen.capture.stop()
    screen.capture.start()
    screen.until(lambda: len(screen.devices) == 2 and screen.states[-1] is READY)


def test_frames_are_dropped_and_no_signals_pile_up_while_the_screen_is_busy(screen):
    screen.until(lambda: screen.views)
    before, number = len(screen.views), screen.devices[0].number
    time.sleep(1.0)
    screen.qtbot.wait(1)
    assert screen.devices[0].number - number > 20
    assert len(screen.views) - before <= 2


def test_the_camera_check_measures_each_third_frame_also_while_the_reader_rests(qtbot):
    reader, looks = FakeReader(), []
    reader.rests = True
    screen = Screen(qtbot, reader, make_measure=lambda: lambda frame, _symbols: frame)
    screen.capture.inspecting = True
    screen.capture.looked.connect(looks.append)
    screen.capture.start()
    screen.until(lambda: len(looks) > 5)
    screen.capture.stop()
    (device,) = screen.devices
    assert len(looks) == pytest.approx(device.number / EACH, abs=2)  # else the rate is wrong
    assert device.passed == 0


def test_the_check_may_begin_while_frames_are_passed_over(qtbot):
    reader, looks = FakeReader(), []
    reader.rests = True
    screen = Screen(qtbot, reader, make_measure=lambda: lambda frame, _symbols: frame)
    screen.capture.looked.connect(looks.append)
    screen.capture.start()
    screen.until(lambda: screen.devices and screen.devices[0].passed > 10)
    (device,) = screen.devices
    assert not looks
    screen.capture.inspecting = True
    begun, number, passed = len(looks), device.number, device.passed
    screen.until(lambda: len(looks) > 8)
    assert len(looks) - begun == pytest.approx((device.number - number) / EACH, abs=2)
    assert device.passed <= passed + 2
    screen.capture.inspecting = False
    screen.until(lambda: device.passed > passed + 10)
    screen.capture.stop()


def test_the_end_of_a_film_is_told_and_is_no_loss(screen):
    screen.until(lambda: screen.views)
    screen.devices[0].live = False
    screen.devices[0].frames = screen.devices[0].number + 5
    screen.until(lambda: screen.states[-1] is ENDED)
    screen.qtbot.wait(600)
    assert screen.states == [OPENING, READY, ENDED]


def test_a_stopped_capture_can_be_thrown_away_at_once(qtbot):
    for _ in range(5):
        screen = Screen(qtbot, FakeReader())
        screen.capture.start()
        screen.capture.stop()
        screen.capture.deleteLater()
        del screen
        gc.collect()
        qtbot.wait(1)
