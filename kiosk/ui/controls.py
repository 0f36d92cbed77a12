"""The few controls that the pages are made of; each draws plain text, whatever it holds."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from kiosk.ui.theme import Theme, Tone

PLAIN_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
_LONGEST_SHOWN = 300


def printable(text: str) -> str:
    """`text` with what cannot be seen made harmless: one line, no controls, no direction marks."""
    shown = "".join(c if c.isprintable() else " " for c in text[:_LONGEST_SHOWN])
    return " ".join(shown.split())


class Text(QLabel):
    """A label that never interprets what it shows.

    `role` picks size and colour from the theme: caption, soft, label, clock, title, name, ...
    """

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        if role:
            self.setProperty("role", role)

    def say(self, text: str) -> None:
        """Show `text`, made harmless."""
        self.setText(printable(text))


class ShortText(Text):
    """A label that is cut off with dots where it would be wider than its room; whole as a tip."""

    def __init__(self, role: str, room: int) -> None:
        super().__init__(role)
        self._room = room

    def say(self, text: str) -> None:
        """Show `text`, made harmless, as far as it fits."""
        whole = printable(text)
        self.ensurePolished()
        fits = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, self._room)
        self.setText(fits)
        self.setToolTip("" if fits == whole else f"<span>{html.escape(whole)}</span>")


class Card(QFrame):
    """A white sheet with a hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")


def hairline() -> QFrame:
    """A horizontal rule."""
    rule = QFrame()
    rule.setObjectName("rule")
    rule.setFixedHeight(1)
    return rule


class StateLight(QWidget):
    """A coloured dot with words: what the camera is doing, always in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._tone = Tone.PLAIN
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_state(self, tone: Tone, words: str) -> None:
        """Set colour and words."""
        self._tone, self._words = tone, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its words."""
        width = QFontMetrics(self.theme.font(14)).horizontalAdvance(self._words)
        return QSize(width + self.theme.px(26), self.theme.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Dot and words."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.palette.strong(self._tone)))
        painter.drawEllipse(QPoint(px(6), self.height() // 2), px(5), px(5))
        painter.setFont(self.theme.font(14))
        painter.setPen(self.theme.colour("ink"))
        box = self.rect().adjusted(px(20), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()


def key_cap(theme: Theme, key: str, room: QRect) -> QRect:
    """Where the sign of a key stands, at the right of `room`."""
    px = theme.px
    font = theme.font(12, QFont.Weight.Medium)
    width = max(QFontMetrics(font).horizontalAdvance(key) + px(14), px(24))
    top = room.top() + (room.height() - px(24)) // 2
    return QRect(room.right() + 1 - width, top, width, px(24))


def paint_key(painter: QPainter, theme: Theme, key: str, room: QRect, ink: QColor) -> int:
    """The sign of a key, at the right of `room`; where it begins."""
    box, edge = key_cap(theme, key, room), QColor(ink)
    edge.setAlphaF(0.35)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, theme.px(4), theme.px(4))
    painter.setFont(theme.font(12, QFont.Weight.Medium))
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    return box.left()


class Choice(QPushButton):
    """One answer, with its key where it has one."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self._theme = theme
        self.key = key
        self.setProperty("tone", "choice")
        self.setCheckable(True)
        self.setMinimumHeight(theme.px(44))

    def key_begins(self) -> int:
        """How far the words may go."""
        return key_cap(self._theme, self.key, self._room()).left()

    def _room(self) -> QRect:
        return self.rect().adjusted(0, 0, -self._theme.px(8), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The answer, and its key at the right."""
        super().paintEvent(event)
        if self.key:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = self._theme.colour("soft")
            paint_key(painter, self._theme, self.key, self._room(), ink)
            painter.end()


class ChoiceRow(QWidget):
    """A few answers side by side; none is given beforehand. Arrows choose, and digits on them.

    Signals:
        changed: another answer is given.
        picked: by its digit: one goes on to what is asked next.
    """

    changed = Signal()
    picked = Signal()

    def __init__(
        self, theme: Theme, labels: Sequence[str], columns: int = 0, keys: Sequence[str] = ()
    ) -> None:
        """Lay them out in one row, or in so many columns.

        Args:
            theme: sizes.
            labels: the answers.
            columns: 0 for one row.
            keys: written on the answers; a digit is taken here, any other key by the sheet.
        """
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(8))
        columns = columns or len(labels)
        self._group = QButtonGroup(self)
        for number in range(len(labels)):
            button = Choice(theme, keys[number] if number < len(keys) else "")
            self._group.addButton(button, number)
            grid.addWidget(button, number // columns, number % columns)
            # a key with more than a digit needs its room beside the words
            grid.setColumnStretch(number % columns, 3 if len(button.key) > 1 else 2)
        self.say(labels)
        self._group.idToggled.connect(self._toggled)

    def say(self, labels: Sequence[str]) -> None:
        """The same answers in other words."""
        for button, label in zip(self._group.buttons(), labels, strict=True):
            button.setText(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A digit that stands on an answer gives it."""
        keys = [button.key for button in self.findChildren(Choice)]
        if event.text().isdecimal() and event.text() in keys:
            self.choose(keys.index(event.text()))
            self.picked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _toggled(self, _number: int, chosen: bool) -> None:  # noqa: FBT001  (Qt's own)
        if chosen:
            self.changed.emit()

    def chosen(self) -> int | None:
        """Number of the answer, or None."""
        number = self._group.checkedId()
        return None if number < 0 else number

    def choose(self, number: int) -> None:
        """Give the answer."""
        self._group.button(number).setChecked(True)

    def forget(self) -> None:
        """Nothing is answered."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
