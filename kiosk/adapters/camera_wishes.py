"""What is asked of a webcam, and what its driver answers; a refusal stops nothing.

What OpenCV's properties do differs by system (read in OpenCV's own cap_v4l, cap_dshow, cap_msmf):

- V4L2 (Linux) counts exposure in 100 µs, and its automatic mode is 3 (aperture priority), manual
  is 1; what was set stays in the camera for the next program, so automatic is asked for too.
- DirectShow and Media Foundation (Windows) count exposure in powers of two of a second; DirectShow
  knows no automatic exposure and answers no. Asked for a rate after a size, DirectShow sets the
  size up anew and forgets MJPG: the rate comes first.
- The mains' frequency is no property of OpenCV: on Linux it is set beside it (`power_line`).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Protocol

from kiosk.adapters.opencv import cv2
from kiosk.adapters.power_line import set_power_line

Size = tuple[int, int]

HD: Size = (1280, 720)
FULL_HD: Size = (1920, 1080)

_MJPG = "MJPG"
_V4L2_AUTO, _V4L2_MANUAL = 3.0, 1.0
_SAID_NOTHING = (-1.0, 0.0)
_LETTERS = 4


@unique
class Wish(StrEnum):
    """What can be asked."""

    SIZE = "size"
    FORMAT = "format"
    RATE = "rate"
    EXPOSURE = "exposure"
    FOCUS = "focus"
    POWER_LINE = "power_line"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a desk would like of its webcam.

    Attributes:
        size: pixels, width first.
        rate: frames a second.
        exposure_ms: milliseconds; None leaves it to the camera.
        focus: as the camera counts it, most often 0 (far) to 255 (near); None: by itself.
        power_line: hertz of the mains, against the flicker of lamps; None leaves it as it is.
    """

    size: Size = HD
    rate: int = 30
    exposure_ms: int | None = None
    focus: int | None = None
    power_line: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One wish and what became of it.

    Attributes:
        wish: which one.
        asked: what was asked, in words of the driver.
        got: what the driver says there is now; "" where it says nothing.
    """

    wish: Wish
    asked: str
    got: str

    @property
    def granted(self) -> bool:
        """Whether the driver says that it is so."""
        return self.asked == self.got


class Settable(Protocol):
    """What is used of a `cv2.VideoCapture`."""

    def set(self, propId: int, value: float, /) -> bool:  # noqa: N803
        """Ask for a value; False where it is refused."""

    def get(self, propId: int, /) -> float:  # noqa: N803
        """The value in force; -1 or 0 where there is none."""


def ask(
    capture: Settable,
    backend: int,
    source: int | str,
    wishes: Wishes,
    power_line: Callable[[int | str, int], int | None] = set_power_line,
) -> tuple[Answer, ...]:
    """Ask for everything once, before the first frame: a running device would start again.

    Args:
        capture: opened, nothing read from it yet.
        backend: of OpenCV, which opened it.
        source: its index or path.
        wishes: of the desk.
        power_line: sets the mains' frequency of a source, and tells what is in force.
    """
    _set(capture, cv2.CAP_PROP_FPS, wishes.rate)
    _ask_size(capture, wishes.size)
    if wishes.size > HD and _format(capture) not in (_MJPG, ""):
        _ask_size(capture, HD)  # uncompressed, a large picture comes five times a second,
        _set(capture, cv2.CAP_PROP_FPS, wishes.rate)  # and V4L2 stays at that pace by itself
    return tuple(_answers(capture, backend, source, wishes, power_line))


def _answers(
    capture: Settable,
    backend: int,
    source: int | str,
    wishes: Wishes,
    power_line: Callable[[int | str, int], int | None],
) -> Iterator[Answer]:
    width, height = (
        _get(capture, p) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
    )
    got = f"{width:.0f}x{height:.0f}" if width and height else ""
    yield Answer(Wish.SIZE, "{}x{}".format(*wishes.size), got)
    yield Answer(Wish.FORMAT, _MJPG, _format(capture))
    yield Answer(Wish.RATE, str(wishes.rate), _number(_get(capture, cv2.CAP_PROP_FPS)))
    yield _exposure(capture, backend, wishes.exposure_ms)
    yield _focus(capture, wishes.focus)
    if wishes.power_line is not None:
        there = power_line(source, wishes.power_line)
        yield Answer(Wish.POWER_LINE, str(wishes.power_line), "" if there is None else str(there))


def _ask_size(capture: Settable, size: Size) -> None:
    _set(capture, cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*_MJPG))
    _set(capture, cv2.CAP_PROP_FRAME_WIDTH, size[0])
    _set(capture, cv2.CAP_PROP_FRAME_HEIGHT, size[1])


def _exposure(capture: Settable, backend: int, milliseconds: int | None) -> Answer:
    of_linux = backend == cv2.CAP_V4L2
    if milliseconds is None:
        automatic = _V4L2_AUTO if of_linux else 1.0
        granted = _set(capture, cv2.CAP_PROP_AUTO_EXPOSURE, automatic)
        return Answer(Wish.EXPOSURE, "auto", "auto" if granted else "")
    _set(capture, cv2.CAP_PROP_AUTO_EXPOSURE, _V4L2_MANUAL if of_linux else 0.0)
    value = milliseconds * 10 if of_linux else round(math.log2(milliseconds / 1000))
    granted = _set(capture, cv2.CAP_PROP_EXPOSURE, value)
    got = _get(capture, cv2.CAP_PROP_EXPOSURE)
    if not granted or got is None:
        return Answer(Wish.EXPOSURE, f"{milliseconds} ms", "")
    there = got / 10 if of_linux else 2.0**got * 1000
    # a step of Windows' scale is a factor of two: the nearest one is what can be had
    near = not of_linux and got == value
    return Answer(Wish.EXPOSURE, f"{milliseconds} ms", f"{milliseconds if near else there:.0f} ms")


def _focus(capture: Settable, focus: int | None) -> Answer:
    if focus is None:
        granted = _set(capture, cv2.CAP_PROP_AUTOFOCUS, 1.0)
        return Answer(Wish.FOCUS, "auto", "auto" if granted else "")
    _set(capture, cv2.CAP_PROP_AUTOFOCUS, 0.0)
    granted = _set(capture, cv2.CAP_PROP_FOCUS, focus)
    got = _get(capture, cv2.CAP_PROP_FOCUS) if granted else None
    return Answer(Wish.FOCUS, str(focus), "" if got is None else f"{got:.0f}")


def _set(capture: Settable, prop: int, value: float) -> bool:
    try:
        return bool(capture.set(prop, value))
    except cv2.error:  # some backends throw where others answer no
        return False


def _get(capture: Settable, prop: int) -> float | None:
    try:
        value = capture.get(prop)
    except cv2.error:
        return None
    return value if math.isfinite(value) else None


def _format(capture: Settable) -> str:
    """The four letters of the pictures' format; "" where the driver does not tell."""
    code = _get(capture, cv2.CAP_PROP_FOURCC)
    if code is None or code in _SAID_NOTHING:
        return ""
    letters = int(code).to_bytes(8, "little", signed=True)[:_LETTERS]
    said = letters.decode("ascii", "replace").strip()
    return said if said.isprintable() and said.isascii() else ""


def _number(value: float | None) -> str:
    return "" if value is None or value in _SAID_NOTHING else f"{value:.0f}"
