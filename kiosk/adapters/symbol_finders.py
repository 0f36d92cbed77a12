"""Finds where QR symbols lie: three finder patterns that belong together, seen as contours."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from kiosk.adapters.opencv import cv2
from kiosk.adapters.views import Grey

Points = npt.NDArray[np.float64]

_RING = 7  # modules a side of a finder pattern
_SMALLEST = 9.0  # pixels a side
_SHORTEST = 3 * _SMALLEST  # pixels around
_INNER, _CORE = (0.3, 0.8), (0.06, 0.35)  # of the whole: 25/49 and 9/49, but for blur
_CORNERS = 4
_STRAIGHT = 6.0  # pixels: a shorter side has no direction of its own
_PARALLEL = 1e-3
_MOST = 8  # finder patterns that are looked at, the largest


@dataclass(frozen=True, slots=True)
class Finder:
    """One finder pattern: its four outer corners in the picture, clockwise."""

    corners: Points
    centre: Points
    side: float


@dataclass(frozen=True, slots=True)
class Corner3:
    """Three finder patterns of one symbol: top left, top right, bottom left."""

    top_left: Finder
    top_right: Finder
    bottom_left: Finder

    @property
    def module(self) -> float:
        """Pixels a module, about."""
        sides = (self.top_left.side, self.top_right.side, self.bottom_left.side)
        return sum(sides) / (3 * _RING)


def finders(dark: Grey) -> list[Finder]:
    """The finder patterns in a picture whose dark parts are 255, the largest first."""
    contours, tree = cv2.findContours(dark, cv2.RETR_TREE, cv2.CHAIN_APPROX_NONE)
    found: list[Finder] = []
    if not contours:
        return found
    following, _, children, _ = tree[0].T
    for outer, hole in enumerate(children):
        while hole >= 0 and len(contours[outer]) > _SHORTEST:
            core = children[hole]
            if core >= 0 and _nested(contours[outer], contours[hole], contours[core]):
                found.append(_finder(contours[outer]))
                break
            hole = following[hole]  # noqa: PLW2901 - holes side by side are a list of OpenCV's
    found.sort(key=lambda finder: -finder.side)
    return found[:_MOST]


def belonging(found: list[Finder]) -> Iterator[Corner3]:
    """Each three that may be one symbol's, and each of them as the one at the corner."""
    for three in combinations(found, 3):
        sides = [finder.side for finder in three]
        if max(sides) > 2.2 * min(sides):
            continue
        for at in range(3):
            placed = _placed(three[at], three[at - 2], three[at - 1])
            if placed is not None:
                yield placed


def _nested(outer: cv2.typing.MatLike, hole: cv2.typing.MatLike, core: cv2.typing.MatLike) -> bool:
    whole = cv2.contourArea(outer)
    if whole < _SMALLEST**2:
        return False
    inner, kernel = cv2.contourArea(hole) / whole, cv2.contourArea(core) / whole
    if not (_INNER[0] < inner < _INNER[1] and _CORE[0] < kernel < _CORE[1]):
        return False
    (x, y), (kernel_x, kernel_y) = outer.mean((0, 1)), core.mean((0, 1))
    return bool(np.hypot(x - kernel_x, y - kernel_y) < 0.15 * np.sqrt(whole))


def _finder(outer: cv2.typing.MatLike) -> Finder:
    corners = _quad(outer)
    side = float(np.sqrt(abs(cv2.contourArea(corners.astype(np.float32)))))
    return Finder(corners, _crossing(corners), side)


def _quad(contour: cv2.typing.MatLike) -> Points:
    """The four corners, clockwise on the screen."""
    hull = cv2.convexHull(contour)
    length = cv2.arcLength(hull, closed=True)
    for share in (0.03, 0.05, 0.07, 0.1):
        corners = cv2.approxPolyDP(hull, share * length, closed=True)
        if len(corners) == _CORNERS:
            break
    else:
        corners = cv2.boxPoints(cv2.minAreaRect(hull))
    quad = corners.reshape(4, 2).astype(np.float64)
    if _cross(quad[1] - quad[0], quad[2] - quad[1]) < 0:
        quad = quad[::-1]
    return _straightened(contour.reshape(-1, 2).astype(np.float64), quad)


def _straightened(outline: Points, quad: Points) -> Points:
    """`quad` with each side laid through the outline's points along its middle part."""
    lines = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = end - start
        length = float(np.hypot(*along))
        if length < _STRAIGHT:
            return quad
        along = along / length
        offset = outline - start
        place = offset @ along
        beside = np.abs(offset @ np.array([-along[1], along[0]]))
        near = outline[
            (place > 0.15 * length) & (place < 0.85 * length) & (beside < 0.12 * length)
        ]
        if len(near) < _CORNERS:
            return quad
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((np.array([x, y], np.float64), np.array([vx, vy], np.float64)))
    corners = [_meeting(lines[i - 1], lines[i]) for i in range(4)]
    if any(corner is None for corner in corners):
        return quad
    better = np.array(corners)
    moved = np.hypot(*(better - quad).T).max()
    return better if moved < 0.3 * np.hypot(*(quad[1] - quad[0])) + 2 else quad


def _meeting(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    (p, d), (q, e) = one, other
    turn = _cross(d, e)
    if abs(turn) < _PARALLEL:
        return None
    return p + d * (_cross(q - p, e) / turn)


def _crossing(quad: Points) -> Points:
    """Where the diagonals cross: the middle of a square seen from aside."""
    met = _meeting((quad[0], quad[2] - quad[0]), (quad[1], quad[3] - quad[1]))
    return quad.mean(axis=0) if met is None else met


def _placed(corner: Finder, one: Finder, other: Finder) -> Corner3 | None:
    """The three with the first at the corner, or None where they cannot lie so."""
    right, down = one.centre - corner.centre, other.centre - corner.centre
    if _cross(right, down) < 0:
        one, other, right, down = other, one, down, right
    short, long = sorted((float(np.hypot(*right)), float(np.hypot(*down))))
    if short < 1.6 * corner.side or long > 3.5 * short:
        return None
    if abs(right @ down) > 0.85 * short * long:
        return None
    frame = np.linalg.inv(np.stack([right, down]))
    return Corner3(*(_turned(finder, frame) for finder in (corner, one, other)))


def _turned(finder: Finder, frame: Points) -> Finder:
    """`finder` with that corner first that is top left in the symbol's own frame."""
    along = (finder.corners - finder.centre) @ frame
    first = int(np.argmin(along.sum(axis=1)))
    return Finder(np.roll(finder.corners, -first, axis=0), finder.centre, finder.side)


def _cross(one: Points, other: Points) -> float:
    return float(one[0] * other[1] - one[1] * other[0])
