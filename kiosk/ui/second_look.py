"""Looks up once more who is being served, when a line of the log or a card has changed meanwhile.

The checklist may be open while somebody turns to the log page and puts the same person's name
right, or undoes how they were turned away: without it the visit would go under the old name.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from kiosk.domain.admission import turned_away
from kiosk.domain.desk import Departing, LookedUpAgain, Remeasure, Screening, State, StillInside
from kiosk.domain.recognition import Recognised
from kiosk.services.back_office import BackOffice
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.theme import Tone
from kiosk.ui.worker import Worker


class SecondLook(QObject):
    """Asks the file again; what was filled in stays.

    Thread: the screen's.
    """

    def __init__(
        self,
        controller: DeskController,
        office: Worker[BackOffice],
        tell: Callable[[str, Tone], None],
    ) -> None:
        super().__init__(controller)
        self._controller = controller
        self._office = office
        self._tell = tell

    def look(self) -> None:
        """Something has changed in the file; it may be about whoever is being served."""
        who = _served(self._controller.state)
        if who is not None:
            self._office.ask(
                lambda office: office.recogniser.again(who),
                lambda now: self._found(who, now),
                lambda _problem: self._tell("desk.no_answer", Tone.REFUSE),
            )

    def _found(self, before: Recognised, now: Recognised) -> None:
        who = _served(self._controller.state)
        if who is None:
            return
        if replace(who, kind=before.kind) != before:
            self.look()  # meanwhile it is somebody else, or the same person as one who was known
            return
        asks_whether_they_leave = isinstance(self._controller.state, Departing)
        self._controller.send(LookedUpAgain(now))
        if turned_away(now) is not None and not asks_whether_they_leave:
            self._tell("desk.taken_back_meanwhile", Tone.REFUSE)


def _served(state: State) -> Recognised | None:
    return (
        state.who if isinstance(state, Screening | Remeasure | Departing | StillInside) else None
    )
