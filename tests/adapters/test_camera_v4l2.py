"""OpenCV's own V4L2 backend and our wishes, on a webcam that a preloaded library pretends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kiosk.adapters.opencv import cv2
from tests.pretended_webcam import POSSIBLE, pretended

ROOT = Path(__file__).parents[2]
SIZES = ((640, 480), (1280, 720), (1920, 1080))
LOOK = """
import json, sys
from kiosk.adapters.camera_opencv import OpencvCamera
from kiosk.adapters.camera_wishes import Wishes
from kiosk.adapters.clock_system import SystemClock
said = json.loads(sys.argv[1])
said["size"] = tuple(said.get("size", (1280, 720)))
wishes = Wishes(**said)
camera = OpencvCamera("/dev/video42", SystemClock(), lambda: wishes)
camera.open()
frames = [camera.read() for _ in range(3)]
print(json.dumps([{a.wish: a.got for a in camera.answers}, frames[-1].width, frames[-1].height]))
camera.close()
"""
PASS = """
import time
from kiosk.adapters.camera_opencv import OpencvCamera
from kiosk.adapters.clock_system import SystemClock
camera = OpencvCamera("/dev/video42", SystemClock())
camera.open()
for take in (camera.read, camera.read, camera.pass_over):
    began, worked = time.perf_counter(), time.process_time()
    for _ in range(15):
        take()
    print(time.process_time() - worked, time.perf_counter() - began)
"""

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="needs Linux and a C compiler")


@pytest.fixture(scope="module")
def webcam(tmp_path_factory):
    folder = tmp_path_factory.mktemp("webcam")
    try:
        there = pretended(folder)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"it does not compile here: {error.stderr[-200:]}")
    for width, height in SIZES:
        cv2.imwrite(str(folder / f"{width}x{height}.jpg"), np.full((height, width), 120, np.uint8))

    def told(program, *words, **environment):
        run = subprocess.run(
            [sys.executable, "-c", program, *words],
            cwd=ROOT,
            env=os.environ | there | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout, run.stderr

    return told


@pytest.fixture
def look(webcam):
    def look(wishes, **environment):
        said, told = webcam(LOOK, json.dumps(wishes), **environment)
        return (*json.loads(said), told)

    return look


def test_full_size_in_mjpg_at_thirty_with_everything_automatic(look):
    got, width, height, _ = look({"size": [1920, 1080], "power_line": 50})
    assert (width, height) == (1920, 1080)
    assert got == {
        "size": "1920x1080",
        "format": "MJPG",
        "rate": "30",
        "exposure": "auto",
        "focus": "auto",
        "power_line": "50",
    }


def test_exposure_focus_and_mains_reach_the_driver(look):
    got, _, _, told = look({"exposure_ms": 10, "focus": 30, "power_line": 60, "rate": 15})
    assert (got["exposure"], got["focus"], got["rate"]) == ("10 ms", "30", "15")
    for line in ("set 9a0901 to 1", "set 9a0902 to 100", "set 9a090a to 30", "set 980918 to 2"):
        assert line in told.splitlines()


def test_without_mjpg_the_smaller_size_comes_at_its_full_pace(look):
    got, width, height, _ = look({"size": [1920, 1080]}, PRETEND_NO_MJPG="1")
    assert (width, height) == (1280, 720)
    assert (got["size"], got["format"], got["rate"]) == ("1280x720", "YUYV", "30")


def test_what_is_passed_over_is_waited_for_and_not_decoded(webcam, tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "1280x720.jpg"), noise)
    told, _ = webcam(PASS, PRETEND_PICTURES=str(tmp_path))
    _, (decoded, read), (passed, waited) = (map(float, line.split()) for line in told.splitlines())
    assert passed < decoded / 3
    assert waited > 0.8 * 15 / 30
    assert read > 0.8 * 15 / 30
