"""A whole desk in memory of the screen: real file, real threads, real window, keys and fingers."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kiosk.adapters.clock_system import SystemClock
from kiosk.app import bootstrap, run
from kiosk.app.equipment import equip
from kiosk.ports.sounds import Sound
from kiosk.services.hand_scanner import FAST_GAP, LATE_END
from kiosk.services.scan_tracker import Scan, ScanSource
from kiosk.ui.wording import Language, Words

RESOURCES = Path(__file__).parents[1] / "resources"
QUIET = '[camera]\nsource = ""\n[screen]\nverdict_seconds = 60\ndeparting_seconds = 30\n'

HONG = "091185000036||Nguyễn Thị Hồng|02031985|Nữ|Ấp 3, Xã Vĩnh Lợi, Sóc Trăng|09052021"
DAT = "091090000045|371234567|Đặng Văn Đạt|17081990|Nam|Khu phố 2, Rạch Giá, Kiên Giang|01012022"


class LeapingClock(SystemClock):
    """The system's clock on a working morning, which a test can put forward.

    Whenever the tests are run: late in the evening two hours later were another day.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ahead = timedelta()
        local = super().now().astimezone(self.zone())
        self._evening = local - local.replace(hour=9, minute=0)

    def leap(self, **span: float) -> None:
        self.ahead += timedelta(**span)

    def now(self) -> datetime:
        return super().now() - self._evening + self.ahead

    def steady(self) -> float:
        return super().steady() + self.ahead.total_seconds()

    def zone(self) -> tzinfo:
        return super().zone()

    def leap_to_tomorrow(self, hour: int = 8) -> None:
        local = self.now().astimezone(self.zone())
        morning = local.replace(hour=hour, minute=0, second=0) + timedelta(days=1)
        self.ahead += morning - local


class HeardSounds:
    """Plays nothing and remembers everything."""

    def __init__(self, _folder: Path) -> None:
        self.heard: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)


