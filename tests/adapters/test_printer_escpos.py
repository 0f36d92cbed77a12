"""Receipt printers: byte for byte, as a picture that is read again, and with what goes wrong.

`KIOSK_UPDATE_GOLDEN=1 python -m pytest tests/adapters/test_printer_escpos.py` records the bytes
anew.
"""

import os
import socket
import struct
import subprocess
import sys
import threading
import time
from array import array
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import usb.core
import usb.util
from PySide6.QtGui import QGuiApplication, QImage
from usb.backend import IBackend

from kiosk.adapters import escpos_wire, printer_escpos
from kiosk.adapters.escpos_wire import SerialWire, TcpWire, wire_to
from kiosk.adapters.printer_escpos import ReceiptPrinter, encode
from kiosk.adapters.printer_qt import QtPrinter
from kiosk.adapters.printers import open_printers
from kiosk.ports.document import Document, Line, Paper
from kiosk.ports.printer import Condition, Fate, PrinterError, Trouble
from kiosk.services.slip import visitor_slip
from tests.golden_pages import pixels, read
from tests.paper_samples import CODE, ENGLISH, FONTS, OFFICE, SLIP, VIETNAMESE
from tests.receipt_printer import Roll, grey, listening
from tests.terminals import has_terminals

if os.name != "nt":
    import tty

DATA = Path(__file__).parents[1] / "data" / "escpos"
PAGE = Document("Thử", Paper.ROLL_80, (Line("Mời vào"),))
READY = (0x12, 0x12, 0x12, 0x12)


@pytest.fixture(scope="module")
def paper(qapp: QGuiApplication) -> QtPrinter:
    return QtPrinter(FONTS)


def slip(sheet: Paper) -> Document:
    return visitor_slip(SLIP, OFFICE, VIETNAMESE, ENGLISH, sheet)


def gaps(size: int = 64) -> QImage:
    """A pattern of dots that no font changes."""
    image = QImage(size, size, QImage.Format.Format_Grayscale8)
    image.fill(255)
    for at in range(size):
        image.setPixel(at, at, 0xFF000000)
        image.setPixel(at, 5, 0xFF7F7F7F)
        image.setPixel(at, 6, 0xFF808080)
    return image


