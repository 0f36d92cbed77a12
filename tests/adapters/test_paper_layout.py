"""Layout without drawing: a font in which every character is two millimetres wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.paper_layout import Page, lay_out
from kiosk.adapters.paper_marks import Stroke, Text
from kiosk.adapters.paper_scale import SHEETS
from kiosk.adapters.paper_strips import Gauge
from kiosk.adapters.paper_text import plain, wrap, wrap_evenly
from kiosk.ports.document import (
    Align,
    Blanks,
    Block,
    Cards,
    Code,
    Column,
    Columns,
    Document,
    Drawing,
    Line,
    Paper,
    Picture,
    Rule,
    Space,
    Style,
    Table,
    Together,
)

SHEET = SHEETS[Paper.A6]


def width(text: str) -> float:
    return 2.0 * len(text)


GAUGE = Gauge(
    lambda text, _style: width(text),
    lambda _text: ((True,) * 21,) * 21,
    lambda _name: 1.0,
    lambda _content: 2.0,
)


def pages(*blocks: Block, folio: str = "") -> tuple[Page, ...]:
    document = Document("", Paper.A6, blocks, folio=folio)
    return lay_out(document, GAUGE)


def texts(page: Page) -> list[str]:
    return [
        mark.text
        for placed in page.strips
        for mark in placed.strip.marks
        if isinstance(mark, Text)
    ]


def bottom(page: Page) -> float:
    return max(placed.y + placed.strip.height for placed in page.strips)


@given(st.text(max_size=60), st.floats(4, 60), st.integers(0, 4))
def test_wrapped_text_fits_and_loses_nothing_unless_it_is_cut(
    text: str, room: float, most: int
) -> None:
    whole = plain(text)
    lines = wrap(whole, room, width, most)
    assert all(width(line) <= room or len(plain(line)) <= 2 for line in lines if line.isascii())
    if most and len(lines) == most and lines[-1].endswith("…"):
        assert whole.replace(" ", "").startswith("".join(lines)[:-1].replace(" ", ""))
    else:
        assert "".join(lines).replace(" ", "") == whole.replace(" ", "")


@given(st.text("ab ẵ", max_size=90), st.floats(4, 60), st.integers(0, 4))
def test_even_lines_are_no_more_and_say_the_same(text: str, room: float, most: int) -> None:
    greedy = wrap(plain(text), room, width, most)
    even = wrap_evenly(plain(text), room, width, most)
    assert len(even) <= len(greedy)
    assert "".join(even).replace(" ", "") == "".join(greedy).replace(" ", "")
    assert max(map(width, even)) <= max(map(width, greedy))


def test_a_title_leaves_no_single_word_on_its_last_line() -> None:
    assert wrap_evenly("một hai ba bốn năm", 28, width) == ("một hai ba", "bốn năm")
    assert wrap("một hai ba bốn năm", 28, width) == ("một hai ba bốn", "năm")


@given(st.text())
def test_plain_text_is_one_line_that_commands_nothing(text: str) -> None:
    kept = plain(text)
    assert kept == plain(kept)
    assert not set(kept) & set("\x00\x1b\r\n\t\u202a\u202e\u2066\u2069\u200e\u200f\ufeff")


def test_vietnamese_is_left_as_it_is() -> None:
    assert plain("Công Tằng Tôn Nữ Thị Ẳng – 37,5 °C · “Đã đo”…") == (
        "Công Tằng Tôn Nữ Thị Ẳng – 37,5 °C · “Đã đo”…"
    )


def test_a_mark_is_not_torn_from_its_letter() -> None:
    assert wrap("q\u0303" * 4, 5.0, width)[0] == "q\u0303"


def test_a_row_is_never_split_and_the_header_comes_again() -> None:
    tall = " ".join(["dài"] * 40)
    table = Table((Column("Tên", 1), Column("Chữ", 2)), tuple((f"{n}", tall) for n in range(9)))
    found = pages(table)
    assert len(found) > 1
    assert all(texts(page)[:2] == ["Tên", "Chữ"] for page in found)
    assert all(bottom(page) <= SHEET.height - SHEET.margin for page in found)
    numbers = [text for page in found for text in texts(page) if text.isdigit()]
    assert numbers == [str(n) for n in range(9)]


def test_a_cell_without_end_is_cut_so_that_its_row_fits() -> None:
    table = Table((Column("Tên", 1),), (("chữ " * 4000,),))
    (page,) = pages(table)
    assert texts(page)[-1].endswith("…")


def test_a_heading_stays_with_what_follows_it_even_over_a_space() -> None:
    table = Table((Column("Tên", 1),), (("một",),))
    filler = _filler(SHEET.depth - 10)
    found = pages(Line("trước"), filler, Line("Mục", Style.HEADING), Space(1), table)
    assert texts(found[0]) == ["trước", ""]
    assert texts(found[1]) == ["Mục", "Tên", "một"]


def test_blocks_together_are_on_one_page() -> None:
    signed = Together((Line("ký"), Space(30), Line("tên")))
    found = pages(Line("trước"), _filler(SHEET.depth - 20), signed)
    assert [texts(page) for page in found] == [["trước", ""], ["ký", "tên"]]


def test_who_signs_signs_below_a_row() -> None:
    table = Table((Column("Tên", 1),), (("một",), ("hai",)))
    signed = Together((Line("ký"), Space(30, least_mm=30)))
    found = pages(_filler(SHEET.depth - 30), table, Space(2), signed)
    assert [texts(page) for page in found] == [["", "Tên", "một"], ["Tên", "hai", "ký"]]
    filling = Together((Line("ký"), Space(SHEET.depth - 8, least_mm=SHEET.depth - 8)))
    assert len(pages(table, Space(2), filling)) == 2  # no page is fuller than full
    assert all(bottom(page) <= SHEET.height - SHEET.margin for page in pages(table, filling))


def test_air_makes_way_for_what_is_just_over_one_page_but_not_all_of_it() -> None:
    def with_air(*, least: float) -> tuple[Page, ...]:
        air = Space(20, least_mm=least)
        return pages(_filler(SHEET.depth - 20), air, Line("ký"))

    assert len(with_air(least=0)) == 1
    assert len(with_air(least=19)) == 2
    roomy = pages(_filler(SHEET.depth - 40), Space(20), Line("ký"))
    (last,) = (placed.y for page in roomy for placed in page.strips[-1:])
    assert last == SHEET.margin + SHEET.depth - 20


def _filler(height_mm: float) -> Blanks:
    return Blanks(("",), height_mm=height_mm)


def test_what_is_too_high_to_stay_together_flows_on() -> None:
    found = pages(Together(tuple(Line(f"{n}") for n in range(60))))
    assert [text for page in found for text in texts(page)] == [str(n) for n in range(60)]


def test_empty_room_at_the_end_makes_no_empty_page() -> None:
    assert len(pages(Line("một"), Space(SHEET.depth), Space(5))) == 1


def test_growing_space_pushes_what_follows_to_the_foot() -> None:
    (page,) = pages(Line("đầu"), Space(0, grows=True), Line("cuối"))
    assert bottom(page) == pytest.approx(SHEET.height - SHEET.margin)


@pytest.mark.parametrize(("align", "x"), [(Align.LEFT, 0), (Align.CENTRE, 0.5), (Align.RIGHT, 1)])
def test_text_stands_where_it_is_told_to(align: Align, x: float) -> None:
    (page,) = pages(Line("abc", align=align))
    mark = page.strips[0].strip.marks[0]
    assert isinstance(mark, Text)
    assert mark.x == pytest.approx((SHEET.measure - width("abc")) * x)


def test_columns_stand_side_by_side_in_their_shares() -> None:
    (page,) = pages(Columns(((Line("a"),), (Rule(), Line("b"))), shares=(1, 3)))
    stroke = next(mark for mark in page.strips[0].strip.marks if isinstance(mark, Stroke))
    assert stroke.x + stroke.width == pytest.approx(SHEET.measure)
    assert stroke.width == pytest.approx((SHEET.measure - 5) * 3 / 4)


def test_every_page_has_its_number() -> None:
    found = pages(*(Line(f"{n}") for n in range(60)), folio="{page}/{pages}")
    assert [texts(page)[-1] for page in found] == [
        f"{n}/{len(found)}" for n in range(1, len(found) + 1)
    ]


TEXTS = st.text(st.sampled_from("aẵ Ỹ,1" + "nghiêng "), max_size=120)
LINES = st.builds(
    Line, TEXTS, st.sampled_from(Style), st.sampled_from(Align), st.integers(0, 4), st.just(0.5)
)
SIMPLE = st.one_of(
    LINES,
    st.just(Rule()),
    st.builds(Space, st.floats(0, 30), st.booleans()),
    st.builds(Drawing, st.just("icons/user"), st.floats(5, 20)),
    st.builds(Picture, st.just(b""), st.floats(5, 400), st.floats(5, 50)),
    st.builds(Code, st.just("A"), st.floats(5, 12)),
)
STACKS = st.lists(SIMPLE, max_size=3).map(tuple)
COLUMNS = st.builds(Columns, st.lists(STACKS, min_size=1, max_size=2).map(tuple))
TABLES = st.lists(st.tuples(TEXTS, TEXTS), max_size=8).map(
    lambda rows: Table((Column("Một", 1), Column("Hai", 2)), tuple(rows))
)
TOGETHER = st.builds(Together, st.lists(st.one_of(SIMPLE, COLUMNS), max_size=4).map(tuple))
BLOCKS = st.lists(st.one_of(SIMPLE, COLUMNS, TABLES, TOGETHER), max_size=8).map(tuple)


@given(st.sampled_from(Paper), BLOCKS, st.booleans())
def test_whatever_is_set_stays_on_its_sheet(
    paper: Paper, blocks: tuple[Block, ...], one: bool
) -> None:
    sheet = SHEETS[paper]
    document = Document("", paper, blocks, "chân", "{page}/{pages}", "BẢN SAO", one)
    for page in lay_out(document, GAUGE):
        inside = [placed for placed in page.strips if placed.strip.height]
        assert page.height <= sheet.height
        assert bottom(page) <= page.height - sheet.margin + 1e-6
        for placed in inside:
            for mark in placed.strip.marks:
                if isinstance(mark, Text):
                    wide = width(mark.text) * mark.scale
                    assert mark.x >= -1e-6
                    assert mark.x + wide <= sheet.measure + 1e-6 or len(mark.text) <= 2


def test_a_code_does_not_push_its_quiet_zone_into_the_next_column() -> None:
    with pytest.raises(ValueError, match="wider than its column"):
        pages(Columns(((Code("A", 60),), (Line("chữ"),))))


def test_a_number_is_set_smaller_and_never_broken() -> None:
    (page,) = pages(Line("9" * 80, Style.NUMBER))
    (mark,) = (mark for placed in page.strips for mark in placed.strip.marks)
    assert isinstance(mark, Text)
    assert mark.text == "9" * 80
    assert width(mark.text) * mark.scale <= SHEET.measure


@given(st.integers(1, 40), st.sampled_from([Paper.A4, Paper.A4_CARDS, Paper.A3, Paper.A6]))
def test_cards_come_in_their_order_and_never_over_the_edge(count: int, paper: Paper) -> None:
    cards = Cards(tuple((Line(str(number)),) for number in range(count)))
    found = lay_out(Document("", paper, (cards,)), GAUGE)
    assert [text for page in found for text in texts(page)] == [str(n) for n in range(count)]
    assert all(bottom(page) <= page.height for page in found)
