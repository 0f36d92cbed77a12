"""Ticks with the minutes of the clock on the wall, so that the one in the bar turns with them."""

from datetime import datetime
from math import ceil

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.ports.clock import Clock

_MOST_MS = 5_000


class MinuteTimer(QObject):
    """Ticks when a minute begins, and every few seconds besides: a clock is set, a PC sleeps.

    Signals:
        ticked: look at the clock.
    Thread: the screen's.
    """

    ticked = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may be early
        self._timer.timeout.connect(self._tick)
        self._wait()

    def _tick(self) -> None:
        self.ticked.emit()
        self._wait()

    def _wait(self) -> None:
        self._timer.start(min(_MOST_MS, milliseconds_left(self._clock.now())))


def milliseconds_left(now: datetime) -> int:
    """Until the next minute begins, 1 to 60,000; whole minutes are so in every zone of today.

    >>> milliseconds_left(datetime(2026, 11, 22, 8, 59, 59, 250_400))
    750
    """
    return ceil(60_000 - now.second * 1000 - now.microsecond / 1000)