@pytest.mark.parametrize("dots", [576, 384])
def test_the_bytes_are_those_that_were_recorded(dots: int) -> None:
    content = encode([gaps()], dots)
    file = DATA / f"pattern-{dots}.bin"
    if os.environ.get("KIOSK_UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    assert content == file.read_bytes()


def test_dots_are_black_from_the_middle_on_and_a_narrow_page_stands_in_the_middle() -> None:
    roll = Roll()
    roll.take(encode([gaps()], 576))
    [page] = roll.pages
    left = (576 - 64) // 2
    expected = np.eye(64, dtype=np.bool_)
    expected[5], expected[6] = True, False
    assert (page[:64, left : left + 64] == expected).all()
    assert not page[:, :left].any()
    assert not page[64:].any()


@pytest.mark.parametrize(
    ("dots", "sheet"),
    [
        (576, Paper.ROLL_80),
        (384, Paper.ROLL_58),
        (576, Paper.ROLL_58),
        (576, Paper.A6),
        (576, Paper.LABEL),
        (384, Paper.A6),
        (384, Paper.ROLL_80),
    ],
)
def test_a_slip_comes_out_dot_for_dot_and_both_decoders_read_its_code(
    paper: QtPrinter, dots: int, sheet: Paper
) -> None:
    roll = Roll(dots)
    with listening(roll) as address:
        assert ReceiptPrinter(address, dots, paper.pictures).print(slip(sheet)) is True
    [page] = roll.pages
    assert (roll.rubbish, page.shape[1]) == (b"", dots)
    assert read(grey(page)) == [CODE]
    if sheet is printer_escpos.HEADS[dots]:
        drawn = pixels(paper.pictures(slip(sheet), 203)[0])
        assert (page[: len(drawn)] == (drawn < 128)).all()


def test_every_page_is_cut(paper: QtPrinter) -> None:
    roll = Roll()
    long = Document("Dài", Paper.ROLL_80, tuple(Line(f"Dòng {n}") for n in range(600)))
    with listening(roll) as address:
        ReceiptPrinter(address, 576, paper.pictures).print(long)
    assert len(roll.pages) == len(paper.pictures(long, 203)) > 1


def test_a_sheet_that_is_wider_than_a_receipt_is_refused(paper: QtPrinter) -> None:
    roll = Roll()
    with listening(roll) as address, pytest.raises(PrinterError) as told:
        ReceiptPrinter(address, 576, paper.pictures).print(Document("Sổ", Paper.A4, ()))
    assert told.value.trouble is Trouble.NOT_TAKEN
    assert roll.raw == b""


@pytest.mark.parametrize(
    ("status", "troubles"),
    [
        (READY, ()),
        ((0x12, 0x12, 0x12, 0x1E), ()),  # the paper ends soon
        ((0x1A, 0x16, 0x12, 0x12), (Trouble.COVER_OPEN,)),
        ((0x1A, 0x32, 0x12, 0x7E), (Trouble.NO_PAPER,)),
        ((0x12, 0x12, 0x12, 0x72), (Trouble.NO_PAPER,)),
        ((0x1A, 0x52, 0x1A, 0x12), (Trouble.JAM,)),
        ((0x1A, 0x16, 0x12, 0x72), (Trouble.COVER_OPEN, Trouble.NO_PAPER)),
        ((0x1A, 0x12, 0x12, 0x12), (Trouble.OFFLINE,)),
        ((0x12, 0x52, 0x32, 0x12), (Trouble.OFFLINE,)),
        (None, ()),
    ],
)
def test_what_it_says_of_itself_is_told_and_nothing_is_sent_to_one_in_trouble(
    paper: QtPrinter, status: tuple[int, int, int, int] | None, troubles: tuple[Trouble, ...]
) -> None:
    roll = Roll(status=status)
    with listening(roll) as address:
        printer = ReceiptPrinter(address, 576, paper.pictures)
        assert printer.condition() == Condition(printer.name, troubles=troubles)
        if troubles:
            with pytest.raises(PrinterError) as told:
                printer.print(PAGE)
            assert told.value.trouble is troubles[0]
            assert roll.pages == []
        else:
            assert printer.print(PAGE) is (status is not None)
            assert len(roll.pages) == 1


def test_one_that_prints_without_a_word_is_asked_once_only(paper: QtPrinter) -> None:
    roll = Roll(status=None)
    with listening(roll) as address:
        printer = ReceiptPrinter(address, 576, paper.pictures)
        for _ in range(3):
            assert printer.print(PAGE) is False
    assert len(roll.pages) == 3
    assert roll.raw.count(b"\x10\x04") == 1


def test_a_roll_that_ends_behind_the_page_makes_no_second_one(paper: QtPrinter) -> None:
    roll = Roll(paper=0x0F)
    with listening(roll) as address:
        assert ReceiptPrinter(address, 576, paper.pictures).print(PAGE)
    assert len(roll.pages) == 1


def test_one_that_hangs_up_once_all_is_on_paper_has_printed_it(
    paper: QtPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def content_with_that(line: socket.socket, roll: Roll) -> None:
        while content := line.recv(65536):
            if answer := roll.take(content):
                line.sendall(answer)
            if b"\x1dr" in roll.raw:  # asked whether all is on paper, and it is
                heard.wait(5)
                at_once = struct.pack("ii", 1, 0)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
                line.close()
                gone.set()
                return

    finish = TcpWire.finish

    def after_that(wire: TcpWire) -> None:
        heard.set()
        assert gone.wait(5)
        finish(wire)

    monkeypatch.setattr(TcpWire, "finish", after_that)
    roll, heard, gone = Roll(), threading.Event(), threading.Event()
    with listening(roll, content_with_that) as address:
        printer = ReceiptPrinter(address, 576, paper.pictures)
        assert printer.print(PAGE)
    assert len(roll.pages) == 1


@pytest.mark.parametrize("host", ["printer..local", "p" * 64])
def test_a_name_that_no_network_knows_is_a_printer_out_of_reach(host, paper: QtPrinter) -> None:
    printer = ReceiptPrinter(f"tcp://{host}:9100", 576, paper.pictures)
    assert printer.condition().troubles == (Trouble.OFFLINE,)


@pytest.mark.skipif(not has_terminals(), reason="no pseudo-terminals here")
def test_a_serial_printer_that_is_unplugged_is_let_go() -> None:
    printers_end, desks_end = os.openpty()
    wire = SerialWire(os.ttyname(desks_end), 9600)
    os.close(printers_end)
    os.close(desks_end)
    wire.close()


def test_a_printer_that_is_not_there(paper: QtPrinter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    printer = ReceiptPrinter(f"tcp://127.0.0.1:{port}", 576, paper.pictures)
    assert printer.condition().troubles == (Trouble.OFFLINE,)
    with pytest.raises(PrinterError) as told:
        printer.print(PAGE)
    assert told.value.trouble is Trouble.OFFLINE


def hangs_up(line: socket.socket, roll: Roll) -> None:
    roll.status = None
    line.recv(3)  # the question
    line.recv(500)  # the page begins


def out_of_paper(line: socket.socket, roll: Roll) -> None:
    """Stops reading, as it does under an open cover, and has nothing to say."""
    line.sendall(roll.take(line.recv(3)))
    while roll.raw.count(b"\x10\x04") < 4:
        line.sendall(roll.take(line.recv(3)))
    line.recv(1)
    time.sleep(1.5)


def test_one_that_hangs_up_in_the_middle(paper: QtPrinter) -> None:
    with listening(Roll(), hangs_up) as address:
        printer = ReceiptPrinter(address, 576, paper.pictures)
        with pytest.raises(PrinterError) as told:
            printer.print(slip(Paper.ROLL_80))
    assert told.value.trouble is Trouble.OFFLINE


def test_one_that_stops_reading_is_given_up(
    paper: QtPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_escpos, "_PRINT_SECONDS", 0.3)
    roll = Roll()
    with listening(roll, out_of_paper) as address:
        printer = ReceiptPrinter(address, 576, paper.pictures)
        with pytest.raises(PrinterError) as told:
            printer.print(PAGE)
    assert told.value.trouble is Trouble.OFFLINE


def test_a_slow_one_is_waited_for(paper: QtPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer_escpos, "_PIECE_SECONDS", 1.0)

    def slow(line: socket.socket, roll: Roll) -> None:
        while content := line.recv(2048):
            time.sleep(0.05)
            if answer := roll.take(content):
                line.sendall(answer)

    roll = Roll()
    began = time.monotonic()
    with listening(roll, slow) as address:
        assert ReceiptPrinter(address, 576, paper.pictures).print(slip(Paper.ROLL_80)) is True
    assert time.monotonic() - began > 1.0
    assert read(grey(roll.pages[0])) == [CODE]


def test_babble_before_an_answer_is_not_taken_for_one(paper: QtPrinter) -> None:
    def babbling(line: socket.socket, roll: Roll) -> None:
        while content := line.recv(65536):
            if answer := roll.take(content):
                line.sendall(b"\x00\xff\x10" + answer)

    roll = Roll(status=(0x1A, 0x32, 0x12, 0x72))
    with listening(roll, babbling) as address:
        printer = ReceiptPrinter(address, 576, paper.pictures)
        assert printer.condition().troubles == (Trouble.NO_PAPER,)


@pytest.mark.skipif(not has_terminals(), reason="no pseudo-terminals here")
def test_a_printer_on_a_serial_port(paper: QtPrinter) -> None:
    device, port = os.openpty()
    tty.setraw(port)
    roll, ended = Roll(), threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                content = os.read(device, 4096)
            except OSError:
                return
            if answer := roll.take(content):
                os.write(device, answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        name = os.ttyname(port)
        printer = ReceiptPrinter(f"serial:{name}:230400", 576, paper.pictures)
        assert printer.condition().troubles == ()
        assert printer.print(slip(Paper.ROLL_80)) is True
    finally:
        ended.set()
        os.close(port)
        thread.join(10)
        os.close(device)
    assert read(grey(roll.pages[0])) == [CODE]


def test_a_serial_port_that_is_not_there(paper: QtPrinter) -> None:
    printer = ReceiptPrinter("serial:/dev/ttyKHONG", 384, paper.pictures)
    assert printer.condition().troubles == (Trouble.OFFLINE,)


NOTHING = ("Operation timed out", -7, 110)
NO_BACKEND = ("No backend available",)


class UsbPrinter(IBackend):
    """A printer on USB, below pyusb: its second interface is the printer, taken by a driver."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self.said = b""
        self.claimed: list[int] = []
        self.driver = True
        self.open = 0

    def enumerate_devices(self):
        yield "printer"

    def get_device_descriptor(self, dev):
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0E15,
            bcdDevice=0x100, iManufacturer=0, iProduct=0, iSerialNumber=0,
            bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev, config):
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=0, bNumInterfaces=2,
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
            extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev, intf, alt, config):
        if intf > 1 or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=intf, bAlternateSetting=0,
            bNumEndpoints=2, bInterfaceClass=(255, 7)[intf], bInterfaceSubClass=1,
            bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(0x81, 0x02)[ep] + intf,
            bmAttributes=2, wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0,
            extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev):
        self.open += 1
        return "handle"

    def close_device(self, dev_handle):
        self.open -= 1

    def get_configuration(self, dev_handle):
        return 1

    def is_kernel_driver_active(self, dev_handle, intf):
        return self.driver

    def detach_kernel_driver(self, dev_handle, intf):
        self.driver = False

    def attach_kernel_driver(self, dev_handle, intf):
        assert not self.claimed
        self.driver = True

    def claim_interface(self, dev_handle, intf):
        assert not self.driver
        self.claimed.append(intf)

    def release_interface(self, dev_handle, intf):
        self.claimed.remove(intf)

    def bulk_write(self, dev_handle, ep, intf, data, timeout):
        assert (ep, intf) == (0x03, 1)
        self.said += self.roll.take(data.tobytes())
        return len(data)

    def bulk_read(self, dev_handle, ep, intf, buff, timeout):
        assert (ep, intf) == (0x82, 1)
        if not self.said:
            raise usb.core.USBTimeoutError(*NOTHING)
        count = min(len(buff), len(self.said))
        buff[:count] = array("B", self.said[:count])
        self.said = self.said[count:]
        return count


@pytest.fixture
def on_usb(monkeypatch: pytest.MonkeyPatch) -> UsbPrinter:
    device = UsbPrinter(Roll())
    monkeypatch.setattr(usb.core, "find", partial(usb.core.find, backend=device))
    return device


def test_a_printer_on_usb(paper: QtPrinter, on_usb: UsbPrinter) -> None:
    printer = ReceiptPrinter("usb:04b8:0e15", 576, paper.pictures)
    assert printer.condition().troubles == ()
    assert printer.print(slip(Paper.ROLL_80)) is True
    assert read(grey(on_usb.roll.pages[0])) == [CODE]
    assert (on_usb.claimed, on_usb.open) == ([], 0)
    assert on_usb.driver, "the system's driver has it back"
    on_usb.roll.status = None
    assert printer.print(PAGE) is False


def test_a_printer_that_windows_keeps_for_itself_is_offline_and_ends_nothing(
    paper: QtPrinter, on_usb: UsbPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_given(handle):  # what libusb says where usbprint.sys drives the printer
        raise NotImplementedError

    monkeypatch.setattr(on_usb, "get_configuration", not_given)
    printer = ReceiptPrinter("usb:04b8:0e15", 576, paper.pictures)
    assert printer.condition().troubles == (Trouble.OFFLINE,)
    with pytest.raises(PrinterError):
        printer.print(PAGE)
    assert on_usb.open == 0


def test_one_that_stops_reading_for_want_of_paper_says_so(
    paper: QtPrinter, on_usb: UsbPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(handle, ep, intf, data, timeout):
        if len(data) > 3:
            on_usb.roll.status = (0x1A, 0x32, 0x12, 0x72)
            raise usb.core.USBTimeoutError(*NOTHING)
        return UsbPrinter.bulk_write(on_usb, handle, ep, intf, data, timeout)

    monkeypatch.setattr(on_usb, "bulk_write", stuck)
    with pytest.raises(PrinterError) as told:
        ReceiptPrinter("usb:04b8:0e15", 576, paper.pictures).print(PAGE)
    assert told.value.trouble is Trouble.NO_PAPER
    assert (on_usb.claimed, on_usb.open) == ([], 0)


def test_another_device_on_usb_is_left_alone(paper: QtPrinter, on_usb: UsbPrinter) -> None:
    printer = ReceiptPrinter("usb:04b8:0e16", 576, paper.pictures)
    assert printer.condition().troubles == (Trouble.OFFLINE,)
    assert on_usb.roll.raw == b""


def test_a_machine_without_usb_library_says_so(
    paper: QtPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(**_ids: int) -> None:
        raise usb.core.NoBackendError(*NO_BACKEND)

    monkeypatch.setattr(usb.core, "find", none)
    with pytest.raises(PrinterError, match="No backend") as told:
        ReceiptPrinter("usb:04b8:0e15", 576, paper.pictures).print(PAGE)
    assert told.value.trouble is Trouble.OFFLINE


@pytest.mark.parametrize(
    "address",
    [
        "",
        "192.168.1.50",
        "tcp://",
        "tcp://a b",
        "serial:",
        "usb:04b8",
        "usb:04b8:0e15:1",
        "lp0",
        "tcp://host:port",
        "serial:COM3:fast",
        "http://host",
        "tcp://a\n",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        wire_to(address)


def test_an_address_of_the_new_internet(paper: QtPrinter, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(escpos_wire, "TcpWire", lambda host, port: asked.append((host, port)))
    wire_to("tcp://[fe80::7]:9101")()
    wire_to("tcp://may-in.local")()
    assert asked == [("fe80::7", 9101), ("may-in.local", 9100)]


def test_it_stands_beside_the_printers_of_the_system(
    qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    roll = Roll()
    with listening(roll) as address:
        printers = open_printers(FONTS, address, 576)
        name = address
        assert list(printers.printers()) == [name]
        assert printers.condition(name) == Condition(name)
        spooled = printers.print_to(name, PAGE)
        printers.cancel(name, spooled)
    assert printers.fate(name, spooled) is Fate.DONE
    assert printers.fate(name, "") is Fate.UNKNOWN
    assert len(roll.pages) == 1
    if os.name != "nt":
        assert printers.condition("khác").troubles == (Trouble.NO_SERVICE,)


@pytest.mark.parametrize(("sheet", "dots"), [(Paper.ROLL_58, 384), (Paper.ROLL_80, 576)])
def test_one_that_is_not_in_the_settings_has_the_head_of_the_document_s_roll(
    qapp: QGuiApplication, sheet: Paper, dots: int
) -> None:
    roll = Roll(dots)
    with listening(roll) as address:
        printers = open_printers(FONTS)
        printers.print_to(address, slip(sheet))
        assert printers.condition(address) == Condition(address)
        assert address not in printers.printers()
    assert read(grey(roll.pages[0])) == [CODE]


def test_loading_the_library_leaves_no_folder_and_no_second_log(tmp_path: Path) -> None:
    program = (
        "import logging; from kiosk.adapters.printer_escpos import _library; _library();"
        "print(logging.getLogger().handlers)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout == "[]\n"
    assert list(tmp_path.iterdir()) == []
