"""The printers there are, and how each is."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.ports.printer import Condition, Printer
from kiosk.ui.worker import Worker

_log = logging.getLogger(__name__)


class PrinterStates(QObject):
    """Asks the printers, away from the screen's thread.

    Signals:
        found: the names of the printers, when there are some for the first time.
        changed: another printer is there, or says something else of itself.

    Attributes:
        names: the printers, the default one first.
        conditions: what each said of itself last.
    Thread: the screen's.
    """

    found = Signal(object)
    changed = Signal()

    def __init__(self, printing: Worker[Printer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printing = printing
        self._asking = 0
        self.names: tuple[str, ...] = ()
        self.conditions: dict[str, Condition] = {}

    def ask(self) -> None:
        """Which printers there are, and how each is; nothing while that is being asked."""
        if self._asking:
            return
        self._asking = 1
        self._printing.ask(
            lambda printer: tuple(printer.printers()), self._known, self._not_answered
        )

    def note(self, condition: Condition) -> None:
        """A printer has said something of itself."""
        if self.conditions.get(condition.printer) != condition:
            self.conditions[condition.printer] = condition
            self.changed.emit()

    def _known(self, names: tuple[str, ...]) -> None:
        if names and not self.names:
            self.found.emit(names)
        changed, self.names = names != self.names, names
        for name in names:  # one question a job: a print between them does not wait for all
            self._asking += 1
            self._printing.ask(_question(name), self._answered, self._not_answered)
        self._asking -= 1
        if changed:
            self.changed.emit()

    def _answered(self, condition: Condition) -> None:
        self._asking -= 1
        self.note(condition)

    def _not_answered(self, problem: Exception) -> None:
        self._asking -= 1
        _log.warning("printers: %s", problem)


def _question(name: str) -> Callable[[Printer], Condition]:
    return lambda printer: printer.condition(name)
