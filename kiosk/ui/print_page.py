"""The Print page: how the printers are, what waits, and what can be printed."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ports.print_jobs import PrintJob
from kiosk.ui import print_words
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import StateLight, Text
from kiosk.ui.desk_words import Speech
from kiosk.ui.flow import FittedText, FlowLayout
from kiosk.ui.line_table import LineTable
from kiosk.ui.printer_states import PrinterStates
from kiosk.ui.text_rows import Index, TextRows
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words, clock_time

PAPERS = (
    ("1", "slip", "printer"),
    ("2", "register", "book-open-text"),
    ("3", "copy", "file-text"),
    ("4", "inside", "users"),
    ("5", "closing", "badge-check"),
    ("6", "emergency", "qr-code"),
    ("7", "test", "scan-line"),
    ("8", "invitation", "user"),
    ("9", "poster", "map-pin"),
    ("0", "camera", "camera"),
    ("C", "staff", "users"),
)
"""Key, name and sign of what can be printed, and of the camera check with a test page."""

_COLUMNS = ("what", "printer", "state", "asked")
_WIDTHS = (250, 190, 250)
_PANEL = 360
_SHORT, _USUAL, _LONG = 4, 5, 6  # of the row of actions, by their words
_AGAIN_MS = 5_000
_MOST_PRINTERS = 6
_LONGEST_NAME = 24


class QueueModel(TextRows):
    """Prints, and what has become of each in its colour."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(_COLUMNS, parent)
        self._theme = theme
        self.jobs: Sequence[PrintJob] = ()
        self._tones: list[Tone] = []

    def show_jobs(self, jobs: Sequence[PrintJob], now: datetime, speech: Speech) -> None:
        """Replace the rows."""
        self.jobs = jobs
        words = speech.words
        rows, self._tones = [], []
        for job in jobs:
            tone, said = print_words.state(job, words)
            what = print_words.what(job, words)
            if job.reprints:
                what = words("printing.reprinted", what=what, count=job.reprints)
            asked = words(
                "printing.asked",
                time=clock_time(job.asked_at, speech.zone),
                age=print_words.age(job.asked_at, now, words),
            )
            printer = job.printer or words("printing.pdf")
            rows.append((what[:1].upper() + what[1:], printer, said, asked))
            self._tones.append(tone)
        self.show_rows([words(f"printing.column.{name}") for name in _COLUMNS], rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, and the state's colour."""
        if role == Qt.ItemDataRole.ForegroundRole and _COLUMNS[index.column()] == "state":
            tone = self._tones[index.row()]
            return None if tone is Tone.PLAIN else QColor(self._theme.palette.strong(tone))
        return super().data(index, role)


class PrintPage(QWidget):
    """Printers and queue at the left, what can be printed at the right.

    Signals:
        wanted: show the queue and ask the printers; answered by `show_queue`, `show_printers`.
        paper_asked: a name of `PAPERS`.
        target_asked: slips are to be printed elsewhere.
        again_asked, elsewhere_asked, file_asked, cancel_asked: the marked PrintJob.
        folder_asked: where the PDF files are is to be seen.
    """

    wanted = Signal()
    paper_asked = Signal(str)
    target_asked = Signal()
    again_asked = Signal(object)
    elsewhere_asked = Signal(object)
    file_asked = Signal(object)
    cancel_asked = Signal(object)
    folder_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.theme = theme
        self._title = Text("title")
        self._summary = Text("soft")
        self._papers_title = Text("title")
        self._none = FittedText("soft", 3)
        self._target = ActionButton(theme, "T")
        self._lights = FlowLayout(theme.px(16))
        self.table = LineTable()
        self._model = QueueModel(theme, self)
        self._actions = {
            "again": (ActionButton(theme, "Enter"), "printer", self.again_asked),
            "elsewhere": (ActionButton(theme, "M"), "log-out", self.elsewhere_asked),
            "file": (ActionButton(theme, "L"), "arrow-down-to-line", self.file_asked),
            "cancel": (ActionButton(theme, "Del"), "x", self.cancel_asked),
        }
        self._folder = ActionButton(theme, "O")
        self._papers = {name: ActionButton(theme, key) for key, name, _ in PAPERS}
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.wanted.emit)
        self._lay_out()
        self._target.clicked.connect(self.target_asked.emit)

    def _lay_out(self) -> None:
        px = self.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(16), px(24), px(16))
        row.setSpacing(px(16))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self._title)
        titles.addWidget(self._summary)
        head.addLayout(titles)
        head.addStretch(1)
        self._target.icon_name = "printer"
        self._target.setFixedWidth(px(420))
        head.addWidget(self._target)
        left.addLayout(head)
        left.addLayout(self._lights)
        left.addWidget(self._none)
        self.table.show_model(self._model, self.theme, _WIDTHS)
        left.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        for name, (button, icon, _) in self._actions.items():
            button.icon_name = icon
            button.clicked.connect(lambda _=False, name=name: self.act(name))
            foot.addWidget(button, _SHORT if name == "cancel" else _USUAL)
        self._folder.icon_name = "folder-open"
        self._folder.clicked.connect(self.folder_asked.emit)
        foot.addWidget(self._folder, _LONG)
        left.addLayout(foot)
        row.addLayout(left, 1)
        row.addWidget(self._panel())

    def _panel(self) -> QWidget:
        px = self.theme.px
        panel = QWidget()
        panel.setFixedWidth(px(_PANEL))
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._papers_title)
        for _, name, icon in PAPERS:
            button = self._papers[name]
            button.icon_name = icon
            button.clicked.connect(lambda _=False, name=name: self.paper_asked.emit(name))
            column.addWidget(button)
        column.addStretch(1)
        return panel

    def act(self, name: str) -> None:
        """Do something about the marked print: a name of the row of buttons."""
        rows = self.table.selectionModel().selectedRows()
        if rows:
            _, _, asked = self._actions[name]
            asked.emit(self._model.jobs[rows[0].row()])

    def step_back(self) -> bool:
        """Escape: leave the line that a hand has marked; False where there is none to leave."""
        if not self.table.is_used:
            return False
        self.table.leave(_needing_a_hand(self._model.jobs))
        return True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Look after the printers as long as the page is in sight."""
        super().showEvent(event)
        self._again.start()
        self.wanted.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Leave them alone; the next time the page marks what needs a hand."""
        super().hideEvent(event)
        self.table.by_hand = False
        self._again.stop()

    # --- showing

    def show_printers(
        self, printers: PrinterStates, target: str, folder: str, words: Words
    ) -> None:
        """How each printer is; where slips go."""
        self._lights.clear()
        for name in printers.names[:_MOST_PRINTERS]:
            light = StateLight(self.theme)
            tone, said = print_words.condition(_short(name), printers.conditions.get(name), words)
            light.show_state(tone, said)
            self._lights.addWidget(light)
            light.show()
        self._none.say(words("printing.no_printers", folder=folder))
        self._none.setVisible(not printers.names)
        place = _short(target) if target else words("desk.sheet.print_to_pdf")
        self._target.say(words("printing.target", printer=place))

    def show_queue(self, jobs: Sequence[PrintJob], now: datetime, speech: Speech) -> None:
        """Show what was asked for; what a hand has marked stays marked."""
        words = speech.words
        rows = self.table.selectionModel().selectedRows()
        marked = self._model.jobs[rows[0].row()].job_id if rows else ""
        self._model.show_jobs(jobs, now, speech)
        ids = [job.job_id for job in jobs]
        if jobs:
            stays = self.table.by_hand and marked in ids
            self.table.selectRow(ids.index(marked) if stays else _needing_a_hand(jobs))
        waiting = sum(job.waits for job in jobs)
        self._title.say(words("printing.title"))
        key = "printing.waiting" if waiting else "printing.none_waiting"
        self._summary.say(words(key, count=waiting))
        for name, (button, _, _) in self._actions.items():
            button.say(words(f"printing.act.{name}"))
        self._folder.say(words("printing.folder"))
        self._papers_title.say(words("printing.papers"))
        for name, button in self._papers.items():
            button.say(words(f"printing.paper.{name}"))


def _needing_a_hand(jobs: Sequence[PrintJob]) -> int:
    """The newest that is kept from coming out, else the newest."""
    return next((number for number, job in enumerate(jobs) if job.failure), 0)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
