"""Two hands for the demonstration film, modelled from soft shapes and lit: nobody's photograph.

A hand is a chain of round cones that melt into one another (a signed distance field), looked at
straight from the front. Lengths are millimetres in the frame of the thing that is held: x right,
y down, z away from the lens, the held face at z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Point = tuple[float, float, float]

STEPS = 70
NEAREST = -45.0
FURTHEST = 130.0
SKIN = np.array([0.62, 0.405, 0.305], np.float32)
NAIL = np.array([0.76, 0.53, 0.45], np.float32)
CLOTH = np.array([0.050, 0.075, 0.115], np.float32)


@dataclass(frozen=True)
class Bone:
    """A cone with round ends."""

    a: Point
    b: Point
    ra: float
    rb: float


@dataclass(frozen=True)
class Hand:
    """Chains of bones (palm and thumb first), nails (tip, direction, size) and a sleeve."""

    chains: tuple[tuple[Bone, ...], ...]
    nails: tuple[tuple[Point, Point, float], ...]
    sleeve: Bone


@dataclass(frozen=True)
class Area:
    """The part of the plane that a picture shows, in millimetres, and its density."""

    left: float
    top: float
    right: float
    bottom: float
    per_mm: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        wide = (self.right - self.left) * self.per_mm
        return round(wide), round((self.bottom - self.top) * self.per_mm)


def chain(points: tuple[Point, ...], radii: tuple[float, ...]) -> tuple[Bone, ...]:
    """A finger: the bones between successive joints."""
    pairs = zip(points, points[1:], radii, radii[1:], strict=False)
    return tuple(Bone(a, b, ra, rb) for a, b, ra, rb in pairs)


def bone_distance(place: Floats, bone: Bone) -> Floats:
    """How far each place lies from the surface of one bone."""
    a, b = np.array(bone.a, np.float32), np.array(bone.b, np.float32)
    line = b - a
    to = place - a
    h = np.clip(to @ line / np.float32(line @ line), 0, 1)
    off = to - h[:, None] * line
    out: Floats = np.sqrt(np.einsum("ij,ij->i", off, off)) - (bone.ra + (bone.rb - bone.ra) * h)
    return out


def melt(first: Floats, second: Floats, soft: float) -> Floats:
    """The union of two shapes with a rounded seam."""
    h = np.clip(0.5 + 0.5 * (second - first) / soft, 0, 1)
    out: Floats = second + (first - second) * h - soft * h * (1 - h)
    return out


def skin_distance(place: Floats, hand: Hand) -> Floats:
    """How far each place lies from the skin."""
    parts = [
        reduce(lambda x, y: melt(x, y, 3.0), (bone_distance(place, b) for b in bones))
        for bones in hand.chains
    ]
    palm, thumb, *fingers = parts
    return reduce(lambda x, y: melt(x, y, 2.6), fingers, melt(palm, thumb, 11.0))


def cloth_distance(place: Floats, hand: Hand) -> Floats:
    """How far each place lies from the sleeve, with its folds."""
    flat = bone_distance(place, hand.sleeve)
    fold = np.sin(place[:, 1] * 0.21 + np.sin(place[:, 0] * 0.11) * 1.6) * 1.1
    fold += np.sin(place[:, 1] * 0.09 - place[:, 0] * 0.13 + 1) * 1.4
    below = place[:, 1] - hand.sleeve.a[1]
    out: Floats = np.maximum(flat - fold * np.clip(below / 30, 0, 1), -below - 0.16 * place[:, 0])
    return out


def any_distance(place: Floats, hand: Hand) -> Floats:
    """How far each place lies from the hand or its sleeve."""
    return np.minimum(skin_distance(place, hand), cloth_distance(place, hand))


def normals(place: Floats, hand: Hand) -> Floats:
    """The directions in which the surface faces."""
    step = np.float32(0.35)
    slopes = [
        any_distance(place + step * axis, hand) - any_distance(place - step * axis, hand)
        for axis in np.eye(3, dtype=np.float32)
    ]
    rows = np.stack(slopes, 1)
    out: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return out


def march(area: Area, hand: Hand) -> tuple[Floats, NDArray[np.int64]]:
    """The points of the hand seen from the front, and the pixels they belong to."""
    w, h = area.size
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    place = np.stack(
        [area.left + (xs + 0.5) / area.per_mm, area.top + (ys + 0.5) / area.per_mm, xs * 0], -1
    ).reshape(-1, 3)
    place[:, 2] = NEAREST
    rows = np.arange(w * h)
    found = np.zeros(w * h, bool)
    for _ in range(STEPS):
        gap = any_distance(place[rows], hand)
        place[rows, 2] += gap * np.float32(0.85)
        met = np.abs(gap) < 0.06  # noqa: PLR2004
        found[rows[met]] = True
        rows = rows[~met & (place[rows, 2] < FURTHEST)]
        if not len(rows):
            break
    hits = np.nonzero(found)[0]
    return place[hits], hits


def crease(place: Floats, seed: int) -> Floats:
    """The uneven tone of skin."""
    rng = np.random.default_rng(seed)
    total = np.zeros(len(place), np.float32)
    for k in range(9):
        way = rng.normal(size=3) * (0.12 * 1.55**k)
        total += np.sin(place @ way.astype(np.float32) + rng.uniform(0, 6)) / np.float32(1.3**k)
    return total


def nail_share(place: Floats, normal: Floats, hand: Hand) -> tuple[Floats, Floats]:
    """How much of each point is nail, and how much of it is the nail's rim."""
    share = np.zeros(len(place), np.float32)
    rim = np.zeros(len(place), np.float32)
    for tip, way, size in hand.nails:
        aim = np.array(way, np.float32)
        aim /= np.linalg.norm(aim)
        to = place - np.array(tip, np.float32)
        long = to @ aim
        across = np.sqrt(np.maximum(np.einsum("ij,ij->i", to, to) - long**2, 0))
        # Seen from the front the nail's breadth is the sideways part only.
        side = np.abs(to[:, 0] * aim[1] - to[:, 1] * aim[0])
        shape = (np.abs(long) / (size * 1.2)) ** 2.6 + (side / size) ** 2.6
        near = (across < size * 2.2) & (normal[:, 2] < -0.25)  # noqa: PLR2004
        share = np.maximum(share, np.where(near, np.clip((1.05 - shape) / 0.22, 0, 1), 0))
        rim = np.maximum(rim, np.where(near, np.exp(-(((shape - 1.08) / 0.2) ** 2)), 0))
    return share.astype(np.float32), rim.astype(np.float32)


