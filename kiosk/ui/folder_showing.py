"""Shows a folder in the file manager of the system, aside from the screen's thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from kiosk.ui.printer_threads import PrinterThreads

FILE_MANAGER = "/"
"""A place of its own among the printers, where none is called so: it holds up no file."""


def show_folder(
    printing: PrinterThreads, folder: Path, then: Callable[[], None], failed: Callable[[], None]
) -> None:
    """Open a window of the system's file manager on it.

    Args:
        printing: where it is done; what hangs there is given up, and has failed.
        folder: made by the first file that was saved; without one it is not there yet.
        then: called when the system has taken it up.
        failed: called where it is not there, or nothing is there to show it.
    """
    url = QUrl.fromLocalFile(str(folder.absolute()))
    if QGuiApplication.platformName().startswith("wayland"):
        # Qt asks the focused window for leave there: the screen's own, and it waits for nothing
        (then if QDesktopServices.openUrl(url) else failed)()
        return

    printing.ask(
        FILE_MANAGER,
        lambda _printer: folder.is_dir() and QDesktopServices.openUrl(url),
        lambda shown: (then if shown else failed)(),
        lambda _problem: failed(),
    )
