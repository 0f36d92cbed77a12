"""How many are inside, and the newest lines of the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.domain.log import Entry
from kiosk.services.back_office import Overview
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import PLAIN_WRAP, Card, Text, hairline, printable
from kiosk.ui.desk_words import Speech
from kiosk.ui.flow import fitted_lines
from kiosk.ui.icons import paint_icon
from kiosk.ui.list_words import ListLine, list_line
from kiosk.ui.theme import Theme

_ROW = 54
_AROUND, _LINE = 6, 21  # above and below the words of a row, and the first line of each part
_BEFORE, _AFTER = 58, 20
_TITLE_LINES, _DETAIL_LINES = 2, 4  # more than any name or reason needs


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
        """One row a line: sign, name, time, and the detail in as many lines as it needs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self.theme.px
        if not self.lines:
            painter.setPen(self.theme.colour("soft"))
            painter.setFont(self.theme.font(14))
            box = self.rect().adjusted(px(20), px(20), -px(20), 0)
            painter.drawText(box, int(PLAIN_WRAP), self._empty)
        top = 0
        for line in self.lines:
            title, detail = self._laid_out(line)
            height = 2 * px(_AROUND) + title.height + detail.height
            if top + height > self.height():
                break
            box = QRect(0, top, self.width(), height)
            self._paint_row(painter, line, box, (title, detail))
            top += height
        painter.end()

    def _laid_out(self, line: ListLine) -> tuple["_Part", "_Part"]:
        """Title and detail; the time stands beside the title, and takes the detail no room."""
        px, font = self.theme.px, self.theme.font
        room = self.width() - px(_BEFORE) - px(_AFTER)
        beside = room - px(10) - QFontMetrics(font(14)).horizontalAdvance(line.time)
        bold = font(15, QFont.Weight.Medium)
        return (
            _Part.of(line.title, bold, "ink", beside, _TITLE_LINES, px(_LINE)),
            _Part.of(line.detail, font(13), "soft", room, _DETAIL_LINES, px(_LINE)),
        )

    def _paint_row(
        self, painter: QPainter, line: ListLine, box: QRect, parts: tuple["_Part", "_Part"]
    ) -> None:
        px, palette = self.theme.px, self.theme.palette
        sign = QRectF(box.left() + px(20), box.top() + px(13), px(28), px(28))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.ground(line.tone)))
        painter.drawRoundedRect(sign, px(6), px(6))
        inner = sign.adjusted(px(6), px(6), -px(6), -px(6))
        paint_icon(painter, line.icon, inner, QColor(palette.strong(line.tone)), "2.5")
        words = box.adjusted(px(_BEFORE), px(_AROUND), -px(_AFTER), -px(_AROUND))
        painter.setFont(self.theme.font(14))
        painter.setPen(QColor(palette.soft))
        beside = QRect(words.left(), words.top(), words.width(), px(_LINE))
        middle_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(beside, int(middle_right), line.time)
        for part in parts:
            painter.setFont(part.font)
            painter.setPen(self.theme.colour(part.colour))
            for number, text in enumerate(part.lines):
                place = QRect(words.left(), words.top(), part.width, part.first)
                place.translate(0, number * part.further)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)
            words.setTop(words.top() + part.height)
        painter.setPen(QColor(palette.line))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a row in lines; all sizes in pixels.

    Attributes:
        lines: as they are set.
        font, colour: of them.
        width: of the room for each.
        first: height of the first line.
        further: height of each line after it.
    """

    lines: Sequence[str]
    font: QFont
    colour: str
    width: int
    first: int
    further: int

    @classmethod
    def of(cls, text: str, font: QFont, colour: str, width: int, most: int, first: int) -> "_Part":
        lines = fitted_lines(printable(text), font, width, most)
        return cls(lines, font, colour, width, first, QFontMetrics(font).height())

    @property
    def height(self) -> int:
        """Of all lines; a row without words keeps the room for one."""
        return self.first + max(0, len(self.lines) - 1) * self.further


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
