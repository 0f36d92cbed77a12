import json
import random
import sys
import types
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from pyzbar import wrapper

from kiosk.adapters.decoder_zbar import ZbarDecoder, open_zbar
from kiosk.adapters.decoder_zxing import open_zxing
from kiosk.adapters.guessed_text import bytes_before_guess
from kiosk.ports.decoder import DecoderMissingError
from tests.fakes_capture import FakeDecoder
from tests.qr_drawing import draw

DATA = Path(__file__).parents[1] / "data"
TRAPS = json.loads((DATA / "payloads" / "charset-traps.json").read_text("utf-8"))

FAMILIES, MIDDLES, GIVEN = (
    words.split()
    for words in (
        "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Quách Đoàn Tạ",
        "Thị Văn Hữu Đức Ngọc Bích Xuân Quốc Minh Thanh Hoài Kim Mỹ Anh Gia Thùy",
        (
            "Hồng Dũng Sơn Lộc Thuận Thủy Tuyết Ước Đào Khuê Ý An Phượng Hiếu Nghĩa Trâm Yến "
            "Quỳnh Lưỡng Bằng Châu Đạt Giàu Hảo Kiệt Liễu Mẫn Nhẫn Oanh Phú Rạng Sửu Uyên Xuyến"
        ),
    )
)
WARDS = [
    "Minh Lương", "Rạch Giá", "Gò Quao", "Phú Quốc", "Hòn Đất", "U Minh Thượng", "Vĩnh Thông",
    "Tô Châu", "Long Xuyên", "Châu Đốc", "Giồng Riềng", "An Biên", "Kiên Lương", "Mỹ Đức",
]  # fmt: skip
PROVINCES = ["An Giang", "Kiên Giang", "Cần Thơ", "Huế", "Tây Ninh", "Đồng Tháp", "Cà Mau"]


@pytest.fixture(scope="module")
def zxing():
    return open_zxing()


@pytest.fixture(scope="module")
def zbar(zxing):
    return open_zbar(zxing)


def old_zbar(second):
    """The libzbar of pyzbar's wheel for Windows: it does not know how to give bytes."""
    known = {name: getattr(wrapper, name) for name in dir(wrapper) if name.startswith("zbar_")}

    def set_config(scanner, symbology, config, value):
        if config == 4:
            return 1
        return wrapper.zbar_image_scanner_set_config(scanner, symbology, config, value)

    known["zbar_image_scanner_set_config"] = set_config
    return ZbarDecoder(types.SimpleNamespace(**known), second)


def vietnamese(count):
    """Names and addresses by turns, in either case, always the same ones."""
    chosen = random.Random(2026)
    for number in range(count):
        if number % 2:
            text = f"{chosen.choice(WARDS)}, {chosen.choice(PROVINCES)}"
        else:
            text = " ".join(chosen.choice(words) for words in (FAMILIES, MIDDLES, GIVEN))
        yield text.upper() if chosen.random() < 0.3 else text


def one(decoder, plane):
    symbols = decoder.decode(plane.data)
    return symbols[0].payload if len(symbols) == 1 else None


def test_2000_vietnamese_names_and_addresses_come_back_byte_for_byte(zbar, zxing):
    wrong = []
    for number, text in enumerate(vietnamese(2000)):
        payload = text.encode()
        plane = draw.__wrapped__(payload, 3, number % 8)
        if one(zxing, plane) != payload or one(zbar, plane) != payload:
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["expected"][:24])
def test_texts_that_trip_libzbars_guess_come_back(zbar, zxing, trap):
    payload = trap["expected"].encode()
    assert one(zbar, draw(payload)) == payload
    assert one(zxing, draw(payload)) == payload


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["expected"][:24])
def test_an_old_libzbar_takes_the_bytes_of_the_second_decoder(zxing, trap):
    decoder = old_zbar(zxing)
    assert not decoder.gives_bytes
    assert one(decoder, draw(trap["expected"].encode())) == trap["expected"].encode()


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["expected"][:24])
def test_an_old_libzbar_alone_says_nothing_rather_than_something_wrong(trap):
    payload = trap["expected"].encode()
    assert one(old_zbar(None), draw(payload)) in (payload, None)


