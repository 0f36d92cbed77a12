"""Asks for a file, in the dialog of the system; codes wait while it lies there."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from kiosk.ui.sheet_place import SheetPlace

_OF_THE_WINDOW = 0.7
_MOUNTED = (Path("/media"), Path("/run/media"))


def ask_file(
    over: QWidget, place: SheetPlace, question: tuple[str, str], chosen: Callable[[Path], None]
) -> None:
    """Call `chosen` with a file that is there; with nothing where the dialog is left.

    Args:
        over: the window that it belongs to.
        place: where sheets lie; none is there now.
        question: title of the dialog, and which files it shows: "Lists (*.xlsx *.csv)".
        chosen: called once the dialog has gone.
    """
    title, kinds = question
    dialog = QFileDialog(over, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    if sys.platform == "linux":
        _at_home(dialog)
        dialog.resize(over.size() * _OF_THE_WINDOW)
    place.hold()

    def finished(taken: int) -> None:
        files = dialog.selectedFiles() if taken else []
        place.let_go()
        if files:
            chosen(Path(files[0]))

    dialog.finished.connect(finished)
    dialog.open()


def _at_home(dialog: QFileDialog) -> None:
    """Qt's own dialog, which speaks the desk's language, where people keep files.

    It opens on the stick, where one is plugged in; Windows does all that by itself.
    """
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    at = QStandardPaths.StandardLocation
    sticks = [stick for folder in _MOUNTED for stick in _folders(folder / Path.home().name)]
    homes = [
        Path(QStandardPaths.writableLocation(one))
        for one in (at.DocumentsLocation, at.DownloadLocation, at.DesktopLocation, at.HomeLocation)
    ]
    # a place may be asked for that nobody has made: Documents on a bare system
    places = [*sticks, *dict.fromkeys(home for home in homes if home.is_dir())]
    dialog.setSidebarUrls([QUrl.fromLocalFile(str(one)) for one in places])
    if places:
        dialog.setDirectory(str(places[0]))


def _folders(folder: Path) -> list[Path]:
    """In a folder that may not be there; nothing is asked of the stick, which may be slow."""
    try:
        with os.scandir(folder) as found:
            return sorted(Path(one.path) for one in found if one.is_dir(follow_symlinks=False))
    except OSError:
        return []
