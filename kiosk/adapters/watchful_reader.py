"""A reader that rests while the picture is still, and looks at the first frame that is not."""

import numpy as np

from kiosk.adapters.stillness import Stillness
from kiosk.ports.decoder import Reader, Symbol, payloads

NET = 6
"""Of the frames of a still picture that are seen, each so-manieth is looked at all the same: what
changed by too little, such as one code for another at the same place in a dim room, is read 0.8 s
later at 30 frames a second and at 15, since the scan loop passes over three of four or every other
one, and 1.2 s later at ten or five."""


class WatchfulReader:
    """Saves another reader's looks at a picture that is the same as before.

    Thread: one at a time.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._stillness = Stillness()
        self._rested = 0
        self._read: tuple[Symbol, ...] = ()

    @property
    def decoders(self) -> frozenset[str]:
        """Those of the reader."""
        return self._reader.decoders

    @property
    def rests(self) -> bool:
        """True while the picture is still, and its codes are those of the last look."""
        return self._rested > 0

    def glance(self, frame: memoryview) -> tuple[Symbol, ...] | None:
        """What the reader reads in this frame, or has read while the picture is the same.

        Where the reader could not look at a still picture, it looks at the next frame.
        """
        pixels = np.asarray(frame)
        still = bool(pixels.size) and self._stillness.holds(pixels)
        self._rested = self._rested + 1 if still else 0
        if self._rested % NET:
            return self._read
        read = self._reader.glance(frame)
        if read is None:
            self._rested = NET - 1 if still else 0
            return None
        if still and payloads(read) != payloads(self._read):
            self._stillness.disturb()
            self._rested = 0
        self._read = read
        return read

    def study(self, frame: memoryview) -> tuple[Symbol, ...]:
        """What the reader finds in a still. Raises DecodersEndedError, where it does."""
        return self._reader.study(frame)

    def close(self) -> None:
        """Close the reader."""
        self._reader.close()
