"""The office whose entrance this is, as its papers name it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """Names as printed; an empty one is left out.

    Attributes:
        parent: the agency above, e.g. "UBND tỉnh Kiên Giang".
        name: the office itself.
        place: where papers are signed, e.g. "Rạch Giá".
        gate: the control point as people call it, e.g. "Cổng chính".
    """

    parent: str = ""
    name: str = ""
    place: str = ""
    gate: str = ""
