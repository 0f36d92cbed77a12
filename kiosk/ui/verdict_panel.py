"""A verdict, large: colour, sign, words and the reason in two languages."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.button import ActionButton
from kiosk.ui.controls import PLAIN_WRAP, printable
from kiosk.ui.icons import paint_icon
from kiosk.ui.theme import Theme, Tone

_BUTTONS_BELOW, _BETWEEN = 24, 12


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
        go, leave, refuse, back: what Enter, R, X and Escape do, for fingers; "" where they do
            nothing.
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
    go: str = ""
    leave: str = ""
    refuse: str = ""
    back: str = ""


_SHRINKING = (1.0, 0.9, 0.8, 0.72, 0.64, 0.56, 0.5)
"""Tried in turn until the verdict stands in one line and nothing is cut off."""


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    font: QFont
    gap: int
    height: int


class VerdictPanel(QWidget):
    """Fills its place with one verdict. `enlarged` is the visitor's side: words for two metres."""

    def __init__(self, theme: Theme, *, enlarged: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._enlarged = enlarged
        self._shown: Shown | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.go = ActionButton(theme, "Enter", self)
        self.leave = ActionButton(theme, "R", self)
        self.refuse = ActionButton(theme, "X", self)
        self.back = ActionButton(theme, "Esc", self)
        row = QHBoxLayout()
        row.setSpacing(theme.px(_BETWEEN))
        column = QVBoxLayout(self)
        column.setContentsMargins(self._margin, 0, self._margin, theme.px(_BUTTONS_BELOW))
        column.setSpacing(theme.px(_BETWEEN))
        column.addStretch(1)
        column.addWidget(self.refuse)
        column.addLayout(row)
        for button in (self.go, self.leave, self.back):
            kept = button.sizePolicy()
            kept.setRetainSizeWhenHidden(button is not self.leave)  # each stays on its side
            button.setSizePolicy(kept)
            row.addWidget(button)
        for button in (self.go, self.leave, self.refuse, self.back):
            button.hide()

    def show_verdict(self, shown: Shown) -> None:
        """Show it."""
        self._shown = shown
        self.setAccessibleName(f"{shown.words}. {shown.reason}")
        buttons = (
            *((self.go, shown.go), (self.leave, shown.leave)),
            *((self.refuse, shown.refuse), (self.back, shown.back)),
        )
        for button, words in buttons:
            button.say(words)
            button.setVisible(bool(words) and not self._enlarged)
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
        painter.fillPath(path, QColor(palette.verdict(shown.tone)))
        on_colour = QColor(palette.on_colour)
        top = self._paint_sign(painter, shown, on_colour)
        painter.setPen(on_colour)
        shrunk = next((s for s in _SHRINKING if self._fits(shown, s, top)), _SHRINKING[-1])
        for line in self._lines(shown, shrunk):
            top += line.gap
            painter.setFont(line.font)
            box = QRectF(self._margin, top, self._width, line.height)
            painter.drawText(box, int(PLAIN_WRAP), line.words)
            top += line.height
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
        ground = QColor(self.theme.palette.verdict(shown.tone))
        paint_icon(
            painter, shown.icon, circle.adjusted(inner, inner, -inner, -inner), ground, "3.5"
        )
        painter.setPen(on_colour)
        return top + size + self.theme.px(24 if self._enlarged else 16)

    @property
    def _width(self) -> int:
        return self.width() - 2 * self._margin

    def _lines(self, shown: Shown, shrunk: float) -> list[_Line]:
        """Each line with its place, all sizes times `shrunk`."""
        bold, medium = QFont.Weight.Bold, QFont.Weight.Medium
        big, second, text = (112, 44, 40) if self._enlarged else (56, 24, 22)
        lines = []
        for words, size, weight, gap in (
            (shown.words, big, bold, 0),
            (shown.second, second, medium, 4),
            (shown.reason, text, QFont.Weight.DemiBold, 22),
            (shown.second_reason, text * 0.75, medium, 2),
            (shown.who, text, QFont.Weight.DemiBold, 22),
            (shown.advice, text * 0.75, medium, 4),
        ):
            if not words:
                continue
            font = self.theme.font(size * shrunk, weight)
            said = printable(words)
            room = QRect(0, 0, self._width, 10_000)
            height = QFontMetrics(font).boundingRect(room, int(PLAIN_WRAP), said).height()
            lines.append(_Line(said, font, self.theme.px(gap * shrunk) if gap else 0, height))
        return lines

    def _fits(self, shown: Shown, shrunk: float, top: float) -> bool:
        """Whether the verdict stands in one line and everything above the lower edge."""
        lines = self._lines(shown, shrunk)
        heading = lines[0]
        one_line = heading.height < 2 * QFontMetrics(heading.font).height()
        below = 16 if self._enlarged else _BUTTONS_BELOW + 8
        rows = 0 if self._enlarged else 2 if shown.refuse else 1
        foot = self.theme.px(below) + rows * (
            self.go.sizeHint().height() + self.theme.px(_BETWEEN)
        )
        needed = sum(line.gap + line.height for line in lines)
        return one_line and top + needed + foot <= self.height()

    def _paint_foot(self, painter: QPainter, foot: str) -> None:
        painter.setFont(self.theme.font(15, QFont.Weight.Medium))
        left = self.go.geometry()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | PLAIN_WRAP
        painter.drawText(left, int(flags), printable(foot))
