"""The page that stands in place of the desk when it could not be opened: what to do, in words."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.button import ActionButton
from kiosk.ui.controls import Text
from kiosk.ui.theme import LIGHT, Theme, Tone, style_sheet
from kiosk.ui.wording import Words

OPEN_SECONDS = 60
"""Long enough to be read by whoever clicked; a script that started the desk goes on after it."""


class TroubleWindow(QWidget):
    """One sentence in each language, and a way out; closes by itself after OPEN_SECONDS."""

    def __init__(
        self, sentences: tuple[str, str], words: Words, leave: Callable[[], None]
    ) -> None:
        super().__init__()
        theme = Theme(LIGHT, 1.0)
        self.setObjectName("window")
        self.setStyleSheet(style_sheet(theme))
        self.setWindowTitle(words("trouble.title"))
        self._leave = leave
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(16)
        title = Text("name")
        title.setWordWrap(True)
        title.say(words("trouble.title"))
        column.addWidget(title)
        for role, sentence in zip(("label", "soft"), sentences, strict=True):
            line = Text(role)
            line.setWordWrap(True)
            line.say(sentence)
            column.addWidget(line)
        column.addStretch(1)
        self._words, self._left = words, OPEN_SECONDS
        self._button = ActionButton(theme, "Enter")
        self._button.paint_as(Tone.BRAND, full=True)
        self._button.clicked.connect(leave)
        column.addWidget(self._button)
        self._tell_seconds()
        self._beat = QTimer(self)
        self._beat.timeout.connect(self.pass_second)
        self._beat.start(1000)
        self.resize(760, 420)

    def pass_second(self) -> None:
        """One second less to stay open."""
        self._left -= 1
        if self._left > 0:
            self._tell_seconds()
        else:
            self._beat.stop()
            self._leave()

    def _tell_seconds(self) -> None:
        self._button.say(self._words("trouble.close", seconds=self._left))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter or Escape leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._leave()
