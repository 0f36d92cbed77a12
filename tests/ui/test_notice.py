"""Where the notice stands: never over what the receptionist presses or fills in next."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from kiosk.domain.desk import Admitted, Screening
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Language
from tests.desk_driver import HONG

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SIZES = [(1366, 768), (1024, 768)]
GROUP = {"others": "2", "admitted": "3"}


def covered(desk, within) -> list[str]:
    """What of `within` lies below the notice and is pressed or written in."""
    notice = desk.window.notice
    assert notice.isVisible()
    assert desk.window.rect().contains(notice.geometry())
    parts = [
        part
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
        for part in within.findChildren(kind)
        if part.isVisible()
    ]
    assert parts
    return [
        part.accessibleName() or part.objectName()
        for part in parts
        if QRect(part.mapTo(desk.window, QPoint(0, 0)), part.size()).intersects(notice.geometry())
    ]


def fitted(open_desk, size, language=Language.VIETNAMESE):
    desk = open_desk(size=size, language=language)
    desk.wait(lambda: abs(desk.window.theme.scale - size[0] / 1366) < 0.01)
    return desk


def opened(desk):
    sheet = desk.window.errands.place.sheet
    assert sheet is not None
    return sheet


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_card_of_somebody_else_is_told_clear_of_the_form(open_desk, size):
    desk = fitted(open_desk, size)
    desk.press("F2")
    desk.type("Tran Van Nam")
    desk.show(HONG)
    assert desk.words("form.somebody_else") in desk.window.notice.text()
    assert covered(desk, opened(desk)) == []
    desk.press("Escape")
    desk.press("Escape")
    assert covered(desk, desk.window) == [], "it goes back to the list with the sheet"


def _correction(desk):
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.settle()
    desk.press("F5")
    desk.settle()
    desk.press("Down")
    desk.press("F8")
    desk.press("2")


def _late(desk):
    desk.press("F5")
    desk.settle()
    desk.press("F2")


def _questions(desk):
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.press("X")


SHEETS = {
    "guest": lambda desk: desk.press("F2"),
    "correction": _correction,
    "late": _late,
    "refusal": _questions,
    "code": lambda desk: desk.press("F3"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("open_sheet", SHEETS.values(), ids=SHEETS)
def test_no_notice_lies_over_anything_of_a_sheet(open_desk, size, open_sheet):
    desk = fitted(open_desk, size)
    open_sheet(desk)
    sheet = opened(desk)
    desk.window.tell("form.group_passed", Tone.REFUSE, **GROUP)
    assert covered(desk, sheet) == []
    desk.window.tell("printing.advice.no_service", Tone.REFUSE, what="0012K", printer="Canon")
    assert covered(desk, sheet) == []


def test_trouble_told_as_a_sheet_comes_back_is_not_below_it(desk):
    desk.window.tell("desk.no_answer", Tone.REFUSE)
    desk.press("F2")
    notice, sheet = desk.window.notice, opened(desk)
    siblings = desk.window.children()
    assert siblings.index(notice) > siblings.index(sheet), "the sheet would dim it"
    assert covered(desk, sheet) == []
