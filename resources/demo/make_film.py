"""Make the demonstration film: visitors hold codes up to the desk's camera.

Run by hand, some ten minutes on two processors. One package more than the developers' environment
is needed, put beside it: opencv-python cannot be told how large a film may become (opencv#24570)::

    .venv/bin/python -m pip install --no-deps --target /tmp/av av==18.1.0
    PYTHONPATH=/tmp/av .venv/bin/python resources/demo/make_film.py

It reads ``desk.jpg`` (see ``make_desk.py``) and writes, in the same folder, ``morning.mp4``,
``film.toml`` (what is held when, for the tests and for the demonstration) and ``hand.png`` (a hand
that the demonstration lays over the slip it has just printed). All of it is drawn by us, every
person in it is made up, and chance comes from one seed. The film is VP9, which the FFmpeg inside
opencv-python reads on Linux and Windows.

To look at the held pictures only, without that package: ``make_film.py --look FOLDER``.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)  # set by opencv-python for its own Qt
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import hands  # noqa: E402
import props  # noqa: E402
from hands import Area, Hand  # noqa: E402
from props import Prop, Screen  # noqa: E402
from PySide6.QtGui import QGuiApplication  # noqa: E402

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

SIZE = (1280, 720)
FPS = 15
FOCAL_PX = 914.0
SEED = 20261123
RISE, HOLD, FALL, EMPTY = 9, 24, 8, 19
SETTLE = 2
"""Frames of each hold in which the lens may still be finding its focus: not promised."""
SHUTTER = 0.55
BLUR_STEPS = 7
OVERSAMPLE = 2
GRAIN = 1.1
ENCODER = {
    "crf": "30",
    "b": "0",
    "deadline": "good",
    "cpu-used": "2",
    "row-mt": "1",
    "g": "150",
    "lag-in-frames": "25",
    "auto-alt-ref": "1",
}

_log = logging.getLogger("film")


@dataclass(frozen=True)
class Pose:
    """Where a thing is (millimetres from the lens) and how it is turned (degrees)."""

    x: float
    y: float
    z: float
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0

    def mixed(self, other: Pose, share: float) -> Pose:
        """The pose on the way to another."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Pose(*(a + (b - a) * share for a, b in pairs))

    def image_of(self, points: Floats) -> Floats:
        """Where points (mm, x right, y down, z away) of the thing fall in the picture."""
        yaw, pitch, roll = np.radians([self.yaw, self.pitch, self.roll])
        cy, sy, cp, sp = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch)
        cr, sr = np.cos(roll), np.sin(roll)
        turn = (
            np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
            @ np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
            @ np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
        )
        seen = points @ turn.T + np.array([self.x, self.y, self.z])
        flat = seen[:, :2] / seen[:, 2:] * FOCAL_PX + np.array(SIZE) / 2
        return flat.astype(np.float32)


@dataclass(frozen=True)
class Layer:
    """A flat picture at a depth of the held thing."""

    picture: Floats
    left: float
    top: float
    per_mm: float
    z: float = 0.0

    def drawn_on(self, ground: Floats, pose: Pose) -> Floats:
        """The ground with this layer over it."""
        high, wide = self.picture.shape[:2]
        corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
        flat = np.concatenate(
            [corners / self.per_mm + [self.left, self.top], np.full((4, 1), self.z)], 1
        )
        target = pose.image_of(flat.astype(np.float32)) * OVERSAMPLE
        limit = np.array([ground.shape[1], ground.shape[0]])
        low = np.clip(np.floor(target.min(0)) - 2, 0, limit).astype(int)
        top = np.clip(np.ceil(target.max(0)) + 2, 0, limit).astype(int)
        if (top <= low).any():
            return ground
        size = (int(top[0] - low[0]), int(top[1] - low[1]))
        matrix = cv2.getPerspectiveTransform(corners, target - low.astype(np.float32))
        laid = cv2.warpPerspective(self.picture, matrix, size, flags=cv2.INTER_LINEAR)
        part = ground[low[1] : top[1], low[0] : top[0]]
        cover = laid[..., 3:]
        part[...] = part * (1 - cover) + (laid if part.shape[2] > 3 else laid[..., :3])  # noqa: PLR2004
        return ground


