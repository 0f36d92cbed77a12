"""Two boxes of the checklist: a choice from the office's lists, and the temperature."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.controls import PLAIN_WRAP
from kiosk.ui.theme import Theme, Tone


class ChoiceBox(QWidget):
    """A caption over a chosen value; a press asks for another."""

    pressed = Signal()

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._key = key
        self._caption = ""
        self._value = ""
        self._offered = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, caption: str, value: str, offered: str) -> None:
        """Show what was chosen; `offered` stands there while nothing is."""
        self._caption, self._value, self._offered = caption, value, offered
        self.setAccessibleName(f"{caption}: {value or offered}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines of value under a caption."""
        return QSize(self.theme.px(160), self.theme.px(64))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A press anywhere on it counts."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Caption, value, key."""
        px, palette = self.theme.px, self.theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.card))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, px(8), px(8))
        inner = self.rect().adjusted(px(12), px(6), -px(10), -px(6))
        painter.setFont(self.theme.font(12))
        painter.setPen(QColor(palette.soft))
        top_left = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, int(top_left), self._caption)
        top_right = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, int(top_right), self._key)
        value = self._value or self._offered
        painter.setFont(self.theme.font(15, QFont.Weight.Medium))
        painter.setPen(QColor(palette.ink if self._value else palette.soft))
        below = inner.adjusted(0, px(17), 0, 0)
        flags = (
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        painter.drawText(below, int(flags), value)
        painter.end()


class TemperatureBox(QWidget):
    """The temperature, large, as it is typed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._caption = ""
        self._figure = ""
        self._note = ""
        self._tone = Tone.BRAND
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_reading(self, caption: str, figure: str, note: str, tone: Tone) -> None:
        """Show it; `note` is a fault or the reading before."""
        self._caption, self._figure, self._note, self._tone = caption, figure, note, tone
        self.setAccessibleName(f"{caption} {figure} {note}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for "36,6 °C" at its size."""
        return QSize(self.theme.px(204), self.theme.px(160))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Caption, figure with a caret while empty, note."""
        px, palette = self.theme.px, self.theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = QColor(palette.strong(self._tone))
        painter.setPen(QPen(strong, px(2)))
        painter.setBrush(QColor(palette.card))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, px(8), px(8))
        inner = self.rect().adjusted(px(16), px(12), -px(12), -px(10))
        painter.setFont(self.theme.font(13, QFont.Weight.Medium))
        painter.setPen(QColor(palette.soft))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), self._caption)
        painter.setFont(self.theme.font(52, QFont.Weight.Bold))
        painter.setPen(strong if self._tone is not Tone.BRAND else QColor(palette.ink))
        figure_box = inner.adjusted(0, px(18), 0, 0)
        width = painter.fontMetrics().horizontalAdvance(self._figure)
        height = painter.fontMetrics().height()
        painter.drawText(figure_box, int(Qt.AlignmentFlag.AlignTop), self._figure)
        if not self._figure:
            caret = QRectF(inner.left(), inner.top() + px(30), px(3), px(46))
            painter.fillRect(caret, QColor(palette.brand))
        painter.setFont(self.theme.font(22))
        painter.setPen(QColor(palette.soft))
        unit = figure_box.adjusted(width + px(12), px(26), 0, 0)
        painter.drawText(unit, int(Qt.AlignmentFlag.AlignTop), "°C")
        painter.setFont(self.theme.font(13, QFont.Weight.Medium))
        painter.setPen(strong if self._tone is not Tone.BRAND else QColor(palette.soft))
        note = figure_box.adjusted(0, height - px(2), 0, 0)
        painter.drawText(note, int(Qt.AlignmentFlag.AlignTop | PLAIN_WRAP), self._note)
        painter.end()