def shaded(place: Floats, hand: Hand) -> Floats:
    """The colour of each point under the hall's lamps, in linear light."""
    normal = normals(place, hand)
    cloth = cloth_distance(place, hand) < skin_distance(place, hand)
    open_sky = np.ones(len(place), np.float32)
    for reach in (1.5, 4.0, 9.0, 16.0):
        gap = any_distance(place + normal * np.float32(reach), hand)
        open_sky -= np.clip(reach - gap, 0, reach) / reach * np.float32(0.19)
    open_sky = np.clip(open_sky, 0.12, 1)
    share, rim = nail_share(place, normal, hand)
    tone = crease(place, 4) * 0.022
    base = SKIN * (1 + tone[:, None] * np.array([0.7, 1.1, 1.2], np.float32))
    blood = np.clip(1 - open_sky, 0, 1)[:, None]
    base = base * (1 - blood * np.array([0.05, 0.30, 0.36], np.float32))
    base = base * (1 - share[:, None]) + NAIL * share[:, None]
    base = base * (1 - 0.22 * rim[:, None] * (1 - 0.5 * share[:, None]))
    weave = 1 + 0.10 * np.sin(place[:, 0] * 5.1) * np.sin(place[:, 1] * 5.1)
    base = np.where(cloth[:, None], CLOTH * weave[:, None], base)
    light = np.zeros_like(place)
    wrap = np.where(cloth[:, None], 0.1, np.array([0.42, 0.24, 0.18], np.float32))
    lamps = (
        ((-0.30, -0.72, -0.62), (1.02, 0.97, 0.90)),
        ((0.75, -0.35, -0.30), (0.42, 0.36, 0.29)),
        ((-0.70, -0.15, 0.55), (0.40, 0.44, 0.50)),
        ((0.10, 0.90, -0.40), (0.20, 0.145, 0.10)),
    )
    for way, colour in lamps:
        aim = np.array(way, np.float32) / np.float32(np.linalg.norm(way))
        facing = (normal @ aim)[:, None]
        light += np.clip((facing + wrap) / (1 + wrap), 0, None) * np.array(colour, np.float32)
    light += np.array([0.17, 0.16, 0.155], np.float32)
    half = np.array([-0.2, -0.5, -0.95], np.float32)
    half /= np.linalg.norm(half)
    power = np.where(share > 0.5, 34, 16)  # noqa: PLR2004
    gloss = np.clip(normal @ half, 0, 1) ** power * np.where(cloth, 0.0, 0.05 + 0.13 * share)
    out: Floats = base * light * open_sky[:, None] * np.float32(0.92) + gloss[:, None]
    return out


