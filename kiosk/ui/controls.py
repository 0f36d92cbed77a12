"""The few controls that the pages are made of; each draws plain text, whatever it holds."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from kiosk.ui.icons import paint_icon
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


class ActionButton(QAbstractButton):
    """A large target with its words, a second line, a sign and its key.

    The key is only drawn here; the window's key map presses the button.
    """

    def __init__(self, theme: Theme, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.key = key
        self.icon_name = ""
        self.title = ""
        self.detail = ""
        self.tone = Tone.PLAIN
        self.full = False
        self.ticked: bool | None = None
        self.title_size = 15.0
        self.side_by_side = False
        self.centred = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, title: str, detail: str = "") -> None:
        """Set the words."""
        self.title, self.detail = printable(title), printable(detail)
        self.setAccessibleName(f"{self.title} {self.detail}".strip())
        self.update()

    def paint_as(self, tone: Tone, *, full: bool) -> None:
        """Set the colour: a full area, or text on its pale ground."""
        self.tone, self.full = tone, full
        self.update()

    def tick(self, ticked: bool) -> None:  # noqa: FBT001  (a value, not a flag)
        """Show a tick box before the words."""
        self.ticked = ticked
        self.paint_as(Tone.ADMIT if ticked else Tone.PLAIN, full=False)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as fingers need."""
        return QSize(self.theme.px(200), self.theme.px(52))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never smaller than a finger."""
        return QSize(self.theme.px(44), self.theme.px(44))

    # --- drawing

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        """Ground, words, border."""
        palette = self.theme.palette
        if self.full:
            strong = QColor(palette.strong(self.tone))
            return strong, QColor(palette.on_colour), strong
        if self.tone is Tone.PLAIN:
            ground = QColor(palette.card)
            return ground, QColor(palette.ink), QColor(palette.line)
        strong = QColor(palette.strong(self.tone))
        border = QColor(strong)
        border.setAlphaF(0.45)
        words = QColor(palette.ink) if self.ticked else strong
        return QColor(palette.ground(self.tone)), words, border

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, tick or sign, words, key."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, words, border = self._colours()
        if self.isDown():
            ground = ground.darker(106)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        focus = self.hasFocus()
        ring = QColor(self.theme.palette.ink if self.full else self.theme.palette.brand)
        painter.setPen(QPen(ring if focus else border, 2 if focus else 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, px(8), px(8))
        left, right = px(16), self.width() - px(16)
        left = self._paint_sign(painter, left, words)
        right = self._paint_key(painter, right, words)
        self._paint_words(painter, QRect(left, 0, right - left, self.height()), words)
        painter.end()

    def _paint_sign(self, painter: QPainter, left: int, words: QColor) -> int:
        px = self.theme.px
        size = px(24)
        box = QRectF(left - px(2), (self.height() - size) / 2, size, size)
        if self.ticked is not None:
            strong = QColor(self.theme.palette.admit)
            painter.setPen(QPen(strong if self.ticked else QColor(self.theme.palette.soft), 2))
            painter.setBrush(strong if self.ticked else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(5), px(5))
            if self.ticked:
                inner = box.adjusted(px(4), px(4), -px(4), -px(4))
                paint_icon(painter, "check", inner, QColor(self.theme.palette.on_colour), "4")
            return left + size + px(10)
        if self.icon_name:
            paint_icon(painter, self.icon_name, box, words)
            return left + size + px(10)
        return left

    def _paint_key(self, painter: QPainter, right: int, words: QColor) -> int:
        if not self.key:
            return right
        px = self.theme.px
        font = self.theme.font(12, QFont.Weight.Medium)
        width = max(QFontMetrics(font).horizontalAdvance(self.key) + px(14), px(24))
        box = QRectF(right - width, (self.height() - px(24)) / 2, width, px(24))
        edge = QColor(words)
        edge.setAlphaF(0.35)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setFont(font)
        painter.setPen(words)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.key)
        return right - width - px(8)

    def _paint_words(self, painter: QPainter, box: QRect, words: QColor) -> None:
        title_font = self.theme.font(self.title_size, QFont.Weight.DemiBold)
        painter.setPen(words)
        if self.centred:
            painter.setFont(title_font)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.title)
            return
        if not self.detail:
            self._paint_fitted(painter, box, self.title, title_font)
            return
        detail_font = self.theme.font(max(13.0, self.title_size * 0.5), QFont.Weight.Medium)
        if self.side_by_side:
            width = QFontMetrics(title_font).horizontalAdvance(self.title)
            painter.setFont(title_font)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, flags, self.title)
            rest = box.adjusted(width + self.theme.px(18), 0, 0, 0)
            self._paint_fitted(painter, rest, self.detail, detail_font)
            return
        title_height = QFontMetrics(title_font).height()
        detail_height = QFontMetrics(detail_font).height()
        top = box.top() + (box.height() - title_height - detail_height) // 2
        self._paint_fitted(
            painter, QRect(box.left(), top, box.width(), title_height), self.title, title_font
        )
        below = QRect(box.left(), top + title_height, box.width(), detail_height)
        self._paint_fitted(painter, below, self.detail, detail_font)

    @staticmethod
    def _paint_fitted(painter: QPainter, box: QRect, text: str, font: QFont) -> None:
        """Plain words in `box`: wrapped where two lines fit, made smaller until they do."""
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | PLAIN_WRAP
        fitted = QFont(font)
        smallest = round(font.pixelSize() * 0.7)
        while fitted.pixelSize() > smallest:
            needed = QFontMetrics(fitted).boundingRect(box, int(flags), text)
            if needed.height() <= box.height() and needed.width() <= box.width():
                break
            fitted.setPixelSize(fitted.pixelSize() - 1)
        painter.setFont(fitted)
        painter.drawText(box, int(flags), text)


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


class ChoiceRow(QWidget):
    """A few answers side by side; none is given beforehand. Arrows and letters choose."""

    def __init__(self, theme: Theme, labels: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self._group = QButtonGroup(self)
        for number, label in enumerate(labels):
            button = QPushButton(label)
            button.setProperty("tone", "choice")
            button.setCheckable(True)
            button.setMinimumHeight(theme.px(44))
            self._group.addButton(button, number)
            row.addWidget(button)

    def chosen(self) -> int | None:
        """Number of the answer, or None."""
        number = self._group.checkedId()
        return None if number < 0 else number

    def choose(self, number: int) -> None:
        """Give the answer."""
        self._group.button(number).setChecked(True)
