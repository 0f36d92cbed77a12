"""A serial line on its own thread, through a real pseudo-terminal that is pulled and plugged."""

import os
import threading
import time

import pytest

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.serial_port import SerialPort
from kiosk.ports.serial_line import LineFault
from kiosk.services import line_loop
from kiosk.services.line_loop import LineState
from kiosk.ui import line_thread
from kiosk.ui.line_thread import MOST_WAITING, Line
from tests.terminals import has_terminals

pytestmark = pytest.mark.skipif(not has_terminals(), reason="no pseudo-terminals here")

if os.name != "nt":
    from tests.serial_cable import Cable

OPENING, READY, LOST = LineState
CARD = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Rạch Giá, An Giang|15042024||||".encode()


class Screen:
    """A line, and what it told."""

    def __init__(self, qtbot, path):
        self.qtbot = qtbot
        self.cable = Cable(path)
        self.line = Line(lambda: SerialPort(str(path), 115200, ()), SystemClock())
        self.codes, self.states, self.faults, self.threads = [], [], [], set()
        self.line.came.connect(self.came)
        self.line.changed.connect(self.changed)
        self.line.start()

    def came(self, code):
        self.threads.add(threading.current_thread())
        self.codes.append(code)

    def changed(self, state, fault):
        self.threads.add(threading.current_thread())
        self.states.append(state)
        self.faults.append(fault)

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=8000)


@pytest.fixture
def screen(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(line_loop, "FIRST_WAIT", 0.05)
    screen = Screen(qtbot, tmp_path / "ttyTEST0")
    screen.until(lambda: screen.states == [READY])
    yield screen
    screen.line.stop()
    screen.cable.pull()


def test_codes_come_whole_and_on_the_screens_own_thread(screen):
    for piece in (CARD[:20], CARD[20:50], CARD[50:] + b"\r"):
        screen.cable.send(piece)
    screen.cable.send(b"KQ1\r\n")
    screen.until(lambda: len(screen.codes) == 2)
    assert screen.codes == [CARD, b"KQ1"]
    assert screen.threads == {threading.main_thread()}


def test_a_code_without_line_end_comes_after_a_silence(screen):
    screen.cable.send(CARD)
    screen.until(lambda: screen.codes)
    assert screen.codes == [CARD]


def test_a_pulled_scanner_is_told_and_read_again_once_it_is_plugged_in(screen):
    screen.cable.send(CARD[:30])
    screen.cable.pull()
    screen.until(lambda: screen.states[-1] is LOST)
    screen.cable.plug()
    screen.until(lambda: screen.states[-1] is READY)
    screen.cable.send(CARD + b"\r")
    screen.until(lambda: screen.codes)
    assert screen.codes == [CARD]
    assert screen.states == [READY, LOST, READY]
    assert screen.faults[0] is None
    assert screen.faults[1] in (LineFault.FAILED, LineFault.NOT_FOUND)


def test_it_is_pulled_and_plugged_ten_times_over(screen):
    for number in range(10):
        screen.cable.pull()
        screen.until(lambda: screen.states[-1] is LOST)
        screen.cable.plug()
        screen.until(lambda: screen.states[-1] is READY)
        screen.cable.send(f"{number}\r".encode())
        screen.until(lambda number=number: len(screen.codes) == number + 1)
    assert screen.codes == [str(number).encode() for number in range(10)]


def test_a_flood_without_line_end_is_no_code_and_the_next_code_is_read(screen):
    for _ in range(500):
        screen.cable.send(b"x" * 4096)
    screen.cable.send(b"\r" + CARD + b"\r")
    screen.until(lambda: screen.codes)
    assert screen.codes == [CARD]


def test_a_flood_of_lines_piles_nothing_up_while_the_screen_is_busy(screen):
    screen.cable.send(b"".join(b"%06d\r" % number for number in range(3000)) + b"last\r")
    deadline = time.monotonic() + 5
    while screen.line._worker._codes and screen.line._worker._codes[-1] != b"last":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    screen.until(lambda: screen.codes and screen.codes[-1] == b"last")
    assert len(screen.codes) <= MOST_WAITING


def test_stopping_is_quick_says_nothing_more_and_frees_the_port(screen):
    begin = time.monotonic()
    assert screen.line.stop()
    assert screen.line.stop()
    assert time.monotonic() - begin < 1
    screen.cable.send(CARD + b"\r")
    screen.qtbot.wait(100)
    assert screen.codes == []
    port = SerialPort(str(screen.cable.path), 115200, ())
    port.open()
    port.close()


def test_stopping_while_a_lost_line_is_looked_for_is_quick(screen, monkeypatch):
    monkeypatch.setattr(line_loop, "LONGEST_WAIT", 60.0)
    monkeypatch.setattr(line_loop, "FIRST_WAIT", 60.0)
    screen.cable.pull()
    screen.until(lambda: screen.states[-1] is LOST)
    begin = time.monotonic()
    assert screen.line.stop()
    assert time.monotonic() - begin < 1


@pytest.mark.leaves_thread
def test_a_driver_that_never_returns_does_not_hold_up_the_end(qtbot, monkeypatch):
    monkeypatch.setattr(line_thread, "STOP_SECONDS", 0.1)
    release = threading.Event()

    class Hangs(SerialPort):
        def open(self):
            release.wait(30)

    line = Line(lambda: Hangs("COM3", 9600, ()), SystemClock())
    line.start()
    begin = time.monotonic()
    assert not line.stop()
    assert time.monotonic() - begin < 1
    release.set()
