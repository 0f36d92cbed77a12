"""Prints at the desk: followed, told, handed over again, cancelled, known after a restart."""

import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QPoint, QRect

from kiosk.adapters.told_prints import FolderOfTold
from kiosk.domain.desk import Admitted, Screening
from kiosk.ports.document import Document, Line, Paper, Together
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.printer import Fate, Trouble
from kiosk.services.print_queue import SLOW_SECONDS
from kiosk.ui import print_desk, printer_threads
from kiosk.ui.printer_threads import (
    GIVE_UP_SECONDS,
    MOST_GIVEN_UP,
    NoAnswerError,
    PrinterThreads,
)
from tests.desk_driver import QUIET, DeskDriver
from tests.ui.test_desk_guests import fill_in, let_in, slip_on_paper

ONCE = QUIET + "[printer]\nslip_once = true\n"
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEPT = "SELECT printed, printer, state, failure, reprints FROM print_job ORDER BY asked_at"


def at_canon(desk: DeskDriver) -> DeskDriver:
    desk.parts.print_desk.target = "Canon"
    return desk


@pytest.fixture
def desk(printer, open_desk) -> DeskDriver:
    return at_canon(open_desk())


def issue_slip(desk) -> None:
    fill_in(desk)
    desk.wait_for(Screening)


def kept(desk) -> list[tuple]:
    desk.settle()
    return desk.rows(KEPT)


def number_shown(desk) -> str:
    card = desk.window.desk.number
    return card.number.text() if card.isVisible() else ""


def test_no_sentence_lies_over_the_number_that_is_read_aloud(desk, printer):
    printer.refuses = Trouble.STOPPED
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk) and desk.window.notice.isVisible())
    card, notice = desk.window.desk.number, desk.window.notice
    at = card.mapTo(desk.window, QPoint(0, 0))
    assert not QRect(at, card.size()).intersects(notice.geometry())


def test_a_slip_is_followed_until_it_is_on_paper(desk, printer):
    printer.begins_with = Fate.PRINTING
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    assert kept(desk) == [("slip", "Canon", "sent", "", 0)]
    assert "to Canon" in desk.window.notice.text()
    printer.fates["1"] = Fate.DONE
    desk.wait(lambda: kept(desk) == [("slip", "Canon", "confirmed", "", 0)])
    assert not number_shown(desk)


def test_out_of_paper_is_told_and_the_number_shown_large_until_paper_is_there(desk, printer):
    printer.begins_with = Fate.PRINTING
    printer.troubles["Canon"] = (Trouble.NO_PAPER,)
    issue_slip(desk)
    number = desk.controller.state.who.slip_number
    desk.wait(lambda: number_shown(desk) == number)
    assert "out of paper. Load paper" in desk.window.notice.text()
    assert number in desk.window.notice.text()
    assert kept(desk) == [("slip", "Canon", "sent", "no_paper", 0)]
    let_in(desk)
    assert number_shown(desk) == number, "the guest is in, and the slip still waits"
    printer.troubles.clear()
    printer.fates["1"] = Fate.DONE
    desk.wait(lambda: not number_shown(desk), 12)
    assert kept(desk) == [("slip", "Canon", "confirmed", "", 0)]
    assert desk.window.notice.text() == f"Printed slip {number}"
    assert len(printer.taken) == 1


