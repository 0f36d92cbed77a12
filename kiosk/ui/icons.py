"""The signs of the desk, drawn as vectors in the colour they are asked in (Lucide, ISC)."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

_folder: list[Path] = []


def use_folder(folder: Path) -> None:
    """Say where the drawings are; called once at the start."""
    _folder[:] = [folder]
    _drawing.cache_clear()


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str, stroke: str) -> QSvgRenderer:
    source = (_folder[0] / f"{name}.svg").read_text(encoding="utf-8")
    source = source.replace("currentColor", colour).replace(
        'stroke-width="2"', f'stroke-width="{stroke}"'
    )
    return QSvgRenderer(QByteArray(source.encode()))


def paint_icon(
    painter: QPainter, name: str, box: QRectF, colour: QColor, stroke: str = "2"
) -> None:
    """Draw the sign `name` into `box`."""
    _drawing(name, colour.name(), stroke).render(painter, box)
