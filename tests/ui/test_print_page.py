"""The Print page: what waits, what can be done about it, and what can be printed."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident

import pypdfium2
import pytest
from PySide6.QtCore import QObject, QPoint, QRect, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from kiosk.domain.desk import Screening
from kiosk.ports.document import Paper
from kiosk.ports.printer import Fate, Trouble
from kiosk.ui.button import ActionButton
from kiosk.ui.theme import Tone
from tests.desk_driver import HONG, QUIET, DeskDriver
from tests.ui.test_desk_guests import slip_on_paper
from tests.ui.test_desk_passages import admit, button
from tests.ui.test_print_queue import at_canon, issue_slip, kept, number_shown

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def desk(printer, open_desk) -> DeskDriver:
    return at_canon(open_desk())


def rows(desk) -> list[list[str]]:
    desk.settle()
    model = desk.window._pages.print.table.model()
    columns = range(model.columnCount())
    return [
        [model.data(model.index(row, column)) for column in columns]
        for row in range(model.rowCount())
    ]


def states(desk) -> list[str]:
    return [row[2] for row in rows(desk)]


@pytest.fixture
def stuck(desk, printer) -> DeskDriver:
    """A desk on its Print page; one slip is held up by empty paper."""
    printer.begins_with = Fate.WAITING
    printer.troubles["Canon"] = (Trouble.NO_PAPER,)
    issue_slip(desk)
    desk.wait(lambda: number_shown(desk))
    printer.begins_with = Fate.DONE
    desk.press("Escape")
    desk.press("F7")
    desk.wait(lambda: states(desk) == ["Out of paper"])
    return desk


def test_the_queue_shows_what_where_how_far_and_since_when(stuck):
    ((what, where, state, asked),) = rows(stuck)
    assert (what[:5], where, state) == ("Slip ", "Canon", "Out of paper")
    assert asked.endswith("just now")
    stuck.clock.leap(minutes=7)
    stuck.press("F1")
    stuck.press("F7")
    assert rows(stuck)[0][3].endswith("7 min")


def test_escape_leaves_the_marked_print_first_and_then_the_page(stuck):
    stuck.press("Down")
    stuck.press("Down")
    stuck.press("Escape")
    assert stuck.window._page == "print"
    assert len(stuck.window._pages.print.table.selectionModel().selectedRows()) == 1
    stuck.press("T")
    stuck.press("Escape")
    assert (stuck.window.errands.busy, stuck.window._page) == (False, "print")
    stuck.press("Escape")
    assert stuck.window._page == "desk"


def test_each_printer_says_how_it_is_while_the_page_is_in_sight(stuck, printer):
    def said() -> list[str]:
        lights = stuck.window._pages.print._lights
        return [lights.itemAt(at).widget().accessibleName() for at in range(lights.count())]

    stuck.settle()
    assert said() == ["Canon · Out of paper", "Epson · ready"]
    printer.troubles["Epson"] = (Trouble.JAM, Trouble.COVER_OPEN)
    stuck.wait(lambda: said()[1] == "Epson · Paper jam, Cover open", 12)


def test_a_stuck_slip_is_printed_on_another_printer_by_keys(stuck, printer):
    stuck.press("M")
    stuck.press("1")
    stuck.wait(lambda: states(stuck) == ["Printed"])
    assert rows(stuck)[0][1] == "Epson"
    assert [name for name, _ in printer.taken] == ["Canon", "Epson"]
    assert printer.cancelled == ["1"]


def test_a_stuck_slip_becomes_a_pdf_that_can_be_scanned(stuck):
    stuck.press("L")
    stuck.wait(lambda: states(stuck) == ["File saved"])
    stuck.show(slip_on_paper(stuck.papers[-1]))
    stuck.wait_for(Screening)
    assert stuck.window._page == "desk"


def test_a_stuck_slip_is_cancelled_and_then_there_is_nothing_to_cancel(stuck, printer):
    stuck.press("Delete")
    stuck.wait(lambda: states(stuck) == ["Cancelled"])
    assert printer.cancelled == ["1"]
    stuck.press("Delete")
    assert "nothing to cancel" in stuck.window.notice.text()


def test_a_cancelled_slip_can_be_asked_for_again(stuck, printer):
    stuck.press("Delete")
    stuck.wait(lambda: states(stuck) == ["Cancelled"])
    stuck.press("Return")
    printer.troubles.clear()
    stuck.wait(lambda: states(stuck) == ["Printed"], 12)


def test_everything_is_done_by_touch(stuck, printer):
    page = stuck.window._pages.print
    stuck.tap(page._actions["elsewhere"][0])
    stuck.tap(stuck.window.errands.place.sheet._buttons[0])
    stuck.wait(lambda: states(stuck) == ["Printed"])
    stuck.tap(page._papers["inside"])
    stuck.tap(stuck.window.errands.place.sheet._buttons[0])
    stuck.wait(lambda: len(rows(stuck)) == 2)
    stuck.tap(page._target)
    stuck.tap(stuck.window.errands.place.sheet._buttons[1])
    assert stuck.parts.print_desk.target == "Epson"


def test_the_marked_print_stays_marked_when_another_comes(stuck):
    stuck.press("4")
    stuck.press("1")
    stuck.wait(lambda: len(rows(stuck)) == 2)
    page = stuck.window._pages.print
    (marked,) = page.table.selectionModel().selectedRows()
    assert page._model.jobs[marked.row()].subject, "the slip, now in the second line"
    stuck.press("Up")
    stuck.press("Up")
    (marked,) = page.table.selectionModel().selectedRows()
    assert marked.row() == 0


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("2", "1"), "SỔ THEO DÕI|REGISTER"),
        (("3", "1"), "COPY"),
        (("4", "1"), "INSIDE"),
        (("5", "1"), "CLOSING"),
        (("6", "1", "2"), "EMERGENCY"),
        (("7", "2", "1"), "TEST"),
    ],
)
def test_what_the_page_offers_comes_out(open_desk, keys, words):
    desk = open_desk()
    admit(desk)
    desk.press("F7")
    for key in keys:
        desk.press(key)
    desk.wait(lambda: desk.papers)
    document = pypdfium2.PdfDocument(desk.papers[0])
    text = "".join(page.get_textpage().get_text_range() for page in document).upper()
    assert any(word in text for word in words.split("|")), text[:600]
    assert states(desk) == ["File saved"]


def test_an_invitation_from_the_page_lets_its_guest_in(desk):
    desk.parts.print_desk.target = ""
    desk.press("F7")
    desk.press("8")
    desk.type("Võ Quốc Lộc")
    desk.show(HONG)  # somebody at the door: the code waits, what is typed stays
    desk.settle()
    desk.take_away(HONG)
    desk.press("Return")
    desk.type("Thanh tra")
    desk.press("Return")
    desk.press("1")
    desk.press("1")
    desk.wait(lambda: desk.papers)
    desk.show(slip_on_paper(desk.papers[0]))
    state = desk.wait_for(Screening)
    assert (state.who.person.name, state.destination.unit) == ("Võ Quốc Lộc", "Thanh tra")


def test_an_invitation_needs_no_unit(desk):
    desk.parts.print_desk.target = ""
    desk.press("F7")
    desk.press("8")
    desk.type("Võ Quốc Lộc")
    desk.press("Return")
    desk.tap(button(desk, "No unit"))
    desk.press("1")
    desk.press("1")
    desk.wait(lambda: desk.papers)
    desk.show(slip_on_paper(desk.papers[0]))
    assert desk.wait_for(Screening).destination.unit == ""


def test_emergency_slips_from_the_page_are_known_at_the_desk(open_desk):
    desk = open_desk()
    desk.press("F7")
    for key in "611":
        desk.press(key)
    desk.wait(lambda: desk.papers)
    assert desk.rows("SELECT count(*) FROM credential WHERE kind = 'emergency_slip'") == [(6,)]


@pytest.mark.parametrize(
    ("settings", "keys", "paper", "count"),
    [
        ("", "612", Paper.A4_CARDS, 12),
        ("", "615", Paper.A6, 10),
        ('[printer]\nslip_paper = "receipt58"\n', "616", Paper.ROLL_58, 30),
    ],
)
def test_emergency_slips_come_in_whole_sheets_or_on_the_paper_of_slips(
    open_desk, printer, settings, keys, paper, count
):
    desk = at_canon(open_desk(settings=QUIET + settings))
    desk.press("F7")
    for key in keys:
        desk.press(key)
    desk.wait(lambda: printer.taken)
    document = printer.taken[0][1]
    assert document.paper is paper
    assert f"{count}" in document.title
    sheets = printer.write_pdf(desk.folder / "a.pdf", document)
    assert paper is not Paper.A4_CARDS or sheets == count // 3


def test_emergency_slips_that_came_out_are_not_printed_again_unasked(open_desk, printer):
    desk = at_canon(open_desk(settings=QUIET))
    desk.press("F7")
    for key in "615":
        desk.press(key)
    desk.wait(lambda: desk.rows("SELECT state FROM print_job") == [("confirmed",)])
    desk.settle()  # the page shows it, too
    desk.press("Return")
    desk.settle()
    assert len(printer.taken) == 1
    desk.press("2")
    desk.wait(lambda: len(printer.taken) == 2)
    assert [paper.title for _, paper in printer.taken] == [printer.taken[0][1].title] * 2


def test_a_receipt_printer_is_offered_slips_of_its_width(open_desk, printer):
    address = "tcp://192.168.1.50:9100"
    receipt = f'[printer]\nreceipt = "{address}"\nreceipt_dots = 384\n'
    printer.names = (address,)
    desk = open_desk(settings=QUIET + receipt)
    desk.wait(lambda: desk.parts.print_desk.printers.names)
    desk.parts.print_desk.target = address
    desk.press("F7")
    for key in "611":
        desk.press(key)
    desk.wait(lambda: printer.taken)
    assert printer.taken[0][1].paper is Paper.ROLL_58


def test_where_a_register_is_printed_does_not_move_the_slips(desk, printer):
    desk.press("F7")
    desk.press("2")
    desk.press("3")
    desk.wait(lambda: states(desk) == ["File saved"])
    assert desk.parts.print_desk.target == "Canon"


def test_the_register_and_its_copy_are_told_apart(desk, printer):
    desk.press("F7")
    for key in "21":
        desk.press(key)
    desk.wait(lambda: len(printer.taken) == 1)
    for key in "31":
        desk.press(key)
    desk.wait(lambda: len(rows(desk)) == 2)
    copy, register = (row[0] for row in rows(desk))
    assert copy == f"{register} (copy)"


@pytest.mark.parametrize(
    ("said", "paper"),
    [("a5", Paper.A5), ("label", Paper.LABEL), ("receipt58", Paper.ROLL_58)],
)
def test_slips_are_laid_out_for_the_paper_of_the_settings(open_desk, printer, said, paper):
    desk = at_canon(open_desk(settings=f'{QUIET}[printer]\nslip_paper = "{said}"\n'))
    issue_slip(desk)
    desk.wait(lambda: printer.taken)
    assert printer.taken[0][1].paper is paper


def test_a_print_whose_content_is_gone_says_so(desk, printer):
    issue_slip(desk)
    desk.wait(lambda: ("slip", "Canon", "confirmed", "", 0) in kept(desk))
    desk.press("Escape")
    wiped: list[object] = []
    (job_id,) = desk.rows("SELECT job_id FROM print_job")[0]
    desk.parts.office.ask(
        lambda office: office.print_jobs.erase_content(job_id), wiped.append, wiped.append
    )
    desk.settle()
    desk.press("F7")
    desk.settle()
    desk.press("Return")
    desk.wait(lambda: states(desk) == ["Cannot be printed again"])
    assert "Print it anew" in desk.window.notice.text()


def test_a_code_that_is_shown_turns_to_the_desk(desk):
    desk.press("F7")
    desk.burst(HONG)
    desk.wait_for(Screening)
    assert desk.window._page == "desk"


def test_escape_leads_back_and_no_desk_key_works_here(desk):
    desk.press("F7")
    desk.press("F2")
    desk.press("Ctrl+Z")
    assert not desk.window.errands.busy
    assert not desk.window.notice.isVisible()
    desk.press("Escape")
    assert desk.window._page == "desk"


def test_the_page_asks_no_printer_while_it_is_out_of_sight(desk, printer):
    desk.press("F7")
    desk.settle()
    desk.press("F1")
    assert not desk.window._pages.print._again.isActive()


def marked(desk) -> str:
    page = desk.window._pages.print
    (row,) = page.table.selectionModel().selectedRows()
    return page._model.jobs[row.row()].printed


def test_what_needs_a_hand_is_marked_else_the_newest_and_what_a_hand_marked_stays(desk, printer):
    issue_slip(desk)
    desk.press("Escape")
    desk.press("F7")
    desk.wait(lambda: states(desk) == ["Printed"])
    desk.press("4")
    desk.press("1")
    desk.wait(lambda: states(desk) == ["Printed", "Printed"])
    assert marked(desk) == "inside", "the newest"
    desk.press("Down")
    desk.press("Down")
    assert marked(desk) == "slip"
    desk.press("7")
    desk.press("1")
    desk.press("1")
    desk.wait(lambda: len(states(desk)) == 3)
    assert marked(desk) == "slip", "a hand has marked it"
    printer.refuses = Trouble.NO_PAPER
    printer.troubles["Canon"] = (Trouble.NO_PAPER,)
    desk.press("5")
    desk.press("1")
    desk.wait(lambda: "Out of paper" in states(desk))
    desk.press("F1")
    desk.press("F7")
    desk.settle()
    assert marked(desk) == "closing", "it needs a hand"


@pytest.mark.parametrize("key", ["F1", "F5", "F7"])
def test_no_sentence_lies_over_anything_that_can_be_pressed(desk, key):
    if key == "F1":
        desk.show(HONG)
        desk.wait_for(Screening)
    desk.press(key)
    desk.settle()
    desk.window.tell("printing.advice.no_service", Tone.REFUSE, what="slip 0012K", printer="Canon")
    notice = desk.window.notice.geometry()
    buttons = [one for one in desk.window.findChildren(ActionButton) if one.isVisible()]
    assert len(buttons) > 4
    for one in buttons:
        place = QRect(one.mapTo(desk.window, QPoint(0, 0)), one.size())
        assert not place.intersects(notice), one.title
    assert desk.window.rect().contains(notice)


class FileManager(QObject):
    """Stands for the system's: remembers which folders it was to show, and on which threads."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []
        self.threads: set[int] = set()
        self.libraries: list[str | None] = []

    @Slot(QUrl)
    def show_url(self, url: QUrl) -> None:
        self.libraries.append(os.environ.get("LD_LIBRARY_PATH"))
        self.shown.append(Path(url.toLocalFile()))
        self.threads.add(get_ident())


