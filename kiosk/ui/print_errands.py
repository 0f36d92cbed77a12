"""Slips of guests, and the queue of whatever is printed: asked for again, moved, cancelled."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from kiosk.ports.clock import Clock
from kiosk.ports.document import Document
from kiosk.ports.print_jobs import Printed, PrintJob
from kiosk.services.back_office import BackOffice
from kiosk.services.declaration import Issued
from kiosk.services.print_content import Page, SlipPage
from kiosk.services.print_queue import comes_twice
from kiosk.services.slip import slip_content, visitor_slip
from kiosk.ui import print_words
from kiosk.ui.asking import Ask
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.number_card import Unprinted
from kiosk.ui.papers import Papers
from kiosk.ui.print_desk import Errand, PrintDesk
from kiosk.ui.print_page import PrintPage
from kiosk.ui.staff_errands import StaffErrands
from kiosk.ui.theme import Tone
from kiosk.ui.worker import Worker


class PrintErrands(QObject):
    """Asks for the printer, fetches what goes on the page, and says what became of it.

    Signals:
        told: key, Tone and values of a sentence, for the notice.
        changed: a print has come further.
        camera_asked: the camera is to be checked with the test page.
    Thread: the screen's.
    """

    told = Signal(str, object, object)
    changed = Signal()
    camera_asked = Signal()

    def __init__(
        self,
        ask: Ask,
        papers: Papers,
        speech: Callable[[], Speech],
        office: Worker[BackOffice],
        print_desk: PrintDesk,
        furnishing: Furnishing,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._choose = ask.choose
        self.papers = papers
        self._speech = speech
        self._office = office
        self._print_desk = print_desk
        self._furnishing = furnishing
        self._clock = clock
        self._not_asked: list[Errand] = []
        self.staff = StaffErrands(ask, papers, speech, office, print_desk, furnishing)
        self.staff.told.connect(self.told)
        following = print_desk.following
        following.lay_out = self._lay_out
        following.done.connect(self._printed)
        following.troubled.connect(self._troubled)
        following.lost.connect(lambda job: self._tell("printing.lost", job, Tone.REFUSE))
        following.cancelled_there.connect(
            lambda job: self._tell("printing.cancelled_there", job, Tone.REFUSE)
        )
        following.came_out.connect(lambda job: self._tell("printing.came_out", job))
        print_desk.changed.connect(self.changed)
        print_desk.printers.changed.connect(self.changed)
        print_desk.refused.connect(self._not_again)
        print_desk.on_its_way.connect(lambda job: self._tell("printing.on_its_way", job))
        print_desk.not_cancelled.connect(
            lambda job: self._tell("printing.not_cancelled", job, Tone.REFUSE)
        )

    def form_begun(self) -> None:
        """A form was taken: what an earlier one left unasked for is nobody's business now."""
        self._not_asked.clear()

    def slip_issued(self, issued: Issued) -> None:
        """A guest's form was taken: its slip, at once where the settings say so."""
        language = issued.language or self._speech().words.language.value
        page = SlipPage(slip_content(issued), language)
        name = f"slip-{issued.day.isoformat()}-{issued.number}.pdf"
        credential = issued.who.credential_id
        self._not_asked.append(Errand(page, Printed.SLIP, issued.number, name, credential))
        if self._furnishing.prints_slip:
            self.reprint()

    def unprinted(self) -> Unprinted:
        """The slips that are kept from coming out."""
        found, words = self._print_desk.unprinted, self._speech().words
        if not found:
            return Unprinted()
        (job, name), *others = found
        told = words("printing.number_help", trouble=words(f"printing.trouble.{job.failure}"))
        return Unprinted(
            words("printing.number_title"),
            job.subject,
            name,
            words("printing.number_more", count=len(others)) if others else "",
            tuple(" ".join(filter(None, (one.subject, who))) for one, who in others),
            told,
        )

    def reprint(self) -> None:
        """The slips that the settings let wait, a group's too; else the last one once more."""
        if not self._not_asked:
            self._print_desk.last_slip_again()
        else:
            waiting, self._not_asked = self._not_asked, []
            for errand in waiting:
                self._print_desk.print(errand, self._print_desk.target)

    def paper(self, name: str) -> None:
        """What the Print page offers, by its name there."""
        if name == "slip":
            self.reprint()
        elif name == "camera":
            self.camera_asked.emit()
        elif name == "staff":
            self.staff.open()
        elif name == "poster" and not self._furnishing.poster_text:
            self.told.emit("poster.nothing", Tone.REFUSE, {})
        else:
            self.papers.ask(name)

    # --- the queue

    def again(self, job: PrintJob) -> None:
        """Print it once more, or at last, where it was to be printed."""
        if job.printed is Printed.EMERGENCY_SLIPS and comes_twice(job):
            self._numbers_again(job)
        else:
            self._print_desk.again(job, job.printer)

    def _numbers_again(self, job: PrintJob) -> None:
        """Two guests who hold the same number cannot be told apart."""
        answers = (
            lambda: self.papers.ask("emergency"),
            lambda: self._print_desk.again(job, job.printer),
        )
        self._choose(
            lambda words: (words("printing.numbers.title"), words("printing.numbers.why")),
            lambda words: [words("printing.numbers.new"), words("printing.numbers.same")],
            lambda number: answers[number](),
            marked=0,
        )

    def elsewhere(self, job: PrintJob) -> None:
        """Print it on a printer that is chosen."""
        places = self.papers.printing.places(self._print_desk.target)
        names = [name for name in places if name != job.printer]
        if not names:
            self._tell("printing.no_other", job)
            return
        self._choose(
            lambda words: (words("desk.sheet.print_title"), print_words.what(job, words)),
            lambda words: [name or words("desk.sheet.print_to_pdf") for name in names],
            lambda number: self._print_desk.again(job, names[number]),
            marked=0,
        )

    def to_file(self, job: PrintJob) -> None:
        """Write it as a PDF file."""
        self._print_desk.again(job, "")

    def cancel(self, job: PrintJob) -> None:
        """Print it no more."""
        if job.waits:
            self._print_desk.cancel(job)
        else:
            self._tell("printing.nothing_to_cancel", job)

    def choose_target(self) -> None:
        """Where slips are printed from now on."""
        names = self.papers.printing.places(self._print_desk.target)

        def chosen(number: int) -> None:
            self._print_desk.target = names[number]
            self.changed.emit()

        self._choose(
            lambda words: (words("printing.target_title"), ""),
            lambda words: [name or words("desk.sheet.print_to_pdf") for name in names],
            chosen,
            marked=0,
        )

    def show_folder(self) -> None:
        """Where the PDF files are, in the system's file manager.

        The folder is named all the same: what shows it may be gone, and nobody tells.
        """
        where = {"folder": str(self._print_desk.folder)}
        self._print_desk.show_folder(
            lambda: self.told.emit("printing.folder_shown", Tone.PLAIN, where),
            lambda: self.told.emit("printing.folder_not_shown", Tone.REFUSE, where),
        )

    def look(self) -> None:
        """Ask the printers how they are."""
        self._print_desk.printers.ask()

    def fill(self, page: PrintPage) -> None:
        """Show the queue and the printers on their page."""

        def fetched(jobs: Sequence[PrintJob]) -> None:
            self._print_desk.left.take_up(jobs)
            if isValid(page):  # it may have been made anew meanwhile, and has asked again
                page.show_queue(jobs, self._clock.now(), self._speech())

        desk = self._print_desk
        page.show_printers(desk.printers, desk.target, str(desk.folder), self._speech().words)
        self._office.ask(lambda office: office.recent_prints(), fetched, self.not_read)

    def _lay_out(self, page: Page, job: PrintJob) -> Document:
        """The document of a page: a slip is laid out when it is known where it is printed."""
        if isinstance(page, Document):
            return page
        speech = self._speech()
        first, second = speech.words, speech.second
        if page.language != first.language:
            first, second = second, first
        paper = self._furnishing.rolls.get(job.printer, self._furnishing.slip_paper)
        office = self._furnishing.office
        return visitor_slip(page.content, office, first, second, paper, job.reprints)

    def _printed(self, job: PrintJob, where: str) -> None:
        self._tell("printing.sent" if job.printer else "printing.file", job, where=where)

    def _troubled(self, job: PrintJob) -> None:
        self.changed.emit()  # the number is shown with the sentence, not after the next row
        self.told.emit(f"printing.advice.{job.failure}", Tone.REFUSE, self._values(job))

    def _not_again(self, job: PrintJob | None) -> None:
        if job is None:
            self.told.emit("desk.no_slip", Tone.PLAIN, {})
        else:
            self.told.emit("printing.once", Tone.REFUSE, {"number": job.subject})

    def not_read(self, _problem: Exception) -> None:
        """The file did not answer."""
        self.told.emit("desk.no_answer", Tone.REFUSE, {})

    def _tell(self, key: str, job: PrintJob, tone: Tone = Tone.PLAIN, **values: str) -> None:
        self.told.emit(key, tone, self._values(job) | values)

    def _values(self, job: PrintJob) -> dict[str, str]:
        words = self._speech().words
        printer = job.printer or words("printing.pdf")
        return {"what": print_words.what(job, words), "printer": printer}
