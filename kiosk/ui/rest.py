"""How long somebody with a high temperature has still to rest before the second reading."""

from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.domain.desk import Remeasure, State
from kiosk.ports.clock import Clock

_LOOK_MS = 10_000
_MINUTE = 60


class Rest(QObject):
    """Counts in the steady clock, so that a clock that is set changes no rest.

    Signals:
        gone_on: the minutes may be fewer.
        over: the rest has been long enough.
    Thread: the screen's.
    """

    gone_on = Signal()
    over = Signal()

    def __init__(self, minutes: int, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._clock = clock
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def follow(self, state: State) -> None:
        """Somebody rests, from now on or since they were put aside; or nobody does."""
        if not isinstance(state, Remeasure):
            self._timer.stop()
            self._until = 0.0
            return
        rested = state.who.rested
        seconds = self._seconds_from(rested.since) if rested else self._minutes * _MINUTE
        self._until = self._clock.steady() + seconds
        self._timer.start()

    @property
    def minutes_left(self) -> int:
        """Whole minutes, the last one begun included; 0 when it is over or nobody rests."""
        return max(0, ceil((self._until - self._clock.steady()) / _MINUTE))

    def minutes_from(self, since: datetime) -> int:
        """The same of somebody who was put aside then (aware)."""
        return ceil(self._seconds_from(since) / _MINUTE)

    def over_at(self, since: datetime) -> datetime:
        """The first whole minute at which whoever was put aside then (aware) has rested enough."""
        end = since + timedelta(minutes=self._minutes)
        begun = end.replace(second=0, microsecond=0)
        return begun if begun == end else begun + timedelta(minutes=1)

    def _seconds_from(self, since: datetime) -> float:
        whole = self._minutes * _MINUTE
        return min(whole, max(0.0, whole - (self._clock.now() - since).total_seconds()))

    def _look(self) -> None:
        if not self.minutes_left:
            self._timer.stop()
            self.over.emit()
        self.gone_on.emit()
