"""The newest lines of the log and the counts beside them, as the side list shows them; undo."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.domain.admission import Reason
from kiosk.domain.log import Entry
from kiosk.services.back_office import BackOffice, Overview
from kiosk.ui.worker import Worker

_LINES = 40


class NewestLines(QObject):
    """Asks the file for them whenever the log has changed.

    Signals:
        changed: they are new.
        undone: the entry that reverses another one; None where it could not be reversed.

    Attributes:
        overview: as it was read last; None until then.
    Thread: the screen's.
    """

    changed = Signal()
    undone = Signal(object)

    def __init__(
        self, office: Worker[BackOffice], trouble: Callable[[Exception], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._trouble = trouble
        self.overview: Overview | None = None

    def refresh(self) -> None:
        """Ask anew."""
        self._then(lambda _overview: None)

    def when_current(self, then: Callable[[Overview], None]) -> None:
        """Call `then` with the lines as they are now: what is on its way to the file included."""
        if self.overview is not None and self._office.idle:
            then(self.overview)
        else:
            self._then(then)

    def undo(self, entry_id: str, reason: Reason) -> None:
        """Reverse an entry of the list."""
        self._office.ask(
            lambda office: office.reception.undo(entry_id, reason), self._reversed, self._trouble
        )

    def _then(self, then: Callable[[Overview], None]) -> None:
        def answered(overview: Overview) -> None:
            self.overview = overview
            self.changed.emit()
            then(overview)

        self._office.ask(lambda office: office.overview(_LINES), answered, self._trouble)

    def _reversed(self, entry: Entry | None) -> None:
        self.undone.emit(entry)
        self.refresh()
