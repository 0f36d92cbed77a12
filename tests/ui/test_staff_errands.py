"""Staff on the Print page: a list with its preview, a card anew, cards and codes taken back."""

import threading

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextLayout
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from kiosk.domain.desk import Refused, Screening
from kiosk.ports.printer import Trouble
from kiosk.services.guest_form import GuestForm
from kiosk.ui.guest_form import GuestFormSheet
from kiosk.ui.staff_sheets import StaffListSheet, TakeBackSheet
from tests.desk_driver import DAT, DeskDriver
from tests.golden_pages import pdf_texts
from tests.ui.test_desk_guests import slip_on_paper
from tests.ui.test_print_queue import at_canon, kept

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị", "Chức vụ", "Mã số")
HONG = (1, "Nguyễn Thị Hồng", "02/09/1990", "091190000018", "Văn phòng", "Chuyên viên", "CB-1")
BINH = (2, "Trần Văn Bình", "1988", "", "Phòng lạ", "", "CB-2")
WRONG = (3, "Lê Văn Cường", "31/02/1990", "", "Văn phòng", "", "CB-1")


@pytest.fixture(autouse=True)
def plain_dialogs(qapp):
    """Of Qt, not of a system that no test can press."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    yield
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, on=False)


@pytest.fixture
def desk(printer, open_desk) -> DeskDriver:
    desk = at_canon(open_desk())
    desk.press("F7")
    return desk


def a_list(folder, *rows):
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    path = folder / "Danh sách cán bộ.xlsx"
    book.save(path)
    return path


def choose(desk, path) -> None:
    """By keys: the page, its sheet, the system's dialog."""
    desk.press("C")
    desk.press("1")
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    assert desk.controller.occupied, "codes wait"
    dialog.findChild(QLineEdit).setText(str(path))
    dialog.accept()


def sheet(desk):
    return desk.window.errands.place.sheet


def preview(desk, path) -> list[list[str]]:
    choose(desk, path)
    desk.wait(lambda: isinstance(sheet(desk), StaffListSheet))
    model = sheet(desk).table.model()
    columns, rows = range(model.columnCount()), range(model.rowCount())
    return [[model.index(row, column).data() for column in columns] for row in rows]


def imported(desk, *rows) -> None:
    preview(desk, a_list(desk.folder, *rows))
    desk.press("Ctrl+Return")
    desk.press(str(desk.window.errands.papers.printing.places("Canon").index("") + 1))
    desk.wait(lambda: desk.papers)


def test_a_list_is_shown_and_kept_only_after_a_press_and_its_cards_are_printed(desk):
    lines = preview(desk, a_list(desk.folder, HONG, BINH))
    assert [line[:3] for line in lines] == [
        ["2", "new", "Nguyễn Thị Hồng"],
        ["3", "new", "Trần Văn Bình"],
    ]
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]
    desk.press("Ctrl+Return")
    desk.press(str(desk.window.errands.papers.printing.places("Canon").index("") + 1))
    desk.wait(lambda: desk.papers)
    text = pdf_texts(desk.papers[0])[0]
    assert "Nguyễn Thị Hồng" in text
    assert "Trần Văn Bình" in text
    assert [row[0] for row in kept(desk)] == ["staff_cards"]


def test_a_list_that_is_left_at_the_question_where_to_print_is_said_not_to_be_kept(desk):
    preview(desk, a_list(desk.folder, HONG, BINH))
    desk.press("Ctrl+Return")
    assert "Nothing is kept yet: 2" in desk.window.notice.text()
    desk.press("Escape")
    desk.settle()
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]


def test_lines_that_must_be_put_right_stand_first_and_nothing_is_kept(desk):
    lines = preview(desk, a_list(desk.folder, HONG, BINH, WRONG))
    assert lines[0][:2] == ["4", "WRONG"]
    assert any("31/02/1990" in line[4] for line in lines)
    desk.press("Ctrl+Return")
    desk.settle()
    assert isinstance(sheet(desk), StaffListSheet)
    desk.press("Escape")
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]


