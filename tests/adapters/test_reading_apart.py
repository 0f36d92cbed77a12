"""Decoders that crash, hang and lie, in a real process of their own."""

import errno
import gc
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from queue import Empty

import numpy as np
import psutil
import pytest

from kiosk.adapters import frame_memory, reading_apart
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.reading import LadderReader
from kiosk.adapters.reading_apart import ReaderApart, open_reader_apart
from kiosk.adapters.reading_process import ReadingProcess
from kiosk.ports.decoder import DECODERS, DecodersEndedError
from tests.desk_driver import LeapingClock
from tests.qr_drawing import draw, on_desk
from tests.unruly_reader import DEEDS, ask_for, words

ROOT = Path(__file__).parents[2]
CARD = "091190000018|370000018|Nguyễn Thị Hồng|02091990|Nữ|Minh Lương, Kiên Giang".encode()
DESK = on_desk((draw(CARD), 40, 60))
HARMLESS = {"print"}
DEADLY = [deed for deed in DEEDS if deed not in HARMLESS]


@pytest.fixture
def clock():
    return LeapingClock()


@pytest.fixture
def unruly(clock, monkeypatch):
    monkeypatch.setattr(reading_apart, "STUDY_LIMIT", 1.5)
    monkeypatch.setattr(reading_apart, "HANG_LIMIT", 1.5)
    with closing(ReaderApart(clock, words())) as reader:
        assert reader.decoders == frozenset(DECODERS)
        yield reader


def child_of(reader):
    return psutil.Process(reader._process._process.pid)


def reads_again(reader, within=15.0):
    """Seconds until the card is read at a glance."""
    begin = time.monotonic()
    while not any(symbol.payload == CARD for symbol in reader.glance(DESK.data) or ()):
        assert time.monotonic() - begin < within
        time.sleep(0.02)
    return time.monotonic() - begin


@pytest.mark.parametrize("deed", DEADLY)
def test_a_live_frame_that_ends_the_decoders_is_passed_over_and_the_next_one_is_read(
    unruly, deed, caplog
):
    reads_again(unruly)
    before = child_of(unruly)
    with caplog.at_level(logging.ERROR):
        assert unruly.glance(ask_for(deed, DESK).data) is None
        reads_again(unruly)
    assert not before.is_running()
    assert child_of(unruly).pid != before.pid
    (told,) = caplog.messages
    assert "the reading process is no more" in told
    assert told.isascii()
    assert "0911" not in told


@pytest.mark.parametrize("deed", ["abort", "hang", "stumble", "garbage"])
def test_a_picture_that_ends_the_decoders_is_told_and_the_next_one_is_read(unruly, deed):
    with pytest.raises(DecodersEndedError):
        unruly.study(ask_for(deed, DESK).data)
    assert {symbol.payload for symbol in unruly.study(DESK.data)} == {CARD}


def test_a_decoder_that_prints_disturbs_nothing(unruly):
    before = child_of(unruly).pid
    for _ in range(3):
        assert {s.payload for s in unruly.study(ask_for("print", DESK).data)} == {CARD}
    assert child_of(unruly).pid == before


def test_a_frame_that_killed_is_not_shown_again(unruly):
    frame = ask_for("abort", DESK).data
    unruly.glance(frame)
    reads_again(unruly)
    before = child_of(unruly).pid
    assert [unruly.glance(frame) for _ in range(5)] == [None] * 5
    with pytest.raises(DecodersEndedError):
        unruly.study(frame)
    assert child_of(unruly).pid == before


def test_a_look_that_hangs_keeps_no_frame_waiting_for_long(unruly):
    for wait in (1.2, 0.3, 0.3, 0.3):
        begin = time.monotonic()
        assert unruly.glance(ask_for("hang", DESK).data) is None
        assert time.monotonic() - begin < wait  # a second and more: services/frame_watch


