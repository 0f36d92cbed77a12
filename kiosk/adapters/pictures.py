"""Reads a picture file whole, or says in one word why it cannot."""

import stat
from enum import StrEnum, unique
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiosk.adapters.opencv import cv2

Picture = npt.NDArray[np.uint8]

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"})
_LARGEST_FILE = 100_000_000
_WHITE = 255


@unique
class PictureFault(StrEnum):
    """Why a file gave no picture."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    BROKEN = "broken"
    HUGE = "huge"


class PictureError(Exception):
    """A file that gives no picture; `fault` says why."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def load(path: Path) -> Picture:
    """The picture, (height, width, 3), blue-green-red, C-contiguous. Raises PictureError.

    Bytes are read by Python and decoded from memory: cv2.imread knows no letters outside the
    code page in a Windows path.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or device may never end
            raise PictureError(PictureFault.UNREADABLE)
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise PictureError(PictureFault.MISSING) from None
    except OSError as error:
        raise PictureError(PictureFault.UNREADABLE) from error
    if len(content) > _LARGEST_FILE:
        raise PictureError(PictureFault.HUGE)
    if not content:
        raise PictureError(PictureFault.EMPTY)
    try:
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        too_large = "CV_IO_MAX_IMAGE" in str(error)
        raise PictureError(PictureFault.HUGE if too_large else PictureFault.BROKEN) from error
    if picture is None or not picture.size:
        raise PictureError(PictureFault.BROKEN)
    return _blue_green_red(picture)


def _blue_green_red(picture: cv2.typing.MatLike) -> Picture:
    """`picture` as 8 bit colour; what is transparent lies on white paper."""
    if picture.dtype == np.uint16:
        picture = np.right_shift(picture, 8).astype(np.uint8)
    elif picture.dtype != np.uint8:
        raise PictureError(PictureFault.BROKEN)
    if picture.ndim == 2:  # noqa: PLR2004
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8)
    if picture.shape[2] == 4:  # noqa: PLR2004
        alpha = picture[:, :, 3:].astype(np.uint16)
        colour = picture[:, :, :3].astype(np.uint16)
        picture = ((colour * alpha + _WHITE * (_WHITE - alpha)) // _WHITE).astype(np.uint8)
    return np.ascontiguousarray(picture, np.uint8)
