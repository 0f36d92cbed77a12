"""Puts the parts together: file, camera, printer, window."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.adapters.camera_wishes import Wishes
from kiosk.adapters.list_file import ListFileError, read_rows
from kiosk.adapters.picture_measure import PictureMeasure
from kiosk.adapters.printers import open_printers
from kiosk.adapters.reading_apart import open_reader_apart
from kiosk.adapters.sounds_system import SystemSounds
from kiosk.adapters.sources import open_source
from kiosk.adapters.watchful_reader import WatchfulReader
from kiosk.adapters.workbook import Rows
from kiosk.app import desk_camera, first_start, serial_devices
from kiosk.app.equipment import Equipment
from kiosk.app.office_file import open_office
from kiosk.app.settings import ROLLS, SLIP_PAPERS, Theme
from kiosk.app.toml_file import SettingsError
from kiosk.ports.clock import Clock
from kiosk.ports.decoder import Reader
from kiosk.ports.logbook import LogbookError
from kiosk.ports.sounds import Sound
from kiosk.services.back_office import BackOffice
from kiosk.services.poster import fits, signs
from kiosk.ui import icons, theme
from kiosk.ui.capture_thread import Capture, MakeCamera
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_window import DeskWindow
from kiosk.ui.furnishing import Furnishing, Offers
from kiosk.ui.housekeeping import Housekeeping
from kiosk.ui.key_filter import KeyFilter
from kiosk.ui.line_thread import Line
from kiosk.ui.pace import Pace
from kiosk.ui.print_desk import PrintDesk
from kiosk.ui.printer_threads import PrinterThreads
from kiosk.ui.theme import Tone
from kiosk.ui.worker import Worker

SWITCH_SECONDS = 0.0003
"""How long one thread keeps Python from the others: while a register of 2,000 visits was printed
again and again, the camera gave 15 frames a second with Python's own 5 ms, and 23 with this."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A desk that is ready to be shown.

    Attributes:
        window, controller, capture, print_desk: what can be seen and pressed.
        office, printing: the threads of file and printers, started.
        keys: tells a hand scanner from a person, in the whole application.
        lines: hand scanner and thermometer on serial ports, where they are set.
        housekeeping: has what is over erased.
    """

    window: DeskWindow
    controller: DeskController
    capture: Capture | None
    print_desk: PrintDesk
    office: Worker[BackOffice]
    printing: PrinterThreads
    keys: KeyFilter
    lines: tuple[Line, ...]
    housekeeping: Housekeeping

    def stop(self) -> bool:
        """End camera, printer and file, in this order; what was asked of the file is done.

        False where a driver hangs and its thread was left alone.
        """
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self.keys)
        self.housekeeping.stop()
        ended = [self.capture is None or self.capture.stop()]
        ended += [line.stop() for line in self.lines]
        ended += [self.printing.stop(), self.office.stop()]
        self.controller.stop()
        return all(ended)


def dress(app: QApplication, resources: Path) -> None:
    """Fonts, signs and a style that looks alike on every system."""
    app.setStyle("Fusion")
    theme.load_fonts(resources / "fonts")
    icons.use_folder(resources / "icons")


def furnish(
    app: QApplication, equipment: Equipment, camera: MakeCamera | None, prints: Path
) -> Parts:
    """Make window and threads. The workers are made but not started.

    Args:
        app: the application.
        equipment: what was read.
        camera: makes the camera, on its own thread; None for a desk without one.
        prints: where PDF files go when there is no printer.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    settings, clock = equipment.settings, equipment.clock
    office: Worker[BackOffice] = Worker(
        lambda: open_office(equipment),
        lambda opened: opened.close(),
        (LogbookError, SettingsError),
    )
    printer = open_printers(  # loads fonts: on the screen's thread
        equipment.resources / "fonts", settings.printer.receipt, settings.printer.receipt_dots
    )
    printing = PrinterThreads(printer, clock)
    sounds = SystemSounds(equipment.resources / "sounds")
    pace = Pace(settings.screen.verdict_seconds, settings.screen.departing_seconds)
    controller = DeskController(office, equipment.rules.card, sounds, pace, clock)
    wanted, once = settings.printer.name, settings.printer.slip_once
    print_desk = PrintDesk(office, printing, clock, prints, wanted, _read_rows, once=once)
    capture = None
    if camera is not None:
        capture = Capture(camera, lambda: _open_reader(clock), clock, PictureMeasure)
    window = DeskWindow(controller, capture, office, print_desk, _furnishing(equipment), clock)
    if first_start.holds_former_order(equipment.rules.card):
        file = equipment.rules.file.name
        office.opened.connect(lambda: window.tell("command.former_order", Tone.REFUSE, file=file))
    desk_camera.offer_check(window, capture, office, settings.camera, equipment.data.path, clock)
    keys = KeyFilter(clock, app)
    keys.scanned.connect(window.take_scan)
    keys.garbled.connect(lambda: sounds.play(Sound.ATTENTION))
    keys.garbled.connect(lambda: window.tell("scanner.hold_to_camera", Tone.REFUSE))
    app.installEventFilter(keys)
    lines = serial_devices.attach(settings, window, controller, clock)
    housekeeping = Housekeeping(office, controller)
    housekeeping.doubted.connect(lambda: window.tell("erasing.doubted", Tone.REFER))
    return Parts(
        *(window, controller, capture, print_desk, office, printing, keys, lines, housekeeping)
    )


def _open_reader(clock: Clock) -> Reader:
    """The reader of the live picture; still pictures do not even leave for the other process."""
    return WatchfulReader(open_reader_apart(clock))


def _read_rows(path: Path) -> Rows | str:
    """The rows of a list, or the key of what is wrong with its file."""
    try:
        return read_rows(path)
    except ListFileError as error:
        return error.trouble.value


def camera_maker(
    source: str, clock: Clock, wish: Callable[[], Wishes] = Wishes
) -> MakeCamera | None:
    """How to make the camera that `source` means; None for ""."""
    if not source:
        return None
    return lambda wait: open_source(source, clock, wait, wish=wish)


def _furnishing(equipment: Equipment) -> Furnishing:
    settings = equipment.settings
    poster, receipt = settings.poster, settings.printer.receipt
    return Furnishing(
        office=equipment.office,
        desk=settings.gate.desk,
        offers=Offers(settings.lists.units, settings.lists.hosts, settings.lists.purposes),
        words=equipment.words,
        zone=equipment.clock.zone(),
        mirrored=settings.camera.mirror,
        dark=settings.screen.theme is Theme.DARK,
        prints_slip=settings.printer.slip,
        slip_paper=SLIP_PAPERS[settings.printer.slip_paper],
        rolls={receipt: ROLLS[settings.printer.receipt_dots]} if receipt else {},
        poster_text=poster.text if fits(poster.text) else "",
        poster_signs=signs(poster.signs, equipment.rules.card),
        form=equipment.form,
    )
