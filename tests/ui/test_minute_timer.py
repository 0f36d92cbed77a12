"""The clock in the bar turns with the minute."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject

from kiosk.ui.minute_timer import MinuteTimer, milliseconds_left
from tests.fakes_log import MORNING, ManualClock

MINUTE = MORNING.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("seconds", "left"), [(0, 60_000), (0.0004, 60_000), (30, 30_000), (59.25, 750), (59.9999, 1)]
)
def test_it_is_known_how_long_a_minute_lasts_still(seconds, left):
    assert milliseconds_left(MINUTE + timedelta(seconds=seconds)) == left


def test_it_ticks_when_the_minute_begins_and_every_few_seconds_before(qtbot):
    """A clock that is looked at every five seconds was behind for up to five."""
    owner = QObject()
    clock = ManualClock(MINUTE + timedelta(seconds=52))
    ticks = MinuteTimer(clock, owner)
    waits, seen = [], []
    ticks.ticked.connect(lambda: seen.append(clock.now() - MINUTE))
    for _ in range(3):
        waits.append(ticks._timer.interval())
        clock.pass_by(waits[-1] / 1000)
        ticks._timer.timeout.emit()
    assert waits == [5_000, 3_000, 5_000]
    assert seen == [timedelta(seconds=second) for second in (57, 60, 65)]
    assert ticks._timer.isActive()
