"""The page in place of a desk that could not be opened."""

from pathlib import Path

import pytest

from kiosk.ui import trouble_window
from kiosk.ui.button import ActionButton
from kiosk.ui.trouble_window import TroubleWindow
from kiosk.ui.wording import Language, Words

RESOURCES = Path(__file__).parents[2] / "resources"
WORDS = Words(Language.VIETNAMESE, RESOURCES / "i18n")


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_it_closes_by_itself_and_says_when(qtbot, monkeypatch):
    monkeypatch.setattr(trouble_window, "OPEN_SECONDS", 3)
    left = []
    window = TroubleWindow(("Bàn đang mở.", "It is open."), WORDS, lambda: left.append(1))
    qtbot.addWidget(window)
    button = window.findChild(ActionButton)
    assert button.title == "Đóng (tự đóng sau 3 giây)"
    window.pass_second()
    assert button.title == "Đóng (tự đóng sau 2 giây)"
    window.pass_second()
    assert left == []
    window.pass_second()
    assert left == [1]


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_nobody_has_to_press_a_key_for_it_to_go(qtbot, monkeypatch):
    monkeypatch.setattr(trouble_window, "OPEN_SECONDS", 1)
    left = []
    window = TroubleWindow(("Bàn đang mở.", "It is open."), WORDS, lambda: left.append(1))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: left == [1], timeout=30_000)
