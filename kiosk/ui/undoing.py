"""Which line of the log is reversed, and why: asked before it is."""

from collections.abc import Callable

from kiosk.domain.admission import UNDO
from kiosk.domain.log import Entry, Visit
from kiosk.ports.clock import Clock
from kiosk.services.inside_list import clock
from kiosk.ui.asking import Ask
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech
from kiosk.ui.list_words import list_line, named
from kiosk.ui.sheets import NONE_MARKED


class Undoing:
    """Asks for the reason; the line itself stays in the log."""

    def __init__(
        self,
        ask: Ask,
        controller: DeskController,
        speech: Callable[[], Speech],
        clock: Clock,
        tell: Callable[[str], None],
    ) -> None:
        self._asks = ask
        self._controller = controller
        self._speech = speech
        self._clock = clock
        self._tell = tell

    def last(self) -> None:
        """Reverse the newest line that is not a correction or corrected already."""
        overview = self._controller.overview
        newest = overview.reversible if overview else None
        if newest is None or overview is None:
            self._tell("desk.nothing_to_undo")
            return
        self._ask(newest, list_line(newest, overview, self._speech()).title)

    def visit(self, visit: Visit) -> None:
        """Reverse the last step of a visit: its departure if it has one, else its arrival."""
        name = named(visit.arrival, self._speech().words)
        self._ask(visit.departure or visit.arrival, name)

    def _ask(self, entry: Entry, name: str) -> None:
        time = clock(entry.draft.occurred_at, self._clock.now(), self._speech().zone)
        self._asks.choose(
            lambda words: (
                words("desk.sheet.undo_title"),
                words("desk.sheet.undo_what", name=name, time=time),
            ),
            lambda words: [words(f"reasons.{reason}") for reason in UNDO],
            lambda number: self._controller.undo(entry.draft.entry_id, UNDO[number]),
            NONE_MARKED,
        )
