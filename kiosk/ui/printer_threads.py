"""A thread for each printer and one for files: one that hangs holds up nothing but itself."""

import contextlib
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from kiosk.ports.clock import Clock
from kiosk.ports.document import Document, Together
from kiosk.ports.print_jobs import PrintJob
from kiosk.ports.printer import Printer, PrinterError, Trouble
from kiosk.ui.worker import STOP_SECONDS, Worker

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

FILES = ""
"""The place of PDF files."""

GIVE_UP_SECONDS = 300.0
"""A receipt printer on a slow serial line takes minutes for a slip; what takes longer hangs."""

_SLIP_SECONDS = 150.0
"""The 141 kB of one emergency slip for an 80 mm roll, on a line of 9,600 baud."""

MOST_GIVEN_UP = 3
_WATCH_MS = 1_000


class NoAnswerError(PrinterError):
    """A printer's driver does not come back: what it was given may still come out, or may not."""

    def __init__(self) -> None:
        super().__init__("the driver does not come back", Trouble.OFFLINE)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    do: Callable[[Printer], object]
    then: Callable[[object], None]
    failed: Callable[[Exception], None]
    patience: float


class PrinterThreads(QObject):
    """Asks each printer aside from the screen's thread, and from all other printers.

    What hangs is given up: its asker is told so, its thread is left alone,
    and a new one does what else was asked there; the old one ends where it ever comes back.

    Thread: every call belongs to the thread that made it; answers arrive there.
    """

    def __init__(self, printer: Printer, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer = printer
        self._clock = clock
        self._started = False
        self._stopped = False
        self._lanes: dict[str | None, _Lane] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_WATCH_MS)
        self._timer.timeout.connect(self._watch)

    @property
    def places(self) -> tuple[str | None, ...]:
        """The places that were asked so far."""
        return tuple(self._lanes)

    def start(self) -> None:
        """Do what was asked so far, and go on."""
        self._started = True
        self._timer.start()
        for lane in self._lanes.values():
            lane.start()

    def ask(
        self,
        place: str | None,
        do: Callable[[Printer], Result],
        then: Callable[[Result], None],
        failed: Callable[[Exception], None],
        patience: float = GIVE_UP_SECONDS,
    ) -> None:
        """Queue a question or an order.

        Args:
            place: the name of a printer, `FILES`, or None for what is about all of them.
            do: done on that place's thread, in the order of asking; may raise PrinterError.
            then: called with the answer, also with a late one that was given up before.
            failed: called with what `do` raised, or with NoAnswerError.
            patience: seconds after which it hangs.
        """
        if self._stopped:
            return
        if place not in self._lanes:
            self._lanes[place] = _Lane(self._printer, self._clock)
            if self._started:
                self._lanes[place].start()
        self._lanes[place].ask(_Job(do, then, failed, patience))  # type: ignore[arg-type]

    def hand_over(
        self,
        job: PrintJob,
        document: Document,
        path: Path,
        then: Callable[[str], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue the pages for their printer, or for the file `path` where none is named.

        Args:
            job: what is printed where.
            document: the pages.
            path: of the file.
            then: called with the job's number at its printer, or "".
            failed: as with `ask`.
        """

        def put_out(printer: Printer) -> str:
            if job.printer:
                return printer.print_to(job.printer, document)
            with contextlib.suppress(OSError):  # told when the file is written
                path.parent.mkdir(parents=True, exist_ok=True)
            printer.write_pdf(path, document)
            return ""

        self.ask(job.printer or FILES, put_out, then, failed, patience_with(document))

    def stop(self) -> bool:
        """Finish what was asked; False where something hangs, and was left alone.

        However many hang, they are waited for together.
        """
        self._stopped = True
        self._timer.stop()
        for lane in self._lanes.values():
            lane.end()
        until = self._clock.steady() + STOP_SECONDS
        ended = [lane.stop(until - self._clock.steady()) for lane in self._lanes.values()]
        return all(ended)

    def _watch(self) -> None:
        for lane in self._lanes.values():
            lane.watch()


class _Lane:
    """What was asked of one place, done one after the other."""

    def __init__(self, printer: Printer, clock: Clock) -> None:
        self._printer = printer
        self._clock = clock
        self._waiting: deque[_Job] = deque()
        self._doing: _Job | None = None
        self._since = 0.0
        self._worker = self._made()
        self._given_up: list[Worker[Printer]] = []

    def start(self) -> None:
        self._since = self._clock.steady()
        self._worker.start()

    def ask(self, job: _Job) -> None:
        self._waiting.append(job)
        self._go_on()

    def end(self) -> None:
        """Hand over all that waits, and ask for the end after it."""
        while self._waiting:
            self._hand(self._waiting.popleft())
        self._worker.end()

    def stop(self, seconds: float) -> bool:
        """Wait for the end, and tell what came of what was asked: it is kept for the next start.

        A thread that was given up and hangs still is no end.
        """
        return self._worker.stop(seconds, heard=True) & all(
            hung.stop(0.0, heard=True) for hung in self._given_up
        )

    def watch(self) -> None:
        """Give up what hangs."""
        job = self._doing
        if job is None or self._clock.steady() - self._since < job.patience:
            return
        self._given_up = [hung for hung in self._given_up if not _came_back(hung)]
        if len(self._given_up) >= MOST_GIVEN_UP:
            return
        _log.warning("a printer's driver hangs and is given up")
        self._worker.end()
        self._given_up.append(self._worker)
        self._worker = self._made()
        self._worker.start()
        self._doing = None
        self._go_on()
        job.failed(NoAnswerError())

    def _made(self) -> Worker[Printer]:
        return Worker(lambda: self._printer, lambda _printer: None, (PrinterError,))

    def _go_on(self) -> None:
        if self._doing is None and self._waiting:
            self._doing, self._since = self._waiting.popleft(), self._clock.steady()
            self._hand(self._doing)

    def _hand(self, job: _Job) -> None:
        def answered(tell: Callable[[object], None], answer: object) -> None:
            if self._doing is job:
                self._doing = None
                self._go_on()
            tell(answer)

        self._worker.ask(
            job.do,
            lambda result: answered(job.then, result),
            lambda problem: answered(job.failed, problem),  # type: ignore[arg-type]
        )


def _came_back(hung: Worker[Printer]) -> bool:
    """Whether it has ended; its late answer is told before it is let go of."""
    return not hung.is_alive() and hung.stop(heard=True)


def patience_with(document: Document) -> float:
    """Seconds after which whoever prints it hangs: many slips take long on a slow line."""
    slips = sum(isinstance(block, Together) for block in document.blocks)
    return GIVE_UP_SECONDS + _SLIP_SECONDS * max(0, slips - 1)
