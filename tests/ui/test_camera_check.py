"""The camera check at the desk: with a film of a real test page, by key and by touch."""

from dataclasses import replace

import numpy as np
import pytest

from kiosk.adapters import camera_record
from kiosk.adapters.opencv import cv2
from kiosk.domain.camera_check import Aspect, CodeLook, Look
from kiosk.domain.ladder import Rung, Unit
from kiosk.ports.logbook import LogbookError, Trouble
from kiosk.services.camera_check import SECONDS, CameraCheck
from kiosk.ui import camera_errand
from kiosk.ui.camera_sheet import CameraSheet, Minute
from kiosk.ui.wording import Language
from tests.qr_drawing import draw, on_desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

EMPTY = Look(1280, light=110, lamp=0.0, spread=0.9, flicker=0.002)
CODE = CodeLook(Rung(0.25, Unit.MM), pixels=2.0, spread=0.8, veil=0.1, paper=190)
CARD = "091091000036||Lê An|02031991|Nam|Ấp 3, Rạch Giá|09052021"


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Ten seconds of a code of the test page that lies on a desk."""
    path = tmp_path_factory.mktemp("film") / "page.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (1280, 720))
    dice = np.random.default_rng(1)
    scene = cv2.GaussianBlur(on_desk((draw(b"KIOSK TEST 0.25 MM", 3), 400, 100)), (0, 0), 0.8)
    for _ in range(150):
        grain = dice.normal(0, 3, (720, 1280, 1))
        writer.write(np.clip(scene + grain, 0, 255).astype(np.uint8))
    writer.release()
    return path


@pytest.fixture
def checking(open_desk, film):
    """A desk with that film for a camera, and its check open."""

    def opened(**how):
        desk = open_desk(camera=str(film), **how)
        desk.press("F7")
        desk.press("0")
        assert isinstance(sheet(desk), CameraSheet)
        return desk

    return opened


def sheet(desk):
    return desk.window.errands.place.sheet


def said(desk, aspect):
    return sheet(desk)._said[Aspect(aspect)].text()


def looks(desk):
    return sheet(desk)._minute.looks


def test_a_minute_with_a_test_page_is_kept_and_can_be_read_again(checking):
    desk = checking()
    desk.wait(lambda: looks(desk) >= 6, 20)
    desk.wait(lambda: said(desk, "codes").startswith("Codes are read from modules of 0.25"))
    desk.press("Return")
    desk.wait(lambda: camera_record.kept(desk.folder))
    kept = camera_record.kept(desk.folder)
    assert (kept.smallest_mm, kept.width, kept.height) == (0.25, 1280, 720)
    assert kept.says["codes"] == "card_size"
    # the film has 15 pictures a second; a busy computer may lose some of them
    assert 7 < kept.rate < 16
    assert sheet(desk) is not None  # it stays to be read
    desk.press("Return")
    assert sheet(desk) is None


def test_the_rate_is_that_of_the_pictures_and_not_of_the_looks():
    minute = Minute(CameraCheck())
    assert minute.rate == 0
    for number in range(11):  # every third of 30 pictures a second
        minute.take(EMPTY, 100 + number / 10)
    assert minute.rate == pytest.approx(30)


def test_it_ends_by_itself_after_a_minute(checking):
    desk = checking()
    desk.wait(lambda: looks(desk) >= 2, 20)
    desk.clock.leap(seconds=SECONDS)
    desk.wait(lambda: camera_record.kept(desk.folder))


def test_escape_keeps_nothing_and_frames_are_measured_no_more(checking):
    desk = checking()
    desk.wait(lambda: looks(desk) >= 1, 20)
    desk.press("Escape")
    assert camera_record.kept(desk.folder) is None
    assert not desk.parts.capture.inspecting


def test_a_card_that_is_held_into_the_frame_is_not_checked_in(checking):
    desk = checking()
    desk.show(CARD)
    desk.press("Escape")
    desk.settle()
    assert desk.rows("SELECT count(*) FROM log_entry") == [(0,)]
    assert not [state for state in desk.past if "Screening" in type(state).__name__]


def test_a_card_that_is_read_is_said_to_be_read(checking):
    desk = checking()
    desk.wait(lambda: looks(desk) >= 1, 20)
    sheet(desk)._take(replace(EMPTY, codes=(replace(CODE, rung=None),)))
    sheet(desk)._tick()
    assert sheet(desk)._step.text().startswith("The code on the card was read.")


def test_a_test_page_does_not_turn_the_page(open_desk):
    desk = open_desk()
    desk.press("F7")
    desk.show("KIOSK TEST 0.5 MM")
    assert desk.window._page == "print"
    desk.show(CARD)
    assert desk.window._page == "desk"


def test_another_language_goes_on_with_the_same_minute(checking):
    desk = checking()
    desk.wait(lambda: looks(desk) >= 6, 20)
    before = looks(desk)
    desk.press("F12")
    assert looks(desk) >= before
    assert sheet(desk)._words.language is Language.VIETNAMESE
    assert desk.parts.capture.inspecting


def test_a_full_disk_is_told(checking, monkeypatch):
    def full(_found):
        raise LogbookError("full", Trouble.FULL)  # noqa: EM101

    desk = checking()
    monkeypatch.setattr(errand(desk), "_keep", full)
    desk.wait(lambda: looks(desk) >= 1, 20)
    desk.press("Return")
    desk.wait(lambda: "could not be written" in desk.window.notice.text())


def test_a_desk_without_a_camera_says_so(open_desk):
    desk = open_desk()
    desk.press("F7")
    desk.press("0")
    assert sheet(desk) is None
    assert "uses no camera" in desk.window.notice.text()


def test_by_touch(open_desk, film):
    desk = open_desk(camera=str(film))
    desk.press("F7")
    desk.tap(desk.window._pages.print._papers["camera"])
    assert isinstance(sheet(desk), CameraSheet)
    desk.wait(lambda: looks(desk) >= 1, 20)
    desk.wait(sheet(desk)._on.isVisible)
    desk.tap(sheet(desk)._on)
    desk.wait(lambda: camera_record.kept(desk.folder))


def errand(desk):
    return desk.window.findChild(camera_errand.CameraErrand)


WORST = (
    EMPTY,
    replace(EMPTY, spread=3.0, light=20, lamp=0.1, flicker=0.2),
    replace(EMPTY, spread=1.5, light=40),
    replace(EMPTY, light=250),
    replace(EMPTY, codes=(replace(CODE, rung=Rung(0.5, Unit.MM), veil=0.5, paper=90),)),
    replace(EMPTY, codes=(CODE,)),
    replace(EMPTY, codes=(replace(CODE, rung=None),)),
)
"""Looks that between them ask for every sentence."""
