"""The morning when the computer is dead: slips from the drawer, a pen, and the log afterwards."""

import json
from contextlib import closing

import pypdfium2
import pytest

from kiosk.app import bootstrap
from kiosk.app.main import main
from kiosk.domain import issued
from kiosk.domain.desk import Admitted, Departed, Departing, Refused, Screening, Waiting
from kiosk.domain.issued import IssuedKind
from kiosk.ui.late_sheet import LateSheet
from tests.desk_driver import DAT, DeskDriver, HeardSounds, LeapingClock
from tests.golden_pages import pdf_texts
from tests.stores import temporary_folder

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def folder(qapp):
    with temporary_folder() as path:
        yield path


def told(capsys, folder, *arguments: str) -> str:
    assert main([arguments[0], "--data", str(folder), "--lang", "vi", *arguments[1:]]) == 0
    return capsys.readouterr().out


def in_the_drawer(capsys, folder) -> list[str]:
    """Five slips, printed in good time; what their symbols hold is read from the paper."""
    paper = folder / "slips.pdf"
    told(capsys, folder, "issue", "emergency-slip", "--count", "5", "--pdf", str(paper))
    pictures = []
    with closing(pypdfium2.PdfDocument(paper)) as document:
        for number, page in enumerate(document):
            pictures.append(str(folder / f"page-{number}.png"))
            page.render(scale=203 / 72).to_pil().save(pictures[-1])
    return [code for picture in pictures for code in read(capsys, folder, picture)]


def read(capsys, folder, picture: str) -> list[str]:
    found = json.loads(told(capsys, folder, "decode", "--json", picture))["payloads"]
    assert {(one["scheme"], one["verified"]) for one in found} == {("emergency_slip", "valid")}
    return [one["text"] for one in found]


def copy_off(desk, code: str, name: str, time_in: str, time_out: str, *, admitted: bool) -> None:
    """Type what was written by hand."""
    entries = len(desk.rows("SELECT 1 FROM log_entry"))
    desk.show(code)
    desk.wait(lambda: isinstance(desk.window.errands.place.sheet, LateSheet))
    sheet = desk.window.errands.place.sheet
    desk.type(name)
    for line, text in (("time_in", time_in), ("time_out", time_out), ("temperature", "36,8")):
        sheet.lines[line].setFocus()
        desk.type(text)
    sheet._verdict.choose(0 if admitted else 1)
    desk.press("Ctrl+Return")
    desk.wait(lambda: len(desk.rows("SELECT 1 FROM log_entry")) > entries)
    desk.settle()
    desk.take_away(code)


def let_in(desk, card: str) -> None:
    """Somebody comes in as always."""
    desk.show(card)
    desk.wait_for(Screening)
    desk.press("D")
    desk.type("Phong Ke hoach")
    desk.press("Return")
    desk.type("366ksh")
    desk.press("Return")
    desk.wait_for(Admitted)
    desk.settle()
    desk.press("Escape")


def leave_with(desk, code: str) -> None:
    desk.show(code)
    desk.wait_for(Departing)
    desk.press("Return")
    desk.wait_for(Departed)
    desk.press("Escape")
    desk.take_away(code)


def refuse_strange_slips(desk, blank: str) -> None:
    other = issued.mint(IssuedKind.EMERGENCY_SLIP, desk.clock.now().date(), bytes(16), b"x" * 32)
    letter = "0" if blank[12] != "0" else "1"
    for strange, reason in (
        (other, "emergency_slip_forged"),
        (blank[:12] + letter + blank[13:], "emergency_slip_altered"),
    ):
        desk.show(strange)
        assert desk.wait_for(Refused).entry.draft.reason == reason
        desk.press("Escape")
        desk.take_away(strange)


def test_a_dead_morning(qtbot, capsys, monkeypatch, folder):
    monkeypatch.setattr(bootstrap, "SystemSounds", HeardSounds)
    codes = in_the_drawer(capsys, folder)
    assert len(set(codes)) == 5
    clock = LeapingClock()
    clock.leap_to_tomorrow(hour=10)
    desk = DeskDriver(qtbot, folder, clock=clock)
    try:
        let_in(desk, DAT)  # the computer is back, and the next one stands there already
        copy_off(desk, codes[2], "Nguyen Van An", "9:10", "", admitted=True)
        copy_off(desk, codes[0], "Tran Thi Be", "7:40", "8:55", admitted=True)
        copy_off(desk, codes[1], "Le Van Co", "8:15", "", admitted=False)
        leave_with(desk, codes[2])
        desk.show(codes[1])  # the pile once more, by mistake
        desk.settle()
        assert isinstance(desk.controller.state, Waiting)
        refuse_strange_slips(desk, codes[3])
        desk.settle()
    finally:
        desk.leave()
    afterwards(capsys, folder, clock.now().astimezone(clock.zone()).date().isoformat())


def afterwards(capsys, folder, day: str) -> None:
    """What register, list and proof say of it."""
    lines = told(capsys, folder, "register", "--json", "--day", day).splitlines()
    rows, totals = [json.loads(line) for line in lines[:-1]], json.loads(lines[-1])["totals"]
    people = [row for row in rows if row["name"]]
    assert [(row["name"], row["verdict"], row["entered_later"]) for row in people] == [
        ("Tran Thi Be", "admit", True),
        ("Le Van Co", "refuse", True),
        ("Nguyen Van An", "admit", True),
        ("Đặng Văn Đạt", "admit", False),
    ], "in the order of their times, whenever they were entered"
    assert (totals["admitted"], totals["inside"]) == (3, 1)
    (staying,) = told(capsys, folder, "inside", "--json").splitlines()
    assert json.loads(staying)["name"] == "Đặng Văn Đạt"
    paper = folder / "register.pdf"
    told(capsys, folder, "register", "--day", day, "--pdf", str(paper))
    whole = "".join(pdf_texts(paper))
    assert whole.count("ghi sau") == 3
    assert "07:40" in whole
    proof = json.loads(told(capsys, folder, "verify", "--json"))
    assert (proof["unchanged"], proof["entries"]) == (True, 8)