def test_what_was_refused_is_handed_over_by_itself_when_the_printer_is_ready(desk, printer):
    printer.refuses = Trouble.NO_SERVICE
    printer.troubles["Canon"] = (Trouble.NO_SERVICE,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    let_in(desk)
    assert kept(desk) == [("slip", "Canon", "failed", "no_service", 0)]
    printer.refuses = None
    printer.troubles.clear()
    desk.wait(lambda: kept(desk) == [("slip", "Canon", "confirmed", "", 0)], 12)
    assert len(printer.taken) == 1


def test_a_driver_that_hangs_is_told_and_the_guest_is_let_in(desk, printer):
    with printer.hangs:
        issue_slip(desk)
        desk.wait(lambda: desk.parts.print_desk.following._under_way)
        desk.clock.leap(seconds=SLOW_SECONDS + 1)
        desk.wait(lambda: number_shown(desk))
        assert "cannot be reached" in desk.window.notice.text()
        desk.type("366ks")
        desk.press("Return")
        desk.wait_for(Admitted)
    desk.wait(lambda: not number_shown(desk))


def test_a_printer_that_tells_nothing_of_its_jobs_has_taken_it(desk, printer):
    printer.follows = False
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    assert kept(desk) == [("slip", "Canon", "sent", "", 0)]
    assert not desk.parts.print_desk.following.followed


def test_f4_prints_the_same_slip_once_more_and_counts_it(desk, printer):
    issue_slip(desk)
    desk.wait(lambda: ("slip", "Canon", "confirmed", "", 0) in kept(desk))
    desk.press("F4")
    desk.wait(lambda: ("slip", "Canon", "confirmed", "", 1) in kept(desk))
    (_, first), (_, second) = printer.taken
    assert replace(first, blocks=()) == replace(second, blocks=())
    assert "in lại lần 1" not in repr(first)
    assert "reprint 1" in repr(second)


def test_f4_while_the_slip_waits_at_the_printer_makes_no_second_copy(desk, printer):
    printer.begins_with = Fate.WAITING
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    desk.press("F4")
    desk.settle()
    assert len(printer.taken) == 1


def test_a_slip_that_is_printed_once_is_never_printed_twice(printer, open_desk):
    desk = at_canon(open_desk(settings=ONCE))
    issue_slip(desk)
    desk.wait(lambda: ("slip", "Canon", "confirmed", "", 0) in kept(desk))
    desk.settle()
    assert desk.rows("SELECT content FROM print_job") == [("",)], "nobody can print it again"
    desk.press("F4")
    desk.settle()
    assert "may be printed once only" in desk.window.notice.text()
    assert len(printer.taken) == 1


def test_a_slip_that_is_printed_once_can_go_to_another_printer_while_it_waits(printer, open_desk):
    desk = at_canon(open_desk(settings=ONCE))
    printer.begins_with = Fate.WAITING
    printer.troubles["Canon"] = (Trouble.STOPPED,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    printer.begins_with = Fate.DONE
    desk.parts.print_desk.target = "Epson"
    desk.press("F4")
    desk.wait(lambda: ("slip", "Epson", "confirmed", "", 0) in kept(desk))
    assert printer.cancelled == ["1"], "it would come out at Canon as well"


def test_a_print_is_cancelled_here_and_at_the_printer(desk, printer):
    printer.begins_with = Fate.WAITING
    printer.troubles["Canon"] = (Trouble.STOPPED,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    ((job, _),) = desk.parts.print_desk.unprinted
    desk.parts.print_desk.cancel(job)
    desk.wait(lambda: kept(desk) == [("slip", "Canon", "cancelled", "", 0)])
    assert printer.cancelled == ["1"]
    assert not number_shown(desk)


def test_a_print_that_the_printer_does_not_give_back_is_followed_on(desk, printer):
    printer.begins_with, printer.keeps_jobs = Fate.WAITING, True
    printer.troubles["Canon"] = (Trouble.NO_SERVICE,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    ((job, _),) = desk.parts.print_desk.unprinted
    desk.parts.print_desk.cancel(job)
    desk.settle()
    assert "Could not cancel" in desk.window.notice.text()
    assert kept(desk) == [("slip", "Canon", "sent", "no_service", 0)]
    assert number_shown(desk)


def test_a_print_that_waits_is_known_after_a_restart(desk, printer, open_desk):
    printer.refuses = Trouble.OFFLINE
    printer.troubles["Canon"] = (Trouble.OFFLINE,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    number = number_shown(desk)
    desk.settle()
    desk.leave()
    desk.leave = lambda: None
    again = at_canon(open_desk(folder=desk.folder))
    again.wait(lambda: number_shown(again) == number)
    printer.refuses = None
    printer.troubles.clear()
    again.wait(lambda: kept(again) == [("slip", "Canon", "confirmed", "", 0)], 12)
    ((_, document),) = printer.taken
    path = again.folder / "again.pdf"
    printer.files.write_pdf(path, document)
    again.show(slip_on_paper(path))
    assert again.wait_for(Screening).who.slip_number == number


def test_a_print_in_the_printers_queue_is_followed_after_a_restart(desk, printer, open_desk):
    printer.begins_with = Fate.WAITING
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    desk.settle()
    desk.leave()
    desk.leave = lambda: None
    printer.fates["1"] = Fate.DONE
    again = open_desk(folder=desk.folder)
    again.wait(lambda: kept(again) == [("slip", "Canon", "confirmed", "", 0)])
    assert len(printer.taken) == 1


def next_day(desk, open_desk):
    """The same desk, opened on the next morning."""
    desk.settle()
    desk.leave()
    desk.leave = lambda: None
    desk.clock.leap_to_tomorrow()
    return open_desk(folder=desk.folder, clock=desk.clock)


def test_a_slip_of_yesterday_is_taken_back_from_its_printer(desk, printer, open_desk):
    printer.begins_with = Fate.WAITING
    printer.troubles["Canon"] = (Trouble.STOPPED,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    again = next_day(desk, open_desk)
    again.wait(lambda: printer.cancelled == ["1"])
    assert kept(again) == [("slip", "Canon", "lost", "", 0)]
    assert not number_shown(again)
    assert not again.parts.print_desk.following.followed


@pytest.mark.parametrize(("fate", "state"), [(Fate.DONE, "confirmed"), (Fate.GONE, "sent")])
def test_a_slip_of_yesterday_that_came_out_meanwhile_was_printed(
    desk, printer, open_desk, fate, state
):
    printer.begins_with = Fate.WAITING
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    desk.settle()
    printer.fates["1"] = fate
    again = next_day(desk, open_desk)
    again.wait(lambda: kept(again) == [("slip", "Canon", state, "", 0)])
    assert not printer.cancelled


def test_a_slip_of_yesterday_that_is_not_given_back_is_asked_for_again(desk, printer, open_desk):
    printer.begins_with, printer.keeps_jobs = Fate.WAITING, True
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    again = next_day(desk, open_desk)
    again.settle()
    assert again.rows("SELECT state, spooled, content FROM print_job") == [("sent", "1", "")]
    printer.keeps_jobs = False
    again.parts.print_desk.left.tidy()
    again.wait(lambda: kept(again) == [("slip", "Canon", "lost", "", 0)])


def test_at_midnight_a_desk_that_stays_open_forgets_the_slips_of_the_day(desk, printer):
    printer.refuses = Trouble.OFFLINE
    printer.troubles["Canon"] = (Trouble.OFFLINE,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    following = desk.parts.print_desk.following
    desk.clock.leap_to_tomorrow(hour=0)
    desk.parts.print_desk.left.tidy()
    desk.wait(lambda: not following.followed)
    assert not following.pages, "it names somebody"
    assert kept(desk) == [("slip", "Canon", "lost", "", 0)]


def test_pdf_files_of_slips_go_when_their_day_is_over_and_no_other_file_does(desk, open_desk):
    desk.parts.print_desk.target = ""
    issue_slip(desk)
    desk.wait(lambda: desk.papers)
    desk.press("Escape")
    print_register(desk, "")
    desk.wait(lambda: len(desk.papers) == 2)
    slip, register = desk.papers
    other = slip.with_name("slip-of-somebody-else.pdf")
    other.write_bytes(b"%PDF")
    again = next_day(desk, open_desk)
    again.wait(lambda: not slip.exists())
    assert register.exists()
    assert other.exists()
    again.settle()
    names = dict(again.rows("SELECT printed, file_name FROM print_job"))
    assert names == {"slip": "", "register": register.name}


def test_the_file_of_an_invitation_stays_for_as_long_as_it_serves(desk, open_desk):
    desk.parts.print_desk.target = ""
    desk.window.errands.papers._issued._invite("Võ Quốc Lộc", "Thanh tra", (0, 6))
    desk.press("1")
    desk.wait(lambda: desk.papers)
    desk.clock.leap(days=5)
    again = next_day(desk, open_desk)
    again.settle()
    assert desk.papers[0].exists()
    desk.clock.leap(days=1)
    again.parts.print_desk.left.tidy()
    again.wait(lambda: not desk.papers[0].exists())


def test_a_slip_whose_day_is_over_is_lost_and_its_code_erased(desk, printer, open_desk):
    printer.refuses = Trouble.OFFLINE
    printer.troubles["Canon"] = (Trouble.OFFLINE,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    desk.settle()
    desk.leave()
    desk.leave = lambda: None
    desk.clock.leap_to_tomorrow()
    again = open_desk(folder=desk.folder, clock=desk.clock)
    again.settle()
    assert again.rows("SELECT state, content FROM print_job") == [("lost", "")]
    assert not number_shown(again)
    again.press("F4")
    again.settle()
    assert again.window.notice.text() == "No slip was printed today"


def test_a_register_that_waited_in_vain_is_to_be_asked_for_anew(desk, printer, open_desk):
    """It can be printed from the log at any time, so its names wait for no printer overnight."""
    printer.refuses = Trouble.OFFLINE
    printer.troubles["Canon"] = (Trouble.OFFLINE,)
    issue_slip(desk)
    print_register(desk, "Canon")
    desk.wait(lambda: [row[2] for row in kept(desk)] == ["failed", "failed"])
    again = next_day(desk, open_desk)
    again.settle()
    assert again.rows("SELECT DISTINCT state, content FROM print_job") == [("lost", "")]
    again.press("F7")
    again.wait(lambda: again.window._pages.print.table.model().rowCount() == 1)
    assert not again.parts.print_desk.following.followed


def test_a_register_of_yesterday_is_taken_back_from_its_printer(desk, printer, open_desk):
    printer.begins_with = Fate.WAITING
    printer.troubles["Canon"] = (Trouble.STOPPED,)
    print_register(desk, "Canon")
    desk.wait(lambda: printer.taken)
    again = next_day(desk, open_desk)
    again.wait(lambda: printer.cancelled == ["1"])
    again.wait(lambda: kept(again) == [("register", "Canon", "lost", "", 0)])


def test_what_a_print_holds_names_nobody_in_full(desk, printer):
    printer.begins_with = Fate.WAITING
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    desk.settle()
    ((content,),) = desk.rows("SELECT content FROM print_job")
    assert "KQ1S" in content
    assert "Tran Thi" not in content
    assert "0900000045" not in content


def test_several_prints_wait_in_their_order(desk, printer):
    printer.begins_with = Fate.DONE
    printer.refuses = Trouble.OFFLINE
    printer.troubles["Canon"] = (Trouble.OFFLINE,)
    desk.press("F5")
    for _ in range(3):
        desk.window.errands.papers.register(desk.window.log.day)
        desk.press("Return")
        desk.settle()
    assert [row[2] for row in kept(desk)] == ["failed"] * 3
    printer.refuses = None
    printer.troubles.clear()
    desk.wait(lambda: [row[2] for row in kept(desk)] == ["confirmed"] * 3, 15)
    assert {row[0] for row in kept(desk)} == {Printed.REGISTER}


def test_a_receipt_printer_gets_its_roll_and_the_office_printer_its_sheet(printer, open_desk):
    address = "tcp://127.0.0.1:9"
    printer.names = ("Canon", address)
    settings = f'{QUIET}[printer]\nname = "{address}"\nreceipt = "{address}"\nreceipt_dots = 384\n'
    desk = open_desk(settings=settings)
    desk.parts.print_desk.target = address
    issue_slip(desk)
    desk.wait(lambda: len(printer.taken) == 1)
    desk.settle()
    desk.parts.print_desk.target = "Canon"
    desk.press("F4")
    desk.wait(lambda: len(printer.taken) == 2)
    assert [document.paper for _, document in printer.taken] == [Paper.ROLL_58, Paper.A6]


def test_when_several_slips_wait_the_newest_is_large_and_all_numbers_are_seen(desk, printer):
    printer.refuses = Trouble.OFFLINE
    printer.troubles["Canon"] = (Trouble.OFFLINE,)
    numbers = []
    for _ in range(6):
        issue_slip(desk)
        numbers.append(desk.controller.state.who.slip_number)
        desk.wait(lambda: number_shown(desk) == numbers[-1])
        desk.press("Escape")
    card = desk.window.desk.number
    assert "And 5 more: " in card.others.text()
    seen = " ".join(card.others._lines(card.others.contentsRect().width()))
    assert [number for number in numbers if number in seen] == numbers[:-1]
    assert "…" not in seen


def test_a_pdf_of_a_slip_is_a_sheet_where_no_receipt_printer_is_named(desk):
    folder = desk.parts.print_desk.folder
    desk.parts.print_desk.target = ""
    issue_slip(desk)
    desk.wait(lambda: [*folder.glob("slip-*.pdf")])
    desk.settle()
    with pdfium.PdfDocument(next(folder.glob("slip-*.pdf"))) as pdf:
        wide, high = (points / 72 * 25.4 for points in pdf[0].get_size())
    assert (wide, high) == (pytest.approx(105, abs=1), pytest.approx(148, abs=1))


def test_the_test_page_of_a_receipt_printer_comes_on_its_roll(printer, open_desk):
    address = "tcp://127.0.0.1:9"
    printer.names = (address,)
    settings = f'{QUIET}[printer]\nname = "{address}"\nreceipt = "{address}"\n'
    desk = open_desk(settings=settings)
    desk.parts.print_desk.target = address
    for key in ("F7", "7", "Return", "Return"):
        desk.press(key)
    desk.wait(lambda: len(printer.taken) == 1)
    assert printer.taken[0][1].paper is Paper.ROLL_80


def test_the_poster_is_printed_by_keys_on_the_paper_that_is_chosen(printer, open_desk):
    desk = open_desk(settings=f'{QUIET}[poster]\ntext = "https://qr.tokhaiyte.vn/?q=1"\n')
    desk.parts.print_desk.target = "Canon"
    for key in ("F7", "9", "2", "Return"):
        desk.press(key)
    desk.wait(lambda: len(printer.taken) == 1)
    assert printer.taken[0][1].paper is Paper.A3


def test_a_poster_without_content_says_where_to_write_it(desk, printer):
    desk.press("F7")
    desk.press("9")
    assert "[poster]" in desk.window.notice.text()
    assert not printer.taken


def test_a_second_press_while_it_is_handed_over_makes_no_second_copy(desk, printer):
    with printer.hangs:
        issue_slip(desk)
        desk.press("Escape")
        desk.wait(lambda: desk.parts.print_desk.following._under_way)
        desk.press("F4")
        desk.press("F4")
        desk.settle_file()
        assert "On its way to Canon" in desk.window.notice.text()
    desk.wait(lambda: len(printer.taken) >= 1)
    desk.settle()
    assert len(printer.taken) == 1


def under_way(desk) -> PrintJob:
    """A slip that is just being handed over; the printer hangs."""
    issue_slip(desk)
    following = desk.parts.print_desk.following
    desk.wait(lambda: following._under_way)
    return next(iter(following.followed.values())).job


def test_a_slip_that_is_cancelled_while_it_is_handed_over_is_taken_back(desk, printer):
    printer.begins_with = Fate.WAITING
    with printer.hangs:
        desk.parts.print_desk.cancel(under_way(desk))
        desk.settle_file()
    desk.wait(lambda: printer.cancelled == ["1"])
    assert kept(desk)[0][2] == "cancelled"


@pytest.mark.parametrize("gives_back", [True, False])
def test_a_slip_asked_for_elsewhere_while_it_is_being_cancelled_comes_out_there(
    desk, printer, monkeypatch, gives_back
):
    printer.begins_with = Fate.WAITING
    printer.troubles["Canon"] = (Trouble.STOPPED,)
    printer.keeps_jobs = not gives_back
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    ((job, _),) = desk.parts.print_desk.unprinted
    answers, cancel = threading.Event(), printer.cancel

    def slow(name, spooled):
        answers.wait(5)
        cancel(name, spooled)

    monkeypatch.setattr(printer, "cancel", slow)
    desk.parts.print_desk.cancel(job)
    desk.parts.print_desk.again(job, "Epson")
    desk.wait(lambda: len(printer.taken) == 2)
    answers.set()
    desk.settle()
    (followed,) = desk.parts.print_desk.following.followed.values()
    assert (followed.job.printer, followed.job.state) == ("Epson", PrintState.SENT)
    printer.fates["2"] = Fate.DONE
    desk.wait(lambda: kept(desk)[0][1:3] == ("Epson", "confirmed"), 12)
    assert "2" not in printer.cancelled


def test_what_cannot_be_taken_back_is_owned_up_to(desk, printer):
    printer.follows = False
    with printer.hangs:
        desk.parts.print_desk.cancel(under_way(desk))
        desk.settle_file()
    assert kept(desk)[0][2] == "sent"
    assert len(printer.taken) == 1


def test_a_slip_that_is_moved_while_it_is_handed_over_comes_out_once(desk, printer):
    printer.begins_with = Fate.WAITING
    with printer.hangs:
        desk.parts.print_desk.again(under_way(desk), "Epson")
        desk.wait(lambda: [name for name, _ in printer.taken] == ["Epson"])
    desk.wait(lambda: printer.cancelled == ["2"])
    desk.settle()
    (followed,) = desk.parts.print_desk.following.followed.values()
    assert (followed.job.printer, followed.job.spooled) == ("Epson", "1")


def test_a_job_that_somebody_cancels_at_the_printer_is_told(desk, printer):
    printer.begins_with = Fate.WAITING
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    printer.fates["1"] = Fate.CANCELLED
    desk.wait(lambda: "has cancelled" in desk.window.notice.text())
    assert kept(desk)[0][2] == "cancelled"


def test_a_printer_that_comes_back_does_not_change_what_was_chosen(desk, printer):
    print_desk = desk.parts.print_desk
    print_desk.target = ""
    print_desk.printers.found.emit(("Canon", "Epson"))
    assert print_desk.target == ""


def test_without_a_choice_slips_go_to_the_system_s_default(open_desk, printer):
    print_desk = open_desk().parts.print_desk
    print_desk._chosen = None
    print_desk.printers.found.emit(("Epson", "Canon"))
    assert print_desk.target == "Epson"


def print_register(desk, printer: str) -> None:
    """The register of today, on that printer."""
    papers, target = desk.window.errands.papers, desk.parts.print_desk.target
    last = papers.printing.last
    names = papers.printing.places(target if last is None else last)
    papers.register(desk.window.log.day)
    desk.press(str(names.index(printer) + 1))


def test_a_printer_that_hangs_holds_up_no_other_and_no_file(desk, printer):
    with printer.hangs:
        under_way(desk)
        desk.press("Escape")
        print_register(desk, "Epson")
        desk.wait(lambda: [name for name, _ in printer.taken] == ["Epson"])
        print_register(desk, "")
        desk.wait(lambda: desk.papers and desk.papers[-1].suffix == ".pdf")
        assert desk.papers[-1].exists()
    desk.wait(lambda: len(printer.taken) == 2)


def test_a_printer_that_hangs_is_told_and_the_others_say_how_they_are(desk, printer):
    printers = desk.parts.print_desk.printers
    with printer.hangs:
        under_way(desk)
        desk.press("Escape")
        desk.press("F7")
        printer.troubles["Epson"] = (Trouble.JAM,)
        desk.wait(lambda: printers.conditions["Epson"].troubles == (Trouble.JAM,), 12)
        desk.clock.leap(seconds=SLOW_SECONDS + 1)
        desk.wait(lambda: printers.conditions["Canon"].troubles == (Trouble.OFFLINE,), 12)
    desk.wait(lambda: not printers.conditions["Canon"].troubles, 12)


def given_up(desk) -> PrintJob:
    """A slip at a printer whose driver was given up; the printer hangs."""
    under_way(desk)
    desk.press("Escape")
    desk.clock.leap(seconds=GIVE_UP_SECONDS + 1)
    desk.wait(lambda: "never answered" in desk.window.notice.text())
    (followed,) = desk.parts.print_desk.following.followed.values()
    return followed.job


def test_a_driver_that_was_given_up_and_comes_back_has_printed_after_all(desk, printer):
    with printer.hangs:
        given_up(desk)
        assert kept(desk) == [("slip", "Canon", "failed", "interrupted", 0)]
        assert number_shown(desk)
    desk.wait(lambda: kept(desk) == [("slip", "Canon", "confirmed", "", 0)])
    assert len(printer.taken) == 1
    assert not number_shown(desk)


def test_what_a_hand_repeats_after_a_hang_is_a_reprint_and_the_late_one_taken_back(desk, printer):
    printer.begins_with = Fate.WAITING
    printer.hangs.acquire()
    job = given_up(desk)
    printer.hanging = ""  # another try finds the driver working
    desk.parts.print_desk.again(job, "Canon")
    desk.wait(lambda: kept(desk) == [("slip", "Canon", "sent", "", 1)])
    printer.hangs.release()
    desk.wait(lambda: printer.cancelled == ["2"])
    assert kept(desk) == [("slip", "Canon", "sent", "", 1)]


def ended_while_it_hangs(desk, monkeypatch) -> None:
    monkeypatch.setattr(printer_threads, "STOP_SECONDS", 0.3)
    desk.settle_file()
    desk.leave()
    desk.leave = lambda: None


@pytest.mark.parametrize("gives_up", [True, False])
def test_after_a_restart_too_only_a_hand_repeats_what_hung_and_its_row_says_so(
    desk, printer, open_desk, monkeypatch, gives_up
):
    with printer.hangs:
        if gives_up:
            given_up(desk)
        else:
            under_way(desk)
            desk.clock.leap(seconds=SLOW_SECONDS + 1)
            desk.wait(lambda: number_shown(desk))
        ended_while_it_hangs(desk, monkeypatch)
        printer.hanging = ""  # it works again
        again = at_canon(open_desk(folder=desk.folder))
        again.wait(lambda: number_shown(again))
        again.press("F7")
        table = again.window._pages.print.table
        again.wait(lambda: table.model().rowCount() == 1)
        again.settle()
        assert not printer.taken
        assert kept(again) == [("slip", "Canon", "failed", "interrupted", 0)]
        row = table.model().index(0, 2).data()
        assert row == "May have come out; waits for Print again"
        assert table.fontMetrics().horizontalAdvance(row) < 2 * table.columnWidth(2), "two lines"
        again.press("Return")
        again.wait(lambda: kept(again) == [("slip", "Canon", "confirmed", "", 1)])
        assert len(printer.taken) == 1


def test_drivers_that_were_given_up_and_came_back_hang_no_more(desk):
    printing, told = desk.parts.printing, []
    for number in range(MOST_GIVEN_UP + 2):
        come_back = threading.Event()
        printing.ask("Canon", lambda _, late=come_back: late.wait(30), told.append, told.append)
        desk.clock.leap(seconds=GIVE_UP_SECONDS + 1)
        desk.wait(lambda: told)
        assert isinstance(told.pop(), NoAnswerError), number
        come_back.set()
        desk.wait(lambda: told)
        assert told.pop() is True
    assert printing.stop()


def test_many_slips_on_a_slow_line_are_not_taken_for_a_printer_that_hangs(desk, printer):
    """At 9,600 baud one takes two minutes and a half."""
    slips = tuple(Together((Line(f"slip {number}"),)) for number in range(50))
    document = Document("Emergency slips", Paper.ROLL_80, slips)
    job = PrintJob("j", Printed.EMERGENCY_SLIPS, "Canon", PrintState.ASKED, desk.clock.now())
    taken, failed = [], []
    with printer.hangs:
        path = desk.folder / "slips.pdf"
        desk.parts.printing.hand_over(job, document, path, taken.append, failed.append)
        desk.clock.leap(seconds=50 * 148)
        watch(desk.parts.printing)
        assert not failed
        desk.clock.leap(seconds=GIVE_UP_SECONDS)
        watch(desk.parts.printing)
        assert [type(one) for one in failed] == [NoAnswerError]
    desk.wait(lambda: taken)


def watch(printing: PrinterThreads) -> None:
    """Its look at the clock, without waiting for the timer."""
    printing._watch()


def test_a_desk_whose_printers_all_hang_ends_in_time(desk, monkeypatch):
    monkeypatch.setattr(printer_threads, "STOP_SECONDS", 0.3)
    printing, come_back = desk.parts.printing, threading.Event()
    for place in ("Canon", "Epson", ""):
        printing.ask(place, lambda _: come_back.wait(30), print, print)
    began = time.monotonic()
    assert not printing.stop()
    assert time.monotonic() - began < 1.0
    come_back.set()


def crashed(desk) -> None:
    """The program ended in the middle of a hand-over."""
    desk.settle()
    desk.leave()
    desk.leave = lambda: None
    with closing(sqlite3.connect(desk.folder / "kiosk.db")) as db, db:
        db.execute("UPDATE print_job SET state = 'asked', spooled = '', failure = ''")


def test_after_a_crash_a_slip_is_printed_again_and_that_is_counted(desk, printer, open_desk):
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    crashed(desk)
    again = open_desk(folder=desk.folder)
    again.wait(lambda: kept(again) == [("slip", "Canon", "confirmed", "", 1)])


def test_after_a_crash_a_slip_that_is_printed_once_waits_for_a_hand(printer, open_desk):
    desk = at_canon(open_desk(settings=ONCE))
    printer.begins_with = Fate.WAITING
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    crashed(desk)
    printer.begins_with = Fate.DONE
    again = at_canon(open_desk(folder=desk.folder))
    again.wait(lambda: number_shown(again))
    again.settle()
    assert len(printer.taken) == 1
    assert "May have come out" in again.window.desk.number._help.text()
    assert kept(again) == [("slip", "Canon", "failed", "interrupted", 0)], "so says its row"
    again.press("F4")
    again.wait(lambda: kept(again) == [("slip", "Canon", "confirmed", "", 1)])


def test_a_file_that_was_being_written_at_a_crash_is_written_anew(desk, open_desk):
    desk.parts.print_desk.target = ""
    issue_slip(desk)
    desk.wait(lambda: desk.papers)
    crashed(desk)
    desk.papers[0].unlink()
    again = open_desk(folder=desk.folder)
    again.wait(lambda: kept(again) == [("slip", "", "confirmed", "", 0)])
    assert desk.papers[0].exists()


def test_what_the_command_line_printed_meanwhile_is_shown_and_followed(desk, printer):
    told = FolderOfTold(desk.folder)
    job = PrintJob("0f" * 16, Printed.REGISTER, "Epson", PrintState.SENT, desk.clock.now())
    told.tell(replace(job, spooled="17"))
    printer.fates["17"] = Fate.PRINTING
    desk.press("F7")
    desk.wait(lambda: kept(desk) == [("register", "Epson", "sent", "", 0)])
    desk.wait(lambda: "0f" * 16 in desk.parts.print_desk.following.followed)
    printer.fates["17"] = Fate.DONE
    desk.wait(lambda: kept(desk) == [("register", "Epson", "confirmed", "", 0)])


def test_a_paper_that_is_handed_over_while_the_desk_is_closed_is_not_printed_again(
    open_desk, printer
):
    desk = at_canon(open_desk())
    printer.hangs.acquire()
    issue_slip(desk)
    desk.wait(lambda: desk.parts.print_desk.following._under_way)
    threading.Timer(0.3, printer.hangs.release).start()
    assert desk.parts.stop()
    with closing(sqlite3.connect(desk.folder / "kiosk.db")) as file:
        assert file.execute("SELECT state FROM print_job").fetchall() == [("sent",)]


def test_the_print_service_that_starts_after_the_desk_is_found(open_desk, printer, monkeypatch):
    monkeypatch.setattr(print_desk, "SEEK_MS", 20)
    printer.names = ()
    desk = open_desk()
    desk.parts.print_desk._chosen = None
    desk.settle()
    assert desk.parts.print_desk.target == ""
    printer.names = ("Canon",)
    desk.wait(lambda: desk.parts.print_desk.target == "Canon")


def test_without_another_printer_the_keys_say_so_and_open_nothing(open_desk, printer):
    printer.names = ()
    desk = open_desk()
    issue_slip(desk)
    desk.press("Escape")
    desk.press("F7")
    desk.wait(lambda: desk.papers)
    desk.settle()
    desk.press("M")
    assert desk.window.errands.place.sheet is None
    assert "There is no other printer" in desk.window.notice.text()
