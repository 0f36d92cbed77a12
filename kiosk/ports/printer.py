"""Paper: a document goes to a printer, a PDF file or pictures; what is wrong is a stable code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path
from typing import Protocol

from kiosk.ports.document import Document


@unique
class Trouble(StrEnum):
    """Why nothing comes out. Stored in print_job.failure: a value is never renamed."""

    NO_SUCH_PRINTER = "no_such_printer"
    STOPPED = "stopped"  # the queue stands still
    REJECTING = "rejecting"  # the queue takes no jobs
    NO_PAPER = "no_paper"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    NO_TONER = "no_toner"
    OFFLINE = "offline"  # cannot be reached, switched off, unplugged
    HELD = "held"  # the job is held in the queue
    NO_SERVICE = "no_service"  # the printing system itself does not answer
    NOT_TAKEN = "not_taken"  # the job was refused or aborted
    NOT_WRITTEN = "not_written"  # a file could not be written
    INTERRUPTED = "interrupted"  # nobody knows whether it was taken: it may be out


class PrinterError(Exception):
    """It could not be printed. `args[0]` is the detail for the log file; no personal data."""

    def __init__(self, detail: str = "", trouble: Trouble = Trouble.NOT_TAKEN) -> None:
        super().__init__(detail)
        self.trouble = trouble


class NoSuchPrinterError(PrinterError):
    """The named printer is not known to the system."""

    def __init__(self, printer: str = "") -> None:
        super().__init__(printer, Trouble.NO_SUCH_PRINTER)


class NotWrittenError(PrinterError):
    """A file could not be written.

    Attributes:
        file: which.
    """

    def __init__(self, file: Path, cause: str) -> None:
        super().__init__(f"{file}: {cause}", Trouble.NOT_WRITTEN)
        self.file = file


@dataclass(frozen=True, slots=True)
class Condition:
    """What a printer says of itself.

    Attributes:
        printer: its name.
        busy: it prints something.
        troubles: why nothing comes out, the gravest first; empty where it is ready.
    """

    printer: str
    busy: bool = False
    troubles: tuple[Trouble, ...] = ()


@unique
class Fate(StrEnum):
    """What became of a job that was handed over."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    HELD = "held"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    FAILED = "failed"
    GONE = "gone"  # the queue has it no longer, and nobody saw what became of it
    UNKNOWN = "unknown"  # this printer tells nothing of its jobs, or not at this moment


class Printer(Protocol):
    """Draws documents. May take seconds: call it aside from the screen's thread."""

    def printers(self) -> Sequence[str]:
        """Names of the printers, the default one first."""

    def condition(self, printer: str) -> Condition:
        """What it says of itself. Never raises; asks for three seconds at most."""

    def print_to(self, printer: str, document: Document) -> str:
        """Hand the pages over. Raises PrinterError.

        Answers the job's number there, "" where its fate cannot be asked for.
        """

    def fate(self, printer: str, spooled: str) -> Fate:
        """What became of a job. Never raises."""

    def cancel(self, printer: str, spooled: str) -> None:
        """Take a job back; no error where it is gone already. Raises PrinterError."""

    def write_pdf(self, path: Path, document: Document) -> int:
        """Write a PDF with its fonts inside; answers its number of pages. Raises PrinterError.

        The file appears whole or not at all.
        """

    def write_png(self, path: Path, document: Document, dpi: int = 300) -> int:
        """Write one picture a page; answers how many. Raises PrinterError.

        Page 2 of `invitation.png` is `invitation-2.png`. Each file appears whole or not at all.
        """
