"""The Windows spooler: what its bits mean, and that each queue is asked as win32print wants it.

The spooler itself is only to be had on Windows; here stands one with the calls and dictionaries of
pywin32's documentation.
"""

import threading
from dataclasses import dataclass, field

import pytest

from kiosk.adapters import printer_windows
from kiosk.adapters.printer_windows import WindowsQueues, fate, troubles
from kiosk.ports.document import Document, Paper
from kiosk.ports.printer import Condition, Fate, NoSuchPrinterError, PrinterError, Trouble

PAGE = Document("Phiếu 0012Q", Paper.A6, ())


class SpoolerError(Exception):
    """As pywintypes.error."""


@dataclass
class Spooler:
    """As win32print."""

    names: list[str] = field(default_factory=lambda: ["A4", "Quầy"])
    default: str = "Quầy"
    status: int = 0
    attributes: int = 0
    jobs: dict[int, dict] = field(default_factory=dict)
    opened: int = 0
    fails_with: int = 0
    hangs: threading.Event | None = None
    error = SpoolerError

    def EnumPrinters(self, flags, name, level):  # noqa: N802
        assert (flags, name, level) == (6, None, 4)
        self._serve()
        return tuple({"pPrinterName": name, "Attributes": 64} for name in self.names)

    def GetDefaultPrinter(self):  # noqa: N802
        if not self.default:
            raise RuntimeError
        return self.default

    def OpenPrinter(self, name):  # noqa: N802
        self._serve()
        if name not in self.names:
            raise SpoolerError(1801, "OpenPrinter", "The printer name is invalid.")
        self.opened += 1
        return name

    def ClosePrinter(self, queue):  # noqa: N802
        self.opened -= 1

    def GetPrinter(self, queue, level):  # noqa: N802
        assert level == 2
        return {"Status": self.status, "Attributes": self.attributes, "cJobs": len(self.jobs)}

    def EnumJobs(self, queue, first, count, level):  # noqa: N802
        assert (first, level) == (0, 1)
        return tuple(self.jobs.values())[:count]

    def GetJob(self, queue, number, level):  # noqa: N802
        if number not in self.jobs:
            raise SpoolerError(87, "GetJob", "The parameter is incorrect.")
        return self.jobs[number]

    def SetJob(self, queue, number, level, info, command):  # noqa: N802
        assert (level, info, command) == (0, None, 5)
        if number not in self.jobs:
            raise SpoolerError(87, "SetJob", "The parameter is incorrect.")
        del self.jobs[number]

    def add(self, number, name, status=0):
        self.jobs[number] = {"JobId": number, "pDocument": name, "Status": status}

    def _serve(self):
        if self.hangs:
            self.hangs.wait()
        if self.fails_with:
            raise SpoolerError(self.fails_with, "OpenPrinter", "words of Windows")


@pytest.fixture
def spooler():
    return Spooler()


@pytest.fixture
def queues(spooler):
    return WindowsQueues(lambda _printer, document: spooler.add(7, document.title), spooler)


@pytest.mark.parametrize(
    ("status", "attributes", "job", "expected"),
    [
        (0, 0, 0, ()),
        (0x400 | 0x20000, 0, 0x10, ()),  # it prints, and toner is low
        (0x1, 0, 0, (Trouble.STOPPED,)),
        (0x10, 0, 0, (Trouble.NO_PAPER,)),
        (0x10 | 0x2, 0, 0, (Trouble.NO_PAPER,)),
        (0x10 | 0x1, 0, 0, (Trouble.NO_PAPER, Trouble.STOPPED)),
        (0x8 | 0x400000, 0, 0, (Trouble.JAM, Trouble.COVER_OPEN)),
        (0x40000, 0, 0, (Trouble.NO_TONER,)),
        (0x80, 0, 0, (Trouble.OFFLINE,)),
        (0, 0x400, 0, (Trouble.OFFLINE,)),
        (0, 0, 0x40, (Trouble.NO_PAPER,)),
        (0, 0, 0x20 | 0x2, (Trouble.OFFLINE,)),
        (0, 0, 0x2, (Trouble.STOPPED,)),
        (0x4, 0, 0, (Trouble.REJECTING,)),
    ],
)
def test_what_the_bits_of_a_queue_mean(status, attributes, job, expected):
    assert troubles(status, attributes, job) == expected


