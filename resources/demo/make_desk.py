"""Draw the empty entrance seen from the desk: a small path tracer, so that the light is real.

Nobody's photograph is needed for the demonstration. Run by hand with the developers' environment
(some fifteen minutes on two processors; the result depends on nothing but this file)::

    .venv/bin/python resources/demo/make_desk.py

It writes ``resources/demo/desk.jpg``, which ``make_film.py`` and the demonstration read. For a
quick look, give another file and fewer samples::

    .venv/bin/python resources/demo/make_desk.py /tmp/desk.png 8

Lengths are metres; x goes right, y up, z away from the lens, which stands in the origin.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
SIZE = (1280, 720)
TRACED = (512, 288)
FOCAL_PX = 914.0
LENS_RADIUS = 0.0032
FOCUS_M = 0.42
SAMPLES = 80
BOUNCES = 5
FAR = np.float32(1e9)
EPS = np.float32(1e-3)
ROUGH_SPREAD = 0.06
SOFT_PX = 1.3
SPARK = np.float32(2.5)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Texture = Callable[[Floats], Floats]
Light = tuple[Floats, Floats, Floats, Floats]


def vec(*parts: float) -> Floats:
    """A vector, or a row of numbers."""
    return np.array(parts, np.float32)


@dataclass(frozen=True)
class Material:
    """How a surface returns light: its colour, its own light and how much it mirrors."""

    colour: Floats
    glow: Floats | None = None
    mirror: float = 0.0
    texture: Texture | None = None


@dataclass(frozen=True)
class Box:
    """A block, turned about the vertical through its middle."""

    middle: Floats
    half: Floats
    material: int
    turn: float = 0.0

    def hit(self, start: Floats, along: Floats) -> tuple[Floats, Floats]:
        """The distance to the block for each ray and the normal there."""
        spin = turned(self.turn)
        near, ray = start - self.middle, along
        if self.turn:
            near, ray = near @ spin.T, ray @ spin.T
        ray = np.where(np.abs(ray) < 1e-9, np.float32(1e-9), ray)  # noqa: PLR2004
        first = (-self.half - near) / ray
        second = (self.half - near) / ray
        low = np.minimum(first, second)
        high = np.maximum(first, second)
        enter = np.maximum(np.maximum(low[:, 0], low[:, 1]), low[:, 2])
        leave = np.minimum(np.minimum(high[:, 0], high[:, 1]), high[:, 2])
        inside = enter < EPS
        away = np.where(inside, leave, enter)
        away = np.where((enter <= leave) & (leave > EPS), away, FAR)
        met = np.where(inside[:, None], high == leave[:, None], low == enter[:, None])
        return away, (-np.sign(ray) * met).astype(np.float32) @ spin


@dataclass(frozen=True)
class Egg:
    """An ellipsoid; ``axes`` holds its three directions as rows."""

    middle: Floats
    radii: Floats
    material: int
    axes: Floats

    def hit(self, start: Floats, along: Floats) -> tuple[Floats, Floats]:
        """The distance to the ellipsoid for each ray and the normal there."""
        near = ((start - self.middle) @ self.axes.T) / self.radii
        ray = (along @ self.axes.T) / self.radii
        a, b, c = dot(ray, ray), dot(near, ray), dot(near, near) - 1
        root = b * b - a * c
        width = np.sqrt(np.maximum(root, 0))
        first, second = (-b - width) / a, (-b + width) / a
        away = np.where(first > EPS, first, second)
        away = np.where((root > 0) & (away > EPS), away, FAR)
        place = near + ray * np.minimum(away, 1e4)[:, None]
        normal = (place / self.radii) @ self.axes
        return away, unit(normal)


@dataclass(frozen=True)
class Tube:
    """An upright cylinder or cone without lids, seen from both sides."""

    middle: Floats
    radius: float
    half: float
    material: int
    narrow: float = 0.0

    def hit(self, start: Floats, along: Floats) -> tuple[Floats, Floats]:
        """The distance to the wall for each ray and the normal there."""
        near = start - self.middle
        wide = self.radius - self.narrow * near[:, 1]
        grow = -self.narrow * along[:, 1]
        a = along[:, 0] ** 2 + along[:, 2] ** 2 - grow**2
        a = np.where(np.abs(a) < 1e-9, np.float32(1e-9), a)  # noqa: PLR2004
        b = near[:, 0] * along[:, 0] + near[:, 2] * along[:, 2] - wide * grow
        c = near[:, 0] ** 2 + near[:, 2] ** 2 - wide**2
        root = b * b - a * c
        width = np.sqrt(np.maximum(root, 0))
        away = np.full(len(start), FAR, np.float32)
        for step in ((-b + width) / a, (-b - width) / a):
            height = near[:, 1] + step * along[:, 1]
            fits = (root > 0) & (step > EPS) & (np.abs(height) < self.half)
            away = np.where(fits & (step < away), step, away)
        place = near + along * np.minimum(away, 1e4)[:, None]
        normal = np.stack([place[:, 0], np.full(len(place), self.narrow), place[:, 2]], 1)
        normal[:, 1] *= self.radius
        normal = unit(normal)
        return away, np.where(dot(normal, along)[:, None] > 0, -normal, normal)


Shape = Box | Egg | Tube


@dataclass(frozen=True)
class Group:
    """Shapes that are looked at only by rays which meet the ball around them."""

    middle: Floats
    radius: float
    shapes: tuple[Shape, ...]


def unit(rows: Floats) -> Floats:
    """The same directions with length one."""
    length = np.sqrt(np.einsum("...j,...j->...", rows, rows))[..., None]
    out: Floats = (rows / np.maximum(length, 1e-12)).astype(np.float32)
    return out


def dot(left: Floats, right: Floats) -> Floats:
    """The product of two rows of directions."""
    out: Floats = np.einsum("ij,ij->i", left, right)
    return out


def turned(angle: float) -> Floats:
    """The turn about the vertical."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]], np.float32)


