"""Blocks become strips: lines, rows, symbols and rows of cards of full width."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import assert_never

from kiosk.adapters.paper_cards import on_pages
from kiosk.adapters.paper_marks import (
    Drawn,
    Mark,
    Pictured,
    Strip,
    Stroke,
    Symbol,
    Text,
    checked,
    joined,
    moved,
    shared,
)
from kiosk.adapters.paper_scale import (
    CELL_X_MM,
    CELL_Y_MM,
    FIRM_LINE_MM,
    GUTTER_MM,
    HAIRLINE_MM,
    MOST_LINES_IN_A_CELL,
    QUIET_MODULES,
    SMALLER,
    TYPES,
    UNDERLINE_MM,
)
from kiosk.adapters.paper_text import plain, wrap, wrap_evenly
from kiosk.adapters.qr_symbol import Modules
from kiosk.ports.document import (
    Align,
    Blanks,
    Block,
    Card,
    Cards,
    Code,
    Column,
    Columns,
    Drawing,
    Line,
    Picture,
    Rule,
    Space,
    Style,
    Table,
    Together,
)


@dataclass(frozen=True, slots=True)
class Gauge:
    """What must be known of things to set them.

    Attributes:
        text: width of a piece of text in a style, millimetres.
        symbol: the modules of a code.
        drawing: width of a drawing by its height.
        picture: the same of a picture.
    """

    text: Callable[[str, Style], float]
    symbol: Callable[[str], Modules]
    drawing: Callable[[str], float]
    picture: Callable[[bytes], float]


class Setter:
    """Sets blocks into strips of a given width.

    Args of the constructor:
        gauge: measures.
        depth: of a page; what stays together is not higher.
        scale: how much larger than its style text is.
        fit: how much smaller than asked everything is but codes, drawings and pictures.
        air: the share of empty heights that is left between things.
    """

    def __init__(
        self, gauge: Gauge, depth: float, scale: float, fit: float = 1.0, air: float = 1.0
    ) -> None:
        self._gauge = gauge
        self._depth = depth
        self._base = scale
        self._fit = fit
        self._air = air
        self._scale = scale * fit
        self._wrapped: dict[tuple[str, Style, float, int, bool], tuple[str, ...]] = {}

    def block(self, block: Block, width: float) -> list[Strip]:
        """The strips of `block`."""
        match block:
            case Line():
                return self._line(block, width)
            case Table():
                return self._table(block, width)
            case Together():
                strips = [strip for part in block.blocks for strip in self.block(part, width)]
                whole = joined(strips)
                return [whole] if whole.height <= self._depth else strips
            case Cards():
                return on_pages(block, width, self._depth, lambda card: self._card(card, block))
            case Blanks():
                return [self._blanks(block, width)]
            case _:
                return [self._single(block, width)]

    def _single(
        self, block: Space | Rule | Columns | Code | Drawing | Picture, width: float
    ) -> Strip:
        match block:
            case Space():
                high = max(block.height_mm * self._air, block.least_mm) * self._fit
                return Strip(high, grows=block.grows)
            case Rule():
                return Strip(HAIRLINE_MM, (Stroke(0, 0, width),))
            case Columns():
                return self._columns(block, width)
            case Code():
                return self._code(block, width)
            case Drawing():
                high, wide = block.height_mm, block.height_mm * self._gauge.drawing(block.name)
                x = (width - wide) / 2
                return Strip(high, (Drawn(x, 0, wide, high, block.name, block.colour),))
            case Picture():
                return self._picture(block, width)
            case _:
                assert_never(block)

    def foot(self, left: str, right: str, width: float) -> Strip:
        """The line at the foot of a page."""
        folio = self._line(Line(right, Style.SMALL, Align.RIGHT, most_lines=1), width)
        room = width - self._measure(plain(right), Style.SMALL) - GUTTER_MM
        note = self._line(Line(left, Style.SMALL, most_lines=1), room)
        return Strip(folio[0].height, note[0].marks + folio[0].marks)

    def _line(self, line: Line, width: float) -> list[Strip]:
        wide = self._measure(plain(line.text), line.style)
        if line.style is Style.NUMBER and wide > width:  # a number is never broken
            smaller = Setter(self._gauge, self._depth, self._scale * width / wide * 0.99)
            return smaller._line(line, width)
        high, base = self._steps(line.style)
        binds = line.style is Style.HEADING
        strips = []
        x = wide = 0.0
        middle = line.align is Align.CENTRE
        for text in self._wrap(line.text, line.style, width, line.most_lines, even=middle):
            x, wide = self._aligned(text, line.style, line.align, width)
            strips.append(Strip(high, (self._text(x, base, text, line.style),), binds=binds))
        if line.underline:
            under = wide * line.underline
            stroke = Stroke(x + (wide - under) / 2, UNDERLINE_MM, under, FIRM_LINE_MM)
            strips.append(Strip(2 * UNDERLINE_MM, (stroke,), binds=binds))
        return strips

    def _blanks(self, block: Blanks, width: float) -> Strip:
        high, gap = block.height_mm * self._fit, GUTTER_MM / 2
        line, base = self._steps(Style.SMALL)
        x = 0.0
        marks: list[Mark] = []
        shares = block.shares or (1.0,) * len(block.captions)
        for caption, wide in zip(block.captions, shared(shares, width, gap), strict=True):
            (text,) = self._wrap(caption, Style.SMALL, wide, 1)
            marks.append(self._text(x, high - line + base, text, Style.SMALL))
            said = self._measure(text, Style.SMALL) + CELL_X_MM
            marks.append(Stroke(x + said, high - line + base, max(wide - said, 0.0)))
            x += wide + gap
        return Strip(high, tuple(marks))

    def _columns(self, block: Columns, width: float) -> Strip:
        wides = shared(block.shares or (1.0,) * len(block.columns), width, GUTTER_MM)
        columns = [
            [strip for part in parts for strip in self.block(part, wide)]
            for parts, wide in zip(block.columns, wides, strict=True)
        ]
        height = max(sum(strip.height for strip in column) for column in columns)
        x = 0.0
        marks: list[Mark] = []
        for column, wide in zip(columns, wides, strict=True):
            marks += (moved(mark, x, 0.0) for mark in checked(joined(column, height), wide).marks)
            x += wide + GUTTER_MM
        return Strip(height, tuple(marks))

    def _table(self, table: Table, width: float) -> list[Strip]:
        total = sum(column.share for column in table.columns)
        edges = [0.0]
        for column in table.columns:
            edges.append(edges[-1] + width * column.share / total)
        titles = tuple(column.title for column in table.columns)
        strong = tuple(replace(column, style=Style.SMALL_STRONG) for column in table.columns)
        head = self._row(titles, strong, edges)
        over = Stroke(0, 0, width, FIRM_LINE_MM)
        under = Stroke(0, head.height - FIRM_LINE_MM, width, FIRM_LINE_MM)
        head = Strip(head.height, (over, *head.marks, under), binds=True)
        rows = [self._row(row, table.columns, edges) for row in table.rows]
        last = len(rows) - 1  # stays with what follows: nobody signs a page without a row
        ruled = (
            Strip(
                row.height,
                (*row.marks, Stroke(0, row.height - HAIRLINE_MM, width)),
                head,
                binds=number == last,
            )
            for number, row in enumerate(rows)
        )
        return [head, *ruled]

    def _row(
        self, cells: Sequence[str], columns: Sequence[Column], edges: Sequence[float]
    ) -> Strip:
        marks: list[Mark] = []
        high, _ = self._steps(Style.SMALL)
        for cell, column, (left, right) in zip(cells, columns, pairwise(edges), strict=True):
            if not cell:
                continue
            line, base = self._steps(column.style)
            room = right - left - 2 * CELL_X_MM
            texts = self._wrap(cell, column.style, room, MOST_LINES_IN_A_CELL)
            high = max(high, len(texts) * line)
            for index, text in enumerate(texts):
                x, _ = self._aligned(text, column.style, column.align, room)
                y = CELL_Y_MM + index * line + base
                marks.append(self._text(left + CELL_X_MM + x, y, text, column.style))
        return Strip(2 * CELL_Y_MM + high, tuple(marks))

    def _code(self, code: Code, width: float) -> Strip:
        modules = self._gauge.symbol(code.text)
        module = code.module_mm or code.side_mm / len(modules)
        box = module * (len(modules) + 2 * QUIET_MODULES)
        mark = Symbol(
            (width - box) / 2, 0.0, box, modules, exact=code.exact or bool(code.module_mm)
        )
        return Strip(box, (mark,))

    def _picture(self, picture: Picture, width: float) -> Strip:
        ratio = self._gauge.picture(picture.content)
        wide = min(picture.width_mm, width, picture.height_mm * ratio)
        high = wide / ratio
        return Strip(high, (Pictured((width - wide) / 2, 0, wide, high, picture.content),))

    def _card(self, card: Card, cards: Cards) -> tuple[Mark, ...]:
        room = cards.height_mm - 2 * cards.padding_mm
        for fit in SMALLER:
            setter = Setter(self._gauge, room, self._base, fit)
            wide = cards.width_mm - 2 * cards.padding_mm
            strips = [strip for block in card for strip in setter.block(block, wide)]
            if sum(strip.height for strip in strips) <= room:
                return joined(strips, room).marks
        detail = "more on a card than it holds"
        raise ValueError(detail)

    def _steps(self, style: Style) -> tuple[float, float]:
        """Height of a line and its baseline."""
        type_ = TYPES[style]
        return type_.line_mm * self._scale, type_.baseline_mm * self._scale

    def _text(self, x: float, baseline: float, text: str, style: Style) -> Text:
        return Text(x, baseline, text, style, self._scale)

    def _measure(self, text: str, style: Style) -> float:
        return self._gauge.text(text, style) * self._scale

    def _wrap(
        self, text: str, style: Style, room: float, most: int, *, even: bool = False
    ) -> tuple[str, ...]:
        """Kept, because most cells of a long table say what others say."""
        key = (text, style, room, most, even)
        lines = self._wrapped.get(key)
        if lines is None:
            to_lines = wrap_evenly if even else wrap
            lines = to_lines(plain(text), room, lambda piece: self._measure(piece, style), most)
            self._wrapped[key] = lines
        return lines

    def _aligned(self, text: str, style: Style, align: Align, room: float) -> tuple[float, float]:
        """Where `text` begins in `room`, and how wide it is."""
        wide = self._measure(text, style)
        match align:
            case Align.LEFT:
                return 0.0, wide
            case Align.CENTRE:
                return (room - wide) / 2, wide
            case Align.RIGHT:
                return room - wide, wide
            case _:
                assert_never(align)
