import numpy as np
import pytest

from kiosk.services.scan_loop import LONGEST_WAIT, UNSEEN, CameraState, ScanLoop
from kiosk.services.scan_tracker import ScanTracker
from tests.fakes_capture import Diary, FakeCamera, FakeReader, SteadyClock, StopAt

OPENING, READY, LOST, ENDED = CameraState


@pytest.fixture
def clock():
    return SteadyClock()


@pytest.fixture
def camera(clock):
    return FakeCamera(clock)


@pytest.fixture
def diary(clock):
    return Diary(clock)


def between(clock, begin, end):
    """True while the clock is within these seconds of the test's beginning."""
    start = clock.seconds
    return lambda: begin <= clock.seconds - start < end


def run(camera, reader, clock, diary, seconds):
    loop = ScanLoop(camera, reader, clock, diary, StopAt(clock, seconds), ScanTracker())
    loop.run()
    return loop


def when(diary, state, nth=0):
    return [at for at, told in diary.states if told is state][nth]


def test_a_camera_is_ready_with_its_first_picture_and_closed_at_the_stop(camera, clock, diary):
    run(camera, FakeReader(), clock, diary, 2.0)
    assert [state for _, state in diary.states] == [OPENING, READY]
    assert diary.views > 10
    assert not camera.is_open


def test_a_code_in_view_is_one_scan_however_long_it_stays(camera, clock, diary):
    reader = FakeReader(lambda: (b"a",))
    run(camera, reader, clock, diary, 30.0)
    assert [payload for _, payload in diary.scans] == [b"a"]
    assert diary.gone == []


def test_a_code_that_has_left_the_picture_is_a_new_scan(camera, clock, diary):
    first, again = between(clock, 1, 3), between(clock, 6, 8)
    reader = FakeReader(lambda: (b"a",) if first() or again() else ())
    run(camera, reader, clock, diary, 12.0)
    assert [payload for _, payload in diary.scans] == [b"a", b"a"]
    assert diary.gone[0][0] == pytest.approx(3.8, abs=0.3)


def test_a_code_that_flickers_stays_one_scan(camera, clock, diary):
    turn = iter(range(10_000))
    reader = FakeReader(lambda: (b"a",) if next(turn) % 9 == 0 else ())
    run(camera, reader, clock, diary, 20.0)
    assert len(diary.scans) == 1


def test_a_code_missed_for_long_in_few_slow_frames_stays_one_scan(camera, clock, diary):
    camera.seconds_a_frame = lambda: 0.5
    turn = iter(range(10_000))
    reader = FakeReader(lambda: (b"a",) if next(turn) % 4 == 0 else ())
    run(camera, reader, clock, diary, 20.0)
    assert len(diary.scans) == 1


def test_two_codes_at_once_are_two_scans(camera, clock, diary):
    run(camera, FakeReader(lambda: (b"a", b"b", b"a")), clock, diary, 2.0)
    assert [payload for _, payload in diary.scans] == [b"a", b"b"]


def test_an_empty_payload_is_no_scan(camera, clock, diary):
    run(camera, FakeReader(lambda: (b"",)), clock, diary, 2.0)
    assert diary.scans == []


@pytest.mark.parametrize("returns_after", [0.7, 3.0, 7.3, 31.0])
def test_a_pulled_camera_is_told_at_once_and_back_within_3_s_of_its_return(
    camera, clock, diary, returns_after
):
    pulled = between(clock, 5, 5 + returns_after)
    camera.plugged = lambda: not pulled()
    run(camera, FakeReader(), clock, diary, 60.0)
    assert [state for _, state in diary.states] == [OPENING, READY, LOST, READY]
    assert when(diary, LOST) == pytest.approx(5, abs=0.2)
    assert when(diary, READY, 1) - (5 + returns_after) < 3


def test_a_camera_that_repeats_its_last_picture_is_lost_within_2_s(camera, clock, diary):
    camera.frozen = between(clock, 5, 20)
    run(camera, FakeReader(), clock, diary, 40.0)
    assert [state for _, state in diary.states] == [OPENING, READY, LOST, READY]
    assert when(diary, LOST) - 5 < 2
    assert when(diary, READY, 1) - 20 < 3


def test_a_film_may_show_one_still_picture(clock, diary):
    camera = FakeCamera(clock, live=False)
    camera.frozen = between(clock, 1, 20)
    run(camera, FakeReader(), clock, diary, 30.0)
    assert LOST not in [state for _, state in diary.states]


def test_a_camera_that_becomes_slow_is_lost(camera, clock, diary):
    slow = between(clock, 5, 12)
    camera.seconds_a_frame = lambda: 0.9 if slow() else 0.05
    run(camera, FakeReader(), clock, diary, 30.0)
    assert when(diary, LOST) - 5 < 2
    assert diary.states[-1][1] is READY


