"""All printers of this desk: the system's queues and the receipt printers that were named."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kiosk.adapters.cups_place import find_server
from kiosk.adapters.escpos_wire import ADDRESS
from kiosk.adapters.printer_cups import CupsQueues
from kiosk.adapters.printer_escpos import ReceiptPrinter
from kiosk.adapters.printer_qt import QtPrinter
from kiosk.adapters.printer_windows import WindowsQueues
from kiosk.ports.document import Document
from kiosk.ports.printer import Condition, Fate

_ON_PAPER = "on paper"
"""In place of a job's number: the receipt printer said so itself."""


class Queues(Protocol):
    """The printing system; its names and errors are those of `ports.printer`."""

    def printers(self) -> Sequence[str]:
        """Names of the queues, the default one first."""

    def condition(self, printer: str) -> Condition:
        """What the queue says of itself. Never raises."""

    def submit(self, printer: str, document: Document) -> str:
        """Put the pages into a queue; answers the job's number. Raises PrinterError."""

    def fate(self, printer: str, spooled: str) -> Fate:
        """What became of a job. Never raises."""

    def cancel(self, printer: str, spooled: str) -> None:
        """Take a job back. Raises PrinterError."""


class Line(Protocol):
    """A receipt printer on a cable of its own."""

    def condition(self) -> Condition:
        """What it says of itself. Never raises."""

    def print(self, document: Document) -> bool:
        """Print and cut; answers whether it is known to be on paper. Raises PrinterError."""


class Printers:
    """Sends each document to the printer of that name.

    Thread: make it on the screen's thread; its methods may be called from several, about one
    printer from one at a time.
    """

    def __init__(self, paper: QtPrinter, queues: Queues, lines: Mapping[str, Line]) -> None:
        self._paper = paper
        self._queues = queues
        self._lines = dict(lines)
        self._listed = tuple(lines)

    def printers(self) -> Sequence[str]:
        """The system's default, its others, the receipt printers of the settings."""
        return [*self._queues.printers(), *self._listed]

    def condition(self, printer: str) -> Condition:
        """What it says of itself. Never raises."""
        line = self._line(printer)
        return line.condition() if line else self._queues.condition(printer)

    def print_to(self, printer: str, document: Document) -> str:
        """Hand the pages over; "" where the job cannot be followed. Raises PrinterError."""
        line = self._line(printer)
        if line is None:
            return self._queues.submit(printer, document)
        return _ON_PAPER if line.print(document) else ""

    def fate(self, printer: str, spooled: str) -> Fate:
        """What became of a job. Never raises."""
        if spooled == _ON_PAPER:
            return Fate.DONE
        followed = spooled and self._line(printer) is None
        return self._queues.fate(printer, spooled) if followed else Fate.UNKNOWN

    def cancel(self, printer: str, spooled: str) -> None:
        """Take a job back; what a receipt printer was given is on paper. Raises PrinterError."""
        if self._line(printer) is None:
            self._queues.cancel(printer, spooled)

    def _line(self, printer: str) -> Line | None:
        """The receipt printer of that name; an address needs no place in the settings."""
        if printer not in self._lines and re.fullmatch(ADDRESS, printer):
            self._lines[printer] = ReceiptPrinter(printer, None, self._paper.pictures)
        return self._lines.get(printer)

    def write_pdf(self, path: Path, document: Document) -> int:
        """Write a PDF. Raises PrinterError."""
        return self._paper.write_pdf(path, document)

    def write_png(self, path: Path, document: Document, dpi: int = 300) -> int:
        """Write pictures. Raises PrinterError."""
        return self._paper.write_png(path, document, dpi)


def open_printers(fonts: Path, receipt: str = "", dots: int = 576) -> Printers:
    """The printers of this desk. Needs a QGuiApplication and its thread.

    Args:
        fonts: the folder of the bundled fonts.
        receipt: address of a receipt printer, see `escpos_wire.wire_to`; "" for none.
        dots: of its head.

    Raises:
        PrinterError: the fonts cannot be loaded.
        ValueError: `receipt` is no address.
    """
    paper = QtPrinter(fonts)
    lines = [ReceiptPrinter(receipt, dots, paper.pictures)] if receipt else []
    return Printers(paper, _system(paper), {line.name: line for line in lines})


def _system(paper: QtPrinter) -> Queues:
    if os.name == "nt":
        return WindowsQueues(paper.send)
    return CupsQueues(paper.pdf, find_server())
