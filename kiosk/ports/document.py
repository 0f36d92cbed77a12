"""What to print, without how: the neutral pages that services write and printers draw."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Paper(StrEnum):
    """Sheets."""

    A4_LANDSCAPE = "a4_landscape"
    A6 = "a6"


@unique
class Style(StrEnum):
    """How a line of text reads; sizes belong to the printer."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    NUMBER = "number"  # the short number of a slip: very large, figures of equal width


@unique
class Align(StrEnum):
    """Where text stands in its box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of plain text; never markup, whatever it holds."""

    text: str
    style: Style = Style.BODY
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines side by side, in columns of equal width (the heading of a Vietnamese office)."""

    columns: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` of the width is relative to the other columns' shares."""

    title: str
    share: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text under a header that is repeated on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR symbol of ASCII text, drawn at `side_mm` with a quiet zone of four modules."""

    text: str
    side_mm: float


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height in millimetres."""

    height_mm: float


Block = Line | Columns | Table | Code | Space


@dataclass(frozen=True, slots=True)
class Document:
    """One printed thing.

    Attributes:
        title: for the printer's queue and the PDF's properties; no personal data.
        paper: the sheet.
        blocks: from top to bottom; a block that does not fit goes to the next page.
        footer: at the foot of every page; "{page}" and "{pages}" are replaced by numbers.
    """

    title: str
    paper: Paper
    blocks: tuple[Block, ...]
    footer: str = ""
