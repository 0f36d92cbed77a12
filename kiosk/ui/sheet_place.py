"""The place over the window for one sheet at a time; codes wait while one lies there."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ui.desk_controller import DeskController
from kiosk.ui.sheets import Sheet


class SheetPlace(QObject):
    """Opens and closes; a second sheet has to wait for another press.

    Signals:
        opening: a sheet is about to cover the window.
        opened, cleared: a sheet covers it now; none does any more.

    Attributes:
        sheet: what lies there, or None.
    Thread: the screen's.
    """

    opening = Signal()
    opened = Signal()
    cleared = Signal()

    def __init__(self, controller: DeskController) -> None:
        super().__init__(controller)
        self.sheet: Sheet | None = None
        self._controller = controller
        self._held = False
        self._make: Callable[[], Sheet] | None = None
        self._returned: deque[tuple[Callable[[], Sheet], object]] = deque()
        self._in_turn: deque[Callable[[], None]] = deque()

    def open(self, make: Callable[[], Sheet]) -> None:
        """Show the sheet that `make` makes, now and whenever the window is made anew."""
        if self.sheet is not None:
            return
        self.opening.emit()
        self.sheet, self._make = make(), make
        self.sheet.left.connect(self._left)
        self._controller.occupied = True
        self.sheet.open_over()
        self.opened.emit()

    def open_in_turn(self, make: Callable[[], Sheet], again: Callable[[], None]) -> None:
        """Show a sheet that nobody has just pressed for: never in the place of another one.

        Args:
            make: makes the sheet.
            again: called instead, once nothing lies there: what the sheet shows is old by then.
        """
        if self._is_free:
            self.open(make)
        else:
            self._in_turn.append(again)

    def bring_back(self, make: Callable[[], Sheet], kept: object) -> None:
        """A sheet whose answer was not taken, as it was filled in; after the one that lies there.

        Args:
            make: makes the sheet.
            kept: what was filled in, for its `put_back`.
        """
        self._returned.append((make, kept))
        self._open_returned()

    @property
    def holds_something(self) -> bool:
        """Whether something that was filled in would be lost with this place."""
        return bool(self._returned) or (self.sheet is not None and self.sheet.is_filled_in)

    @property
    def _is_free(self) -> bool:
        return self.sheet is None and not self._held

    def _open_returned(self) -> None:
        if self._is_free and self._returned:
            make, kept = self._returned.popleft()
            self.open(make)
            if self.sheet is not None:
                self.sheet.put_back(kept)

    def close(self) -> None:
        """Take the sheet away unanswered."""
        if self.sheet is not None:
            self.sheet.dismiss()

    def hold(self) -> None:
        """Something of the system covers the window: codes and sheets wait until `let_go`."""
        self._held = self._controller.occupied = True

    def let_go(self) -> None:
        """It has gone; a sheet that lies there stays."""
        self._held = False
        if self.sheet is None:
            self._left()

    def remake(self) -> None:
        """The sheet anew, in language, light and scale in force; nothing typed is lost."""
        if self.sheet is None or self._make is None:
            return
        kept, make = self.sheet.kept(), self._make
        self.sheet.dismiss()
        self.open(make)
        self.sheet.put_back(kept)

    def _left(self) -> None:
        self.sheet = None
        self._controller.occupied = self._held
        self.cleared.emit()
        # after what the answer asks for: that comes first
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        self._open_returned()
        while self._is_free and self._in_turn:
            self._in_turn.popleft()()
        self._controller.serve_waiting()
