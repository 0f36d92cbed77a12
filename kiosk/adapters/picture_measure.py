"""Measures a frame for the camera check: light, white patches, edges, flicker, codes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kiosk.adapters.opencv import cv2
from kiosk.adapters.views import Grey
from kiosk.domain.camera_check import CodeLook, Look
from kiosk.domain.ladder import MODULES, rung
from kiosk.ports.camera import Frame
from kiosk.ports.decoder import Symbol

Floats = npt.NDArray[np.float32]

_SMALL = 320  # pixels across: light and white patches need no more
_WHITE = 250
_BEFORE, _AGAIN = 0.7, 1.5  # pixels: against noise, and the second blur that edges are compared to
_SOBEL = 0.5  # pixels, squared: what the gradient itself spreads
_STRONG = 92.0  # percentile of gradients that are edges
_FAINT = 4.0  # grey levels a pixel: less is noise
_FEWEST_EDGES = 20
_LEAST = 12  # pixels a side: less shows no edges
_FLAT = 120  # pixels a side of a code laid flat
_TILES = 4  # a side, in which its dark modules are compared
_FEWEST_CONTRAST = 20.0
_ROWS, _COLUMNS = 90, 160
_CORNERS = 4


class PictureMeasure:
    """Measures frames that follow each other.

    Thread: one at a time; it remembers how bright the rows of the last frame were.
    """

    def __init__(self) -> None:
        self._before: Floats | None = None

    def __call__(self, frame: Frame, symbols: Sequence[Symbol]) -> Look:
        """What is to be seen in `frame`, in which `symbols` were read."""
        grey = np.asarray(cv2.cvtColor(np.asarray(frame.pixels), cv2.COLOR_BGR2GRAY), np.uint8)
        small = _resized(grey, _SMALL)
        codes = [_code(grey, symbol) for symbol in symbols if len(symbol.corners) == _CORNERS]
        return Look(
            width=frame.width,
            light=float(small.mean()),
            lamp=_largest_patch(small),
            spread=None if codes else edge_spread(_middle(grey)),
            flicker=self._flicker(grey),
            codes=tuple(codes),
        )

    def _flicker(self, grey: Grey) -> float | None:
        """How far the rows' brightness moved since the frame before, apart from the whole's.

        Of each row the median over its columns counts: a hand that moves covers fewer than half.
        """
        now = np.asarray(cv2.resize(grey, (_COLUMNS, _ROWS), interpolation=cv2.INTER_AREA))
        rows = now.astype(np.float32) + 4
        before, self._before = self._before, rows
        if before is None:
            return None
        change = np.median(rows / before, axis=1)
        smooth = np.convolve(change, np.full(5, 0.2), "valid")
        low, high = np.percentile(smooth, [10, 90])
        return float(high - low)


def edge_spread(grey: Grey) -> float | None:
    """Pixels over which the edges of a picture are spread (standard deviation), about.

    Gradients are compared to those after another blur of known size: a sharp edge loses much by
    it, a soft one little (Zhuo and Sim, 2011). It hardly depends on what the picture shows; where
    edges stand closer than six pixels it answers too little. None where there are no edges.
    """
    if min(grey.shape) < _LEAST:
        return None
    soft = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), _BEFORE)
    first, second = _gradient(soft), _gradient(cv2.GaussianBlur(soft, (0, 0), _AGAIN))
    peaks = second >= cv2.dilate(second, np.ones((5, 5), np.uint8))
    strong = second > max(_FAINT, float(np.percentile(second, _STRONG)))
    edges = peaks & strong
    if np.count_nonzero(edges) < _FEWEST_EDGES:
        return None
    lost = np.clip(first[edges] / second[edges], 1.001, None)
    squared = _AGAIN**2 / (lost**2 - 1) - _BEFORE**2 - _SOBEL
    return float(np.sqrt(max(0.0, float(np.median(squared)))))


def _gradient(picture: cv2.typing.MatLike) -> Floats:
    across = cv2.Sobel(picture, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    down = cv2.Sobel(picture, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def _largest_patch(small: Grey) -> float:
    white = (small >= _WHITE).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(white)
    return float(stats[1:, cv2.CC_STAT_AREA].max() / small.size) if count > 1 else 0.0


def _code(grey: Grey, symbol: Symbol) -> CodeLook:
    quad = np.array(symbol.corners, np.float32)
    flat = np.array([[0, 0], [_FLAT, 0], [_FLAT, _FLAT], [0, _FLAT]], np.float32)
    laid = cv2.warpPerspective(grey, cv2.getPerspectiveTransform(quad, flat), (_FLAT, _FLAT))
    dark, paper = (float(value) for value in np.percentile(laid, [5, 95]))
    step = _FLAT // _TILES
    tiles = laid.reshape(_TILES, step, _TILES, step).swapaxes(1, 2).reshape(-1, step * step)
    darkest = np.percentile(tiles, 10, axis=1)
    veil = float(darkest.max() - np.median(darkest)) / max(_FEWEST_CONTRAST, paper - dark)
    sides = np.hypot(*(np.roll(quad, -1, axis=0) - quad).T)
    return CodeLook(
        rung=rung(symbol.payload.decode("ascii", "replace")),
        pixels=float(sides.mean()) / MODULES,
        spread=edge_spread(_around(grey, quad)),
        veil=veil,
        paper=paper,
    )


def _around(grey: Grey, quad: npt.NDArray[np.float32]) -> Grey:
    """The part of the picture with a code in it, and a little of its paper."""
    margin = 10
    left, top = np.maximum(0, quad.min(axis=0) - margin).astype(int)
    right, bottom = (quad.max(axis=0) + margin).astype(int)
    return grey[top:bottom, left:right]


def _middle(grey: Grey) -> Grey:
    """The middle half, where people hold things."""
    height, width = grey.shape
    return grey[height // 4 : height * 3 // 4, width // 4 : width * 3 // 4]


def _resized(grey: Grey, across: int) -> Grey:
    height = max(1, round(grey.shape[0] * across / grey.shape[1]))
    small = cv2.resize(grey, (across, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)
