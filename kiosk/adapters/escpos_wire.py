"""Cables of receipt printers: network, serial port, USB; each wait ends after some seconds.

A printer that is out of paper stops reading. The devices of python-escpos then wait for good.
"""

import contextlib
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import serial

from kiosk.adapters.serial_port import FAULTS

CONNECT_SECONDS = 2.0
_FAREWELL_SECONDS = 0.1
_BITS_A_BYTE = 10  # on a serial line, with start and stop
_PORT = 9100
_BAUD = 115200
_USB_PRINTER = 7  # class of an interface
ADDRESS = (
    r"tcp://(?P<host>\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+)(:(?P<tcp>\d{1,5}))?"
    r"|serial:(?P<port>[^\s:]+)(:(?P<baud>\d{3,7}))?"
    r"|usb:(?P<vendor>[0-9a-fA-F]{4}):(?P<product>[0-9a-fA-F]{4})"
)


class Wire(Protocol):
    """A line to one printer, open. Everything raises OSError when the printer is gone."""

    def send(self, content: bytes, seconds: float) -> None:
        """All of it, or OSError after so long."""

    def receive(self, seconds: float) -> bytes:
        """What it says; b"" where it says nothing for so long."""

    def finish(self) -> None:
        """Close after all was sent."""

    def close(self) -> None:
        """Close, whatever happened."""


def wire_to(address: str) -> Callable[[], Wire]:
    """How to reach "tcp://HOST[:9100]", "serial:PORT[:BAUD]" or "usb:VENDOR:PRODUCT".

    Raises:
        ValueError: it is none of these.
    """
    found = re.fullmatch(ADDRESS, address)
    if found is None:
        detail = f"no address of a receipt printer: {address!r}"
        raise ValueError(detail)
    if host := found["host"]:
        return lambda: TcpWire(host.strip("[]"), int(found["tcp"] or _PORT))
    if port := found["port"]:
        return lambda: SerialWire(port, int(found["baud"] or _BAUD))
    return lambda: UsbWire(int(found["vendor"], 16), int(found["product"], 16))


class TcpWire:
    """Port 9100 of a printer with a network plug."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), CONNECT_SECONDS)
        except UnicodeError as error:  # "printer..local": no name that a network could know
            raise OSError(*error.args) from error

    def send(self, content: bytes, seconds: float) -> None:
        """All of it."""
        self._socket.settimeout(seconds)
        self._socket.sendall(content)

    def receive(self, seconds: float) -> bytes:
        """What comes next."""
        self._socket.settimeout(seconds)
        try:
            said = self._socket.recv(64)
        except TimeoutError:
            return b""
        if not said:
            detail = "the printer hung up"
            raise ConnectionResetError(detail)
        return said

    def finish(self) -> None:
        """Say that this was all; one that hung up on unread bytes is heard here."""
        self._socket.shutdown(socket.SHUT_WR)
        self._socket.settimeout(_FAREWELL_SECONDS)
        with contextlib.suppress(TimeoutError):
            while self._socket.recv(64):
                pass
        self._socket.close()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """As OSError, whatever a port raises that was unplugged."""
    try:
        yield
    except FAULTS as error:
        raise OSError(*error.args) from error


class SerialWire:
    """A serial port, or a USB plug that looks like one."""

    def __init__(self, port: str, baud: int) -> None:
        self._baud = baud
        # both ways of a printer to say "wait": it has one of them, and which is on its self-test
        with _told():
            self._port = serial.Serial(port, baud, dsrdtr=True, xonxoff=True)

    def send(self, content: bytes, seconds: float) -> None:
        """All of it; what the line itself takes comes on top."""
        with _told():
            self._port.write_timeout = seconds + len(content) * _BITS_A_BYTE / self._baud
            self._port.write(content)

    def receive(self, seconds: float) -> bytes:
        """What comes next."""
        with _told():
            self._port.timeout = seconds
            return bytes(self._port.read(1))

    def finish(self) -> None:
        """The system sends what it holds before it lets go of the port."""
        with _told():
            self._port.close()

    def close(self) -> None:
        """Drop what was not sent: else the system waits for a printer that is gone."""
        with contextlib.suppress(*FAULTS):
            self._port.reset_output_buffer()
        with contextlib.suppress(*FAULTS):
            self._port.close()


class UsbWire:
    """A USB printer without a driver of the system."""

    def __init__(self, vendor: int, product: int) -> None:
        import usb.core  # type: ignore[import-untyped]  # noqa: PLC0415 - few desks have one
        import usb.util  # type: ignore[import-untyped]  # noqa: PLC0415

        self._dispose: Callable[[Any], None] = usb.util.dispose_resources
        self._release: Callable[[Any, int], None] = usb.util.release_interface
        self._taken: int | None = None  # an interface that the system's driver had
        self._nothing: type[OSError] = usb.core.USBTimeoutError
        try:
            self._device: Any = usb.core.find(idVendor=vendor, idProduct=product)
        except usb.core.NoBackendError as error:  # it is a ValueError
            raise OSError(*error.args) from error
        if self._device is None:
            detail = "no such device on USB"
            raise OSError(detail)
        try:
            self._out, self._in = self._endpoints(usb.util)
        except NotImplementedError as error:  # Windows keeps it for itself: it needs WinUSB
            self.close()
            detail = "Windows' own driver holds the USB printer; WinUSB has to replace it"
            raise OSError(detail) from error
        except BaseException:
            self.close()
            raise

    def _endpoints(self, util: Any) -> tuple[Any, Any]:  # noqa: ANN401 - pyusb has no types
        """Of its printer interface, else of the first that takes bytes."""
        for interface in sorted(
            self._device.get_active_configuration(),
            key=lambda one: one.bInterfaceClass != _USB_PRINTER,
        ):
            ways = {util.endpoint_direction(end.bEndpointAddress): end for end in interface}
            if util.ENDPOINT_OUT in ways:
                number = interface.bInterfaceNumber
                with contextlib.suppress(NotImplementedError):  # Windows has no such drivers
                    if self._device.is_kernel_driver_active(number):  # Linux' own "usblp"
                        self._device.detach_kernel_driver(number)
                        self._taken = number
                util.claim_interface(self._device, number)
                return ways[util.ENDPOINT_OUT], ways.get(util.ENDPOINT_IN)
        detail = "the USB device takes no bytes"
        raise OSError(detail)

    def send(self, content: bytes, seconds: float) -> None:
        """All of it."""
        self._out.write(content, int(seconds * 1000))

    def receive(self, seconds: float) -> bytes:
        """What comes next."""
        if self._in is None:
            return b""
        try:
            return bytes(self._in.read(64, int(seconds * 1000)))
        except self._nothing:
            return b""

    def finish(self) -> None:
        """USB keeps nothing back."""
        self.close()

    def close(self) -> None:
        """Let go of it, and give it back to the system's driver where that had it."""
        if self._taken is not None:
            with contextlib.suppress(OSError, NotImplementedError):
                self._release(self._device, self._taken)
                self._device.attach_kernel_driver(self._taken)
            self._taken = None
        self._dispose(self._device)
