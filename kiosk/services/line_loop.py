"""Listens to a serial line until it is told to stop: codes, loss and return."""

import logging
from enum import StrEnum, unique
from typing import Protocol

from kiosk.ports.clock import Clock
from kiosk.ports.serial_line import LineFault, LineLostError, SerialLine
from kiosk.services.line_frames import LineFrames
from kiosk.services.scan_loop import StopSignal

SILENCE = 0.2
"""Seconds after which a code without line end is whole; USB makes gaps of some 10 ms."""

FIRST_WAIT = 0.5
LONGEST_WAIT = 4.0
"""Seconds between two tries to find a line that is not there."""

_log = logging.getLogger(__name__)


@unique
class LineState(StrEnum):
    """How a line stands."""

    OPENING = "opening"
    READY = "ready"
    LOST = "lost"


class LineWatcher(Protocol):
    """Is told what the loop hears, on the loop's thread; must return at once."""

    def on_code(self, code: bytes) -> None:
        """A line, or what came before a silence, without its end."""

    def on_line(self, state: LineState, fault: LineFault | None) -> None:
        """The line's state has changed."""


class LineLoop:
    """One line, from opening to closing.

    Thread: one of its own.
    """

    def __init__(
        self, line: SerialLine, clock: Clock, watcher: LineWatcher, stop: StopSignal
    ) -> None:
        self._line = line
        self._clock = clock
        self._watcher = watcher
        self._stop = stop
        self._state = LineState.OPENING

    def run(self) -> None:
        """Work until the stop is set."""
        wait = FIRST_WAIT
        try:
            while not self._stop.is_set():
                try:
                    self._attend()
                except LineLostError as error:
                    wait = FIRST_WAIT if self._state is LineState.READY else wait
                    self._report(LineState.LOST, error)
                    self._line.close()
                    self._stop.wait(wait)
                    wait = min(2 * wait, LONGEST_WAIT)
        finally:
            self._line.close()

    def _attend(self) -> None:
        """Open the line and read it. Raises LineLostError: half a code is dropped with it."""
        self._line.open()
        self._report(LineState.READY)
        frames = LineFrames()
        heard_at = self._clock.steady()
        while not self._stop.is_set():
            chunk = self._line.read()
            if chunk:
                heard_at = self._clock.steady()
                codes = frames.feed(chunk)
            elif self._clock.steady() - heard_at >= SILENCE:
                codes = frames.silence()
            else:
                continue
            for code in codes:
                self._watcher.on_code(code)

    def _report(self, state: LineState, error: LineLostError | None = None) -> None:
        if state is self._state:
            return
        self._state = state
        _log.info("line %s: %s %s", self._line.name, state, error or "")
        self._watcher.on_line(state, error.fault if error else None)
