"""A question with a few answers: by touch, by digits or by arrows."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kiosk.ui.button import ActionButton
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme, Tone

_DIGITS = 9
_LONG_LIST = 440
NONE_MARKED = -1
"""Nothing is chosen for the receptionist: Enter alone answers no question."""


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
        marked: int = NONE_MARKED,
    ) -> None:
        super().__init__(theme, over, 520)
        self._chosen = chosen
        self._marked = marked
        self._buttons: list[ActionButton] = []
        self.title(*question)
        rows = QVBoxLayout()
        rows.setSpacing(theme.px(10))
        for number, choice in enumerate(choices):
            button = ActionButton(theme, str(number + 1) if number < _DIGITS else "")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setMinimumHeight(theme.px(48))
            button.say(choice)
            button.clicked.connect(lambda _=False, number=number: self._choose(number))
            self._buttons.append(button)
            rows.addWidget(button)
        self._list = QScrollArea()
        if len(choices) > _DIGITS:
            inner = QWidget()
            rows.setContentsMargins(0, 0, theme.px(10), 0)
            inner.setLayout(rows)
            self._list.setWidget(inner)
            self._list.setWidgetResizable(True)
            self._list.setFrameShape(QScrollArea.Shape.NoFrame)
            self._list.setFixedHeight(theme.px(_LONG_LIST))
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.column.addWidget(self._list)
        else:
            self.column.addLayout(rows)
        back = ActionButton(theme, "Esc")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.say(cancel)
        back.clicked.connect(self.dismiss)
        self.column.addSpacing(theme.px(6))
        self.column.addWidget(back)
        self._mark(marked)

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
        if 0 <= number < min(len(self._buttons), _DIGITS):
            self._choose(number)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._marked != NONE_MARKED:
                self._choose(self._marked)
        elif event.key() == Qt.Key.Key_Down:
            self._step(1)
        elif event.key() == Qt.Key.Key_Up:
            self._step(-1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001
        """Tab marks, as the arrows do."""
        self._step(1 if forward else -1)
        return True

    def _step(self, by: int) -> None:
        before_first = by < 0 and self._marked == NONE_MARKED
        self._mark((self._marked + by + int(before_first)) % len(self._buttons))

    def _mark(self, number: int) -> None:
        self._marked = number
        for at, button in enumerate(self._buttons):
            button.paint_as(Tone.BRAND if at == self._marked else Tone.PLAIN, full=False)
        if number != NONE_MARKED:
            self._list.ensureWidgetVisible(self._buttons[number])

    def _choose(self, number: int) -> None:
        self.dismiss()
        self._chosen(number)
