"""Shows a folder in the file manager of the system, aside from the screen's thread."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from kiosk.ui.printer_threads import PrinterThreads

FILE_MANAGER = "/"
"""A place of its own among the printers, where none is called so: it holds up no file."""


_LIBRARIES, _BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"


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
        (then if _opened(url) else failed)()
        return

    printing.ask(
        FILE_MANAGER,
        lambda _printer: folder.is_dir() and _opened(url),
        lambda shown: (then if shown else failed)(),
        lambda _problem: failed(),
    )


def _opened(url: QUrl) -> bool:
    with _libraries_of_the_system():
        return QDesktopServices.openUrl(url)


@contextmanager
def _libraries_of_the_system() -> Iterator[None]:
    """What is started meanwhile does not take ours for its own.

    A frozen program on Linux begins with LD_LIBRARY_PATH on its own folder and keeps the one
    before as LD_LIBRARY_PATH_ORIG (PyInstaller, "LD_LIBRARY_PATH considerations"); a file manager
    that loads our libraries may not start at all.
    """
    ours = os.environ.get(_LIBRARIES)
    if getattr(sys, "frozen", False):
        _put(os.environ.get(_BEFORE))
    try:
        yield
    finally:
        _put(ours)


def _put(libraries: str | None) -> None:
    if libraries is None:
        os.environ.pop(_LIBRARIES, None)
    else:
        os.environ[_LIBRARIES] = libraries
