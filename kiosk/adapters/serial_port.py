"""Finds and reads serial ports through pyserial: USB-COM scanners and thermometers."""

import errno
import logging
import re
import sys
from collections.abc import Callable, Iterable, Sequence

import serial
from serial.tools.list_ports import comports
from serial.tools.list_ports_common import ListPortInfo

from kiosk.ports.serial_line import LineFault, LineLostError

AUTO = "auto"
SCANNER_WORDS = ("scan", "barcode", "imager", "code reader")
THERMOMETER_WORDS = ("thermo", "temperature")

_READ_SECONDS = 0.05
_MOST_BYTES = 4096
_DEVICE = re.compile(r"(?:.*/.*|COM[0-9]+)", re.IGNORECASE)
_USB_ID = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)
_BUSY = frozenset({errno.EBUSY, errno.EAGAIN})
FAULTS: tuple[type[Exception], ...] = (
    serial.SerialException,
    OSError,
    ValueError,
    TypeError,  # pyserial's own, where a port is closed while it reads
)
if sys.platform != "win32":
    import termios

    FAULTS = (*FAULTS, termios.error)

_log = logging.getLogger(__name__)


class SerialPort:
    """A port that is looked for anew each time it is opened: USB may give it another name."""

    def __init__(
        self,
        wanted: str,
        baud: int,
        words: Sequence[str],
        ports: Callable[[], Iterable[ListPortInfo]] = comports,
    ) -> None:
        """`wanted` is a device, a USB id ("0c2e:0b61"), a part of a name, or "auto".

        Args:
            wanted: which port.
            baud: bits a second; USB-COM devices take any.
            words: what a device of this sort calls itself, for "auto".
            ports: lists the ports of this computer.
        """
        self._wanted = wanted.strip()
        self._baud = baud
        self._words = words
        self._ports = ports
        self._serial: serial.Serial | None = None
        self._device = ""

    @property
    def name(self) -> str:
        """The device once it was found, else what was asked for."""
        return self._device or self._wanted

    def open(self) -> None:
        """Find and open it. Raises LineLostError."""
        self.close()
        try:
            self._device = find(self._wanted, self._words, self._ports())
            self._serial = serial.Serial(
                self._device, self._baud, timeout=_READ_SECONDS, exclusive=True
            )
        except FAULTS as error:
            raise LineLostError(_fault_of(error), str(error)) from error

    def read(self) -> bytes:
        """What has come. Raises LineLostError."""
        if self._serial is None:
            raise LineLostError(LineFault.FAILED)
        try:
            waiting = min(self._serial.in_waiting, _MOST_BYTES)
            return self._serial.read(max(waiting, 1))
        except FAULTS as error:
            raise LineLostError(LineFault.FAILED, str(error)) from error

    def close(self) -> None:
        """Release it."""
        port, self._serial = self._serial, None
        try:
            if port is not None:
                port.close()
        except FAULTS as error:
            _log.info("closing %s: %s", self.name, error)


def find(wanted: str, words: Sequence[str], ports: Iterable[ListPortInfo]) -> str:
    """The device that `wanted` means. Raises LineLostError.

    "auto" is the one USB port that calls itself so, or the only USB port there is: nothing is
    opened on a guess.
    """
    if _DEVICE.fullmatch(wanted):
        return wanted
    usb = [port for port in ports if port.vid is not None]
    if wanted.casefold() == AUTO:
        named = [port for port in usb if any(word in _names(port) for word in words)]
        fitting = named or usb
    elif match := _USB_ID.fullmatch(wanted):
        fitting = [p for p in usb if (p.vid, p.pid) == (int(match[1], 16), int(match[2], 16))]
    else:
        fitting = [port for port in usb if wanted.casefold() in _names(port)]
    if len(fitting) == 1:
        return fitting[0].device
    fault = LineFault.SEVERAL if fitting else LineFault.NOT_FOUND
    raise LineLostError(fault, ", ".join(port.device for port in fitting))


def _names(port: ListPortInfo) -> str:
    said = (port.description, port.manufacturer, port.product, port.serial_number)
    return " ".join(name for name in said if name).casefold()


def _fault_of(error: Exception) -> LineFault:
    """What an error of opening means; on Windows pyserial tells it in its text alone."""
    number, text = getattr(error, "errno", None), str(error)
    if number in _BUSY or "exclusively lock" in text or "PermissionError" in text:
        return LineFault.BUSY
    if number == errno.EACCES:
        return LineFault.FORBIDDEN
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO) or "FileNotFoundError" in text:
        return LineFault.NOT_FOUND
    return LineFault.FAILED