def drawn(area: Area, hand: Hand) -> tuple[Floats, Floats]:
    """The hand as a premultiplied BGRA picture, and the depth of each of its pixels."""
    w, h = area.size
    place, hits = march(area, hand)
    colour = np.clip(shaded(place, hand), 0, 1) ** np.float32(1 / 2.2)
    flat = np.zeros((w * h, 4), np.float32)
    flat[hits, :3] = colour[:, ::-1]
    flat[hits, 3] = 1
    depth = np.full(w * h, FURTHEST, np.float32)
    depth[hits] = place[:, 2]
    picture = cv2.GaussianBlur(flat.reshape(h, w, 4), (0, 0), 0.7)
    return picture, depth.reshape(h, w)


def grip() -> Hand:
    """A right hand around a phone of 73 x 152 mm, seen by the one it is shown to."""
    fingers = []
    nails: list[tuple[Point, Point, float]] = []
    for k, (y, reach, thick) in enumerate(
        ((0, 33.0, 8.3), (20, 31.0, 8.6), (39.5, 31.5, 8.2), (57, 34.0, 7.2))
    ):
        bend = (-45.0 + 0.6 * k, y - 3.0, 10.0)
        tip = (-reach - 2.0, y - 9.0, -5.6)
        points = ((-18.0, y + 13.0, 27.0), bend, (-43.0 + 0.4 * k, y - 6.0, -1.5), tip)
        fingers.append(chain(points, (thick + 1.6, thick + 0.5, thick - 0.2, thick - 1.4)))
        way = (tip[0] + 43, tip[1] - y + 6, 0.0)
        nails.append(((tip[0] + 1.2, tip[1] - 0.4, tip[2] - 5), way, thick * 0.62))
    thumb = chain(
        ((14.0, 96.0, 26.0), (38.0, 66.0, 17.0), (45.5, 37.0, 4.0), (36.5, 9.0, -7.0)),
        (18.0, 14.5, 10.8, 8.2),
    )
    nails.append(((37.4, 11.0, -14.0), (-9.0, -28.0, 0.0), 6.2))
    palm = (
        *chain(((-16.0, 30.0, 30.0), (-10.0, 86.0, 32.0)), (17.0, 21.0)),
        *chain(((14.0, 34.0, 30.0), (12.0, 92.0, 32.0)), (17.0, 22.0)),
        *chain(((0.0, 96.0, 33.0), (3.0, 150.0, 40.0)), (26.0, 24.5)),
        *chain(((3.0, 150.0, 40.0), (6.0, 240.0, 52.0)), (24.5, 29.0)),
    )
    sleeve = Bone((4.0, 150.0, 42.0), (10.0, 420.0, 75.0), 34.0, 46.0)
    return Hand((palm, thumb, *fingers), tuple(nails), sleeve)


def pinch() -> Hand:
    """A hand that holds a sheet's lower edge; the thumb's tip is at the origin."""
    thumb = chain(
        ((33.0, 74.0, 26.0), (27.0, 48.0, 10.0), (16.0, 25.0, 0.0), (1.0, 2.0, -6.6)),
        (19.0, 14.0, 10.6, 8.3),
    )
    nail = ((2.6, 4.4, -13.0), (-15.0, -23.0, 0.0), 5.6)
    index = chain(
        ((50.0, 66.0, 40.0), (53.0, 22.0, 30.0), (30.0, 0.0, 15.0), (4.0, -4.0, 10.0)),
        (12.5, 10.0, 8.8, 7.6),
    )
    others = [
        chain(
            (
                (58.0 + 9 * k, 74.0 + 6 * k, 46.0 + 5 * k),
                (60.0 + 8 * k, 34.0 + 13 * k, 34.0 + 7 * k),
                (36.0 + 5 * k, 22.0 + 15 * k, 20.0 + 9 * k),
                (14.0 + 7 * k, 24.0 + 16 * k, 17.0 + 9 * k),
            ),
            (12.0, 9.8 - 0.4 * k, 9.0 - 0.4 * k, 8.0 - 0.5 * k),
        )
        for k in range(3)
    ]
    palm = (
        *chain(((44.0, 74.0, 40.0), (54.0, 104.0, 50.0)), (21.0, 25.0)),
        *chain(((70.0, 84.0, 52.0), (64.0, 112.0, 54.0)), (19.0, 25.0)),
        *chain(((60.0, 112.0, 54.0), (78.0, 170.0, 64.0)), (26.0, 24.0)),
    )
    sleeve = Bone((74.0, 158.0, 62.0), (130.0, 430.0, 90.0), 33.0, 46.0)
    return Hand((palm, thumb, index, *others), (nail,), sleeve)
