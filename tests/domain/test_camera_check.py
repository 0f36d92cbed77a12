"""What is said of a camera, and how near it wants a card: by figures alone."""

import pytest

from kiosk.domain import camera_check as judge
from kiosk.domain.camera_check import Aspect, Grade, Say
from kiosk.domain.ladder import Rung, Unit


@pytest.mark.parametrize(
    ("judged", "says"),
    [
        (judge.sharpness(None), Say.SHARP_UNKNOWN),
        (judge.sharpness(0.8), Say.SHARP),
        (judge.sharpness(1.5), Say.SOFT),
        (judge.sharpness(2.5), Say.BLURRED),
        (judge.light(None, None), Say.LIGHT_UNKNOWN),
        (judge.light(None, 20), Say.DARK),
        (judge.light(None, 40), Say.DIM),
        (judge.light(None, 120), Say.BRIGHT),
        (judge.light(None, 240), Say.TOO_BRIGHT),
        (judge.light(60, 120), Say.DARK),  # the paper tells more than the room
        (judge.light(100, 120), Say.DIM),
        (judge.light(200, 20), Say.BRIGHT),
        (judge.light(255, 120), Say.TOO_BRIGHT),
        (judge.glare(None, None), Say.GLARE_UNKNOWN),
        (judge.glare(None, 0.0), Say.NO_GLARE),
        (judge.glare(None, 0.02), Say.LAMP),
        (judge.glare(0.1, 0.0), Say.NO_GLARE),
        (judge.glare(0.4, 0.0), Say.GLARE),
        (judge.flicker(None), Say.FLICKER_UNKNOWN),
        (judge.flicker(0.003), Say.STEADY),
        (judge.flicker(0.06), Say.FLICKERS),
        (judge.codes(None), Say.CODES_UNKNOWN),
        (judge.codes(Rung(2, Unit.DOTS)), Say.CODES_UNKNOWN),
        (judge.codes(Rung(0.3, Unit.MM)), Say.NOT_CARD_SIZE),
        (judge.codes(Rung(0.25, Unit.MM)), Say.CARD_SIZE),
    ],
)
def test_what_is_said(judged, says):
    assert judged.say is says
    assert (judged.grade is Grade.UNKNOWN) == says.endswith("unknown")


def test_every_aspect_has_its_judge():
    judges = (judge.sharpness(None), judge.light(None, None), judge.glare(None, None))
    judges += (judge.flicker(None), judge.codes(None))
    assert [judged.aspect for judged in judges] == list(Aspect)


def test_a_sharp_camera_wants_two_pixels_a_module_and_a_soft_one_more():
    assert judge.pixels_needed(None) == judge.pixels_needed(0.8) == 2.0
    assert judge.pixels_needed(1.8) == pytest.approx(4.0)


def test_a_card_fills_half_of_a_small_picture_and_a_third_of_a_large_one():
    """85.6 mm of card at 2 pixels for each 11/41 mm are 638 pixels."""
    assert judge.card_share(1280, 0.8) == pytest.approx(0.4985, abs=1e-3)
    assert judge.card_share(1920, 0.8) == pytest.approx(0.3324, abs=1e-3)
    assert judge.card_share(640, 0.8) == pytest.approx(0.997, abs=1e-3)
    assert judge.card_share(640, 1.2) > 1


def test_how_far_that_is_with_a_wide_and_with_a_narrow_webcam():
    """Half of 2 d tan(39 degrees) is 8.56 cm at d = 10.6 cm; with 27.5 degrees at 16.4 cm."""
    assert judge.distances_cm(0.5) == (11, 16)


def test_which_part_of_the_pages_distance_a_card_may_be_held_at():
    """A page seen at 4 pixels a millimetre; a card wants 7.45 of them."""
    rung = Rung(0.5, Unit.MM)
    share = judge.card_share(1280, 0.8)
    assert judge.share_of_way(2.0, rung, 1280, share) == pytest.approx(0.537, abs=1e-3)
    assert judge.share_of_way(4.0, rung, 1280, share) == pytest.approx(1.073, abs=1e-3)
