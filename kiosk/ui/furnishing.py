"""What a window is made with: names, lists, language, light."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from kiosk.domain.office import Office
from kiosk.ports.document import Paper
from kiosk.ui.wording import Words


@dataclass(frozen=True, slots=True)
class Offers:
    """The office's own lists, offered while typing."""

    units: Sequence[str] = ()
    hosts: Sequence[str] = ()
    purposes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Furnishing:
    """Chosen once, at the start.

    Attributes:
        office: names on screen and paper.
        desk: this desk's name.
        offers: the office's lists.
        words: the language to begin with.
        zone: of the desk.
        mirrored: whether the picture is a looking-glass.
        dark: for a dark room.
        prints_slip: whether a slip is printed as soon as a form is taken.
        slip_paper: what slips are printed on.
    """

    office: Office
    desk: str
    offers: Offers
    words: Words
    zone: tzinfo
    mirrored: bool
    dark: bool
    prints_slip: bool
    slip_paper: Paper
