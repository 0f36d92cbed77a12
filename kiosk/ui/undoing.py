"""Which line of the log is reversed or put right, and why: asked before it is."""

from collections.abc import Callable

from kiosk.domain.admission import UNDO
from kiosk.domain.log import Entry, Visit
from kiosk.ports.clock import Clock
from kiosk.services.back_office import Overview
from kiosk.services.inside_list import clock
from kiosk.ui.asking import Ask
from kiosk.ui.choice_sheet import NONE_MARKED
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech
from kiosk.ui.list_words import list_line, named
from kiosk.ui.right_errands import RightErrands
from kiosk.ui.wording import Words


class Undoing:
    """Asks for the reason; the line itself stays in the log."""

    def __init__(
        self,
        ask: Ask,
        controller: DeskController,
        speech: Callable[[], Speech],
        clock: Clock,
        tell: Callable[[str], None],
        rights: RightErrands,
    ) -> None:
        self._asks = ask
        self._controller = controller
        self._speech = speech
        self._clock = clock
        self._tell = tell
        self._rights = rights

    def last(self) -> None:
        """Reverse the newest line that is not a correction or corrected already."""
        self._controller.newest.when_current(self._newest)

    def _newest(self, overview: Overview) -> None:
        if (newest := overview.reversible) is None:
            self._tell("desk.nothing_to_undo")
            return
        self._ask(newest, list_line(newest, overview, self._speech()).title)

    def undone_already(self) -> None:
        """Say so: what was undone stays as it is."""
        self._tell("desk.log.undone_already")

    def visit(self, visit: Visit) -> None:
        """Reverse the last step of a visit, its departure if it has one, else its arrival.

        Or, where the log knows who it was, do what they may ask for.
        """
        entry, speech = visit.departure or visit.arrival, self._speech()
        name = named(visit.arrival, speech.words)
        if visit.arrival.draft.identity is None:
            self._ask(entry, name)
            return
        asked = (
            lambda: self._ask(entry, name),  # why, as wherever else a line is undone
            lambda: self._rights.put_right(visit),
            lambda: self._rights.take_back(visit),
        )
        came = clock(visit.arrival.draft.occurred_at, self._clock.now(), speech.zone)

        def choices(words: Words) -> list[str]:
            undone = "late.undo_departure" if visit.departure else "late.undo_arrival"
            return [words(key) for key in (undone, "late.put_right", "late.take_back")]

        self._asks.choose(
            lambda words: (
                words("late.what"),
                words("desk.sheet.undo_what", name=name, time=came),
            ),
            choices,
            lambda number: asked[number](),
            NONE_MARKED,
        )

    def _ask(self, entry: Entry, name: str) -> None:
        time = clock(entry.draft.occurred_at, self._clock.now(), self._speech().zone)
        self._asks.choose(
            lambda words: (
                words("desk.sheet.undo_title"),
                words("desk.sheet.undo_what", name=name, time=time),
            ),
            lambda words: [words(f"reasons.{reason}") for reason in UNDO],
            lambda number: self._controller.newest.undo(entry.draft.entry_id, UNDO[number]),
            NONE_MARKED,
        )
