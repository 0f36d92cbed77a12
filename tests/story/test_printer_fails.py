"""A morning on which the printer fails, with the real cupsd: guests come in all the same."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from kiosk.domain.desk import Admitted, Screening
from tests.cups_server import Cups, cups_server
from tests.desk_driver import DeskDriver
from tests.ui.conftest import open_desk
from tests.ui.test_desk_guests import fill_in, let_in, slip_on_paper

__all__ = ["open_desk"]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

TOLD_SECONDS = 15.0
QUEUE = "SELECT printer, state, failure FROM print_job ORDER BY asked_at"


@pytest.fixture
def cups() -> Iterator[Cups]:
    with cups_server() as server:
        server.add("Canon")
        yield server


@pytest.fixture
def desk(cups, open_desk, monkeypatch) -> DeskDriver:
    monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
    desk = open_desk()
    desk.wait(lambda: "Canon" in desk.parts.print_desk.printers.names)
    desk.parts.print_desk.target = "Canon"
    return desk


def number_shown(desk) -> str:
    card = desk.window.desk.number
    return card.number.text() if card.isVisible() else ""


def told_within(desk, sentence: str) -> float:
    """The seconds until the notice says it; it has to say it in time."""
    began = time.monotonic()
    desk.wait(lambda: sentence in desk.window.notice.text(), TOLD_SECONDS)
    return time.monotonic() - began


def take(desk) -> str:
    """A guest whose form was taken; the slip's number."""
    fill_in(desk)
    return desk.wait_for(Screening).who.slip_number


def on_paper(cups) -> list[Path]:
    return sorted(cups.out.glob("*.pdf"))


def queue(desk) -> list[tuple]:
    desk.settle()
    return desk.rows(QUEUE)


def is_scanned(desk, paper: Path, number: str) -> bool:
    """Whether the slip that came out is that guest's: scanned, it finds the visit."""
    (symbol_page,) = pypdfium2.PdfDocument(paper)
    assert number in symbol_page.get_textpage().get_text_range()
    desk.show(slip_on_paper(paper))
    desk.wait(lambda: getattr(desk.controller.state, "who", None) is not None)
    return desk.controller.state.who.slip_number == number


def test_cupsd_dies_the_guest_is_let_in_and_the_slip_comes_when_it_is_back(cups, desk):
    cups.kill()
    number = take(desk)
    assert told_within(desk, "print service is not running") < TOLD_SECONDS
    assert number_shown(desk) == number
    let_in(desk)
    assert desk.rows("SELECT verdict FROM register") == [("admit",)]
    assert queue(desk) == [("Canon", "failed", "no_service")]
    assert not on_paper(cups)
    cups.start()
    desk.wait(lambda: queue(desk) == [("Canon", "confirmed", "")], 30)
    (paper,) = on_paper(cups)
    desk.wait(lambda: not number_shown(desk))
    assert is_scanned(desk, paper, number)


def test_cupsd_dies_with_the_slip_in_its_queue_and_the_slip_comes_out_once(cups, desk):
    cups.is_so("no-paper")
    number = take(desk)
    assert told_within(desk, "out of paper") < TOLD_SECONDS
    cups.kill()
    told_within(desk, "print service is not running")
    assert number_shown(desk) == number
    let_in(desk)
    cups.is_so("no-paper", so=False)  # before the next cupsd: it only knows that there was none
    cups.start()
    desk.wait(lambda: queue(desk) == [("Canon", "confirmed", "")], 60)
    time.sleep(1.0)  # another copy would come now
    (paper,) = on_paper(cups)
    assert is_scanned(desk, paper, number)


def test_the_queue_is_paused_and_the_slip_goes_to_another_printer(cups, desk):
    cups.add("Epson")
    cups.run("cupsdisable", "Canon")
    number = take(desk)
    assert told_within(desk, "is paused") < TOLD_SECONDS
    let_in(desk)
    desk.press("F7")
    desk.settle()
    desk.wait(lambda: "Epson" in desk.parts.print_desk.printers.names)
    desk.press("M")
    desk.press("1")
    desk.wait(lambda: queue(desk) == [("Epson", "confirmed", "")], 30)
    cups.run("cupsenable", "Canon")
    time.sleep(1.0)  # the one at Canon was taken back
    (paper,) = on_paper(cups)
    assert is_scanned(desk, paper, number)


def test_paper_runs_out_and_is_loaded_while_the_desk_goes_on(cups, desk):
    cups.is_so("no-paper")
    number = take(desk)
    assert told_within(desk, "out of paper") < TOLD_SECONDS
    desk.type("366ks")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert number_shown(desk) == number
    cups.is_so("no-paper", so=False)
    desk.wait(lambda: queue(desk) == [("Canon", "confirmed", "")], 30)
    desk.wait(lambda: not number_shown(desk))


@pytest.mark.parametrize(
    ("hinder", "sentence"),
    [
        (lambda cups: cups.run("cupsreject", "Canon"), "takes no jobs"),
        (lambda cups: cups.run("lpadmin", "-x", "Canon"), "there is no printer"),
    ],
    ids=["rejecting", "deleted"],
)
def test_what_else_keeps_a_slip_is_told_in_time(
    cups, desk, hinder: Callable[[Cups], None], sentence
):
    hinder(cups)
    number = take(desk)
    assert told_within(desk, sentence) < TOLD_SECONDS
    assert number_shown(desk) == number
    let_in(desk)


def test_after_a_restart_the_slip_that_waits_is_cancelled_by_a_key(cups, desk, open_desk):
    cups.is_so("no-paper")
    number = take(desk)
    told_within(desk, "out of paper")
    let_in(desk)
    desk.settle()
    desk.leave()
    desk.leave = lambda: None
    again = open_desk(folder=desk.folder)
    again.wait(lambda: number_shown(again) == number, TOLD_SECONDS)
    again.press("F7")
    again.settle()
    again.press("Delete")
    again.wait(lambda: queue(again) == [("Canon", "cancelled", "")], 15)
    cups.is_so("no-paper", so=False)
    time.sleep(1.0)
    assert not on_paper(cups)
    assert not number_shown(again)
