"""Pages become ink: laid-out strips drawn by QPainter on whatever takes it.

QPainter only ever gets plain text (`drawText` on a baseline), so nothing a name holds is markup.
Ligatures are off: Qt's PDF writer leaves "ff" and "fi" out of the text that can be copied.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter, QPainterPath, QPen

from kiosk.adapters.paper_art import drawing, fitted, picture
from kiosk.adapters.paper_layout import Page
from kiosk.adapters.paper_marks import Drawn, Mark, Pictured, Stamped, Stroke, Symbol, Text
from kiosk.adapters.paper_scale import (
    HAIRLINE_MM,
    MM_PER_INCH,
    MM_PER_POINT,
    QUIET_MODULES,
    TYPES,
    Type,
)
from kiosk.ports.document import Style
from kiosk.ports.printer import PrinterError

_EM = 1000
_BLACK = Qt.GlobalColor.black
_STAMP_TURN = -32  # degrees


@functools.cache
def load_fonts(folder: Path) -> str:
    """Register the bundled fonts with Qt once; answers the family. Needs a QGuiApplication.

    Raises:
        PrinterError: where there is no font in `folder` that Qt can read.
    """
    families: list[str] = []
    for path in sorted(folder.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    if not families:
        detail = f"no font in {folder}"
        raise PrinterError(detail)
    return families[0]


class Ruler:
    """Widths of text as the font's outlines give them, the same for every device.

    Thread: one thread for each ruler. Texts repeat from row to row, so widths are kept.
    """

    def __init__(self, family: str) -> None:
        self._metrics: dict[Style, QFontMetricsF] = {}
        for style, type_ in TYPES.items():
            font = _font(family, type_)
            font.setPixelSize(_EM)
            self._metrics[style] = QFontMetricsF(font)
        self._kept: dict[tuple[str, Style], float] = {}

    def __call__(self, text: str, style: Style) -> float:
        """Width of `text` in millimetres."""
        wide = self._kept.get((text, style))
        if wide is None:
            ems = self._metrics[style].horizontalAdvance(text) / _EM
            wide = ems * TYPES[style].points * MM_PER_POINT
            self._kept[text, style] = wide
        return wide


class Pen:
    """Draws pages with one painter.

    Args of the constructor:
        painter: already begun; its origin is the corner of the sheet.
        dpi: dots of the device in an inch.
        family: of the font.
        resources: where the drawings are.
    """

    def __init__(self, painter: QPainter, dpi: float, family: str, resources: Path) -> None:
        self._painter = painter
        self._dots = dpi / MM_PER_INCH
        self._family = family
        self._resources = resources
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setPen(_BLACK)

    def draw(self, page: Page) -> None:
        """Draw one page."""
        texts: dict[tuple[Style, float], list[tuple[QPointF, str]]] = {}
        for placed in page.strips:
            for mark in placed.strip.marks:
                if isinstance(mark, Text):
                    x, y = placed.x + mark.x, placed.y + mark.baseline
                    point = QPointF(x * self._dots, y * self._dots)
                    texts.setdefault((mark.style, mark.scale), []).append((point, mark.text))
                else:
                    self._shape(mark, placed.x + mark.x, placed.y + mark.y)
        for (style, scale), placed_texts in texts.items():
            self._painter.setFont(_font(self._family, TYPES[style], scale))
            for point, text in placed_texts:
                self._painter.drawText(point, text)

    def _shape(self, mark: Mark, x: float, y: float) -> None:
        match mark:
            case Stroke():
                self._painter.fillRect(self._box(x, y, mark.width, mark.weight), _BLACK)
            case Symbol():
                path = self._exact(mark, x, y) if mark.exact else self._modules(mark, x, y)
                self._painter.fillPath(path, _BLACK)
            case Drawn():
                renderer = drawing(self._resources, mark.name, mark.colour)
                self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                renderer.render(self._painter, self._box(x, y, mark.width, mark.height))
                self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            case Pictured():
                box = self._box(x, y, mark.width, mark.height)
                image = fitted(picture(mark.content), int(box.width()), int(box.height()))
                self._painter.drawImage(box, image)
            case Stamped():
                self._stamp(mark, x, y)
            case Text():
                pass  # drawn together, a font at a time

    def _box(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Whole dots, at least one."""
        return QRectF(
            round(x * self._dots),
            round(y * self._dots),
            max(1, round(width * self._dots)),
            max(1, round(height * self._dots)),
        )

    def _stamp(self, mark: Stamped, x: float, y: float) -> None:
        """In outlines: grey letters are mush on a receipt and dots from a laser printer."""
        font = _font(self._family, TYPES[Style.TITLE], 1.0)
        font.setPixelSize(max(1, round(mark.height * self._dots)))
        path = QPainterPath()
        path.addText(0, 0, font, mark.text)
        middle = path.boundingRect().center()
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(_BLACK, max(1.0, HAIRLINE_MM * self._dots)))
        self._painter.translate(x * self._dots, y * self._dots)
        self._painter.rotate(_STAMP_TURN)
        self._painter.translate(-middle)
        self._painter.drawPath(path)
        self._painter.restore()

    def _exact(self, symbol: Symbol, x: float, y: float) -> QPainterPath:
        """Every edge at the dot that is nearest to where it belongs."""
        size = len(symbol.modules)
        module = symbol.box / (size + 2 * QUIET_MODULES) * self._dots
        left = round(x * self._dots + QUIET_MODULES * module)
        top = round(y * self._dots + QUIET_MODULES * module)
        edges = [int(module * number + 0.5) for number in range(size + 1)]
        return _dark(symbol, [left + edge for edge in edges], [top + edge for edge in edges])

    def _modules(self, symbol: Symbol, x: float, y: float) -> QPainterPath:
        """Modules of equally many whole dots."""
        size = len(symbol.modules)
        dots = max(1, round(symbol.box / (size + 2 * QUIET_MODULES) * self._dots))
        margin = (symbol.box * self._dots - size * dots) / 2
        left, top = round(x * self._dots + margin), round(y * self._dots + margin)
        steps = [dots * number for number in range(size + 1)]
        return _dark(symbol, [left + step for step in steps], [top + step for step in steps])


def _dark(symbol: Symbol, xs: Sequence[int], ys: Sequence[int]) -> QPainterPath:
    """The dark modules between these edges, one path, so that no seams show between them."""
    size = len(symbol.modules)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for row, cells in enumerate(symbol.modules):
        column = 0
        while column < size:
            run = column
            while run < size and cells[run]:
                run += 1
            if run > column:
                width, height = xs[run] - xs[column], ys[row + 1] - ys[row]
                path.addRect(xs[column], ys[row], width, height)
            column = run + 1
    return path


def _font(family: str, type_: Type, scale: float = 1.0) -> QFont:
    font = QFont(family)
    font.setPointSizeF(type_.points * scale)
    font.setWeight(QFont.Weight(int(type_.weight)))
    font.setItalic(type_.slanted)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("liga"), 0)
    return font
