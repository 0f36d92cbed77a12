"""The page that stands in place of the desk when it could not be opened: what to do, in words."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.button import ActionButton
from kiosk.ui.controls import Text
from kiosk.ui.theme import LIGHT, Theme, Tone, style_sheet
from kiosk.ui.wording import Words


class TroubleWindow(QWidget):
    """One sentence in each language, and a way out."""

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
        button = ActionButton(theme, "Enter")
        button.say(words("trouble.close"))
        button.paint_as(Tone.BRAND, full=True)
        button.clicked.connect(leave)
        column.addWidget(button)
        self.resize(760, 420)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter or Escape leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._leave()