def smooth(low: float, high: float, x: Floats) -> Floats:
    """Nought below ``low``, one above ``high``, soft between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def waves(place: Floats, seed: int, count: int = 5) -> Floats:
    """A soft pattern between about -1 and 1, for wood, stone and leaves."""
    rng = np.random.default_rng(seed)
    total = np.zeros(len(place), np.float32)
    for k in range(count):
        way = rng.normal(size=3).astype(np.float32) * 1.7**k
        total += np.sin(place @ way + rng.uniform(0, 6.28)).astype(np.float32) / 1.35**k
    return total / np.float32(2.2)


def floor_tiles(place: Floats) -> Floats:
    """Large pale stone tiles."""
    grain = 0.03 * waves(place * 9, 3) + 0.02 * waves(place * 60, 4)
    cell = np.floor(place[:, [0, 2]] / 0.6)
    tone = 0.025 * np.sin(cell[:, 0] * 12.9 + cell[:, 1] * 78.2)
    gap = np.abs(place[:, [0, 2]] / 0.6 - np.floor(place[:, [0, 2]] / 0.6) - 0.5).max(1)
    shade = (1 + grain + tone) * np.where(gap > 0.49, 0.72, 1.0)  # noqa: PLR2004
    return (vec(0.60, 0.575, 0.54) * shade[:, None]).astype(np.float32)


def wood(place: Floats) -> Floats:
    """The desk's oak, grain along x."""
    bend = waves(place * vec(1.2, 1, 3), 7) * 0.05
    rings = np.sin((place[:, 2] + bend) * 95) + 0.6 * np.sin((place[:, 2] + bend) * 241 + 1)
    fine = waves(place * vec(14, 10, 330), 8, 4)
    shade = 1 + 0.09 * rings + 0.10 * fine
    return (vec(0.46, 0.30, 0.185) * shade[:, None]).astype(np.float32)


def slats(place: Floats) -> Floats:
    """Upright battens of a darker wood with shadow gaps."""
    along = place[:, 2] / 0.11
    part = np.abs(along - np.floor(along) - 0.5) * 2
    tone = 0.10 * np.sin(np.floor(along) * 37.7) + 0.08 * waves(place * vec(9, 1.4, 9), 11)
    shade = (0.34 + 0.66 * smooth(0.02, 0.30, 1 - part)) * (1 + tone)
    return (vec(0.40, 0.255, 0.155) * shade[:, None]).astype(np.float32)


