"""Everything inside the window that is made anew when its scale or its light changes."""

from datetime import date

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_page import DeskPage
from kiosk.ui.errands import Errands
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.log_page import LogPage
from kiosk.ui.print_errands import PrintErrands
from kiosk.ui.print_page import PrintPage
from kiosk.ui.theme import DARK, Theme
from kiosk.ui.top_bar import TopBar
from kiosk.ui.visitor_view import VisitorView


class Pages(QWidget):
    """The bar and the pages below it, one of them in sight."""

    def __init__(
        self, theme: Theme, controller: DeskController, furnishing: Furnishing, today: date
    ) -> None:
        super().__init__()
        dark, mirrored = theme.palette is DARK, furnishing.mirrored
        self._printing: PrintErrands | None = None
        self.bar = TopBar(theme, furnishing.office, furnishing.desk, dark=dark)
        self.desk = DeskPage(theme, controller, mirrored=mirrored)
        self.log = LogPage(theme, today)
        self.print = PrintPage(theme)
        self.visitor = VisitorView(theme, controller, mirrored=mirrored)
        self._pages = {
            "desk": self.desk,
            "log": self.log,
            "print": self.print,
            "visitor": self.visitor,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)

    def serve(self, errands: Errands) -> None:
        """Let the pages' buttons open the sheets of `errands`."""
        self._printing = printing = errands.printing
        printing.changed.connect(self._show_prints)
        page = self.print
        page.wanted.connect(printing.look)
        page.wanted.connect(self._show_prints)
        page.paper_asked.connect(printing.paper)
        page.target_asked.connect(printing.choose_target)
        page.again_asked.connect(printing.again)
        page.elsewhere_asked.connect(printing.elsewhere)
        page.file_asked.connect(printing.to_file)
        page.cancel_asked.connect(printing.cancel)
        page.folder_asked.connect(printing.show_folder)
        self.desk.guest_asked.connect(errands.take_guest)
        self.desk.typed_asked.connect(errands.type_code)
        self.desk.reprint_asked.connect(errands.printing.reprint)
        self.desk.undo_asked.connect(errands.undoing.last)
        self.desk.screening.place_asked.connect(errands.choose_place)
        self.desk.screening.refuse_asked.connect(errands.deciding.refuse)
        self.desk.screening.aside_asked.connect(errands.deciding.put_aside)
        self.desk.screening.confirm_asked.connect(errands.deciding.confirm)
        self.desk.screening.same_asked.connect(errands.deciding.same_person)
        self.log.wanted.connect(lambda day, words: errands.fill(self.log, day, words))
        self.log.register_asked.connect(errands.papers.register)
        self.log.inside_asked.connect(errands.papers.inside)
        self.log.undo_asked.connect(errands.undoing.visit)
        self.log.left_asked.connect(errands.late.enter_departure)
        self.log.undone_marked.connect(errands.undoing.undone_already)
        self.log.forgotten_asked.connect(errands.late.enter)

    def turn_to(self, name: str) -> None:
        """Show one page; the visitor's side has no bar."""
        self._stack.setCurrentWidget(self._pages[name])
        self.bar.setVisible(name != "visitor")
        self._show_prints()

    def room(self, name: str) -> QRect:
        """Where a notice covers lines of a list and no button, in the window's coordinates."""
        lists = {"desk": self.desk.lines, "log": self.log.table, "print": self.print.table}
        place = lists.get(name, self)
        return QRect(place.mapTo(self.window(), QPoint(0, 0)), place.size())

    def _show_prints(self) -> None:
        """The number of a slip that did not come out; the queue, where it is in sight."""
        if self._printing is not None:
            self.desk.show_unprinted(self._printing.unprinted())
            if self.print.isVisible():
                self._printing.fill(self.print)