@dataclass(frozen=True)
class Scene:
    """One visit: what is held, how it comes, rests and goes."""

    name: str
    payload: str
    layers: Callable[[], tuple[Layer, ...]]
    come: Pose
    rest: Pose
    leave: Pose
    both_decoders: bool = True
    glare: tuple[float, float, float, float] | None = None
    note: str = ""


def flat_layer(prop: Prop, z: float = 0.0) -> Layer:
    """A thing around its own middle."""
    wide, high = prop.size_mm
    return Layer(prop.picture, -wide / 2, -high / 2, prop.per_mm, z)


@cache
def hand_layers(
    model: Callable[[], Hand], area: Area, at: tuple[float, float], grown: float = 1.0
) -> tuple[Layer, Layer, Layer]:
    """The hand behind the thing, its shadow on the thing and the part before the thing.

    Args:
        model: makes the hand.
        area: what is drawn of it.
        at: where its origin lies on the thing.
        grown: how large the hand is beside the modelled one.
    """
    picture, depth = hands.drawn(area, model())
    before = cv2.GaussianBlur((depth < -0.4).astype(np.float32), (0, 0), 0.7)[..., None]  # noqa: PLR2004
    front = picture * before
    shade = np.zeros_like(front)
    soft = cv2.GaussianBlur(front[..., 3], (0, 0), 2.2 * area.per_mm)
    near = cv2.GaussianBlur(front[..., 3], (0, 0), 0.7 * area.per_mm)
    shift = np.array([[1, 0, 0.4 * area.per_mm], [0, 1, 1.8 * area.per_mm]], np.float32)
    size = (front.shape[1], front.shape[0])
    shade[..., 3] = cv2.warpAffine(0.36 * soft + 0.26 * near, shift, size)
    place = (area.left * grown + at[0], area.top * grown + at[1], area.per_mm / grown)
    return (
        Layer(picture, *place, z=16.0),
        Layer(shade, *place, z=-0.2),
        Layer(front, *place, z=-5.0),
    )


def on_thing(shade: Layer, thing: Layer) -> Layer:
    """The shadow only where the thing is."""
    high, wide = thing.picture.shape[:2]
    scale = thing.per_mm / shade.per_mm
    move = [(shade.left - thing.left) * thing.per_mm, (shade.top - thing.top) * thing.per_mm]
    matrix = np.array([[scale, 0, move[0]], [0, scale, move[1]]], np.float32)
    dark = cv2.warpAffine(shade.picture[..., 3], matrix, (wide, high))[..., None]
    picture = thing.picture.copy()
    picture[..., :3] *= 1 - dark
    return replace(thing, picture=picture)


def lit_from_above(layer: Layer, top: float, bottom: float) -> Layer:
    """The fall of light over an upright thing."""
    picture = layer.picture.copy()
    fall = np.linspace(top, bottom, len(picture), dtype=np.float32)[:, None, None]
    picture[..., :3] = np.minimum(picture[..., :3] * fall, picture[..., 3:])
    return replace(layer, picture=picture)


def glassy(layer: Layer, strength: float) -> Layer:
    """A telephone's glass with the hall's lamps faintly in it."""
    picture = layer.picture.copy()
    high, wide = picture.shape[:2]
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    slant = xs / wide + 0.55 * ys / high
    sheen = 1 / (1 + np.exp(-(slant - 1.12) * 60)) * np.exp(-np.abs(slant - 1.12) * 2.4)
    lamp = np.exp(-(((xs / wide - 0.24) / 0.1) ** 4) - ((ys / high - 0.12) / 0.035) ** 4)
    lamp = cv2.GaussianBlur(lamp.astype(np.float32), (0, 0), wide * 0.016)
    light = (0.018 + 0.045 * sheen + 0.16 * lamp) * strength
    picture[..., :3] += light[..., None] * np.array([1.0, 0.97, 0.93], np.float32)
    picture[..., :3] = np.minimum(picture[..., :3], 1) * picture[..., 3:]
    return replace(layer, picture=picture)


