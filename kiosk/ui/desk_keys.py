"""Which key does what, page by page: the keys that are written on the screen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kiosk.domain.admission import Reason
from kiosk.domain.desk import (
    Leaving,
    OutOfOrder,
    Remeasure,
    Screening,
    StillInside,
    Tick,
    Ticked,
)
from kiosk.domain.screening import Declared
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.errands import Errands
from kiosk.ui.log_page import LogPage
from kiosk.ui.pages import Pages
from kiosk.ui.print_page import PAPERS, PrintPage

Act = Callable[[], object]

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_REPEATED = frozenset(
    {Qt.Key.Key_Backspace, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Down}
)
"""Keys that go on while they are held down; any other key counts once a press."""

_PAGES: dict[int, str] = {
    Qt.Key.Key_F1: "desk",
    Qt.Key.Key_F5: "log",
    Qt.Key.Key_F6: "visitor",
    Qt.Key.Key_F7: "print",
}


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

    def act(self, event: QKeyEvent, page: str, pages: Pages) -> Act | None:
        """What this key does now, or None."""
        key = event.key()
        if event.isAutoRepeat() and key not in _REPEATED:
            return None
        if _is_command(event):
            return self._with_command(event, page, pages.log)
        if key in self._switches:
            return self._switches[key]
        if name := _PAGES.get(key):
            return lambda: self._turn_to(name)
        match page:
            case "log":
                act = self._on_log(event, pages.log)
            case "print":
                act = self._on_print(event, pages.print)
            case _:
                act = self._at_desk(key, page) or self._serving(event)
        return act

    def _with_command(self, event: QKeyEvent, page: str, log: LogPage) -> Act | None:
        if event.modifiers() & _COMMANDS != Qt.KeyboardModifier.ControlModifier:
            return None
        if page != "log":
            undo = event.key() == Qt.Key.Key_Z and page != "print"
            return self._errands.undoing.last if undo else None
        keys: dict[int, Act] = {
            Qt.Key.Key_P: log.ask_register,
            Qt.Key.Key_I: self._errands.papers.inside,
            Qt.Key.Key_F: log.search.setFocus,
        }
        return keys.get(event.key())

    def _on_log(self, event: QKeyEvent, log: LogPage) -> Act | None:
        keys: dict[int, Act] = {
            Qt.Key.Key_PageUp: lambda: log.turn(-1),
            Qt.Key.Key_PageDown: lambda: log.turn(1),
            Qt.Key.Key_F2: self._errands.late.enter,
            Qt.Key.Key_F9: log.ask_left,
            Qt.Key.Key_F8: log.ask_undo,
            Qt.Key.Key_Escape: lambda: log.step_back() or self._turn_to("desk"),
            Qt.Key.Key_Down: log.table.setFocus,
            Qt.Key.Key_Up: log.table.setFocus,
        }
        typed = event.text()
        if typed.strip() and typed.isprintable():
            return lambda: log.type_on(typed)
        return keys.get(event.key())

    def _on_print(self, event: QKeyEvent, page: PrintPage) -> Act | None:
        for key, name, _ in PAPERS:
            if event.text().upper() == key:
                return lambda: self._errands.printing.paper(name)
        keys: dict[int, Act] = {
            Qt.Key.Key_Return: lambda: page.act("again"),
            Qt.Key.Key_Enter: lambda: page.act("again"),
            Qt.Key.Key_M: lambda: page.act("elsewhere"),
            Qt.Key.Key_L: lambda: page.act("file"),
            Qt.Key.Key_Delete: lambda: page.act("cancel"),
            Qt.Key.Key_O: self._errands.printing.show_folder,
            Qt.Key.Key_T: self._errands.printing.choose_target,
            Qt.Key.Key_F4: self._errands.printing.reprint,
            Qt.Key.Key_Escape: lambda: page.step_back() or self._turn_to("desk"),
            Qt.Key.Key_Down: page.table.setFocus,
            Qt.Key.Key_Up: page.table.setFocus,
        }
        return keys.get(event.key())

    def _at_desk(self, key: int, page: str) -> Act | None:
        keys: dict[int, Act] = {
            Qt.Key.Key_F2: self._errands.take_guest,
            Qt.Key.Key_F3: self._errands.type_code,
            Qt.Key.Key_F4: self._errands.printing.reprint,
            Qt.Key.Key_Return: self._errands.deciding.confirm,
            Qt.Key.Key_Enter: self._errands.deciding.confirm,
            Qt.Key.Key_Escape: lambda: self._escape(page),
        }
        return keys.get(key)

    def _serving(self, event: QKeyEvent) -> Act | None:
        if isinstance(self._controller.state, StillInside):
            asked: dict[int, Act] = {
                Qt.Key.Key_R: lambda: self._controller.send(Leaving()),
                Qt.Key.Key_X: lambda: self._controller.turn_away(Reason.INVITATION_USED),
            }
            return asked.get(event.key())
        if not isinstance(self._controller.state, Screening | Remeasure):
            return None
        controller, errands, rules = self._controller, self._errands, self._controller.rules
        keys: dict[int, Act] = {
            Qt.Key.Key_X: errands.deciding.refuse,
            Qt.Key.Key_D: lambda: errands.choose_place("unit"),
            Qt.Key.Key_G: lambda: errands.choose_place("host"),
            Qt.Key.Key_V: lambda: errands.choose_place("purpose"),
            Qt.Key.Key_B: controller.swap_kind,
            Qt.Key.Key_N: errands.deciding.same_person,
            Qt.Key.Key_Backspace: controller.erase_temperature,
        }
        if rules.asks_mask:
            keys[Qt.Key.Key_K] = lambda: controller.send(Ticked(Tick.MASK))
        if rules.asks_hands:
            keys[Qt.Key.Key_S] = lambda: controller.send(Ticked(Tick.HANDS))
        if rules.asks_declaration:
            keys[Qt.Key.Key_H] = lambda: controller.answer(Declared.CLEAR)
            keys[Qt.Key.Key_C] = lambda: controller.answer(Declared.SIGNS)
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
            self._errands.deciding.put_aside()


def _is_command(event: QKeyEvent) -> bool:
    """Whether Ctrl, Alt or Meta is held; AltGr, which is both on Windows, writes digits there."""
    commands = event.modifiers() & _COMMANDS
    alt_gr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    writes = event.text() != "" and event.text().isprintable()
    return bool(commands) and not (commands == alt_gr and writes)
