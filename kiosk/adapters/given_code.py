"""A picture of a code that the office was given: what it says, and how large its symbol is."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QBuffer, QIODevice, QRect
from PySide6.QtGui import QImage

from kiosk.adapters.paper_art import picture
from kiosk.domain.payload import parse
from kiosk.ports.decoder import Reader, Symbol
from kiosk.services.poster import Given

_DARK = 128
_ALONE = 0.94
"""This share of what is dark, at least, is as wide and high as the symbol where it is alone."""

Plane: TypeAlias = npt.NDArray[np.uint8]


def read_given(content: bytes, reader: Reader) -> Given | None:
    """The picture with its largest code; None where no code can be read in it.

    White borders of a code alone are cut off, so that it can be printed in its full size.

    Raises:
        ValueError: for what is no PNG or JPEG file.
        DecodersEndedError: the picture ends the decoders.
    """
    image = picture(content)
    plane = _plane(image)
    symbols = reader.study(plane.data)
    if not symbols:
        return None
    largest = max(symbols, key=lambda symbol: min(_extent(symbol)))
    wide, high = _extent(largest)
    text = parse(largest.payload).text
    dark = _dark_box(plane)
    if dark is not None and min(wide / dark.width(), high / dark.height()) >= _ALONE:
        ratio = dark.width() / dark.height()
        return Given(_png(image.copy(dark)), text, share=1.0, ratio=ratio, bare=True)
    share, ratio = wide / image.width(), image.width() / image.height()
    return Given(content, text, share=share, ratio=ratio, bare=False)


def _plane(image: QImage) -> Plane:
    """Blue, green, red."""
    wide, high = image.width(), image.height()
    colour = image.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(colour.constBits(), np.uint8).reshape(high, -1)
    return rows[:, : wide * 3].reshape(high, wide, 3).copy()


def _extent(symbol: Symbol) -> tuple[float, float]:
    """Width and height of a symbol, dots."""
    corners = np.array(symbol.corners, float)
    wide, high = np.ptp(corners, axis=0)
    return float(wide), float(high)


def _dark_box(plane: Plane) -> QRect | None:
    dark = plane.min(axis=2) < _DARK
    xs, ys = np.flatnonzero(dark.any(axis=0)), np.flatnonzero(dark.any(axis=1))
    if not xs.size:
        return None
    return QRect(int(xs[0]), int(ys[0]), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a name
    return bytes(buffer.data().data())
