"""What prints leave behind: followed where it still comes, cleared away when its day is over."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ports.clock import Clock
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.printer import Fate, Printer
from kiosk.services import print_queue
from kiosk.services.back_office import BackOffice, PrintsLeft
from kiosk.ui.print_following import PrintFollowing
from kiosk.ui.printer_threads import FILES, PrinterThreads
from kiosk.ui.worker import Worker

_log = logging.getLogger(__name__)

_TIDY_MS = 10 * 60 * 1000


class LeftPrints(QObject):
    """Looks after what an earlier run, the command line or an earlier day has left.

    Signals:
        changed: something is followed, or no longer.

    Thread: the screen's.
    """

    changed = Signal()

    def __init__(
        self,
        office: Worker[BackOffice],
        printing: PrinterThreads,
        following: PrintFollowing,
        clock: Clock,
        folder: Path,
        *,
        once: bool,
        parent: QObject | None = None,
    ) -> None:
        """Begin when the file is open.

        Args:
            office: the file.
            printing: the printers.
            following: what waits.
            clock: of the desk.
            folder: where PDF files are.
            once: whether a slip is never printed twice.
            parent: owner.
        """
        super().__init__(parent)
        self._office = office
        self._printing = printing
        self._following = following
        self._clock = clock
        self._folder = folder
        self._once = once
        self._resumed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TIDY_MS)
        self._timer.timeout.connect(self.tidy)
        self._timer.start()
        office.opened.connect(self.tidy)

    def tidy(self) -> None:
        """Erase what is over; at the start, follow what an earlier run has left waiting."""
        before = dict(self._following.followed)

        def known(left: PrintsLeft) -> None:
            waiting = {job.job_id for job in left.waiting}
            for job_id, one in before.items():
                now = self._following.followed.get(job_id)
                stands = now is not None and now.job.state is one.job.state  # not asked for anew
                if stands and job_id not in waiting and self._is_over(one.job):
                    del self._following.followed[job_id]
                    self._following.pages.pop(job_id, None)
            if not self._resumed:
                self._resumed = True
                for job in left.waiting:
                    if job.job_id not in self._following.followed:
                        self._resume(job)
            self.take_up(left.waiting)
            for job in left.over:
                self._take_back(job)
            self._clear_away(left.files)
            self.changed.emit()

        self._office.ask(lambda office: office.prints_left(), known, _lost)

    def take_up(self, jobs: Sequence[PrintJob]) -> None:
        """Follow what the command line has handed over meanwhile."""
        for job in jobs:
            known = {*self._following.followed, *self._following.cancelling}
            if job.waits and job.spooled and job.job_id not in known:
                self._resume(job)

    def _resume(self, job: PrintJob) -> None:
        once = self._once and job.printed is Printed.SLIP
        after = print_queue.resumed(job, self._clock.steady(), once=once)
        self._following.follow(after)
        if after.due == print_queue.NEVER and after.job != job:
            self._following.write(after.job)  # its row says that it waits for a hand

    def _is_over(self, job: PrintJob) -> bool:
        """Whether a print of which the file knows nothing more is to be forgotten here, too.

        One whose row was lost is printed all the same, for as long as prints come by themselves.
        """
        now, zone = self._clock.now(), self._clock.zone()
        another_day = job.asked_at.astimezone(zone).date() != now.astimezone(zone).date()
        slip = job.printed is Printed.SLIP
        return (slip and another_day) or job.asked_at < now - print_queue.BY_ITSELF

    def _take_back(self, job: PrintJob) -> None:
        """Its day is over: what its printer still holds names people, and must not come out."""

        def gone(fate: Fate) -> None:
            state = print_queue.THROUGH.get(fate, PrintState.LOST)
            self._following.leave(replace(job, state=state, failure="", spooled=""))

        def back(printer: Printer) -> Fate:
            fate = printer.fate(job.printer, job.spooled)
            if fate not in print_queue.THROUGH:
                printer.cancel(job.printer, job.spooled)
            return fate

        self._printing.ask(job.printer, back, gone, _lost)  # asked again with the next tidying

    def _clear_away(self, names: Mapping[str, str]) -> None:
        """Only what was written here and is on record; what somebody has open waits."""
        if not names:
            return
        folder = self._folder

        def remove(_printer: Printer) -> list[str]:
            return [job_id for job_id, name in names.items() if _removed(folder, name)]

        def removed(job_ids: list[str]) -> None:
            self._office.ask(lambda office: office.print_jobs.files_gone(job_ids), _ok, _lost)

        self._printing.ask(FILES, remove, removed, _lost)


def _removed(folder: Path, name: str) -> bool:
    """Whether it is there no more."""
    if Path(name).name != name or name in {".", ".."}:
        return True  # none that was written here
    try:
        (folder / name).unlink(missing_ok=True)
    except OSError as error:
        _log.warning("a file of an earlier day stays: %s", error.strerror)
        return False
    return True


def _ok(_answer: object) -> None:
    """Nothing more to do."""


def _lost(problem: Exception) -> None:
    _log.warning("prints of earlier days: %s", problem)
