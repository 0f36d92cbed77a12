"""The ladder of the printed test page: codes of falling size that say how large they are."""

import re
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Unit(StrEnum):
    """What a rung is measured in, as its code says it."""

    DOTS = "DOTS"  # of the printer that it was made for
    MM = "MM"


@dataclass(frozen=True, slots=True)
class Rung:
    """One code of the ladder.

    Attributes:
        size: of one of its modules.
        unit: of `size`.
    """

    size: float
    unit: Unit

    @property
    def text(self) -> str:
        """What its code holds, e.g. "KIOSK TEST 0.25 MM": a symbol of 21 modules a side."""
        return f"KIOSK TEST {self.size:g} {self.unit}"

    def module_mm(self, dpi: int) -> float:
        """Size of a module in millimetres on a printer of so many dots an inch."""
        return self.size if self.unit is Unit.MM else self.size / dpi * _MM_PER_INCH


MODULES = 21
"""A side of every rung's symbol."""

LADDER = (
    *(Rung(dots, Unit.DOTS) for dots in (1.5, 2, 3, 4)),
    *(Rung(mm, Unit.MM) for mm in (0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)),
)
"""What a test page shows: what this printer can do, and what this camera can."""

_MM_PER_INCH = 25.4
_TEXT = re.compile(r"KIOSK TEST ([0-9]{1,2}(?:\.[0-9]{1,2})?) (DOTS|MM)")


def rung(text: str) -> Rung | None:
    """The rung whose code holds this text; None for any other text."""
    found = _TEXT.fullmatch(text)
    return Rung(float(found[1]), Unit(found[2])) if found else None
