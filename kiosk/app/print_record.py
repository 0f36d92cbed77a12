"""Prints of the command line go on record, too: before they are printed, and after."""

import argparse
import logging
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.told_prints import FolderOfTold
from kiosk.app import diagnostics, first_start, paper, paths
from kiosk.app.settings import load_settings
from kiosk.ports.clock import Clock
from kiosk.ports.document import Document, Paper
from kiosk.ports.logbook import LogbookError
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.printer import Fate, Printer, PrinterError
from kiosk.services.test_page import test_page as page
from kiosk.ui.wording import Words

_RECEIPT_DPI, _OFFICE_DPI = 203, 600

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a command prints.

    Attributes:
        printed: what it is.
        subject: which one; no personal data.
        document: the pages.
        file: name of the PDF where nothing else was said.
    """

    printed: Printed
    subject: str
    document: Document
    file: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Where the prints of a command go on record.

    Attributes:
        told: beside the desk's file.
        clock: of the desk.
    """

    told: FolderOfTold
    clock: Clock

    def print(self, sheet: Sheet, printer: Printer, to: paper.Target) -> str:
        """Print or write it; answers where it is now. Raises PrinterError.

        The name of a file is somebody's choice, and does not go on record.
        """
        queue = to.printer if isinstance(to, paper.Queue) else ""
        asked = self.clock.now()
        which = (secrets.token_hex(16), sheet.printed, queue)
        job = PrintJob(*which, PrintState.ASKED, asked, sheet.subject)
        self._keep(job)
        try:
            where, spooled = paper.deliver(sheet.document, printer, to)
        except PrinterError as problem:  # it was told, and nobody has kept the pages
            self._keep(replace(job, state=PrintState.LOST, failure=problem.trouble.value))
            raise
        if not queue or (spooled and printer.fate(queue, spooled) is Fate.DONE):
            self._keep(replace(job, state=PrintState.CONFIRMED))
        else:
            self._keep(replace(job, state=PrintState.SENT, spooled=spooled))
        return where

    def _keep(self, job: PrintJob) -> None:
        """A row that is lost does not stop the paper."""
        try:
            self.told.tell(job)
        except LogbookError as problem:
            _log.warning("print record: %s", problem)


def hand_over(sheet: Sheet, given: argparse.Namespace, resources: Path, words: Words) -> int:
    """Print or write it as the command line asks, and say where; the exit code."""
    data = paths.data_folder(given.data, os.environ)
    if sheet.printed is not Printed.TEST_PAGE:
        first_start.tell_of_sample_names(data, resources, words)
    application, printer = paper.qt_printer(resources, load_settings(data, resources).printer)
    default = paper.prints_file(data, sheet.file)
    to = paper.target(given.pdf, given.printer, default, given.png)
    record = Record(FolderOfTold(data), SystemClock())
    try:
        where = record.print(sheet, printer, to)
        paper.told_if_held_up(printer, given.printer, words)
    except PrinterError as problem:
        with diagnostics.in_log(data):
            diagnostics.say(paper.trouble(problem, printer.printers(), words))
        return paper.FOUND_NOTHING
    finally:
        del application
    print(where)
    return 0


def test_page(given: argparse.Namespace, resources: Path, words: Words) -> int:
    """The test page for a printer; the exit code."""
    size = Paper(given.paper)
    dpi = given.dpi or (_RECEIPT_DPI if size in {Paper.ROLL_80, Paper.ROLL_58} else _OFFICE_DPI)
    document = page(size, dpi, words)
    sheet = Sheet(Printed.TEST_PAGE, "", document, "test-page.pdf")
    return hand_over(sheet, given, resources, words)