class DeskDriver:
    """Sits at the desk.

    Keys enter where the system's would: at the window's own QWindow, through the filter that
    looks for hand scanners. `type` is a person, `burst` a scanner.

    Whoever sits here looks before they go on: after a code, a key or a finger the file has said
    who stands there. With `look=False` they go on at once, as hasty hands do.
    """

    def __init__(
        self,
        qtbot,
        folder: Path,
        *,
        language: Language = Language.ENGLISH,
        settings: str = QUIET,
        rules: str = "",
        camera: str = "",
        clock: LeapingClock | None = None,
        size: tuple[int, int] = (1366, 768),
    ) -> None:
        self.qtbot = qtbot
        self.folder = folder
        folder.mkdir(exist_ok=True)
        if not (folder / "settings.toml").exists():
            (folder / "settings.toml").write_text(settings, "utf-8")
        if rules:
            (folder / "rules.toml").write_text(rules, "utf-8")
        self.clock = clock or LeapingClock()
        self.equipment = replace(equip(folder, RESOURCES, language), clock=self.clock)
        self.words = Words(language, RESOURCES / "i18n")
        app = run.application()
        bootstrap.dress(app, RESOURCES)
        self.equipment.data.claim()
        maker = bootstrap.camera_maker(camera, self.clock)
        self.parts = bootstrap.furnish(app, self.equipment, maker, folder / "prints")
        self.parts.print_desk.target = ""
        self.window, self.controller = self.parts.window, self.parts.controller
        self.heard: list[Sound] = self.controller._sounds.heard
        self._typed_at = 0.0
        self.parts.keys._moment = lambda _event: self._typed_at
        self.past: list[object] = []
        self.controller.changed.connect(lambda: self.past.append(self.controller.state))
        self.papers: list[Path] = []
        following = self.parts.print_desk.following
        following.done.connect(lambda _job, where, _page: self.papers.append(Path(where)))
        self.failed: list[object] = []
        following.troubled.connect(self.failed.append)
        self.parts.office.start()
        self.parts.printing.start()
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.wait(lambda: not self.window._rebuild.isActive())  # drawn to its size
        self.controller.newest.refresh()
        self.wait(lambda: self.controller.newest.overview is not None)
        if self.parts.capture is not None:
            self.parts.capture.start()
        for line in self.parts.lines:
            line.start()

    def leave(self) -> None:
        """Close everything, as the program does."""
        self.parts.stop()
        self.window.close_for_good()
        self.equipment.data.release()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # --- waiting

    def wait(self, until: Callable[[], object], seconds: float = 5.0) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=round(seconds * 1000))

    def wait_for(self, kind: type) -> object:
        self.wait(lambda: isinstance(self.controller.state, kind))
        return self.controller.state

    def settle(self) -> None:
        """Whatever was asked of file and printer has been answered and shown."""
        for settle in (self.settle_file, self._settle_printer, self.settle_file):
            settle()

    def settle_file(self) -> None:
        """Whatever was asked of the file has been answered, and what the answers asked in turn.

        A printer may still hang.
        """
        self._answered(self.parts.office.ask)
        self.wait(lambda: self.parts.office.idle)

    def _settle_printer(self) -> None:
        """Every printer, the list of them, and the files."""
        printing = self.parts.printing
        for place in printing.places:
            self._answered(partial(printing.ask, place))

    def _answered(self, ask: Callable[..., None]) -> None:
        answered: list[object] = []
        ask(lambda _: None, answered.append, answered.append)
        self.wait(lambda: answered)

    # --- keys and fingers

    def press(self, key: str, *, look: bool = True) -> None:
        """One key by its name, such as "Return", "F2" or "Ctrl+P"."""
        name = key.removeprefix("Ctrl+")
        control = Qt.KeyboardModifier.ControlModifier
        modifiers = Qt.KeyboardModifier.NoModifier if name == key else control
        self._typed_at += 1.0
        QTest.keyClick(self.window.windowHandle(), Qt.Key[f"Key_{name}"], modifiers)
        self._rest()
        self._look(look)

    def type(self, text: str, *, look: bool = True) -> None:
        """Letters and digits as a person types them."""
        for letter in text:
            self._typed_at += FAST_GAP * 3
            self._send(letter)
        self._rest()
        self._look(look)

    def burst(self, text: str, end: str = "\r", *, look: bool = True) -> None:
        """What a hand scanner types: fast, with Enter at its end."""
        self._typed_at += LATE_END * 3
        for letter in text + end:
            self._typed_at += 0.002
            self._send_at_once(letter)
        if not end:
            self._rest()
        self._see(look)

    def _send(self, letter: str) -> None:
        window = self.window.windowHandle()
        if letter == "\r":
            QTest.keyClick(window, Qt.Key.Key_Return)
        elif letter.isascii():
            QTest.keyClick(window, letter)
        else:  # QTest knows Latin-1 only
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, window, Qt.Key.Key_unknown, letter, Qt.KeyboardModifier(0)
            )

    def _send_at_once(self, letter: str) -> None:
        """No event loop between two keys: a busy computer does not slow a scanner down."""
        end = letter == "\r"
        key = Qt.Key.Key_Return if end else Qt.Key(ord(letter.upper()) if letter.isascii() else 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def _rest(self) -> None:
        keys = self.parts.keys
        with suppress(AttributeError):
            self.wait(lambda: not (keys._timer.isActive() or keys._last_look.isActive()))

    def _look(self, look: bool) -> None:
        """Whoever was asked for is there; what a key has recorded may still be on its way."""
        if look:
            self.wait(lambda: not self.controller.looking_up)

    def _see(self, look: bool) -> None:
        """What a code means is on the screen, whoever has asked: the desk itself or a sheet."""
        if look:
            self.wait(lambda: self.parts.office.idle)

    def tap(self, widget: QWidget, at: QPoint | None = None, *, look: bool = True) -> None:
        """A finger's press, on whatever lies uppermost there."""
        assert widget.isVisible(), f"{widget} is not to be seen"
        point = widget.mapTo(self.window, at or widget.rect().center())
        QTest.mouseClick(
            self.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), point
        )
        self._look(look)

    def show(self, payload: str | bytes, *, look: bool = True) -> None:
        """Hold a code into the camera: it is seen, and stays in view until `take_away`."""
        content = payload.encode() if isinstance(payload, str) else payload
        self.window.take_scan(Scan(content, ScanSource.CAMERA, "zbar", self.clock.steady()))
        self._see(look)

    def take_away(self, payload: str | bytes) -> None:
        self.controller.gone(payload.encode() if isinstance(payload, str) else payload)

    # --- looking

    def rows(self, question: str) -> list[tuple]:
        """What the file answers to another program at this moment."""
        path = self.folder / "kiosk.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return db.execute(question).fetchall()