def test_a_look_that_is_late_ends_nothing_and_is_told_when_it_comes(unruly, monkeypatch):
    monkeypatch.setattr(reading_apart, "PATIENCE", 0.0)
    before = child_of(unruly).pid
    reads_again(unruly)
    assert child_of(unruly).pid == before


def test_a_picture_is_not_told_what_a_late_glance_read(unruly, monkeypatch):
    monkeypatch.setattr(reading_apart, "PATIENCE", 0.0)
    while unruly.glance(DESK.data) is not None:
        pass
    assert unruly.study(on_desk().data) == ()
    assert {symbol.payload for symbol in unruly.study(DESK.data)} == {CARD}


class Asleep:
    """An inbox whose computer is put to sleep for an hour during the first look."""

    def __init__(self, inbox, clock) -> None:
        self.put = inbox.put
        self._inbox = inbox
        self._clock = clock
        self._slept = False

    def get(self, timeout):
        if not self._slept:
            self._slept = True
            self._clock.leap(hours=1)
            raise Empty
        return self._inbox.get(timeout=5)


def test_a_computer_that_sleeps_during_a_look_takes_its_process_for_no_hang(unruly, clock):
    before = child_of(unruly).pid
    unruly._process._inbox = Asleep(unruly._process._inbox, clock)
    assert unruly.glance(DESK.data) is None
    assert {symbol.payload for symbol in unruly.glance(DESK.data)} == {CARD}
    assert child_of(unruly).pid == before


def test_starting_again_keeps_no_frame_waiting(unruly):
    unruly.glance(ask_for("abort", DESK).data)
    begin = time.monotonic()
    assert unruly.glance(DESK.data) is None
    assert time.monotonic() - begin < 0.2


def frames_that_kill(count):
    for number in range(count):
        frame = ask_for("abort", DESK)
        frame[-1] = number
        yield frame.data


def test_a_decoder_that_crashes_again_and_again_is_left_out_and_comes_back(unruly, clock):
    for frame in frames_that_kill(3):
        unruly.glance(frame)
        reads_again(unruly)
    assert unruly.decoders == {"zxing"}
    before = child_of(unruly).pid
    for frame in frames_that_kill(6):  # the card lies there still
        unruly.glance(frame)
    reads_again(unruly)
    assert child_of(unruly).pid == before
    clock.leap(minutes=11)
    deadline = time.monotonic() + 15
    while unruly.decoders != frozenset(DECODERS):
        unruly.glance(DESK.data)
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_dies_of_no_decoder_is_started_less_and_less_often(clock):
    with closing(ReaderApart(clock, words("something else"))) as reader:
        for frame in frames_that_kill(3):
            reads_again(reader)
            reader.glance(frame)
        assert reader.decoders == frozenset()
        assert reader._process is None
        assert reader.glance(DESK.data) is None
        clock.leap(seconds=1)
        reader.glance(DESK.data)
        assert reader.decoders == frozenset()
        reads_again(reader)
        assert reader.decoders == frozenset(DECODERS)


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_is_killed_from_outside_between_two_frames_costs_no_frame_for_good(
    unruly, number
):
    reads_again(unruly)
    child = child_of(unruly)
    child.send_signal(number)
    time.sleep(0.2)
    assert unruly.glance(DESK.data) is None
    reads_again(unruly)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_process_that_stands_still_is_replaced(unruly):
    reads_again(unruly)
    child = child_of(unruly)
    child.suspend()
    assert unruly.glance(DESK.data) is None
    changed = DESK.copy()
    changed[-1] = 0
    deadline = time.monotonic() + 15
    while not unruly.glance(changed.data) or child.is_running():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_frame_for_which_there_is_no_memory_does_not_end_the_desk(clock, monkeypatch):
    def no_memory(*_):
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    with closing(ReaderApart(clock, words())) as reader:
        assert reader.decoders == frozenset(DECODERS)
        with monkeypatch.context() as patch:
            patch.setattr(frame_memory, "_mapped", no_memory)
            assert reader.glance(DESK.data) is None
        reads_again(reader)  # the frame itself is not to blame


