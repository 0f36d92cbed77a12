"""What to print, without how: the neutral pages that services write and printers draw."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Paper(StrEnum):
    """Sheets; their measures and margins belong to the printer."""

    A4 = "a4"
    A4_LANDSCAPE = "a4_landscape"
    A6 = "a6"


@unique
class Style(StrEnum):
    """How a line of text reads; sizes belong to the printer."""

    TITLE = "title"
    HEADING = "heading"
    LEAD = "lead"  # the size of a heading, the weight of a text
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"  # cells of a table, second languages, labels
    SMALL_STRONG = "small_strong"
    NUMBER = "number"  # the short number of a slip: very large


@unique
class Align(StrEnum):
    """Where text stands in its box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of plain text; never markup, whatever it holds.

    Attributes:
        text: the paragraph; it wraps.
        style, align: how and where it stands. A heading stays with what follows it.
        most_lines: what does not fit into so many lines ends in "…"; 0 is without limit.
        underline: a hairline below, this share of the text's width; 0 is none.
    """

    text: str
    style: Style = Style.BODY
    align: Align = Align.LEFT
    most_lines: int = 0
    underline: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A hairline across the page or column."""


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height; one that grows shares what its page has left over."""

    height_mm: float
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines side by side; columns are as wide as their `shares` (none given: equal)."""

    columns: tuple[tuple[Line | Rule | Space, ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` of the width is relative to the other columns' shares."""

    title: str
    share: float
    align: Align = Align.LEFT
    style: Style = Style.SMALL


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text under a header that is repeated on each page; a row is never split."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR symbol of ASCII text.

    Attributes:
        text: what the symbol holds.
        side_mm: the symbol without its quiet zone, which takes four modules more on each side.
            A printer makes each module a whole number of its dots, so the side may be up to
            half a dot a module off.
    """

    text: str
    side_mm: float


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page (signatures and what is signed)."""

    blocks: tuple[Line | Rule | Space | Columns | Code, ...]


Block = Line | Rule | Space | Columns | Table | Code | Together


@dataclass(frozen=True, slots=True)
class Document:
    """One printed thing.

    Attributes:
        title: for the printer's queue and the PDF's properties; no personal data.
        paper: the sheet.
        blocks: from top to bottom; a block that does not fit goes to the next page.
        footer: at the left foot of every page.
        folio: at the right foot of every page; "{page}" and "{pages}" are replaced by numbers.
    """

    title: str
    paper: Paper
    blocks: tuple[Block, ...]
    footer: str = ""
    folio: str = ""