@pytest.fixture
def file_manager() -> Iterator[FileManager]:
    one = FileManager()
    QDesktopServices.setUrlHandler("file", one, "show_url")
    yield one
    QDesktopServices.unsetUrlHandler("file")


@pytest.mark.parametrize("by", ["key", "finger"])
def test_the_folder_of_the_files_is_shown_by_the_file_manager(open_desk, file_manager, by):
    desk = open_desk()
    issue_slip(desk)
    desk.wait(lambda: desk.papers)
    desk.press("Escape")
    desk.press("F7")
    desk.settle()
    if by == "key":
        desk.press("O")
    else:
        desk.tap(desk.window._pages.print._folder)
    desk.wait(lambda: file_manager.shown)
    assert file_manager.shown == [desk.papers[0].parent]
    assert get_ident() not in file_manager.threads, "the screen waits for nothing"
    desk.wait(lambda: str(desk.papers[0].parent) in desk.window.notice.text())


@pytest.mark.parametrize(
    ("frozen", "given"), [(True, "/opt/before"), (True, None), (False, "/desk/_internal")]
)
def test_a_frozen_program_keeps_its_libraries_from_the_file_manager(
    open_desk, file_manager, monkeypatch, frozen, given
):
    desk = open_desk()
    (desk.folder / "prints").mkdir()
    monkeypatch.setattr("sys.frozen", frozen, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/desk/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if frozen and given is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", given)
    desk.press("F7")
    desk.press("O")
    desk.wait(lambda: file_manager.shown)
    assert file_manager.libraries == [given]
    desk.wait(lambda: os.environ.get("LD_LIBRARY_PATH") == "/desk/_internal")


def test_a_folder_that_is_not_there_yet_is_told_and_not_shown(open_desk, file_manager):
    desk = open_desk()
    desk.press("F7")
    desk.press("O")
    desk.wait(lambda: "Could not open" in desk.window.notice.text())
    assert str(desk.folder / "prints") in desk.window.notice.text()
    assert not file_manager.shown


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support QPlatformServices", extend=True)
def test_where_nothing_shows_folders_the_desk_says_where_the_files_are(open_desk):
    desk = open_desk()
    (desk.folder / "prints").mkdir()
    desk.press("F7")
    desk.press("O")
    desk.wait(lambda: "Could not open" in desk.window.notice.text())
    assert str(desk.folder / "prints") in desk.window.notice.text()