@pytest.mark.parametrize(
    ("job", "queue", "expected"),
    [
        (0, 0, Fate.WAITING),
        (0x8, 0, Fate.WAITING),  # it is being spooled
        (0x10, 0, Fate.PRINTING),
        (0x10 | 0x40, 0, Fate.STOPPED),
        (0x1, 0, Fate.HELD),
        (0, 0x1, Fate.STOPPED),
        (0x80, 0, Fate.DONE),
        (0x80 | 0x2000, 0, Fate.DONE),
        (0x4 | 0x10, 0, Fate.CANCELLED),
        (0x80 | 0x4, 0, Fate.DONE),  # printed, and now forgotten
        (0x80 | 0x4 | 0x100 | 0x2000, 0, Fate.DONE),
    ],
)
def test_what_the_bits_of_a_job_mean(job, queue, expected):
    assert fate(job, queue) is expected


def test_the_default_comes_first(queues, spooler):
    assert queues.printers() == ["Quầy", "A4"]
    spooler.default = ""
    assert queues.printers() == ["A4", "Quầy"]


def test_a_job_is_found_again_by_its_name_among_the_new_ones(queues, spooler):
    spooler.add(5, PAGE.title)  # the same slip, an hour ago
    spooler.add(6, "khác")
    number = queues.submit("Quầy", PAGE)
    assert number == "7"
    assert queues.fate("Quầy", number) is Fate.WAITING
    spooler.jobs[7]["Status"] = 0x40
    assert queues.fate("Quầy", number) is Fate.STOPPED
    assert spooler.opened == 0


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ((0x8, 0x10), Fate.GONE),  # it may be out, or somebody has cancelled it
        ((0x10, 0x80 | 0x2000), Fate.DONE),
        ((0x10, 0x80, 0x80 | 0x4), Fate.DONE),
        ((0x10, 0x10 | 0x4), Fate.CANCELLED),
        ((), Fate.GONE),
    ],
)
def test_a_job_that_is_forgotten_is_what_was_seen_of_it_last(queues, spooler, seen, expected):
    number = queues.submit("Quầy", PAGE)
    for status in seen:
        spooler.jobs[7]["Status"] = status
        queues.fate("Quầy", number)
    del spooler.jobs[7]
    assert queues.fate("Quầy", number) is expected
    assert queues.fate("Quầy", number) is expected
    assert queues.submit("Quầy", PAGE) == number  # numbers come again
    del spooler.jobs[7]
    assert queues.fate("Quầy", number) is Fate.GONE


def test_a_job_that_was_through_at_once_has_no_number(spooler):
    queues = WindowsQueues(lambda _printer, _document: None, spooler)
    assert queues.submit("Quầy", PAGE) == ""
    assert queues.fate("Quầy", "") is Fate.UNKNOWN


def test_a_job_is_taken_back_once(queues, spooler):
    number = queues.submit("Quầy", PAGE)
    queues.cancel("Quầy", number)
    assert spooler.jobs == {}
    assert queues.fate("Quầy", number) is Fate.CANCELLED
    queues.cancel("Quầy", number)
    with pytest.raises(PrinterError):
        queues.cancel("Quầy", "")


def test_the_state_of_a_queue_is_told(queues, spooler):
    spooler.status = 0x400
    spooler.add(3, "khác", 0x10 | 0x40)
    assert queues.condition("Quầy") == Condition("Quầy", True, (Trouble.NO_PAPER,))
    assert spooler.opened == 0


def test_no_such_printer(queues):
    assert queues.condition("Tầng 3").troubles == (Trouble.NO_SUCH_PRINTER,)
    with pytest.raises(NoSuchPrinterError):
        queues.submit("Tầng 3", PAGE)


@pytest.mark.parametrize(("code", "trouble"), [(1722, Trouble.NO_SERVICE), (5, Trouble.NOT_TAKEN)])
def test_a_spooler_that_fails_is_told(queues, spooler, code, trouble):
    spooler.fails_with = code
    assert queues.printers() == []
    assert queues.condition("Quầy").troubles == (trouble,)
    assert queues.fate("Quầy", "7") is Fate.UNKNOWN
    with pytest.raises(PrinterError) as told:
        queues.submit("Quầy", PAGE)
    assert told.value.trouble is trouble


def test_a_spooler_that_hangs_is_left_alone(queues, spooler, monkeypatch):
    monkeypatch.setattr(printer_windows, "ASK_SECONDS", 0.1)
    spooler.hangs = threading.Event()
    assert queues.condition("Quầy").troubles == (Trouble.OFFLINE,)
    assert queues.printers() == []
    spooler.hangs.set()
