"""Tells a newly shown code from one that is still in the picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique

from kiosk.ports.clock import Clock
from kiosk.ports.decoder import Symbol

ABSENT_FRAMES = 10
ABSENT_SECONDS = 0.8
"""A code has left the picture after so many frames and so many seconds without it: both, since
some variants of the reader see a hard code only every few frames."""


@unique
class ScanSource(StrEnum):
    """How a payload came to the desk."""

    CAMERA = "camera"
    HAND = "hand"  # a hand scanner that types
    SERIAL = "serial"  # a hand scanner on a serial port
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Scan:
    """One newly seen payload.

    Attributes:
        payload: the bytes inside the symbol; never logged.
        source: how it came.
        decoder: who read it ("zbar", "zxing"); empty for a hand scanner or typing.
        seen_at: steady seconds.
    """

    payload: bytes
    source: ScanSource
    decoder: str
    seen_at: float

    def shown_at(self, clock: Clock) -> datetime:
        """When it was seen, UTC, however long it has waited since."""
        return clock.now() - timedelta(seconds=max(0.0, clock.steady() - self.seen_at))


@dataclass(slots=True)
class _Absence:
    frames: int
    last_seen: float


class ScanTracker:
    """Remembers the codes in the picture: each counts once until it has left it."""

    def __init__(self) -> None:
        self._present: dict[bytes, _Absence] = {}

    def see(self, symbols: Iterable[Symbol], now: float) -> tuple[Scan, ...]:
        """The codes that are new in this frame."""
        scans = []
        for absence in self._present.values():
            absence.frames += 1
        for symbol in symbols:
            if not symbol.payload:
                continue
            if symbol.payload not in self._present:
                scans.append(Scan(symbol.payload, ScanSource.CAMERA, symbol.decoder, now))
            self._present[symbol.payload] = _Absence(frames=0, last_seen=now)
        return tuple(scans)

    def leave(self, now: float) -> tuple[bytes, ...]:
        """The codes that have left the picture by now; shown again, they are new."""
        gone = tuple(
            payload
            for payload, absence in self._present.items()
            if absence.frames >= ABSENT_FRAMES and now - absence.last_seen >= ABSENT_SECONDS
        )
        for payload in gone:
            del self._present[payload]
        return gone
