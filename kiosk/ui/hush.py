"""What somebody still types into a field that a scan took away must not tick or admit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kiosk.ports.clock import Clock

QUIET = 1.0
"""Seconds without a key after which the next one is meant for what is now shown."""

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Hush:
    """Swallows letters, digits and Enter until the typist has looked up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: float | None = None

    def begin(self) -> None:
        """The field has gone."""
        self._until = self._clock.steady() + QUIET

    def swallows(self, event: QKeyEvent) -> bool:
        """Whether the key belongs to what was being typed."""
        now = self._clock.steady()
        if self._until is None or now > self._until:
            self._until = None
            return False
        belongs = event.key() in _ENTER or (event.text().isprintable() and event.text() != "")
        if belongs:
            self._until = now + QUIET
        return belongs
