"""Films for `benchmarks.live`, made from photos: a picture is held before the camera and moves.

Each film has 1280x720 pixels and 30 frames a second, begins with an empty desk and a rolling
grain of noise, and is the same on every computer. What moves is blurred by its way during the
exposure.
"""

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.frames import PHOTO
from benchmarks.reading import Photo, canonical, photos
from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import load
from kiosk.adapters.reading import open_reader
from kiosk.domain.payload import parse
from kiosk.ports.decoder import Point

WIDTH, HEIGHT, PACE = 1280, 720, 30
EMPTY = 5
"""Frames of the empty desk before anything comes in: the resting desk looks at the first and the
fifth of them, so that it passes over as many as it ever does of what comes."""
FRAMES = 48

_FAR = 1000.0  # pixels from the eye to the picture plane: perspective of a webcam
_COMES_IN = 0.25  # seconds
_GRAINS = 6


@dataclass(frozen=True, slots=True)
class Pose:
    """How the picture is held at one moment.

    Attributes:
        side: of the code, pixels.
        x: of the code's middle from that of the frame, pixels; `y` likewise.
        angle: degrees in the picture's plane.
        tilt: degrees about its upright axis.
        light: 1 for as the photo is.
        glare: of a lamp's reflection from the code's middle, sides of the code; None without.
    """

    side: float = 200.0
    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    tilt: float = 0.0
    light: float = 1.0
    glare: float | None = None


class Kind(NamedTuple):
    """A way of holding a code.

    Attributes:
        pose: by the seconds since it comes in.
        exposure: share of a frame's time in which the shutter is open.
        noise: standard deviation at middle brightness, levels.
        inverted: as a phone in dark mode.
    """

    pose: Callable[[float], Pose]
    exposure: float = 0.25
    noise: float = 4.0
    inverted: bool = False


def _eased(seconds: float, whole: float) -> float:
    """From 1 to 0, slower and slower."""
    return (1 - min(1.0, max(0.0, seconds / whole))) ** 2


def _entering(pose: Callable[[float], Pose]) -> Callable[[float], Pose]:
    """The pose, brought in from below in a quarter of a second."""
    return lambda t: replace(pose(t), y=pose(t).y + HEIGHT * _eased(t, _COMES_IN))


KINDS: dict[str, Kind] = {
    "moving in": Kind(lambda t: Pose(x=900 * _eased(t, 1.0), angle=5), exposure=0.5),
    "blurred": Kind(
        _entering(lambda t: Pose(x=40 * math.sin(13 * t), y=25 * math.sin(9 * t + 1))), 1.0
    ),
    "noisy": Kind(_entering(lambda _t: Pose(light=0.6)), noise=14.0),
    "dimming": Kind(_entering(lambda t: Pose(light=0.3 * 0.5**t, angle=-4)), noise=5.0),
    "glare": Kind(_entering(lambda t: Pose(glare=1.5 * t - 0.3))),
    "tilted": Kind(_entering(lambda t: Pose(tilt=70 - 50 * t, angle=60 * t - 10))),
    "far": Kind(_entering(lambda t: Pose(side=45 * 4 ** (t / 1.4), angle=3))),
    "dark mode": Kind(_entering(lambda t: Pose(angle=8 * math.sin(4 * t))), inverted=True),
}


class Held(NamedTuple):
    """A photo with the place of its code."""

    photo: Photo
    centre: Point
    side: float


def held_photos(folder: Path, part: str, most: int) -> list[Held]:
    """Photos of one code each that a still look reads, in an order that is none."""
    reader, found = open_reader(), []
    entries = [photo for photo in photos(folder, part) if photo.expected]
    entries.sort(key=lambda photo: hashlib.sha256(b"live" + photo.file.encode()).digest())
    for photo in entries:
        read = reader.study(photo.pixels.data)
        if len(read) == 1 and canonical(parse(read[0].payload).text) in (photo.expected or ()):
            corners = np.array(read[0].corners)
            lengths = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
            centre, side = corners.mean(axis=0), float(lengths.max())
            found.append(Held(photo, (float(centre[0]), float(centre[1])), side))
        if len(found) == most:
            break
    return found


