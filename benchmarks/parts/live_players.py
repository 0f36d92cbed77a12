"""Plays films to a reader as the desk's scan loop sees them, for `benchmarks.live`.

By a stopwatch that counts the processor's work only, or by the clock with a window that draws.
"""

import time
from collections.abc import Callable
from itertools import islice
from threading import Event

import numpy as np
import psutil
import zxingcpp
from pyzbar import pyzbar

from benchmarks.parts.live_films import PACE, Studio
from benchmarks.reading import OURS, QR_MODEL_2, grey
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.reading import open_reader
from kiosk.adapters.reading_apart import open_reader_apart
from kiosk.adapters.stillness import REST
from kiosk.adapters.watchful_reader import WatchfulReader
from kiosk.app.run import application
from kiosk.ports.camera import CameraEndedError, Frame
from kiosk.ports.decoder import DECODERS, Reader, Symbol
from kiosk.services.scan_loop import CameraState, ScanLoop
from kiosk.services.scan_tracker import Scan, ScanTracker
from kiosk.ui.camera_state import show_view
from kiosk.ui.camera_view import CameraView
from kiosk.ui.capture_thread import Capture
from kiosk.ui.theme import LIGHT, Theme


class Stopwatch(SystemClock):
    """Time that passes by the processor's work and by waiting for the camera."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def steady(self) -> float:
        """Seconds so far."""
        return self.seconds


class Projector:
    """A camera that shows a film at its pace; who comes late misses frames."""

    live = False
    name = "film"

    def __init__(self, film: list[np.ndarray], steady: Callable[[], float]) -> None:
        self.film, self.steady = film, steady
        self.shown = -1
        self.begin = self.work = 0.0

    def open(self) -> None:
        """Start the film."""
        self.work = -worked()
        self.begin = self.steady()

    def close(self) -> None:
        """Nothing to free."""

    def read(self) -> Frame:
        """The frame whose moment has come."""
        number = max(self.shown + 1, int((self.steady() - self.begin) * PACE))
        if number >= len(self.film):
            self.work += worked()  # the reading process is there still
            raise CameraEndedError
        self.wait(self.begin + number / PACE - self.steady())
        self.shown = number
        return Frame(self.film[number].data, self.steady())

    def pass_over(self) -> None:
        """Wait for the frame."""
        self.read()

    def wait(self, seconds: float) -> None:
        """Until the next frame is there."""
        if seconds > 0:
            time.sleep(seconds)


class Reel(Projector):
    """A projector for a stopwatch."""

    def __init__(self, film: list[np.ndarray], watch: Stopwatch) -> None:
        super().__init__(film, watch.steady)
        self.watch = watch

    def wait(self, seconds: float) -> None:
        """Until the next frame is there."""
        self.watch.seconds += max(0.0, seconds)


class Timed:
    """A reader whose work moves a stopwatch on."""

    decoders = frozenset(DECODERS)

    def __init__(self, reader: Reader, watch: Stopwatch) -> None:
        self.reader, self.watch, self.worked = reader, watch, 0.0

    @property
    def rests(self) -> bool:
        """Whether it does."""
        return self.reader.rests

    def glance(self, frame: memoryview) -> tuple[Symbol, ...] | None:
        """What is read in a live frame."""
        begin = time.thread_time()
        symbols = self.reader.glance(frame)
        took = time.thread_time() - begin
        self.worked += took
        self.watch.seconds += took
        return symbols

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What is read in a still."""
        return self.reader.study(frame)

    def close(self) -> None:
        """Close the reader."""
        self.reader.close()


