"""Draws QR symbols for tests, with `qrcode`, as grey and as colour pictures."""

from functools import cache

import numpy as np
import numpy.typing as npt
import qrcode
from qrcode.constants import ERROR_CORRECT_L

Picture = npt.NDArray[np.uint8]


@cache
def draw(payload: bytes, scale: int = 4, mask: int | None = 3) -> Picture:
    """A grey picture of one symbol with its quiet zone; a fixed mask saves most of the time."""
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=4, mask_pattern=mask)
    symbol.add_data(payload, optimize=0)
    symbol.make(fit=True)
    modules = np.array(symbol.get_matrix())
    grey = np.where(modules, 0, 255).astype(np.uint8)
    grey = np.ascontiguousarray(np.kron(grey, np.ones((scale, scale), np.uint8)))
    grey.setflags(write=False)
    return grey


def on_desk(
    *placed: tuple[Picture, int, int], height: int = 720, width: int = 1280, background: int = 120
) -> Picture:
    """A blue-green-red picture with grey pictures at (left, top)."""
    desk = np.full((height, width, 3), background, np.uint8)
    for grey, left, top in placed:
        desk[top : top + grey.shape[0], left : left + grey.shape[1]] = grey[:, :, None]
    return desk


def colour(grey: Picture) -> Picture:
    """The grey picture as blue-green-red."""
    return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
