"""Lays a grid of modules over a symbol that was located, flat, seen from aside or bent.

A grid fits where the middles of its modules are far from the local threshold and its fixed
patterns are as the standard wants them; corner by corner and knot by knot it is moved to where
it fits better.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import compress, product

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
_NOT_NEAR = 2.5  # modules: corners that lie farther off than is allowed by any way of laying
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

    def places(self, modules: "Modules") -> Floats:
        """Where the middles of modules lie in the picture, (modules, 2)."""
        side = float(self.size)
        square = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
        laid = cv2.getPerspectiveTransform(square, self.corners.astype(np.float32))
        at = cv2.perspectiveTransform(modules.middles, laid)[0]
        if self.bend is not None:
            at = at + modules.net @ self.bend.reshape(-1, 2)
        return np.asarray(at, np.float32)


@dataclass(frozen=True, slots=True)
class Modules:
    """Some modules of the symbols of one size.

    Attributes:
        middles: in modules, (1, modules, 2).
        net: how much each knot of a bend moves each of them, (modules, knots).
        signs: of the fixed ones, which come first: -1 dark, 1 light.
    """

    middles: Floats
    net: Floats
    signs: Floats


def from_three(three: Corner3) -> Iterator[tuple[float, Grid]]:
    """Grids of the sizes that three finder patterns allow, each laid through their corners.

    With each how far off the corners lie, in modules.
    """
    seen = np.concatenate(
        [three.top_left.corners, three.top_right.corners, three.bottom_left.corners]
    )
    across = np.hypot(*(three.top_right.centre - three.top_left.centre)) / three.module + 7
    down = np.hypot(*(three.bottom_left.centre - three.top_left.centre)) / three.module + 7
    low, high = 0.75 * min(across, down) - 4, 1.35 * max(across, down) + 4
    sizes = [size for size in SIZES if low <= size <= high]
    ring = np.array([[0, 0], [7, 0], [7, 7], [0, 7]], np.float64)
    three_corners = np.array([[[0, 0]], [[1, 0]], [[0, 1]]])
    every = [(ring + three_corners * (size - 7)).reshape(-1, 2) for size in sizes]
    if not every:
        return
    likely = _off(np.array(every), seen) < _NOT_NEAR * three.module
    for size, drawn in compress(zip(sizes, every, strict=True), likely):
        laid, _ = cv2.findHomography(drawn, seen)
        if not np.shape(laid):
            continue  # OpenCV gives None for corners in a line
        off = cv2.perspectiveTransform(drawn[None], laid)[0] - seen
        square = np.array([[[0, 0], [size, 0], [size, size], [0, size]]], np.float64)
        corners = cv2.perspectiveTransform(square, laid).reshape(4, 2).astype(np.float64)
        yield float(np.hypot(*off.T).mean()) / three.module, Grid(size, corners)


def _off(drawn: Points, seen: Points) -> Points:
    """How far off `seen` lies from each of `drawn`, laid through it: pixels, about.

    OpenCV is exact and takes a millisecond for each; most sizes are so far off that this will do.
    """
    middle, spread = seen.mean(axis=0), seen.std() + 1e-9
    goal = (seen - middle) / spread
    points = np.concatenate([drawn / drawn.max(), np.ones((*drawn.shape[:2], 1))], axis=2)
    known = np.zeros((len(drawn), 2, len(seen), 8))
    known[:, 0, :, :3] = known[:, 1, :, 3:6] = points
    known[..., 6:] = -goal.T[:, :, None] * points[:, None, :, :2]
    flat = known.reshape(len(drawn), -1, 8)
    turned = flat.transpose(0, 2, 1)
    square = turned @ flat + 1e-12 * np.eye(8)  # corners in a line have no one solution
    found = np.linalg.solve(square, turned @ goal.T.reshape(-1, 1))[..., 0]
    whole = np.concatenate([found, np.ones((len(drawn), 1))], axis=1).reshape(-1, 3, 3)
    at = points @ whole.transpose(0, 2, 1)
    beside = at[..., :2] / at[..., 2:] - goal
    return np.asarray(np.hypot(beside[..., 0], beside[..., 1]).mean(axis=1) * spread)


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
    return _seen(picture, grid.places(_every(grid.size))).reshape(grid.size, grid.size)


def fit(picture: Floats, grid: Grid) -> float:
    """How well the grid lies, 0 to 4."""
    some = _looked_at(grid.size)
    return _worth(picture, grid.places(some), some.signs)


def _worth(picture: Floats, at: Floats, signs: Floats) -> float:
    seen = np.clip(_seen(picture, at), -1, 1)
    right = float(seen[: len(signs)] @ signs) / len(signs)
    return right * _FIXED + float(np.abs(seen).sum()) / len(seen)


def fixed_right(picture: Floats, grid: Grid) -> float:
    """The share of fixed modules that are as they should be."""
    some = _looked_at(grid.size)
    seen = _seen(picture, grid.places(some))[: len(some.signs)]
    return float((seen * some.signs > 0).mean())


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
    some = _looked_at(grid.size)
    bend = np.zeros((_KNOTS * _KNOTS, 2), np.float32)
    at = grid.places(some)
    best = _worth(picture, at, some.signs)
    for step in (0.6, 0.3, 0.15):
        for knot, pull in enumerate(some.net.T):
            for way in _AROUND:
                move = np.array(way, np.float32) * (step * grid.module)
                tried = at + pull[:, None] * move
                worth = _worth(picture, tried, some.signs)
                if worth > best + 0.002:
                    best, at = worth, tried
                    bend[knot] += move
    return replace(grid, bend=bend.reshape(_KNOTS, _KNOTS, 2))


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
    x, y = np.ascontiguousarray(at.T)
    edge = cv2.BORDER_REPLICATE
    seen = cv2.remap(picture, x[None], y[None], cv2.INTER_LINEAR, borderMode=edge)
    return np.asarray(seen, np.float32).reshape(-1)


@functools.lru_cache(maxsize=4)
def _every(size: int) -> Modules:
    """All modules, row by row."""
    return _modules(size, np.arange(size**2), np.empty(0, np.float32))


@functools.lru_cache(maxsize=64)
def _looked_at(size: int) -> Modules:
    """The modules by which a fit is judged: the fixed ones with their signs, then some others."""
    signs = fixed_modules(size).reshape(-1)
    fixed, own = np.flatnonzero(signs), np.flatnonzero(signs == 0)
    some = own[:: max(1, len(own) // _LOOKED_AT)]
    return _modules(size, np.concatenate([fixed, some]), signs[fixed].astype(np.float32))


def _modules(size: int, chosen: npt.NDArray[np.intp], signs: Floats) -> Modules:
    at = np.arange(size, dtype=np.float32) + 0.5
    middles = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)[chosen]
    knots = np.eye(_KNOTS * _KNOTS, dtype=np.float32).reshape(-1, _KNOTS, _KNOTS)
    pulls = [cv2.resize(one, (size, size), interpolation=cv2.INTER_CUBIC) for one in knots]
    net = np.stack([pull.reshape(-1)[chosen] for pull in pulls], axis=-1)
    return Modules(middles[None], np.ascontiguousarray(net, np.float32), signs)
