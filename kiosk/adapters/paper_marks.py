"""What a page is made of: marks at their places, in strips that are never cut."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.adapters.paper_scale import GUTTER_MM, HAIRLINE_MM
from kiosk.adapters.qr_symbol import Modules
from kiosk.ports.document import Style


@dataclass(frozen=True, slots=True)
class Text:
    """Letters on a baseline; `scale` times as large as their style is."""

    x: float
    baseline: float
    text: str
    style: Style
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal line, its upper left corner at x, y; upright where `weight` is its length."""

    x: float
    y: float
    width: float
    weight: float = HAIRLINE_MM


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol in a box that holds its quiet zone too.

    Attributes:
        exact: whether its size counts more than modules of equal width.
    """

    x: float
    y: float
    box: float
    modules: Modules
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing of ours."""

    x: float
    y: float
    width: float
    height: float
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture that was given."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


@dataclass(frozen=True, slots=True)
class Stamped:
    """Letters in outlines across the page, their middle at x, y."""

    x: float
    y: float
    text: str
    height: float


Mark = Text | Stroke | Symbol | Drawn | Pictured | Stamped


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


def stacked(strips: Sequence[Strip], height: float = 0.0) -> list[tuple[float, Strip]]:
    """The strips with their y; those that grow share what is left over of `height`."""
    left = max(0.0, height - sum(strip.height for strip in strips))
    growing = sum(strip.grows for strip in strips)
    y, placed = 0.0, []
    for strip in strips:
        placed.append((y, strip))
        y += strip.height + (left / growing if strip.grows else 0.0)
    return placed


def joined(strips: Sequence[Strip], height: float = 0.0) -> Strip:
    """One strip of them all, at least `height` high."""
    marks = [moved(mark, 0.0, y) for y, strip in stacked(strips, height) for mark in strip.marks]
    return Strip(max(height, sum(strip.height for strip in strips)), tuple(marks))


def moved(mark: Mark, x: float, y: float) -> Mark:
    """`mark` elsewhere."""
    if isinstance(mark, Text):
        return replace(mark, x=mark.x + x, baseline=mark.baseline + y)
    return replace(mark, x=mark.x + x, y=mark.y + y)


def shared(shares: Sequence[float], width: float, gap: float) -> list[float]:
    """`width` without its gaps, in these shares."""
    room = width - gap * (len(shares) - 1)
    return [room * share / sum(shares) for share in shares]


def checked(strip: Strip, wide: float) -> Strip:
    """The same, unless a code's quiet zone lies farther out than in the gutters beside it.

    Raises:
        ValueError: for a code wider than its column.
    """
    if any(isinstance(mark, Symbol) and mark.box > wide + 2 * GUTTER_MM for mark in strip.marks):
        detail = "a code wider than its column"
        raise ValueError(detail)
    return strip
