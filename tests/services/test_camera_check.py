"""A minute before the camera, look by look."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.domain.camera_check import Aspect, CodeLook, Grade, Look, Say
from kiosk.domain.ladder import Rung, Unit
from kiosk.services.camera_check import CameraCheck
from kiosk.services.camera_words import advice, sentence
from kiosk.ui.wording import Language, Words

RESOURCES = Path(__file__).parents[2] / "resources"
NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)
EMPTY = Look(1280, light=110, lamp=0.0, spread=0.9, flicker=0.002)
NEAR = CodeLook(Rung(1.9, Unit.MM), pixels=15.2, spread=0.8, veil=0.05, paper=205)
SMALL = CodeLook(Rung(0.25, Unit.MM), pixels=2.0, spread=None, veil=0.1, paper=190)


def after(*looks, times=6):
    check = CameraCheck()
    for look in looks:
        for _ in range(times):
            check.take(look)
    return check


def says(check):
    return {judged.aspect: judged.say for judged in check.judged()}


def test_nothing_is_said_before_some_looks():
    assert {judged.grade for judged in after(EMPTY, times=3).judged()} == {Grade.UNKNOWN}


def test_an_empty_desk_tells_all_but_codes():
    told = says(after(EMPTY))
    assert told.pop(Aspect.CODES) is Say.CODES_UNKNOWN
    assert set(told.values()) == {Say.SHARP, Say.BRIGHT, Say.NO_GLARE, Say.STEADY}


def test_a_code_tells_more_than_the_room():
    blurred = replace(NEAR, spread=2.6, paper=70, veil=0.5)
    told = says(after(replace(EMPTY, codes=(SMALL, blurred))))
    assert told[Aspect.SHARP] is Say.BLURRED
    assert told[Aspect.LIGHT] is Say.DARK
    assert told[Aspect.GLARE] is Say.GLARE


def test_what_is_put_right_is_seen_within_two_seconds():
    check = after(replace(EMPTY, light=15))
    assert says(check)[Aspect.LIGHT] is Say.DARK
    for _ in range(12):
        check.take(EMPTY)
    assert says(check)[Aspect.LIGHT] is Say.BRIGHT


def test_the_smallest_code_is_remembered_when_the_page_is_gone():
    check = after(replace(EMPTY, codes=(NEAR, SMALL)), EMPTY)
    assert check.smallest == SMALL.rung
    assert says(check)[Aspect.CODES] is Say.CARD_SIZE


def test_what_is_kept_is_how_the_page_looked_though_it_is_laid_down():
    """Enter takes a hand, and a desk whose page lies on the table is no dark or blurred one."""
    page = replace(EMPTY, codes=(NEAR, SMALL), spread=None)
    gone = replace(EMPTY, light=20, spread=2.4, lamp=0.1)
    check = after(replace(page, codes=(replace(NEAR, paper=60),)), page, gone, times=16)
    assert says(check)[Aspect.SHARP] is Say.BLURRED
    found = check.found(NOW, "0", (1280, 720), 30.0)
    assert set(found.says.values()) == {
        *(Say.SHARP, Say.BRIGHT, Say.NO_GLARE, Say.STEADY, Say.CARD_SIZE),
    }
    assert found.says == says(check), "what is shown is what is kept"
    assert found.share == check.share


def test_a_desk_without_a_test_page_is_kept_as_it_looked():
    check = after(replace(EMPTY, codes=(NEAR,)), times=2)
    for _ in range(16):
        check.take(replace(EMPTY, light=20))
    assert check.found(NOW, "0", (1280, 720), 30.0).says[Aspect.LIGHT] is Say.DARK


def test_codes_in_dots_of_a_printer_say_nothing_of_millimetres():
    dots = replace(SMALL, rung=Rung(2, Unit.DOTS))
    check = after(replace(EMPTY, codes=(dots, replace(NEAR, rung=None))))
    assert check.smallest is None
    assert check.way is None
    assert check.read_other
    assert not after(replace(EMPTY, codes=(dots, NEAR))).read_other


def test_what_is_kept():
    check = after(replace(EMPTY, codes=(NEAR, SMALL)))
    kept = check.found(NOW, "0", (1280, 720), 29.8)
    assert kept.says == {
        "sharp": "sharp",
        "light": "bright",
        "glare": "no_glare",
        "flicker": "steady",
        "codes": "card_size",
    }
    assert (kept.smallest_mm, kept.width, kept.height) == (0.25, 1280, 720)
    assert kept.share == pytest.approx(0.4985, abs=1e-3)


@pytest.mark.parametrize("language", Language)
def test_in_words(language):
    words = Words(language, RESOURCES / "i18n")
    far = replace(NEAR, pixels=5.7)  # 3 pixels a millimetre
    told = advice(after(replace(EMPTY, codes=(far,))), words)
    assert len(told) == 3
    assert "50 %" in told[0]
    assert "11" in told[1]
    assert "40 %" in told[2]
    check = after(replace(EMPTY, codes=(NEAR, SMALL)))
    assert len(advice(check, words)) == 3
    mark = "," if language is Language.VIETNAMESE else "."
    assert f"0{mark}25 mm" in sentence(check.judged()[-1], check, words)
    assert len(advice(after(replace(EMPTY, spread=3.0)), words)) == 1
    assert len(advice(after(EMPTY), words)) == 2
