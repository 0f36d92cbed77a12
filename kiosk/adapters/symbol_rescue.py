"""Reads by its modules a symbol that no decoder could make out: the decoder "mender".

Where three finder patterns belong together, a grid is laid over them, its modules are read and
told apart, mended, and drawn anew: a picture without blur, slant, bend and glare, which a
decoder then reads and checks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

import numpy as np

from kiosk.adapters.opencv import cv2
from kiosk.adapters.symbol_equalizer import equalized
from kiosk.adapters.symbol_finders import Points, belonging, finders
from kiosk.adapters.symbol_grid import (
    Floats,
    Grid,
    bent,
    contrast,
    fit,
    fixed_right,
    from_three,
    read,
    settled,
)
from kiosk.adapters.symbol_mending import mended
from kiosk.adapters.views import Grey
from kiosk.ports.decoder import Decoder, Symbol

NAME, BRIEF = "mender", "mender in brief"
_OFF = 1.5  # modules that corners of finder patterns may lie off
_RIGHT = 0.8  # of the fixed modules: less is no symbol, or no grid on it
_SURE = 0.9  # so many are right of the symbol's own size: of another one up to 0.84 were
_WINDOW = 61  # pixels: the neighbourhood to which light is compared
_AROUND = 16  # modules around a symbol: a corner moves by a few, and light is compared over eight
_DARK = 0.92  # of the light around
_BLACK = 2.0  # grey levels that are added: noise in the dark is no pattern

Place = Sequence[Grid]
"""What may lie at one place of a picture: grids of several sizes."""


class _Effort(NamedTuple):
    """What is tried.

    Attributes:
        places: of a picture.
        sizes: of a symbol at one place.
        ways: of telling its modules apart.
        bends: it may lie bent, too.
    """

    places: int
    sizes: int
    ways: int
    bends: bool


_EFFORTS = {NAME: _Effort(4, 2, 5, bends=True), BRIEF: _Effort(2, 1, 3, bends=False)}


class SymbolMender:
    """A decoder for what another one cannot make out; that one reads what is drawn anew.

    In brief it tries what serves most often: for a live frame, which the next one follows.
    """

    def __init__(self, reader: Decoder, *, brief: bool = False) -> None:
        self._reader = reader
        self._name = BRIEF if brief else NAME

    @property
    def name(self) -> str:
        """`NAME` or `BRIEF`; what it reads is signed by the decoder that read it."""
        return self._name

    def decode(self, plane: memoryview) -> tuple[Symbol, ...]:
        """Every symbol that could be mended."""
        grey = np.asarray(plane)
        if not grey.size:
            return ()
        found: list[Symbol] = []
        effort = _EFFORTS[self._name]
        for place in _places(grey)[: effort.places]:
            for drawn, corners in _mended(grey, place, effort):
                again = self._reader.decode(drawn.data)
                if again:
                    where = tuple((float(x), float(y)) for x, y in corners)
                    found.append(Symbol(again[0].payload, where, again[0].decoder))
                    break
        return tuple(found)


def _places(grey: Grey) -> Sequence[Place]:
    """Where three finder patterns belong together, the best first."""
    ranked: list[tuple[float, int, Grid]] = []
    for number, three in enumerate(belonging(finders(_dark(grey)))):
        ranked += [(off, number, grid) for off, grid in from_three(three) if off < _OFF]
    ranked.sort(key=lambda one: one[0])
    places: dict[int, list[Grid]] = {}
    for _, number, grid in ranked:
        places.setdefault(number, []).append(grid)
    return [*places.values()]


def _dark(grey: Grey) -> Grey:
    """255 where the picture is darker than its neighbourhood, in light and in shadow."""
    around = cv2.boxFilter(grey, cv2.CV_32F, (_WINDOW, _WINDOW))
    limit = (around + _BLACK) * _DARK - _BLACK
    return np.asarray(cv2.compare(grey.astype(np.float32), limit, cv2.CMP_LE), np.uint8)


def _mended(grey: Grey, place: Place, effort: _Effort) -> Iterator[tuple[Grey, Points]]:
    """The symbol at `place` drawn anew, in each way in which it can be mended; its corners."""
    piece, corner = _cut(grey, place)
    near = [replace(grid, corners=grid.corners - corner) for grid in place]
    looks = {near[0].module: contrast(piece, near[0].module)}  # most often it is looked at again
    even, _ = looks[near[0].module]
    for grid in sorted(near, key=lambda grid: -fit(even, grid))[: effort.sizes]:
        even, plain = looks.get(grid.module) or contrast(piece, grid.module)
        laid = settled(even, grid)
        right = fixed_right(even, laid)
        if right < _RIGHT:
            continue
        for bend in range(1 + effort.bends):
            laid = bent(even, laid) if bend else laid
            ways = _told_apart(read(even, laid), read(plain, laid))
            for lightness in islice(ways, effort.ways):
                drawn = mended(lightness)
                if drawn is not None:
                    yield drawn, laid.corners + corner
        if right >= _SURE:
            return


def _cut(grey: Grey, place: Place) -> tuple[Grey, Points]:
    """The part of the picture that the grids may need, and where its corner lies."""
    corners = np.concatenate([grid.corners for grid in place])
    margin = _AROUND * max(grid.module for grid in place)
    most = grey.shape[::-1]
    low = np.clip(np.floor(corners.min(axis=0) - margin), 0, most).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0) + margin), 0, most).astype(int)
    return grey[low[1] : high[1], low[0] : high[0]], low.astype(np.float64)


def _told_apart(even: Floats, plain: Floats) -> Iterator[Floats]:
    """How light the modules are, in several ways; most often the first one serves."""
    yield even
    yield equalized(even)
    yield plain
    yield equalized(plain, rounds=3)
    yield equalized(even, reach=2)
