"""A verdict, large: colour, sign, words and the reason in two languages."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.controls import PLAIN_WRAP, printable
from kiosk.ui.icons import paint_icon
from kiosk.ui.theme import Theme, Tone


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel says.

    Attributes:
        tone: the colour by its meaning.
        icon: the sign.
        words: the verdict in the first language; `second` in the other.
        reason: why, in the first language; `second_reason` in the other.
        who: name (masked on the visitor's side) and time.
        advice: what to do next, in the first language.
        foot: for the receptionist only.
    """

    tone: Tone
    icon: str
    words: str
    second: str
    reason: str = ""
    second_reason: str = ""
    who: str = ""
    advice: str = ""
    foot: str = ""


class VerdictPanel(QWidget):
    """Fills its place with one verdict. `enlarged` is the visitor's side: words for two metres."""

    def __init__(self, theme: Theme, *, enlarged: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._enlarged = enlarged
        self._shown: Shown | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_verdict(self, shown: Shown) -> None:
        """Show it."""
        self._shown = shown
        self.setAccessibleName(f"{shown.words}. {shown.reason}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """From top to bottom: sign, words, second language, reason, who, advice."""
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, palette = self._shown, self.theme.palette
        path = QPainterPath()
        radius = 0 if self._enlarged else self.theme.px(12)
        path.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillPath(path, QColor(palette.strong(shown.tone)))
        on_colour = QColor(palette.on_colour)
        top = self._paint_sign(painter, shown, on_colour)
        bold, medium = QFont.Weight.Bold, QFont.Weight.Medium
        big, second, text = (112, 44, 40) if self._enlarged else (56, 24, 22)
        for words, size, weight, gap in (
            (shown.words, big, bold, 0),
            (shown.second, second, medium, 4),
            (shown.reason, text, QFont.Weight.DemiBold, 22),
            (shown.second_reason, text * 0.75, medium, 2),
            (shown.who, text, QFont.Weight.DemiBold, 22),
            (shown.advice, text * 0.75, medium, 4),
        ):
            top = self._paint_line(painter, words, self.theme.font(size, weight), top, gap)
        if shown.foot:
            self._paint_foot(painter, shown.foot)
        painter.end()

    @property
    def _margin(self) -> int:
        return self.theme.px(64 if self._enlarged else 40)

    def _paint_sign(self, painter: QPainter, shown: Shown, on_colour: QColor) -> float:
        size = self.theme.px(140 if self._enlarged else 88)
        top = self.theme.px(56 if self._enlarged else 36)
        circle = QRectF(self._margin, top, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(on_colour)
        painter.drawEllipse(circle)
        inner = size * 0.24
        ground = QColor(self.theme.palette.strong(shown.tone))
        paint_icon(
            painter, shown.icon, circle.adjusted(inner, inner, -inner, -inner), ground, "3.5"
        )
        painter.setPen(on_colour)
        return top + size + self.theme.px(24 if self._enlarged else 16)

    def _paint_line(
        self, painter: QPainter, words: str, font: QFont, top: float, gap: float
    ) -> float:
        if not words:
            return top
        width = self.width() - 2 * self._margin
        words = printable(words)
        while (
            font.pixelSize() > self.theme.px(18)
            and QFontMetrics(font).horizontalAdvance(words) > 2 * width
        ):
            font.setPixelSize(round(font.pixelSize() * 0.9))
        metrics = QFontMetrics(font)
        top += self.theme.px(gap) if gap else 0
        box = QRectF(self._margin, top, width, self.height())
        needed = metrics.boundingRect(box.toRect(), int(PLAIN_WRAP), words)
        painter.setFont(font)
        painter.drawText(QRectF(box.topLeft(), needed.size()), int(PLAIN_WRAP), words)
        return top + needed.height()

    def _paint_foot(self, painter: QPainter, foot: str) -> None:
        painter.setFont(self.theme.font(15, QFont.Weight.Medium))
        painter.drawText(QPointF(self._margin, self.height() - self.theme.px(28)), printable(foot))
