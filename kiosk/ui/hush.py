"""What somebody still types into a field that a scan took away must not tick or admit."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from kiosk.ports.clock import Clock

QUIET = 1.0
"""Seconds without a key after which the next one is meant for what is now shown."""

LONGEST = 3.0
"""Whoever types on for so long has seen what is shown."""

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Hush(QObject):
    """Swallows letters, digits and Enter until the typist has looked up."""

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._typed_at = float("-inf")
        self._until = self._end = float("-inf")
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def begin(self) -> None:
        """A field has gone: hush, if somebody was just typing into it."""
        now = self._clock.steady()
        if now - self._typed_at <= QUIET:
            self._until, self._end = now + QUIET, now + LONGEST

    def swallows(self, event: QKeyEvent) -> bool:
        """Whether the key belongs to what was being typed."""
        now = self._clock.steady()
        if now > min(self._until, self._end):
            return False
        writes = event.text() != "" and event.text().isprintable()
        if writes or event.key() in _ENTER:
            self._until = now + QUIET
            return True
        return False

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QLineEdit) and isValid(old):
            old.textEdited.disconnect(self._typed)
        if isinstance(new, QLineEdit):
            new.textEdited.connect(self._typed)

    def _typed(self, _text: str) -> None:
        self._typed_at = self._clock.steady()
