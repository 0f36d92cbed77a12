"""The bundled film shows what its truth says, to the real decoders."""

import tomllib
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.adapters.decoder_zbar import open_zbar
from kiosk.adapters.decoder_zxing import open_zxing

DEMO = Path(__file__).parents[2] / "resources" / "demo"
TRUTH = tomllib.loads((DEMO / "film.toml").read_text(encoding="utf-8"))
SCENES = TRUTH["scene"]
NAMES = [scene["name"] for scene in SCENES]


def held(scene):
    """The first, the middle and the last frame in which the code is promised."""
    return scene["first"], (scene["first"] + scene["last"]) // 2, scene["last"]


def gaps():
    """First and last frame of each stretch without a code."""
    starts = [0] + [scene["leaves"] for scene in SCENES]
    ends = [scene["enters"] - 1 for scene in SCENES] + [TRUTH["frames"] - 1]
    return list(zip(starts, ends, strict=True))


@pytest.fixture(scope="module")
def film():
    """The grey planes that the tests look at, and the number of frames."""
    wanted = {number for scene in SCENES for number in held(scene)}
    wanted |= {number for gap in gaps() for number in (gap[0], sum(gap) // 2, gap[1])}
    capture = cv2.VideoCapture(str(DEMO / TRUTH["film"]))
    planes = {}
    count = 0
    while capture.grab():
        if count in wanted:
            planes[count] = cv2.cvtColor(capture.retrieve()[1], cv2.COLOR_BGR2GRAY)
        count += 1
    capture.release()
    return planes, count


@pytest.fixture(scope="module")
def zbar():
    return open_zbar(None)


@pytest.fixture(scope="module")
def zxing():
    return open_zxing()


def read(decoder, plane):
    return [symbol.payload for symbol in decoder.decode(memoryview(plane))]


def test_film_has_the_promised_size(film):
    planes, count = film
    width, height = TRUTH["size"]
    assert count == TRUTH["frames"]
    assert {plane.shape for plane in planes.values()} == {(height, width)}
    assert 15 <= count / TRUTH["fps"] <= 30


@pytest.mark.parametrize("scene", SCENES, ids=NAMES)
def test_held_code_is_read_by_zxing(film, zxing, scene):
    for number in held(scene):
        assert read(zxing, film[0][number]) == [scene["payload"].encode()], number


@pytest.mark.parametrize("scene", [s for s in SCENES if s["zbar"]], ids=lambda s: s["name"])
def test_held_code_is_read_by_zbar(film, zbar, scene):
    if not (zbar.gives_bytes or scene["payload"].isascii()):
        pytest.skip("this libzbar only guesses texts outside ASCII")
    for number in held(scene):
        assert read(zbar, film[0][number]) == [scene["payload"].encode()], number


def test_light_code_on_dark_needs_the_second_decoder(film, zbar):
    scene = SCENES[NAMES.index("dark-phone")]
    assert not any(read(zbar, film[0][number]) for number in held(scene))


@pytest.mark.parametrize("gap", gaps())
def test_nothing_is_read_between_visits(film, zbar, zxing, gap):
    for number in (gap[0], sum(gap) // 2, gap[1]):
        assert read(zxing, film[0][number]) == []
        assert read(zbar, film[0][number]) == []


def test_pauses_are_long_enough_for_the_desk_to_forget_a_code():
    assert all((last - first + 1) / TRUTH["fps"] >= 1.2 for first, last in gaps())


def test_holds_are_long_enough_to_be_seen():
    for scene in SCENES:
        assert scene["last"] - scene["first"] + 1 >= 1.4 * TRUTH["fps"]


def test_files_stay_small():
    film_file = DEMO / TRUTH["film"]
    assert film_file.stat().st_size < 3_000_000
    assert (DEMO / TRUTH["paper"]["picture"]).stat().st_size < 120_000
    assert (DEMO / TRUTH["paper"]["hand"]).stat().st_size < 400_000


def test_slip_fits_into_the_empty_picture():
    width, height = TRUTH["size"]
    empty = cv2.imdecode(np.fromfile(DEMO / TRUTH["paper"]["picture"], np.uint8), cv2.IMREAD_COLOR)
    hand = cv2.imdecode(np.fromfile(DEMO / TRUTH["paper"]["hand"], np.uint8), cv2.IMREAD_UNCHANGED)
    assert empty.shape == (height, width, 3)
    assert hand.shape == (height, width, 4)
    corners = np.array(TRUTH["paper"]["corners"])
    assert (corners > 0).all()
    assert (corners < [width, height]).all()
    left, right = corners[3] - corners[0], corners[2] - corners[1]
    assert np.linalg.norm([left, right], axis=1).mean() == pytest.approx(520, abs=30)
