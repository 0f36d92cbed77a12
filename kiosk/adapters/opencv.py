"""The one door to OpenCV: imports cv2 and undoes what that does to Qt.

On Linux the wheel of opencv-python points two variables at its own copy of Qt 5 while it is
imported, and the window of PySide6 then finds no xcb platform (opencv-python#736, #447). Other
modules say `from kiosk.adapters.opencv import cv2` and never import it themselves.
"""

import os

LARGEST_PIXELS = 64_000_000
"""A picture with more pixels is not decoded: it would fill the memory of a desk's PC."""

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")

# Both are read while cv2 is imported: the limit of its own picture reader, and the setting
# without which Windows' MSMF takes half a minute to open some webcams (opencv#17687).
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(LARGEST_PIXELS))
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

_before = {name: os.environ.get(name) for name in _QT_VARIABLES}
import cv2  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# A missing camera is told in our words, not by OpenCV on standard error; and its threads would
# take the screen's core for pictures that one core handles in a millisecond.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
cv2.setNumThreads(1)

__all__ = ["LARGEST_PIXELS", "cv2"]
