"""Has what is over erased while nobody is being served, one short step after the other."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.services.back_office import BackOffice
from kiosk.services.retention import Progress
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.worker import Worker

_log = logging.getLogger(__name__)

FIRST_MS, STEP_MS, BUSY_MS, QUIET_MS = 3_000, 40, 2_000, 600_000
"""Before the first step, between two, while somebody is served, and after the last of the day."""


class Housekeeping(QObject):
    """Begins when the file is open and goes on as long as the desk.

    Whoever was recognised and is not yet written into the log is left alone: no step is asked for
    until the desk is at rest and has its answers. So no id is renewed while somebody holds it.

    Signals:
        doubted: nothing is erased, because the computer's clock is doubted; once in a while.
    Thread: the screen's.
    """

    doubted = Signal()

    def __init__(self, office: Worker[BackOffice], controller: DeskController) -> None:
        super().__init__()
        self._office = office
        self._controller = controller
        self._told = self._erasing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        office.opened.connect(lambda: self._timer.start(FIRST_MS))

    def stop(self) -> None:
        """Ask for no further step; the next start goes on."""
        self._timer.stop()
        self._timer.blockSignals(True)  # noqa: FBT003  (Qt's own)

    def _look(self) -> None:
        served = not self._controller.at_rest or self._controller.occupied
        if served or not self._office.idle:
            self._timer.start(BUSY_MS)
            return
        self._office.ask(lambda office: office.retention.step(), self._stepped, self._failed)

    def _stepped(self, progress: Progress) -> None:
        held = progress is Progress.HELD
        if held and not self._told:
            self.doubted.emit()
        self._told = held
        if self._erasing and progress is Progress.DONE:
            self._controller.newest.refresh()  # the side list may show names that are gone
        self._erasing = progress is Progress.MORE
        self._timer.start(STEP_MS if progress is Progress.MORE else QUIET_MS)

    def _failed(self, problem: Exception) -> None:
        _log.warning("not erased: %s", problem)
        self._timer.start(QUIET_MS)
