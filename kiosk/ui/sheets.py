"""Questions that lie over the window: one choice or one line, by touch or by digits."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kiosk.domain.person import fold
from kiosk.ui.controls import ActionButton, Card, Text
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

_MOST_CHOICES = 9


_OF_THE_WINDOW = frozenset({Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_F12})
"""Light, full screen and language: they work over every sheet."""


class Sheet(QWidget):
    """A card over a scrim. It covers the window until it is answered or cancelled.

    Signals:
        left: it has gone, answered or not.
    """

    left = Signal()

    def __init__(self, theme: Theme, over: QWidget, width: float) -> None:
        super().__init__(over)
        self.theme = theme
        self._over = over
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
        """Keep covering the window when it is resized."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape goes back; no other key reaches the desk below."""
        if event.key() in _OF_THE_WINDOW:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The scrim."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.palette.scrim))
        painter.end()

    def title(self, words: str, detail: str = "") -> None:
        """The question, and a line below it."""
        heading = Text("title")
        heading.setWordWrap(True)
        heading.say(words)
        self.column.addWidget(heading)
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
        back.clicked.connect(self.dismiss)
        on = ActionButton(self.theme, key)
        on.say(go)
        on.paint_as(tone, full=True)
        on.clicked.connect(chosen)
        row.addWidget(back)
        row.addWidget(on)
        self.column.addLayout(row)


class ChoiceSheet(Sheet):
    """One of a few answers: a digit, a press, or Enter for the marked one."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        question: tuple[str, str],
        choices: Sequence[str],
        chosen: Callable[[int], None],
        cancel: str,
    ) -> None:
        super().__init__(theme, over, 520)
        self._chosen = chosen
        self._marked = 0
        self._buttons: list[ActionButton] = []
        self.title(*question)
        for number, choice in enumerate(choices):
            button = ActionButton(theme, str(number + 1))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.say(choice)
            button.clicked.connect(lambda _=False, number=number: self._choose(number))
            self._buttons.append(button)
            self.column.addWidget(button)
        back = ActionButton(theme, "Esc")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.say(cancel)
        back.clicked.connect(self.dismiss)
        self.column.addSpacing(theme.px(6))
        self.column.addWidget(back)
        self._mark(0)

    def kept(self) -> object:
        """Which answer is marked."""
        return self._marked

    def put_back(self, kept: object) -> None:
        """Mark it again."""
        if isinstance(kept, int):
            self._mark(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Digits choose, arrows mark, Enter takes the marked one."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self._buttons):
            self._choose(number)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._marked)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self._mark(self._marked + 1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            self._mark(self._marked - 1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _mark(self, number: int) -> None:
        self._marked = number % len(self._buttons)
        for at, button in enumerate(self._buttons):
            button.paint_as(Tone.BRAND if at == self._marked else Tone.PLAIN, full=False)

    def _choose(self, number: int) -> None:
        self.dismiss()
        self._chosen(number)


class LineSheet(Sheet):
    """One line of text; with offers, typing narrows them and a press takes one."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        question: tuple[str, str],
        offers: Sequence[str],
        chosen: Callable[[str], None],
    ) -> None:
        super().__init__(theme, over, 560)
        self._offers = tuple(offers)
        self._chosen = chosen
        self.title(*question)
        self.line = QLineEdit()
        self.line.setMinimumHeight(theme.px(48))
        if offers:
            self.line.setPlaceholderText(words("desk.sheet.type_or_choose"))
        self.column.addWidget(self.line)
        self._buttons: list[ActionButton] = []
        for _ in self._offers[:_MOST_CHOICES]:
            button = ActionButton(theme)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFixedHeight(theme.px(44))
            button.clicked.connect(lambda _=False, button=button: self._choose(button.title))
            self._buttons.append(button)
            self.column.addWidget(button)
        self.column.addSpacing(theme.px(6))
        self.buttons(words, words("desk.sheet.ok"), self._enter, Tone.BRAND)
        self.line.textChanged.connect(self._narrow)
        self.line.installEventFilter(self)
        self._marked = -1
        self._narrow("")

    def open_over(self) -> None:
        """Cover the window; the line has the focus."""
        super().open_over()
        self.line.setFocus()

    def kept(self) -> object:
        """What is in the line."""
        return self.line.text()

    def put_back(self, kept: object) -> None:
        """Write it again."""
        self.line.setText(str(kept))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows, digits, Enter and Escape while the line has the focus."""
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
        ):
            return self._line_key(event)
        return super().eventFilter(watched, event)

    def _line_key(self, event: QKeyEvent) -> bool:
        shown = self._shown()
        number = event.key() - Qt.Key.Key_1
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._mark((self._marked + step) % len(shown))
        elif not self.line.text() and 0 <= number < len(shown):
            self._choose(shown[number].title)
        else:
            return False
        return True

    def _narrow(self, typed: str) -> None:
        """Show the offers that hold what was typed, without looking at diacritics."""
        found = [offer for offer in self._offers if fold(typed) in fold(offer)]
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(found))
            if number < len(found):
                button.key = "" if typed else str(number + 1)
                button.say(found[number])
        self._mark(0 if typed and found else -1)

    def _shown(self) -> list[ActionButton]:
        return [button for button in self._buttons if not button.isHidden()]

    def _mark(self, number: int) -> None:
        self._marked = number
        for at, button in enumerate(self._shown()):
            button.paint_as(Tone.BRAND if at == number else Tone.PLAIN, full=False)

    def _enter(self) -> None:
        shown = self._shown()
        if 0 <= self._marked < len(shown):
            self._choose(shown[self._marked].title)
        else:
            self._choose(self.line.text())

    def _choose(self, text: str) -> None:
        self.dismiss()
        if text.strip():
            self._chosen(" ".join(text.split()))