def phone_layers(screen: Screen, sheen: float) -> tuple[Layer, ...]:
    """A telephone with its edge, in a hand."""
    back, shade, front = hand_layers(hands.grip, Area(-62, -28, 74, 215, 4.0), (0.0, 16.0))
    face = on_thing(shade, glassy(flat_layer(props.phone(screen)), sheen))
    rim = face.picture.copy()
    rim[..., :3] = rim[..., 3:] * np.array([0.17, 0.16, 0.155], np.float32)
    edge = [replace(face, picture=rim, z=depth) for depth in (7.5, 5.0, 2.5)]
    light = rim.copy()
    light[..., :3] = rim[..., 3:] * np.array([0.42, 0.41, 0.40], np.float32)
    bright = replace(face, picture=light, z=1.2)
    # The rim behind the glass takes the hand's place at the same depth.
    return (replace(back, z=9.0), *edge, bright, face, front)


def card_layers(payload: str) -> tuple[Layer, ...]:
    """A laminated card between thumb and finger."""
    at = (25.0, 22.0)
    back, shade, front = hand_layers(hands.pinch, Area(-16, -16, 100, 60, 6.0), at, 0.86)
    face = on_thing(shade, lit_from_above(flat_layer(props.card(payload)), 0.97, 0.87))
    edge = face.picture.copy()
    edge[..., :3] = edge[..., 3:] * np.array([0.60, 0.64, 0.66], np.float32)
    return (replace(back, z=9.0), replace(face, picture=edge, z=0.8), face, replace(front, z=-3))


def notice_layers(payload: str) -> tuple[Layer, ...]:
    """A printed sheet, gently bent, held at its lower corner."""
    at = (46.0, 84.0)
    back, shade, front = hand_layers(hands.pinch, Area(-16, -16, 130, 215, 4.0), at)
    face = on_thing(shade, lit_from_above(flat_layer(props.notice(payload)), 0.93, 0.80))
    return (replace(back, z=9.0), bent(face), replace(front, z=-3))


