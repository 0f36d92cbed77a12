"""Blocks become strips: lines, rows and symbols of full width that are never cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import assert_never

from kiosk.adapters.paper_scale import (
    CELL_X_MM,
    CELL_Y_MM,
    FIRM_LINE_MM,
    GUTTER_MM,
    HAIRLINE_MM,
    MOST_LINES_IN_A_CELL,
    QUIET_MODULES,
    TYPES,
    UNDERLINE_MM,
)
from kiosk.adapters.paper_text import plain, wrap
from kiosk.adapters.qr_symbol import Modules
from kiosk.ports.document import (
    Align,
    Block,
    Code,
    Column,
    Columns,
    Line,
    Rule,
    Space,
    Style,
    Table,
    Together,
)

Measure = Callable[[str, Style], float]
"""Width of a piece of text in millimetres."""


@dataclass(frozen=True, slots=True)
class Text:
    """Letters on a baseline."""

    x: float
    baseline: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal line, its upper left corner at x, y."""

    x: float
    y: float
    width: float
    weight: float = HAIRLINE_MM


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol in a box that holds its quiet zone too."""

    x: float
    y: float
    box: float
    modules: Modules


Mark = Text | Stroke | Symbol


@dataclass(frozen=True, slots=True)
class Strip:
    """Something of full width that is never cut.

    Attributes:
        height: millimetres.
        marks: relative to the strip's upper left corner.
        head: what is repeated above it where it comes first on a page.
        binds: whether it stays on one page with the next strip.
        grows: whether it shares what its page has left over.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    head: "Strip | None" = None
    binds: bool = False
    grows: bool = False


class Setter:
    """Sets blocks into strips of a given width."""

    def __init__(self, measure: Measure, symbol: Callable[[str], Modules], depth: float) -> None:
        self._measure = measure
        self._symbol = symbol
        self._depth = depth
        self._wrapped: dict[tuple[str, Style, float, int], tuple[str, ...]] = {}

    def block(self, block: Block, width: float) -> list[Strip]:
        """The strips of `block`."""
        match block:
            case Line():
                return self._line(block, width)
            case Table():
                return self._table(block, width)
            case Together():
                strips = [strip for part in block.blocks for strip in self.block(part, width)]
                joined = _stack(strips)
                return [joined] if joined.height <= self._depth else strips
            case _:
                return [self._single(block, width)]

    def _single(self, block: Space | Rule | Columns | Code, width: float) -> Strip:
        match block:
            case Space():
                return Strip(block.height_mm, grows=block.grows)
            case Rule():
                return Strip(HAIRLINE_MM, (Stroke(0, 0, width),))
            case Columns():
                return self._columns(block, width)
            case Code():
                return self._code(block, width)
            case _:
                assert_never(block)

    def foot(self, left: str, right: str, width: float) -> Strip:
        """The line at the foot of a page."""
        folio = self._line(Line(right, Style.SMALL, Align.RIGHT, most_lines=1), width)
        room = width - self._measure(plain(right), Style.SMALL) - GUTTER_MM
        note = self._line(Line(left, Style.SMALL, most_lines=1), room)
        return Strip(folio[0].height, note[0].marks + folio[0].marks)

    def _line(self, line: Line, width: float) -> list[Strip]:
        type_ = TYPES[line.style]
        binds = line.style is Style.HEADING
        strips = []
        x = wide = 0.0
        for text in self._wrap(line.text, line.style, width, line.most_lines):
            x, wide = self._aligned(text, line.style, line.align, width)
            marks = (Text(x, type_.baseline_mm, text, line.style),)
            strips.append(Strip(type_.line_mm, marks, binds=binds))
        if line.underline:
            under = wide * line.underline
            stroke = Stroke(x + (wide - under) / 2, UNDERLINE_MM, under, FIRM_LINE_MM)
            strips.append(Strip(2 * UNDERLINE_MM, (stroke,), binds=binds))
        return strips

    def _columns(self, block: Columns, width: float) -> Strip:
        shares = block.shares or (1.0,) * len(block.columns)
        room = width - GUTTER_MM * (len(shares) - 1)
        x, height = 0.0, 0.0
        marks: list[Mark] = []
        for parts, share in zip(block.columns, shares, strict=True):
            wide = room * share / sum(shares)
            column = _stack([strip for part in parts for strip in self.block(part, wide)])
            marks += (_moved(mark, x, 0.0) for mark in column.marks)
            height = max(height, column.height)
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
        ruled = (
            Strip(row.height, (*row.marks, Stroke(0, row.height - HAIRLINE_MM, width)), head)
            for row in rows
        )
        return [head, *ruled]

    def _row(
        self, cells: Sequence[str], columns: Sequence[Column], edges: Sequence[float]
    ) -> Strip:
        marks: list[Mark] = []
        most = 1
        for cell, column, (left, right) in zip(cells, columns, pairwise(edges), strict=True):
            if not cell:
                continue
            type_ = TYPES[column.style]
            room = right - left - 2 * CELL_X_MM
            texts = self._wrap(cell, column.style, room, MOST_LINES_IN_A_CELL)
            most = max(most, len(texts))
            for index, text in enumerate(texts):
                x, _ = self._aligned(text, column.style, column.align, room)
                y = CELL_Y_MM + index * type_.line_mm + type_.baseline_mm
                marks.append(Text(left + CELL_X_MM + x, y, text, column.style))
        return Strip(2 * CELL_Y_MM + most * TYPES[Style.SMALL].line_mm, tuple(marks))

    def _code(self, code: Code, width: float) -> Strip:
        modules = self._symbol(code.text)
        box = code.side_mm * (len(modules) + 2 * QUIET_MODULES) / len(modules)
        return Strip(box, (Symbol((width - box) / 2, 0.0, box, modules),))

    def _wrap(self, text: str, style: Style, room: float, most: int) -> tuple[str, ...]:
        """Kept, because most cells of a long table say what others say."""
        key = (text, style, room, most)
        lines = self._wrapped.get(key)
        if lines is None:
            lines = wrap(plain(text), room, lambda piece: self._measure(piece, style), most)
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


def _stack(strips: Sequence[Strip]) -> Strip:
    marks: list[Mark] = []
    y = 0.0
    for strip in strips:
        marks += (_moved(mark, 0.0, y) for mark in strip.marks)
        y += strip.height
    return Strip(y, tuple(marks))


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Text):
        return replace(mark, x=mark.x + x, baseline=mark.baseline + y)
    return replace(mark, x=mark.x + x, y=mark.y + y)
