import json
import sys
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from kiosk.adapters import views
from kiosk.adapters.decoder_zbar import open_zbar
from kiosk.adapters.decoder_zxing import ZxingDecoder, open_zxing
from kiosk.adapters.opencv import cv2
from kiosk.adapters.pictures import load
from kiosk.adapters.reading import (
    EACH_FRAME,
    FIRST,
    RESCUES,
    SECOND,
    TURNS,
    ZBAR_RESCUES,
    ZBAR_TURNS,
    LadderReader,
    agree,
    open_reader,
)
from kiosk.adapters.reading_child import marked
from kiosk.adapters.stillness import REST
from kiosk.domain.payload import parse
from kiosk.ports.decoder import Finder, Symbol
from tests.fakes_capture import FakeDecoder
from tests.qr_drawing import colour, draw, on_desk

PHOTOS = Path(__file__).parents[1] / "data" / "qr-images"
MANIFEST = json.loads((PHOTOS / "manifest.json").read_text("utf-8"))
CARD = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Rạch Giá, An Giang|15042024||||".encode()
SQUARE = ((10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (10.0, 50.0))
BESIDE = tuple((x + 100, y) for x, y in SQUARE)

MENDERS = {"mender", "mender in brief"}


@pytest.fixture(scope="module")
def reader():
    return open_reader()


def payloads(symbols):
    return {symbol.payload for symbol in symbols}


def canonical(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


@pytest.mark.parametrize("photo", MANIFEST, ids=lambda photo: photo["file"])
def test_a_real_picture_is_read_and_nothing_that_is_not_in_it(reader, photo):
    read = reader.study(load(PHOTOS / photo["file"]).data)
    texts = {canonical(parse(symbol.payload).text) for symbol in read}
    expected = {canonical(text) for text in photo["expected"]}
    assert texts <= expected
    assert bool(texts) == bool(expected)


def test_every_picture_has_its_source_and_a_licence_that_allows_it():
    files = {path.name for path in PHOTOS.iterdir()} - {"manifest.json"}
    assert files == {photo["file"] for photo in MANIFEST}
    for photo in MANIFEST:
        assert photo["licence"].startswith(("Apache-2.0", "MIT", "CC-BY"))
        assert "BoofCV" not in photo["licence"] + photo["source"]


def test_two_codes_in_a_picture_are_two_symbols(reader):
    desk = on_desk((draw(CARD), 60, 100), (draw(b"KQ1S00B"), 800, 300))
    assert payloads(reader.study(desk.data)) == {CARD, b"KQ1S00B"}


def test_the_same_code_twice_is_two_symbols_at_two_places(reader):
    desk = on_desk((draw(b"KQ1S00B"), 60, 100), (draw(b"KQ1S00B"), 800, 300))
    assert len(reader.study(desk.data)) == 2


def test_a_huge_picture_is_read(reader):
    desk = on_desk((draw(CARD, 20), 1500, 900), height=5000, width=7000)
    assert payloads(reader.study(desk.data)) == {CARD}


@pytest.mark.parametrize("angle", [7, 33, 90, 180, 251])
def test_a_turned_code_is_read(reader, angle):
    desk = on_desk((draw(CARD), 400, 200))
    turn = cv2.getRotationMatrix2D((640, 360), angle, 1.0)
    assert payloads(reader.study(cv2.warpAffine(desk, turn, (1280, 720)).data)) == {CARD}


def test_a_dim_code_is_read(reader):
    dim = on_desk((draw(CARD), 400, 200)) // 12 + 4
    noisy = cv2.add(dim, np.random.default_rng(1).integers(0, 3, dim.shape, np.uint8))
    assert payloads(reader.study(noisy.data)) == {CARD}


@pytest.mark.parametrize("alone", [open_zxing, lambda: open_zbar(None)], ids=["zxing", "zbar"])
def test_a_phone_in_dark_mode_is_read_by_either_decoder_alone(alone):
    dark = 255 - on_desk((draw(CARD), 400, 200), background=230)
    reader = LadderReader([alone()])
    assert payloads(reader.study(dark.data)) == {CARD}
    assert any(CARD in payloads(reader.glance(dark.data)) for _ in TURNS)


@pytest.mark.parametrize("look", ["study", "glance"])
@pytest.mark.parametrize("side", [300, 720, 1900])
def test_corners_are_in_the_coordinates_of_the_frame(reader, look, side):
    scale = side // 80
    desk = on_desk((draw(b"KQ1S00B", scale), side // 4, side // 8), height=side, width=2 * side)
    for symbol in getattr(reader, look)(desk.data):
        left, top = np.min(symbol.corners, axis=0)
        right, bottom = np.max(symbol.corners, axis=0)
        margin, length = 4 * scale, 21 * scale
        assert (left, top) == pytest.approx((side // 4 + margin, side // 8 + margin), abs=scale)
        assert (right - left, bottom - top) == pytest.approx((length, length), abs=2 * scale)
    assert getattr(reader, look)(desk.data)


def test_every_glance_reads_a_plain_code(reader):
    desk = on_desk((draw(CARD), 400, 200))
    assert all(payloads(reader.glance(desk.data)) == {CARD} for _ in range(20))


def test_the_variant_that_reads_keeps_its_turn():
    symbol = Symbol(b"a", SQUARE, "zbar")
    zbar, zxing = FakeDecoder("zbar", symbol), FakeDecoder("zxing")
    reader = LadderReader([zbar, zxing])
    frame = on_desk().data
    first = [name for name, _ in TURNS[0]]
    assert first == ["zxing", "zbar"]
    assert [len(reader.glance(frame)) for _ in range(10)] == [1] * 10
    assert {*zbar.planes} == {(540, 540)}
    zbar.symbols = ()
    looks = len(zbar.planes)
    assert [len(reader.glance(frame)) for _ in TURNS] == [0] * len(TURNS)
    assert len(zbar.planes) - looks == [name for name, _ in chain(*TURNS)].count("zbar")


class ByView(FakeDecoder):
    """Reads one code in the frame to aim at, and another only in the whole picture."""

    def __init__(self, aimed, whole):
        super().__init__("zbar")
        self._aimed, self._whole = aimed, whole

    def decode(self, plane):
        height, width = plane.shape
        return (self._aimed,) if height == width else (self._whole,)


def test_what_is_laid_beside_a_code_that_stays_is_read_though_another_variant_reads_it():
    stays, beside = Symbol(b"a", SQUARE, "zbar"), Symbol(b"b", SQUARE, "zbar")
    reader = LadderReader([ByView(stays, beside), FakeDecoder("zxing")])
    frame = on_desk().data
    read = [payloads(reader.glance(frame)) for _ in range(2 * REST)]
    assert all(b"a" in told for told in read), "it would be taken for gone"
    assert b"b" in set().union(*read[:REST]), "before the desk rests"


def test_a_frame_is_looked_at_by_its_turn_until_something_is_read():
    zbar, zxing = FakeDecoder("zbar"), FakeDecoder("zxing", Symbol(b"a", SQUARE, "zxing"))
    reader = LadderReader([zbar, zxing])
    assert payloads(reader.glance(on_desk().data)) == {b"a"}
    assert len(zbar.planes) == 0


@pytest.mark.parametrize("step", [("zxing", views.aimed_sharper), ("zbar", views.aimed)])
@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (1920, 1080), (101, 99)])
def test_what_is_read_in_the_frame_to_aim_at_lies_where_it_is_in_the_picture(reader, step, size):
    width, height = size
    card = draw(CARD, min(size) // 80 or 1)[: min(size) * 3 // 4]
    left, top = (width - card.shape[1]) // 2 + 3, (height - card.shape[0]) // 2 - 2
    desk = on_desk((card, left, top), height=height, width=width)
    view = step[1](np.ascontiguousarray(desk[:, :, 0]))
    assert max(view.plane.shape) <= 640
    assert view.placed(((0.0, 0.0),)) == ((view.left, view.top),)
    for symbol in reader.step(desk.data, step):
        assert np.mean(symbol.corners, axis=0) == pytest.approx(
            (left + card.shape[1] / 2, top + card.shape[0] / 2), abs=3
        )
    assert reader.step(desk.data, step) or min(size) < 100


@pytest.mark.parametrize("look", ["study", "glance"])
def test_where_the_decoders_disagree_nothing_of_that_frame_is_accepted(look):
    one, other = Symbol(b"\xe1", SQUARE, "zbar"), Symbol(b"\xe0", SQUARE, "zxing")
    beside = Symbol(b"\xe3", BESIDE, "zxing")
    zbar, zxing = FakeDecoder("zbar", one), FakeDecoder("zxing", beside, other)
    reader = LadderReader([zbar, zxing, held := FakeDecoder("held", beside, other)])
    frame = on_desk().data
    assert getattr(reader, look)(frame) == ()
    zxing.symbols = held.symbols = (beside,)
    read = [getattr(reader, look)(frame) for _ in TURNS]
    assert {b"\xe1", b"\xe3"} in map(payloads, read)


def test_where_the_decoders_disagree_no_other_variant_is_asked():
    one, other = Symbol(b"\xe1", SQUARE, "zbar"), Symbol(b"\xe0", SQUARE, "zxing")
    zbar, zxing = FakeDecoder("zbar", one), FakeDecoder("zxing", other)
    assert LadderReader([zbar, zxing]).study(on_desk().data) == ()
    assert len(zbar.planes) == len(zxing.planes) == 1


def test_a_glance_tells_a_new_ascii_text_at_once_and_looks_on_at_the_next_frame():
    held, zbar = FakeDecoder("held", Symbol(b"KQ1S00B", SQUARE, "zxing")), FakeDecoder("zbar")
    reader, frame = LadderReader([held, zbar]), on_desk().data
    assert payloads(reader.glance(frame)) == {b"KQ1S00B"}
    assert len(zbar.planes) == 0
    zbar.symbols = (Symbol(b"KQ1S77X", BESIDE, "zbar"),)
    assert any(len(reader.glance(frame)) == 2 for _ in TURNS)


def test_a_text_beyond_ascii_is_told_only_if_zbar_reads_no_other_at_its_place():
    held = FakeDecoder("held", Symbol(b"\xe0", SQUARE, "zxing"))
    zbar = FakeDecoder("zbar", Symbol(b"\xe1", SQUARE, "zbar"))
    reader, frame = LadderReader([held, zbar]), on_desk().data
    assert not any(reader.glance(frame) for _ in range(20))
    zbar.symbols = held.symbols
    assert payloads(reader.glance(frame)) == {b"\xe0"}


def test_a_text_that_has_left_is_forgotten_and_shown_again_is_new():
    """Nothing that anybody held up stays in the process."""
    held, zbar = FakeDecoder("held", Symbol(b"a", SQUARE, "zxing")), FakeDecoder("zbar")
    reader, frame = LadderReader([held, zbar]), on_desk().data
    for _ in range(2):
        looks = len(zbar.planes)
        held.symbols = (Symbol(b"a", SQUARE, "zxing"),)
        assert payloads(reader.glance(frame)) == {b"a"}
        assert len(zbar.planes) == looks, "it is told at once"
        held.symbols = ()
        assert not any(reader.glance(frame) for _ in range(3))


def test_what_a_turn_reads_beyond_ascii_is_asked_of_zbar_too():
    zxing = FakeDecoder("zxing", Symbol(b"\xe0", SQUARE, "zxing"))
    zbar = FakeDecoder("zbar", Symbol(b"\xe1", SQUARE, "zbar"))
    reader, frame = LadderReader([zxing, zbar]), on_desk().data
    assert not any(reader.glance(frame) for _ in TURNS)
    zbar.symbols = ()
    assert payloads(reader.glance(frame)) == {b"\xe0"}
    looks = len(zbar.planes)
    assert all(payloads(reader.glance(frame)) == {b"\xe0"} for _ in TURNS)
    assert len(zbar.planes) == looks, "once it is known it is not asked for again"


def test_every_step_of_the_schedule_is_of_a_decoder_that_is_there(reader):
    schedule = {name for name, _ in (FIRST, SECOND, *RESCUES, *EACH_FRAME, *chain(*TURNS))}
    assert schedule <= {*reader.decoders, "zxing by histogram", "closer", "held", *MENDERS}
    assert {name for name, _ in (*ZBAR_RESCUES, *chain(*ZBAR_TURNS))} <= {"zbar", "mender"}


def test_who_is_left_out_is_left_out_in_brief_too():
    steps = chain(*open_reader(without={"mender"})._turns)
    assert not MENDERS.intersection(name for name, _ in steps)


def test_libzbar_and_a_mender_have_their_turn_each_half_second_of_live_frames():
    rounds = (*TURNS, *TURNS)
    for begin in range(len(TURNS)):
        names = {name for name, _ in chain(*rounds[begin : begin + 15])}
        assert "zbar" in names
        assert names & MENDERS
    assert {name for name, _ in chain(*TURNS)} >= MENDERS


def test_what_is_read_in_a_picture_made_smaller_lies_where_it_is(reader):
    picture = on_desk((draw(CARD, 10), 600, 120))
    (plain,) = reader.step(picture.data, FIRST)
    (read,) = reader.step(picture.data, ("mender", views.third))
    assert read.payload == CARD
    assert np.mean(read.corners, axis=0) == pytest.approx(np.mean(plain.corners, axis=0), abs=8)


@pytest.mark.parametrize("side", [21, 24, 33])
def test_a_picture_hardly_larger_than_a_symbol_holds_nothing(reader, side):
    noise = np.random.default_rng(side).integers(0, 256, (side, side, 3), np.uint8)
    assert reader.study(noise.data) == ()


def test_no_rescue_is_tried_twice():
    assert len(set(RESCUES)) == len(RESCUES)


def test_a_still_of_ascii_needs_no_second_opinion():
    symbol = Symbol(b"KQ1S00B", SQUARE, "zxing")
    zbar, zxing = FakeDecoder("zbar"), FakeDecoder("zxing", symbol)
    assert LadderReader([zbar, zxing]).study(on_desk().data) == (symbol,)
    assert len(zbar.planes) == 0


class FindsOneMore(ZxingDecoder):
    """zxing-cpp that reads one code and only finds something in another place."""

    def __init__(self, read, unread):
        self._name, self.found = "zxing", ((read,), (unread,))

    def look(self, _plane):
        return self.found


class Memory:
    """What the reading process marks its decoders in."""

    marked = ""

    def mark(self, name):
        self.marked = name


@pytest.mark.parametrize("wrapped", [lambda plain: plain, lambda plain: marked(plain, Memory())])
def test_a_code_that_zxing_only_finds_beside_another_is_asked_of_zbar(wrapped):
    read, beside = Symbol(b"KQ1S00B", SQUARE, "zxing"), Symbol(b"KQ1S77X", BESIDE, "zbar")
    zbar = FakeDecoder("zbar", beside)

    def studied(unread):
        decoders = map(wrapped, (zbar, FindsOneMore(read, unread)))
        return LadderReader(decoders).study(on_desk().data)

    assert payloads(studied(BESIDE)) == {b"KQ1S00B", b"KQ1S77X"}
    assert studied(SQUARE) == (read,)


def test_what_is_marked_in_the_reading_process_can_do_what_it_could():
    opened = {decoder.name: decoder for decoder in open_reader()._decoders.values()}
    finders = {name for name, one in opened.items() if isinstance(marked(one, Memory()), Finder)}
    assert finders == {"zxing", "zxing by histogram"}


def test_one_decoder_that_reads_two_codes_at_one_place_is_not_believed_either():
    inner = tuple((x / 2 + 15, y / 2 + 15) for x, y in SQUARE)
    two = FakeDecoder("zxing", Symbol(b"a", SQUARE, "zxing"), Symbol(b"b", inner, "zxing"))
    assert LadderReader([two]).study(on_desk().data) == ()


def test_a_small_symbol_in_a_corner_of_a_large_one_is_at_its_place_in_either_order():
    large = Symbol(b"a", tuple((10 * x, 10 * y) for x, y in SQUARE), "zxing")
    small = Symbol(b"b", tuple((x + 110, y + 110) for x, y in SQUARE), "zbar")
    assert agree([large, small]) is None
    assert agree([small, large]) is None


@pytest.mark.parametrize("look", ["study", "glance"])
def test_where_zbar_gives_no_bytes_the_second_decoders_are_taken(look):
    zbar = FakeDecoder("zbar", Symbol(b"", SQUARE, "zbar"))
    read = Symbol(CARD, SQUARE, "zxing")
    reader = LadderReader([zbar, FakeDecoder("zxing", read), FakeDecoder("held", read)])
    assert payloads(getattr(reader, look)(on_desk().data)) == {CARD}


def test_a_frame_in_which_nobody_gives_bytes_holds_nothing():
    empty = Symbol(b"", SQUARE, "zbar")
    reader = LadderReader([FakeDecoder("zbar", empty), FakeDecoder("zxing")])
    assert reader.study(on_desk().data) == ()
    assert reader.glance(on_desk().data) == ()


def test_what_both_decoders_read_is_one_symbol_of_the_first():
    same = [Symbol(b"a", SQUARE, "zbar"), Symbol(b"a", SQUARE, "zxing")]
    assert agree(same) == (same[0],)


@pytest.mark.parametrize("missing", ["pyzbar", "zxingcpp"])
def test_the_desk_reads_with_one_decoder_missing_and_says_so(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    reader = open_reader()
    assert len(reader.missing) == 1
    desk = on_desk((draw(CARD), 400, 200))
    assert payloads(reader.study(desk.data)) == {CARD}
    assert any(payloads(reader.glance(desk.data)) == {CARD} for _ in TURNS)


def test_with_both_decoders_missing_nothing_is_read_and_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyzbar", None)
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    reader = open_reader()
    desk = on_desk((draw(CARD), 400, 200))
    assert len(reader.missing) == 2
    assert reader.study(desk.data) == ()
    assert reader.glance(desk.data) == ()


@pytest.mark.parametrize("shape", [(0, 0, 3), (1, 1, 3), (1, 1280, 3), (720, 1, 3), (3, 2, 3)])
def test_an_empty_or_tiny_frame_holds_nothing(reader, shape):
    frame = np.zeros(shape, np.uint8).data
    assert reader.study(frame) == ()
    assert all(reader.glance(frame) == () for _ in TURNS)


def test_a_frame_that_may_not_be_written_is_read(reader):
    frame = colour(draw(CARD))
    frame.setflags(write=False)
    assert payloads(reader.study(frame.data)) == {CARD}


@pytest.mark.parametrize("name", ["zxing", "held"])
def test_nothing_is_mended_in_a_frame_that_was_read(name):
    mender, silent = FakeDecoder("mender"), FakeDecoder("zxing")
    reads = FakeDecoder(name, Symbol(b"a", SQUARE, "zxing"))
    reader = LadderReader([silent, reads, mender])
    frames = [on_desk().data] * 2 * len(TURNS)
    assert all(payloads(reader.glance(frame)) == {b"a"} for frame in frames)
    assert len(mender.planes) == 0
    reads.symbols = ()
    assert not any(reader.glance(on_desk().data) for _ in TURNS)
    assert len(mender.planes) > 0