def lines_needed(desk, row: int) -> int:
    """In how many lines the words of a row are set, at most, at its columns' widths."""
    table, most = sheet(desk).table, 1
    for column in range(table.model().columnCount()):
        layout = QTextLayout(table.model().index(row, column).data(), table.font())
        layout.beginLayout()
        lines = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(table.columnWidth(column) - 2 * (desk.window.theme.px(10) + 3))
            lines += 1
        layout.endLayout()
        most = max(most, lines)
    return most


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_each_row_of_the_preview_is_as_high_as_its_words_and_no_higher(open_desk, size):
    desk = open_desk(size=size)
    desk.press("F7")
    long_unit = "Phòng Quản lý hạ tầng kỹ thuật và phát triển đô thị"
    faulty = (3, "Lê Văn Cường", "31/02/1990", "12345", long_unit, "Chuyên viên chính", "CB-1")
    plain = [(n, f"Trần Văn {chr(65 + n)}", "1988", "", "Tổ", "", f"T{n}") for n in range(26)]
    preview(desk, a_list(desk.folder, HONG, faulty, *plain))
    table = sheet(desk).table
    bar, height = table.verticalScrollBar(), table.fontMetrics().height()
    seen = set()
    for _ in range(20):
        first, end = table.rowAt(0), table.viewport().height()
        for row in range(first, table.model().rowCount()):
            if table.rowViewportPosition(row) >= end:
                break
            spare = table.rowHeight(row) - lines_needed(desk, row) * height
            assert 4 <= spare <= 16, table.model().index(row, 4).data()
            seen.add(row)
        desk.press("PageDown")
    assert len(seen) == table.model().rowCount() == 28
    assert lines_needed(desk, 0) > 3
    assert bar.value() == bar.maximum()
    last = table.model().rowCount() - 1
    assert table.rowViewportPosition(last) + table.rowHeight(last) <= end
    assert last - table.rowAt(0) >= 9, "a table to be read at a glance"


def test_the_desk_goes_on_and_a_list_can_be_left(desk):
    preview(desk, a_list(desk.folder, HONG))
    desk.press("Escape")
    assert not desk.controller.occupied
    assert not desk.window.errands.busy


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "no table"), (b"\0\1\2", "no table"), (b"a;b\nc;d", "column of names")],
)
def test_what_is_no_list_is_told(desk, content, told):
    path = desk.folder / "list.csv"
    path.write_bytes(content)
    choose(desk, path)
    desk.wait(desk.window.notice.isVisible)
    assert told in desk.window.notice.text()


def test_the_dialog_can_be_left_without_a_file(desk):
    desk.press("C")
    desk.press("1")
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    QApplication.activeModalWidget().reject()
    desk.wait(lambda: not desk.controller.occupied)


def test_the_same_list_again_needs_no_card(desk):
    imported(desk, HONG)
    (line,) = preview(desk, a_list(desk.folder, HONG))
    assert line[1] == "as before"
    desk.press("Ctrl+Return")
    desk.wait(lambda: "Kept: 1" in desk.window.notice.text())
    assert desk.rows("SELECT count(*) FROM credential") == [(1,)]


def test_cards_that_do_not_come_out_wait_in_the_queue(desk, printer):
    printer.refuses = Trouble.NO_PAPER
    printer.troubles["Canon"] = (Trouble.NO_PAPER,)
    preview(desk, a_list(desk.folder, HONG))
    desk.press("Ctrl+Return")
    desk.press("1")
    desk.wait(lambda: kept(desk) == [("staff_cards", "Canon", "failed", "no_paper", 0)])
    printer.refuses = None
    printer.troubles.clear()
    desk.wait(lambda: kept(desk) == [("staff_cards", "Canon", "confirmed", "", 0)], 12)


