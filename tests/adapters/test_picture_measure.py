"""What is measured in frames, where it is known how they were made; and what is kept of it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from kiosk.adapters import camera_record
from kiosk.adapters.camera_opencv import without_secret
from kiosk.adapters.camera_wishes import FULL_HD, HD
from kiosk.adapters.opencv import cv2
from kiosk.adapters.picture_measure import PictureMeasure, edge_spread
from kiosk.app import desk_camera
from kiosk.app.desk_camera import automatic, checked, wishes
from kiosk.app.settings import load_settings
from kiosk.domain.camera_check import Aspect, Say
from kiosk.ports.camera import Frame
from kiosk.ports.decoder import Symbol
from kiosk.ports.logbook import LogbookError
from kiosk.services.camera_check import CameraFound
from tests.desk_driver import RESOURCES
from tests.fakes_log import MORNING
from tests.qr_drawing import draw, on_desk

TEXT = b"KIOSK TEST 0.5 MM"
SAYS = {
    Aspect.SHARP: Say.SOFT,
    Aspect.LIGHT: Say.BRIGHT,
    Aspect.GLARE: Say.NO_GLARE,
    Aspect.FLICKER: Say.STEADY,
    Aspect.CODES: Say.CARD_SIZE,
}
FOUND = CameraFound(MORNING, "0", 1920, 1080, 29.5, SAYS, 0.3, 0.33)


def desk(scale=10, blur=0.8, noise=3.0, paper=1.0):
    grey = draw(TEXT, scale)
    frame = on_desk((grey, 400, 100)).astype(np.float32) * paper
    frame = cv2.GaussianBlur(frame, (0, 0), blur)
    frame += np.random.default_rng(5).normal(0, noise, frame.shape)
    return np.clip(frame, 0, 255).astype(np.uint8)


def corners(scale=10):
    low, high = 4 * scale, 25 * scale
    square = ((low, low), (high, low), (high, high), (low, high))
    return tuple((400.0 + x, 100.0 + y) for x, y in square)


def look(frame, *symbols, measure=None):
    return (measure or PictureMeasure())(Frame(frame.data, 0.0), symbols)


def test_the_spread_of_an_edge_is_measured():
    """To within a quarter, whatever the contrast, up to what is called blurred."""
    for blur in (0.8, 1.2, 1.6, 2.0):
        for paper in (1.0, 0.4):
            grey = desk(blur=blur, paper=paper)[:, :, 0]
            assert edge_spread(grey) == pytest.approx(blur, rel=0.25), (blur, paper)


def test_a_bare_wall_has_no_edges():
    assert edge_spread(np.full((200, 200), 90, np.uint8)) is None
    assert look(np.full((90, 160, 3), 90, np.uint8)).spread is None


def test_a_code_of_the_test_page():
    seen = look(desk(), Symbol(TEXT, corners(), "zxing"))
    (code,) = seen.codes
    assert code.rung.size == 0.5
    assert code.pixels == pytest.approx(10.0)
    assert code.spread == pytest.approx(0.8, rel=0.25)
    assert code.paper > 240
    assert code.veil < 0.1
    assert seen.width == 1280


def test_a_reflection_on_the_code_is_a_veil():
    frame = desk()
    ys, xs = np.mgrid[:720, :1280]
    lamp = 200 * np.exp(-((xs - 470) ** 2 + (ys - 170) ** 2) / (2 * 40**2))
    shining = np.clip(frame + lamp[:, :, None], 0, 255).astype(np.uint8)
    assert look(shining, Symbol(TEXT, corners(), "zxing")).codes[0].veil > 0.3


def test_a_symbol_at_the_edge_and_one_without_corners_are_borne():
    frame = desk()
    beyond = tuple((x + 900, y + 500) for x, y in corners())
    assert len(look(frame, Symbol(TEXT, beyond, "zxing"), Symbol(TEXT, (), "zbar")).codes) == 1


def test_a_lamp_in_the_picture_is_a_white_patch():
    frame = np.full((720, 1280, 3), 80, np.uint8)
    assert look(frame).lamp == 0
    cv2.circle(frame, (200, 200), 60, (255, 255, 255), -1)
    assert look(frame).lamp == pytest.approx(np.pi * 60**2 / (720 * 1280), rel=0.1)


def test_bands_that_move_are_flicker_and_a_moving_hand_is_not():
    room = desk()
    bands = np.sin(np.linspace(0, 9, 720))[:, None, None]
    measure = PictureMeasure()
    assert look(room, measure=measure).flicker is None
    assert look(room, measure=measure).flicker < 0.005
    hand = room.copy()
    hand[200:, 300:800] = 150
    assert look(hand, measure=measure).flicker < 0.01
    lit = np.clip(hand * (1 + 0.05 * bands), 0, 255).astype(np.uint8)
    assert look(lit, measure=measure).flicker > 0.03


# --- what is kept


def test_what_was_found_is_read_again(tmp_path):
    assert camera_record.kept(tmp_path) is None
    camera_record.keep(tmp_path, FOUND)
    assert camera_record.kept(tmp_path) == FOUND
    assert (tmp_path / camera_record.FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"at": 3}', b"\xff\xfe", b"null"])
def test_a_damaged_record_is_none(tmp_path, content):
    (tmp_path / camera_record.FILE).write_bytes(content)
    assert camera_record.kept(tmp_path) is None


@pytest.mark.parametrize(
    "other",
    [
        {"says": SAYS | {Aspect.SHARP: "bogus"}},
        {"says": SAYS | {"another": "sharp"}},
        {"says": {}},
        {"share": -1e308},
        {"at": "2026-11-26T10:00:00"},
    ],
)
def test_a_record_of_another_version_is_none(tmp_path, other):
    camera_record.keep(tmp_path, FOUND)
    path = tmp_path / camera_record.FILE
    path.write_text(json.dumps(json.loads(path.read_bytes()) | other))
    assert camera_record.kept(tmp_path) is None


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LogbookError):
        camera_record.keep(tmp_path / "none", FOUND)


def test_a_large_picture_that_came_too_slowly_is_not_asked_for_again():
    large, small = (1920, 1080), (1280, 720)
    assert automatic(None, lambda: large) == large
    assert automatic(FOUND, lambda: small) == large
    slow = CameraFound(MORNING, "0", 1920, 1080, 5.0, {}, None, 0.3)
    assert automatic(slow, lambda: large) == small
    seen_small = CameraFound(MORNING, "0", 1280, 720, 30.0, {}, None, 0.3)
    assert automatic(seen_small, lambda: large) == large


@pytest.mark.parametrize(("source", "size"), [("0", HD), ("1", FULL_HD), ("/dev/video0", FULL_HD)])
def test_what_was_found_of_another_camera_asks_nothing_of_this_one(
    tmp_path, monkeypatch, source, size
):
    monkeypatch.setattr(desk_camera, "affordable_size", lambda: FULL_HD)
    camera_record.keep(tmp_path, replace(FOUND, rate=5.0))
    (tmp_path / "settings.toml").write_text(f'[camera]\nsource = "{source}"\n', "utf-8")
    settings = load_settings(tmp_path, RESOURCES).camera
    assert wishes(settings, tmp_path)().size == size
    assert (checked(settings, tmp_path) is None) == (source != "0")


def test_what_was_found_of_a_stream_is_known_without_its_password(tmp_path):
    address = "rtsp://desk:geheim@10.0.0.5/x"
    camera_record.keep(tmp_path, replace(FOUND, source=without_secret(address)))
    (tmp_path / "settings.toml").write_text(f'[camera]\nsource = "{address}"\n', "utf-8")
    assert checked(load_settings(tmp_path, RESOURCES).camera, tmp_path) is not None


def test_the_settings_say_what_is_asked(tmp_path):
    said = 'size = "1920x1080"\nrate = 15\nexposure_ms = 20\nfocus = 0\nmains = 60\n'
    (tmp_path / "settings.toml").write_text(f"[camera]\n{said}", "utf-8")
    asked = wishes(load_settings(tmp_path, RESOURCES).camera, tmp_path)()
    assert (asked.size, asked.rate, asked.exposure_ms) == ((1920, 1080), 15, 20)
    assert (asked.focus, asked.power_line) == (0, 60)
    (tmp_path / "settings.toml").write_text("", "utf-8")
    asked = wishes(load_settings(tmp_path, RESOURCES).camera, tmp_path)()
    assert (asked.exposure_ms, asked.focus, asked.power_line) == (None, None, 50)
