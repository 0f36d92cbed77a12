"""Strips fill pages: heads repeated, headings kept with what follows, pages counted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.adapters.paper_scale import FOOT_MM, SHEETS, TYPES
from kiosk.adapters.paper_strips import Measure, Setter, Strip
from kiosk.adapters.qr_symbol import Modules
from kiosk.ports.document import Document, Style


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip on its page; x and y of its upper left corner."""

    x: float
    y: float
    strip: Strip


Page = tuple[Placed, ...]


def lay_out(
    document: Document, measure: Measure, symbol: Callable[[str], Modules]
) -> tuple[Page, ...]:
    """The pages of `document`, at least one.

    Args:
        document: what to print.
        measure: width of a piece of text in a style.
        symbol: the modules of a code.
    """
    sheet = SHEETS[document.paper]
    foot = FOOT_MM if document.footer or document.folio else 0.0
    setter = Setter(measure, symbol, sheet.depth - foot)
    strips = [strip for block in document.blocks for strip in setter.block(block, sheet.measure)]
    filled = list(_fill(strips, sheet.depth - foot))
    bottom = sheet.height - sheet.margin - TYPES[Style.SMALL].line_mm
    pages = []
    for number, page in enumerate(filled, start=1):
        folio = document.folio.replace("{pages}", str(len(filled))).replace("{page}", str(number))
        placed = [Placed(sheet.margin, sheet.margin + y, strip) for y, strip in page]
        if foot:
            line = setter.foot(document.footer, folio, sheet.measure)
            placed.append(Placed(sheet.margin, bottom, line))
        pages.append(tuple(placed))
    return tuple(pages)


def _fill(strips: Iterable[Strip], depth: float) -> Iterator[list[tuple[float, Strip]]]:
    page: list[Strip] = []
    left = depth
    for group in _bound(strips):
        needed = sum(strip.height for strip in group)
        if needed > left or not page:
            if not any(strip.marks for strip in group):
                continue
            if page:
                yield list(_stacked(page, left))
            page = [group[0].head] if group[0].head else []
            left = depth - sum(strip.height for strip in page)
        page += group
        left -= needed
    yield list(_stacked(page, left))


def _stacked(page: Sequence[Strip], left: float) -> Iterator[tuple[float, Strip]]:
    growing = sum(strip.grows for strip in page)
    y = 0.0
    for strip in page:
        yield y, strip
        y += strip.height + (max(left, 0.0) / growing if strip.grows else 0.0)


def _bound(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        waiting = bool(group)
        group.append(strip)
        if not strip.binds and (strip.marks or not waiting):
            yield group
            group = []
    if group:
        yield group
