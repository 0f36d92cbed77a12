"""Layout without drawing: a font in which every character is two millimetres wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.paper_layout import Page, lay_out
from kiosk.adapters.paper_marks import Stroke, Text
from kiosk.adapters.paper_scale import SHEETS
from kiosk.adapters.paper_strips import Gauge
from kiosk.adapters.paper_text import plain, wrap
from kiosk.ports.document import (
    Align,
    Block,
    Column,
    Columns,
    Document,
    Line,
    Paper,
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
    filler = Space(SHEET.depth - 10)
    found = pages(Line("trước"), filler, Line("Mục", Style.HEADING), Space(1), table)
    assert texts(found[0]) == ["trước"]
    assert texts(found[1]) == ["Mục", "Tên", "một"]


def test_blocks_together_are_on_one_page() -> None:
    signed = Together((Line("ký"), Space(30), Line("tên")))
    found = pages(Line("trước"), Space(SHEET.depth - 20), signed)
    assert [texts(page) for page in found] == [["trước"], ["ký", "tên"]]


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
