"""What is over goes by itself at an open desk, and nobody who is being served goes with it."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from kiosk.domain.desk import Admitted, Departing, Screening
from kiosk.domain.retention import Trust
from kiosk.ui import housekeeping
from kiosk.ui.list_words import list_line
from tests.desk_driver import HONG
from tests.fakes_log import HONG as LADY
from tests.fakes_log import ManualClock
from tests.retention_office import office, somebody

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(housekeeping, "FIRST_MS", 600_000)
    monkeypatch.setattr(housekeeping, "STEP_MS", 1)
    monkeypatch.setattr(housekeeping, "BUSY_MS", 20)


@pytest.fixture
def folder(tmp_path):
    """Two visitors of forty days ago, at a desk that was open yesterday."""
    now = datetime.now(UTC)
    with office(tmp_path, ManualClock(now - timedelta(days=40))) as one:
        one.comes(LADY)
        one.comes(somebody(1))
        one.store.eraser.keep_trust(Trust(now - timedelta(days=1)))
    return tmp_path


def names(desk):
    return desk.rows("SELECT name FROM entry_identity")


def ran(desk):
    return desk.rows("SELECT ran_at FROM retention")[0][0]


def test_the_desk_erases_by_itself_and_its_own_list_forgets_the_names(
    at_once, monkeypatch, folder, open_desk
):
    monkeypatch.setattr(housekeeping, "FIRST_MS", 10)
    desk = open_desk(folder=folder)
    desk.wait(lambda: ran(desk), 20)
    assert names(desk) == []
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]
    assert desk.rows("SELECT name_erased FROM register") == [("yes",), ("yes",)]
    desk.settle_file()
    overview = desk.controller.newest.overview
    titles = {list_line(line, overview, desk.window.speech).title for line in overview.lines}
    assert titles == {"Erased by rule"}


def test_whoever_is_being_served_is_not_erased_between_scan_and_entry(at_once, folder, open_desk):
    desk = open_desk(folder=folder)
    desk.show(HONG)
    desk.wait_for(Screening)
    desk.parts.housekeeping._timer.start(1)
    desk.qtbot.wait(400)
    assert len(names(desk)) == 2
    desk.type("366")
    desk.type("ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.take_away(HONG)
    desk.wait(lambda: ran(desk), 20)
    assert len(names(desk)) == 1
    desk.show(HONG)
    assert desk.wait_for(Departing)  # the directory still knows whom the log has inside


def test_a_clock_that_is_doubted_is_told_of_and_nothing_goes(at_once, folder, open_desk):
    with office(folder, ManualClock(datetime.now(UTC))) as one:
        one.store.eraser.keep_trust(Trust(datetime.now(UTC) - timedelta(days=99)))
    desk = open_desk(folder=folder)
    told = desk.words("erasing.doubted")
    desk.parts.housekeeping._timer.start(1)
    desk.wait(lambda: told in desk.window.notice.text(), 20)
    assert len(names(desk)) == 2


def test_nothing_is_erased_between_a_question_to_the_file_and_its_answer(
    at_once, folder, open_desk
):
    desk = open_desk(folder=folder)
    desk.settle_file()
    asked, answered = Event(), []
    desk.parts.office.ask(lambda _office: asked.wait(5), answered.append, answered.append)
    desk.parts.housekeeping._look()
    desk.parts.office.ask(lambda office: office.retention._left, answered.append, print)
    asked.set()
    desk.wait(lambda: len(answered) == 2)
    assert answered == [True, None], "who was looked up is still who they were"
    desk.wait(lambda: ran(desk), 20)
