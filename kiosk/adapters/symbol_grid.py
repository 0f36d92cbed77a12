"""Lays a grid of modules over a symbol that was located, flat, seen from aside or bent.

A grid fits where the middles of its modules are far from the local threshold and its fixed
patterns are as the standard wants them; corner by corner and knot by knot it is moved to where
it fits better.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt
from qrcode.util import pattern_position

from kiosk.adapters.opencv import cv2
from kiosk.adapters.symbol_finders import Corner3, Points
from kiosk.adapters.views import Grey

Floats = npt.NDArray[np.float32]

SIZES = range(21, 178, 4)
_FIXED = 3.0  # how much a fixed module weighs against one of data
_KNOTS = 5
_FAINT = 3.0  # grey levels that are noise
_LOOKED_AT = 500  # modules of data that are looked at to judge how a grid lies
_FINE = 0.09  # modules: a finer step gains nothing
_AROUND = ((1, 0), (-1, 0), (0, 1), (0, -1))


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the modules of a symbol lie in a picture.

    Attributes:
        size: modules a side.
        corners: of the symbol in the picture: top left, top right, bottom right, bottom left.
        bend: how far the knots of an even net lie off, in pixels; (knots, knots, 2).
    """

    size: int
    corners: Points
    bend: Floats | None = None

    @property
    def module(self) -> float:
        """Pixels a module, about."""
        return float(np.sqrt(cv2.contourArea(self.corners.astype(np.float32)))) / self.size

    def places(self, chosen: npt.NDArray[np.intp]) -> Floats:
        """Where the middles of modules lie in the picture; modules are counted row by row."""
        side = float(self.size)
        square = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
        laid = cv2.getPerspectiveTransform(square, self.corners.astype(np.float32))
        at = cv2.perspectiveTransform(_middles(self.size)[chosen][None], laid)[0]
        if self.bend is not None:
            net = cv2.resize(self.bend, (self.size, self.size), interpolation=cv2.INTER_CUBIC)
            at = at + net.reshape(-1, 2)[chosen]
        return np.asarray(at, np.float32)


def from_three(three: Corner3) -> Iterator[tuple[float, Grid]]:
    """Grids of the sizes that three finder patterns allow, each laid through their corners.

    With each how far off the corners lie, in modules.
    """
    seen = np.concatenate(
        [three.top_left.corners, three.top_right.corners, three.bottom_left.corners]
    )
    across = np.hypot(*(three.top_right.centre - three.top_left.centre)) / three.module + 7
    down = np.hypot(*(three.bottom_left.centre - three.top_left.centre)) / three.module + 7
    for size in SIZES:
        if not 0.75 * min(across, down) - 4 <= size <= 1.35 * max(across, down) + 4:
            continue
        ring = np.array([[0, 0], [7, 0], [7, 7], [0, 7]], np.float64)
        far = float(size - 7)
        offsets = np.array([[[0, 0]], [[far, 0]], [[0, far]]])
        drawn = (ring + offsets).reshape(-1, 2)
        laid, _ = cv2.findHomography(drawn, seen)
        if not np.shape(laid):
            continue  # OpenCV gives None for corners in a line
        off = cv2.perspectiveTransform(drawn[None], laid)[0] - seen
        square = np.array([[[0, 0], [size, 0], [size, size], [0, size]]], np.float64)
        corners = cv2.perspectiveTransform(square, laid).reshape(4, 2).astype(np.float64)
        yield float(np.hypot(*off.T).mean()) / three.module, Grid(size, corners)


def contrast(grey: Grey, module: float) -> tuple[Floats, Floats]:
    """How much lighter than its neighbourhood each pixel is: for what is usual there, and plain.

    The first is fair to what lies in shadow, the second tells the faint from the clear.
    """
    window = int(max(3, round(8 * module))) | 1
    soft = cv2.GaussianBlur(grey, (0, 0), max(0.4, 0.25 * module)).astype(np.float32)
    plain = soft - cv2.blur(soft, (window, window))
    usual = cv2.blur(np.abs(plain), (window, window))
    return np.asarray(plain / (usual + _FAINT), np.float32), np.asarray(plain, np.float32)


def read(picture: Floats, grid: Grid) -> Floats:
    """`picture` in the middle of each module."""
    every = _seen(picture, grid.places(np.arange(grid.size**2)))
    return every.reshape(grid.size, grid.size)