def leaf(place: Floats) -> Floats:
    """Green, uneven."""
    shade = 1 + 0.35 * waves(place * 14, 21)
    return (vec(0.075, 0.165, 0.06) * shade[:, None]).astype(np.float32)


def outdoors(place: Floats) -> Floats:
    """What shines through the doors: hazy sky, trees across the yard, paving."""
    x, y = place[:, 0], place[:, 1] + 1.25
    edge = 1.75 + 0.25 * np.sin(x * 2.1 + 0.5) + 0.12 * np.sin(x * 5.3) + 0.07 * np.sin(x * 13)
    sky = vec(0.96, 1.03, 1.12) * 2.6
    dapple = (
        1 + 0.45 * waves(place * vec(4, 5, 0), 31, 7) + 0.3 * waves(place * vec(13, 11, 0), 36, 7)
    )
    trees = vec(0.30, 0.44, 0.24) * (np.clip(dapple, 0.25, 2) * 1.3)[:, None]
    ground = vec(1.0, 0.95, 0.86) * (1.15 + 0.4 * (0.9 - y))[:, None]
    glow = np.where((y > edge)[:, None], sky, trees)
    low = smooth(0.62, 0.74, y)[:, None]
    hedge = smooth(0.98, 1.02, y)[:, None]
    shrubs = vec(0.22, 0.36, 0.17) * (np.clip(dapple, 0.3, 2) * 1.2)[:, None]
    glow = hedge * glow + (1 - hedge) * shrubs
    return (low * glow + (1 - low) * ground).astype(np.float32)


def poster(place: Floats) -> Floats:
    """A notice on the wall, too far to be read."""
    y = (place[:, 1] - 0.25) / 0.42
    x = (place[:, 2] - 4.35) / 0.30
    paper = np.tile(vec(0.80, 0.81, 0.80), (len(place), 1))
    head = (y > 0.55) & (y < 0.86) & (np.abs(x) < 0.86)  # noqa: PLR2004
    paper[head] = vec(0.05, 0.26, 0.36)
    line = (np.sin(y * 26) > 0.2) & (y < 0.4) & (y > -0.8) & (x > -0.8) & (x < 0.6)  # noqa: PLR2004
    paper[line] = vec(0.42, 0.45, 0.47)
    return paper


def box(low: Floats, high: Floats, material: int, turn: float = 0.0) -> Box:
    """A block by two corners."""
    return Box((low + high) / 2, (high - low) / 2, material, turn)


MATERIALS: tuple[Material, ...] = (
    Material(vec(0.74, 0.71, 0.66)),  # 0 wall
    Material(vec(0.85, 0.84, 0.82)),  # 1 ceiling
    Material(vec(0.6, 0.57, 0.54), mirror=0.10, texture=floor_tiles),  # 2 floor
    Material(vec(0.46, 0.3, 0.18), mirror=0.05, texture=wood),  # 3 desk
    Material(vec(0.035, 0.037, 0.04), mirror=0.04),  # 4 door frame
    Material(vec(0.0, 0.0, 0.0), texture=outdoors, glow=vec(1, 1, 1)),  # 5 outdoors
    Material(vec(0.0, 0.0, 0.0), glow=vec(7.0, 6.6, 6.0)),  # 6 ceiling light
    Material(vec(0.0, 0.0, 0.0), glow=vec(6.2, 4.0, 2.0)),  # 7 warm lamp
    Material(vec(0.4, 0.25, 0.15), texture=slats),  # 8 battens
    Material(vec(0.08, 0.16, 0.06), mirror=0.05, texture=leaf),  # 9 leaves
    Material(vec(0.62, 0.60, 0.57)),  # 10 pot
    Material(vec(0.06, 0.04, 0.025)),  # 11 soil, stems
    Material(vec(0.12, 0.22, 0.26)),  # 12 seat
    Material(vec(0.8, 0.8, 0.8), texture=poster),  # 13 poster
    Material(vec(0.78, 0.82, 0.82), mirror=0.08),  # 14 bottle
    Material(vec(0.03, 0.16, 0.22), mirror=0.06),  # 15 teal plastic
    Material(vec(0.012, 0.28, 0.10), glow=vec(0.02, 0.30, 0.12)),  # 16 way-out sign
)


