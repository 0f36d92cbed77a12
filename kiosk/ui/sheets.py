"""What lies over the window until it is answered: a card over a scrim."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.button import ActionButton
from kiosk.ui.controls import Card, Text
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

OF_THE_WINDOW = frozenset({Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_F12})
"""Light, full screen and language: they work over every sheet."""


class Sheet(QWidget):
    """A card over a scrim. It covers the window until it is answered or cancelled.

    Signals:
        left: it has gone, answered or not.

    Attributes:
        throw_away: asks once more before what is filled in is thrown away; "" asks nothing.
    """

    left = Signal()
    throw_away = ""

    def __init__(self, theme: Theme, over: QWidget, width: float) -> None:
        super().__init__(over)
        self.theme = theme
        self._over = over
        self._heading = Text("title")
        self._asked = ""
        self._blank: object = None
        self._given_up: object = None
        self.card = Card()
        self.card.setFixedWidth(theme.px(width))
        self.card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self.column = QVBoxLayout(self.card)
        margin = theme.px(24)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(theme.px(10))
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        middle = QHBoxLayout()  # no alignment: that would forget how high wrapped words are
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        over.installEventFilter(self)

    def open_over(self) -> None:
        """Cover the window and take the keys."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._blank = self.content()

    def headroom(self) -> QRect:
        """From the window's upper edge to the end of the heading, as wide as the card.

        Only to the card where the sheet has a heading of its own kind, as the camera check does.
        """
        heading, below = self._heading, self.card.y()
        if self.isAncestorOf(heading):
            below = heading.mapTo(self, heading.rect().bottomLeft()).y()
        return QRect(self.card.x(), 0, self.card.width(), below + 1)

    def give_up(self) -> None:
        """Escape: go away; where something is filled in, at the second press only."""
        content = self.content()
        if not self.is_filled_in or content == self._given_up:
            self.dismiss()
            return
        self._given_up = content
        self.insist(self.throw_away)

    @property
    def is_filled_in(self) -> bool:
        """Whether something would be lost with it."""
        return self.content() != self._blank

    def go_on_filling_in(self) -> None:
        """It is not thrown away after all."""
        if self._given_up is not None:
            self._given_up = None
            self.ask_on()

    def insist(self, first: str) -> None:
        """Say in place of the question what is to be done first."""
        self._head(first, "fault_title")

    def ask_on(self) -> None:
        """The question again."""
        self._head(self._asked, "title")

    def content(self) -> object:
        """What is filled in, for a sheet whose content is worth asking for."""
        return None

    def _head(self, words: str, role: str) -> None:
        self._heading.say(words)
        self._heading.setProperty("role", role)
        self._heading.style().unpolish(self._heading)
        self._heading.style().polish(self._heading)

    def dismiss(self) -> None:
        """Go away without an answer."""
        self._over.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        self._over.setFocus()
        self.left.emit()

    def kept(self) -> object:
        """What was entered so far, for a sheet that is made anew."""
        return None

    def put_back(self, kept: object) -> None:
        """Enter again what `kept` answered."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep covering the window when it is resized, and the cursor when it is pressed."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        elif watched is self._over and event.type() is QEvent.Type.FocusIn and self.isVisible():
            last: QWidget | None = self.focusWidget()  # None where it was taken away
            (self if last is None else last).setFocus()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001
        """Tab goes round within the sheet: the desk below has no keys while it is covered."""
        stops: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if tabbed and self.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
                stops.append(widget)
            widget = widget.nextInFocusChain()
        if stops:
            focused = self.window().focusWidget()  # also of a window that is not active
            at = stops.index(focused) if focused in stops else -1 if forward else 0
            beside = stops[(at + (1 if forward else -1)) % len(stops)]
            why = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            beside.setFocus(why)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape goes back; no other key reaches the desk below."""
        if event.key() in OF_THE_WINDOW:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            self.go_on_filling_in()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The scrim."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.palette.scrim))
        painter.end()

    def title(self, words: str, detail: str = "") -> None:
        """The question, and a line below it."""
        self._asked = words
        self._heading.setWordWrap(True)
        self._heading.say(words)
        self.column.addWidget(self._heading)
        if detail:
            line = Text("soft")
            line.setWordWrap(True)
            line.say(detail)
            self.column.addWidget(line)

    def buttons(
        self,
        words: Words,
        go: str,
        chosen: Callable[[], None],
        tone: Tone,
        key: str = "Enter",
    ) -> None:
        """A way back and a way on."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        back = ActionButton(self.theme, "Esc")
        back.say(words("desk.sheet.cancel"))
        back.clicked.connect(self.give_up)
        on = ActionButton(self.theme, key)
        on.say(go)
        on.paint_as(tone, full=True)
        on.clicked.connect(chosen)
        row.addWidget(back)
        row.addWidget(on)
        self.column.addLayout(row)
