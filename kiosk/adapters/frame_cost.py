"""What a picture of 1920x1080 costs this computer, and whether it can pay for thirty a second."""

import os
import time

import numpy as np

from kiosk.adapters.camera_wishes import FULL_HD, HD, Size
from kiosk.adapters.opencv import cv2

MOST_SECONDS = 0.012
"""Of one core, to unpack a picture: then a look at it fits into the rest of a thirtieth."""

FEWEST_CORES = 4
"""Below, window and reader share what a smaller picture leaves them."""

_TRIES = 3


def affordable_size() -> Size:
    """The size to ask a webcam for on this computer; takes a twentieth of a second."""
    if (os.cpu_count() or 1) < FEWEST_CORES:
        return HD
    return FULL_HD if unpacking() <= MOST_SECONDS else HD


def unpacking() -> float:
    """Processor seconds to unpack one MJPG picture of 1920x1080, the least of a few tries."""
    grains = np.random.default_rng(1).integers(0, 255, (135, 240, 3), np.uint8)
    picture = cv2.resize(grains, FULL_HD, interpolation=cv2.INTER_CUBIC)
    packed = cv2.imencode(".jpg", picture)[1]
    return min(_seconds(packed) for _ in range(_TRIES))


def _seconds(packed: cv2.typing.MatLike) -> float:
    began = time.thread_time()
    cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return time.thread_time() - began
