"""What to print, without how: the neutral pages that services write and printers draw."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Paper(StrEnum):
    """Sheets; their measures and margins belong to the printer.

    A roll is cut after each page, which is as long as what stands on it.
    """

    A3 = "a3"
    A4 = "a4"
    A4_LANDSCAPE = "a4_landscape"
    A4_CARDS = "a4_cards"  # narrow margins: ten cards
    A5 = "a5"
    A6 = "a6"
    LABEL = "label"  # 62 by 100 mm
    ROLL_80 = "roll_80"  # receipt paper, 72 mm printable
    ROLL_58 = "roll_58"  # receipt paper, 48 mm printable


@unique
class Style(StrEnum):
    """How a line of text reads; sizes belong to the printer and grow with an A3 sheet."""

    TITLE = "title"
    HEADING = "heading"
    LEAD = "lead"  # the size of a heading, the weight of a text
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"  # cells of a table, second languages, labels
    SMALL_STRONG = "small_strong"
    SLANTED = "slanted"  # a body text where the decree asks for italics: place and date
    SMALL_SLANTED = "small_slanted"  # below who signs
    NUMBER = "number"  # the short number of a slip: very large
    POSTER_TITLE = "poster_title"  # read from five metres and more
    POSTER_LINE = "poster_line"  # read from three metres
    POSTER_TEXT = "poster_text"  # read by who stands before it


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
    """Empty height; one that grows shares what its page has left over.

    Attributes:
        height_mm: as a rule; less where that saves a second page.
        grows: see above.
        least_mm: no less than this is left of it (room for a hand and a seal).
    """

    height_mm: float
    grows: bool = False
    least_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Blanks:
    """Words side by side, each with a line behind it to write on.

    Attributes:
        captions: what is to be written.
        shares: of the width (none given: equal).
        height_mm: so much room has a hand.
    """

    captions: tuple[str, ...]
    shares: tuple[float, ...] = ()
    height_mm: float = 8.0


@dataclass(frozen=True, slots=True)
class Code:
    """A QR symbol of any text, centred; its quiet zone may lie in the (white) margins.

    Attributes:
        text: what the symbol holds; small where it is of QR's alphanumeric characters, else UTF-8.
        side_mm: the symbol without its quiet zone, which takes four modules more on each side.
            A printer makes each module a whole number of its dots, so the side may be up to
            half a dot a module off.
        module_mm: instead of `side_mm`: modules of exactly this size, their edges rounded to
            dots one by one (a test page shows what a printer makes of 1.5 dots).
        exact: keep `side_mm` in the same way (a poster has large modules and a least size).
    """

    text: str
    side_mm: float = 0.0
    module_mm: float = 0.0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of ours, centred.

    Attributes:
        name: folder and file without ".svg" among the resources, e.g. "icons/door-open".
        height_mm: it is as wide as its shape asks.
        colour: of what is drawn in the current colour, "#rrggbb"; the others stay as they are.
    """

    name: str
    height_mm: float
    colour: str = "#000000"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the office was given, centred in a box that it does not leave.

    Attributes:
        content: a PNG or JPEG file; any bytes.
        width_mm, height_mm: the largest it may become; its shape is kept.
    """

    content: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side; columns are as wide as their `shares` (none given: equal).

    Space that grows makes a column as high as the highest.
    """

    columns: "tuple[tuple[Simple, ...], ...]"
    shares: tuple[float, ...] = ()


Simple = Line | Rule | Space | Blanks | Code | Drawing | Picture
Part = Simple | Columns


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
class Together:
    """Blocks that stay on one page (signatures and what is signed)."""

    blocks: tuple[Part, ...]


Card = tuple[Part, ...]
"""What stands on one card; set smaller where it would not fit."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Equal cards to be cut out, as many on a page as fit, with marks for the knife.

    Attributes:
        cards: any number.
        width_mm, height_mm: of a card; as given, an identity card (ISO/IEC 7810 ID-1).
        padding_mm: between its edge and what stands on it.
    """

    cards: tuple[Card, ...]
    width_mm: float = 85.6
    height_mm: float = 54.0
    padding_mm: float = 3.5


Block = Simple | Columns | Table | Together | Cards


@dataclass(frozen=True, slots=True)
class Document:
    """One printed thing.

    Attributes:
        title: for the printer's queue and the PDF's properties; no personal data.
        paper: the sheet.
        blocks: from top to bottom; a block that does not fit goes to the next page.
        footer: at the left foot of every page.
        folio: at the right foot of every page; "{page}" and "{pages}" are replaced by numbers.
        stamp: in outlines across every page ("BẢN SAO"), and in plain letters at its foot.
        one_page: set smaller, within limits, where it would not fit on one page.
    """

    title: str
    paper: Paper
    blocks: tuple[Block, ...]
    footer: str = ""
    folio: str = ""
    stamp: str = ""
    one_page: bool = False
