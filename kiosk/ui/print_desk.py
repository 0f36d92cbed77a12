"""Where prints are asked for, asked for again and cancelled; the log is written before paper."""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ports.clock import Clock
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.services import print_queue
from kiosk.services.back_office import BackOffice
from kiosk.services.print_content import Page, SlipPage, to_text
from kiosk.services.print_queue import NEVER, Followed
from kiosk.ui.folder_showing import show_folder
from kiosk.ui.left_prints import LeftPrints
from kiosk.ui.print_following import PrintFollowing
from kiosk.ui.printer_states import PrinterStates
from kiosk.ui.printer_threads import FILES, PrinterThreads
from kiosk.ui.worker import Worker

_log = logging.getLogger(__name__)

SEEK_MS = 15_000

Rows = Sequence[Sequence[str]]
ReadRows = Callable[[Path], Rows | str]
"""The rows of a table in a file, or the key of what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to print.

    Attributes:
        page: what stands on it.
        printed: what it is, for the record.
        subject: which one: a slip's number, a register's day; no personal data.
        file_name: of the PDF where there is no printer; no personal data.
        credential_id: whose slip it is, or None.
    """

    page: Page
    printed: Printed
    subject: str
    file_name: str
    credential_id: str | None = None


class PrintDesk(QObject):
    """The desk's prints.

    Signals:
        refused: a PrintJob that is not printed a second time.
        on_its_way: a PrintJob that is being handed over, or waits at its printer, already.
        not_cancelled: a PrintJob that its printer did not give back.
        changed: a print has come further.

    Attributes:
        printers: which there are, and how each is.
        following: what waits, and what is told of it.
        left: what earlier days have left.
        folder: where PDF files go.
    Thread: the screen's.
    """

    refused = Signal(object)
    on_its_way = Signal(object)
    not_cancelled = Signal(object)
    changed = Signal()

    def __init__(
        self,
        office: Worker[BackOffice],
        printing: PrinterThreads,
        clock: Clock,
        folder: Path,
        wanted: str,
        read_rows: ReadRows,
        *,
        once: bool,
        parent: QObject | None = None,
    ) -> None:
        """Begin when the file is open.

        Args:
            office: the file.
            printing: the printers.
            clock: of the desk.
            folder: where PDF files go.
            wanted: the printer that the settings name, or "".
            read_rows: reads a list of the office, or says what is wrong with its file.
            once: whether a slip is never printed twice.
            parent: owner.
        """
        super().__init__(parent)
        self._office = office
        self._printing = printing
        self._clock = clock
        self._read_rows = read_rows
        self._once = once
        self.folder = folder
        self._chosen = wanted or None
        self._default = ""
        self.printers = PrinterStates(printing, clock, self)
        self.following = PrintFollowing(office, printing, self.printers, clock, folder, self)
        self.following.changed.connect(self.changed)
        self.following.ended.connect(self._ended)
        self.printers.found.connect(self._found)
        self.left = LeftPrints(
            office, printing, self.following, clock, folder, once=once, parent=self
        )
        self.left.changed.connect(self.changed)
        self._seeking = QTimer(self)  # the print service may start after the desk
        self._seeking.setInterval(SEEK_MS)
        self._seeking.timeout.connect(self.printers.ask)
        self._seeking.start()
        self.printers.ask()

    @property
    def target(self) -> str:
        """The printer of slips: as chosen, else the system's default; "" writes PDF files."""
        return self._default if self._chosen is None else self._chosen

    @target.setter
    def target(self, printer: str) -> None:
        self._chosen = printer

    def print(self, errand: Errand, printer: str) -> None:
        """Print there, or into a PDF file where no printer is named."""
        job = PrintJob(
            job_id=secrets.token_hex(16),
            printed=errand.printed,
            printer=printer,
            state=PrintState.ASKED,
            asked_at=self._clock.now(),
            subject=errand.subject,
            file_name=errand.file_name,
            credential_id=errand.credential_id,
        )
        followed = Followed(job, NEVER)
        self.following.followed[job.job_id] = followed
        self.following.pages[job.job_id] = errand.page

        def go_on(problem: Exception | None = None) -> None:
            if problem is not None:
                _lost(problem)  # it does not stop the paper
            self.following.hand_over(followed)

        self._office.ask(
            lambda office: office.print_jobs.ask(job, to_text(errand.page)), go_on, go_on
        )

    def again(self, job: PrintJob, printer: str) -> None:
        """Print it once more, or at last, or elsewhere."""
        known = self.following.followed.get(job.job_id)
        followed = known or Followed(job, NEVER)
        now = followed.job
        if known is not None and now.spooled and now.printer == printer:
            # it is in that queue: handed over again it came out twice
            self.following.follow(replace(known, due=self._clock.steady(), looks=0))
            self.on_its_way.emit(now)
            return
        if known is not None and now.state is PrintState.ASKED and now.printer == printer:
            self.on_its_way.emit(now)  # a second press makes no second copy
            return
        if self._once and job.printed is Printed.SLIP and print_queue.comes_twice(now):
            self.refused.emit(job)
            return
        self.following.take_back(now)
        asked = replace(
            print_queue.once_more(followed),
            printer=printer,
            state=PrintState.ASKED,
            failure="",
            spooled="",
        )
        self.following.followed[job.job_id] = Followed(asked, NEVER)
        self.following.write(asked, lambda: self.following.hand_over(Followed(asked, NEVER)))

    def last_slip_again(self) -> None:
        """The slip of today that was asked for last; without one, `refused` carries None."""

        def found(jobs: Sequence[PrintJob]) -> None:
            slips = [job for job in jobs if job.printed is Printed.SLIP]
            if slips:
                self.again(slips[0], self.target)
            else:
                self.refused.emit(None)

        self._office.ask(
            lambda office: office.recent_prints(), found, lambda _problem: self.refused.emit(None)
        )

    def read_list(self, path: Path, read: Callable[[Rows | str], None]) -> None:
        """The rows of a list, or why there are none; read where PDF files are written."""
        self._printing.ask(FILES, lambda _printer: self._read_rows(path), read, _lost)

    def show_folder(self, then: Callable[[], None], failed: Callable[[], None]) -> None:
        """Where PDF files are, in the system's file manager; one call says what came of it."""
        show_folder(self._printing, self.folder, then, failed)

    def cancel(self, job: PrintJob) -> None:
        """Print it no more."""
        followed = self.following.followed.pop(job.job_id, None)
        now = followed.job if followed is not None else job
        if not now.waits:
            return
        self.following.cancelling.add(job.job_id)

        def asked_anew() -> bool:
            return job.job_id in self.following.followed

        def cancelled(_answer: object) -> None:
            self.following.cancelling.discard(job.job_id)
            if not asked_anew():
                over = replace(now, state=PrintState.CANCELLED, failure="", spooled="")
                self.following.leave(over)

        def kept(problem: Exception) -> None:
            _log.warning("not cancelled: %s", problem)
            self.following.cancelling.discard(job.job_id)
            if asked_anew():
                return
            self.following.follow(followed or print_queue.resumed(now, self._clock.steady()))
            self.not_cancelled.emit(now)
            self.changed.emit()

        if now.spooled:
            self._printing.ask(
                now.printer,
                lambda printer: printer.cancel(now.printer, now.spooled),
                cancelled,
                kept,
            )
        else:
            cancelled(None)

    @property
    def unprinted(self) -> tuple[tuple[PrintJob, str], ...]:
        """The slips that are kept from coming out, each with its masked name, the newest first."""
        expected = self._clock.now() - print_queue.BY_ITSELF
        slips = [
            job
            for job in self._in_trouble()
            if job.printed is Printed.SLIP and job.asked_at > expected
        ]
        slips.sort(key=lambda job: job.asked_at, reverse=True)
        return tuple((job, self._name_on(job)) for job in slips)

    def _name_on(self, job: PrintJob) -> str:
        page = self.following.pages.get(job.job_id)
        return page.content.masked_name if isinstance(page, SlipPage) else ""

    def _in_trouble(self) -> list[PrintJob]:
        return [one.job for one in self.following.followed.values() if one.job.failure]

    def _found(self, names: tuple[str, ...]) -> None:
        """The system's default printer, where the settings name none."""
        self._seeking.stop()
        self._default = names[0]

    def _ended(self, job: PrintJob) -> None:
        """What is on paper and never to come twice is forgotten at once."""
        if self._once and job.printed is Printed.SLIP and print_queue.comes_twice(job):
            self._office.ask(
                lambda office: office.print_jobs.erase_content(job.job_id), _ok, _lost
            )


def _ok(_answer: object) -> None:
    """Nothing more to do."""


def _lost(problem: Exception) -> None:
    _log.warning("print record: %s", problem)
