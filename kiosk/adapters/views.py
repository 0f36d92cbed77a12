"""Variants of a grey picture in which a decoder may read what it misses in the plain one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kiosk.adapters.opencv import cv2
from kiosk.ports.decoder import Point

Grey = npt.NDArray[np.uint8]

_LARGE = 1280  # libzbar is not scale-invariant and gets slow: pyzbar#137, #140
_HUGE = 4000
_LIGHT = 960
_MIDDLE = 640
_SMALL = 320
_AIMED = 0.75  # of the short side: a little more than the frame to aim at, which is 0.74 of it


@dataclass(frozen=True, slots=True)
class View:
    """A variant, and where its points lie in the picture it was made from.

    Attributes:
        plane: the variant.
        scale: pixels of that picture a pixel of the variant.
        left: of the variant's first column in that picture, pixels; `top` of its first row.
    """

    plane: Grey
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def placed(self, corners: tuple[Point, ...]) -> tuple[Point, ...]:
        """Points of the variant as points of the picture."""
        scale, left, top = self.scale, self.left, self.top
        return tuple((x * scale + left, y * scale + top) for x, y in corners)


Variant = Callable[[Grey], View]


def plain(grey: Grey) -> View:
    """The picture itself; a huge one is made smaller."""
    return View(grey) if max(grey.shape) <= _HUGE else _sized(grey, _HUGE)


def moderate(grey: Grey) -> View:
    """The picture itself where it has up to 1280 pixels a side."""
    return View(grey) if max(grey.shape) <= _LARGE else _sized(grey, _LARGE)


def lighter(grey: Grey) -> View:
    """The picture with up to 960 pixels a side: half of libzbar's time, hardly a code less."""
    return View(grey) if max(grey.shape) <= _LIGHT else _sized(grey, _LIGHT)


def middle(grey: Grey) -> View:
    """The picture with up to 640 pixels a side."""
    return View(grey) if max(grey.shape) <= _MIDDLE else _sized(grey, _MIDDLE)


def half(grey: Grey) -> View:
    """Half of the moderate size: large codes, wrinkled paper."""
    return _sized(grey, min(max(grey.shape), _LARGE) // 2)


def third(grey: Grey) -> View:
    """A third of the moderate size: what is torn, speckled or bent grows together."""
    return _sized(grey, max(1, min(max(grey.shape), _LARGE) // 3))


def small(grey: Grey) -> View:
    """A small picture: close-ups and blurred codes."""
    return _sized(grey, _SMALL)


def aimed(grey: Grey) -> View:
    """What lies in the frame to aim at, up to 640 pixels a side: a third of libzbar's time."""
    side = round(min(grey.shape) * _AIMED)
    top, left = ((whole - side) // 2 for whole in grey.shape)
    view = middle(_grey(grey[top : top + side, left : left + side]))
    return View(view.plane, view.scale, left, top)


def aimed_sharper(grey: Grey) -> View:
    """The same with edges lifted."""
    view = aimed(grey)
    return View(sharper(view.plane).plane, view.scale, view.left, view.top)


def softened_threshold(grey: Grey) -> View:
    """Black and white by the neighbourhood after a blur: shadows, glare, moiré of screens."""
    view = _sized(grey, _MIDDLE)
    soft = _grey(cv2.GaussianBlur(view.plane, (0, 0), 1.5))
    return View(_black_and_white(soft, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, 41, 3), view.scale)


def threshold(grey: Grey) -> View:
    """Black and white by the neighbourhood: uneven light."""
    view = _sized(grey, _MIDDLE)
    return View(_black_and_white(view.plane, cv2.ADAPTIVE_THRESH_MEAN_C, 51, 10), view.scale)


def brighter(grey: Grey) -> View:
    """Dark parts spread out: dim light, a screen turned down."""
    return _through(grey, _gamma(0.5))


def darker(grey: Grey) -> View:
    """Bright parts spread out: sunlight, a bright screen."""
    return _through(grey, _gamma(3.0))


def sharper(grey: Grey) -> View:
    """Edges lifted: out of focus, moved."""
    view = plain(grey)
    soft = cv2.GaussianBlur(view.plane, (0, 0), 2)
    return View(_grey(cv2.addWeighted(view.plane, 2.0, soft, -1.0, 0.0)), view.scale)


def inverted(grey: Grey) -> View:
    """White on black turned round: a phone in dark mode. zxing-cpp does this by itself."""
    view = moderate(grey)
    return View(_grey(cv2.bitwise_not(view.plane)), view.scale)


def _sized(grey: Grey, long_side: int) -> View:
    scale = max(grey.shape) / long_side
    height, width = grey.shape
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    how = cv2.INTER_AREA if scale > 1 else cv2.INTER_CUBIC
    return View(_grey(cv2.resize(grey, size, interpolation=how)), scale)


def _black_and_white(grey: Grey, method: int, block: int, offset: int) -> Grey:
    return _grey(cv2.adaptiveThreshold(grey, 255, method, cv2.THRESH_BINARY, block, offset))


def _through(grey: Grey, table: Grey) -> View:
    view = plain(grey)
    return View(_grey(cv2.LUT(view.plane, table)), view.scale)


def _gamma(exponent: float) -> Grey:
    return np.rint(255 * (np.arange(256) / 255) ** exponent).astype(np.uint8)


def _grey(picture: cv2.typing.MatLike) -> Grey:
    return np.ascontiguousarray(picture, np.uint8)
