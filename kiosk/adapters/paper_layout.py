"""Strips fill pages: heads repeated, headings kept with what follows, pages counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.adapters.paper_marks import Stamped, Strip, stacked
from kiosk.adapters.paper_scale import FOOT_MM, SHEETS, SMALLER, STAMP_MM, TIGHT, TYPES, Sheet
from kiosk.adapters.paper_strips import Gauge, Setter
from kiosk.ports.document import Document, Style

_TWO = 2
_NOTHING = Strip(0.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip on its page; x and y of its upper left corner."""

    x: float
    y: float
    strip: Strip


@dataclass(frozen=True, slots=True)
class Page:
    """One page and its size in millimetres."""

    width: float
    height: float
    strips: tuple[Placed, ...]


def lay_out(document: Document, gauge: Gauge) -> tuple[Page, ...]:
    """The pages of `document`, at least one.

    Raises:
        ValueError: for what cannot be set: a code too long, a picture that is none.
    """
    pages = _set(document, gauge, SMALLER[0])
    for fit in SMALLER[1:] if document.one_page else ():
        if len(pages) == 1:
            break
        pages = _set(document, gauge, fit)
    if len(pages) == _TWO and not document.one_page:
        tighter = _set(document, gauge, SMALLER[0], TIGHT)
        pages = min(pages, tighter, key=len)
    return pages


def _set(document: Document, gauge: Gauge, fit: float, air: float = 1.0) -> tuple[Page, ...]:
    sheet = SHEETS[document.paper]
    footed = bool(document.footer or document.folio or document.stamp)
    foot = FOOT_MM * sheet.type if footed else 0.0
    setter = Setter(gauge, sheet.depth - foot, sheet.type, fit, air)
    strips = [strip for block in document.blocks for strip in setter.block(block, sheet.measure)]
    filled = list(_fill(strips, sheet.depth - foot, growing=not sheet.roll))
    note = " · ".join(filter(None, (document.stamp, document.footer)))
    pages = []
    for number, page in enumerate(filled, start=1):
        folio = document.folio.replace("{pages}", str(len(filled))).replace("{page}", str(number))
        placed = [Placed(sheet.margin, sheet.margin + y, strip) for y, strip in page]
        height = _ends(placed, sheet) + foot + sheet.margin if sheet.roll else sheet.height
        if footed:
            line = setter.foot(note, folio, sheet.measure)
            bottom = height - sheet.margin - TYPES[Style.SMALL].line_mm * sheet.type
            placed.append(Placed(sheet.margin, bottom, line))
        if document.stamp:
            stamp = Stamped(0, 0, document.stamp, STAMP_MM * sheet.type)
            placed.append(Placed(sheet.width / 2, height / 2, Strip(0, (stamp,))))
        pages.append(Page(sheet.width, height, tuple(placed)))
    return tuple(pages)


def _ends(placed: Sequence[Placed], sheet: Sheet) -> float:
    return max((strip.y + strip.strip.height for strip in placed), default=sheet.margin)


def _fill(
    strips: Iterable[Strip], depth: float, *, growing: bool
) -> Iterator[list[tuple[float, Strip]]]:
    high = depth if growing else 0.0
    page: list[Strip] = []
    left = depth
    for group in _bound(strips, depth):
        needed = sum(strip.height for strip in group)
        if needed > left or not page:
            if not any(strip.marks for strip in group):
                continue
            if page:
                yield stacked(page, high)
            page = [group[0].head] if group[0].head else []
            left = depth - sum(strip.height for strip in page)
        page += group
        left -= needed
    yield stacked(page, high)


def _bound(strips: Iterable[Strip], depth: float) -> Iterator[list[Strip]]:
    """What stays on one page, as far as one holds it."""
    group: list[Strip] = []
    for strip in strips:
        head = group[0].head if group else None
        if group and sum(one.height for one in (head or _NOTHING, *group, strip)) > depth:
            yield group
            group = []
        waiting = bool(group)
        group.append(strip)
        if not strip.binds and (strip.marks or not waiting):
            yield group
            group = []
    if group:
        yield group
