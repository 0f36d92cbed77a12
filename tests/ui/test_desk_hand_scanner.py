"""The hand scanner at the desk: what the keyboard damaged is put right, or asked for anew."""

import pytest

from kiosk.domain.desk import Screening, Waiting
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
