"""What a key or a press asks for beyond the checklist: sheets to answer, pages to print."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.admission import UNDO, refusable
from kiosk.domain.desk import Remeasure, Screening, accepts_scans
from kiosk.domain.log import Entry, Visit
from kiosk.domain.payload import parse
from kiosk.ports.clock import Clock
from kiosk.ports.print_jobs import Printed
from kiosk.services.back_office import BackOffice
from kiosk.services.declaration import GuestForm, Issued
from kiosk.services.inside_list import inside_document
from kiosk.services.register import register_document
from kiosk.services.scan_tracker import Scan
from kiosk.services.slip import slip_content, visitor_slip
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.guest_form import GuestFormSheet
from kiosk.ui.line_sheet import LineSheet
from kiosk.ui.list_words import list_line
from kiosk.ui.print_desk import Errand, PrintDesk
from kiosk.ui.sheet_place import SheetPlace
from kiosk.ui.sheets import NONE_MARKED, ChoiceSheet, Sheet
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words, clock_time
from kiosk.ui.worker import Worker


class Errands(QObject):
    """Opens one sheet at a time over the window.

    Signals:
        told: a key of a sentence, for the notice.
    Thread: the screen's.
    """

    told = Signal(str)

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
        self._print_desk = print_desk
        self._furnishing = furnishing
        self._clock = clock
        self.place = SheetPlace(controller)
        self.theme: Theme
        self.speech: Speech
        controller.slip_issued.connect(self._slip_issued)
        controller.form_failed.connect(self._form_failed)

    @property
    def busy(self) -> bool:
        """Whether a sheet waits for its answer."""
        return self.place.sheet is not None

    def take_scan(self, scan: Scan) -> None:
        """A code was shown: it fills in the open form, or is what was to be typed, or is served.

        Any other sheet has to be answered first; the code waits until then.
        """
        form = self.place.sheet
        if isinstance(form, GuestFormSheet) and (person := parse(scan.payload).person):
            if not form.is_about(person):
                self._controller.scan(scan)
                self.told.emit("form.somebody_else")
                return
            form.fill_in(person)
            self.told.emit("form.filled_in")
            return
        if isinstance(self.place.sheet, LineSheet) and accepts_scans(self._controller.state):
            self.place.sheet.dismiss()
        self._controller.scan(scan)

    # --- the desk's errands

    def take_guest(self) -> None:
        """The form of a guest without a phone."""
        if self._controller.at_rest:
            self.place.open(self._guest_form)

    def _guest_form(self) -> Sheet:
        return GuestFormSheet(
            self.theme,
            self._window,
            self.speech.words,
            self._controller.rules,
            self._furnishing.offers,
            self._today(),
            self._controller.take_form,
        )

    def _form_failed(self, form: GuestForm) -> None:
        """The file did not take the form: here it is again, as it was filled in."""
        self.place.open(self._guest_form)
        if isinstance(self.place.sheet, GuestFormSheet):
            self.place.sheet.put_back(form)

    def type_code(self) -> None:
        """A slip's number or a document number, typed."""

        def make() -> Sheet:
            words = self.speech.words
            question = (words("desk.sheet.typed_title"), words("desk.sheet.typed_help"))
            typed = self._controller.type_code
            return LineSheet(self.theme, self._window, words, question, (), typed)

        if self._controller.at_rest:
            self.place.open(make)

    def choose_place(self, name: str) -> None:
        """Unit, host or purpose, from the office's lists or typed."""
        if not isinstance(self._controller.state, Screening | Remeasure):
            return
        offers = getattr(self._furnishing.offers, f"{name}s")

        def make() -> Sheet:
            return LineSheet(
                self.theme,
                self._window,
                self.speech.words,
                (self.speech.words(f"desk.sheet.{name}_title"), ""),
                offers,
                lambda value: self._controller.direct(name, value),
            )

        self.place.open(make)

    def refuse(self) -> None:
        """Turn the person away, with a reason."""
        if isinstance(self._controller.state, Screening | Remeasure):
            reasons = refusable(self._controller.rules)
            self._choose(
                lambda words: (words("desk.sheet.refuse_title"), ""),
                lambda words: [words(f"reasons.{reason}") for reason in reasons],
                lambda number: self._controller.turn_away(reasons[number]),
            )

    def undo_last(self) -> None:
        """Reverse the newest line that is not a correction or corrected already."""
        overview = self._controller.overview
        newest = overview.reversible if overview else None
        if newest is None or overview is None:
            self.told.emit("desk.nothing_to_undo")
            return
        self._ask_undo(newest, list_line(newest, overview, self.speech).title)

    def undo_visit(self, visit: Visit) -> None:
        """Reverse the last step of a visit: its departure if it has one, else its arrival."""
        identity = visit.arrival.draft.identity
        name = identity.person.name if identity else self.speech.words("desk.entry_unknown")
        self._ask_undo(visit.departure or visit.arrival, name)

    def _ask_undo(self, entry: Entry, name: str) -> None:
        time = clock_time(entry.draft.occurred_at, self.speech.zone)
        self._choose(
            lambda words: (
                words("desk.sheet.undo_title"),
                words("desk.sheet.undo_what", name=name, time=time),
            ),
            lambda words: [words(f"reasons.{reason}") for reason in UNDO],
            lambda number: self._controller.undo(entry.draft.entry_id, UNDO[number]),
        )

    def quit(self, go: Callable[[], None]) -> None:
        """Ask before the desk is closed; a form that is being filled in is not thrown away."""
        if isinstance(self.place.sheet, GuestFormSheet):
            self.told.emit("form.close_first")
            return
        self.place.close()
        self._choose(
            lambda words: (words("desk.sheet.quit_title"), words("desk.sheet.quit_words")),
            lambda words: [words("desk.sheet.quit_go")],
            lambda _number: go(),
        )

    # --- printing

    def reprint(self) -> None:
        """The last slip once more."""
        if self._last_slip is None:
            self.told.emit("desk.no_slip")
        else:
            self._print_desk.print(self._last_slip)

    _last_slip: Errand | None = None

    def print_register(self, day: date) -> None:
        """The register of a day, on a printer that is chosen."""

        def fetch(office: BackOffice) -> tuple[Sequence[Visit], str]:
            return office.day(day), office.logbook.fingerprint()

        def fetched(answer: tuple[Sequence[Visit], str]) -> None:
            visits, fingerprint = answer
            document = register_document(
                visits,
                self._furnishing.office,
                day,
                self._clock.now(),
                fingerprint,
                self.speech.words,
                self.speech.zone,
            )
            said = self.speech.words("desk.what_register")
            name = f"register-{day.isoformat()}.pdf"
            self._print_desk.print(Errand(document, Printed.REGISTER, said, name))

        self._choose_printer(lambda: self._office.ask(fetch, fetched, self._not_read))

    def print_inside(self) -> None:
        """Who is inside, on a printer that is chosen."""

        def fetched(visits: Sequence[Visit]) -> None:
            now = self._clock.now()
            document = inside_document(
                visits, self._furnishing.office, now, self.speech.words, self.speech.zone
            )
            said = self.speech.words("desk.what_inside")
            name = f"inside-{self._local(now):%Y-%m-%d-%H%M%S}.pdf"
            self._print_desk.print(Errand(document, Printed.CLOSING, said, name))

        self._choose_printer(
            lambda: self._office.ask(
                lambda office: office.logbook.inside(), fetched, self._not_read
            )
        )

    def _choose_printer(self, go: Callable[[], None]) -> None:
        names = [*self._print_desk.names, ""]
        if self._print_desk.target in names:  # the one used last comes first
            names.remove(self._print_desk.target)
            names.insert(0, self._print_desk.target)

        def chosen(number: int) -> None:
            self._print_desk.target = names[number]
            go()

        self._choose(
            lambda words: (words("desk.sheet.print_title"), ""),
            lambda words: [name or words("desk.sheet.print_to_pdf") for name in names],
            chosen,
            marked=0,
        )

    def _slip_issued(self, issued: Issued) -> None:
        speech = self.speech
        document = visitor_slip(
            slip_content(issued), self._furnishing.office, speech.words, speech.second
        )
        said = speech.words("desk.what_slip", number=issued.number)
        name = f"slip-{issued.day.isoformat()}-{issued.number}.pdf"
        self._last_slip = Errand(document, Printed.SLIP, said, name, issued.who.credential_id)
        if self._furnishing.prints_slip:
            self._print_desk.print(self._last_slip)

    # --- sheets

    def _choose(
        self,
        question: Callable[[Words], tuple[str, str]],
        choices: Callable[[Words], Sequence[str]],
        chosen: Callable[[int], None],
        marked: int = NONE_MARKED,
    ) -> None:
        def make() -> Sheet:
            words = self.speech.words
            back = words("desk.sheet.cancel")
            asked, answers = question(words), choices(words)
            return ChoiceSheet(self.theme, self._window, asked, answers, chosen, back, marked)

        self.place.open(make)

    def _not_read(self, _problem: Exception) -> None:
        self.told.emit("desk.no_answer")

    def _today(self) -> date:
        return self._local(self._clock.now()).date()

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.speech.zone)
