"""Which key does what, page by page: the keys that are written on the screen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kiosk.domain.desk import (
    Leaving,
    OutOfOrder,
    Remeasure,
    SamePerson,
    Screening,
    StillInside,
    Tick,
)
from kiosk.domain.screening import Declared
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.errands import Errands
from kiosk.ui.log_page import LogPage

Act = Callable[[], object]

_PAGES = {Qt.Key.Key_F1: "desk", Qt.Key.Key_F5: "log", Qt.Key.Key_F6: "visitor"}


class DeskKeys:
    """The key map of one window."""

    def __init__(
        self,
        controller: DeskController,
        errands: Errands,
        turn_to: Callable[[str], None],
        switches: Mapping[int, Act],
    ) -> None:
        """Keep what keys may do.

        Args:
            controller: of the desk.
            errands: what opens sheets.
            turn_to: shows a page.
            switches: keys that work on every page.
        """
        self._controller = controller
        self._errands = errands
        self._turn_to = turn_to
        self._switches = switches

    def act(self, event: QKeyEvent, page: str, log: LogPage) -> Act | None:
        """What this key does now, or None."""
        key = event.key()
        if key in self._switches:
            return self._switches[key]
        for page_key, name in _PAGES.items():
            if key == page_key:
                return lambda: self._turn_to(name)
        if page == "log":
            return self._on_log(event, log)
        if isinstance(self._controller.state, StillInside) and key == Qt.Key.Key_R:
            return lambda: self._controller.send(Leaving())
        return self._at_desk(event, page) or self._serving(event)

    def _on_log(self, event: QKeyEvent, log: LogPage) -> Act | None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            controlled: dict[int, Act] = {
                Qt.Key.Key_P: log.ask_register,
                Qt.Key.Key_I: self._errands.print_inside,
                Qt.Key.Key_F: log.search.setFocus,
            }
            return controlled.get(event.key())
        keys: dict[int, Act] = {
            Qt.Key.Key_PageUp: lambda: log.turn(-1),
            Qt.Key.Key_PageDown: lambda: log.turn(1),
            Qt.Key.Key_F8: log.ask_undo,
            Qt.Key.Key_Escape: lambda: self._turn_to("desk"),
            Qt.Key.Key_Down: log.table.setFocus,
        }
        return keys.get(event.key())

    def _at_desk(self, event: QKeyEvent, page: str) -> Act | None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_Z:
            return self._errands.undo_last
        keys: dict[int, Act] = {
            Qt.Key.Key_F2: self._errands.take_guest,
            Qt.Key.Key_F3: self._errands.type_code,
            Qt.Key.Key_F4: self._errands.reprint,
            Qt.Key.Key_Return: self._controller.confirm,
            Qt.Key.Key_Enter: self._controller.confirm,
            Qt.Key.Key_Escape: lambda: self._escape(page),
        }
        return keys.get(event.key())

    def _serving(self, event: QKeyEvent) -> Act | None:
        if not isinstance(self._controller.state, Screening | Remeasure):
            return None
        controller, errands = self._controller, self._errands
        keys: dict[int, Act] = {
            Qt.Key.Key_K: lambda: controller.tick(Tick.MASK),
            Qt.Key.Key_S: lambda: controller.tick(Tick.HANDS),
            Qt.Key.Key_H: lambda: controller.answer(Declared.CLEAR),
            Qt.Key.Key_C: lambda: controller.answer(Declared.SIGNS),
            Qt.Key.Key_X: errands.refuse,
            Qt.Key.Key_D: lambda: errands.choose_place("unit"),
            Qt.Key.Key_G: lambda: errands.choose_place("host"),
            Qt.Key.Key_V: lambda: errands.choose_place("purpose"),
            Qt.Key.Key_B: controller.swap_kind,
            Qt.Key.Key_N: lambda: controller.send(SamePerson()),
            Qt.Key.Key_Backspace: controller.erase_temperature,
        }
        if act := keys.get(event.key()):
            return act
        typed = event.text()
        if typed and typed in "0123456789.,":
            return lambda: controller.type_temperature(typed)
        return None

    def _escape(self, page: str) -> None:
        if page == "visitor":
            self._turn_to("desk")
        elif not isinstance(self._controller.state, OutOfOrder):
            self._controller.dismiss()
