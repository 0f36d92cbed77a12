"""The log of a day: search, undo, print."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.admission import Verdict
from kiosk.domain.log import Closing, Visit, of_somebody
from kiosk.domain.person import mask_number
from kiosk.services.day_log import DayLog
from kiosk.services.inside_list import clock
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import Text, printable
from kiosk.ui.desk_words import Speech
from kiosk.ui.line_table import LineTable
from kiosk.ui.list_words import named
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words, clock_time, degrees

_COLUMNS = ("in", "out", "name", "number", "unit", "purpose", "temperature", "verdict")
_WIDTHS = (80, 124, 220, 156, 230, 148, 110)
_LONGEST_SEARCH = 200
Index = QModelIndex | QPersistentModelIndex


class VisitsModel(QAbstractTableModel):
    """Visits as rows of finished, plain texts."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._visits: Sequence[Visit] = ()
        self._rows: list[tuple[str, ...]] = []
        self._titles: tuple[str, ...] = ("",) * len(_COLUMNS)

    def show_visits(self, visits: Sequence[Visit], speech: Speech) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._visits = visits
        self._titles = tuple(speech.words(f"desk.log.col_{name}") for name in _COLUMNS)
        self._rows = [_cells(visit, speech) for visit in visits]
        self.endResetModel()

    def visit(self, row: int) -> Visit:
        """The visit of a row."""
        return self._visits[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Rows at the top."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Always the same columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, and the verdict's colour."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index.row(), index.column())
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The columns' titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def _colour(self, row: int, column: int) -> QColor | None:
        verdict = self._visits[row].arrival.draft.verdict
        if _COLUMNS[column] == "verdict" and verdict is not Verdict.ADMIT:
            name = "refer" if verdict is Verdict.REFER else "refuse"
            return self._theme.colour(name)
        if _COLUMNS[column] == "out" and self._visits[row].inside:
            return self._theme.colour("brand")
        return None


def _cells(visit: Visit, speech: Speech) -> tuple[str, ...]:
    words, draft = speech.words, visit.arrival.draft
    identity, health = draft.identity, draft.health
    place = identity.destination if identity else None
    readings = health.readings if health else ()
    cells = (
        clock_time(draft.occurred_at, speech.zone),
        _left(visit, speech),
        named(visit.arrival, words),
        mask_number(identity.person.id_number) if identity else "",
        " · ".join(part for part in (place.unit, place.host) if part) if place else "",
        place.purpose if place else "",
        "  ".join(degrees(reading, words.language) for reading in readings),
        _verdict(visit, words),
    )
    return tuple(printable(cell) for cell in cells)


def _left(visit: Visit, speech: Speech) -> str:
    """When somebody left, as far as it was seen; with the day where that is another one."""
    came, left = visit.arrival.draft.occurred_at, visit.departure
    if visit.inside:
        return speech.words("desk.log.still_inside")
    if left is None:
        return ""
    if visit.closing is Closing.UNSEEN:
        return speech.words("paper.closing.unseen")
    return clock(left.draft.occurred_at, came, speech.zone)


def _verdict(visit: Visit, words: Words) -> str:
    draft = visit.arrival.draft
    admitted = draft.verdict is Verdict.ADMIT
    said = words("desk.admit" if admitted else f"reasons.{draft.reason}")
    return f"{said} · {words('late.mark')}" if visit.entered_later else said


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
        forgotten_asked: somebody came and was not entered.
    """

    wanted = Signal(object, str)
    register_asked = Signal(object)
    inside_asked = Signal()
    undo_asked = Signal(object)
    left_asked = Signal(object)
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
        self._model = VisitsModel(theme, self)
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
        self.table.show_model(self._model, self.theme, _WIDTHS)
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
        self.table.leave(self._model.rowCount() - 1)
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
        rows = self.table.selectionModel().selectedRows()
        return self._model.visit(rows[0].row()) if rows else None

    # --- showing

    def show_day(self, found: DayLog, speech: Speech) -> None:
        """Show the lines that were asked for; what is counted is the whole day."""
        words, visits = speech.words, found.visits
        self._model.show_visits(found.lines, speech)
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
            self.table.selectRow(len(found.lines) - 1)
            self.table.scrollToBottom()
