"""The dialog that asks for a file: Qt's own on Linux, in the desk's language, where files are."""

import sys
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSettings, QTranslator, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from kiosk.ui import file_places
from kiosk.ui.guest_form import GuestFormSheet
from kiosk.ui.wording import Language
from tests.desk_driver import RESOURCES

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

of_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the system has a dialog of its own"
)

QT_WORDS = RESOURCES / "i18n" / "vi" / "qt.ts"


def asked_for(desk) -> None:
    for key in ("F7", "C", "1"):
        desk.press(key)


def dialog_of(desk) -> QFileDialog:
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    desk.settle()
    return QApplication.activeModalWidget()


def opened(desk) -> QFileDialog:
    asked_for(desk)
    return dialog_of(desk)


def left(desk, dialog) -> None:
    dialog.reject()
    desk.wait(lambda: not desk.controller.occupied)


def said(dialog) -> set[str]:
    labels = {label.text() for label in dialog.findChildren(QLabel)}
    return labels | {button.text() for button in dialog.findChildren(QPushButton)}


@of_linux
def test_the_dialog_speaks_the_language_of_the_desk(open_desk):
    desk = open_desk(language=Language.VIETNAMESE)
    dialog = opened(desk)
    assert dialog.windowTitle() == "Chọn danh sách cán bộ"
    assert said(dialog) >= {"&Tìm trong:", "Tê&n tệp:", "&Loại tệp:", "&Mở", "Thôi"}
    left(desk, dialog)
    desk.press("F12")
    assert "Entrance" in desk.window.windowTitle()
    dialog = opened(desk)
    assert said(dialog) >= {"&Look in:", "File &name:", "&Open", "Cancel"}
    left(desk, dialog)


def test_so_does_the_menu_of_a_line(open_desk):
    open_desk(language=Language.VIETNAMESE)
    line = QLineEdit()
    menu = line.createStandardContextMenu()
    assert "&Dán" in {action.text().split("\t")[0] for action in menu.actions()}


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """Of somebody who has one folder of their own, and no stick so far."""
    home = tmp_path / "home" / "an"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(file_places, "_MOUNTED", (tmp_path / "media",))
    return home


def plug_in(tmp_path, name: str) -> Path:
    stick = tmp_path / "media" / "an" / name
    stick.mkdir(parents=True)
    return stick


class DeadStick:
    """Holds whoever looks at it until it is repaired."""

    def __init__(self, stick: Path, monkeypatch) -> None:
        self.looks = 0
        self._stick, self._look = stick, file_places._itself
        self._repaired = threading.Event()
        monkeypatch.setattr(file_places, "_itself", self._held)

    def _held(self, folder: Path):
        if folder == self._stick:
            self.looks += 1
            if threading.current_thread() is threading.main_thread():
                pytest.fail("the window stands still")
            self._repaired.wait(30)
        return self._look(folder)

    def repair(self) -> None:
        self._repaired.set()


def offered(dialog) -> list[Path]:
    return [Path(url.toLocalFile()) for url in dialog.sidebarUrls()]


@of_linux
def test_it_opens_where_files_are(desk, home, tmp_path):
    dialog = opened(desk)
    assert Path(dialog.directory().path()) == home / "Documents"
    assert offered(dialog) == [home / "Documents", home]
    left(desk, dialog)
    stick = plug_in(tmp_path, "KINGSTON")
    dialog = opened(desk)
    assert Path(dialog.directory().path()) == stick
    assert offered(dialog)[0] == stick
    left(desk, dialog)


@of_linux
def test_a_slow_stick_holds_neither_window_nor_codes(desk, home, tmp_path, monkeypatch):
    slow = DeadStick(plug_in(tmp_path, "SLOW"), monkeypatch)
    monkeypatch.setattr(file_places, "PATIENCE_MS", 60_000)
    asked_for(desk)
    asked_for(desk)  # nothing has come yet: once more
    before = desk.window.speech.words.language
    desk.press("F12")
    assert desk.window.speech.words.language is not before
    assert QApplication.activeModalWidget() is None
    assert desk.controller.occupied
    slow.repair()
    dialog = dialog_of(desk)
    assert offered(dialog) == [tmp_path / "media" / "an" / "SLOW", home / "Documents", home]
    left(desk, dialog)
    assert QApplication.activeModalWidget() is None
    assert slow.looks == 1


@of_linux
def test_a_dead_stick_is_left_out_and_asked_no_more_until_it_answers(
    desk, home, tmp_path, monkeypatch
):
    stick = plug_in(tmp_path, "DEAD")
    dead = DeadStick(stick, monkeypatch)
    monkeypatch.setattr(file_places, "PATIENCE_MS", 300)
    for _ in range(2):
        dialog = opened(desk)
        assert stick not in offered(dialog)
        left(desk, dialog)
    assert dead.looks == 1
    dead.repair()
    files = desk.window.findChild(file_places.FilePlaces)
    desk.wait(lambda: stick not in files._asked)
    monkeypatch.setattr(file_places, "PATIENCE_MS", 60_000)
    dialog = opened(desk)
    assert offered(dialog)[0] == stick
    left(desk, dialog)


@of_linux
def test_where_somebody_has_gone_on_no_dialog_covers_what_they_do(
    desk, home, tmp_path, monkeypatch
):
    slow = DeadStick(plug_in(tmp_path, "SLOW"), monkeypatch)
    monkeypatch.setattr(file_places, "PATIENCE_MS", 60_000)
    asked_for(desk)
    desk.press("F1")
    desk.press("F2")
    slow.repair()
    desk.wait(lambda: not desk.window.errands.place._held)
    assert isinstance(desk.window.errands.place.sheet, GuestFormSheet)
    assert QApplication.activeModalWidget() is None
    assert desk.controller.occupied, "by the form"
    desk.press("Escape")
    assert not desk.controller.occupied


@of_linux
def test_qt_asks_nothing_of_the_folder_that_it_remembers(desk, home, tmp_path):
    """It does so on the screen's thread; the server that the last list came from may be gone."""
    scope = QSettings.Scope.UserScope
    QSettings.setPath(QSettings.Format.NativeFormat, scope, str(tmp_path / "memory"))
    memory = QSettings(scope, "QtProject")
    gone = QUrl.fromLocalFile("/server/gone")
    for key in ("lastVisited", "history", "shortcuts"):
        memory.setValue(f"FileDialog/{key}", [gone] if key != "lastVisited" else gone)
    dialog = opened(desk)
    assert memory.value("FileDialog/lastVisited") == QUrl.fromLocalFile(str(home / "Documents"))
    assert "/server/gone" not in dialog.history()
    left(desk, dialog)


def test_what_was_compiled_is_what_was_written():
    translator = QTranslator()
    assert translator.load(str(QT_WORDS.with_suffix(".qm")))
    found = 0
    for context in ElementTree.parse(QT_WORDS).getroot().iter("context"):
        for message in context.iter("message"):
            where = (context.findtext("name"), message.findtext("source"))
            told = translator.translate(*where, message.findtext("comment") or "")
            assert told == message.findtext("translation"), where
            found += 1
    assert found > 80
