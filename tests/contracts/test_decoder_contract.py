"""What every decoder keeps to, the fake one as well as the real ones."""

import numpy as np
import pytest

from kiosk.adapters.decoder_zbar import open_zbar
from kiosk.adapters.decoder_zxing import open_zxing
from kiosk.ports.decoder import Symbol
from tests.fakes_capture import FakeDecoder
from tests.qr_drawing import draw

PAYLOAD = "Lê Anh Sơn|Gò Quao".encode()
PLACE = ((16.0, 16.0), (116.0, 16.0), (116.0, 116.0), (16.0, 116.0))


def fake():
    decoder = FakeDecoder("fake", Symbol(PAYLOAD, PLACE, "fake"))
    decode = decoder.decode
    decoder.decode = lambda plane: decode(plane) if np.ptp(np.asarray(plane)) else ()
    return decoder


@pytest.fixture(params=[fake, lambda: open_zbar(None), open_zxing], ids=["fake", "zbar", "zxing"])
def decoder(request):
    return request.param()


def test_a_symbol_is_read_as_the_bytes_that_were_written(decoder):
    (symbol,) = decoder.decode(draw(PAYLOAD).data)
    assert symbol.payload == PAYLOAD
    assert symbol.decoder == decoder.name


def test_the_corners_are_four_and_clockwise_around_the_symbol(decoder):
    plane = draw(PAYLOAD)
    (symbol,) = decoder.decode(plane.data)
    assert len(symbol.corners) == 4
    twice_the_area = sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(
            symbol.corners, symbol.corners[1:] + symbol.corners[:1], strict=True
        )
    )
    side = plane.shape[0] - 2 * 4 * 4
    assert twice_the_area / 2 == pytest.approx(side**2, rel=0.1)  # positive: y grows downwards


def test_an_empty_picture_holds_nothing(decoder):
    assert decoder.decode(np.full((480, 640), 255, np.uint8).data) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 640), (480, 1), (2, 3)])
def test_a_tiny_picture_holds_nothing(decoder, size):
    assert decoder.decode(np.zeros(size, np.uint8).data) == ()


def test_the_same_decoder_reads_again_and_again(decoder):
    plane = draw(PAYLOAD)
    assert {decoder.decode(plane.data) for _ in range(20)} == {decoder.decode(plane.data)}