def test_a_first_picture_that_takes_long_is_no_loss(camera, clock, diary):
    seconds = iter([1.7])
    camera.seconds_a_frame = lambda: next(seconds, 0.05)
    run(camera, FakeReader(), clock, diary, 10.0)
    assert [state for _, state in diary.states] == [OPENING, READY]


def test_a_camera_that_was_never_there_is_tried_for_ever_but_not_too_often(camera, clock, diary):
    camera.plugged = lambda: False
    run(camera, FakeReader(), clock, diary, 60.0)
    assert [state for _, state in diary.states] == [OPENING, LOST]
    assert 60 / (LONGEST_WAIT + 0.2) - 1 <= camera.opened <= 60 / LONGEST_WAIT + 3


def test_the_end_of_a_film_ends_the_loop(clock, diary):
    camera = FakeCamera(clock, live=False, frames=5)
    run(camera, FakeReader(), clock, diary, 60.0)
    assert [state for _, state in diary.states] == [OPENING, READY, ENDED]
    assert diary.views == 5
    assert not camera.is_open


def test_a_code_in_view_when_the_camera_was_lost_is_not_scanned_twice(camera, clock, diary):
    pulled = between(clock, 5, 8)
    camera.plugged = lambda: not pulled()
    run(camera, FakeReader(lambda: (b"a",)), clock, diary, 20.0)
    assert len(diary.scans) == 1


@pytest.mark.parametrize("seconds", [0.9, 3.0, 7.0])
def test_a_code_in_view_while_the_decoders_start_again_is_not_scanned_twice(
    camera, clock, diary, seconds
):
    reader, blind = FakeReader(lambda: (b"a",)), between(clock, 5, 5 + seconds)
    looks = reader.glance
    reader.glance = lambda frame: None if blind() else looks(frame)
    run(camera, reader, clock, diary, 20.0)
    assert len(diary.scans) == 1
    assert diary.gone == []
    assert diary.views == diary.frames > 390, "what was not read is shown all the same"


def test_a_code_that_leaves_while_the_decoders_start_again_is_a_new_scan(camera, clock, diary):
    blind, away = between(clock, 5, 7), between(clock, 6, 9)
    reader = FakeReader(lambda: () if away() else (b"a",))
    looks = reader.glance
    reader.glance = lambda frame: None if blind() else looks(frame)
    run(camera, reader, clock, diary, 20.0)
    assert [payload for _, payload in diary.scans] == [b"a", b"a"]


def test_a_call_that_does_not_return_is_seen_from_outside(camera, clock, diary):
    seen = []

    def hang():
        for _ in range(20):
            clock.seconds += 0.1
            seen.append(loop.hangs())
        return 0.0

    hung = iter([0.05, 0.05])
    camera.seconds_a_frame = lambda: next(hung, None) or hang()
    loop = ScanLoop(camera, FakeReader(), clock, diary, StopAt(clock, 2.0), ScanTracker())
    loop.run()
    assert seen.index(True) == pytest.approx(16, abs=1)


def test_a_camera_that_opens_for_half_a_minute_does_not_hang(camera, clock, diary):
    asked = []

    def plugged():
        if not asked:
            clock.seconds += 30
            asked.append(loop.hangs())
        return True

    camera.plugged = plugged
    loop = ScanLoop(camera, FakeReader(), clock, diary, StopAt(clock, 40.0), ScanTracker())
    loop.run()
    assert asked == [False]


def test_waiting_for_a_lost_camera_is_no_hanging(camera, clock, diary):
    camera.plugged = lambda: False
    stop = StopAt(clock, 20.0)
    answers = []
    loop = ScanLoop(camera, FakeReader(), clock, diary, stop, ScanTracker())
    wait = stop.wait

    def watched(timeout=None):
        stopped = wait(timeout)
        answers.append(loop.hangs())
        return stopped

    stop.wait = watched
    loop.run()
    assert answers
    assert not any(answers)


def test_a_stop_while_the_camera_opens_reads_no_frame(camera, clock, diary):
    run(camera, FakeReader(), clock, diary, 0.1)
    assert [state for _, state in diary.states] == [OPENING]
    assert diary.views == 0
    assert not camera.is_open


def test_the_decoders_are_told_at_the_beginning_and_when_they_change(camera, clock, diary):
    reader = FakeReader()
    every, one = reader.decoders, frozenset({"zxing"})
    crashed = between(clock, 1, 2)
    looks = reader.glance

    def glance(frame):
        reader.decoders = one if crashed() else every
        return looks(frame)

    reader.glance = glance
    run(camera, reader, clock, diary, 4.0)
    assert diary.decoders == [every, one, every]


# --- while the reader rests


@pytest.fixture
def resting():
    reader = FakeReader()
    reader.rests = True
    return reader


@pytest.fixture
def webcam(camera):
    """Thirty frames a second."""
    camera.seconds_a_frame = lambda: 1 / 30
    return camera