def plant(foot: Floats, size: float, count: int, seed: int) -> Group:
    """A bush of long leaves out of one pot."""
    rng = np.random.default_rng(seed)
    leaves: list[Shape] = []
    for k in range(count):
        turn = k * 2.39996 + rng.normal() * 0.2
        lift = np.radians(rng.uniform(28, 84))
        out = vec(np.cos(turn) * np.cos(lift), np.sin(lift), np.sin(turn) * np.cos(lift))
        side = unit(np.cross(out, vec(0, 1, 0)).astype(np.float32))
        face = np.cross(side, out).astype(np.float32)
        reach = size * rng.uniform(0.32, 0.5)
        middle = foot + out * reach * rng.uniform(0.9, 1.3)
        radii = vec(reach * 0.62, reach * rng.uniform(0.15, 0.2), 0.006)
        leaves.append(Egg(middle, radii, 9, np.stack([out, side, face])))
    middle = foot + vec(0, size * 0.5, 0)
    return Group(middle, size * 1.15, tuple(leaves))


def room() -> tuple[Group, ...]:
    """Everything in sight, in groups."""
    floor, roof, back, left, right = -1.25, 1.6, 6.0, -3.1, 3.0
    shell: tuple[Shape, ...] = (
        box(vec(-6, floor - 0.1, -4), vec(6, floor, 9), 2),
        box(vec(-6, roof, -4), vec(6, roof + 0.1, 9), 1),
        box(vec(left - 0.1, floor, -4), vec(left, roof, back), 0),
        box(vec(right, floor, -4), vec(right + 0.1, roof, back), 0),
        box(vec(-6, floor, -4.1), vec(6, roof, -4), 0),
        box(vec(left, floor, back), vec(-1.25, roof, back + 0.15), 0),
        box(vec(1.55, floor, back), vec(right, roof, back + 0.15), 0),
        box(vec(-1.25, 1.02, back), vec(1.55, roof, back + 0.15), 0),
        box(vec(-2.6, floor, back + 0.5), vec(2.9, roof, back + 0.6), 5),
        box(vec(left, floor, 2.4), vec(left + 0.05, roof, 5.4), 8),
        box(vec(-0.08, 1.14, back - 0.04), vec(0.38, 1.31, back), 16),
        box(vec(right - 0.02, -0.17, 4.05), vec(right, 0.67, 4.65), 13),
    )
    bars = [
        box(vec(x - 0.035, floor, back - 0.02), vec(x + 0.035, 1.02, back + 0.08), 4)
        for x in (-1.22, -0.52, 0.11, 0.19, 0.82, 1.52)
    ]
    bars += [
        box(vec(-1.25, y, back - 0.02), vec(1.55, y + h, back + 0.08), 4)
        for y, h in ((floor, 0.1), (0.96, 0.07))
    ]
    bars += [
        box(vec(x - 0.012, -0.5, back - 0.1), vec(x + 0.012, 0.1, back - 0.07), 14)
        for x in (0.02, 0.28)
    ]
    lights: tuple[Shape, ...] = (
        box(vec(-1.5, roof - 0.02, 2.2), vec(-0.9, roof - 0.01, 4.6), 6),
        box(vec(1.0, roof - 0.02, 2.2), vec(1.6, roof - 0.01, 4.6), 6),
        box(vec(-0.9, roof - 0.02, -1.6), vec(0.9, roof - 0.01, -0.9), 6),
    )
    bench: tuple[Shape, ...] = (
        box(vec(2.0, floor + 0.40, 2.9), vec(2.75, floor + 0.48, 4.9), 12),
        box(vec(2.72, floor + 0.45, 2.9), vec(2.8, floor + 0.95, 4.9), 12),
        box(vec(2.1, floor, 3.0), vec(2.15, floor + 0.4, 3.05), 4),
        box(vec(2.1, floor, 4.75), vec(2.15, floor + 0.4, 4.8), 4),
    )
    desk: tuple[Shape, ...] = (box(vec(-1.6, -0.32, -0.3), vec(1.6, -0.26, 0.98), 3),)
    bottle: tuple[Shape, ...] = (
        Tube(vec(-0.47, -0.185, 0.80), 0.036, 0.075, 14),
        Egg(vec(-0.47, -0.11, 0.80), vec(0.036, 0.022, 0.036), 14, np.eye(3, dtype=np.float32)),
        Tube(vec(-0.47, -0.075, 0.80), 0.012, 0.03, 15),
        box(vec(-0.485, -0.05, 0.785), vec(-0.415, -0.036, 0.815), 15),
        Tube(vec(-0.47, -0.195, 0.80), 0.0366, 0.04, 15),
    )
    lamp: tuple[Shape, ...] = (
        Tube(vec(1.95, 0.62, 5.2), 0.2, 0.15, 7, narrow=0.28),
        Tube(vec(1.95, -0.4, 5.2), 0.014, 0.9, 4),
        Tube(vec(1.95, floor + 0.02, 5.2), 0.16, 0.02, 4),
    )
    pots: tuple[Shape, ...] = (
        Tube(vec(-2.1, floor + 0.28, 4.6), 0.26, 0.28, 10, narrow=-0.15),
        Egg(vec(-2.1, floor + 0.5, 4.6), vec(0.26, 0.04, 0.26), 11, np.eye(3, dtype=np.float32)),
        Tube(vec(0.52, -0.215, 0.86), 0.052, 0.045, 10, narrow=-0.2),
        Egg(vec(0.52, -0.18, 0.86), vec(0.05, 0.008, 0.05), 11, np.eye(3, dtype=np.float32)),
    )
    every = Group(vec(0, 0, 3), 30.0, shell)
    return (
        every,
        Group(vec(0.15, -0.1, back), 2.1, tuple(bars)),
        Group(vec(0, roof, 1.5), 4.2, lights),
        Group(vec(2.4, floor + 0.5, 3.9), 1.3, bench),
        Group(vec(0, -0.29, 0.3), 1.9, desk),
        Group(vec(-0.47, -0.15, 0.8), 0.16, bottle),
        Group(vec(1.95, -0.2, 5.2), 1.25, lamp),
        Group(vec(-2.1, floor + 0.28, 4.6), 0.6, pots[:2]),
        Group(vec(0.52, -0.215, 0.86), 0.12, pots[2:]),
        plant(vec(-2.1, floor + 0.55, 4.6), 1.35, 44, 5),
        plant(vec(0.52, -0.18, 0.86), 0.17, 26, 9),
    )


