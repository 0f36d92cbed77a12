"""OpenCV's own V4L2 backend and our wishes, on a webcam that a preloaded library pretends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kiosk.adapters.opencv import cv2

SOURCE = Path(__file__).parents[1] / "pretended_webcam.c"
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

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("cc") is None,
    reason="needs Linux and a C compiler",
)


@pytest.fixture(scope="module")
def webcam(tmp_path_factory):
    folder = tmp_path_factory.mktemp("webcam")
    library = folder / "webcam.so"
    build = ["cc", "-shared", "-fPIC", "-w", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    built = subprocess.run(build, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.skip(f"it does not compile here: {built.stderr[-200:]}")
    for width, height in SIZES:
        cv2.imwrite(str(folder / f"{width}x{height}.jpg"), np.full((height, width), 120, np.uint8))

    def look(wishes, **environment):
        run = subprocess.run(
            [sys.executable, "-c", LOOK, json.dumps(wishes)],
            cwd=SOURCE.parents[1],
            env=os.environ
            | {"LD_PRELOAD": str(library), "PRETEND_PICTURES": str(folder)}
            | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return (*json.loads(run.stdout), run.stderr)

    return look


def test_full_size_in_mjpg_at_thirty_with_everything_automatic(webcam):
    got, width, height, _ = webcam({"size": [1920, 1080], "power_line": 50})
    assert (width, height) == (1920, 1080)
    assert got == {
        "size": "1920x1080",
        "format": "MJPG",
        "rate": "30",
        "exposure": "auto",
        "focus": "auto",
        "power_line": "50",
    }


def test_exposure_focus_and_mains_reach_the_driver(webcam):
    got, _, _, told = webcam({"exposure_ms": 10, "focus": 30, "power_line": 60, "rate": 15})
    assert (got["exposure"], got["focus"], got["rate"]) == ("10 ms", "30", "15")
    for line in ("set 9a0901 to 1", "set 9a0902 to 100", "set 9a090a to 30", "set 980918 to 2"):
        assert line in told.splitlines()


def test_without_mjpg_the_smaller_size_comes_at_its_full_pace(webcam):
    got, width, height, _ = webcam({"size": [1920, 1080]}, PRETEND_NO_MJPG="1")
    assert (width, height) == (1280, 720)
    assert (got["size"], got["format"], got["rate"]) == ("1280x720", "YUYV", "30")
