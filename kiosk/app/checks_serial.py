"""Looks at the serial ports of scanner and thermometer, where the office has set one."""

from collections.abc import Callable, Iterable

from serial.tools.list_ports import comports
from serial.tools.list_ports_common import ListPortInfo

from kiosk.app.findings import Finding, fault, note, ok
from kiosk.app.settings import SerialSettings
from kiosk.ports.serial_line import LineFault, LineLostError, SerialLine


def port(
    part: str,
    wanted: SerialSettings,
    make: Callable[[], SerialLine],
    ports: Callable[[], Iterable[ListPortInfo]] = comports,
) -> Finding:
    """Whether the port that is set is there and opens.

    Args:
        part: "scanner" or "thermometer".
        wanted: as the settings name it.
        make: the line of these settings.
        ports: lists the ports of this computer.
    """
    line = make()
    try:
        line.open()
    except LineLostError as error:
        found = note if error.fault is LineFault.BUSY else fault
        known = ", ".join(sorted(one.device for one in ports() if one.vid is not None)) or "-"
        said = {"port": wanted.port, "setting": f"{part}.port", "known": known}
        return found(part, f"doctor.serial.{error.fault}", **said)
    else:
        return ok(part, "doctor.serial.ok", device=line.name, baud=wanted.baud)
    finally:
        line.close()
