"""Pages become ink: laid-out strips drawn by QPainter on whatever takes it.

QPainter only ever gets plain text (`drawText` on a baseline), so nothing a name holds is markup.
Ligatures are off: Qt's PDF writer leaves "ff" and "fi" out of the text that can be copied.
"""

import functools
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter, QPainterPath

from kiosk.adapters.paper_layout import Page
from kiosk.adapters.paper_scale import MM_PER_POINT, QUIET_MODULES, TYPES, Type
from kiosk.adapters.paper_strips import Stroke, Symbol, Text
from kiosk.ports.document import Style
from kiosk.ports.printer import PrinterError

_EM = 1000
_MM_PER_INCH = 25.4


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
    """

    def __init__(self, painter: QPainter, dpi: float, family: str) -> None:
        self._painter = painter
        self._dots = dpi / _MM_PER_INCH
        self._fonts = {style: _font(family, type_) for style, type_ in TYPES.items()}
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setPen(Qt.GlobalColor.black)

    def draw(self, page: Page) -> None:
        """Draw one page."""
        texts: dict[Style, list[tuple[QPointF, str]]] = {}
        for placed in page:
            for mark in placed.strip.marks:
                if isinstance(mark, Text):
                    x, y = placed.x + mark.x, placed.y + mark.baseline
                    point = QPointF(x * self._dots, y * self._dots)
                    texts.setdefault(mark.style, []).append((point, mark.text))
                else:
                    self._shape(mark, placed.x + mark.x, placed.y + mark.y)
        for style, placed_texts in texts.items():
            self._painter.setFont(self._fonts[style])
            for point, text in placed_texts:
                self._painter.drawText(point, text)

    def _shape(self, mark: Stroke | Symbol, x: float, y: float) -> None:
        if isinstance(mark, Stroke):
            dots = QRectF(
                round(x * self._dots),
                round(y * self._dots),
                round(mark.width * self._dots),
                max(1, round(mark.weight * self._dots)),
            )
            self._painter.fillRect(dots, Qt.GlobalColor.black)
        else:
            self._painter.fillPath(self._modules(mark, x, y), Qt.GlobalColor.black)

    def _modules(self, symbol: Symbol, x: float, y: float) -> QPainterPath:
        """The dark modules as one path of whole dots, so that no seams show between them."""
        size = len(symbol.modules)
        dots = max(1, round(symbol.box / (size + 2 * QUIET_MODULES) * self._dots))
        margin = (symbol.box * self._dots - size * dots) / 2
        left, top = round(x * self._dots + margin), round(y * self._dots + margin)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for row, cells in enumerate(symbol.modules):
            column = 0
            while column < size:
                run = column
                while run < size and cells[run]:
                    run += 1
                if run > column:
                    width = (run - column) * dots
                    path.addRect(left + column * dots, top + row * dots, width, dots)
                column = run + 1
        return path


def _font(family: str, type_: Type) -> QFont:
    font = QFont(family)
    font.setPointSizeF(type_.points)
    font.setWeight(QFont.Weight(int(type_.weight)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("liga"), 0)
    return font
