"""Sheets about staff: the preview of a list, and the code or card to be taken back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView, QWidget

from kiosk.services.staff_import import Planned
from kiosk.services.staff_office import Preview
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import Text, printable
from kiosk.ui.dense_table import DenseTable
from kiosk.ui.line_sheet import LineSheet
from kiosk.ui.sheets import Sheet
from kiosk.ui.staff_words import sentence, totals
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

_WIDTH, _HEIGHT = 1180, 400
_COLUMNS = ("line", "change", "who", "post", "remark")
_WIDTHS = (64, 104, 200, 308)
_SCROLLS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -6,
    Qt.Key.Key_PageDown: 6,
}


class StaffListSheet(Sheet):
    """What a list says, line by line, what must be put right first; kept only after a press."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        name: str,
        preview: Preview,
        keep: Callable[[], None],
    ) -> None:
        super().__init__(theme, over, _WIDTH)
        self._keep = keep
        self._taken = not preview.wrong
        self.title(
            words("cards.desk.preview", file=name),
            words("cards.list.totals", **totals(preview.planned)),
        )
        self.table = self._table(_in_order(preview.planned), words)
        self.column.addWidget(self.table)
        for remark in _remarks(preview, words):
            line = Text("soft")
            line.setWordWrap(True)
            line.say(remark)
            self.column.addWidget(line)
        if self._taken:
            cards = totals(preview.planned)["cards"]
            go = words("cards.desk.keep_and_print" if cards else "cards.desk.keep")
            # it opens by itself when the list was read: Enter may be meant for a temperature
            self.buttons(words, go, self._go, Tone.BRAND, "Ctrl Enter")
            return
        fault = Text("fault")
        fault.setWordWrap(True)
        fault.say(words("cards.list.wrong", count=preview.wrong))
        self.column.addWidget(fault)
        back = ActionButton(theme, "Esc")
        back.say(words("desk.sheet.cancel"))
        back.clicked.connect(self.dismiss)
        self.column.addWidget(back)

    def _table(self, planned: Sequence[Planned], words: Words) -> QTableView:
        px, red = self.theme.px, QColor(self.theme.palette.strong(Tone.REFUSE))
        model = QStandardItemModel(0, len(_COLUMNS), self)
        model.setHorizontalHeaderLabels([words(f"cards.desk.col_{name}") for name in _COLUMNS])
        for one in planned:
            row = [QStandardItem(printable(cell)) for cell in _cells(one, words)]
            for item in row:
                item.setEditable(False)
                if one.change is None:
                    item.setForeground(red)
            model.appendRow(row)
        table = DenseTable(self.theme)
        table.show_model(model, self.theme, _WIDTHS)
        table.setFixedHeight(px(_HEIGHT))
        return table

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Enter keeps the list, arrows move in it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and not event.isAutoRepeat():  # held down since the sheet before
                self._go()
        elif (lines := _SCROLLS.get(Qt.Key(event.key()))) is not None:
            bar = self.table.verticalScrollBar()
            bar.setValue(bar.value() + lines * bar.singleStep())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _go(self) -> None:
        if self._taken:
            self.dismiss()
            self._keep()


class TakeBackSheet(LineSheet):
    """A line into which a code may be shown as well as typed.

    Attributes:
        is_gone: whether it was answered or left.
    """

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        chosen: Callable[[str], None],
        shown: Callable[[str, "TakeBackSheet"], None],
    ) -> None:
        question = words("cards.desk.back_title"), words("cards.desk.back_help")
        super().__init__(theme, over, words, question, (), chosen)
        self._code_shown = shown
        self.is_gone = False

    def dismiss(self) -> None:
        """Go away."""
        self.is_gone = True
        super().dismiss()

    def take_code(self, payload: bytes) -> bool:
        """A code was shown: the sheet stays until it is known; False: nobody is served by it."""
        self._code_shown(payload.decode("utf-8", "replace"), self)
        return False


def _in_order(planned: Sequence[Planned]) -> list[Planned]:
    """What must be put right first, then what something is to be said of, then the others."""
    return sorted(planned, key=lambda one: (one.change is not None, not one.line.findings))


def _cells(one: Planned, words: Words) -> tuple[str, ...]:
    post = one.line.post
    return (
        str(one.line.line),
        words(f"cards.change.{one.change or 'wrong'}"),
        one.line.person.name,
        " · ".join(filter(None, (post.unit, post.position, post.number))),
        " ".join(sentence(finding, words) for finding in one.line.findings),
    )


def _remarks(preview: Preview, words: Words) -> list[str]:
    remarks = []
    if preview.read.skipped:
        skipped = ", ".join(map(str, preview.read.skipped))
        remarks.append(words("cards.list.skipped", lines=skipped))
    if preview.read.unknown_units:
        units = "; ".join(preview.read.unknown_units)
        remarks.append(words("cards.list.unknown_units", units=units))
    if preview.absent:
        remarks.append(words("cards.desk.absent", names=", ".join(preview.absent)))
    return remarks