def lights() -> tuple[Light, ...]:
    """Corner, two edges and normal of each rectangle that light is sought from."""
    return (
        (vec(-1.2, -1.2, 6.49), vec(2.7, 0, 0), vec(0, 2.2, 0), vec(0, 0, -1)),
        (vec(-1.5, 1.575, 2.2), vec(0.6, 0, 0), vec(0, 0, 2.4), vec(0, -1, 0)),
        (vec(1.0, 1.575, 2.2), vec(0.6, 0, 0), vec(0, 0, 2.4), vec(0, -1, 0)),
        (vec(-0.9, 1.575, -1.6), vec(1.8, 0, 0), vec(0, 0, 0.7), vec(0, -1, 0)),
        (vec(1.75, 0.8, 5.0), vec(0.4, 0, 0), vec(0, 0, 0.4), vec(0, 1, 0)),
        (vec(1.75, 0.44, 5.0), vec(0.4, 0, 0), vec(0, 0, 0.4), vec(0, -1, 0)),
        (vec(1.75, 0.45, 4.98), vec(0.4, 0, 0), vec(0, 0.3, 0), vec(0, 0, -1)),
    )


LIGHT_MATERIALS = (5, 6, 6, 6, 7, 7, 7)


def near_ball(group: Group, start: Floats, along: Floats) -> Ints:
    """The rays that meet the ball around a group."""
    to = group.middle - start
    b, away2 = dot(to, along), dot(to, to)
    hits = (away2 - b * b < group.radius**2) & ((b > 0) | (away2 < group.radius**2))
    return np.nonzero(hits)[0]


