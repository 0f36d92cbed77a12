"""Frame to payloads: what was read in a picture, as exact bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

Point = tuple[float, float]


class DecoderMissingError(Exception):
    """The decoder's library is not installed or does not load; the desk goes on without it."""


class DecodersEndedError(Exception):
    """The decoders crashed or hung over this picture; they are there again for the next one."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One QR symbol that was read.

    Attributes:
        payload: the bytes inside it, exactly as they were written.
        corners: four points in the coordinates of the plane that was given, clockwise.
        decoder: who read it ("zbar", "zxing").
    """

    payload: bytes
    corners: tuple[Point, ...]
    decoder: str


def payloads(symbols: Iterable[Symbol]) -> frozenset[bytes]:
    """What they hold, each once."""
    return frozenset(symbol.payload for symbol in symbols)


class Decoder(Protocol):
    """Reads QR symbols in one grey plane. Called from one thread only."""

    @property
    def name(self) -> str:
        """Short name, stable: "zbar", "zxing"."""

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        """Every symbol that was read.

        Args:
            plane: C-contiguous grey picture of shape (height, width), uint8.
        """


@runtime_checkable
class Finder(Decoder, Protocol):
    """A decoder that knows as well where symbols lie that it cannot read."""

    def look(self, plane: memoryview) -> tuple[tuple[Symbol, ...], tuple[tuple[Point, ...], ...]]:
        """What `decode` reads, and the corners of what was found and not read."""


DECODERS = ("zbar", "zxing")
"""The names of all decoders that a desk should have."""


class Reader(Protocol):
    """Reads a whole frame by whatever decoders and picture variants it has.

    A frame is valid during the call only: what is to be kept of it is copied.
    """

    @property
    def decoders(self) -> frozenset[str]:
        """Which of `DECODERS` it has; the desk goes on without the others, and says so.

        May change with a look: one that crashes again and again is left out for a while.
        """

    @property
    def rests(self) -> bool:
        """True where the picture is as it was before, for a while: nobody is there.

        Then not each frame need be glanced at or shown.
        """

    def glance(self, frame: memoryview) -> tuple[Symbol, ...] | None:
        """What one look at a live frame reads: cheap; each look may try another variant.

        None where nobody looked, since the decoders start again or are late: what was in the
        picture before may be there still.

        Args:
            frame: C-contiguous picture of shape (height, width, 3), uint8, blue-green-red.
        """

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What a still picture holds: every variant is tried before giving up.

        Raises DecodersEndedError, where they work in a process of their own.
        """

    def close(self) -> None:
        """Let go of what it holds; nothing is read any more. From any thread, and twice."""
