"""Symbols, module by module, drawn by the library `qrcode`.

One segment at level M in the smallest version that holds it, alphanumeric for our own codes:
left alone, `qrcode` cuts a text into segments of several modes, which costs modules (design.md 5).
"""

import functools
from pathlib import Path

import numpy as np
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import QRData

from kiosk.adapters.disk import write_private
from kiosk.adapters.opencv import cv2

Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules, True is dark; without the quiet zone."""

_QUIET_ZONE = 4  # modules
_DOTS = 12  # a module


@functools.lru_cache(maxsize=8)
def modules(text: str) -> Modules:
    """The symbol of `text`: alphanumeric where its characters allow it, else UTF-8.

    Raises:
        ValueError: for no text, or more than a symbol holds.
    """
    if not text:
        detail = "a symbol holds some text"
        raise ValueError(detail)
    symbol = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    symbol.add_data(QRData(text.encode(errors="replace")))
    try:
        symbol.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        detail = "more text than a symbol holds"
        raise ValueError(detail) from error
    return tuple(tuple(bool(dark) for dark in row) for row in symbol.get_matrix())


def save_png(text: str, path: Path) -> None:
    """Write the symbol of `text` with its quiet zone, 12 dots a module. Raises OSError."""
    dark = np.pad(np.array(modules(text)), _QUIET_ZONE)
    plane = np.where(np.kron(dark, np.ones((_DOTS, _DOTS), bool)), 0, 255).astype(np.uint8)
    written, content = cv2.imencode(".png", plane)
    if not written:
        raise OSError(None, "no picture", str(path))
    write_private(path, content.tobytes())