@pytest.mark.parametrize("typed", ["CB-1", "nguyen thi hong", "Nguyễn"])
def test_a_card_is_issued_anew_and_the_old_one_serves_no_more(desk, typed):
    imported(desk, HONG, BINH)
    desk.press("C")
    desk.press("2")
    desk.wait(lambda: sheet(desk) is not None)
    desk.type(typed)
    desk.press("Return")
    desk.wait(lambda: sheet(desk) is not None)
    desk.press(str(desk.window.errands.papers.printing.places("").index("") + 1))
    desk.wait(lambda: len(desk.papers) == 2)
    assert "Nguyễn Thị Hồng" in pdf_texts(desk.papers[1])[0]
    code = slip_on_paper(desk.papers[1])
    revoked = "SELECT count(*) FROM credential WHERE revoked_at IS NOT NULL"
    assert desk.rows(revoked) == [(1,)]
    desk.show(code)
    assert desk.wait_for(Screening).who.person.name == "Nguyễn Thị Hồng"


@pytest.mark.parametrize("typed", ["1", "Nguyễn Thị Hồng · Văn phòng"])
def test_of_two_whom_nothing_tells_apart_nobody_loses_a_card(desk, typed):
    hong = (*HONG[:-1], "")
    imported(desk, hong, (2, HONG[1], "03/03/1991", "079191000027", *HONG[4:-1], ""))
    desk.press("C")
    desk.press("2")
    desk.wait(lambda: sheet(desk) is not None)
    desk.type(typed)
    if typed != "1":
        desk.press("Return")
    desk.wait(lambda: "2 members of staff" in desk.window.notice.text())
    assert sheet(desk) is None
    assert desk.rows("SELECT count(*) FROM credential WHERE revoked_at IS NULL") == [(2,)]


def take_back(desk) -> None:
    desk.press("C")
    desk.press("3")
    desk.wait(lambda: isinstance(sheet(desk), TakeBackSheet))


def test_a_card_that_is_shown_is_taken_back(desk):
    imported(desk, HONG)
    code = slip_on_paper(desk.papers[0])
    take_back(desk)
    desk.show(code)
    desk.wait(lambda: sheet(desk) is not None and not isinstance(sheet(desk), TakeBackSheet))
    assert desk.window._page == "print", "nobody is served"
    desk.press("Return")
    assert sheet(desk) is not None, "Enter alone takes nothing back"
    desk.press("1")
    desk.wait(lambda: "Taken back" in desk.window.notice.text())
    assert "Nguyễn Thị Hồng" in desk.window.notice.text()
    desk.take_away(code)
    desk.press("Escape")
    desk.show(code)
    desk.wait_for(Refused)


def test_a_card_of_somebody_who_keeps_it_is_taken_back_by_number_after_a_question(desk):
    imported(desk, HONG)
    take_back(desk)
    desk.type("cb-1")
    desk.press("Return")
    desk.wait(lambda: sheet(desk) is not None and not isinstance(sheet(desk), TakeBackSheet))
    desk.press("Escape")
    assert desk.rows("SELECT revoked_at FROM credential") == [(None,)]
    take_back(desk)
    desk.type("CB-1")
    desk.press("Return")
    desk.wait(lambda: sheet(desk) is not None and not isinstance(sheet(desk), TakeBackSheet))
    desk.press("1")
    desk.wait(lambda: "Taken back" in desk.window.notice.text())
    assert desk.rows("SELECT revoked_at IS NULL FROM credential") == [(0,)]


@pytest.mark.parametrize("typed", ["nobody", "KQ1S000", "<b>x</b>"])
def test_what_nobody_holds_is_told(desk, typed):
    take_back(desk)
    desk.type(typed)
    desk.press("Return")
    desk.wait(desk.window.notice.isVisible)
    assert typed in desk.window.notice.text()


def test_a_card_that_is_none_of_ours_is_not_read_out_and_the_sheet_stays(desk):
    take_back(desk)
    code = "079085012345|023456789|Nguyễn Bình|01011985|Nam|12 Lê Lợi|01012021"
    desk.show(code)
    desk.wait(desk.window.notice.isVisible)
    told = desk.window.notice.text()
    assert "none of this office" in told
    assert not any(part in told for part in code.split("|"))
    assert isinstance(sheet(desk), TakeBackSheet)
    assert desk.window._page == "print", "nobody is served"


