"""CUPS, the real one: pages come out of it, and what keeps them from coming is said at once."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.adapters import printer_cups
from kiosk.adapters.cups_place import Place
from kiosk.adapters.printer_cups import CupsQueues
from kiosk.adapters.printer_qt import QtPrinter
from kiosk.ports.document import Document, Line, Paper
from kiosk.ports.printer import Condition, Fate, NoSuchPrinterError, PrinterError, Trouble
from kiosk.services.slip import visitor_slip
from tests.cups_server import Cups, cups_server, short_folder
from tests.golden_pages import read
from tests.paper_samples import CODE, ENGLISH, FONTS, OFFICE, SLIP, VIETNAMESE

SOON = 15.0  # seconds that may pass until trouble is told
PAGE = Document("Thử máy in", Paper.A6, (Line("Thử"),))


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    with cups_server() as server:
        yield server


@pytest.fixture(scope="module")
def paper(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


@pytest.fixture
def queues(cups: Cups, paper: QtPrinter) -> Iterator[CupsQueues]:
    cups.add("Quay-1")
    yield CupsQueues(paper.pdf, Place(socket=str(cups.socket)))
    for hindrance in ("no-paper", "slow", "broken", "second-tray"):
        cups.is_so(hindrance, so=False)
    cups.run("cancel", "-a", "-x")
    for name in cups.queues():
        cups.run("/usr/sbin/lpadmin", "-x", name)


def soon(ask: Callable[[], object], expected: object) -> float:
    """Wait until `ask` answers what is expected; answers the seconds it took."""
    began = time.monotonic()
    while (found := ask()) != expected:
        assert time.monotonic() - began < SOON, found
        time.sleep(0.05)
    return time.monotonic() - began


def drawn(path: Path, dpi: int) -> np.ndarray:
    """The first page as a printer that understands PDF draws it, in grey."""
    with pdfium.PdfDocument(path) as pdf:
        return pdf[0].render(scale=dpi / 72, grayscale=True).to_numpy().copy()


def test_a_slip_comes_out_with_a_code_that_both_decoders_read(
    cups: Cups, queues: CupsQueues
) -> None:
    assert queues.condition("Quay-1") == Condition("Quay-1")
    number = queues.submit("Quay-1", visitor_slip(SLIP, OFFICE, VIETNAMESE, ENGLISH))
    soon(lambda: queues.fate("Quay-1", number), Fate.DONE)
    assert read(drawn(cups.out / f"{number}.pdf", 200)) == [CODE]


def test_the_default_comes_first(cups: Cups, queues: CupsQueues) -> None:
    cups.add("A-tầng-3")
    cups.add("Z")
    assert queues.printers() == ["A-tầng-3", "Quay-1", "Z"]
    cups.run("/usr/sbin/lpadmin", "-d", "Z")
    assert queues.printers() == ["Z", "A-tầng-3", "Quay-1"]


def test_the_one_whom_the_person_prefers_comes_before_the_default(
    cups: Cups, queues: CupsQueues, monkeypatch: pytest.MonkeyPatch
) -> None:
    cups.add("A")
    monkeypatch.setenv("LPDEST", "Quay-1")
    assert queues.printers() == ["Quay-1", "A"]


def test_a_queue_with_a_vietnamese_name_prints(cups: Cups, queues: CupsQueues) -> None:
    cups.add("Tầng-3%20ở")
    number = queues.submit("Tầng-3%20ở", PAGE)
    soon(lambda: queues.fate("Tầng-3%20ở", number), Fate.DONE)


def test_no_such_printer(queues: CupsQueues) -> None:
    with pytest.raises(NoSuchPrinterError, match="Quay-9"):
        queues.submit("Quay-9", PAGE)
    assert queues.condition("Quay-9").troubles == (Trouble.NO_SUCH_PRINTER,)


def test_a_queue_that_was_stopped(cups: Cups, queues: CupsQueues) -> None:
    cups.run("/usr/sbin/cupsdisable", "-r", "giấy kẹt", "Quay-1")
    assert queues.condition("Quay-1").troubles == (Trouble.STOPPED,)
    number = queues.submit("Quay-1", PAGE)
    assert queues.fate("Quay-1", number) is Fate.STOPPED
    cups.run("/usr/sbin/cupsenable", "Quay-1")
    soon(lambda: queues.fate("Quay-1", number), Fate.DONE)
    assert queues.condition("Quay-1").troubles == ()


def test_a_queue_that_takes_no_jobs(cups: Cups, queues: CupsQueues) -> None:
    cups.run("/usr/sbin/cupsreject", "Quay-1")
    assert queues.condition("Quay-1").troubles == (Trouble.REJECTING,)
    with pytest.raises(PrinterError) as told:
        queues.submit("Quay-1", PAGE)
    assert told.value.trouble is Trouble.REJECTING


def test_a_queue_that_holds_its_jobs(cups: Cups, queues: CupsQueues) -> None:
    cups.run("/usr/sbin/cupsdisable", "--hold", "Quay-1")
    assert queues.condition("Quay-1").troubles == (Trouble.HELD,)
    number = queues.submit("Quay-1", PAGE)
    assert queues.fate("Quay-1", number) is Fate.HELD
    cups.run("lp", "-i", f"Quay-1-{number}", "-H", "resume")
    soon(lambda: queues.fate("Quay-1", number), Fate.DONE)


def test_a_job_that_is_held_by_the_queue_s_own_rule(cups: Cups, queues: CupsQueues) -> None:
    cups.run("/usr/sbin/lpadmin", "-p", "Quay-1", "-o", "job-hold-until-default=indefinite")
    number = queues.submit("Quay-1", PAGE)
    assert queues.fate("Quay-1", number) is Fate.HELD
    queues.cancel("Quay-1", number)
    assert queues.fate("Quay-1", number) is Fate.CANCELLED


def test_paper_that_is_out_is_told_within_seconds_and_printing_goes_on_when_it_is_back(
    cups: Cups, queues: CupsQueues
) -> None:
    cups.is_so("no-paper")
    number = queues.submit("Quay-1", PAGE)
    soon(lambda: queues.condition("Quay-1"), Condition("Quay-1", True, (Trouble.NO_PAPER,)))
    assert queues.fate("Quay-1", number) is Fate.PRINTING
    cups.is_so("no-paper", so=False)
    soon(lambda: queues.fate("Quay-1", number), Fate.DONE)
    assert queues.condition("Quay-1") == Condition("Quay-1")


def test_an_empty_second_tray_keeps_nothing_from_coming_out(
    cups: Cups, queues: CupsQueues
) -> None:
    cups.is_so("second-tray")
    cups.is_so("slow")
    number = queues.submit("Quay-1", PAGE)
    soon(lambda: queues._printer("Quay-1")["printer-state-reasons"], "media-empty-warning")
    assert queues.condition("Quay-1") == Condition("Quay-1", busy=True)
    cups.is_so("slow", so=False)
    soon(lambda: queues.fate("Quay-1", number), Fate.DONE)


def test_a_driver_that_fails_stops_its_queue(cups: Cups, queues: CupsQueues) -> None:
    cups.is_so("broken")
    number = queues.submit("Quay-1", PAGE)
    soon(lambda: queues.condition("Quay-1").troubles, (Trouble.STOPPED,))
    assert queues.fate("Quay-1", number) is Fate.STOPPED


def test_a_job_can_be_taken_back_while_it_prints_and_no_more_when_it_is_gone(
    cups: Cups, queues: CupsQueues
) -> None:
    cups.is_so("slow")
    number = queues.submit("Quay-1", PAGE)
    soon(lambda: queues.fate("Quay-1", number), Fate.PRINTING)
    queues.cancel("Quay-1", number)
    soon(lambda: queues.fate("Quay-1", number), Fate.CANCELLED)
    queues.cancel("Quay-1", number)
    queues.cancel("Quay-1", "987654")
    assert queues.fate("Quay-1", "987654") is Fate.UNKNOWN
    assert not (cups.out / f"{number}.pdf").exists()
    with pytest.raises(PrinterError):
        queues.cancel("Quay-1", "")


@pytest.mark.parametrize("sheet", [Paper.ROLL_80, Paper.LABEL, Paper.A4_LANDSCAPE])
def test_the_queue_is_told_the_sheet_and_to_leave_its_size(
    cups: Cups, queues: CupsQueues, sheet: Paper
) -> None:
    number = queues.submit("Quay-1", Document("Cỡ", sheet, (Line("Thử"),)))
    soon(lambda: queues.fate("Quay-1", number), Fate.DONE)
    options = (cups.out / f"{number}.options").read_text()
    media = {
        Paper.ROLL_80: "media=custom_72.07x",
        Paper.LABEL: "media=custom_62x100mm_62x100mm",
        Paper.A4_LANDSCAPE: "media=iso_a4_210x297mm",
    }
    assert media[sheet] in options
    assert "print-scaling=none" in options


def test_cups_that_is_killed_in_the_middle(cups: Cups, queues: CupsQueues) -> None:
    cups.is_so("slow")
    number = queues.submit("Quay-1", PAGE)
    soon(lambda: queues.fate("Quay-1", number), Fate.PRINTING)
    cups.kill()
    try:
        began = time.monotonic()
        assert queues.condition("Quay-1").troubles == (Trouble.NO_SERVICE,)
        assert queues.fate("Quay-1", number) is Fate.UNKNOWN
        assert queues.printers() == []
        with pytest.raises(PrinterError) as told:
            queues.submit("Quay-1", PAGE)
        assert told.value.trouble is Trouble.NO_SERVICE
        with pytest.raises(PrinterError) as told:
            queues.cancel("Quay-1", number)
        assert told.value.trouble is Trouble.NO_SERVICE
        assert time.monotonic() - began < SOON
    finally:
        cups.start()
    cups.is_so("slow", so=False)
    assert queues.condition("Quay-1").troubles == ()


def test_cups_that_takes_the_call_and_never_answers(
    paper: QtPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_cups, "PRINT_SECONDS", 0.5)
    with short_folder() as folder, socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(folder / "s"))
        silent.listen()
        queues = CupsQueues(paper.pdf, Place(socket=str(folder / "s")))
        began = time.monotonic()
        assert queues.condition("Quay-1").troubles == (Trouble.NO_SERVICE,)
        assert time.monotonic() - began < printer_cups.ASK_SECONDS
        with pytest.raises(PrinterError) as told:
            queues.submit("Quay-1", PAGE)
        assert told.value.trouble is Trouble.NO_SERVICE
