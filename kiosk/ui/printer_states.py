"""The printers there are, and how each is."""

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from kiosk.ports.clock import Clock
from kiosk.ports.printer import Condition, Printer, Trouble
from kiosk.services.print_queue import SLOW_SECONDS
from kiosk.ui.printer_threads import PrinterThreads

Answer = TypeVar("Answer")

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

    def __init__(
        self, printing: PrinterThreads, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._printing = printing
        self._clock = clock
        self._asked: dict[str | None, float] = {}  # who has not answered yet, and since when
        self.names: tuple[str, ...] = ()
        self.conditions: dict[str, Condition] = {}

    def ask(self) -> None:
        """Which printers there are, and how each is; who has not answered is not asked again."""
        now = self._clock.steady()
        for name, since in self._asked.items():
            if name is not None and now - since > SLOW_SECONDS:
                self.note(Condition(name, troubles=(Trouble.OFFLINE,)))
        self._question(None, lambda printer: tuple(printer.printers()), self._known)
        self._ask_each()

    def note(self, condition: Condition) -> None:
        """A printer has said something of itself."""
        if self.conditions.get(condition.printer) != condition:
            self.conditions[condition.printer] = condition
            self.changed.emit()

    def _ask_each(self) -> None:
        for name in self.names:
            self._question(name, _condition(name), self.note)

    def _known(self, names: tuple[str, ...]) -> None:
        if names and not self.names:
            self.found.emit(names)
        changed, self.names = names != self.names, names
        self._ask_each()
        if changed:
            self.changed.emit()

    def _question(
        self,
        name: str | None,
        question: Callable[[Printer], Answer],
        then: Callable[[Answer], None],
    ) -> None:
        if name in self._asked:
            return
        self._asked[name] = self._clock.steady()

        def answered(answer: Answer) -> None:
            self._asked.pop(name, None)
            then(answer)

        def failed(problem: Exception) -> None:
            self._asked.pop(name, None)
            _log.warning("printers: %s", problem)

        self._printing.ask(name, question, answered, failed)


def _condition(name: str) -> Callable[[Printer], Condition]:
    return lambda printer: printer.condition(name)
