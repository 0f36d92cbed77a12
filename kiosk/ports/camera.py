"""A source of frames: webcam, film, folder of pictures, stream."""

from dataclasses import dataclass
from typing import Protocol


class CameraLostError(Exception):
    """The source cannot be opened or gives no fresh picture; trying again later may help.

    `args[0]` is the detail for the log file, never shown to the receptionist.
    """


class CameraEndedError(Exception):
    """The source has no more frames: a film or a folder at its end. Not a fault."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture.

    Attributes:
        pixels: C-contiguous memoryview of shape (height, width, 3), uint8, blue-green-red.
        taken_at: steady seconds (`Clock.steady`) at which it was read.
    """

    pixels: memoryview
    taken_at: float

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return self.pixels.shape[0] if self.pixels.shape else 0

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return self.pixels.shape[1] if self.pixels.shape else 0


class Camera(Protocol):
    """One source; its methods are called from one thread only."""

    @property
    def name(self) -> str:
        """What to call it in words: "0", a path, an address."""

    @property
    def live(self) -> bool:
        """True for a device or stream (its loss is watched), False for a film or folder."""

    def open(self) -> None:
        """Open or reopen it. May take seconds. Raises CameraLostError."""

    def read(self) -> Frame:
        """The next frame, at the source's own pace. Raises CameraLostError, CameraEndedError."""

    def pass_over(self) -> None:
        """Wait for the next frame as `read` does, and make no picture of it. Raises the same."""

    def close(self) -> None:
        """Release it. Safe to call twice and on a source that never opened."""
