"""Where people keep files: sticks that are plugged in, and their own folders, if they answer."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer
from shiboken6 import isValid

from kiosk.ui.worker import Worker

PATIENCE_MS = 2_000
"""A stick answers in milliseconds; a disk that sleeps is there when a file is asked for again."""

_MOUNTED = (Path("/media"), Path("/run/media"))
_AT = QStandardPaths.StandardLocation
_OWN = (_AT.DocumentsLocation, _AT.DownloadLocation, _AT.DesktopLocation, _AT.HomeLocation)

_Folders = Sequence[Path]


class FilePlaces(QObject):
    """Looks into each folder on a thread of its own.

    A stick that is broken, or a folder on a server that is gone, holds whoever looks for minutes
    or for ever. It is left out, and not asked again before it has answered.

    Thread: the screen's.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: dict[Path, Worker[Path]] = {}
        self._through: list[Worker[Path]] = []

    def find(self, found: Callable[[_Folders], None]) -> None:
        """Call `found` with the folders that are there, sticks first; after PATIENCE_MS at most.

        They are where a Linux desktop has them.
        """
        self._through = [worker for worker in self._through if not worker.stop(0.0)]
        search = _Search(self._ask, found, self)
        for mounted in _MOUNTED:
            search.look_for_sticks(mounted / Path.home().name)
        # a place may be asked for that nobody has made: Documents on a bare system
        for own in dict.fromkeys(Path(QStandardPaths.writableLocation(one)) for one in _OWN):
            search.look_at(own)

    def _ask(
        self, folder: Path, look: Callable[[Path], _Folders], then: Callable[[_Folders], None]
    ) -> bool:
        """Whether it is asked now; one that still owes an answer is not."""
        if folder in self._asked:
            return False
        worker = Worker(lambda: folder, lambda _folder: None, (OSError,))

        def answered(folders: _Folders) -> None:
            if isValid(self):
                self._through.append(self._asked.pop(folder))
                then(folders)

        self._asked[folder] = worker
        worker.ask(look, answered, lambda _problem: answered(()))
        worker.start()
        worker.end()
        return True


class _Search(QObject):
    """One time that the places are asked for."""

    def __init__(
        self,
        ask: Callable[[Path, Callable[[Path], _Folders], Callable[[_Folders], None]], bool],
        found: Callable[[_Folders], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._found: Callable[[_Folders], None] | None = found
        self._owing = 0
        self._order: list[Path] = []
        self._sticks: set[Path] = set()
        self._own: set[Path] = set()
        QTimer.singleShot(PATIENCE_MS, self, self._end)

    def look_for_sticks(self, mounted: Path) -> None:
        """What is mounted there; each of it is looked at in turn."""

        def known(sticks: _Folders) -> None:
            for stick in sticks:
                self._look(stick, _itself, self._sticks.update)

        self._look(mounted, _folders_in, known)

    def look_at(self, own: Path) -> None:
        """One of the folders that somebody has of their own."""
        self._order.append(own)
        self._look(own, _itself, self._own.update)

    def _look(
        self, folder: Path, look: Callable[[Path], _Folders], take: Callable[[_Folders], None]
    ) -> None:
        def answered(folders: _Folders) -> None:
            if self._found is None:
                return  # too late for this time
            take(folders)
            self._owing -= 1
            if not self._owing:
                self._end()

        if self._ask(folder, look, answered):
            self._owing += 1

    def _end(self) -> None:
        found, self._found = self._found, None
        if found is not None:
            self.deleteLater()
            found([*sorted(self._sticks), *(own for own in self._order if own in self._own)])


def _folders_in(folder: Path) -> _Folders:
    """Raises OSError."""
    with os.scandir(folder) as found:
        return [Path(one.path) for one in found if one.is_dir(follow_symlinks=False)]


def _itself(folder: Path) -> _Folders:
    """The folder, once it has answered. Raises OSError."""
    with os.scandir(folder) as found:
        next(found, None)
    return (folder,)
