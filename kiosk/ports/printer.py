"""Paper: a document goes to a printer of the system or into a PDF file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from kiosk.ports.document import Document


class PrinterError(Exception):
    """It could not be printed (no such printer, queue refused it, file cannot be written).

    `args[0]` is the detail for the log file.
    """


class NoSuchPrinterError(PrinterError):
    """The named printer is not known to the system."""


class Printer(Protocol):
    """Draws documents. May take seconds: call it aside from the screen's thread."""

    def printers(self) -> Sequence[str]:
        """Names of the system's printers, the default one first."""

    def print_to(self, printer: str, document: Document) -> None:
        """Hand the pages to this printer's queue. Raises PrinterError."""

    def write_pdf(self, path: Path, document: Document) -> int:
        """Write a PDF with its fonts inside; answers its number of pages. Raises PrinterError.

        The file appears whole or not at all.
        """
