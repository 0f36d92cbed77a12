"""A sheet of lines to type into: Enter goes on, Ctrl Enter takes it, faults stand beside lines."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.person import Person, fold
from kiosk.ui.fault_caption import FaultCaption
from kiosk.ui.furnishing import Offers
from kiosk.ui.line_sheet import meant
from kiosk.ui.offer_list import OfferList, Row
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKING = (*_ENTER, Qt.Key.Key_Tab)
_LONGEST, _MOST_OFFERS = 200, 6


class HandSheet(Sheet):
    """Asks for what somebody wrote by hand or remembers.

    Signals:
        entered: Enter, where it takes the sheet.

    Attributes:
        lines, captions: by name, in the order of Tab.
        enter_takes_it: whether Enter in a line takes the sheet.
    """

    entered = Signal()
    enter_takes_it = False

    def __init__(self, theme: Theme, over: QWidget, width: float) -> None:
        super().__init__(theme, over, width)
        self.lines: dict[str, QLineEdit] = {}
        self.captions: dict[str, FaultCaption] = {}
        self._offers: dict[QLineEdit, Sequence[str]] = {}
        self._offered = OfferList(theme, self)
        self._offered.answered.connect(self._go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter on an answer takes the sheet."""
        if event.key() in _ENTER:
            if not event.isAutoRepeat():  # held down: nobody has said it twice
                self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """In a line, Enter goes to the next field; with Ctrl it takes the sheet."""
        if isinstance(watched, QLineEdit) and event.type() is QEvent.Type.FocusOut:
            if not self._offered.underMouse():  # a finger on an offer is to reach it
                self._offered.hide()
        elif isinstance(watched, QLineEdit) and event.type() is QEvent.Type.FocusIn:
            if not watched.text().strip():  # what is written stays, whoever passes by
                self._offer(watched)
        elif (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
        ):
            if event.key() != Qt.Key.Key_Escape:
                self.go_on_filling_in()
            return self._line_key(watched, event)
        return super().eventFilter(watched, event)

    def _line_key(self, line: QLineEdit, event: QKeyEvent) -> bool:
        if self._offered.takes_digit(line, event):
            return True
        if self._offered.offers_for(line):
            if event.key() in _TAKING:
                self._offered.take_marked()
            elif self._offered.takes(event):
                return True
        if event.key() not in _ENTER:
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not (control and event.isAutoRepeat()):
            self._go_on(control=control)
        return True

    def _offer(self, line: QLineEdit) -> None:
        """What fits to what is typed, without looking at diacritics; all while that is nothing."""
        typed, offers = fold(line.text().strip()), self._offers.get(line, ())
        found = [offer for offer in offers if typed in fold(offer)]
        rows = [Row(offer, partial(line.setText, offer)) for offer in found]
        if not typed:
            self._offered.show_numbered(line, rows)
            return
        rows, found = rows[:_MOST_OFFERS], found[:_MOST_OFFERS]
        self._offered.show_below(line, rows, meant(line.text(), found))

    def _go_on(self, *, control: bool = False) -> None:
        if control or self.enter_takes_it:
            self.entered.emit()
        else:
            self.focusNextPrevChild(True)  # noqa: FBT003  (Qt's own)

    def grid(self) -> QGridLayout:
        """An empty grid of fields."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.setVerticalSpacing(self.theme.px(8))
        return grid

    def line(self, name: str, caption: str, offers: Sequence[str] = ()) -> QWidget:
        """A line under its caption."""
        line = self.lines[name] = QLineEdit()
        line.setMinimumHeight(self.theme.px(44))
        line.setMaxLength(_LONGEST)
        line.installEventFilter(self)
        if offers:
            self._offers[line] = offers
            line.textEdited.connect(lambda _typed: self._offer(line))
        return self.field(name, caption, line)

    def who(self, words: Words, offers: Offers) -> QGridLayout:
        """Who it is and where they go."""
        grid = self.grid()
        grid.addWidget(self.line("name", words("late.name")), 0, 0, 1, 2)
        grid.addWidget(self.line("birth", words("late.birth")), 1, 0)
        grid.addWidget(self.line("phone", words("late.phone")), 1, 1)
        grid.addWidget(self.line("id_number", words("late.id_number")), 2, 0, 1, 2)
        grid.addWidget(self.line("unit", words("late.unit"), offers.units), 3, 0)
        grid.addWidget(self.line("host", words("late.host"), offers.hosts), 3, 1)
        grid.addWidget(self.line("purpose", words("late.purpose"), offers.purposes), 4, 0, 1, 2)
        grid.setRowStretch(5, 1)
        return grid

    def field(self, name: str, caption: str, answer: QWidget) -> QWidget:
        """Any other control under its caption."""
        words = self.captions[name] = FaultCaption(caption)
        words.setBuddy(answer)
        answer.setAccessibleName(caption)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(2))
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(answer)
        return cell

    def tell(self, faults: Mapping[str, str]) -> None:
        """What is wrong, by field; the first line with a fault gets the focus."""
        for name, caption in self.captions.items():
            caption.tell(faults.get(name, ""))
        for name, line in self.lines.items():
            line.setProperty("fault", name in faults)
            QApplication.style().unpolish(line)
            QApplication.style().polish(line)
        if first := next((name for name in self.lines if name in faults), None):
            self.lines[first].setFocus()
            self.lines[first].selectAll()


def said_of(person: Person) -> Mapping[str, str]:
    """What stands in the lines of `who` for somebody."""
    born = person.birth_date
    return {
        "name": person.name,
        "birth": f"{born:%d/%m/%Y}" if born else str(person.birth_year or ""),
        "phone": person.phone,
        "id_number": person.id_number,
    }
