"""Reads small codes that were found but not made out: cut out, made larger, edges lifted.

zxing-cpp tells where a symbol lies that it cannot read. Made three times as large and sharper,
a citizen card is read there at 1.75 pixels a module, where no decoder reads one by itself
(`python -m benchmarks.small_codes`). Where nothing is found, it costs nothing.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from kiosk.adapters.decoder_zxing import ZxingDecoder
from kiosk.adapters.opencv import cv2
from kiosk.adapters.views import Grey
from kiosk.ports.decoder import Point, Symbol

NAME = "closer"

NEARER = 3  # times as large
LIFTS = (1.5, 3.0)
"""By how much edges are lifted: a little for 2 pixels a module, more for fewer."""

_SPREAD = 0.8  # pixels of the frame over which a webcam's lens spreads a point, about
_MARGIN = 0.25  # of the symbol's side: its quiet zone, and a quad that lies a little off
_LARGEST, _SMALLEST = 240.0, 24.0  # pixels a side: a larger one has no small modules
_LESS, _MORE = 0.7, 1.4  # of a size that is the same
_MOST = 3  # places of a picture that are looked at


class Spot(NamedTuple):
    """Where something lies that was not read.

    Attributes:
        corners: four, as they were found.
        centre: of the square to cut out.
        side: of that square, whole pixels.
    """

    corners: tuple[Point, ...]
    centre: Point
    side: int


class CloserLook:
    """A decoder: what zxing-cpp reads in a picture, by itself or after a closer look."""

    def __init__(self, zxing: ZxingDecoder) -> None:
        self._zxing = zxing

    @property
    def name(self) -> str:
        """Always "closer"; what it reads is signed by zxing-cpp, which read it."""
        return NAME

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        """Every symbol."""
        read, unread = self._zxing.look(plane)
        grey = np.asarray(plane)
        found: dict[Spot, Symbol] = {}
        for spot in spots(unread):
            if any(near(spot, known) for known in found):
                continue  # zxing-cpp may find one symbol in several ways
            symbol = self.nearer(cut(grey, spot), spot)
            if symbol is not None:
                found[spot] = symbol
        return (*read, *found.values())

    def nearer(self, piece: Grey, spot: Spot) -> Symbol | None:
        """What the piece that was cut out at `spot` says, looked at closely."""
        large = enlarged(piece)
        return first_read(self._zxing, (lifted(large, lift) for lift in LIFTS), spot)


def spots(unread: Iterable[tuple[Point, ...]]) -> list[Spot]:
    """Where a closer look is worth its time, the largest first."""
    found: list[Spot] = []
    for corners in unread:
        xs, ys = zip(*corners, strict=True)
        long = max(max(xs) - min(xs), max(ys) - min(ys))
        if _SMALLEST <= long <= _LARGEST:
            centre = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
            found.append(Spot(corners, centre, round(long * (1 + 2 * _MARGIN))))
    found.sort(key=lambda spot: -spot.side)
    return found[:_MOST]


def near(one: Spot, other: Spot) -> bool:
    """Whether both are about the same square."""
    (x, y), (u, v) = one.centre, other.centre
    return max(abs(x - u), abs(y - v)) < one.side / 3 and _LESS < one.side / other.side < _MORE


def cut(grey: Grey, spot: Spot) -> Grey:
    """The square at `spot`; beyond the picture's edge it goes on as the edge is."""
    return np.asarray(cv2.getRectSubPix(grey, (spot.side, spot.side), spot.centre), np.uint8)


def enlarged(piece: Grey) -> Grey:
    """`NEARER` times as large."""
    size = (piece.shape[1] * NEARER, piece.shape[0] * NEARER)
    return np.asarray(cv2.resize(piece, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def lifted(grey: Grey, lift: float, times: int = NEARER) -> Grey:
    """Edges lifted in a picture so many times enlarged: the spread of the lens undone in part."""
    soft = cv2.GaussianBlur(grey, (0, 0), _SPREAD * times)
    return np.ascontiguousarray(cv2.addWeighted(grey, 1 + lift, soft, -lift, 0.0), np.uint8)


def first_read(zxing: ZxingDecoder, views: Iterable[Grey], spot: Spot) -> Symbol | None:
    """What zxing-cpp reads in the first view in which it reads anything."""
    return next((read for view in views if (read := at(spot, zxing.decode(view.data)))), None)


def at(spot: Spot, read: tuple[Symbol, ...]) -> Symbol | None:
    """The first symbol that was read in the piece of `spot`, with its place in the frame."""
    return Symbol(read[0].payload, spot.corners, read[0].decoder) if read else None
