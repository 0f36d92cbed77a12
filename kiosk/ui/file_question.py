"""Asks for a file, in the dialog of the system; codes wait while it lies there."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from kiosk.ui.file_places import FilePlaces
from kiosk.ui.sheet_place import SheetPlace

_OF_THE_WINDOW = 0.7
_ROOT = Path("/")


class FileQuestion(QObject):
    """Asks for one file at a time.

    Thread: the screen's.
    """

    def __init__(self, over: QWidget, place: SheetPlace) -> None:
        """Ask nothing yet.

        Args:
            over: the window that the dialog belongs to.
            place: where sheets lie.
        """
        super().__init__(over)
        self._over = over
        self._place = place
        self._places = FilePlaces(self)
        self._asking = False

    def ask(self, question: tuple[str, str], chosen: Callable[[Path], None]) -> None:
        """Call `chosen` with a file that is there; with nothing where the dialog is left.

        Args:
            question: title of the dialog, and which files it shows: "Lists (*.xlsx *.csv)".
            chosen: called once the dialog has gone.
        """
        if self._asking:
            return  # a second press while the sticks are looked at
        self._asking = True
        self._place.hold()
        if sys.platform == "linux":
            self._places.find(lambda places: self._found(places, question, chosen))
        else:
            self._open(self._of_the_system(question), chosen)

    def _found(
        self, places: Sequence[Path], question: tuple[str, str], chosen: Callable[[Path], None]
    ) -> None:
        if self._place.sheet is None:
            self._open(self._of_qt(question, places), chosen)
        else:  # whoever has opened something else meanwhile has gone on
            self._let_go()

    def _open(self, dialog: QFileDialog, chosen: Callable[[Path], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

        def finished(taken: int) -> None:
            files = dialog.selectedFiles() if taken else []
            self._let_go()
            if files:
                chosen(Path(files[0]))

        dialog.finished.connect(finished)
        dialog.open()

    def _let_go(self) -> None:
        self._asking = False
        self._place.let_go()

    def _of_the_system(self, question: tuple[str, str]) -> QFileDialog:
        title, kinds = question
        return QFileDialog(self._over, title, "", kinds)

    def _of_qt(self, question: tuple[str, str], places: Sequence[Path]) -> QFileDialog:
        """Qt's own dialog, which speaks the desk's language, where people keep files.

        It opens on the stick, where one is plugged in; Windows does all that by itself.
        """
        title, kinds = question
        at = places[0] if places else _ROOT
        _remember(at)
        dialog = QFileDialog(self._over, title, str(at), kinds)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setSidebarUrls([QUrl.fromLocalFile(str(one)) for one in places])
        dialog.setDirectory(str(at))
        dialog.resize(self._over.size() * _OF_THE_WINDOW)
        return dialog


def _remember(at: Path) -> None:
    """In the place of what Qt remembers of the last dialog, and looks at on the screen's thread.

    The last list came off a stick or from a server: what has answered just now is no trap.
    """
    memory = QSettings(QSettings.Scope.UserScope, "QtProject")
    memory.beginGroup("FileDialog")
    memory.remove("history")
    memory.remove("shortcuts")
    memory.setValue("lastVisited", QUrl.fromLocalFile(str(at)))