def trace(groups: tuple[Group, ...], start: Floats, along: Floats) -> tuple[Floats, Floats, Ints]:
    """The first surface on each ray: distance, normal and material."""
    away = np.full(len(start), FAR, np.float32)
    normal = np.zeros_like(start)
    material = np.zeros(len(start), np.int64)
    for group in groups:
        rows = near_ball(group, start, along)
        if not len(rows):
            continue
        s, d = start[rows], along[rows]
        for shape in group.shapes:
            t, n = shape.hit(s, d)
            won = t < away[rows]
            where = rows[won]
            away[where], normal[where] = t[won], n[won]
            material[where] = shape.material
    return away, normal, material


def hidden(
    groups: tuple[Group, ...], start: Floats, along: Floats, upto: Floats
) -> NDArray[np.bool_]:
    """Whether something stands before the light."""
    out = np.zeros(len(start), bool)
    for group in groups:
        rows = near_ball(group, start, along)
        rows = rows[~out[rows]]
        if not len(rows):
            continue
        for shape in group.shapes:
            t, _ = shape.hit(start[rows], along[rows])
            out[rows] |= t < upto[rows] - 0.02
    return out


def colours(material: Ints, place: Floats) -> tuple[Floats, Floats, Floats]:
    """Colour, own light and mirror share at each place."""
    colour = np.zeros_like(place)
    glow = np.zeros_like(place)
    mirror = np.zeros(len(place), np.float32)
    for k, one in enumerate(MATERIALS):
        rows = np.nonzero(material == k)[0]
        if not len(rows):
            continue
        painted = one.texture(place[rows]) if one.texture else one.colour
        if one.glow is None:
            colour[rows] = painted
        else:
            glow[rows] = painted if one.texture else one.glow
        mirror[rows] = one.mirror
    return colour, glow, mirror


def scattered(normal: Floats, rng: np.random.Generator) -> Floats:
    """A direction off a matt surface."""
    ball = unit(rng.normal(size=normal.shape).astype(np.float32))
    return unit(normal + ball * np.float32(0.999))


def lit(
    groups: tuple[Group, ...], place: Floats, normal: Floats, rng: np.random.Generator
) -> Floats:
    """Light that comes straight from one lamp drawn by lot."""
    every = lights()
    pick = rng.integers(0, len(every), len(place))
    corner, first, second, face = (np.stack([x[k] for x in every])[pick] for k in range(4))
    u, v = rng.random((2, len(place), 1), dtype=np.float32)
    target = corner + first * u + second * v
    to = target - place
    far2 = dot(to, to)
    far = np.sqrt(far2)
    way = to / far[:, None]
    front = np.maximum(dot(normal, way), 0) * np.maximum(-dot(face, way), 0)
    size = np.linalg.norm(np.cross(first, second), axis=1)
    share = front * size * len(every) / (np.pi * np.maximum(far2, 0.01))
    material = np.array(LIGHT_MATERIALS)[pick]
    _, glow, _ = colours(material, target.astype(np.float32))
    out = np.zeros_like(place)
    rows = np.nonzero(share > 1e-6)[0]  # noqa: PLR2004
    free = ~hidden(groups, place[rows], way[rows].astype(np.float32), far[rows])
    rows = rows[free]
    out[rows] = glow[rows] * share[rows, None]
    return out


