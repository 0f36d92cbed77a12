"""The demonstration's pictures: the bundled film, and a printed slip held up to the camera."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform

from kiosk.adapters.printer_qt import QtPrinter
from kiosk.ports.document import Document

_SLIP_DPI = 200
_LIGHT = QColor(244, 238, 226)


class _Paper(msgspec.Struct):
    """Where a slip goes in the empty picture, and the hand that goes over it."""

    picture: str
    hand: str
    corners: tuple[
        tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]
    ]


class _Truth(msgspec.Struct):
    """What is used of `resources/demo/film.toml`."""

    film: str
    paper: _Paper


def film(resources: Path) -> Path:
    """The bundled film."""
    return resources / "demo" / _truth(resources).film


def hold_up(document: Document, fonts: Path, resources: Path, scenes: Path) -> None:
    """Write pictures of the desk: empty, with the slip held up, empty, and held up again."""
    scenes.mkdir(exist_ok=True)
    demo, paper = resources / "demo", _truth(resources).paper
    empty = QImage(str(demo / paper.picture))
    page = QtPrinter(fonts).pictures(document, _SLIP_DPI)[0]
    corners = QPolygonF([QPointF(x, y) for x, y in paper.corners])
    held = _held(empty, page, corners, QImage(str(demo / paper.hand)))
    for number, picture in enumerate((empty, held, held, empty, empty, held, held, empty)):
        picture.save(str(scenes / f"{number}.png"))


def _held(desk: QImage, page: QImage, corners: QPolygonF, hand: QImage) -> QImage:
    """The page in the perspective of the four corners, in the desk's warm light."""
    picture = desk.convertToFormat(QImage.Format.Format_RGB32)
    sheet = QRectF(page.rect())
    outline = [sheet.topLeft(), sheet.topRight(), sheet.bottomRight(), sheet.bottomLeft()]
    transform = QTransform()
    QTransform.quadToQuad(QPolygonF(outline), corners, transform)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(transform)
    painter.drawImage(QPointF(0, 0), page)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_LIGHT)
    painter.drawRect(sheet)
    painter.resetTransform()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.drawImage(QPointF(0, 0), hand)
    painter.end()
    return picture


def _truth(resources: Path) -> _Truth:
    text = (resources / "demo" / "film.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=_Truth)
