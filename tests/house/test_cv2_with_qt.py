"""OpenCV brings a Qt 5 of its own; the window must open all the same, in a fresh process."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOOR = "kiosk/adapters/opencv.py"
WINDOW = """
import os
from kiosk.adapters.opencv import cv2
assert [name for name in os.environ if name.startswith("QT_QPA_")] == ["QT_QPA_PLATFORM"]
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("Nguyễn Thị Hồng")
label.show()
app.processEvents()
assert app.platformName() == "xcb", app.platformName()
assert label.windowHandle().isVisible()
assert not label.grab().isNull()
print("window", cv2.__version__)
"""
KEPT = """
import os
os.environ["QT_QPA_FONTDIR"] = "/fonts/of/the/user"
from kiosk.adapters import opencv
assert os.environ["QT_QPA_FONTDIR"] == "/fonts/of/the/user"
assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
"""


def run(*command, **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QT_QPA_")} | variables
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has xcb")
def test_a_window_opens_on_xcb_after_opencv_was_imported():
    assert shutil.which("xvfb-run"), "install xvfb (start.py test does)"
    done = run("xvfb-run", "-a", sys.executable, "-c", WINDOW, QT_QPA_PLATFORM="xcb")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("window")


def test_what_the_user_set_for_qt_is_kept():
    done = run(sys.executable, "-c", KEPT)
    assert done.returncode == 0, done.stderr


def test_opencv_has_one_door():
    importing = re.compile(r"^\s*(import|from) cv2\b", re.MULTILINE)
    doors = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kiosk").rglob("*.py")
        if importing.search(path.read_text("utf-8"))
    }
    assert doors == {DOOR}
