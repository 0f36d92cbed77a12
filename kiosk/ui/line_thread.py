"""Listens to a serial line on a thread of its own and brings its codes to the screen's thread."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread

from PySide6.QtCore import QObject, Signal

from kiosk.ports.clock import Clock
from kiosk.ports.serial_line import LineFault, SerialLine
from kiosk.services.line_loop import LineLoop, LineState

MakeLine = Callable[[], SerialLine]

STOP_SECONDS = 1.0
MOST_WAITING = 16
"""Codes that wait for a screen that is busy; a device that floods the line loses the older."""


@dataclass(frozen=True, slots=True)
class _CodesWait:
    pass


@dataclass(frozen=True, slots=True)
class _LineReport:
    state: LineState
    fault: LineFault | None


_Report = _CodesWait | _LineReport


class Line(QObject):
    """A serial line as the screen hears it.

    Opening a port may hang in a driver, so the thread is Python's daemon: it never holds up the
    end of the program.

    Signals (all on the screen's thread):
        came: the bytes of a code, or of a line.
        changed: a LineState, and a LineFault or None.

    Thread: the screen's.
    """

    came = Signal(object)
    changed = Signal(object, object)
    _told = Signal(object, object)

    def __init__(self, make: MakeLine, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = LineState.OPENING
        self._make = make
        self._clock = clock
        self._worker: _Worker | None = None
        self._told.connect(self._on_told)

    def start(self) -> None:
        """Open the line, on another thread."""
        self.state = LineState.OPENING
        self._worker = _Worker(self._told.emit)
        self._worker.begin(self._make, self._clock)

    def stop(self) -> bool:
        """End the thread; False where it did not end in time and was left alone."""
        worker, self._worker = self._worker, None
        return worker is None or worker.end()

    def _on_told(self, worker: object, report: _Report) -> None:
        if self._worker is None or worker is not self._worker:
            return  # said by a thread that has been stopped
        match report:
            case _LineReport(state, fault):
                self.state = state
                self.changed.emit(state, fault)
            case _CodesWait():
                for code in self._worker.take():
                    self.came.emit(code)


class _Worker:
    """One thread with its loop and its stop; the loop's watcher."""

    def __init__(self, tell: Callable[[object, _Report], None]) -> None:
        self._tell = tell
        self._stop = Event()
        self._codes: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._thread: Thread | None = None

    def begin(self, make: MakeLine, clock: Clock) -> None:
        loop = LineLoop(make(), clock, self, self._stop)
        self._thread = Thread(target=loop.run, name="line", daemon=True)
        self._thread.start()

    def end(self) -> bool:
        self._stop.set()
        if self._thread is None:
            return True
        self._thread.join(STOP_SECONDS)
        return not self._thread.is_alive()

    def take(self) -> tuple[bytes, ...]:
        """What waits, oldest first."""
        taken: list[bytes] = []
        with suppress(IndexError):
            while True:  # until it is empty: only the first code into an empty place is told
                taken.append(self._codes.popleft())
        return tuple(taken)

    def on_code(self, code: bytes) -> None:
        self._codes.append(code)
        if len(self._codes) == 1:
            self._say(_CodesWait())

    def on_line(self, state: LineState, fault: LineFault | None) -> None:
        self._say(_LineReport(state, fault))

    def _say(self, report: _Report) -> None:
        """Send it to the screen's thread, which is gone perhaps once the stop is set."""
        if not self._stop.is_set():
            self._tell(self, report)
