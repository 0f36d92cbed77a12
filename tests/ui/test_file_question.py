"""The dialog that asks for a file: Qt's own on Linux, in the desk's language, where files are."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from kiosk.ui import file_question
from kiosk.ui.wording import Language
from tests.desk_driver import RESOURCES

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

QT_WORDS = RESOURCES / "i18n" / "vi" / "qt.ts"


def opened(desk) -> QFileDialog:
    desk.press("F7")
    desk.press("C")
    desk.press("1")
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    desk.settle()
    return dialog


def left(desk, dialog) -> None:
    dialog.reject()
    desk.wait(lambda: not desk.controller.occupied)


def said(dialog) -> set[str]:
    labels = {label.text() for label in dialog.findChildren(QLabel)}
    return labels | {button.text() for button in dialog.findChildren(QPushButton)}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has a dialog of its own")
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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has a dialog of its own")
def test_it_opens_where_files_are(desk, tmp_path, monkeypatch):
    home, media = tmp_path / "home" / "an", tmp_path / "media"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(file_question, "_MOUNTED", (media,))
    dialog = opened(desk)
    assert Path(dialog.directory().path()) == home / "Documents"
    assert [Path(url.toLocalFile()) for url in dialog.sidebarUrls()] == [home / "Documents", home]
    left(desk, dialog)
    (media / "an" / "KINGSTON").mkdir(parents=True)
    dialog = opened(desk)
    assert Path(dialog.directory().path()) == media / "an" / "KINGSTON"
    assert Path(dialog.sidebarUrls()[0].toLocalFile()) == media / "an" / "KINGSTON"
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
