"""A minute before the camera: what was seen of it, judged as it stands, and kept at its end."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain import camera_check as judge
from kiosk.domain.camera_check import Aspect, CodeLook, Judged, Look, Say, median
from kiosk.domain.ladder import Rung, Unit

SECONDS = 60.0
"""How long it lasts."""

EACH = 3
"""Of so many frames one is measured: the reader keeps its pace."""

_LATEST = 16
"""Looks that are judged together, about two seconds: what somebody puts right is seen at once."""

_FEWEST = 4  # looks before anything is said
_STILL = 8  # looks at which codes lay: where the page is now


@dataclass(frozen=True, slots=True)
class CameraFound:
    """What a check found for this desk; what is kept.

    Attributes:
        at: when, aware.
        source: which camera, as it may be shown.
        width, height: of its pictures.
        rate: pictures a second that came; 0.0 where it was not measured.
        says: what was said of each aspect.
        smallest_mm: of a module that was read; None where no code of a test page was.
        share: of the picture's width that a citizen card must fill.
    """

    at: datetime
    source: str
    width: int
    height: int
    rate: float
    says: dict[Aspect, Say]
    smallest_mm: float | None
    share: float


class CameraCheck:
    """Takes looks and knows how the camera stands.

    Attributes:
        read_other: a code was read that is none of the test page, such as a card's.
    """

    def __init__(self) -> None:
        self.read_other = False
        self._looks: deque[Look] = deque(maxlen=_LATEST)
        self._on_codes: deque[Look] = deque(maxlen=_LATEST)
        self._pages: deque[tuple[float, Rung]] = deque(maxlen=_STILL)
        self._smallest: Rung | None = None

    def take(self, look: Look) -> None:
        """One more look."""
        self._looks.append(look)
        if look.codes:
            self._on_codes.append(look)
        for code in look.codes:
            self.read_other = self.read_other or code.rung is None
            if code.rung is None or code.rung.unit is not Unit.MM:
                continue
            self._pages.append((code.pixels, code.rung))
            if self._smallest is None or code.rung.size < self._smallest.size:
                self._smallest = code.rung

    @property
    def smallest(self) -> Rung | None:
        """The smallest code of the test page in millimetres that was read so far."""
        return self._smallest

    @property
    def spread(self) -> float | None:
        """How far an edge is spread, best told by the largest code in sight."""
        on_codes = [code.spread for code in self._largest() if code.spread is not None]
        whole = [look.spread for look in self._looks if look.spread is not None]
        return median(on_codes) if on_codes else median(whole)

    def judged(self) -> tuple[Judged, ...]:
        """Each aspect as it stands."""
        looks = self._looks if len(self._looks) >= _FEWEST else ()
        seen = self._largest() if looks else []
        return (
            judge.sharpness(self.spread if looks else None),
            judge.light(
                median([code.paper for code in seen]), median([look.light for look in looks])
            ),
            judge.glare(
                median([code.veil for code in seen]), median([look.lamp for look in looks])
            ),
            judge.flicker(median([look.flicker for look in looks if look.flicker is not None])),
            judge.codes(self._smallest),
        )

    @property
    def share(self) -> float:
        """The share of the picture's width that a card must fill."""
        width = self._looks[-1].width if self._looks else 1280
        return judge.card_share(width, self.spread)

    @property
    def way(self) -> float | None:
        """Which part of the test page's distance a card may be held at; None without a page."""
        if not self._pages or not self._looks:
            return None
        pixels, rung = sorted(self._pages, key=lambda page: page[0] / page[1].size)[
            len(self._pages) // 2
        ]
        return judge.share_of_way(pixels, rung, self._looks[-1].width, self.share)

    def found(self, at: datetime, source: str, size: tuple[int, int], rate: float) -> CameraFound:
        """What is kept of it, and is judged from then on: how codes looked, where any did.

        Whoever ends the minute may have laid the page down by then.

        Args:
            at: now, aware.
            source: the camera, as it may be shown.
            size: of its pictures, width first.
            rate: pictures a second.
        """
        if len(self._on_codes) >= _FEWEST:
            self._looks = self._on_codes.copy()
        says = {one.aspect: one.say for one in self.judged()}
        smallest = self._smallest.size if self._smallest else None
        return CameraFound(at, source, *size, rate, says, smallest, self.share)

    def _largest(self) -> list[CodeLook]:
        """The code with the largest modules of each look."""
        return [largest(look.codes) for look in self._looks if look.codes]


def largest(codes: Iterable[CodeLook]) -> CodeLook:
    """The one with the largest modules."""
    return max(codes, key=lambda code: code.pixels)
