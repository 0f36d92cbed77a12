"""What can be pressed: by finger, by mouse, and by Space and Enter where it has the focus."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kiosk.ui.controls import PLAIN_WRAP, paint_key, printable
from kiosk.ui.icons import paint_icon
from kiosk.ui.theme import Theme, Tone


class Button(QAbstractButton):
    """A target that is reached with Tab.

    Attributes:
        takes_enter: Enter presses it, and not the page's large button; an answer that is set and
            taken back is for Space alone, as everywhere.
    """

    takes_enter = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Qt presses a focused button with Space alone, and Enter would go to the page below."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.takes_enter:
            event.ignore()  # Ctrl Enter is the form's
        elif not event.isAutoRepeat():
            self.click()


class ActionButton(Button):
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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

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
        self.takes_enter = False
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
        room = QRect(0, 0, right, self.height())
        return paint_key(painter, self.theme, self.key, room, words) - self.theme.px(8)

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
