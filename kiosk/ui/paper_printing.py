"""Asks where to print, fetches what goes on the page, and hands it to the print desk."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from kiosk.ports.clock import Clock
from kiosk.ports.document import Document, Paper
from kiosk.ports.print_jobs import Printed
from kiosk.services.back_office import BackOffice
from kiosk.ui.asking import Ask
from kiosk.ui.desk_words import Speech
from kiosk.ui.print_desk import Errand, PrintDesk
from kiosk.ui.worker import Worker

Answer = TypeVar("Answer")


class PaperPrinting:
    """The way of every paper that is asked for.

    Attributes:
        last: the printer that was chosen last, "" for a PDF file; None before the first.
    Thread: the screen's.
    """

    def __init__(
        self,
        ask: Ask,
        speech: Callable[[], Speech],
        office: Worker[BackOffice],
        print_desk: PrintDesk,
        rolls: Mapping[str, Paper],
        clock: Clock,
        not_read: Callable[[Exception], None],
    ) -> None:
        self._choose = ask.choose
        self._speech = speech
        self._office = office
        self._print_desk = print_desk
        self._rolls = rolls
        self._clock = clock
        self._not_read = not_read
        self.last: str | None = None

    @property
    def roll(self) -> Paper | None:
        """Of the chosen printer, where it has one."""
        return self._rolls.get(self.last or "")

    def print(
        self,
        printed: Printed,
        subject: str,
        fetch: Callable[[BackOffice], Answer],
        page: Callable[[Answer, datetime], Document],
        named: str = "",
    ) -> None:
        """Ask where, fetch what goes on the page, and print it."""
        self.choose_printer(lambda: self.put(printed, subject, fetch, page, named))

    def put(
        self,
        printed: Printed,
        subject: str,
        fetch: Callable[[BackOffice], Answer],
        page: Callable[[Answer, datetime], Document],
        named: str = "",
    ) -> None:
        """Fetch what goes on the page, and print it where was chosen."""

        def fetched(answer: Answer) -> None:
            now = self._clock.now()
            name = named or f"{now.astimezone(self._speech().zone):%Y-%m-%d-%H%M%S}"
            errand = Errand(page(answer, now), printed, subject, f"{printed}-{name}.pdf")
            self._print_desk.print(errand, self.last or "")

        self._office.ask(fetch, fetched, self._not_read)

    def choose_printer(self, go: Callable[[], None]) -> None:
        """Ask where; the printer used last is Enter's."""
        wanted = self._print_desk.target if self.last is None else self.last
        names = self.places(wanted)

        def chosen(number: int) -> None:
            self.last = names[number]
            go()

        self._choose(
            lambda words: (words("desk.sheet.print_title"), ""),
            lambda words: [name or words("desk.sheet.print_to_pdf") for name in names],
            chosen,
            marked=0,
        )

    def places(self, first: str) -> list[str]:
        """The printers and, as "", the PDF file; `first` before the others."""
        names = [*self._print_desk.printers.names, ""]
        return sorted(names, key=lambda name: name != first)
