"""A serial scanner and a serial thermometer at the real desk, each on a cable of its own."""

import os
from functools import partial

import pytest
from PySide6.QtWidgets import QLineEdit

from kiosk.adapters.serial_port import SerialPort
from kiosk.domain.desk import Admitted, Remeasure, Screening, Waiting
from kiosk.domain.screening import TemperatureFault
from kiosk.services import line_loop
from kiosk.services.line_loop import LineState
from kiosk.ui.guest_form import GuestFormSheet
from kiosk.ui.wording import Language, Words
from tests.desk_driver import DAT, HONG, QUIET, RESOURCES
from tests.terminals import has_terminals

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.skipif(not has_terminals(), reason="no pseudo-terminals here"),
]

if os.name != "nt":
    from tests.serial_cable import Cable

NO_HEALTH_STEP = (
    (RESOURCES / "rules.default.toml")
    .read_text("utf-8")
    .replace("health_step = true", "health_step = false")
    .replace('"2026-11"', '"2026-02"')
)


@pytest.fixture
def cables(tmp_path):
    cables = {part: Cable(tmp_path / part) for part in ("scanner", "thermometer")}
    yield cables
    for cable in cables.values():
        cable.pull()


@pytest.fixture
def open_serial_desk(open_desk, cables, monkeypatch):
    monkeypatch.setattr(line_loop, "FIRST_WAIT", 0.05)
    ports = "".join(f'[{part}]\nport = "{cable.path}"\n' for part, cable in cables.items())
    opened = partial(open_desk, settings=QUIET + ports)

    def open_(**how):
        desk = opened(**how)
        desk.wait(lambda: all(line.state is LineState.READY for line in desk.parts.lines))
        return desk

    return open_


@pytest.fixture
def desk(open_serial_desk):
    return open_serial_desk()


@pytest.fixture
def scan(cables):
    return lambda text: cables["scanner"].send(text.encode() + b"\r\n")


def heard(desk, cable, line):
    """Sends a line and waits until the window has dealt with it."""
    came = []
    source = desk.parts.lines[1]
    source.came.connect(came.append)
    cable.send(line + b"\r\n")
    desk.wait(lambda: came)
    source.came.disconnect(came.append)


def test_a_serial_scan_is_the_person_on_the_card_letter_by_letter(desk, scan):
    scan(HONG)
    shown = desk.wait_for(Screening)
    assert shown.who.person.name == "Nguyễn Thị Hồng"
    assert shown.who.person.address == "Ấp 3, Xã Vĩnh Lợi, Sóc Trăng"
    desk.type("366")
    desk.type("KSH")
    desk.press("D")
    desk.type("Thanh tra\r")
    desk.press("Return")
    desk.wait_for(Admitted)
    assert desk.rows("SELECT name FROM register") == [("Nguyễn Thị Hồng",)]


def test_it_answers_the_question_for_a_number_and_types_nothing_into_it(desk, scan):
    desk.press("F3")
    field = desk.window.errands.place.sheet.findChild(QLineEdit)
    typed = []
    field.textChanged.connect(typed.append)
    assert field.hasFocus()
    scan(HONG)
    desk.wait_for(Screening)
    assert typed == []


def test_it_fills_in_the_open_form(desk, scan):
    desk.press("F2")
    scan(DAT)
    desk.wait(desk.window.notice.isVisible)
    sheet = desk.window.errands.place.sheet
    assert isinstance(sheet, GuestFormSheet)
    assert "Đặng Văn Đạt" in [field.text() for field in sheet.findChildren(QLineEdit)]


def test_it_waits_while_somebody_is_being_served(desk, scan):
    scan(HONG)
    desk.wait_for(Screening)
    scan(DAT)
    desk.wait(desk.window.notice.isVisible)
    assert desk.controller.state.who.person.name == "Nguyễn Thị Hồng"
    desk.press("Escape")
    desk.wait(lambda: isinstance(desk.controller.state, Screening))
    assert desk.controller.state.who.person.name == "Đặng Văn Đạt"