@pytest.fixture
def slow_file(desk, monkeypatch):
    """A list that is being read until the test sets it."""
    read, look = threading.Event(), desk.parts.print_desk._read_rows

    def read_rows(path):
        read.wait(10)
        return look(path)

    monkeypatch.setattr(desk.parts.print_desk, "_read_rows", read_rows)
    yield read
    read.set()


def test_an_enter_that_was_meant_for_a_temperature_keeps_no_list(desk, slow_file):
    """Somebody is served while the list is read, and its preview opens under their fingers."""
    choose(desk, a_list(desk.folder, HONG, BINH))
    desk.show(DAT)
    desk.wait_for(Screening)
    desk.type("36")
    slow_file.set()
    desk.wait(lambda: isinstance(sheet(desk), StaffListSheet))
    desk.type("6")
    desk.press("Return")
    assert isinstance(sheet(desk), StaffListSheet)
    desk.press("Escape")
    desk.settle()
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]
    assert desk.controller.typed == "36"


@pytest.mark.parametrize("left_by", ["Escape", "1"])
def test_a_list_that_is_read_while_another_sheet_lies_there_comes_after_it(
    desk, slow_file, left_by
):
    choose(desk, a_list(desk.folder, HONG, BINH))
    desk.press("7")  # the test page: on which printer? how fine?
    slow_file.set()
    desk.settle()
    assert not isinstance(sheet(desk), StaffListSheet)
    desk.press(left_by)
    if left_by == "1":
        desk.settle()
        assert not isinstance(sheet(desk), StaffListSheet), "what was begun comes first"
        desk.press("Escape")
    desk.wait(lambda: isinstance(sheet(desk), StaffListSheet))
    control = Qt.KeyboardModifier.ControlModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, control, "", autorep=True)
    QCoreApplication.sendEvent(sheet(desk), held)
    assert isinstance(sheet(desk), StaffListSheet), "nobody has read it yet"
    desk.press("Ctrl+Return")
    desk.press("1")
    desk.wait(lambda: desk.rows("SELECT count(*) FROM person") == [(2,)])


def test_a_list_that_waited_is_looked_at_anew(desk, slow_file):
    path = a_list(desk.folder, HONG)
    choose(desk, path)
    choose(desk, path)
    slow_file.set()
    desk.wait(lambda: isinstance(sheet(desk), StaffListSheet))
    desk.settle()
    first = sheet(desk)
    desk.press("Ctrl+Return")
    desk.press("1")
    desk.wait(lambda: isinstance(sheet(desk), StaffListSheet) and sheet(desk) is not first)
    desk.settle()
    model = sheet(desk).table.model()
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == ["as before"]
    assert desk.rows("SELECT count(*) FROM credential") == [(1,)]


def test_a_list_does_not_come_under_the_dialog_for_another_one(desk, slow_file):
    path = a_list(desk.folder, HONG)
    choose(desk, path)
    desk.press("C")
    desk.press("1")
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    slow_file.set()
    desk.settle()
    assert sheet(desk) is None
    QApplication.activeModalWidget().reject()
    desk.wait(lambda: isinstance(sheet(desk), StaffListSheet))


def test_a_form_that_comes_back_waits_until_the_file_dialog_has_gone(desk):
    place = desk.window.errands.place
    desk.press("C")
    desk.press("1")
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    desk.window.errands._form_failed(GuestForm(name="Lê Thị Hoa"))
    desk.settle()
    assert sheet(desk) is None
    assert place.holds_something
    QApplication.activeModalWidget().reject()
    desk.wait(lambda: isinstance(sheet(desk), GuestFormSheet))
    assert "Lê Thị Hoa" in repr(sheet(desk).content())
    assert place.holds_something, "closing asks first"
    assert desk.controller.occupied


def test_a_sheet_that_was_opened_under_the_dialog_is_not_forgotten_with_it(desk):
    place = desk.window.errands.place
    place.hold()
    desk.window.errands._ask_line(lambda words: ("?", ""), (), lambda typed: None)
    place.let_go()
    assert place.sheet is not None
    assert desk.controller.occupied
    place.hold()
    place.close()
    assert desk.controller.occupied, "the dialog still lies there"
    place.let_go()
    assert not desk.controller.occupied
