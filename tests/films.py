"""Real films for tests of the cameras."""

from pathlib import Path

import numpy as np

from kiosk.adapters.opencv import cv2


def shoot_film(path: Path, *, frames: int, step: int) -> Path:
    """A real film of ten grey frames a second, the nth of brightness n times `step`."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for number in range(frames):
        writer.write(np.full((48, 64, 3), number * step, np.uint8))
    writer.release()
    return path
