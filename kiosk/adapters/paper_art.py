"""Drawings of ours and pictures the office was given, ready for the painter."""

import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

_NAME = re.compile(r"[a-z0-9_-]+/[a-z0-9_-]+")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_KINDS = {b"\x89PNG\r\n\x1a\n": b"png", b"\xff\xd8\xff": b"jpeg"}
_LARGEST_FILE = 20_000_000
_LARGEST_SIDE = 8_000


def drawing(folder: Path, name: str, colour: str) -> QSvgRenderer:
    """A drawing of ours whose current colour is `colour`.

    Args:
        folder: of the resources.
        name: as `ports.document.Drawing` says it.
        colour: "#rrggbb".

    Raises:
        ValueError: where there is none of this name.
    """
    if not _COLOUR.fullmatch(colour):
        detail = f"no colour: {colour}"
        raise ValueError(detail)
    source = _source(folder, name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(source.encode()))


def drawing_ratio(folder: Path, name: str) -> float:
    """Width of a drawing by its height. Raises ValueError."""
    box = drawing(folder, name, "#000000").viewBoxF()
    return box.width() / box.height()


@lru_cache(maxsize=64)
def _source(folder: Path, name: str) -> str:
    try:
        if not _NAME.fullmatch(name):
            raise FileNotFoundError
        return (folder / f"{name}.svg").read_text(encoding="utf-8")
    except OSError as error:
        detail = f"no drawing {name}"
        raise ValueError(detail) from error


@lru_cache(maxsize=2)
def picture(content: bytes) -> QImage:
    """The picture in a PNG or JPEG file, as it is meant to be seen, on white.

    Raises:
        ValueError: for anything else, and for what is too large for a sheet of paper.
    """
    kind = next((kind for magic, kind in _KINDS.items() if content.startswith(magic)), None)
    if kind is None or len(content) > _LARGEST_FILE:
        detail = "the picture is no PNG or JPEG file of at most 20 MB"
        raise ValueError(detail)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _LARGEST_SIDE:
        detail = f"the picture has more than {_LARGEST_SIDE} dots a side"
        raise ValueError(detail)
    image = reader.read()
    if image.isNull():
        detail = "the picture is damaged"
        raise ValueError(detail)
    return _on_white(image)


def picture_ratio(content: bytes) -> float:
    """Width of a picture by its height. Raises ValueError."""
    image = picture(content)
    return image.width() / image.height()


def fitted(image: QImage, wide: int, high: int) -> QImage:
    """`image` with no more dots than the printer has there; averaged, so that codes survive."""
    if image.width() <= wide and image.height() <= high:
        return image
    size = QSize(max(1, wide), max(1, high))
    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, keep, smooth)


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper
