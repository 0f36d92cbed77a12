"""Pages as they were when they were last looked at, and what can be read on a page.

`KIOSK_UPDATE_GOLDEN=1` draws the golden pages anew; look at them before they are committed.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from pyzbar import pyzbar

GOLDEN = Path(__file__).parent / "data" / "golden"
_DARK = 128
_NOT_A_SHADE = 30  # grey levels
_STRAY_DOTS = 10
_DOTS_SHRUNK_TO_ONE = {203: 2, 300: 3}


def pdf_texts(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def pixels(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), -1)
    return rows[:, : grey.width()].copy()


def _shrunk(grey: np.ndarray, by: int) -> np.ndarray:
    high, wide = (size // by * by for size in grey.shape)
    return grey[:high, :wide].reshape(high // by, by, wide // by, by).mean(axis=(1, 3))


def read(grey: np.ndarray) -> list[str]:
    """What both decoders read on a page, whatever the order; they must agree."""
    first = sorted(found.text for found in zxingcpp.read_barcodes(grey))
    codes = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    assert sorted({found.data.decode() for found in codes}) == sorted(set(first))
    return first


def on_receipt(image: QImage) -> QImage:
    """As a printer of black dots makes it."""
    dots = np.where(pixels(image) < _DARK, 0, 255).astype(np.uint8)
    high, wide = dots.shape
    held = dots.tobytes()  # a QImage does not own its bytes: they have to outlive the copy
    return QImage(held, wide, high, wide, QImage.Format.Format_Grayscale8).copy()


def picture_file(wide: int, high: int, kind: str = "png") -> bytes:
    """A picture of nothing but black."""
    image = QImage(wide, high, QImage.Format.Format_Grayscale8)
    image.fill(0)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind.upper())
    return bytes(buffer.data().data())


def compare(images: Sequence[QImage], name: str, dpi: int) -> None:
    """Other versions of FreeType shade edges otherwise: the pages are compared shrunk."""
    for number, image in enumerate(images, start=1):
        _compare(
            _shrunk(pixels(image), _DOTS_SHRUNK_TO_ONE[dpi]), GOLDEN / f"{name}-{number}-{dpi}.png"
        )


def _compare(drawn: np.ndarray, golden: Path) -> None:
    if os.environ.get("KIOSK_UPDATE_GOLDEN"):
        _save(drawn, golden)
    kept = pixels(QImage(str(golden))).astype(float)
    assert kept.shape == drawn.shape, golden.name
    off = np.abs(kept - drawn)
    assert off.mean() < 1.5, f"{golden.name}: {off.mean():.2f} grey levels off"
    rows, columns = np.nonzero(off > _NOT_A_SHADE)
    if rows.size >= _STRAY_DOTS:
        seen = f"{rows.size} dots in rows {rows.min()}-{rows.max()}"
        seen += f" and columns {columns.min()}-{columns.max()} are not as they were"
        pytest.fail(f"{golden.name}: {seen}: {drawn[rows, columns].tolist()}")


def _save(drawn: np.ndarray, golden: Path) -> None:
    levels = np.ascontiguousarray((drawn / 17).round() * 17, dtype=np.uint8)
    high, wide = levels.shape
    QImage(levels.data, wide, high, wide, QImage.Format.Format_Grayscale8).save(
        str(golden), "png", 0
    )
