"""Entered later: the sheets for that, and what becomes of their answers."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kiosk.domain.log import Entry, Visit
from kiosk.domain.recognition import Recognised, Standing
from kiosk.ports.clock import Clock
from kiosk.services.back_office import BackOffice
from kiosk.services.late_entry import FORGOTTEN
from kiosk.services.late_paper import Paper
from kiosk.ui.choice_sheet import ChoiceSheet
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.late_sheet import LateSheet
from kiosk.ui.left_sheet import LeftSheet
from kiosk.ui.sheet_place import SheetPlace
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import clock_time
from kiosk.ui.worker import Worker

_TYPED_SHOWN = 40


class LateErrands(QObject):
    """Asks what was written, and enters it.

    Signals:
        told: key, Tone and values of a sentence, for the notice.
        entered: the log has new lines.
    Thread: the screen's.
    """

    told = Signal(str, object, object)
    entered = Signal()

    def __init__(
        self,
        window: QWidget,
        place: SheetPlace,
        look: Callable[[], tuple[Theme, Speech]],
        controller: DeskController,
        office: Worker[BackOffice],
        furnishing: Furnishing,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._place = place
        self._look = look
        self._controller = controller
        self._office = office
        self._furnishing = furnishing
        self._clock = clock
        controller.noted.connect(self.take_note)

    def take_note(self, who: Recognised) -> None:
        """A code was shown that asks for something else than a verdict."""
        if who.standing is Standing.UNASSIGNED:
            self.enter(who)
        elif who.standing is Standing.ENTERED:
            self._already(who)
        elif who.standing is Standing.MISTYPED:
            self._tell("desk.mistyped", Tone.REFUSE, typed=who.credential.text[:_TYPED_SHOWN])
        elif chunk := who.credential.chunk:
            self._tell("desk.part_read", have=str(chunk[0]), total=str(chunk[1]))
        elif who.just_left:
            self._tell("desk.just_left")

    def enter(self, slip: Recognised = FORGOTTEN) -> None:
        """The sheet for a slip, or for somebody who was forgotten."""
        if self._controller.at_rest:
            self._place.open(lambda: self._sheet(slip))

    def fill_in(self, sheet: LateSheet, payload: bytes) -> None:
        """A card or a code was shown while a slip is typed in: it says whose slip it is."""

        def found(who: Recognised) -> None:
            if not isValid(sheet) or who.person is None or who.standing is not Standing.RECOGNISED:
                self._tell("late.no_card")
                return
            agrees = sheet.take_document(who.person, who.person_id)
            self._tell("form.filled_in" if agrees else "late.somebody_else")

        self._office.ask(
            lambda office: office.recogniser.recognise(payload), found, self._not_answered
        )

    def enter_departure(self, visit: Visit) -> None:
        """Somebody has left unseen: when, or that nobody knows."""
        if not visit.inside:
            self._tell("late.not_inside")
            return
        now = self._now()
        came = visit.arrival.draft.occurred_at.astimezone(now.tzinfo)
        if came.date() == now.date():
            self._ask_when(visit)
        else:
            self._ask_which(visit)

    def _ask_which(self, visit: Visit) -> None:
        """Of an earlier day: its time, or the end of it and of all that were left open."""
        identity = visit.arrival.draft.identity
        works: tuple[Callable[[BackOffice], int], ...] = (
            lambda office: office.late.close_unseen(visit),
            lambda office: office.late.close_earlier_days(),
        )

        def chosen(number: int) -> None:
            if number == 0:
                self._ask_when(visit)
            else:
                self._office.ask(works[number - 1], self._closed, self._not_answered)

        def make() -> Sheet:
            theme, speech = self._look()
            words = speech.words
            who = identity.person.name if identity else words("desk.entry_unknown")
            day = visit.arrival.draft.occurred_at.astimezone(speech.zone)
            since = words("late.left_open_since", day=f"{day:%d/%m/%Y}")
            question = (words("late.left_open", name=who), since)
            answers = [words(f"late.left_open_{key}") for key in ("when", "unknown", "all")]
            return ChoiceSheet(
                theme, self._window, question, answers, chosen, words("desk.sheet.cancel")
            )

        self._place.open(make)

    def _closed(self, count: int) -> None:
        self._tell("late.closed", count=str(count))
        self._changed()

    def _not_answered(self, _problem: Exception) -> None:
        self._tell("desk.no_answer", Tone.REFUSE)

    def _ask_when(self, visit: Visit) -> None:
        identity, came = visit.arrival.draft.identity, visit.arrival.draft.occurred_at

        def taken(day: str, clock: str) -> None:
            def failed(_problem: Exception) -> None:
                self._tell("desk.no_answer", Tone.REFUSE)
                self._place.bring_back(make, {"day": day, "time_out": clock})

            self._office.ask(
                lambda office: office.late.leave(visit, day, clock), self._left, failed
            )

        def make() -> Sheet:
            theme, speech = self._look()
            who = identity.person.name if identity else speech.words("desk.entry_unknown")
            local = came.astimezone(speech.zone)
            return LeftSheet(theme, self._window, speech.words, who, local, self._now, taken)

        self._place.open(make)

    def _sheet(self, slip: Recognised) -> Sheet:
        theme, speech = self._look()

        def taken(paper: Paper) -> None:
            def failed(_problem: Exception) -> None:
                self._tell("desk.no_answer", Tone.REFUSE)
                self._place.bring_back(lambda: self._sheet(slip), paper)

            def answered(answer: Entry | Visit) -> None:
                if isinstance(answer, Entry):
                    self._entered(answer)
                    return
                self._in_the_way(answer, slip)
                if answer.arrival.draft.credential_id != slip.credential_id:
                    self._place.bring_back(lambda: self._sheet(slip), paper)

            self._office.ask(lambda office: office.late.take(paper, slip), answered, failed)

        rules, offers = self._controller.rules, self._furnishing.offers
        words = speech.words
        return LateSheet(theme, self._window, words, rules, offers, slip, self._now, taken)

    def _entered(self, entry: Entry) -> None:
        identity = entry.draft.identity
        name = identity.person.name if identity else ""
        self._tell("late.entered", name=name, time=self._time(entry.draft.occurred_at))
        self._changed()

    def _left(self, entry: Entry | None) -> None:
        if entry is None:
            self._tell("late.not_inside")
        else:
            self._tell("late.left_entered", time=self._time(entry.draft.occurred_at))
        self._changed()

    def _changed(self) -> None:
        self._controller.newest.refresh()
        self.entered.emit()

    def _already(self, slip: Recognised) -> None:
        if slip.noted_at is None or slip.last_here is None:
            return
        self._tell(
            "late.already",
            number=slip.slip_number,
            name=slip.person.name if slip.person else "",
            time=self._time(slip.last_here),
            noted=self._time(slip.noted_at),
        )

    def _in_the_way(self, visit: Visit, slip: Recognised) -> None:
        draft = visit.arrival.draft
        name = draft.identity.person.name if draft.identity else ""
        same_slip = slip.credential_id is not None and draft.credential_id == slip.credential_id
        key = "late.slip_used" if same_slip else "late.inside_since"
        self._tell(key, Tone.REFUSE, name=name, time=self._time(draft.occurred_at))

    def _time(self, moment: datetime) -> str:
        return clock_time(moment, self._look()[1].zone)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._look()[1].zone)

    def _tell(self, key: str, tone: Tone = Tone.PLAIN, **values: str) -> None:
        self.told.emit(key, tone, values)
