"""How many are inside, and the newest lines of the log."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.domain.log import Entry
from kiosk.services.back_office import Overview
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import PLAIN_WRAP, Card, Text, hairline, printable
from kiosk.ui.desk_words import Speech
from kiosk.ui.icons import paint_icon
from kiosk.ui.list_words import ListLine, list_line
from kiosk.ui.theme import Theme

_ROW = 54


class LineList(QWidget):
    """As many of the newest lines as fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lines: Sequence[ListLine] = ()
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: Sequence[ListLine], empty: str) -> None:
        """Show them; `empty` is said where there are none."""
        self.lines, self._empty = lines, empty
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Six lines at least."""
        return QSize(self.theme.px(300), self.theme.px(_ROW * 6))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """One row a line: sign, name, detail, time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self.theme.px
        if not self.lines:
            painter.setPen(self.theme.colour("soft"))
            painter.setFont(self.theme.font(14))
            box = self.rect().adjusted(px(20), px(20), -px(20), 0)
            painter.drawText(box, int(PLAIN_WRAP), self._empty)
        height = px(_ROW)
        for number, line in enumerate(self.lines[: self.height() // height]):
            self._paint_row(painter, line, QRect(0, number * height, self.width(), height))
        painter.end()

    def _paint_row(self, painter: QPainter, line: ListLine, box: QRect) -> None:
        px, palette = self.theme.px, self.theme.palette
        sign = QRectF(box.left() + px(20), box.top() + px(13), px(28), px(28))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.ground(line.tone)))
        painter.drawRoundedRect(sign, px(6), px(6))
        inner = sign.adjusted(px(6), px(6), -px(6), -px(6))
        paint_icon(painter, line.icon, inner, QColor(palette.strong(line.tone)), "2.5")
        painter.setFont(self.theme.font(14))
        painter.setPen(QColor(palette.soft))
        time_width = painter.fontMetrics().horizontalAdvance(line.time)
        time_box = box.adjusted(0, 0, -px(20), 0)
        middle_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(time_box, int(middle_right), line.time)
        words = box.adjusted(px(58), px(6), -px(30) - time_width, -px(6))
        self._paint_words(painter, words, line)
        painter.setPen(QColor(palette.line))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())

    def _paint_words(self, painter: QPainter, box: QRect, line: ListLine) -> None:
        half = box.height() // 2
        for text, font, colour, part in (
            (
                line.title,
                self.theme.font(15, QFont.Weight.Medium),
                "ink",
                box.adjusted(0, 0, 0, -half),
            ),
            (line.detail, self.theme.font(13), "soft", box.adjusted(0, half, 0, 0)),
        ):
            painter.setFont(font)
            painter.setPen(self.theme.colour(colour))
            fitted = QFontMetrics(font).elidedText(
                printable(text), Qt.TextElideMode.ElideRight, part.width()
            )
            painter.drawText(part, int(Qt.AlignmentFlag.AlignVCenter), fitted)


class EntriesPanel(Card):
    """Counts, lines, and the undo of the newest line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._count = Text("count")
        self._inside = Text("label")
        self._today = Text("soft")
        self.lines = LineList(theme)
        self.undo = ActionButton(theme, "Ctrl Z")
        self.undo.icon_name = "undo-2"
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(10), px(20), px(10))
        head.setSpacing(px(14))
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addStretch(1)
        beside.addWidget(self._inside)
        beside.addWidget(self._today)
        beside.addStretch(1)
        head.addWidget(self._count)
        head.addLayout(beside)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.lines, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(10), px(16), px(14))
        foot.addWidget(self.undo)
        column.addLayout(foot)

    def render_overview(self, overview: Overview | None, speech: Speech) -> None:
        """Show counts and lines."""
        words = speech.words
        lines: list[Entry] = list(overview.lines) if overview else []
        self._count.say(str(overview.inside) if overview else "…")
        self._inside.say(words("desk.inside"))
        self._today.say(words("desk.today", count=overview.today) if overview else "")
        shown = [list_line(line, overview, speech) for line in lines] if overview else []
        self.lines.show_lines(shown, words("desk.list_empty"))
        self.undo.say(words("desk.undo_last"))
