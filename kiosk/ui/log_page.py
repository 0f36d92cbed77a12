"""The log of a day: search, undo, print."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.log import Undone, Visit, of_somebody
from kiosk.services.day_log import DayLog
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import Text
from kiosk.ui.desk_words import Speech
from kiosk.ui.line_table import LineTable
from kiosk.ui.log_lines import WIDTHS, LinesModel
from kiosk.ui.theme import Theme

_LONGEST_SEARCH = 200


class LogPage(QWidget):
    """One day of visits.

    Attributes:
        day: the day that is shown.
        today: the local day; no later one can be turned to.

    Signals:
        wanted: a day and words to search for; answered by `show_day`.
        register_asked, inside_asked: print.
        undo_asked: the arrival or departure to reverse.
        left_asked: the visit of somebody who has left unseen.
        undone_marked: something was asked for about a line that was undone.
        forgotten_asked: somebody came and was not entered.
    """

    wanted = Signal(object, str)
    register_asked = Signal(object)
    inside_asked = Signal()
    undo_asked = Signal(object)
    left_asked = Signal(object)
    undone_marked = Signal()
    forgotten_asked = Signal()

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.setObjectName("page")
        self.theme = theme
        self.day = today
        self.today = today
        self._title = Text("title")
        self._summary = Text("soft")
        self._empty = Text("soft")
        self.search = QLineEdit()
        self.search.setMaxLength(_LONGEST_SEARCH)
        self._before = ActionButton(theme, "PgUp")
        self._after = ActionButton(theme, "PgDn")
        self._print = ActionButton(theme, "Ctrl P")
        self._inside = ActionButton(theme, "Ctrl I")
        self._undo = ActionButton(theme, "F8")
        self._left = ActionButton(theme, "F9")
        self._forgotten = ActionButton(theme, "F2")
        self.table = LineTable()
        self._model = LinesModel(theme, self)
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self.ask())
        self._before.clicked.connect(lambda: self.turn(-1))
        self._after.clicked.connect(lambda: self.turn(1))
        self._print.clicked.connect(self.ask_register)
        self._inside.clicked.connect(self.inside_asked.emit)
        self._undo.clicked.connect(self.ask_undo)
        self._left.clicked.connect(self.ask_left)
        self._forgotten.clicked.connect(self.forgotten_asked.emit)

    def _lay_out(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(12))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self._title)
        titles.addWidget(self._summary)
        head.addLayout(titles)
        head.addStretch(1)
        for button in (self._before, self._after):
            button.setFixedWidth(px(170))
            head.addWidget(button)
        column.addLayout(head)
        self.search.setMinimumHeight(px(48))
        column.addWidget(self.search)
        self.table.show_model(self._model, self.theme, WIDTHS)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        for button, icon in (
            (self._print, "printer"),
            (self._inside, "users"),
            (self._forgotten, "user"),
            (self._left, "log-out"),
            (self._undo, "undo-2"),
        ):
            button.icon_name = icon
            foot.addWidget(button)
        column.addLayout(foot)

    # --- asking

    def ask(self) -> None:
        """Want the day, or what is searched for in it."""
        self.wanted.emit(self.day, self.search.text())

    def type_on(self, typed: str) -> None:
        """Somebody types without having pressed anywhere: that is searched for."""
        self.search.setFocus()
        self.search.setText(self.search.text() + typed)

    def step_back(self) -> bool:
        """Escape: leave search and marked line; False where there is nothing to leave."""
        searching = bool(self.search.text()) or self.window().focusWidget() is self.search
        if not searching and not self.table.is_used:
            return False
        self.search.clear()
        self.table.leave(self._model.own_row)
        return True

    def turn(self, days: int) -> None:
        """Another day; never one that has not come."""
        self.day = min(self.day + timedelta(days=days), self.today)
        self.ask()

    def forget_search(self) -> None:
        """Whoever comes back finds the whole day, and not what was looked for an hour ago."""
        self.search.clear()

    def go_on_from(self, before: "LogPage") -> None:
        """Show what the page showed in whose place this one has come."""
        self.day = before.day
        self.search.setText(before.search.text())

    def open_on(self, today: date) -> None:
        """Come to this page: the day of today."""
        self.day = self.today = today

    def ask_register(self) -> None:
        """Print this day."""
        self.register_asked.emit(self.day)

    def ask_undo(self) -> None:
        """Reverse the marked line."""
        if visit := self._marked():
            self.undo_asked.emit(visit)

    def ask_left(self) -> None:
        """Enter when the person of the marked line left."""
        if visit := self._marked():
            self.left_asked.emit(visit)

    def _marked(self) -> Visit | None:
        """The visit of the marked line; a line that was undone has nothing more to put right."""
        rows = self.table.selectionModel().selectedRows()
        line = self._model.line(rows[0].row()) if rows else None
        if isinstance(line, Undone):
            self.undone_marked.emit()
            return None
        return line

    # --- showing

    def show_day(self, found: DayLog, speech: Speech) -> None:
        """Show the lines that were asked for; what is counted is the whole day."""
        words, visits = speech.words, found.visits
        self._model.show_lines(found.lines, speech)
        self._title.say(f"{words('desk.log.title')} · {self.day:%d/%m/%Y}")
        inside = sum(visit.inside for visit in visits)
        came = len(of_somebody(visits))
        counts = {"visits": came, "inside": inside, "unknown": len(visits) - came}
        said = words("desk.log.summary", **counts)
        if found.searched:
            said = f"{said} · {words('desk.log.matching', count=len(found.lines))}"
        self._summary.say(said)
        self._empty.say(words("desk.log.nothing_found" if found.searched else "desk.log.empty"))
        self._empty.setVisible(not found.lines)
        self.search.setPlaceholderText(words("desk.log.search"))
        self._before.say(words("desk.log.yesterday"))
        self._after.say(words("desk.log.tomorrow"))
        self._print.say(words("desk.log.print_register"))
        self._inside.say(words("desk.log.print_inside"))
        self._undo.say(words("desk.log.undo"))
        self._left.say(words("late.ask_left"))
        self._forgotten.say(words("late.ask_forgotten"))
        self.table.by_hand = False
        if found.lines:
            self.table.selectRow(self._model.own_row)
            self.table.scrollToBottom()