def test_a_pulled_scanner_is_said_and_serves_again_once_it_is_plugged_in(desk, cables, scan):
    cables["scanner"].pull()
    desk.wait(desk.window.notice.isVisible)
    assert desk.window.notice.text().startswith("The hand scanner is gone.")
    cables["scanner"].plug()
    desk.wait(lambda: desk.window.notice.text() == "The hand scanner is back.")
    scan(HONG)
    desk.wait_for(Screening)


def test_a_port_that_another_program_has_is_said_and_used_once_it_is_free(open_desk, cables):
    port = str(cables["scanner"].path)
    other = SerialPort(port, 9600, ())
    other.open()
    desk = open_desk(settings=f'{QUIET}[scanner]\nport = "{port}"\n')
    desk.wait(desk.window.notice.isVisible)
    assert "Run kiosk doctor" in desk.window.notice.text()
    other.close()
    desk.wait(lambda: desk.window.notice.text() == "The hand scanner is back.")


@pytest.mark.parametrize("language", Language)
def test_each_change_of_a_line_has_its_sentence(language):
    words = Words(language, RESOURCES / "i18n")
    for part in ("scanner", "thermometer"):
        for change in ("lost", "shut", "back"):
            assert words.has(f"scanner.{part}_{change}")


def test_a_reading_fills_the_temperature_and_enter_takes_it(desk, cables, scan):
    scan(HONG)
    desk.wait_for(Screening)
    desk.type("3")
    heard(desk, cables["thermometer"], b"TEMP=36.6 C")
    assert desk.controller.typed == "36.6"
    assert desk.controller.state.checklist.readings == ()
    desk.press("Return")
    assert desk.controller.state.checklist.readings == (366,)


def test_a_high_reading_asks_for_a_second_one_and_both_are_kept(desk, cables, scan):
    scan(HONG)
    desk.wait_for(Screening)
    heard(desk, cables["thermometer"], b"38.2")
    desk.press("Return")
    desk.wait_for(Remeasure)
    assert desk.controller.typed == ""
    desk.clock.leap(minutes=5)
    heard(desk, cables["thermometer"], b"36.9")
    desk.press("Return")
    desk.wait_for(Screening)
    assert desk.controller.state.checklist.readings == (382, 369)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"25.3", TemperatureFault.TOO_LOW),
        (b"44,0", TemperatureFault.TOO_HIGH),
        (b"97.7", TemperatureFault.FAHRENHEIT),
    ],
)
def test_a_reading_out_of_range_is_shown_and_not_taken(desk, cables, scan, line, fault):
    scan(HONG)
    desk.wait_for(Screening)
    heard(desk, cables["thermometer"], line)
    assert desk.controller.reading() is fault
    desk.press("Return")
    assert desk.controller.state.checklist.readings == ()


@pytest.mark.parametrize("line", [b"LOW BATTERY", b"36.5 37.9", b"\xff\x00"])
def test_a_line_without_one_reading_changes_nothing(desk, cables, scan, line):
    scan(HONG)
    desk.wait_for(Screening)
    desk.type("36")
    heard(desk, cables["thermometer"], line)
    assert desk.controller.typed == "36"


def test_a_reading_while_nobody_is_being_served_is_ignored(desk, cables, scan):
    heard(desk, cables["thermometer"], b"36.6")
    assert isinstance(desk.controller.state, Waiting)
    assert desk.controller.typed == ""
    scan(HONG)
    desk.wait_for(Screening)
    assert desk.controller.typed == ""
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]


def test_a_reading_is_ignored_where_no_temperature_is_asked_for(open_serial_desk, cables, scan):
    desk = open_serial_desk(rules=NO_HEALTH_STEP)
    scan(HONG)
    desk.wait_for(Screening)
    heard(desk, cables["thermometer"], b"36.6")
    assert desk.controller.typed == ""
