"""Hands prints over to their printers, and follows each until it is known what became of it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ports.clock import Clock
from kiosk.ports.document import Document
from kiosk.ports.print_jobs import PrintJob, PrintState
from kiosk.ports.printer import Condition, Fate, PrinterError, Trouble
from kiosk.services import print_queue
from kiosk.services.back_office import BackOffice
from kiosk.services.print_content import Page, from_text
from kiosk.services.print_queue import NEVER, Followed, Step
from kiosk.ui.printer_states import PrinterStates
from kiosk.ui.printer_threads import FILES, NoAnswerError, PrinterThreads
from kiosk.ui.worker import Worker

_log = logging.getLogger(__name__)

_BEAT_MS = 250


class PrintFollowing(QObject):
    """What waits for paper.

    Signals:
        done: a PrintJob, where it went (a printer's name or a file's path), and its Document.
        troubled: a PrintJob, whenever something else keeps it from coming out.
        cancelled_there: a PrintJob that somebody has cancelled at its printer.
        lost: a PrintJob that cannot be printed again.
        came_out: a PrintJob that was in trouble and is on paper after all.
        ended: a PrintJob that is no longer followed.
        changed: a print has come further.

    Attributes:
        followed: what waits, by job_id.
        pages: what stands on it, as far as this run of the program knows.
        cancelling: the job_ids of what its printer was asked to give back, until it answers.
        lay_out: makes the document of a page for a printer.
    Thread: the screen's.
    """

    done = Signal(object, str, object)
    troubled = Signal(object)
    lost = Signal(object)
    cancelled_there = Signal(object)
    came_out = Signal(object)
    ended = Signal(object)
    changed = Signal()

    lay_out: Callable[[Page, PrintJob], Document]

    def __init__(
        self,
        office: Worker[BackOffice],
        printing: PrinterThreads,
        printers: PrinterStates,
        clock: Clock,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._printing = printing
        self._printers = printers
        self._clock = clock
        self._folder = folder
        self.followed: dict[str, Followed] = {}
        self.pages: dict[str, Page] = {}
        self.cancelling: set[str] = set()
        self._under_way: dict[str, tuple[int, float]] = {}  # number of the hand-over, and since
        self._numbers = count()
        self._looking: set[str] = set()  # printers that are being asked about what is due there
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self._look)

    # --- handing over

    def hand_over(self, followed: Followed) -> None:
        """Give the pages to the printer; what this run did not see is read from the record."""
        job = followed.job
        if job.job_id not in self.followed:
            return  # cancelled meanwhile
        self.followed[job.job_id] = replace(followed, due=NEVER)
        if (page := self.pages.get(job.job_id)) is not None:
            self._send(followed, page)
            return

        def fetched(content: str) -> None:
            try:
                page = from_text(content)
            except ValueError as error:
                _log.warning("a print cannot be made again: %s", error)
                self.leave(replace(job, state=PrintState.LOST, failure="", spooled=""))
                self.lost.emit(job)
                return
            self.pages[job.job_id] = page
            self._send(followed, page)

        self._office.ask(
            lambda office: office.print_jobs.content(job.job_id),
            fetched,
            lambda _problem: self._not_taken(followed, Trouble.NOT_TAKEN),
        )

    def _send(self, followed: Followed, page: Page) -> None:
        job = followed.job
        document = self.lay_out(page, job)
        path = self._folder / job.file_name
        number = next(self._numbers)
        self._under_way[job.job_id] = number, self._clock.steady()
        self._beat.start()

        def failed(problem: Exception) -> None:
            _log.warning("not printed: %s", problem)
            if isinstance(problem, NoAnswerError):
                self._left_hanging(followed, number)
                return
            if self._is_late(job, number):
                return
            trouble = problem.trouble if isinstance(problem, PrinterError) else Trouble.NOT_TAKEN
            self._not_taken(followed, trouble if job.printer else Trouble.NOT_WRITTEN)

        def taken(spooled: str) -> None:
            after = print_queue.handed_over(followed, spooled, self._clock.steady())
            if self._is_late(job, number):
                self._came_late(after.job)
                return
            if spooled:
                self.follow(after)
                self.write(after.job)
            else:
                self.leave(after.job)
            self.done.emit(after.job, job.printer or str(path), document)

        self._printing.hand_over(job, document, path, taken, failed)

    def _left_hanging(self, followed: Followed, number: int) -> None:
        """It stays under way: the driver may come back, and has taken it then."""
        job_id = followed.job.job_id
        known, (under_way, _) = self.followed.get(job_id), self._under_way.get(job_id, (None, 0.0))
        if known and under_way == number and known.job.printer == followed.job.printer:
            self._keep(known, print_queue.left_hanging(followed))

    def _is_late(self, job: PrintJob, number: int) -> bool:
        """Whether the print was cancelled, or handed over elsewhere, in the meantime."""
        if self._under_way.get(job.job_id, (None,))[0] != number:
            return True
        del self._under_way[job.job_id]
        known = self.followed.get(job.job_id)
        return known is None or known.job.printer != job.printer

    def _came_late(self, job: PrintJob) -> None:
        """A printer has taken what it should no longer have: back from there, or owned up to."""
        if job.spooled:
            self.take_back(job, lambda: self._out_all_the_same(job))
        else:
            self._out_all_the_same(job)

    def _out_all_the_same(self, job: PrintJob) -> None:
        """The paper comes out: the record says so, whatever was wanted."""
        if (known := self.followed.get(job.job_id)) is None:
            self.write(job)
            self.came_out.emit(job)
        else:  # on its way to another place by now: that will be a second copy
            more = replace(known.job, reprints=known.job.reprints + 1)
            self._keep(known, replace(known, job=more))

    def _not_taken(self, followed: Followed, trouble: Trouble) -> None:
        job_id = followed.job.job_id
        if (known := self.followed.get(job_id)) is None:
            return
        after = print_queue.not_taken(followed, trouble, self._clock.steady())
        self.follow(after)
        self.write(after.job)
        if known.job.failure != after.job.failure:
            self.troubled.emit(after.job)

    def take_back(self, job: PrintJob, kept: Callable[[], object] | None = None) -> None:
        """Cancel at the printer what is printed elsewhere, or no more.

        Args:
            job: as it was handed over.
            kept: what to do where the printer does not give it back.
        """

        def failed(problem: Exception) -> None:
            _log.warning("not taken back: %s", problem)
            if kept is not None:
                kept()

        if job.spooled:
            self._printing.ask(
                job.printer,
                lambda printer: printer.cancel(job.printer, job.spooled),
                lambda _done: None,
                failed,
            )

    # --- following

    def follow(self, followed: Followed) -> None:
        """Look at it when it is due."""
        self.followed[followed.job.job_id] = followed
        self._beat.start()

    def leave(self, job: PrintJob) -> None:
        """Follow it no more: it is as `job` says."""
        self.followed.pop(job.job_id, None)
        self.pages.pop(job.job_id, None)
        self.ended.emit(job)
        self.write(job)

    def write(self, job: PrintJob, then: Callable[[], object] | None = None) -> None:
        """Keep how far it has come, then go on; a row that is lost does not stop the paper."""
        at = self._clock.now()

        def go_on(problem: Exception | None = None) -> None:
            if problem is not None:
                _log.warning("print record: %s", problem)
            if then is not None:
                then()
            self.changed.emit()

        self._office.ask(lambda office: office.print_jobs.became(job, at), go_on, go_on)

    def _look(self) -> None:
        """Ask about whatever is due; each printer for itself, one round at a time."""
        now = self._clock.steady()
        for job_id, (_, since) in tuple(self._under_way.items()):
            if (known := self.followed.get(job_id)) is not None and known.job.printer:
                self._keep(known, print_queue.keeps_waiting(known, since, now))
        due: dict[str, list[PrintJob]] = {}
        for one in self.followed.values():
            if one.due <= now and one.job.printer not in self._looking:
                due.setdefault(one.job.printer, []).append(one.job)
        for printer, jobs in due.items():
            self._look_at(printer, jobs)
        if not self._under_way and all(one.due == NEVER for one in self.followed.values()):
            self._beat.stop()

    def _look_at(self, printer: str, jobs: list[PrintJob]) -> None:
        self._looking.add(printer)

        def seen(answers: dict[str, tuple[Condition, Fate]]) -> None:
            self._looking.discard(printer)
            self._seen(answers)

        def not_seen(problem: Exception) -> None:
            self._looking.discard(printer)
            _log.warning("printers do not answer: %s", problem)

        self._printing.ask(
            printer or FILES, lambda asked: print_queue.look_at(asked, jobs), seen, not_seen
        )

    def _seen(self, answers: dict[str, tuple[Condition, Fate]]) -> None:
        now, at = self._clock.steady(), self._clock.now()
        for job_id, (condition, fate) in answers.items():
            if condition.printer:
                self._printers.note(condition)
            before = self.followed.get(job_id)
            if before is None or before.due > now:
                continue  # cancelled or asked for again meanwhile
            after, step = print_queue.looked(before, condition, fate, now, at)
            if step is Step.HAND_OVER:
                self.hand_over(after)
            elif step is Step.LEAVE and not after.job.waits:
                self.leave(after.job)
                if before.job.failure and after.job.state is PrintState.CONFIRMED:
                    self.came_out.emit(after.job)
                elif after.job.state is PrintState.CANCELLED:
                    self.cancelled_there.emit(after.job)
            else:
                self._keep(before, after)

    def _keep(self, before: Followed, after: Followed) -> None:
        """Follow on; write down and tell what has changed."""
        self.followed[after.job.job_id] = after
        if after.job == before.job:
            return
        self.write(after.job)
        if after.job.failure and after.job.failure != before.job.failure:
            self.troubled.emit(after.job)
