"""What comes over serial lines: codes for the desk, readings for the open checklist."""

from kiosk.domain.desk import Remeasure, Screening
from kiosk.ports.clock import Clock
from kiosk.ports.serial_line import LineFault
from kiosk.services.line_loop import LineState
from kiosk.services.scan_tracker import Scan, ScanSource
from kiosk.services.thermometer import reading_in
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_window import DeskWindow
from kiosk.ui.line_thread import Line
from kiosk.ui.theme import Tone

_SHUT = frozenset({LineFault.SEVERAL, LineFault.BUSY, LineFault.FORBIDDEN})
"""Faults that no cable mends."""


def serve_scanner(line: Line, window: DeskWindow, clock: Clock) -> None:
    """Its codes are what the camera's are, wherever the cursor is."""

    def came(code: bytes) -> None:
        window.take_scan(Scan(code, ScanSource.SERIAL, "", clock.steady()))

    line.came.connect(came)
    _tell_changes(line, window, "scanner")


def serve_thermometer(line: Line, window: DeskWindow, controller: DeskController) -> None:
    """Its readings are typed into the checklist; Enter stays the receptionist's."""

    def came(said: bytes) -> None:
        reading = reading_in(said)
        serving = isinstance(controller.state, Screening | Remeasure)
        if reading and serving and controller.rules.health_step:
            controller.clear_temperature()
            for character in reading:
                controller.type_temperature(character)

    line.came.connect(came)
    _tell_changes(line, window, "thermometer")


def _tell_changes(line: Line, window: DeskWindow, part: str) -> None:
    was_lost = False

    def changed(state: LineState, fault: LineFault | None) -> None:
        nonlocal was_lost
        if state is LineState.LOST:
            shut = fault in _SHUT
            window.tell(f"scanner.{part}_{'shut' if shut else 'lost'}", Tone.REFUSE)
        elif was_lost:
            window.tell(f"scanner.{part}_back")
        was_lost = state is LineState.LOST

    line.changed.connect(changed)
