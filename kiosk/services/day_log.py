"""One day of the log as its page shows it: what the day held, and what was searched for in it."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.domain.log import Undone, Visit


@dataclass(frozen=True, slots=True)
class DayLog:
    """A local day.

    Attributes:
        visits: all that began on it, in order of the log; these are what is counted.
        undone: how many lines of it were reversed; they count for nothing else.
        lines: of both, those that hold every word that was searched for; all without a search.
        searched: whether there was a search.
    """

    visits: Sequence[Visit]
    undone: int
    lines: Sequence[Visit | Undone]
    searched: bool


def by_time(visits: Sequence[Visit], undone: Sequence[Undone]) -> Iterator[Visit | Undone]:
    """Visits in their order, what was undone among them where its time belongs."""
    waiting = deque(undone)
    for visit in visits:
        came = visit.arrival.draft.occurred_at
        while waiting and waiting[0].line.draft.occurred_at < came:
            yield waiting.popleft()
        yield visit
    yield from waiting