class Late:
    """A reader that need not look at what is empty anyhow, until the film begins."""

    rests = False

    def __init__(self, reader: Reader) -> None:
        self.reader, self.awake = reader, False
        self.decoders = reader.decoders  # waits until a process of its own is up

    def glance(self, frame: memoryview) -> tuple[Symbol, ...] | None:
        """What is read in a live frame."""
        return self.reader.glance(frame) if self.awake else ()

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What is read in a still."""
        return self.reader.study(frame)

    def close(self) -> None:
        """Close the reader."""
        self.reader.close()


class Alone:
    """One decoder as most programs use it."""

    decoders = frozenset(DECODERS)
    rests = False

    def __init__(self, decode: Callable[[np.ndarray], list[bytes]]) -> None:
        self.decode = decode

    def glance(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What is read in a live frame."""
        return tuple(Symbol(text, (), "alone") for text in self.decode(grey(np.asarray(frame))))

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What is read in a still."""
        return self.glance(frame)

    def close(self) -> None:
        """Nothing to let go of."""


def plain_pyzbar(plane: np.ndarray) -> list[bytes]:
    return [one.data for one in pyzbar.decode(plane, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def plain_zxing(plane: np.ndarray) -> list[bytes]:
    return [one.text.encode() for one in zxingcpp.read_barcodes(plane, formats=QR_MODEL_2)]


class Notes:
    """A watcher that writes down what is accepted, and when."""

    def __init__(self, projector: Projector) -> None:
        self.projector = projector
        self.scans: list[tuple[bytes, int, float]] = []

    counts = False

    def on_view(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        """Nobody looks."""

    def on_frame(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        """Nobody measures."""

    def on_scan(self, scan: Scan) -> None:
        """The payload, the frame's number, the seconds since the film's start."""
        taken = scan.seen_at - self.projector.begin
        at = self.projector.steady() - self.projector.begin
        self.scans.append((scan.payload, round(taken * PACE), at))

    def on_gone(self, payload: bytes) -> None:
        """Nobody waits for it."""

    def on_camera(self, state: CameraState, detail: str) -> None:
        """It only ends."""

    def on_decoders(self, decoders: frozenset[str]) -> None:
        """All are there."""


def rested(reader: Reader, studio: Studio) -> Reader:
    """Ours after seconds of an empty desk, as the first guest of the morning finds it."""
    late = Late(reader)
    watchful = WatchfulReader(late)
    for frame in islice(studio.empty(), REST + 5):
        watchful.glance(frame.data)
    late.awake = True
    return watchful


def plain_ways() -> dict[str, Callable[[Studio], Reader]]:
    return {
        "pyzbar": lambda _studio: Alone(plain_pyzbar),
        "zxing-cpp": lambda _studio: Alone(plain_zxing),
        OURS: lambda studio: rested(open_reader(), studio),
    }


def desk_ways() -> dict[str, Callable[[Studio], Reader]]:
    """The same, with ours in its process of its own as at the desk."""
    apart = {OURS: lambda studio: rested(open_reader_apart(SystemClock()), studio)}
    return plain_ways() | apart


def play(film: list[np.ndarray], reader: Reader) -> tuple[Notes, float]:
    """The notes, and the share of the time that the reader worked."""
    watch = Stopwatch()
    timed, reel = Timed(reader, watch), Reel(film, watch)
    notes = Notes(reel)
    ScanLoop(reel, timed, watch, notes, Event(), ScanTracker()).run()
    return notes, timed.worked / (len(film) / PACE)


def play_in_window(film: list[np.ndarray], reader: Reader) -> tuple[Notes, float]:
    """The same by the clock: the loop on its thread, each frame drawn in a window."""
    app, clock = application(), SystemClock()
    projector = Projector(film, clock.steady)
    notes = Notes(projector)
    capture = Capture(lambda _wait: projector, lambda: reader, clock)
    view = CameraView(Theme(LIGHT, 1.0), mirrored=True)
    view.resize(960, 540)
    view.show()
    capture.view_waiting.connect(lambda: show_view(capture, [view]))
    capture.scanned.connect(notes.on_scan)
    capture.camera_changed.connect(lambda state, _: app.exit() if state == "ended" else None)
    capture.start()
    app.exec()
    capture.stop()
    reader.close()
    view.close()
    return notes, projector.work / (len(film) / PACE)


def worked() -> float:
    """Seconds of the processor so far, with those of the reading process."""
    desk = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (desk, *desk.children()))
