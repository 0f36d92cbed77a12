"""What people may ask for about a line of the log: put right, consent taken back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.log import Entry, Visit
from kiosk.domain.person import Person
from kiosk.domain.screening import Destination
from kiosk.services.back_office import BackOffice
from kiosk.services.rights import TakenBack
from kiosk.ui.choice_sheet import ChoiceSheet
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.list_words import named
from kiosk.ui.right_sheet import RightSheet, said_in
from kiosk.ui.sheet_place import SheetPlace
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words
from kiosk.ui.worker import Worker


class RightErrands(QObject):
    """Asks, and has it written as a line of its own.

    Signals:
        told: key, Tone and values of a sentence, for the notice.
        changed: the log has new lines.
    Thread: the screen's.
    """

    told = Signal(str, object, object)
    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        place: SheetPlace,
        look: Callable[[], tuple[Theme, Speech]],
        office: Worker[BackOffice],
        furnishing: Furnishing,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._place = place
        self._look = look
        self._office = office
        self._furnishing = furnishing

    def put_right(self, visit: Visit) -> None:
        """Something of the arrival is written wrong."""
        draft = visit.arrival.draft
        if (written := draft.identity) is None:
            self._tell("late.put_right_not", Tone.REFUSE)
            return

        def taken(person: Person, there: Destination) -> None:
            def failed(_problem: Exception) -> None:
                self._tell("desk.no_answer", Tone.REFUSE)
                right = replace(written, person=person, destination=there)
                self._place.bring_back(make, said_in(right))

            self._office.ask(
                lambda office: office.rights.put_right(visit, person, there), self._right, failed
            )

        def make() -> Sheet:
            theme, speech = self._look()
            came = draft.occurred_at.astimezone(speech.zone)
            offers = self._furnishing.offers
            return RightSheet(theme, self._window, speech.words, offers, written, came, taken)

        self._place.open(make)

    def _right(self, entry: Entry | None) -> None:
        identity = entry.draft.identity if entry else None
        if identity is None:
            self._tell("late.put_right_not", Tone.REFUSE)
        else:
            self._tell("late.put_right_done", name=identity.person.name)
        self.changed.emit()

    def take_back(self, visit: Visit) -> None:
        """Somebody wants their consent back: asked once more, for it cannot be undone."""

        def done(taken: TakenBack) -> None:
            tone = Tone.PLAIN if taken is TakenBack.DONE else Tone.REFUSE
            self._tell(f"late.taken_back.{taken}", tone, name=named(visit.arrival, self._words))
            self.changed.emit()

        def go(_number: int) -> None:
            self._office.ask(
                lambda office: office.rights.take_back(visit), done, self._not_answered
            )

        def make() -> Sheet:
            theme, words = self._look()[0], self._words
            title = words("late.take_back_title", name=named(visit.arrival, words))
            question, answers = (title, words("late.take_back_help")), [words("late.take_back_go")]
            cancel = words("desk.sheet.cancel")
            return ChoiceSheet(theme, self._window, question, answers, go, cancel)

        self._place.open(make)

    @property
    def _words(self) -> Words:
        return self._look()[1].words

    def _not_answered(self, _problem: Exception) -> None:
        self._tell("desk.no_answer", Tone.REFUSE)

    def _tell(self, key: str, tone: Tone = Tone.PLAIN, **values: str) -> None:
        self.told.emit(key, tone, values)