def bent(layer: Layer) -> Layer:
    """A sheet whose free corners curl a little."""
    pad = 40
    picture = cv2.copyMakeBorder(layer.picture, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    high, wide = picture.shape[:2]
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    u, v = xs / wide - 0.5, ys / high - 0.5
    dy = (u * u * 26 - 4 + 10 * u * v).astype(np.float32)
    dx = (v * v * 14 * np.sign(u) * np.abs(u) * 2).astype(np.float32)
    out = cv2.remap(picture, xs + dx, ys + dy, cv2.INTER_LINEAR)
    light = 1 - 0.10 * np.clip(u + 0.1, 0, 1) ** 1.5 - 0.05 * np.clip(-v - 0.25, 0, 1)
    out[..., :3] *= light[..., None]
    edge = pad / layer.per_mm
    return replace(layer, picture=out, left=layer.left - edge, top=layer.top - edge)


CITIZEN = "091185000036||Dương Bích Sơn|12081985|Nữ|Tổ 2, Rạch Giá, An Giang|06082024||||"
NATIONAL = "091203000027|TRAN VAN DUNG|2003-03-21|0|169000000000000027|<1<00<0900000027"
OLDER = "091083000045|370000045|Lê Anh Sơn|12081983|Nam|Khu phố 3, Phú Quốc, An Giang|30052023"
TRAP = "091190000018||Vũ Bích Sơn|02091990|Nữ|Tô Châu, Tây Ninh|15042024||||"
WEB = "https://example.com/khao-sat?id=123"


def scenes() -> tuple[Scene, ...]:
    """The morning, in order."""
    return (
        Scene(
            "citizen-card",
            CITIZEN,
            lambda: card_layers(CITIZEN),
            Pose(30, 78, 118, 14, -10, 14),
            Pose(-2, -5, 108, 9, -6, -5),
            Pose(26, 82, 122, 4, -12, 10),
            note="A new citizen card, eleven fields: somebody comes in.",
        ),
        Scene(
            "national-code",
            NATIONAL,
            lambda: phone_layers(
                Screen(props.personal_code(NATIONAL), "#eef3f5", 0.86), sheen=0.8
            ),
            Pose(-60, 215, 290, -14, -14, 22),
            Pose(-6, 8, 226, -9, -8, 15),
            Pose(-40, 220, 280, -6, -16, 8),
            note="The national personal code on a telephone, tilted.",
        ),
        Scene(
            "dark-phone",
            OLDER,
            lambda: phone_layers(Screen(props.dark_wallet(OLDER), "#060b10"), sheen=1.0),
            Pose(70, 220, 290, 12, -14, -20),
            Pose(5, 8, 222, 10, -7, -7),
            Pose(60, 225, 300, 16, -14, -14),
            both_decoders=False,
            note="Dark mode: light modules on a dark ground, which zbar does not read.",
        ),
        Scene(
            "dim-phone",
            TRAP,
            lambda: phone_layers(Screen(props.saved_card(TRAP), "#e6ebee", 0.30), sheen=0.75),
            Pose(-30, 225, 300, -10, -12, -14),
            Pose(2, 10, 224, -8, -9, 5),
            Pose(-50, 225, 290, -14, -12, 14),
            both_decoders=False,
            note="A quarter of the light, and a text whose character set zbar guesses wrongly.",
        ),
        Scene(
            "web-notice",
            WEB,
            lambda: notice_layers(WEB),
            Pose(90, 330, 400, -12, -16, 12),
            Pose(-8, 2, 318, -11, -6, 3),
            Pose(60, 340, 410, -4, -18, -8),
            note="A web address: nothing the desk takes, and never opened.",
        ),
        Scene(
            "citizen-card-again",
            CITIZEN,
            lambda: card_layers(CITIZEN),
            Pose(-34, 80, 120, -12, -12, -16),
            Pose(-4, -3, 112, -13, -4, 6),
            Pose(30, 84, 124, -4, -12, 12),
            glare=(-25.0, -13.0, 17.0, 0.85),
            note="The first card again, with a lamp in its lamination: the same person leaves.",
        ),
    )


def glared(
    layers: tuple[Layer, ...], spot: tuple[float, float, float, float]
) -> tuple[Layer, ...]:
    """The card with a lamp mirrored in it: middle (mm), reach (mm) and strength."""
    x, y, reach, strength = spot
    out = list(layers)
    face = layers[-2]
    high, wide = face.picture.shape[:2]
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    dx = xs / face.per_mm + face.left - x
    dy = ys / face.per_mm + face.top - y
    along, across = dx * 0.86 + dy * 0.5, dy * 0.86 - dx * 0.5
    core = np.exp(-((along / reach) ** 2) - (across / (reach * 0.42)) ** 2)
    halo = np.exp(-((dx**2 + dy**2) / (2.6 * reach) ** 2))
    light = np.clip(strength * core + 0.22 * halo, 0, 1)[..., None]
    picture = face.picture.copy()
    white = np.array([0.93, 0.98, 1.0, 1.0], np.float32) * picture[..., 3:]
    picture = picture * (1 - light) + white * light
    out[-2] = replace(face, picture=picture.astype(np.float32))
    return tuple(out)


def tremble(pose: Pose, frame: float, seed: int) -> Pose:
    """A held hand is never quite still."""
    rng = np.random.default_rng(seed)
    phase = rng.uniform(0, 6.28, 9)
    t = frame / FPS

    def sway(k: int, slow: float) -> float:
        return float(np.sin(t * slow + phase[k]) + 0.5 * np.sin(t * slow * 2.3 + phase[k + 3]))

    size = pose.z / 250
    return replace(
        pose,
        x=pose.x + 0.45 * size * sway(0, 2.9),
        y=pose.y + 0.38 * size * sway(1, 3.4),
        z=pose.z + 0.6 * size * sway(2, 2.2),
        yaw=pose.yaw + 0.3 * sway(3, 2.6),
        pitch=pose.pitch + 0.25 * sway(4, 3.0),
        roll=pose.roll + 0.18 * sway(5, 2.4),
    )


def pose_at(scene: Scene, frame: float, seed: int) -> Pose:
    """Where the thing is, counted from its first frame in view."""
    if frame < RISE:
        t = frame / RISE
        share = 1 - (1 - t) ** 2.6
        pose = scene.come.mixed(scene.rest, share)
    elif frame < RISE + HOLD:
        pose = scene.rest
    else:
        t = min(1.0, (frame - RISE - HOLD) / FALL)
        pose = scene.rest.mixed(scene.leave, t**2.1)
    return tremble(pose, frame, seed)


def shadow(desk: Floats, pose: Pose, strength: float) -> Floats:
    """The soft dark that a held thing casts on the desk below it."""
    high, wide = desk.shape[:2]
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32) / (high / SIZE[1])
    x = SIZE[0] / 2 + FOCAL_PX * pose.x / pose.z
    spot = np.exp(-(((xs - x) / 330) ** 2) - ((ys - 735) / 105) ** 2)
    veil = 1 - strength * spot * (ys > 596)  # noqa: PLR2004
    return desk * cv2.GaussianBlur(veil.astype(np.float32), (0, 0), 6)[..., None]


