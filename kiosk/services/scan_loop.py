"""Reads the camera until it is told to stop: frames, new codes, loss and return."""

import logging
from collections.abc import Callable
from enum import StrEnum, unique
from typing import Protocol, TypeVar

from kiosk.ports.camera import Camera, CameraEndedError, CameraLostError, Frame
from kiosk.ports.clock import Clock
from kiosk.ports.decoder import Reader, Symbol
from kiosk.services.frame_watch import LOST_AFTER, FrameWatch
from kiosk.services.scan_tracker import Scan, ScanTracker

FIRST_WAIT = 0.5
LONGEST_WAIT = 2.0
"""Seconds between two tries to open a lost camera; with its opening it is back within 3 s."""

OPENING_LIMIT = 45.0
"""Some webcams take half a minute to open on Windows (opencv#17687)."""

PASSED_OVER = 3
"""Frames at most that go by between two that are decoded and looked at, while the reader rests."""

UNSEEN = 0.12
"""Seconds at most in which frames are passed over, so three at 30 frames a second and one at 15,
as webcams give them in dim light: whoever comes is seen so much later, and takes longer to hold
something up."""

SHOWN = 3
"""Of the frames seen while the reader rests one in so many is shown: nobody is there."""

Taken = TypeVar("Taken")

_log = logging.getLogger(__name__)


@unique
class CameraState(StrEnum):
    """What the state light shows of the camera."""

    OPENING = "opening"
    READY = "ready"
    LOST = "lost"
    ENDED = "ended"


class Watcher(Protocol):
    """Is told what the loop sees, on the loop's thread; must return at once."""

    @property
    def counts(self) -> bool:
        """True while it is to be told of each frame that comes: none is passed over then."""

    def on_view(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        """A frame and the symbols read in it; while nothing changes not each frame."""

    def on_frame(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        """Each frame that is looked at, shown or not, and the symbols that are in it."""

    def on_scan(self, scan: Scan) -> None:
        """A code is newly in the picture."""

    def on_gone(self, payload: bytes) -> None:
        """A code has left the picture."""

    def on_camera(self, state: CameraState, detail: str) -> None:
        """The camera's state has changed; `detail` is for the log file."""

    def on_decoders(self, decoders: frozenset[str]) -> None:
        """Which decoders are there: told at the beginning, and when it changes."""


class StopSignal(Protocol):
    """What the loop needs of a `threading.Event`."""

    def is_set(self) -> bool:
        """True once the loop shall end."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait so long, or until the stop; True where it has come."""


class ScanLoop:
    """One camera and one reader, from opening to closing.

    Thread: `run` on one thread of its own; `hangs` from any.
    """

    def __init__(
        self,
        camera: Camera,
        reader: Reader,
        clock: Clock,
        watcher: Watcher,
        stop: StopSignal,
        tracker: ScanTracker,
    ) -> None:
        """Prepare; nothing is opened.

        `tracker` knows what lay in the picture when the loop before this one was given up.
        """
        self._camera = camera
        self._reader = reader
        self._clock = clock
        self._watcher = watcher
        self._stop = stop
        self._tracker = tracker
        self._state = CameraState.OPENING
        self._decoders: frozenset[str] | None = None
        self._watch = FrameWatch()
        self._pace = UNSEEN  # seconds from one frame to the next, as last seen
        self._came_at = 0.0
        self._rested = 0  # frames seen since the reader began to rest
        # Written by the loop, read by the watchdog.
        self._overdue_at = clock.steady() + OPENING_LIMIT

    def run(self) -> None:
        """Work until the stop is set or the source ends."""
        self._tell_decoders()
        self._watcher.on_camera(CameraState.OPENING, self._camera.name)
        wait = FIRST_WAIT
        try:
            while not self._stop.is_set():
                try:
                    self._attend()
                except CameraLostError as error:
                    wait = FIRST_WAIT if self._state is CameraState.READY else wait
                    self._report(CameraState.LOST, str(error))
                    self._allow(OPENING_LIMIT)
                    self._camera.close()
                    self._stop.wait(wait)
                    wait = min(2 * wait, LONGEST_WAIT)
        except CameraEndedError:
            self._report(CameraState.ENDED, "")
        finally:
            self._camera.close()

    def hangs(self) -> bool:
        """True where the camera or a decoder does not come back; then the thread is given up."""
        return self._clock.steady() >= self._overdue_at

    def _attend(self) -> None:
        """Open the camera and read it. Raises CameraLostError, CameraEndedError."""
        self._allow(OPENING_LIMIT)
        self._camera.open()
        asked_at = self._came_at = self._clock.steady()
        self._watch.start(asked_at)
        while not self._stop.is_set():
            frame = self._next()
            if self._stop.is_set():
                break  # a thread that hung is not to speak again
            if not self._camera.live or self._watch.sees(frame, asked_at):
                self._report(CameraState.READY, "")
                self._look(frame)
            asked_at = self._clock.steady()

    def _next(self) -> Frame:
        """The next frame to look at. Raises CameraLostError, CameraEndedError."""
        idle = self._rested and not self._watcher.counts
        looked_at = self._came_at
        for _ in range(PASSED_OVER if idle else 0):
            unseen = self._came_at + self._pace - looked_at
            if unseen > UNSEEN or self._stop.is_set():
                break
            self._timed(self._camera.pass_over)
        return self._timed(self._camera.read)

    def _timed(self, take: Callable[[], Taken]) -> Taken:
        taken = take()
        came_at = self._clock.steady()
        self._pace, self._came_at = came_at - self._came_at, came_at
        self._allow(LOST_AFTER)
        return taken

    def _look(self, frame: Frame) -> None:
        symbols = self._reader.glance(frame.pixels)
        if self._stop.is_set():
            return  # a decoder that hung: the tracker is another loop's by now
        self._tell_decoders()
        self._rested = self._rested + 1 if self._reader.rests else 0
        read = symbols or ()
        if self._rested % SHOWN == 0:
            self._watcher.on_view(frame, read)  # to draw each frame costs as much as to read it
        self._watcher.on_frame(frame, read)
        if symbols is None:
            return  # nobody looked: nothing has come, and nothing has left
        for scan in self._tracker.see(symbols, frame.taken_at):
            _log.info("scan of %d bytes by %s", len(scan.payload), scan.decoder)
            self._watcher.on_scan(scan)
        for payload in self._tracker.leave(frame.taken_at):
            self._watcher.on_gone(payload)

    def _tell_decoders(self) -> None:
        decoders = self._reader.decoders
        if decoders != self._decoders:
            self._decoders = decoders
            self._watcher.on_decoders(decoders)

    def _allow(self, seconds: float) -> None:
        self._overdue_at = self._clock.steady() + seconds

    def _report(self, state: CameraState, detail: str) -> None:
        if state is self._state:
            return
        self._state = state
        _log.info("camera %s: %s %s", self._camera.name, state, detail)
        self._watcher.on_camera(state, detail)