def fit(picture: Floats, grid: Grid) -> float:
    """How well the grid lies, 0 to 4."""
    chosen, signs = _looked_at(grid.size)
    seen = np.clip(_seen(picture, grid.places(chosen)), -1, 1)
    fixed = len(signs)
    right = float(seen[:fixed] @ signs) / fixed
    return right * _FIXED + float(np.abs(seen).mean())


def fixed_right(picture: Floats, grid: Grid) -> float:
    """The share of fixed modules that are as they should be."""
    chosen, signs = _looked_at(grid.size)
    seen = _seen(picture, grid.places(chosen[: len(signs)]))
    return float((seen * signs > 0).mean())


def settled(picture: Floats, grid: Grid) -> Grid:
    """The grid with its corners moved to where it fits best, the fourth one first."""
    module = grid.module
    reach = np.arange(-2.4, 2.5, 0.6) * module
    tries = [_moved(grid, 2, dx, dy) for dx in reach for dy in reach]
    grid = max([grid, *tries], key=lambda tried: fit(picture, tried))
    best = fit(picture, grid)
    step = 0.6
    for _ in range(12):
        before = best
        for corner in (2, 1, 3, 0):
            for dx, dy in _AROUND:
                tried = _moved(grid, corner, dx * step * module, dy * step * module)
                worth = fit(picture, tried)
                if worth > best:
                    best, grid = worth, tried
        if best == before:
            step /= 2
            if step < _FINE:
                break
    return grid


def bent(picture: Floats, grid: Grid) -> Grid:
    """The grid with the knots of a net over it moved to where it fits best."""
    bend = np.zeros((_KNOTS, _KNOTS, 2), np.float32)
    best = fit(picture, grid)
    for step in (0.6, 0.3, 0.15):
        for row in range(_KNOTS):
            for column in range(_KNOTS):
                for dx, dy in _AROUND:
                    tried = bend.copy()
                    tried[row, column] += np.array([dx, dy], np.float32) * (step * grid.module)
                    worth = fit(picture, replace(grid, bend=tried))
                    if worth > best + 0.002:
                        best, bend = worth, tried
    return replace(grid, bend=bend)


@functools.lru_cache(maxsize=64)
def fixed_modules(size: int) -> npt.NDArray[np.int8]:
    """The modules that every symbol of this size has: -1 dark, 1 light, 0 is the symbol's own."""
    mould = np.zeros((size, size), np.int8)
    at = np.arange(8, size - 8)
    mould[6, at] = mould[at, 6] = np.where(at % 2, 1, -1)
    for middle in product(pattern_position((size - 17) // 4), repeat=2):
        if middle not in ((6, 6), (6, size - 7), (size - 7, 6)):
            _draw_square(mould, middle[0] - 2, middle[1] - 2, 5)
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        mould[max(0, row - 1) : row + 8, max(0, column - 1) : column + 8] = 1
        _draw_square(mould, row, column, 7)
        mould[row + 2 : row + 5, column + 2 : column + 5] = -1
    mould[size - 8, 8] = -1
    return mould


def _draw_square(mould: npt.NDArray[np.int8], row: int, column: int, side: int) -> None:
    """A dark ring with a light one inside, and the middle dark."""
    mould[row : row + side, column : column + side] = -1
    mould[row + 1 : row + side - 1, column + 1 : column + side - 1] = 1
    mould[row + side // 2, column + side // 2] = -1


def _moved(grid: Grid, corner: int, dx: float, dy: float) -> Grid:
    corners = grid.corners.copy()
    corners[corner] += (dx, dy)
    return replace(grid, corners=corners)


def _seen(picture: Floats, at: Floats) -> Floats:
    line = at.reshape(1, -1, 2)
    x, y = line[..., 0], line[..., 1]
    seen = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32).reshape(-1)


@functools.lru_cache(maxsize=64)
def _middles(size: int) -> Floats:
    at = np.arange(size, dtype=np.float32) + 0.5
    return np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)


@functools.lru_cache(maxsize=64)
def _looked_at(size: int) -> tuple[npt.NDArray[np.intp], Floats]:
    """The modules by which a fit is judged: the fixed ones with their signs, then some others."""
    signs = fixed_modules(size).reshape(-1)
    fixed, own = np.flatnonzero(signs), np.flatnonzero(signs == 0)
    some = own[:: max(1, len(own) // _LOOKED_AT)]
    return np.concatenate([fixed, some]), signs[fixed].astype(np.float32)
