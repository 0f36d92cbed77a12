"""Fakes of time, camera and reader for tests of the capture."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count

from kiosk.ports.camera import CameraEndedError, CameraLostError, Frame
from kiosk.ports.decoder import DECODERS, Symbol
from kiosk.services.scan_loop import CameraState
from kiosk.services.scan_tracker import Scan


class SteadyClock:
    """Time that passes only where something waits."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def steady(self) -> float:
        return self.seconds

    def zone(self) -> tzinfo:
        return UTC


class StopAt:
    """A stop that comes at a moment; waiting lets the time pass."""

    def __init__(self, clock: SteadyClock, after: float) -> None:
        self._clock = clock
        self._at = clock.seconds + after

    def is_set(self) -> bool:
        return self._clock.seconds >= self._at

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.seconds = min(self._clock.seconds + (timeout or 0.0), self._at)
        return self.is_set()


def picture(number: int, width: int = 8, height: int = 6) -> memoryview:
    """A small picture that differs from that of any other number."""
    content = number.to_bytes(4, "little") * (width * height)
    return memoryview(content[: width * height * 3]).cast("B", (height, width, 3))


class FakeCamera:
    """A camera whose plugging, freezing and slowness the test decides, by the clock.

    Attributes:
        plugged: whether it can be opened and read, asked at each call.
        frozen: whether it repeats its last picture.
        passed: frames that were passed over.
        seconds_a_frame: how long a read takes.
    """

    def __init__(
        self, clock: SteadyClock, *, live: bool = True, frames: int | None = None
    ) -> None:
        self.clock = clock
        self.live = live
        self.name = "fake"
        self.plugged: Callable[[], bool] = lambda: True
        self.frozen: Callable[[], bool] = lambda: False
        self.seconds_a_frame: Callable[[], float] = lambda: 0.05
        self.opened = 0
        self.is_open = False
        self._numbers = count(1)
        self._number = 0
        self._left = frames
        self.passed = 0

    def open(self) -> None:
        self.opened += 1
        self.clock.seconds += 0.2
        if not self.plugged():
            msg = "not there"
            raise CameraLostError(msg)
        self.is_open = True

    def read(self) -> Frame:
        if not self.is_open:
            msg = "not open"
            raise CameraLostError(msg)
        if self._left == 0:
            msg = "end"
            raise CameraEndedError(msg)
        self._left = None if self._left is None else self._left - 1
        took = self.seconds_a_frame()
        self.clock.seconds += took
        if not self.plugged():
            msg = "pulled out"
            raise CameraLostError(msg)
        if not self.frozen():
            self._number = next(self._numbers)
        return Frame(picture(self._number), self.clock.seconds)

    def pass_over(self) -> None:
        self.read()
        self.passed += 1

    def close(self) -> None:
        self.is_open = False


class FakeReader:
    """Reads what the test says is in the picture at the time."""

    def __init__(self, shown: Callable[[], tuple[bytes, ...]] = tuple) -> None:
        self.shown = shown
        self.decoders = frozenset(DECODERS)
        self.rests = False
        self.closed = 0

    def glance(self, frame: memoryview) -> tuple[Symbol, ...]:
        square = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
        return tuple(Symbol(payload, square, "fake") for payload in self.shown())

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        return self.glance(frame)

    def close(self) -> None:
        self.closed += 1


class Diary:
    """A watcher that writes down what it is told, and when."""

    def __init__(self, clock: SteadyClock) -> None:
        self._clock = clock
        self._start = clock.seconds
        self.counts = False
        self.views = 0
        self.frames = 0
        self.scans: list[tuple[float, bytes]] = []
        self.gone: list[tuple[float, bytes]] = []
        self.states: list[tuple[float, CameraState]] = []
        self.decoders: list[frozenset[str]] = []

    def on_view(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        self.views += 1

    def on_frame(self, frame: Frame, symbols: tuple[Symbol, ...]) -> None:
        self.frames += 1

    def on_scan(self, scan: Scan) -> None:
        self.scans.append((self.now(), scan.payload))

    def on_gone(self, payload: bytes) -> None:
        self.gone.append((self.now(), payload))

    def on_camera(self, state: CameraState, detail: str) -> None:
        self.states.append((self.now(), state))

    def on_decoders(self, decoders: frozenset[str]) -> None:
        self.decoders.append(decoders)

    def now(self) -> float:
        return self._clock.seconds - self._start


class FakeDecoder:
    """Reads in any plane what the test says, and remembers how often it was asked."""

    def __init__(self, name: str, *symbols: Symbol) -> None:
        self.name = name
        self.symbols = symbols
        self.planes: list[tuple[int, ...]] = []

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        self.planes.append(tuple(plane.shape))
        return self.symbols if plane.nbytes else ()
