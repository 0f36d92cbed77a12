"""The serial ports that the settings name: hand scanner and thermometer."""

from collections.abc import Iterator
from functools import partial

from kiosk.adapters.serial_port import SCANNER_WORDS, THERMOMETER_WORDS, SerialPort
from kiosk.app.settings import SerialSettings, Settings
from kiosk.ports.clock import Clock
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_window import DeskWindow
from kiosk.ui.line_thread import Line, MakeLine
from kiosk.ui.serial_desk import serve_scanner, serve_thermometer


def wanted(settings: Settings) -> Iterator[tuple[str, SerialSettings, MakeLine]]:
    """Each device whose port is set: its name, its settings, and how its line is made."""
    devices = (
        ("scanner", settings.scanner, SCANNER_WORDS),
        ("thermometer", settings.thermometer, THERMOMETER_WORDS),
    )
    for part, said, words in devices:
        if said.port:
            yield part, said, partial(SerialPort, said.port, said.baud, words)


def attach(
    settings: Settings, window: DeskWindow, controller: DeskController, clock: Clock
) -> tuple[Line, ...]:
    """The lines of these devices, connected with the desk but not started."""
    lines = []
    for part, _, make in wanted(settings):
        line = Line(make, clock, window)
        if part == "scanner":
            serve_scanner(line, window, clock)
        else:
            serve_thermometer(line, window, controller)
        lines.append(line)
    return tuple(lines)
