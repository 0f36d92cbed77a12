"""Draws a citizen card's code as a webcam sees it from afar: few pixels a module, in a film."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import load
from tests.qr_drawing import draw

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Point = npt.NDArray[np.float64]
Angles = tuple[float, float, float]

PHOTO = Path(__file__).parent / "data/qr-images/neg-falsepositives-6e39c7d3f7.jpg"
MODULES, QUIET = 41, 4
_FINE = 4  # sub-pixels a side over which the sensor's pixel sums up
_DRAWN = 8  # pixels a module of the drawing that is laid into the frame
_NAMES = ("Nguyễn Thị Hồng", "Trần Văn Dũng", "Dương Bích Sơn", "Lê Anh Sơn", "Vũ Ngọc Đào")


@dataclass(frozen=True, slots=True)
class Lens:
    """What lies between the card and the frame.

    Attributes:
        blur: standard deviation of lens and focus, in pixels of the frame.
        noise: of the sensor, in grey levels.
        jpeg: quality of the camera's MJPG.
        ink, paper: grey levels of the code.
        tilt: degrees by which the card is turned at most; a third of it out of its plane.
    """

    blur: float = 0.8
    noise: float = 4.0
    jpeg: int = 85
    ink: int = 50
    paper: int = 200
    tilt: float = 8.0


WEBCAM = Lens()


def card_text(number: int) -> str:
    """The text of a made-up card, long enough for 41 modules a side."""
    name = _NAMES[number % len(_NAMES)]
    village = "Ấp Hòa Lợi, Vĩnh Hòa Hiệp, Châu Thành, Kiên Giang"
    return f"0911{number:08d}||{name}|02091990|Nữ|Tổ 2, {village}|15042021"


@cache
def _code(number: int) -> Picture:
    drawn = draw(card_text(number).encode(), _DRAWN)
    assert drawn.shape == ((MODULES + 2 * QUIET) * _DRAWN,) * 2
    return drawn


@cache
def _scene(width: int, height: int) -> Picture:
    return np.asarray(cv2.resize(load(PHOTO), (width, height), interpolation=cv2.INTER_AREA))


@cache
def _grain(width: int, height: int) -> npt.NDArray[np.float32]:
    """Noise of standard deviation 1, larger than a frame: each frame cuts out another part."""
    dice = np.random.default_rng(11)
    return dice.standard_normal((height + 64, width + 64, 3), np.float32)


def film(
    number: int,
    pixels: float,
    frames: int,
    *,
    lens: Lens = WEBCAM,
    width: int = 1920,
    height: int = 1080,
) -> Iterator[Picture]:
    """A hand holds card `number` somewhere in the picture and is not quite still.

    Args:
        number: of card, place and hand; the same number gives the same film.
        pixels: of the frame a module.
        frames: how many.
        lens: of the camera.
        width: of a frame.
        height: of a frame.
    """
    dice = np.random.default_rng(number)
    side = (MODULES + 2 * QUIET) * pixels
    room = side * 0.75 + 8
    centre = np.array(
        [dice.uniform(room, width - room), dice.uniform(room, height - room)], np.float64
    )
    turn, lean = dice.uniform(-lens.tilt, lens.tilt), dice.uniform(-1, 1, 2) * lens.tilt / 3
    for _ in range(frames):
        centre = centre + dice.normal(0, 0.7, 2)
        turn = turn + float(dice.normal(0, 0.15))
        yield _shot(number, pixels, centre, (turn, *lean), lens, dice, (width, height))


def _shot(
    number: int,
    pixels: float,
    centre: Point,
    angles: Angles,
    lens: Lens,
    dice: np.random.Generator,
    size: tuple[int, int],
) -> Picture:
    side = (MODULES + 2 * QUIET) * pixels
    half = int(side * 0.8) + 4
    corner = np.floor(centre).astype(int) - half
    patch = _laid(_code(number), pixels, centre - corner, angles, 2 * half, lens)
    scene = _scene(*size).astype(np.float32)
    (x, y), beyond = corner, np.minimum(corner, 0)
    view = scene[max(y, 0) : y + 2 * half, max(x, 0) : x + 2 * half]
    part = patch[-beyond[1] :, -beyond[0] :, None][: view.shape[0], : view.shape[1]]
    view[:] = np.where(part >= 0, part, view)
    left, top = dice.integers(0, 64, 2)
    scene += lens.noise * _grain(*size)[top : top + size[1], left : left + size[0]]
    frame = np.clip(np.rint(scene), 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, lens.jpeg])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def _laid(
    code: Picture, pixels: float, at: Point, angles: Angles, size: int, lens: Lens
) -> Floats:
    """The code at a sub-pixel place, turned and leaning; -1 outside of it."""
    turn, yaw, pitch = np.radians(angles)
    half = code.shape[0] / 2
    flat = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    scale = pixels / _DRAWN
    distance = 12 * half * scale
    corners = []
    for x, y in flat * scale:
        across, down = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
        near = distance / (distance + across * np.sin(yaw) + down * np.sin(pitch))
        corners.append((across * np.cos(yaw) * near, down * np.cos(pitch) * near))
    target = (np.array(corners) + at) * _FINE
    source = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * code.shape[0] - 0.5
    matrix = cv2.getPerspectiveTransform(
        source.astype(np.float32), (target - 0.5).astype(np.float32)
    )
    fine = (size * _FINE,) * 2
    ink = np.where(code > 0, float(lens.paper), float(lens.ink)).astype(np.float32)
    big = cv2.warpPerspective(
        ink, matrix, fine, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_CONSTANT, borderValue=-999
    )
    covered = (big > -1).astype(np.float32)
    inside = cv2.resize(covered, (size, size), interpolation=cv2.INTER_AREA)
    paper = np.where(big > -1, big, lens.paper).astype(np.float32)
    soft = cv2.GaussianBlur(paper, (0, 0), max(0.01, lens.blur) * _FINE)
    small = cv2.resize(soft, (size, size), interpolation=cv2.INTER_AREA)
    return np.where(inside > 0.5, small, -1).astype(np.float32)