def test_three_frames_of_four_are_passed_over_and_few_are_shown(clock, webcam, resting, diary):
    resting.shown = lambda: (b"a",)
    run(webcam, resting, clock, diary, 4.2)
    assert webcam.passed == pytest.approx(90, abs=3)
    assert diary.frames == pytest.approx(30, abs=2)
    assert diary.views == pytest.approx(10, abs=1)
    assert [payload for _, payload in diary.scans] == [b"a"]
    assert diary.gone == []


def test_none_is_passed_over_while_something_happens(clock, webcam, diary):
    run(webcam, FakeReader(), clock, diary, 3.2)
    assert webcam.passed == 0
    assert diary.frames == diary.views == pytest.approx(90, abs=2)


def test_who_counts_the_frames_is_told_of_each(clock, webcam, resting, diary):
    diary.counts = True
    run(webcam, resting, clock, diary, 3.2)
    assert webcam.passed == 0
    assert diary.frames == pytest.approx(90, abs=2)


@pytest.mark.parametrize("comes_at", [2.0 + number / 90 for number in range(12)])
def test_what_comes_in_is_seen_within_four_frames_and_then_in_each(clock, webcam, diary, comes_at):
    """At whichever moment between two frames that are looked at."""
    there = between(clock, comes_at, 4)

    class Resting(FakeReader):
        @property
        def rests(self):
            return not there()

        @rests.setter
        def rests(self, _):
            pass

    run(webcam, Resting(lambda: (b"a",) if there() else ()), clock, diary, 3.2)
    ((scanned_at, _),) = diary.scans
    assert scanned_at - comes_at <= 4 / 30 + 0.001
    passed, frames = webcam.passed, diary.frames
    assert passed == pytest.approx(3 * 30 * (comes_at - 0.2) / 4, abs=4)
    assert frames == pytest.approx(passed / 3 + 30 * (3.2 - comes_at), abs=3)


@pytest.mark.parametrize(
    ("rate", "passed"), [(60, 3), (30, 3), (25, 2), (20, 2), (15, 1), (10, 1), (8, 0), (5, 0)]
)
def test_of_a_slower_camera_fewer_are_passed_over(camera, clock, resting, diary, rate, passed):
    """Else whoever comes into a dim room, where webcams give fifteen, would wait for it."""
    seen = []
    resting.shown = lambda: seen.append(clock.seconds) or ()
    camera.seconds_a_frame = lambda: 1 / rate
    run(camera, resting, clock, diary, 4.2)
    assert camera.passed == pytest.approx(passed * diary.frames, abs=passed)
    waits = np.diff(seen)
    assert max(waits) - 1 / rate <= UNSEEN + 0.001


@pytest.mark.parametrize("rate", [30, 15, 9, 5, 3])
def test_a_camera_that_freezes_meanwhile_is_lost_within_2_s(camera, clock, resting, diary, rate):
    camera.seconds_a_frame = lambda: 1 / rate
    camera.frozen = between(clock, 5, 20)
    run(camera, resting, clock, diary, 10.0)
    assert when(diary, LOST) - 5 < 2


@pytest.mark.parametrize("seconds", [0.81, 0.9])
def test_a_camera_that_becomes_slow_meanwhile_is_lost(webcam, clock, resting, diary, seconds):
    slow = between(clock, 5, 12)
    webcam.seconds_a_frame = lambda: seconds if slow() else 1 / 30
    run(webcam, resting, clock, diary, 12.0)
    assert when(diary, LOST) - 5 < 2
    assert [state for _, state in diary.states[:2]] == [OPENING, READY]


def test_a_camera_pulled_while_frames_are_passed_over_is_lost_at_once(
    webcam, clock, resting, diary
):
    pulled = between(clock, 5, 8)
    webcam.plugged = lambda: not pulled()
    run(webcam, resting, clock, diary, 20.0)
    assert [state for _, state in diary.states] == [OPENING, READY, LOST, READY]
    assert when(diary, LOST) == pytest.approx(5, abs=0.1)


@pytest.mark.parametrize("hung", [70, 71, 72])
def test_a_camera_that_hangs_meanwhile_is_seen_from_outside(webcam, clock, resting, diary, hung):
    """In a frame that is passed over or in one that is read."""
    seen, number = [], iter(range(10_000))

    def hang():
        for _ in range(20):
            clock.seconds += 0.1
            seen.append(loop.hangs())
        return 0.0

    webcam.seconds_a_frame = lambda: hang() if next(number) == hung else 1 / 30
    loop = ScanLoop(webcam, resting, clock, diary, StopAt(clock, 6.0), ScanTracker())
    loop.run()
    assert seen.index(True) == pytest.approx(16, abs=1)


def test_a_film_that_ends_while_frames_are_passed_over_ends_the_loop(clock, resting, diary):
    camera = FakeCamera(clock, live=False, frames=6)
    run(camera, resting, clock, diary, 60.0)
    assert [state for _, state in diary.states] == [OPENING, READY, ENDED]
    assert diary.frames == 2
