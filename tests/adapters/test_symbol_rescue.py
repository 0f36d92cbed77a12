import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode.base import rs_blocks
from qrcode.main import QRCode
from qrcode.util import create_bytes

from kiosk.adapters import symbol_rescue
from kiosk.adapters.decoder_zbar import open_zbar
from kiosk.adapters.decoder_zxing import open_zxing
from kiosk.adapters.opencv import cv2
from kiosk.adapters.reed_solomon import corrected
from kiosk.adapters.symbol_equalizer import equalized
from kiosk.adapters.symbol_grid import fixed_modules, fixed_right
from kiosk.adapters.symbol_mending import mended
from kiosk.adapters.symbol_rescue import SymbolMender
from tests.qr_drawing import draw, on_desk

TEXT = "Nguyễn Thị Hồng|02091990|Rạch Giá".encode()
LEVELS = {"M": 0, "L": 1, "H": 2, "Q": 3}


def symbol(version, level):
    drawn = QRCode(version=version, error_correction=level, border=0)
    drawn.add_data(b"Kiosk")
    drawn.make(fit=False)
    return np.array(drawn.get_matrix(), bool)


def lightness(dark):
    return np.where(dark, -1, 1).astype(np.float32)


def redrawn(dark):
    return np.where(np.kron(np.pad(dark, 4), np.ones((4, 4), bool)), 0, 255).astype(np.uint8)


def spoilt(dark, share):
    """The symbol with nothing to be seen in a square in its middle."""
    seen = lightness(dark)
    side = int(len(dark) * share**0.5)
    start = (len(dark) - side) // 2
    noise = np.random.default_rng(len(dark))
    seen[start : start + side, start : start + side] = noise.normal(0, 0.01, (side, side))
    return seen


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_errors_and_missing_codewords_are_made_good_up_to_the_limit(data):
    block = rs_blocks(
        data.draw(st.sampled_from([1, 3, 7])), data.draw(st.sampled_from([0, 1, 2]))
    )[0]
    checks = block.total_count - block.data_count
    noise = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    text = noise.integers(0, 256, block.data_count).tolist()
    word = encoded(text, checks)
    missing = data.draw(st.integers(0, checks))
    errors = data.draw(st.integers(0, (checks - missing) // 2))
    places = noise.permutation(len(word))[: missing + errors].tolist()
    wrong = np.array(word, np.uint8)
    for place in places:
        wrong[place] ^= int(noise.integers(1, 256))
    right = corrected(wrong, places[:missing], checks)
    assert right is not None
    assert right.tolist() == word


def encoded(text, checks):
    """The block as the library `qrcode` makes it."""

    class Buffer:
        buffer = text

    class Block:
        data_count = len(text)
        total_count = len(text) + checks

    return list(create_bytes(Buffer, [Block]))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("version", [1, 2, 6, 7, 14, 27, 40])
def test_a_whole_symbol_is_drawn_as_it_was(version, level):
    dark = symbol(version, LEVELS[level])
    assert np.array_equal(mended(lightness(dark)), redrawn(dark))


@pytest.mark.parametrize("version", [2, 3, 5, 7, 10])
def test_more_is_mended_than_a_decoder_corrects(version):
    dark = symbol(version, LEVELS["H"])
    seen = spoilt(dark, 0.25 if version < 7 else 0.28)
    assert open_zxing().decode(redrawn(seen < 0).data) == ()
    assert np.array_equal(mended(seen), redrawn(dark))


@given(st.integers(0, 2**32), st.sampled_from([21, 25, 33, 45]))
@settings(max_examples=200, deadline=None)
def test_what_is_no_symbol_is_never_mended_into_one(seed, size):
    noise = np.random.default_rng(seed).normal(0, 1, (size, size)).astype(np.float32)
    fixed = fixed_modules(size)
    assert mended(np.where(fixed != 0, fixed, noise).astype(np.float32)) is None


def test_blur_between_modules_is_undone():
    dark = symbol(5, LEVELS["M"])
    blurred = cv2.GaussianBlur(lightness(dark), (0, 0), 0.75)
    wrong = int(((blurred < 0) != dark).sum())
    left = int(((equalized(blurred) < 0) != dark).sum())
    assert wrong > 30
    assert left < wrong / 2


def seen_from_aside(plane, by):
    height, width = plane.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + np.array(by, np.float32) * (width, height)
    turn = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return cv2.warpPerspective(plane, turn, (width, height), borderValue=200)


SLANTED = [(0.42, 0.2), (-0.28, 0.02), (-0.28, -0.02), (0.42, -0.05)]


@pytest.mark.parametrize("alone", [open_zxing, lambda: open_zbar(None)], ids=["zxing", "zbar"])
def test_a_code_seen_much_from_aside_is_read_with_its_corners_in_place(alone):
    plane = cv2.cvtColor(on_desk((draw(TEXT, 9), 450, 150)), cv2.COLOR_BGR2GRAY)
    slanted = seen_from_aside(plane, SLANTED)
    (read,) = SymbolMender(alone()).decode(slanted.data)
    assert read.payload == TEXT
    assert read.decoder == alone().name
    (there,) = open_zxing().decode(plane.data)
    middle = np.mean(read.corners, axis=0)
    assert 0 < middle[0] < slanted.shape[1]
    assert there.payload == TEXT


def test_in_brief_it_reads_what_lies_flat_and_says_who_it_is():
    plane = cv2.cvtColor(on_desk((draw(TEXT, 9), 450, 150)), cv2.COLOR_BGR2GRAY)
    brief = SymbolMender(open_zxing(), brief=True)
    (read,) = brief.decode(seen_from_aside(plane, SLANTED).data)
    assert (read.payload, read.decoder) == (TEXT, open_zxing().name)
    assert brief.name != SymbolMender(open_zxing()).name


def test_a_code_on_wrinkled_cloth_is_read():
    plane = cv2.cvtColor(on_desk((draw(TEXT, 8), 400, 120)), cv2.COLOR_BGR2GRAY)
    y, x = np.indices(plane.shape, np.float32)
    waves = cv2.remap(plane, x + 7 * np.sin(y / 90), y + 7 * np.sin(x / 80), cv2.INTER_LINEAR)
    (read,) = SymbolMender(open_zxing()).decode(waves.data)
    assert read.payload == TEXT


def test_a_size_that_fits_is_the_only_one_that_is_tried(monkeypatch):
    plane = cv2.cvtColor(on_desk((draw(TEXT, 9), 450, 150)), cv2.COLOR_BGR2GRAY)
    (there,) = open_zxing().decode(plane.data)
    middle = np.mean(there.corners, axis=0).astype(int)
    cv2.circle(plane, (int(middle[0]), int(middle[1])), 70, 128, -1)  # beyond correction
    fits: list[float] = []

    def counted(*given) -> float:
        fits.append(fixed_right(*given))
        return fits[-1]

    monkeypatch.setattr(symbol_rescue, "fixed_right", counted)
    assert SymbolMender(open_zxing()).decode(plane.data) == ()
    (fit,) = fits
    assert fit > 0.9


def test_a_picture_without_a_code_holds_nothing():
    noise = np.random.default_rng(3).integers(0, 256, (480, 640), np.uint8)
    for plane in (noise, np.zeros((480, 640), np.uint8), np.zeros((0, 0), np.uint8)):
        assert SymbolMender(open_zxing()).decode(plane.data) == ()
