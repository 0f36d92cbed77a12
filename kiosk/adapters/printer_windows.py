"""Queues of Windows: Qt and the driver print, the spooler is asked what became of it.

A driver that talks with its printer both ways sets the status of the printer; most others only
that of the job that stands first, so both are looked at.

A job that is printed goes PRINTED, then DELETING, then is forgotten; one that is cancelled goes
DELETING alone, then is forgotten, too. So what was seen of it last is all that can tell.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from kiosk.adapters.paper_text import plain
from kiosk.ports.document import Document
from kiosk.ports.printer import Condition, Fate, NoSuchPrinterError, PrinterError, Trouble

T = TypeVar("T")

ASK_SECONDS = 3.0
_MOST_JOBS = 999
_LOCAL_AND_CONNECTED = 0x2 | 0x4  # PRINTER_ENUM_LOCAL, _CONNECTIONS
_JOB_DELETE = 5  # JOB_CONTROL_DELETE
_WORK_OFFLINE = 0x400  # PRINTER_ATTRIBUTE_WORK_OFFLINE
_BUSY = 0x100 | 0x200 | 0x400 | 0x4000  # IO_ACTIVE, BUSY, PRINTING, PROCESSING
_PAUSED = 0x1

_PRINTER = {  # PRINTER_STATUS_..., the gravest first
    0x80 | 0x1000 | 0x800000: Trouble.OFFLINE,  # OFFLINE, NOT_AVAILABLE, SERVER_UNKNOWN
    0x8: Trouble.JAM,  # PAPER_JAM
    0x400000: Trouble.COVER_OPEN,  # DOOR_OPEN
    0x10 | 0x20 | 0x40: Trouble.NO_PAPER,  # PAPER_OUT, MANUAL_FEED, PAPER_PROBLEM
    0x40000: Trouble.NO_TONER,  # NO_TONER
    0x4: Trouble.REJECTING,  # PENDING_DELETION
    _PAUSED | 0x2 | 0x100000: Trouble.STOPPED,  # PAUSED, ERROR, USER_INTERVENTION
}
_JOB = {  # JOB_STATUS_...
    0x20: Trouble.OFFLINE,
    0x40: Trouble.NO_PAPER,  # PAPEROUT
    0x2 | 0x200 | 0x400: Trouble.STOPPED,  # ERROR, BLOCKED_DEVQ, USER_INTERVENTION
}
_FATES = {  # JOB_STATUS_..., the first that is set decides
    0x80 | 0x1000: Fate.DONE,  # PRINTED, COMPLETE: kept in the queue, where that is set
    0x4 | 0x100: Fate.CANCELLED,  # DELETING, DELETED
    0x1: Fate.HELD,  # PAUSED
    0x2 | 0x20 | 0x40 | 0x200 | 0x400: Fate.STOPPED,
    0x10: Fate.PRINTING,
}
_ENDS = (Fate.DONE, Fate.CANCELLED)
_FAULTS = {  # error codes of Windows
    1801: Trouble.NO_SUCH_PRINTER,  # ERROR_INVALID_PRINTER_NAME
    1722: Trouble.NO_SERVICE,  # RPC_S_SERVER_UNAVAILABLE: the spooler does not run
    1058: Trouble.NO_SERVICE,  # ERROR_SERVICE_DISABLED
    1062: Trouble.NO_SERVICE,  # ERROR_SERVICE_NOT_ACTIVE
}
_GONE = {87, 2}  # ERROR_INVALID_PARAMETER, ERROR_FILE_NOT_FOUND: no such job


def troubles(status: int, attributes: int, first_job: int) -> tuple[Trouble, ...]:
    """What the bits of a queue and of the job that stands first in it mean."""
    found = {trouble for bits, trouble in _PRINTER.items() if status & bits}
    found |= {trouble for bits, trouble in _JOB.items() if first_job & bits}
    if attributes & _WORK_OFFLINE:
        found.add(Trouble.OFFLINE)
    if len(found) > 1 and not status & _PAUSED:
        found.discard(Trouble.STOPPED)  # "error" beside its cause says nothing
    return tuple(trouble for trouble in _PRINTER.values() if trouble in found)


def fate(job: int, queue: int) -> Fate:
    """What the bits of a job and of its queue mean."""
    for bits, found in _FATES.items():
        if job & bits:
            return found
    return Fate.STOPPED if queue & _PAUSED else Fate.WAITING


class WindowsQueues:
    """The queues of this machine and those it is connected to.

    Thread: any, one at a time for each queue. The spooler of a server that is gone answers after a
    minute or so: it is asked aside.
    """

    def __init__(
        self,
        send: Callable[[str, Document], None],
        spooler: Any = None,  # noqa: ANN401
    ) -> None:
        """Print and ask.

        Args:
            send: prints through a driver.
            spooler: the module `win32print`, which has no types.
        """
        self._send = send
        self._spooler: Any = spooler or importlib.import_module("win32print")
        self._ends: dict[tuple[str, int], Fate] = {}

    def printers(self) -> Sequence[str]:
        """Names of the queues, the default one first; none where the spooler does not answer."""
        try:
            return self._asked(self._names)
        except PrinterError:
            return []

    def condition(self, printer: str) -> Condition:
        """What the queue says of itself and of its printer."""
        try:
            return self._asked(lambda: self._on(printer, self._condition, printer))
        except PrinterError as error:
            return Condition(printer, troubles=(error.trouble,))

    def submit(self, printer: str, document: Document) -> str:
        """Print; answers the job's number, "" where it is through already.

        Raises:
            NoSuchPrinterError: the system does not know it.
            PrinterError: the driver did not take it, or the spooler does not answer.
        """
        before = self._asked(lambda: self._on(printer, self._jobs))
        self._send(printer, document)
        title = plain(document.title)
        after = self._asked(lambda: self._on(printer, self._jobs))
        ours = [number for number, name in after.items() if name == title and number not in before]
        if not ours:
            return ""
        self._ends.pop((printer, max(ours)), None)  # numbers come again
        return str(max(ours))

    def fate(self, printer: str, spooled: str) -> Fate:
        """What became of a job; GONE where it ended between two looks."""
        if not spooled.isdecimal():
            return Fate.UNKNOWN
        number = int(spooled)
        try:
            seen = self._asked(lambda: self._on(printer, self._fate, number))
        except PrinterError:
            return Fate.UNKNOWN
        if seen in _ENDS:
            self._ends[printer, number] = seen
        return self._ends.get((printer, number), seen) if seen is Fate.GONE else seen

    def cancel(self, printer: str, spooled: str) -> None:
        """Take a job back.

        Raises:
            PrinterError: the spooler does not answer, or does not allow it.
        """
        if not spooled.isdecimal():
            detail = f"{printer}: a job without a number"
            raise PrinterError(detail)
        self._asked(lambda: self._on(printer, self._cancel, int(spooled)))
        self._ends.setdefault((printer, int(spooled)), Fate.CANCELLED)

    def _names(self) -> list[str]:
        found = self._spooler.EnumPrinters(_LOCAL_AND_CONNECTED, None, 4)
        names = [str(one["pPrinterName"]) for one in found]
        try:
            first = self._spooler.GetDefaultPrinter()
        except (self._spooler.error, RuntimeError):  # there is none
            first = ""
        return sorted(names, key=lambda name: (name != first, name))

    def _condition(self, queue: object, printer: str) -> Condition:
        told: Mapping[str, Any] = self._spooler.GetPrinter(queue, 2)
        jobs = self._spooler.EnumJobs(queue, 0, 1, 1)
        first = jobs[0]["Status"] if jobs else 0
        found = troubles(told["Status"], told["Attributes"], first)
        return Condition(printer, bool(told["Status"] & _BUSY), found)

    def _jobs(self, queue: object) -> dict[int, str]:
        jobs = self._spooler.EnumJobs(queue, 0, _MOST_JOBS, 1)
        return {job["JobId"]: str(job["pDocument"]) for job in jobs}

    def _fate(self, queue: object, number: int) -> Fate:
        try:
            job = self._spooler.GetJob(queue, number, 1)
        except self._spooler.error as error:
            if error.args[0] in _GONE:
                return Fate.GONE
            raise
        return fate(job["Status"], self._spooler.GetPrinter(queue, 2)["Status"])

    def _cancel(self, queue: object, number: int) -> None:
        try:
            self._spooler.SetJob(queue, number, 0, None, _JOB_DELETE)
        except self._spooler.error as error:
            if error.args[0] not in _GONE:
                raise

    def _on(self, printer: str, ask: Callable[..., T], *values: object) -> T:
        """Ask one queue, which is closed again."""
        queue = self._spooler.OpenPrinter(printer)
        try:
            return ask(queue, *values)
        finally:
            self._spooler.ClosePrinter(queue)

    def _asked(self, ask: Callable[[], T]) -> T:
        """The answer within ASK_SECONDS. Raises PrinterError."""
        answers: SimpleQueue[T | Exception] = SimpleQueue()

        def work() -> None:
            try:
                answers.put(ask())
            except (self._spooler.error, RuntimeError, OSError) as error:
                answers.put(error)

        Thread(target=work, name="spooler", daemon=True).start()
        try:
            answer = answers.get(timeout=ASK_SECONDS)
        except Empty:
            detail = "the spooler does not answer"
            raise PrinterError(detail, Trouble.OFFLINE) from None
        if isinstance(answer, Exception):
            raise _fault(answer) from answer
        return answer


def _fault(error: Exception) -> PrinterError:
    """`pywintypes.error` has a code, the function's name and its words."""
    code = error.args[0] if error.args else None
    trouble = _FAULTS.get(code, Trouble.NOT_TAKEN) if isinstance(code, int) else Trouble.NOT_TAKEN
    detail = f"spooler: {' '.join(map(str, error.args))}"
    if trouble is Trouble.NO_SUCH_PRINTER:
        return NoSuchPrinterError(detail)
    return PrinterError(detail, trouble)