def picture(desk: Floats, layers: tuple[Layer, ...], scene: Scene, step: int, seed: int) -> Floats:
    """One frame of a scene before grain: thing over desk, blurred by motion and focus."""
    moving = step < RISE or step >= RISE + HOLD
    times = [step + SHUTTER * k / BLUR_STEPS for k in range(BLUR_STEPS)] if moving else [step]
    total = np.zeros((SIZE[1], SIZE[0], 3), np.float32)
    wide = cv2.resize(desk, None, fx=OVERSAMPLE, fy=OVERSAMPLE, interpolation=cv2.INTER_LINEAR)
    presence = float(np.clip(min(step / RISE, (RISE + HOLD + FALL - step) / FALL), 0, 1))
    for moment in times:
        pose = pose_at(scene, moment, seed)
        ground = shadow(wide, pose, 0.42 * presence)
        for layer in layers:
            ground = layer.drawn_on(ground, pose)
        total += cv2.resize(ground, SIZE, interpolation=cv2.INTER_AREA)
    total /= len(times)
    unfocused = 2.4 * max(0.0, 1 - step / (RISE + SETTLE)) ** 0.8
    return cv2.GaussianBlur(total, (0, 0), 0.45 + unfocused)


def finished(frame: Floats, rng: np.random.Generator) -> Bytes:
    """The sensor's grain and the camera's own mild sharpening."""
    soft = cv2.GaussianBlur(frame, (0, 0), 1.6)
    sharp = frame + 0.28 * (frame - soft)
    small = rng.normal(0, 1, (SIZE[1] // 2, SIZE[0] // 2, 1)).astype(np.float32)
    grain = cv2.resize(small, SIZE, interpolation=cv2.INTER_CUBIC)[..., None]
    level = GRAIN / 255 * (1.25 - 0.6 * np.clip(sharp, 0, 1))
    return np.clip((sharp + grain * level) * 255 + 0.5, 0, 255).astype(np.uint8)


def built(scene: Scene) -> tuple[Layer, ...]:
    """The layers of a scene with its glare."""
    layers = scene.layers()
    return glared(layers, scene.glare) if scene.glare else layers


def frames(desk: Floats) -> Iterator[Bytes]:
    """The whole film."""
    rng = np.random.default_rng(SEED)
    for _ in range(EMPTY):
        yield finished(desk, rng)
    for number, scene in enumerate(scenes(), 1):
        layers = built(scene)
        for step in range(RISE + HOLD + FALL):
            yield finished(picture(desk, layers, scene, step, number), rng)
        for _ in range(EMPTY):
            yield finished(desk, rng)
        _log.info("%d %s", number, scene.name)


PAPER_MM = (105.0, 148.0)
PAPER_POSE = Pose(2, -4, 262, 10, -6, -3)
PAPER_THUMB = (28.0, 52.0)


def paper_corners() -> Floats:
    """Where the corners of an A6 slip fall: top left, top right, bottom right, bottom left."""
    x, y = PAPER_MM[0] / 2, PAPER_MM[1] / 2
    corners = np.array([[-x, -y, 0], [x, -y, 0], [x, y, 0], [-x, y, 0]], np.float32)
    return PAPER_POSE.image_of(corners)


def hand_over_paper() -> Bytes:
    """The hand that holds the slip, as a picture to lay over it: BGRA, not premultiplied."""
    area = Area(-16, -16, 130, 215, 4.0)
    back, shade, front = hand_layers(hands.pinch, area, PAPER_THUMB)
    ground = np.zeros((SIZE[1] * OVERSAMPLE, SIZE[0] * OVERSAMPLE, 4), np.float32)
    ground = replace(back, z=9.0).drawn_on(ground, PAPER_POSE)
    paper = np.zeros(ground.shape[:2], np.float32)
    corners = (paper_corners() * OVERSAMPLE * 16).astype(np.int32)
    cv2.fillConvexPoly(paper, corners, 1.0, cv2.LINE_AA, 4)
    ground *= 1 - paper[..., None]
    dark = np.zeros_like(ground)
    dark = shade.drawn_on(dark, PAPER_POSE) * paper[..., None]
    ground = ground * (1 - dark[..., 3:]) + dark
    ground = replace(front, z=-3.0).drawn_on(ground, PAPER_POSE)
    small = cv2.GaussianBlur(cv2.resize(ground, SIZE, interpolation=cv2.INTER_AREA), (0, 0), 0.5)
    cover = small[..., 3:]
    straight = np.concatenate([small[..., :3] / np.maximum(cover, 1e-4), cover], 2)
    straight[cover[..., 0] < 0.004] = 0  # noqa: PLR2004
    return np.clip(straight * 255 + 0.5, 0, 255).astype(np.uint8)


def truth() -> str:
    """What the film holds, as TOML."""
    length = RISE + HOLD + FALL
    total = EMPTY + (length + EMPTY) * len(scenes())
    corners = ", ".join(f"[{x:.1f}, {y:.1f}]" for x, y in paper_corners())
    lines = [
        "# Written by make_film.py: what the demonstration film shows, frame by frame (from 0).",
        "# Between `leaves` of one scene and `enters` of the next no code is in view.",
        "# From `first` to `last` the code is held still and must be read by zxing-cpp;",
        "# `zbar` says whether libzbar must read it too. Every person here is made up.",
        "",
        'film = "morning.mp4"',
        f"frames = {total}",
        f"fps = {FPS}",
        f"size = [{SIZE[0]}, {SIZE[1]}]",
        "",
        "[paper]",
        "# Where a portrait A6 slip goes in the empty picture so that it looks held up:",
        "# top left, top right, bottom right, bottom left; then the hand goes over it.",
        'picture = "desk.jpg"',
        'hand = "hand.png"',
        f"corners = [{corners}]",
    ]
    for number, scene in enumerate(scenes(), 1):
        enters = EMPTY + (length + EMPTY) * (number - 1)
        lines += [
            "",
            "[[scene]]",
            f"number = {number}",
            f'name = "{scene.name}"',
            f"payload = {json.dumps(scene.payload, ensure_ascii=False)}",
            f"enters = {enters}",
            f"first = {enters + RISE + SETTLE}",
            f"last = {enters + RISE + HOLD - 1}",
            f"leaves = {enters + length}",
            f"zbar = {str(scene.both_decoders).lower()}",
            f'note = "{scene.note}"',
        ]
    return "\n".join(lines) + "\n"


def write_film(desk: Floats) -> None:
    """Write the film, the truth about it and the hand."""
    import av  # noqa: PLC0415 - needed here alone, and not part of the environment

    with av.open(str(HERE / "morning.mp4"), "w") as film:
        stream = film.add_stream("libvpx-vp9", rate=FPS, options=ENCODER)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = 0
        for number, picture_bytes in enumerate(frames(desk)):
            frame = av.VideoFrame.from_ndarray(picture_bytes, format="bgr24")
            frame.pts = number
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
    (HERE / "film.toml").write_text(truth(), encoding="utf-8")
    cv2.imwrite(str(HERE / "hand.png"), hand_over_paper(), [cv2.IMWRITE_PNG_COMPRESSION, 9])


def look(desk: Floats, folder: Path) -> None:
    """Write one held picture of each scene, one on its way in, and the slip's place."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    for number, scene in enumerate(scenes(), 1):
        layers = built(scene)
        for step in (4, RISE + HOLD // 2):
            frame = finished(picture(desk, layers, scene, step, number), rng)
            cv2.imwrite(str(folder / f"{number}-{step:02d}.png"), frame)
    slip = (desk * 255).astype(np.uint8)
    cv2.fillConvexPoly(slip, paper_corners().astype(np.int32), (232, 236, 238), cv2.LINE_AA)
    hand = hand_over_paper().astype(np.float32)
    cover = hand[..., 3:] / 255
    slip = (slip * (1 - cover) + hand[..., :3] * cover).astype(np.uint8)
    cv2.imwrite(str(folder / "slip.png"), slip)


def main() -> None:
    """Do what the command line asks for."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description="Make the demonstration film.")
    parser.add_argument("--look", type=Path, help="only write held pictures into this folder")
    options = parser.parse_args()
    application = QGuiApplication.instance() or QGuiApplication([])
    props.load_fonts()
    desk = cv2.imread(str(HERE / "desk.jpg")).astype(np.float32) / 255
    if options.look:
        look(desk, options.look)
    else:
        write_film(desk)
    del application


if __name__ == "__main__":
    main()
