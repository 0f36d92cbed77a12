"""Types at the window as a person does: one key after the other, through the real key path."""

from collections import deque

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_RHYTHM_MS = 90


class Hands(QObject):
    """Presses what was asked, slowly enough to be no hand scanner.

    Thread: the screen's.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._keys: deque[tuple[int, Qt.KeyboardModifier, str]] = deque()
        self._rested = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start(_RHYTHM_MS)

    def type(self, text: str) -> None:
        """Letters and digits, each as its key."""
        self._rested = False
        for letter in text:
            key = ord(letter.upper()) if letter.isascii() else Qt.Key.Key_unknown.value
            self._keys.append((key, Qt.KeyboardModifier.NoModifier, letter))

    def press(self, key: str) -> None:
        """One key by its name, such as "Return" or "Ctrl+P"."""
        self._rested = False
        name = key.removeprefix("Ctrl+")
        control = Qt.KeyboardModifier.ControlModifier
        modifiers = Qt.KeyboardModifier.NoModifier if name == key else control
        text = "\r" if name == "Return" else ""
        self._keys.append((Qt.Key[f"Key_{name}"].value, modifiers, text))

    def idle(self) -> bool:
        """Whether everything that was asked has been pressed, and has come through.

        The key filter holds a character for a moment, so one beat without a key must pass.
        """
        return not self._keys and self._rested

    def rest(self) -> None:
        """Stop typing."""
        self._timer.stop()
        self._keys.clear()

    def _next(self) -> None:
        target = self._window.windowHandle()
        if not self._keys or target is None:
            self._rested = True
            return
        key, modifiers, text = self._keys.popleft()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))
