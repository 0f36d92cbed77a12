"""The small values that cross the ports."""

from kiosk.ports import printer
from kiosk.ports.camera import Frame
from kiosk.ports.logbook import InUseError, LogbookError, Trouble
from kiosk.ports.printer import NoSuchPrinterError, PrinterError
from kiosk.ports.sounds import Sound
from tests.house.module_map import ROOT


def test_a_frame_knows_its_size():
    frame = Frame(memoryview(bytes(2 * 3 * 3)).cast("B", (2, 3, 3)), 0.0)
    assert (frame.height, frame.width) == (2, 3)


def test_another_kiosk_on_the_folder_is_a_trouble_of_its_own():
    assert InUseError("kiosk.lock is held").trouble is Trouble.IN_USE
    assert LogbookError("no answer").trouble is Trouble.UNREACHABLE


def test_a_printer_that_is_not_there_is_trouble_with_a_printer():
    assert issubclass(NoSuchPrinterError, PrinterError)
    assert NoSuchPrinterError("X").trouble is printer.Trouble.NO_SUCH_PRINTER
    assert PrinterError("X").trouble is printer.Trouble.NOT_TAKEN


def test_every_sound_has_its_file():
    files = {path.stem for path in (ROOT / "resources" / "sounds").iterdir()}
    assert {sound.value for sound in Sound} <= files
