"""What is offered below a line: a digit while it is empty, arrow and Enter, or a finger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from kiosk.ui.choice_sheet import NONE_MARKED
from kiosk.ui.controls import printable
from kiosk.ui.theme import Theme

_NARROWEST = 320
_ROW = 48
MOST_NUMBERED = 9
"""So many have a digit."""


@dataclass(frozen=True, slots=True)
class Row:
    """One offer: its words, and what taking it does."""

    shown: str
    take: Callable[[], None]


class OfferList(QListWidget):
    """Lies over the sheet, below the line that is being typed in; never has the focus itself.

    Signals:
        answered: a digit has taken an offer; the next line is to be asked.
    """

    answered = Signal()

    def __init__(self, theme: Theme, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._theme = theme
        self._rows: Sequence[Row] = ()
        self._line: QLineEdit | None = None
        self._numbered = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self._take(self.row(item)))
        self.hide()

    def show_below(self, line: QLineEdit, rows: Sequence[Row], marked: int = NONE_MARKED) -> None:
        """Offer these; with none the list goes away.

        Args:
            line: which is typed in.
            rows: the offers.
            marked: which one Enter takes.
        """
        self._line, self._rows, self._numbered = line, rows, False
        self.clear()
        if not rows:
            self.hide()
            return
        self.addItems([printable(row.shown) for row in rows])
        self.setCurrentRow(marked)
        sheet = self._sheet
        width = max(line.width(), self._theme.px(_NARROWEST))
        height = self._theme.px(_ROW) * len(rows) + 2 * self.frameWidth() + 2
        below = line.mapTo(sheet, QPoint(0, line.height() + 2))
        left = min(below.x(), sheet.width() - width)
        top = below.y()
        if top + height > sheet.height():
            top = line.mapTo(sheet, QPoint(0, 0)).y() - height - 2
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()

    def show_numbered(self, line: QLineEdit, rows: Sequence[Row]) -> None:
        """Offer these below an empty line, each with the digit that takes it."""
        numbered = enumerate(rows[:MOST_NUMBERED], start=1)
        self.show_below(line, [Row(f"{n} · {row.shown}", row.take) for n, row in numbered])
        self._numbered = True

    def takes_digit(self, line: QLineEdit, event: QKeyEvent) -> bool:
        """Whether this key is a digit, which is no text here: it takes an offer."""
        digit = event.text()
        if not (self._numbered and self.offers_for(line) and digit and digit in "0123456789"):
            return False
        at = int(digit) - 1
        if 0 <= at < len(self._rows) and not event.isAutoRepeat():
            self.hide()
            self._rows[at].take()
            self.answered.emit()
        return True

    def offers_for(self, line: QLineEdit) -> bool:
        """Whether the list lies below this line."""
        return self.isVisible() and self._line is line

    def takes(self, event: QKeyEvent) -> bool:
        """Whether this key was the list's: arrows mark, Escape closes; a marked row is taken."""
        key, at = event.key(), self.currentRow()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            start = at if at >= 0 or step > 0 else 0
            self.setCurrentRow((start + step) % self.count())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def take_marked(self) -> bool:
        """Take the marked row, if there is one."""
        at = self.currentRow()
        self.hide()
        if at < 0:
            return False
        self._rows[at].take()
        return True

    def _take(self, at: int) -> None:
        self.hide()
        self._rows[at].take()
        if self._line is not None:
            self._line.setFocus()
