"""Catches what a hand scanner types before it lands in whatever field has the focus.

Letters that no key has arrive in two ways, by the system: Windows takes Alt and digits of the
keypad for a character by itself, and Qt passes on the digits and then a key without a name that
writes the character; X11 and Wayland pass on the digits alone, which are then the scan's text.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from shiboken6 import isValid

from kiosk.ports.clock import Clock
from kiosk.services.hand_scanner import ENDS, SHORTEST, SHORTEST_IN_A_FIELD, Advice, HandScanner
from kiosk.services.keyboard_damage import mended
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
_NAMELESS = frozenset({0, Qt.Key.Key_unknown.value})
_DIGITS = range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_COMMANDS = _ALT_GR | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True, slots=True)
class _HeldKey:
    window: QWindow
    event: QKeyEvent
    at: float


class KeyFilter(QObject):
    """Install it on the application: `app.installEventFilter(KeyFilter(clock, app))`.

    Keys are judged where they enter a window, before shortcuts and focus. A single character can
    therefore be no QShortcut in this program: it would fire within a scan. Widgets take such keys
    in `keyPressEvent`, where a person's arrive as ever.

    Signals:
        scanned: a Scan of the hand scanner.
        garbled: a scan that the keyboard has damaged beyond proof: the camera must read the code.
    """

    scanned = Signal(object)
    garbled = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._scanner = HandScanner()
        self._system_composes = QGuiApplication.platformName() == "windows"
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
        writes = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        self._scanner.shortest = SHORTEST_IN_A_FIELD if writes else SHORTEST
        advice = self._judge(event)
        self._follow(advice)
        if advice.keep and self._scanner.patience:
            self._held.append(_HeldKey(window, _copy(event), self._moment(event)))
            self._last_look.stop()
            self._timer.start(round(self._scanner.patience * 1000))
        return advice.keep

    def _on_release(self, window: QWindow, event: QKeyEvent) -> bool:
        """A held key's release waits with it: a button must not be let go before it is pressed."""
        same = [held for held in self._held if held.event.key() == event.key()]
        if not same:
            return False
        at = self._moment(event)
        if not event.isAutoRepeat() and same[-1].event.type() == QEvent.Type.KeyPress:
            self._scanner.let_go(same[-1].at, at)
        self._held.append(_HeldKey(window, _copy(event), at))
        return True

    def _judge(self, event: QKeyEvent) -> Advice:
        if _is_end(event):
            return self._scanner.end(self._moment(event))
        # X11 takes the second of two equal letters for a key held down, where a scanner is fast;
        # a key that is held down repeats after a quarter of a second at the soonest.
        if event.isAutoRepeat() and not self._scanner.in_rhythm(self._moment(event)):
            return self._scanner.other()
        if _is_alt_digit(event):
            if self._system_composes:
                return self._scanner.composing(self._moment(event))
            digit = str(_DIGITS.index(event.key()))
            return self._scanner.character(digit, self._moment(event))
        if _is_character(event):
            return self._scanner.character(event.text(), self._moment(event))
        return self._scanner.other()

    def _keeps_from_shortcuts(self, event: QKeyEvent) -> bool:
        ends = _is_end(event) and self._scanner.ends_scan(self._moment(event))
        if not (ends or _is_alt_digit(event) or _is_character(event)):
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
        if not advice.scan:
            return
        payload = mended(advice.scan)
        if payload is None:
            self.garbled.emit()
        else:
            self.scanned.emit(Scan(payload, ScanSource.HAND, "", self._clock.steady()))

    def _replay(self, held: list[_HeldKey]) -> None:
        self._replaying = True
        try:
            for key in held:
                # Python's hold on a window may end with the pages in it that were made anew
                window = key.window if isValid(key.window) else QGuiApplication.focusWindow()
                if window is not None:
                    QCoreApplication.sendEvent(window, key.event)
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


def _is_alt_digit(event: QKeyEvent) -> bool:
    """True for a digit of the keypad under Alt: a part of a character's code."""
    alt_on_keypad = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
    return event.key() in _DIGITS and event.modifiers() == alt_on_keypad


def _is_character(event: QKeyEvent) -> bool:
    """True for a key that writes; AltGr counts as Ctrl and Alt together on Windows.

    Signs that are not to be seen count too (hard space, C1 controls): they are bytes of a letter
    where UTF-8 was read as something else. So does what Alt and digits wrote on Windows.
    """
    text, commands = event.text(), event.modifiers() & _COMMANDS
    if not text or any(c < " " or c == "\x7f" for c in text):
        return False
    if commands == Qt.KeyboardModifier.AltModifier:
        return event.key() in _NAMELESS
    return commands in (Qt.KeyboardModifier.NoModifier, _ALT_GR)


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
