"""A desk whose decoders crash over what is held up: it goes on, says so, reads the next code."""

import pytest

from kiosk.adapters import reading_start
from kiosk.adapters.opencv import cv2
from kiosk.domain.desk import Screening
from kiosk.ports.decoder import DECODERS
from tests.desk_driver import DAT, HONG
from tests.qr_drawing import draw, on_desk
from tests.unruly_reader import ask_for, words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

EMPTY = on_desk(width=640, height=480)
CARD = on_desk((draw(HONG.encode()), 60, 60), width=640, height=480)


@pytest.fixture
def film(tmp_path):
    """Makes a folder of pictures, each shown for two seconds, no two of them the same."""

    def shoot(*frames):
        folder = tmp_path / "film"
        folder.mkdir()
        for number, frame in enumerate(frames):
            other = frame.copy()
            other[-1] = number % 256
            cv2.imencode(".png", other)[1].tofile(folder / f"{number:04}.png")
        return str(folder)

    return shoot


@pytest.fixture
def unruly(monkeypatch):
    def of(*more):
        monkeypatch.setattr(reading_start, "command", lambda: words(*more))

    return of


def who_is_asked(desk, seconds=5.0):
    desk.wait(lambda: isinstance(desk.controller.state, Screening), seconds)
    return desk.controller.state.who.person.name


def notice(desk):
    return desk.window.notice.text() if desk.window.notice.isVisible() else ""


def test_frames_that_crash_hang_and_confuse_the_decoders_cost_the_desk_nothing(
    open_desk, film, unruly, caplog
):
    unruly()
    caplog.set_level("ERROR")
    bad = [ask_for(deed, EMPTY) for deed in ("abort", "segfault", "hang")]
    desk = open_desk(camera=film(*bad, *[CARD] * 5))
    assert who_is_asked(desk, seconds=20) == "Nguyễn Thị Hồng"
    assert len(caplog.messages) == len(bad)


def test_a_card_that_kills_one_decoder_each_time_is_read_by_the_other(open_desk, film, unruly):
    unruly("zbar")
    desk = open_desk(camera=film(*[ask_for("abort", CARD)] * 8))
    told = []
    desk.parts.capture.decoders_changed.connect(lambda *_: told.append(notice(desk)))
    assert who_is_asked(desk, seconds=20) == "Nguyễn Thị Hồng"
    assert desk.parts.capture.decoders == {"zxing"}
    assert told[-1] == desk.words("desk.camera.no_decoder", name="zbar")


def test_a_desk_that_reads_nothing_says_so_works_and_says_when_it_reads_again(
    open_desk, film, unruly
):
    unruly("none of ours")
    desk = open_desk(camera=film(*[ask_for("abort", EMPTY)] * 3, *[EMPTY] * 8))
    capture, light = desk.parts.capture, desk.window.bar.light
    desk.wait(lambda: capture.decoders == frozenset(), seconds=20)
    assert notice(desk) == desk.words("desk.camera.no_decoders")
    assert desk.words("desk.state.blind") == light.accessibleName()
    desk.burst(DAT)
    assert who_is_asked(desk) == "Đặng Văn Đạt"
    desk.press("Escape")
    desk.wait(lambda: capture.decoders == frozenset(DECODERS), seconds=20)
    assert notice(desk) == desk.words("desk.camera.decoders_back")
    assert desk.words("desk.state.ready") == light.accessibleName()