class Studio:
    """Makes films."""

    def __init__(self) -> None:
        whole = np.asarray(load(PHOTO), np.uint8)
        self._desk = cv2.resize(whole, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        self._grains: dict[float, list[np.ndarray]] = {}

    def empty(self) -> Iterator[np.ndarray]:
        """The desk with nobody before it, for ever."""
        return (self._taken(self._desk, number, 4.0) for number in count())

    def film(self, held: Held, kind: Kind) -> list[np.ndarray]:
        """The frames."""
        frames = list(islice(self.empty(), EMPTY))
        picture = 255 - held.photo.pixels if kind.inverted else held.photo.pixels
        for number in range(FRAMES - EMPTY):
            light = self._seen(picture, held, kind, number / PACE)
            frames.append(self._taken(light, number, kind.noise))
        return frames

    def _seen(self, picture: np.ndarray, held: Held, kind: Kind, at: float) -> np.ndarray:
        """What falls on the sensor while the shutter is open."""
        first, last = kind.pose(at), kind.pose(at + kind.exposure / PACE)
        way = math.hypot(first.x - last.x, first.y - last.y) + abs(first.side - last.side)
        parts = max(1, min(8, round(way / 3)))
        total = np.zeros((HEIGHT, WIDTH, 3), np.float32)
        for part in range(parts):
            pose = kind.pose(at + kind.exposure / PACE * part / parts)
            cv2.accumulate(self._still(picture, held, pose), total)
        return cv2.convertScaleAbs(total, alpha=1 / parts)

    def _still(self, picture: np.ndarray, held: Held, pose: Pose) -> np.ndarray:
        scale = pose.side / held.side
        (x, y), sheet = held.centre, picture
        if scale < 1:  # else pixels would be passed over
            size = [max(1, round(side * scale)) for side in picture.shape[1::-1]]
            sheet = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
            x, y, scale = x * scale, y * scale, 1.0
        there = _homography(scale, (x, y), pose)
        seen = self._desk.copy()
        beyond = cv2.BORDER_TRANSPARENT
        cv2.warpPerspective(sheet, there, (WIDTH, HEIGHT), dst=seen, borderMode=beyond)
        lit = cv2.convertScaleAbs(seen, alpha=pose.light)
        return lit if pose.glare is None else cv2.add(lit, _glare(pose), dtype=cv2.CV_8U)

    def _taken(self, light: np.ndarray, number: int, noise: float) -> np.ndarray:
        """The sensor's picture."""
        if noise not in self._grains:
            dice, shape = np.random.default_rng(7), (HEIGHT, WIDTH, 3)
            self._grains[noise] = [
                dice.normal(0, noise, shape).astype(np.int16) for _ in range(_GRAINS)
            ]
        return cv2.add(light, self._grains[noise][number % _GRAINS], dtype=cv2.CV_8U)


def _homography(scale: float, centre: Point, pose: Pose) -> np.ndarray:
    """From the photo's pixels to the frame's."""
    turn, tilt = math.radians(pose.angle), math.radians(pose.tilt)
    to_middle = np.array([[1, 0, -centre[0]], [0, 1, -centre[1]], [0, 0, 1]])
    turned = scale * np.array(
        [[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]
    )
    plane = np.eye(3)
    plane[:2, :2] = turned
    tilted = np.array([[math.cos(tilt), 0, 0], [0, 1, 0], [math.sin(tilt) / _FAR, 0, 1]])
    to_place = np.array([[1, 0, WIDTH / 2 + pose.x], [0, 1, HEIGHT / 2 + pose.y], [0, 0, 1]])
    return np.asarray(to_place @ tilted @ plane @ to_middle)


def _glare(pose: Pose) -> np.ndarray:
    """A lamp's reflection over the code: white in its middle, a haze around it."""
    x = WIDTH / 2 + pose.x + (pose.glare or 0.0) * pose.side
    y = HEIGHT / 2 + pose.y - 0.1 * pose.side
    wide = 0.45 * pose.side
    across = np.exp(-(((np.arange(WIDTH) - x) / wide) ** 2))
    down = np.exp(-(((np.arange(HEIGHT) - y) / wide) ** 2))
    haze = (380 * np.outer(down, across)).astype(np.int16)
    return np.repeat(haze[:, :, None], 3, axis=2)
