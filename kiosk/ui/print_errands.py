"""What is printed on request: the slip, the register of a day, who is inside."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from kiosk.domain.log import Visit
from kiosk.ports.clock import Clock
from kiosk.ports.print_jobs import Printed
from kiosk.services.back_office import BackOffice
from kiosk.services.declaration import Issued
from kiosk.services.inside_list import inside_document
from kiosk.services.register import register_document
from kiosk.services.slip import slip_content, visitor_slip
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
    Thread: the screen's.
    """

    told = Signal(str, object, object)

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
        self._last_slip: Errand | None = None
        print_desk.done.connect(self._printed)
        print_desk.failed.connect(self._failed)

    def slip_issued(self, issued: Issued) -> None:
        """A guest's form was taken: its slip, at once where the settings say so."""
        speech = self._speech()
        document = visitor_slip(
            slip_content(issued), self._furnishing.office, speech.words, speech.second
        )
        said = speech.words("desk.what_slip", number=issued.number)
        name = f"slip-{issued.day.isoformat()}-{issued.number}.pdf"
        self._last_slip = Errand(document, Printed.SLIP, said, name, issued.who.credential_id)
        if self._furnishing.prints_slip:
            self._print_desk.print(self._last_slip)

    def reprint(self) -> None:
        """The last slip once more."""
        if self._last_slip is None:
            self._tell("desk.no_slip")
        else:
            self._print_desk.print(self._last_slip)

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
            said = speech.words("desk.what_register")
            name = f"register-{day.isoformat()}.pdf"
            self._print_desk.print(Errand(document, Printed.REGISTER, said, name))

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
            said = speech.words("desk.what_inside")
            name = f"inside-{now.astimezone(speech.zone):%Y-%m-%d-%H%M%S}.pdf"
            self._print_desk.print(Errand(document, Printed.CLOSING, said, name))

        self._choose_printer(lambda: self._office.ask(fetch, fetched, self._not_read))

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

    def _printed(self, errand: Errand, where: str) -> None:
        key = "desk.print_ok" if self._print_desk.target else "desk.print_pdf"
        self._tell(key, what=errand.said, where=where)

    def _failed(self, errand: Errand) -> None:
        again = "desk.print_failed" if errand is self._last_slip else "desk.print_failed_page"
        self._tell(again, Tone.REFUSE, what=errand.said)

    def _not_read(self, _problem: Exception) -> None:
        self._tell("desk.no_answer", Tone.REFUSE)

    def _tell(self, key: str, tone: Tone = Tone.PLAIN, **values: str) -> None:
        self.told.emit(key, tone, values)
