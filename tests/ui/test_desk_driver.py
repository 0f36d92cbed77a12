"""The driver of these tests looks before it goes on: a slow computer fails none of them."""

import time

import pytest

from kiosk.domain.desk import Screening, Waiting
from kiosk.services.recogniser import Recogniser
from tests.desk_driver import HONG

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def slowed(answer):
    """The file answers like the oldest computer that an office has."""

    def slowly(recogniser, *shown):
        time.sleep(0.3)
        return answer(recogniser, *shown)

    return slowly


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    monkeypatch.setattr(Recogniser, "recognise", slowed(Recogniser.recognise))
    monkeypatch.setattr(Recogniser, "recognise_typed", slowed(Recogniser.recognise_typed))


@pytest.mark.parametrize("by", ["show", "burst"])
def test_whose_code_was_seen_is_there_when_the_hands_go_on(desk, by):
    getattr(desk, by)(HONG)
    assert isinstance(desk.controller.state, Screening)
    desk.type("366")
    assert desk.controller.typed == "366"


def test_so_is_the_answer_to_what_was_typed(desk):
    desk.press("F3")
    desk.type("0012K")
    desk.press("Return")
    assert desk.window.notice.text() == desk.words("desk.mistyped", typed="0012K")


def test_hasty_hands_go_on_before(desk):
    desk.show(HONG, look=False)
    assert isinstance(desk.controller.state, Waiting)
    assert desk.controller.looking_up
    desk.settle_file()
    assert isinstance(desk.controller.state, Screening)
