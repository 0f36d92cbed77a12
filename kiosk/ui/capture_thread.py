"""Runs the scan loop on a thread of its own and brings what it sees to the screen's thread."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.domain.camera_check import Look
from kiosk.ports.camera import Camera, Frame
from kiosk.ports.clock import Clock
from kiosk.ports.decoder import Reader, Symbol
from kiosk.services.camera_check import EACH
from kiosk.services.mailbox import Mailbox
from kiosk.services.scan_loop import CameraState, ScanLoop
from kiosk.services.scan_tracker import Scan, ScanTracker

MakeCamera = Callable[[Callable[[float], object]], Camera]
"""A camera that waits, where it must, with the function given: a stop ends that wait."""

WATCH_MS = 250
STOP_SECONDS = 2.5
MOST_GIVEN_UP = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """A frame and the symbols found in it."""

    frame: Frame
    symbols: tuple[Symbol, ...]


@dataclass(frozen=True, slots=True)
class _Gone:
    payload: bytes


@dataclass(frozen=True, slots=True)
class _CameraReport:
    state: CameraState
    detail: str


@dataclass(frozen=True, slots=True)
class _DecodersReport:
    decoders: frozenset[str]


@dataclass(frozen=True, slots=True)
class _ViewWaits:
    pass


Measure = Callable[[Frame, tuple[Symbol, ...]], Look]
"""Measures frames that follow each other, for the camera check."""

_Report = Scan | _Gone | _CameraReport | _DecodersReport | _ViewWaits


class Capture(QObject):
    """The camera as the screen sees it.

    A call into a driver that never returns cannot be ended from outside: such a thread is given
    up, holding its camera, and a new one tries in its place. Threads are Python's daemons and not
    QThreads, since a QThread that hangs takes the whole program down when it is destroyed.

    Signals (all on the screen's thread):
        view_waiting: a view lies ready for `take_view`; not repeated until it is taken.
        scanned: a Scan, a code newly in the picture.
        gone: the payload of a code that has left the picture.
        camera_changed: a CameraState and a detail for the log file.
        decoders_changed: the names of the decoders that are there, and of those that were
            before; None before they were open.
        looked: a Look, of each third frame while it is `inspecting`.
        shown: a QImage and the symbols in it, when a view was taken and is on the screen.

    Attributes:
        inspecting: frames are measured, for the camera check.

    Thread: the screen's.
    """

    view_waiting = Signal()
    scanned = Signal(object)
    gone = Signal(object)
    camera_changed = Signal(object, str)
    decoders_changed = Signal(object, object)
    looked = Signal(object)
    shown = Signal(object, object)
    _told = Signal(object, object)

    def __init__(
        self,
        make_camera: MakeCamera,
        make_reader: Callable[[], Reader],
        clock: Clock,
        make_measure: Callable[[], Measure] | None = None,
    ) -> None:
        super().__init__()
        self.state = CameraState.OPENING
        self.decoders: frozenset[str] | None = None
        self.inspecting = False
        self._make_measure = make_measure
        self._make_camera = make_camera
        self._make_reader = make_reader
        self._clock = clock
        self._views: Mailbox[View] = Mailbox()
        self._tracker = ScanTracker()  # outlives a thread: no code in view is new to the next
        self._worker: _Worker | None = None
        self._given_up: list[_Worker] = []
        self._told.connect(self._on_told)
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_MS)
        self._timer.timeout.connect(self._watch)

    def start(self) -> None:
        """Open the camera, on another thread."""
        self.state = CameraState.OPENING
        self._begin()
        self._timer.start()

    def stop(self) -> bool:
        """End the thread; False where one hangs and was left alone."""
        self._timer.stop()
        worker, self._worker = self._worker, None
        ended = worker is None or worker.end(STOP_SECONDS)
        self._views.take()
        return ended and not any(hung.is_alive() for hung in self._given_up)

    def take_view(self) -> View | None:
        """The newest view, or None where it was taken already."""
        return self._views.take()

    def _begin(self) -> None:
        measure = self._make_measure() if self._make_measure is not None else None
        self._worker = _Worker(self._views, self._tracker, self._told.emit)
        self._worker.inspect_with(measure, lambda: self.inspecting, self.looked.emit)
        self._worker.begin(self._make_camera, self._make_reader, self._clock)

    def _on_told(self, worker: object, report: _Report) -> None:
        if worker is not self._worker:
            return  # said by a thread that has been given up or stopped
        match report:
            case _ViewWaits():
                self._change(CameraState.READY, "")  # a thread that hung came back by itself
                self.view_waiting.emit()
            case Scan():
                self.scanned.emit(report)
            case _Gone(payload):
                self.gone.emit(payload)
            case _CameraReport(state, detail):
                self._change(state, detail)
            case _DecodersReport(decoders):
                before, self.decoders = self.decoders, decoders
                if decoders != before:
                    self.decoders_changed.emit(decoders, before)

    def _change(self, state: CameraState, detail: str) -> None:
        trying_again = self.state is CameraState.LOST and state is CameraState.OPENING
        if state is self.state and state is not CameraState.OPENING:
            return
        if not trying_again:
            self.state = state
            self.camera_changed.emit(state, detail)

    def _watch(self) -> None:
        """Tell the loss of a camera whose thread does not come back, and try with a new one."""
        self._given_up = [worker for worker in self._given_up if worker.is_alive()]
        if self._worker is None or not self._worker.hangs():
            return
        self._change(CameraState.LOST, "the camera does not answer")
        if len(self._given_up) >= MOST_GIVEN_UP:
            return
        _log.warning("a capture thread hangs and is given up")
        self._worker.give_up()
        self._given_up.append(self._worker)
        self._views.take()  # its last view would be shown as the next camera's
        self._begin()


class _Worker:
    """One thread with its loop and its stop; the loop's watcher."""

    def __init__(
        self,
        views: Mailbox[View],
        tracker: ScanTracker,
        tell: Callable[[object, _Report], None],
    ) -> None:
        self._views = views
        self._tracker = tracker
        self._tell = tell
        self._stop = Event()
        self._loop: ScanLoop | None = None
        self._reader: Reader | None = None
        self._thread: Thread | None = None
        self._measure: Measure | None = None
        self._inspecting: Callable[[], bool] = lambda: False
        self._looked: Callable[[Look], object] = lambda _look: None
        self._frames = 0

    def inspect_with(
        self,
        measure: Measure | None,
        inspecting: Callable[[], bool],
        looked: Callable[[Look], object],
    ) -> None:
        self._measure, self._inspecting, self._looked = measure, inspecting, looked

    def begin(
        self, make_camera: MakeCamera, make_reader: Callable[[], Reader], clock: Clock
    ) -> None:
        def run() -> None:
            reader = self._reader = make_reader()
            try:
                camera = make_camera(self._stop.wait)
                loop = ScanLoop(camera, reader, clock, self, self._stop, self._tracker)
                self._loop = loop
                loop.run()
            finally:
                reader.close()

        self._thread = Thread(target=run, name="capture", daemon=True)
        self._thread.start()

    def end(self, seconds: float) -> bool:
        """Ask for the end and wait so long; True where it has come."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(seconds)
        return not self.is_alive()

    def give_up(self) -> None:
        """Leave it alone; its reader is of no more use to it, and may take time to be closed."""
        self._stop.set()
        if self._reader is not None:
            Thread(target=self._reader.close, name="capture-end", daemon=True).start()

    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def hangs(self) -> bool:
        return self.is_alive() and self._loop is not None and self._loop.hangs()

    @property
    def counts(self) -> bool:
        return self._measure is not None and self._inspecting()

    def on_view(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        if not self._stop.is_set() and self._views.put(View(frame, symbols)):
            self._say(_ViewWaits())

    def on_frame(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        self._frames += 1
        if self._measure is not None and self._inspecting() and self._frames % EACH == 0:
            look = self._measure(frame, symbols)
            if not self._stop.is_set():
                self._looked(look)

    def on_scan(self, scan: Scan) -> None:
        self._say(scan)

    def on_gone(self, payload: bytes) -> None:
        self._say(_Gone(payload))

    def on_camera(self, state: CameraState, detail: str) -> None:
        self._say(_CameraReport(state, detail))

    def on_decoders(self, decoders: frozenset[str]) -> None:
        self._say(_DecodersReport(decoders))

    def _say(self, report: _Report) -> None:
        """Send it to the screen's thread, which is gone perhaps once the stop is set."""
        if not self._stop.is_set():
            self._tell(self, report)
