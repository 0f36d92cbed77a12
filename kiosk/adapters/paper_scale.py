"""The one scale of our papers: sheets, margins, sizes of type and the weights of lines."""

from dataclasses import dataclass
from enum import IntEnum, unique

from kiosk.ports.document import Paper, Style

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72


@unique
class Weight(IntEnum):
    """Weights of the bundled font; the values are those of OpenType."""

    REGULAR = 400
    MEDIUM = 500
    SEMIBOLD = 600
    BOLD = 700


@dataclass(frozen=True, slots=True)
class Type:
    """One style of text.

    Attributes:
        points: size.
        weight: of the font.
        leading: height of a line, in sizes; Ẳ over ạ needs 1.46 not to touch, most pairs 1.4.
        baseline: from the top of the line, in sizes.
        slanted: the font has no italic cut; Qt leans the upright one, and it can be copied.
    """

    points: float
    weight: Weight
    leading: float = 1.42
    baseline: float = 1.12
    slanted: bool = False

    @property
    def line_mm(self) -> float:
        """Height of a line."""
        return self.points * MM_PER_POINT * self.leading

    @property
    def baseline_mm(self) -> float:
        """From the top of a line to its baseline."""
        return self.points * MM_PER_POINT * self.baseline


TYPES = {
    Style.SMALL: Type(8, Weight.REGULAR),
    Style.SMALL_STRONG: Type(8, Weight.SEMIBOLD),
    Style.BODY: Type(10, Weight.REGULAR),
    Style.STRONG: Type(10, Weight.SEMIBOLD),
    Style.LEAD: Type(12, Weight.REGULAR),
    Style.HEADING: Type(12, Weight.BOLD),
    Style.TITLE: Type(18, Weight.BOLD),
    Style.SLANTED: Type(10, Weight.REGULAR, slanted=True),
    Style.SMALL_SLANTED: Type(8, Weight.REGULAR, slanted=True),
    Style.NUMBER: Type(40, Weight.BOLD, leading=0.95, baseline=0.8),
    Style.POSTER_TITLE: Type(40, Weight.BOLD, leading=1.3),
    Style.POSTER_LINE: Type(24, Weight.SEMIBOLD),
    Style.POSTER_TEXT: Type(15, Weight.MEDIUM),
}
"""Everything is black: a receipt printer makes mush of grey letters, a laser printer dots."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and its margins, millimetres.

    Attributes:
        width: what the printer reaches of a roll, else of the whole sheet.
        height: of a roll: the longest piece.
        margin: on all sides.
        type: how much larger than `TYPES` its text is.
        roll: whether a page ends where its content ends.
    """

    width: float
    height: float
    margin: float
    type: float = 1.0
    roll: bool = False

    @property
    def measure(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def depth(self) -> float:
        """Height between the margins."""
        return self.height - 2 * self.margin


_RECEIPT_DPI = 203
_LONGEST_RECEIPT_MM = 1000.0
"""A receipt printer's memory and a person's patience; nothing of ours comes near it."""


def _roll(dots: int) -> Sheet:
    """As wide as the head of a receipt printer has dots, so that its raster fits exactly."""
    return Sheet(dots / _RECEIPT_DPI * MM_PER_INCH, _LONGEST_RECEIPT_MM, 1, roll=True)


SHEETS = {
    Paper.A3: Sheet(297, 420, 21, type=2**0.5),
    Paper.A4: Sheet(210, 297, 15),
    Paper.A4_LANDSCAPE: Sheet(297, 210, 12),
    Paper.A4_CARDS: Sheet(210, 297, 10),
    Paper.A5: Sheet(148, 210, 10, type=1.2),
    Paper.A6: Sheet(105, 148, 6),
    Paper.LABEL: Sheet(62, 100, 3, type=0.85),
    Paper.ROLL_80: _roll(576),
    Paper.ROLL_58: _roll(384),
}

SMALLER = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
"""Sizes that are tried, one after the other, where something must fit."""

TIGHT = 0.5
"""Of the air between things, where that brings what is just over one page onto one."""

HAIRLINE_MM = 0.25 * MM_PER_POINT
FIRM_LINE_MM = 0.75 * MM_PER_POINT
UNDERLINE_MM = 0.6
GUTTER_MM = 5.0
CELL_X_MM, CELL_Y_MM = 1.3, 0.9
FOOT_MM = 8.0
QUIET_MODULES = 4
"""Of empty paper on each side of a symbol (ISO/IEC 18004)."""
MOST_LINES_IN_A_CELL = 8
CUT_MARK_MM = 3.0
CUT_CROSS_MM = 2.0
STAMP_MM = 26.0
"""Height of the letters across a copy, on A4."""
