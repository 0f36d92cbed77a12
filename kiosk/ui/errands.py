"""What a key or a press asks for beyond the checklist: sheets to answer, pages to print."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kiosk.domain.desk import (
    OutOfOrder,
    Recording,
    Remeasure,
    Screening,
    accepts_scans,
)
from kiosk.domain.payload import parse
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Known
from kiosk.services.back_office import BackOffice
from kiosk.services.day_log import DayLog
from kiosk.services.guest_form import GuestForm
from kiosk.services.rungs_read import RungsRead
from kiosk.services.scan_tracker import Scan
from kiosk.services.test_page import size_label
from kiosk.ui.asking import Ask
from kiosk.ui.camera_sheet import CameraSheet
from kiosk.ui.decision_errands import DecisionErrands
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.guest_desk import GuestDesk
from kiosk.ui.guest_form import GuestFormSheet
from kiosk.ui.guest_offers import FormDesk
from kiosk.ui.late_errands import LateErrands
from kiosk.ui.late_sheet import LateSheet
from kiosk.ui.line_sheet import CodeSheet
from kiosk.ui.log_page import LogPage
from kiosk.ui.papers import Papers
from kiosk.ui.print_desk import PrintDesk
from kiosk.ui.print_errands import PrintErrands
from kiosk.ui.right_errands import RightErrands
from kiosk.ui.second_look import SecondLook
from kiosk.ui.sheet_place import SheetPlace
from kiosk.ui.sheets import OF_THE_WINDOW, Sheet
from kiosk.ui.staff_sheets import TakeBackSheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.undoing import Undoing
from kiosk.ui.worker import Worker


class Errands(QObject):
    """Opens one sheet at a time over the window.

    Signals:
        told: key, Tone and values of a sentence, for the notice.

    Attributes:
        late, rights: entered afterwards; what people may ask for about a line.
        papers, printing: printed on request; slips, staff and the queue.
        undoing, deciding: lines of the log reversed; what is asked before Enter decides.
    Thread: the screen's.
    """

    told = Signal(str, object, object)

    def __init__(
        self,
        window: QWidget,
        controller: DeskController,
        office: Worker[BackOffice],
        print_desk: PrintDesk,
        furnishing: Furnishing,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._office = office
        self._furnishing = furnishing
        self._clock = clock
        self.place = SheetPlace(controller)
        self._rungs = RungsRead()
        self.theme: Theme
        self.speech: Speech
        ask = Ask(window, self.place, lambda: (self.theme, self.speech.words))
        self._choose, self._ask_line = ask.choose, ask.line
        self.papers = Papers(
            *(ask, lambda: self.speech, office, print_desk, furnishing),
            *(controller.rules, clock, lambda _problem: self._tell("desk.no_answer", Tone.REFUSE)),
        )
        self.printing = PrintErrands(
            *(ask, self.papers, lambda: self.speech, office, print_desk),
            *(furnishing, clock),
        )
        self.printing.told.connect(self.told)
        self._guests = GuestDesk(controller)
        self._guests.form_begun.connect(self.printing.form_begun)
        self._guests.slip_issued.connect(self.printing.slip_issued)
        self._guests.form_failed.connect(self._form_failed)
        self._guests.group_passed.connect(self._group_passed)
        self.late = LateErrands(
            *(window, self.place, lambda: (self.theme, self.speech), controller, office),
            *(furnishing, clock),
        )
        self.late.told.connect(self.told)
        self.rights = RightErrands(
            *(window, self.place, lambda: (self.theme, self.speech), office, furnishing)
        )
        self.rights.told.connect(self.told)
        self.rights.changed.connect(controller.newest.refresh)
        self.deciding = DecisionErrands(ask, controller, clock)
        look_again = SecondLook(controller, office, self._tell).look
        for changed in (
            *(controller.newest.undone, self.late.entered, self.rights.changed),
            self.printing.staff.changed,
        ):
            changed.connect(look_again)
        self.undoing = Undoing(
            *(ask, controller, lambda: self.speech, clock, self._tell, self.rights)
        )

    @property
    def busy(self) -> bool:
        """Whether a sheet waits for its answer."""
        return self.place.sheet is not None

    def headroom(self) -> QRect | None:
        """Where a notice covers nothing but the heading of a sheet; None without a sheet."""
        return None if self.place.sheet is None else self.place.sheet.headroom()

    def keeps(self, event: QKeyEvent) -> bool:
        """Whether a key that reached the window belongs to the sheet that covers it."""
        if self.place.sheet is None or event.key() in OF_THE_WINDOW:
            return False
        self.place.sheet.setFocus()
        return True

    def take_scan(self, scan: Scan) -> bool:
        """A code was shown: it fills in the open form, or is what was to be typed, or is served.

        Nobody's (False) is one of a test page, whose size is told, any while the camera is checked
        and one to be taken back. Any other sheet has to be answered first; the code waits.
        """
        form = self.place.sheet
        if isinstance(form, CameraSheet | TakeBackSheet):
            return form.take_code(scan.payload) if isinstance(form, TakeBackSheet) else False
        if rungs := self._rungs.take(scan):
            sizes = [size_label(step, self.speech.words) for step in rungs]
            self.told.emit("test_page.reached", Tone.PLAIN, {"sizes": ", ".join(sizes)})
            return False
        if isinstance(form, GuestFormSheet) and (person := parse(scan.payload).person):
            if form.take_document(person):
                self._tell("form.filled_in")
            else:
                self._controller.scan(scan)
                self._tell("form.somebody_else")
        elif isinstance(form, LateSheet):
            self.late.fill_in(form, scan.payload)
        else:
            if isinstance(form, CodeSheet) and accepts_scans(self._controller.state):
                form.dismiss()
            self._controller.scan(scan)
        return True

    # --- the desk's errands

    def take_guest(self) -> None:
        """The form of a guest without a phone."""
        if self._controller.at_rest:
            self.place.open(self._guest_form)

    def _guest_form(self) -> Sheet:
        today = self._clock.now().astimezone(self.speech.zone).date()
        places = (self._controller.rules, self._furnishing, today)
        desk = FormDesk(*places, self._find_known, self._find_wards, self._guests.show_visitor)
        words = self.speech.words
        return GuestFormSheet(self.theme, self._window, words, desk, self._guests.take_form)

    def _find_known(self, typed: str, found: Callable[[Sequence[Known]], None]) -> None:
        """Whoever is remembered; where the file does not answer, nobody is offered."""
        self._office.ask(lambda office: office.consents.find(typed), found, lambda _problem: None)

    def _find_wards(self, province: str, found: Callable[[Sequence[str]], None]) -> None:
        self._office.ask(lambda o: o.declarations.wards(province), found, lambda _problem: None)

    def _group_passed(self, admitted: int, others: int) -> None:
        tone = Tone.REFUSE if others else Tone.PLAIN
        self.told.emit("form.group_passed", tone, {"admitted": admitted, "others": others})

    def _form_failed(self, form: GuestForm) -> None:
        """The file did not take the form: here it is again, as it was filled in."""
        self.place.bring_back(self._guest_form, form)

    def type_code(self) -> None:
        """A slip's number or a document number, typed."""
        if self._controller.at_rest:
            self.place.open(self._code_sheet)

    def _code_sheet(self) -> Sheet:
        words, typed = self.speech.words, self._controller.type_code
        return CodeSheet(self.theme, self._window, words, typed)

    def choose_place(self, name: str) -> None:
        """Unit, host or purpose, from the office's lists or typed."""
        if not isinstance(self._controller.state, Screening | Remeasure):
            return
        self._ask_line(
            lambda words: (words(f"desk.sheet.{name}_title"), ""),
            getattr(self._furnishing.offers, f"{name}s"),
            lambda value: self._direct(name, value),
        )

    def _direct(self, name: str, value: str) -> None:
        """A digit for which there was no offer is nobody's name."""
        if any(letter.isalpha() for letter in value):
            self._controller.direct(name, value)
        else:
            self._tell("desk.no_such_number")

    def quit(self, go: Callable[[], None]) -> None:
        """Ask before the desk is closed; what is being filled in is not thrown away."""
        state = self._controller.state
        if self.place.holds_something:
            self._tell("form.close_first")
            return
        if isinstance(state, Screening | Remeasure | Recording):
            self._tell("desk.serve_first")  # a fever that was measured would be lost
            return
        said = "unwritten_words" if isinstance(state, OutOfOrder) else "quit_words"
        self.place.close()
        self._choose(
            lambda words: (words("desk.sheet.quit_title"), words(f"desk.sheet.{said}")),
            lambda words: [words("desk.sheet.quit_go")],
            lambda _number: go(),
        )

    def fill(self, log: LogPage, day: date, words: str) -> None:
        """Fetch a day for the page that shows it."""

        def fetched(found: DayLog) -> None:
            if isValid(log):  # it may have been made anew meanwhile, and has asked again
                log.show_day(found, self.speech)

        self._office.ask(
            lambda office: office.day(day, words),
            fetched,
            lambda _problem: self._tell("desk.no_answer", Tone.REFUSE),
        )

    def _tell(self, key: str, tone: Tone = Tone.PLAIN) -> None:
        self.told.emit(key, tone, {})
