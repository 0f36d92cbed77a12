"""One day of the log as its page shows it: what the day held, and what was searched for in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.log import Visit


@dataclass(frozen=True, slots=True)
class DayLog:
    """A local day.

    Attributes:
        visits: all that began on it, in order of the log; these are what is counted.
        lines: those that hold every word that was searched for; all without a search.
        searched: whether there was a search.
    """

    visits: Sequence[Visit]
    lines: Sequence[Visit]
    searched: bool
