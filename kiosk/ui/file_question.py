"""Asks for a file, in the dialog of the system; codes wait while it lies there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from kiosk.ui.sheet_place import SheetPlace


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
    place.hold()

    def finished(taken: int) -> None:
        files = dialog.selectedFiles() if taken else []
        place.let_go()
        if files:
            chosen(Path(files[0]))

    dialog.finished.connect(finished)
    dialog.open()
