"""The hand scanner at the desk: what the keyboard damaged is put right, or asked for anew."""

import pytest

from kiosk.domain.desk import Refused, Screening, Waiting
from kiosk.ports.sounds import Sound
from tests.desk_driver import HONG

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def alt_codes(text):
    return "".join(c if c.isascii() else "".join(f"{b:04}" for b in c.encode()) for c in text)


@pytest.mark.parametrize(
    "damage",
    [
        alt_codes,
        lambda text: text.encode().decode("latin-1"),
        lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
        lambda text: alt_codes(text).replace("|", "~"),
    ],
    ids=["Alt codes", "Latin-1", "entities", "Alt codes on a British layout"],
)
def test_a_damaged_scan_is_the_person_on_the_card(desk, damage):
    desk.burst(damage(HONG))
    shown = desk.wait_for(Screening)
    assert shown.who.person.name == "Nguyễn Thị Hồng"
    assert shown.who.person.address == "Ấp 3, Xã Vĩnh Lợi, Sóc Trăng"


@pytest.mark.parametrize("name", ["Nguyeenx Thij Mai", "0912345678", "Trần Văn Đạt"])
def test_a_name_that_arrives_at_once_in_the_form_is_typed_and_enter_goes_on(desk, name):
    desk.press("F2")
    desk.burst(name)
    desk._rest()
    form = desk.window.errands.place.sheet
    assert form.who.lines["name"].text() == name
    assert form.who.lines["birth"].hasFocus()
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]


def test_a_badge_of_few_characters_is_a_scan_at_the_desk_and_presses_no_key(desk):
    desk.burst("NV00123")
    desk.wait_for(Refused)
    assert desk.rows("SELECT reason FROM log_entry") == [("unknown_text",)]


def test_a_scan_that_lost_letters_asks_for_the_camera_and_logs_nobody(desk):
    desk.burst("".join(filter(str.isascii, HONG)))
    desk.settle()
    assert isinstance(desk.controller.state, Waiting)
    assert desk.window.notice.isVisible()
    assert "hold the code to the camera" in desk.window.notice.text()
    assert desk.heard == [Sound.ATTENTION]
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    assert desk.rows("SELECT count(*) FROM person") == [(0,)]
    desk.show(HONG)
    assert desk.wait_for(Screening).who.person.name == "Nguyễn Thị Hồng"


@pytest.mark.parametrize("cut", [5, 14, 25, 40, 60])
def test_a_scanner_that_stops_within_a_card_writes_no_code_into_the_log(desk, cut):
    desk.burst(HONG[:cut], end="")
    desk.settle()
    desk.burst(HONG[cut:])
    desk.settle()
    assert isinstance(desk.controller.state, Waiting)
    assert "hold the code to the camera" in desk.window.notice.text()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    desk.burst(HONG)
    assert desk.wait_for(Screening).who.person.name == "Nguyễn Thị Hồng"
