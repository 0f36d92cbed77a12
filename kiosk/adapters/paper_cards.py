"""Cards side by side on a sheet, and the marks by which they are cut apart."""

from collections.abc import Callable

from kiosk.adapters.paper_marks import Mark, Strip, Stroke, moved
from kiosk.adapters.paper_scale import CUT_CROSS_MM, CUT_MARK_MM, HAIRLINE_MM
from kiosk.ports.document import Card, Cards

_FROM_THE_CARD_MM = 1.0


def on_pages(
    cards: Cards, width: float, depth: float, card_marks: Callable[[Card], tuple[Mark, ...]]
) -> list[Strip]:
    """A strip a page: so many rows of cards as it holds.

    Args:
        cards: what to lay out.
        width: between the margins of the sheet.
        depth: of the page.
        card_marks: sets what stands on one card.
    """
    wide, high = cards.width_mm, cards.height_mm
    across, down = max(1, int(width // wide)), max(1, int(depth // high))
    left = (width - across * wide) / 2
    strips = []
    for first in range(0, len(cards.cards), across * down):
        page = cards.cards[first : first + across * down]
        rows = -(-len(page) // across)
        marks: list[Mark] = [*_cut_marks(left, across, wide, rows, high)]
        for number, card in enumerate(page):
            row, column = divmod(number, across)
            x = left + column * wide + cards.padding_mm
            y = row * high + cards.padding_mm
            marks += (moved(mark, x, y) for mark in card_marks(card))
        strips.append(Strip(rows * high, tuple(marks)))
    return strips


def _cut_marks(left: float, across: int, wide: float, down: int, high: float) -> list[Stroke]:
    """Ticks outside at every cut, and a small cross where four cards meet."""
    xs = [left + column * wide for column in range(across + 1)]
    ys = [row * high for row in range(down + 1)]
    before = -CUT_MARK_MM - _FROM_THE_CARD_MM
    marks = []
    for x in xs:
        marks += [_upright(x, before, CUT_MARK_MM)]
        marks += [_upright(x, ys[-1] + _FROM_THE_CARD_MM, CUT_MARK_MM)]
        marks += [_upright(x, y - CUT_CROSS_MM / 2, CUT_CROSS_MM) for y in ys[1:-1]]
    for y in ys:
        marks += [Stroke(xs[0] + before, y, CUT_MARK_MM)]
        marks += [Stroke(xs[-1] + _FROM_THE_CARD_MM, y, CUT_MARK_MM)]
        marks += [Stroke(x - CUT_CROSS_MM / 2, y, CUT_CROSS_MM) for x in xs[1:-1]]
    return marks


def _upright(x: float, y: float, length: float) -> Stroke:
    return Stroke(x, y, HAIRLINE_MM, length)
