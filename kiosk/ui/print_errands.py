"""What is printed on request: the slip, the register of a day, who is inside."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from kiosk.domain.log import Visit
from kiosk.ports.clock import Clock
from kiosk.ports.document import Document
from kiosk.ports.print_jobs import Printed, PrintJob
from kiosk.services.back_office import BackOffice
from kiosk.services.declaration import Issued
from kiosk.services.inside_list import inside_document
from kiosk.services.print_content import Page, SlipPage
from kiosk.services.register import register_document
from kiosk.services.slip import slip_content, visitor_slip
from kiosk.ui import print_words
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.print_desk import Errand, PrintDesk
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Words
from kiosk.ui.worker import Worker


class Choose(Protocol):
    """Opens a sheet with a question and its answers."""

    def __call__(
        self,
        question: Callable[[Words], tuple[str, str]],
        choices: Callable[[Words], Sequence[str]],
        chosen: Callable[[int], None],
        marked: int,
    ) -> None:
        """Call `chosen` with the number of the answer; the one `marked` is Enter's."""


class PrintErrands(QObject):
    """Asks for the printer, fetches what goes on the page, and says what became of it.

    Signals:
        told: key, Tone and values of a sentence, for the notice.
        changed: a print has come further.
    Thread: the screen's.
    """

    told = Signal(str, object, object)
    changed = Signal()

    def __init__(
        self,
        choose: Choose,
        speech: Callable[[], Speech],
        office: Worker[BackOffice],
        print_desk: PrintDesk,
        furnishing: Furnishing,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._choose = choose
        self._speech = speech
        self._office = office
        self._print_desk = print_desk
        self._furnishing = furnishing
        self._clock = clock
        self._not_asked: Errand | None = None
        following = print_desk.following
        following.lay_out = self._lay_out
        following.done.connect(self._printed)
        following.troubled.connect(self._troubled)
        following.came_out.connect(lambda job: self._tell("printing.came_out", job))
        print_desk.changed.connect(self.changed)
        print_desk.refused.connect(self._not_again)
        print_desk.not_cancelled.connect(
            lambda job: self._tell("printing.not_cancelled", job, Tone.REFUSE)
        )

    def slip_issued(self, issued: Issued) -> None:
        """A guest's form was taken: its slip, at once where the settings say so."""
        page = SlipPage(slip_content(issued), self._speech().words.language.value)
        name = f"slip-{issued.day.isoformat()}-{issued.number}.pdf"
        credential = issued.who.credential_id
        self._not_asked = Errand(page, Printed.SLIP, issued.number, name, credential)
        if self._furnishing.prints_slip:
            self.reprint()

    def unprinted(self) -> tuple[str, str, str]:
        """Title, number and help of the newest slip that is kept from coming out; "" without."""
        found = self._print_desk.unprinted
        if found is None:
            return "", "", ""
        (job, name), words = found, self._speech().words
        _, trouble = print_words.state(job, words)
        told = words("printing.number_help", trouble=trouble)
        return words("printing.number_title"), job.subject, " · ".join(filter(None, (name, told)))

    def reprint(self) -> None:
        """The last slip: for the first time where the settings let it wait, else once more."""
        if self._not_asked is None:
            self._print_desk.last_slip_again()
        else:
            self._print_desk.print(self._not_asked)
            self._not_asked = None

    def register(self, day: date) -> None:
        """The register of a day, on a printer that is chosen."""

        def fetch(office: BackOffice) -> tuple[Sequence[Visit], str]:
            return office.day(day), office.logbook.fingerprint()

        def fetched(answer: tuple[Sequence[Visit], str]) -> None:
            visits, fingerprint = answer
            now, speech = self._clock.now(), self._speech()
            document = register_document(
                visits, self._furnishing.office, day, now, fingerprint, speech.words, speech.zone
            )
            subject = day.isoformat()
            name = f"register-{subject}.pdf"
            self._print_desk.print(Errand(document, Printed.REGISTER, subject, name))

        self._choose_printer(lambda: self._office.ask(fetch, fetched, self._not_read))

    def inside(self) -> None:
        """Who is inside, on a printer that is chosen."""

        def fetch(office: BackOffice) -> Sequence[Visit]:
            return office.logbook.inside()

        def fetched(visits: Sequence[Visit]) -> None:
            now, speech = self._clock.now(), self._speech()
            document = inside_document(
                visits, self._furnishing.office, now, speech.words, speech.zone
            )
            name = f"inside-{now.astimezone(speech.zone):%Y-%m-%d-%H%M%S}.pdf"
            self._print_desk.print(Errand(document, Printed.INSIDE, "", name))

        self._choose_printer(lambda: self._office.ask(fetch, fetched, self._not_read))

    def _choose_printer(self, go: Callable[[], None]) -> None:
        names = [*self._print_desk.printers.names, ""]
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

    def _lay_out(self, page: Page, _printer: str) -> Document:
        """The document of a page: a slip is laid out when it is known where it is printed."""
        if isinstance(page, Document):
            return page
        speech = self._speech()
        first, second = speech.words, speech.second
        if page.language != first.language:
            first, second = second, first
        return visitor_slip(page.content, self._furnishing.office, first, second)

    def _printed(self, job: PrintJob, where: str) -> None:
        self._tell("printing.sent" if job.printer else "printing.file", job, where=where)

    def _troubled(self, job: PrintJob) -> None:
        self.told.emit(f"printing.advice.{job.failure}", Tone.REFUSE, self._values(job))

    def _not_again(self, job: PrintJob | None) -> None:
        if job is None:
            self.told.emit("desk.no_slip", Tone.PLAIN, {})
        else:
            self.told.emit("printing.once", Tone.REFUSE, {"number": job.subject})

    def _not_read(self, _problem: Exception) -> None:
        self.told.emit("desk.no_answer", Tone.REFUSE, {})

    def _tell(self, key: str, job: PrintJob, tone: Tone = Tone.PLAIN, **values: str) -> None:
        self.told.emit(key, tone, self._values(job) | values)

    def _values(self, job: PrintJob) -> dict[str, str]:
        return {"what": print_words.what(job, self._speech().words), "printer": job.printer}
