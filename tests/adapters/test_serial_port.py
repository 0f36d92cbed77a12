"""Serial ports on real pseudo-terminals; USB ports as the system would list them."""

import errno
import os

import pytest
import serial
from serial.tools.list_ports_common import ListPortInfo

from kiosk.adapters.serial_port import SCANNER_WORDS, SerialPort, find
from kiosk.ports.serial_line import LineFault, LineLostError
from tests.terminals import has_terminals

pytestmark = pytest.mark.skipif(not has_terminals(), reason="no pseudo-terminals here")

if os.name != "nt":
    from tests.serial_cable import Cable


@pytest.fixture
def cable(tmp_path):
    cable = Cable(tmp_path / "ttyTEST0")
    yield cable
    cable.pull()


@pytest.fixture
def port(cable):
    port = SerialPort(str(cable.path), 115200, SCANNER_WORDS)
    yield port
    port.close()


def read(port, count):
    got = b""
    for _ in range(200):
        got += port.read()
        if len(got) >= count:
            break
    return got


def fault(act):
    with pytest.raises(LineLostError) as caught:
        act()
    return caught.value.fault


def test_every_byte_arrives_as_it_was_sent(cable, port):
    port.open()
    everything = bytes(range(256)) * 8
    cable.send(everything)
    assert read(port, len(everything)) == everything
    assert port.read() == b""


def test_a_pulled_cable_is_a_lost_line_and_the_next_opening_finds_it_again(cable, port):
    port.open()
    cable.pull()
    assert fault(lambda: [port.read() for _ in range(20)]) is LineFault.FAILED
    assert fault(port.open) is LineFault.NOT_FOUND
    cable.plug()
    port.open()
    cable.send(b"again")
    assert read(port, 5) == b"again"


def test_a_port_that_another_program_has_is_busy(cable, port):
    port.open()
    other = SerialPort(str(cable.path), 9600, SCANNER_WORDS)
    assert fault(other.open) is LineFault.BUSY


def test_what_is_no_port_does_not_open(tmp_path):
    (tmp_path / "file").write_text("x")
    assert fault(SerialPort(str(tmp_path / "file"), 9600, ()).open) is LineFault.FAILED
    assert fault(SerialPort(str(tmp_path), 9600, ()).open) is not None


def test_reading_and_closing_need_no_opening(port):
    assert fault(port.read) is LineFault.FAILED
    port.close()
    port.close()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (serial.SerialException(errno.EACCES, "Permission denied"), LineFault.FORBIDDEN),
        (
            serial.SerialException("could not open port 'COM3': PermissionError(13)"),
            LineFault.BUSY,
        ),
        (
            serial.SerialException("could not open port 'COM3': FileNotFoundError(2)"),
            LineFault.NOT_FOUND,
        ),
        (ValueError("Not a valid baudrate"), LineFault.FAILED),
    ],
)
def test_each_refusal_of_the_system_is_told_apart(monkeypatch, error, told):
    def refuse(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(serial, "Serial", refuse)
    assert fault(SerialPort("COM3", 9600, ()).open) is told


def usb(device, vid, pid, description):
    port = ListPortInfo(device)
    port.vid, port.pid, port.description = vid, pid, description
    return port


MODEM = usb("/dev/ttyUSB0", 0x0403, 0x6001, "FT232R USB UART")
SCANNER = usb("/dev/ttyACM0", 0x0C2E, 0x0B61, "Honeywell Barcode Scanner")
BOARD = ListPortInfo("/dev/ttyS0")


@pytest.mark.parametrize(
    ("wanted", "ports", "device"),
    [
        ("auto", [BOARD, MODEM, SCANNER], "/dev/ttyACM0"),
        ("AUTO", [BOARD, MODEM], "/dev/ttyUSB0"),
        ("0c2e:0b61", [MODEM, SCANNER], "/dev/ttyACM0"),
        ("0403:6001", [MODEM, SCANNER], "/dev/ttyUSB0"),
        ("honeywell", [MODEM, SCANNER], "/dev/ttyACM0"),
        ("COM12", [], "COM12"),
        ("/dev/ttyS0", [], "/dev/ttyS0"),
    ],
)
def test_a_port_is_found_by_device_usb_id_name_or_by_itself(wanted, ports, device):
    assert find(wanted, SCANNER_WORDS, ports) == device


@pytest.mark.parametrize(
    ("wanted", "ports", "told"),
    [
        ("auto", [BOARD], LineFault.NOT_FOUND),
        ("auto", [MODEM, MODEM], LineFault.SEVERAL),
        ("auto", [SCANNER, SCANNER], LineFault.SEVERAL),
        ("1234:5678", [MODEM, SCANNER], LineFault.NOT_FOUND),
        ("zebra", [MODEM, SCANNER], LineFault.NOT_FOUND),
    ],
)
def test_nothing_is_opened_on_a_guess(wanted, ports, told):
    assert fault(lambda: find(wanted, SCANNER_WORDS, ports)) is told


def test_a_device_that_comes_back_under_another_name_is_found(cable, tmp_path):
    listed = [usb(str(cable.path), 0x0C2E, 0x0B61, "scanner")]
    port = SerialPort("0c2e:0b61", 9600, SCANNER_WORDS, lambda: listed)
    port.open()
    assert port.name == str(cable.path)
    cable.pull()
    cable.path = tmp_path / "ttyTEST1"
    cable.plug()
    listed[0].device = str(cable.path)
    port.open()
    assert port.name == str(cable.path)
    port.close()
