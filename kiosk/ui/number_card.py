"""A slip that did not come out: its number, large, to be read aloud or written down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.controls import Card, Text
from kiosk.ui.flow import FittedText
from kiosk.ui.theme import Theme


class NumberCard(Card):
    """Hidden while every slip comes out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._title = FittedText("fault", 2)
        self.number = Text("invite")
        self._help = FittedText("soft", 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self.number, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._help)
        self.hide()

    def show_number(self, title: str, number: str, help_: str) -> None:
        """Show it; without a number there is nothing to show."""
        self._title.say(title)
        self.number.say(number)
        self._help.say(help_)
        self.setAccessibleName(f"{title} {number}")
        self.setVisible(bool(number))