def one_sample(groups: tuple[Group, ...], rng: np.random.Generator) -> Floats:
    """The picture with one ray per pixel."""
    w, h = TRACED
    focal = FOCAL_PX * w / SIZE[0]
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    jitter = rng.random((2, h, w), dtype=np.float32)
    px, py = (xs + jitter[0] - w / 2) / focal, (h / 2 - ys - jitter[1]) / focal
    aim = np.stack([px, py, np.ones_like(px)], -1).reshape(-1, 3) * np.float32(FOCUS_M)
    angle = rng.random(len(aim), dtype=np.float32) * np.float32(2 * np.pi)
    off = np.sqrt(rng.random(len(aim), dtype=np.float32)) * np.float32(LENS_RADIUS)
    start = np.stack([np.cos(angle) * off, np.sin(angle) * off, np.zeros_like(off)], 1)
    along = unit(aim - start)
    light = np.zeros_like(start)
    weight = np.ones_like(start)
    rows = np.arange(len(start))
    seen = np.ones(len(start), bool)
    for bounce in range(BOUNCES):
        away, normal, material = trace(groups, start, along)
        place = start + along * away[:, None]
        colour, glow, mirror = colours(material, place)
        sought = np.isin(material, (5, 6, 7))
        found = np.where((seen | ~sought)[:, None], weight * glow, 0)
        light[rows] += found if bounce == 0 else np.minimum(found, SPARK)
        facing = np.clip(-dot(normal, along), 0, 1)
        shine = np.where(mirror > 0, mirror + (0.6 - mirror) * (1 - facing) ** 5, 0)
        bright = rng.random(len(start), dtype=np.float32) < shine
        place = place + normal * EPS * 2
        direct = np.where(bright[:, None], 0, colour * lit(groups, place, normal, rng))
        light[rows] += np.minimum(weight * direct, SPARK)
        bounced = along + 2 * facing[:, None] * normal
        bounced = unit(bounced + rng.normal(size=normal.shape).astype(np.float32) * ROUGH_SPREAD)
        along = np.where(bright[:, None], bounced, scattered(normal, rng)).astype(np.float32)
        weight = np.where(bright[:, None], weight, weight * colour).astype(np.float32)
        alive = (away < FAR) & (weight.max(1) > 0.01) & (glow.max(1) <= 0)  # noqa: PLR2004
        start, along, weight = place[alive], along[alive], weight[alive]
        rows, seen = rows[alive], bright[alive]
        if bounce == BOUNCES - 1 or not len(rows):
            break
    return np.minimum(light, 12).reshape(h, w, 3)


def many_samples(task: tuple[int, int]) -> Floats:
    """The sum of several pictures, from one seed."""
    cv2.setNumThreads(1)
    seed, count = task
    rng = np.random.default_rng(seed)
    groups = room()
    total = np.zeros((TRACED[1], TRACED[0], 3), np.float32)
    for _ in range(count):
        total += one_sample(groups, rng)
    return total


def calm(light: Floats) -> Floats:
    """Take the grain of few rays away, as a lens does that is focused much nearer."""
    log = cv2.GaussianBlur(np.log1p(light).astype(np.float32), (0, 0), SOFT_PX)
    top = np.float32(log.max())
    grainy = (log / top * 255).astype(np.uint8)
    guide = cv2.fastNlMeansDenoisingColored(grainy, None, 5, 5, 5, 17)
    out: Floats = np.expm1(guide.astype(np.float32) / 255 * top)
    return out


def developed(light: Floats) -> NDArray[np.uint8]:
    """Light into a webcam's picture: exposure, soft highlights, vignette, size."""
    halo = cv2.GaussianBlur(np.minimum(light, 4), (0, 0), 14)
    light = (light * 0.93 + halo * 0.07) * 0.88
    light = calm(light) * vec(1.02, 1.0, 0.985)
    shown = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
    shown = np.clip(shown, 0, 1) ** (1 / 2.2)
    wide = cv2.resize(shown.astype(np.float32), SIZE, interpolation=cv2.INTER_CUBIC)
    ys, xs = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    r2 = ((xs - SIZE[0] / 2) ** 2 + (ys - SIZE[1] / 2) ** 2) / (SIZE[0] / 2) ** 2
    wide *= (1 - 0.16 * r2)[..., None]
    return np.clip(wide[..., ::-1] * 255, 0, 255).astype(np.uint8)


def main() -> None:
    """Trace the room and write the picture."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "desk.jpg"
    samples = int(sys.argv[2]) if len(sys.argv) > 2 else SAMPLES  # noqa: PLR2004
    tasks = [(1000 + k, 4) for k in range(max(1, samples // 4))]
    with ProcessPoolExecutor() as pool:
        light = sum(pool.map(many_samples, tasks)) / np.float32(4 * len(tasks))
    quality = [cv2.IMWRITE_JPEG_QUALITY, 92] if target.suffix == ".jpg" else []
    cv2.imwrite(str(target), developed(np.asarray(light)), quality)


if __name__ == "__main__":
    main()
