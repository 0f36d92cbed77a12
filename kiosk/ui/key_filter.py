"""Catches what a hand scanner types before it lands in whatever field has the focus."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from shiboken6 import isValid

from kiosk.ports.clock import Clock
from kiosk.services.hand_scanner import ENDS, Advice, HandScanner
from kiosk.services.scan_tracker import Scan, ScanSource

_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_END_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


@dataclass(frozen=True, slots=True)
class _HeldKey:
    window: QWindow
    event: QKeyEvent


class KeyFilter(QObject):
    """Install it on the application: `app.installEventFilter(KeyFilter(clock, app))`.

    Keys are judged where they enter a window, before shortcuts and focus. A single character can
    therefore be no QShortcut in this program: it would fire within a scan. Widgets take such keys
    in `keyPressEvent`, where a person's arrive as ever.

    Signals:
        scanned: a Scan of the hand scanner.
    """

    scanned = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._scanner = HandScanner()
        self._held: list[_HeldKey] = []
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._listen_again)
        # A timer of 0 runs out only when the window system's queue is empty: after a stall of the
        # screen's thread the rest of a scan waits there, and silence is no silence.
        self._last_look = QTimer(self)
        self._last_look.setSingleShot(True)
        self._last_look.timeout.connect(self._on_silence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """True for the keys that go no further."""
        if self._replaying or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._keeps_from_shortcuts(event)
        if not isinstance(watched, QWindow):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._on_press(watched, event)
        return self._on_release(watched, event)

    def _on_press(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        advice = self._judge(event)
        self._follow(advice)
        if advice.keep and self._scanner.patience:
            self._held.append(_HeldKey(window, _copy(event)))
            self._last_look.stop()
            self._timer.start(round(self._scanner.patience * 1000))
        return advice.keep

    def _on_release(self, window: QWindow, event: QKeyEvent) -> bool:
        """A held key's release waits with it: a button must not be let go before it is pressed."""
        if not any(held.event.key() == event.key() for held in self._held):
            return False
        self._held.append(_HeldKey(window, _copy(event)))
        return True

    def _judge(self, event: QKeyEvent) -> Advice:
        if event.isAutoRepeat():
            return self._scanner.other()
        if _is_end(event):
            return self._scanner.end(self._moment(event))
        if _is_character(event):
            return self._scanner.character(event.text(), self._moment(event))
        return self._scanner.other()

    def _keeps_from_shortcuts(self, event: QKeyEvent) -> bool:
        ends = _is_end(event) and self._scanner.ends_scan(self._moment(event))
        if not (ends or _is_character(event)):
            return False
        event.accept()
        return True

    def _follow(self, advice: Advice) -> None:
        if not (advice.release or advice.scan):
            return
        self._timer.stop()
        self._last_look.stop()
        held, self._held = self._held, []
        if advice.release:
            self._replay(held)
        if advice.scan:
            payload = advice.scan.encode("utf-8", "surrogatepass")
            self.scanned.emit(Scan(payload, ScanSource.HAND, "", self._clock.steady()))

    def _replay(self, held: list[_HeldKey]) -> None:
        self._replaying = True
        try:
            for key in held:
                if isValid(key.window):
                    QCoreApplication.sendEvent(key.window, key.event)
        finally:
            self._replaying = False

    def _listen_again(self) -> None:
        self._last_look.start(0)

    def _on_silence(self) -> None:
        self._follow(self._scanner.silence())

    def _moment(self, event: QKeyEvent) -> float:
        """The keyboard's own time; this program's where the platform gives none."""
        return event.timestamp() / 1000 if event.timestamp() else self._clock.steady()


def _is_end(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in _END_KEYS:
        return plain == Qt.KeyboardModifier.NoModifier
    return event.text() in ENDS and bool(event.text())


def _is_character(event: QKeyEvent) -> bool:
    """True for a key that writes; AltGr counts as Ctrl and Alt together on Windows."""
    commands = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    alt_gr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    writes = bool(event.text()) and event.text().isprintable()
    return writes and commands in (Qt.KeyboardModifier.NoModifier, alt_gr)


def _copy(event: QKeyEvent) -> QKeyEvent:
    """An event that outlives its delivery."""
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