def test_an_old_libzbar_alone_still_reads_cards_whose_guess_can_be_undone():
    read = [one(old_zbar(None), draw(trap["expected"].encode())) for trap in TRAPS]
    cards = [trap for trap in TRAPS if trap["ok"] or trap["fix"]]
    assert sum(payload is not None for payload in read) >= len(cards) // 2


def test_an_old_libzbar_alone_reads_what_is_ascii():
    assert one(old_zbar(None), draw(b"KQ1S00B0")) == b"KQ1S00B0"


def test_what_an_old_libzbar_reads_for_certain_is_not_replaced_by_what_the_second_reads(zxing):
    """So the ladder sees that they disagree, also beside a text that only the second can read."""
    picture = np.full((500, 700), 255, np.uint8)
    card, slip = draw(TRAPS[0]["expected"].encode()), draw(b"KQ1S00B0")
    picture[20 : 20 + card.shape[0], 20 : 20 + card.shape[1]] = card
    picture[300 : 300 + slip.shape[0], 500 : 500 + slip.shape[1]] = slip
    read = zxing.decode(picture.data)
    assert len(read) == 2
    other = [s if s.payload != b"KQ1S00B0" else replace(s, payload=b"KQ1S00B8") for s in read]
    payloads = {s.payload for s in old_zbar(FakeDecoder("zxing", *other)).decode(picture.data)}
    assert payloads == {b"KQ1S00B0", TRAPS[0]["expected"].encode()}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["expected"][:24])
def test_a_guess_is_undone_to_the_right_bytes_or_not_at_all(trap):
    undone = bytes_before_guess(bytes.fromhex(trap["plain_hex"]))
    assert undone in (trap["expected"].encode(), None)


@pytest.mark.parametrize(
    "payload",
    [
        b"0123456789012",
        b"HTTP://EXAMPLE.ORG/A-B",
        b"\x00\x01\xfe\xff|\x00",
        "Nguyễn\x00\u202e🙂=HYPERLINK(1)<b>'; DROP".encode(),
        b"\x1b[31mred",
        "é".encode("latin-1"),
        b"7" * 7089,
    ],
    ids=["digits", "alphanumeric", "binary", "hostile", "ansi", "latin-1", "largest"],
)
def test_both_decoders_give_the_same_bytes(zbar, zxing, payload):
    segments = payload.decode("latin-1") if payload.isdigit() else payload
    plane = symbol_of(segments) if payload.isdigit() else draw(payload)
    assert one(zxing, plane) == payload
    assert one(zbar, plane) == payload


@pytest.mark.parametrize("charset", ["ISO8859_1", "UTF8", "Shift_JIS"])
def test_a_declared_character_set_comes_as_utf_8_from_both(zbar, zxing, charset):
    text = "日本" if charset == "Shift_JIS" else "é\\è"
    plane = symbol_of(text, eci=charset)
    assert one(zxing, plane) == text.encode()
    assert one(zbar, plane) == text.encode()


@pytest.mark.parametrize("kind", ["MicroQRCode", "RMQRCode", "DataMatrix", "EAN13"])
def test_what_is_no_qr_model_2_is_not_read(zbar, zxing, kind):
    content = "4006381333931" if kind == "EAN13" else "12345"
    plane = symbol_of(content, kind)
    assert zxing.decode(plane.data) == ()
    assert zbar.decode(plane.data) == ()


@pytest.mark.parametrize(
    ("module", "open_decoder"), [("pyzbar", lambda: open_zbar(None)), ("zxingcpp", open_zxing)]
)
def test_a_missing_library_is_told_in_words(monkeypatch, module, open_decoder):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DecoderMissingError, match="does not load"):
        open_decoder()


def symbol_of(content, kind="QRCode", **options):
    """A picture drawn by zxing-cpp, which knows segments and character sets."""
    barcode = zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, kind), **options)
    image = np.array(zxingcpp.write_barcode_to_image(barcode, scale=4))
    return np.ascontiguousarray(np.pad(image, 16, constant_values=255))
