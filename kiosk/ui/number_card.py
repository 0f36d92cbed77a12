"""Slips that did not come out: the newest number large, to be read aloud, and all the others."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.controls import Card, Text
from kiosk.ui.flow import FittedText
from kiosk.ui.theme import Theme

_MOST_NAMED = 6
"""With more than so many others there is room for their numbers only."""


@dataclass(frozen=True, slots=True)
class Unprinted:
    """What the card says, in words; nothing without a number.

    Attributes:
        title: that slips were not printed.
        number, name: the newest slip's.
        more: how many others there are, or "".
        others: number and name of each of them, the newest first.
        help: why, and what to do.
    """

    title: str = ""
    number: str = ""
    name: str = ""
    more: str = ""
    others: tuple[str, ...] = ()
    help: str = ""


class NumberCard(Card):
    """Hidden while every slip comes out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._title = FittedText("fault", 2)
        self.number = Text("invite")
        self.others = FittedText("strong", 4)
        self._help = FittedText("soft", 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self.number, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.others)
        column.addWidget(self._help)
        self.hide()

    def show_slips(self, slips: Unprinted) -> None:
        """Show them; without a number there is nothing to show."""
        self._title.say(slips.title)
        self.number.say(slips.number)
        whole = len(slips.others) <= _MOST_NAMED
        others = " · ".join(one if whole else one.split()[0] for one in slips.others)
        self.others.say(f"{slips.more}: {others}" if others else "")
        self.others.setVisible(bool(others))
        self._help.say(" · ".join(filter(None, (slips.name, slips.help))))
        self.setAccessibleName(f"{slips.title} {slips.number} {others}".rstrip())
        self.setVisible(bool(slips.number))