def test_a_start_that_fails_once_leaves_no_process_behind(unruly, monkeypatch):
    reads_again(unruly)
    start, failures = ReadingProcess, [BlockingIOError("no memory")]

    def start_later(*how):
        if failures:
            raise failures.pop()
        return start(*how)

    monkeypatch.setattr(reading_apart, "ReadingProcess", start_later)
    unruly.glance(ask_for("abort", DESK).data)
    assert not failures
    reads_again(unruly)
    assert psutil.Process().children() == [child_of(unruly)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_the_end_of_a_session_are_not_for_it(unruly, number):
    child = child_of(unruly)
    child.send_signal(number)
    time.sleep(0.2)
    reads_again(unruly)
    assert child_of(unruly).pid == child.pid


def test_closing_ends_it_also_while_it_hangs_and_from_another_thread(unruly):
    child = child_of(unruly)
    looking = threading.Thread(target=unruly.glance, args=(ask_for("hang", DESK).data,))
    looking.start()
    time.sleep(0.3)
    begin = time.monotonic()
    unruly.close()
    looking.join(2)
    assert time.monotonic() - begin < 0.5
    assert not looking.is_alive()
    assert not child.is_running()
    assert unruly.glance(DESK.data) is None
    with pytest.raises(DecodersEndedError):
        unruly.study(DESK.data)


def test_nothing_is_left_of_twenty_readers():
    gc.collect()
    before = psutil.Process().num_fds()
    for _ in range(20):
        reader = ReaderApart(SystemClock())
        reader.close()
    gc.collect()
    assert psutil.Process().children() == []
    assert psutil.Process().num_fds() == before


def test_what_was_shown_is_wiped(clock):
    reader = ReaderApart(clock, words())
    reads_again(reader)
    memory = reader._process._memory
    other = os.dup(memory._file)
    reader.close()
    assert not any(os.pread(other, memory.size, 0))
    os.close(other)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("deed", ["print", "hang"])
def test_it_ends_with_a_desk_that_is_killed_also_in_the_middle_of_a_hang(deed):
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.unruly_desk", deed],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    child = psutil.Process(int(parent.stdout.readline()))
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:  # init's by now
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_holds_nothing_that_it_does_not_need(clock):
    with closing(open_reader_apart(clock)) as reader:
        reads_again(reader)
        child = child_of(reader)
        mapped = {Path(part.path).name for part in child.memory_maps()}
        modules = Path(f"/proc/{child.pid}/maps").read_text()
        assert "PySide6" not in modules
        assert not [name for name in mapped if "sqlite" in name]
        assert child.open_files() == [] or {f.path for f in child.open_files()} == {"/dev/null"}
        assert child.rlimit(psutil.RLIMIT_CORE) == (0, 0)
        assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
        assert not any("0911" in word for word in child.cmdline())


def test_where_no_process_can_be_started_the_desk_reads_by_itself(clock, monkeypatch):
    for line in (["/nowhere/python"], [sys.executable, "-c", "raise SystemExit(1)"]):
        monkeypatch.setattr(reading_apart.reading_start, "command", lambda line=line: line)
        reader = open_reader_apart(clock)
        assert isinstance(reader, LadderReader)
        assert {symbol.payload for symbol in reader.study(DESK.data)} == {CARD}


def test_a_frame_larger_than_any_before_is_read(clock):
    with closing(open_reader_apart(clock)) as reader:
        reads_again(reader)
        large = np.full((3000, 4000, 3), 200, np.uint8)
        large[: DESK.shape[0], : DESK.shape[1]] = DESK
        assert {symbol.payload for symbol in reader.study(large.data)} == {CARD}
        assert {symbol.payload for symbol in reader.study(DESK.data)} == {CARD}
