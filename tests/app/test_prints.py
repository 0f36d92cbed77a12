"""The queue of prints from the command line."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.adapters.clock_system import SystemClock
from kiosk.app.main import main
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from tests.stores import opened


@pytest.fixture
def data(tmp_path):
    """A slip that waits since the day before yesterday, and one that came out just now."""
    now = SystemClock().now()
    waiting = PrintJob(
        *("j1", Printed.STAFF_CARDS, "Máy in\x1b[2J", PrintState.FAILED),
        *(now - timedelta(days=2),),
        failure="no_paper",
    )
    done = PrintJob("j2", Printed.SLIP, "Canon", PrintState.ASKED, now, subject="0012K")
    with opened(tmp_path) as store:
        store.print_jobs.ask(waiting, "content")
        store.print_jobs.ask(done, "content")
        store.print_jobs.became(replace(done, state=PrintState.CONFIRMED, reprints=1), now)
    return tmp_path


def test_what_waits_and_todays_prints_are_listed_in_words(data, capsys):
    assert main(["prints", "--data", str(data), "--lang", "vi"]) == 0
    slip, cards = capsys.readouterr().out.splitlines()
    assert slip.endswith("vừa xong  phiếu 0012K  Canon  Đã in xong")
    assert cards.endswith("2 ngày  thẻ cán bộ  Máy in [2J  Hết giấy")


def test_the_same_as_json(data, capsys):
    assert main(["prints", "--data", str(data), "--json"]) == 0
    slip, cards = map(json.loads, capsys.readouterr().out.splitlines())
    assert (slip["subject"], slip["state"], slip["reprints"], slip["waits"]) == (
        *("0012K", "confirmed", 1, False),
    )
    assert (cards["printed"], cards["trouble"], cards["waits"]) == (
        *("staff_cards", "no_paper", True),
    )
    assert "content" not in cards


def test_where_nothing_was_printed_it_says_so(tmp_path, capsys):
    with opened(tmp_path):
        pass
    assert main(["prints", "--data", str(tmp_path), "--lang", "en"]) == 1
    assert capsys.readouterr().out == "Nothing was printed today.\n"
