"""Errands to the printer: asked, written down, sent or failed, and said in words."""

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kiosk.ports.clock import Clock
from kiosk.ports.document import Document
from kiosk.ports.print_jobs import Printed, PrintJob
from kiosk.ports.printer import Printer
from kiosk.services.back_office import BackOffice
from kiosk.ui.worker import Worker

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to print.

    Attributes:
        document: the page.
        printed: what it is, for the record.
        said: what it is in words, for the notice.
        file_name: of the PDF where there is no printer; no personal data.
        credential_id: whose slip it is, or None.
    """

    document: Document
    printed: Printed
    said: str
    file_name: str
    credential_id: str | None = None


class PrintDesk(QObject):
    """Prints away from the screen's thread; the log is written first, the paper after.

    Signals:
        done: an Errand and where it went: a printer's name or a file's path.
        failed: an Errand.

    Attributes:
        target: a printer's name; "" writes PDF files.
        names: the system's printers, the default one first.
    Thread: the screen's.
    """

    done = Signal(object, str)
    failed = Signal(object)

    def __init__(
        self,
        office: Worker[BackOffice],
        printing: Worker[Printer],
        clock: Clock,
        folder: Path,
        wanted: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._printing = printing
        self._clock = clock
        self._folder = folder
        self.target = wanted
        self.names: tuple[str, ...] = ()
        self.last: Errand | None = None
        printing.ask(lambda printer: tuple(printer.printers()), self._printers_known, self._lost)

    def print(self, errand: Errand) -> None:
        """Print on the chosen printer, or into a PDF file."""
        self.last = errand
        at = self._clock.now()
        self._office.ask(
            lambda office: office.print_jobs.ask(
                errand.printed, self.target, at, credential_id=errand.credential_id
            ),
            lambda job: self._send(errand, job),
            lambda _problem: self._send(errand, None),
        )

    def _printers_known(self, names: tuple[str, ...]) -> None:
        self.names = names
        if not self.target and names:
            self.target = names[0]

    def _send(self, errand: Errand, job: PrintJob | None) -> None:
        """Hand it over; a record that could not be written does not stop the paper."""
        target = self.target
        path = self._folder / errand.file_name

        def work(printer: Printer) -> str:
            if target:
                printer.print_to(target, errand.document)
                return target
            printer.write_pdf(path, errand.document)
            return str(path)

        self._printing.ask(
            work,
            lambda where: self._sent(errand, job, where),
            lambda problem: self._not_sent(errand, job, problem),
        )

    def _sent(self, errand: Errand, job: PrintJob | None, where: str) -> None:
        at = self._clock.now()
        if job is not None:
            self._office.ask(
                lambda office: office.print_jobs.sent(job.job_id, at), _ok, self._lost
            )
        self.done.emit(errand, where)

    def _not_sent(self, errand: Errand, job: PrintJob | None, problem: Exception) -> None:
        _log.warning("not printed: %s", problem)
        at = self._clock.now()
        if job is not None:
            code = type(problem).__name__
            self._office.ask(
                lambda office: office.print_jobs.failed(job.job_id, at, code), _ok, self._lost
            )
        self.failed.emit(errand)

    @staticmethod
    def _lost(problem: Exception) -> None:
        _log.warning("print record: %s", problem)


def _ok(_answer: object) -> None:
    """Nothing more to do."""
