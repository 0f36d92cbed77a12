"""What is asked before something is decided: too early a reading, who it is, turned away today."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kiosk.domain.admission import Decision, Reason, reasons_for
from kiosk.domain.desk import (
    AnotherPerson,
    Dismissed,
    RecordArrival,
    Remeasure,
    SamePerson,
    Screening,
)
from kiosk.domain.desk_checklist import lets_in_after_all, readings_now
from kiosk.domain.desk_reducer import advance
from kiosk.domain.recognition import SentAway
from kiosk.ports.clock import Clock
from kiosk.ui.asking import Ask
from kiosk.ui.choice_sheet import NONE_MARKED
from kiosk.ui.desk_controller import DeskController
from kiosk.ui.likely_words import likely_answers, likely_words
from kiosk.ui.line_sheet import OwnWordsSheet
from kiosk.ui.sent_away_words import sent_away_words
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words, degrees


class DecisionErrands:
    """Enter, X, N and Escape at the checklist, with a question first where they may be a mistake.

    A second reading is taken before the rest is over, and somebody who was turned away today let
    in, only after one; so is a fever put aside.

    Thread: the screen's.
    """

    def __init__(self, ask: Ask, controller: DeskController, clock: Clock) -> None:
        self._ask = ask
        self._controller = controller
        self._clock = clock

    def confirm(self) -> None:
        """Enter: what the large button says.

        A reading that is not taken after all is taken back: typed once more, it is a later one.
        """
        self._with_reading(self._enter)

    def _enter(self) -> None:
        if isinstance(self._controller.judged(), Decision):
            self._as_whom(self._decide, self.confirm)
        else:
            self._decide()

    def refuse(self) -> None:
        """X: turn the person away, with a reason; what is typed is asked about as at Enter."""
        if isinstance(self._controller.state, Screening | Remeasure):
            self._with_reading(lambda: self._as_whom(self._ask_why, self.refuse))

    def _with_reading(self, go_on: Callable[[], None]) -> None:
        """Go on with what is typed; where it is a second reading too early, after a question."""
        controller = self._controller
        reading, left = controller.reading(), controller.rest.minutes_left
        if isinstance(controller.state, Remeasure) and isinstance(reading, int) and left:
            typed = controller.typed
            controller.clear_temperature()

            def take() -> None:
                controller.clear_temperature(typed)
                go_on()

            self._ask_early(reading, left, take)
        else:
            go_on()

    def _ask_why(self) -> None:
        """One that fits what was measured, or own words, which are kept beside a name."""
        controller = self._controller
        state = controller.preview()
        if not isinstance(state, Screening | Remeasure):
            return
        named = state.who.person is not None
        reasons = [
            reason
            for reason in reasons_for(state.checklist, controller.rules)
            if named or reason is not Reason.OWN_WORDS
        ]

        def chosen(number: int) -> None:
            now = controller.preview()  # a thermometer may have sent another reading meanwhile
            fits = isinstance(now, Screening | Remeasure) and (
                reasons[number] in reasons_for(now.checklist, controller.rules)
            )
            if not fits:
                self._ask_why()
            elif reasons[number] is Reason.OWN_WORDS:
                self._ask.open(own_words)
            else:
                controller.turn_away(reasons[number])

        def own_words(theme: Theme, over: QWidget, words: Words) -> Sheet:
            def said(reason: str) -> None:
                controller.turn_away(Reason.OWN_WORDS, reason)

            return OwnWordsSheet(theme, over, words, said)

        self._ask.choose(
            lambda words: (words("desk.sheet.refuse_title"), ""),
            lambda words: [words(f"reasons.{reason}") for reason in reasons],
            chosen,
        )

    def same_person(self) -> None:
        """The person who is offered; what was measured just now is then their second reading."""
        self._same_person(lambda: None)

    def _same_person(self, go_on: Callable[[], None]) -> None:
        controller, state = self._controller, self._controller.state
        likely = state.who.likely if isinstance(state, Screening | Remeasure) else None
        rested = likely.then.rested if likely is not None else None
        readings = readings_now(state) if isinstance(state, Screening | Remeasure) else ()
        left = controller.rest.minutes_from(rested.since) if rested is not None else 0

        def same() -> None:
            typed = controller.typed
            controller.send(SamePerson())
            if isinstance(controller.state, Screening | Remeasure):
                controller.clear_temperature(typed)  # it is theirs
                go_on()

        if readings and left:
            self._ask_early(readings[-1], left, same)
        else:
            same()

    def _as_whom(self, go_on: Callable[[], None], anew: Callable[[], None]) -> None:
        """Nobody who was offered is entered under a second id because N was not pressed.

        Args:
            go_on: it is somebody else, or nobody is offered.
            anew: it is the one who was offered: of them there may be more to be asked.
        """
        controller, zone = self._controller, self._clock.zone()
        state = controller.state
        likely = state.who.likely if isinstance(state, Screening | Remeasure) else None
        if likely is None:
            go_on()
            return

        def chosen(number: int) -> None:
            if number == 0:
                self._same_person(anew)
            else:
                controller.send(AnotherPerson())
                go_on()

        self._ask.choose(
            lambda words: likely_words(likely, words, zone),
            lambda words: likely_answers(likely, words),
            chosen,
            NONE_MARKED,
        )

    def put_aside(self) -> None:
        """Escape: take back what is typed, or put the person aside; a fever is asked about."""
        controller = self._controller
        record = advance(controller.state, Dismissed(), controller.rules)[1]
        if controller.typed or not isinstance(record, RecordArrival):
            controller.dismiss()
            return
        reading = record.checklist.readings[-1]
        kind = "resting" if isinstance(controller.state, Remeasure) else "decided"
        title, help_, go = (f"desk.sheet.aside_{part}" for part in ("title", kind, f"{kind}_go"))
        self._ask.choose(
            lambda words: (words(title, reading=degrees(reading, words.language)), words(help_)),
            lambda words: [words(go)],
            lambda _number: controller.dismiss(),
            NONE_MARKED,
        )

    def _decide(self) -> None:
        """What the large button says; whoever was turned away today is let in by a question."""
        controller = self._controller
        sent_away = lets_in_after_all(controller.state, controller.judged())
        if sent_away is None:
            controller.confirm()
        else:
            self._ask_after_all(sent_away)

    def _ask_after_all(self, sent_away: SentAway) -> None:
        zone = self._clock.zone()
        self._ask.choose(
            lambda words: (
                words("desk.sheet.after_all_title"),
                " · ".join(sent_away_words(sent_away, words, zone)),
            ),
            lambda words: [words("desk.sheet.after_all_go")],
            lambda _number: self._controller.confirm(),
            NONE_MARKED,
        )

    def _ask_early(self, reading: int, left: int, take: Callable[[], None]) -> None:
        self._ask.choose(
            lambda words: (
                words("desk.sheet.early_title", minutes=left),
                words("desk.sheet.early_help"),
            ),
            lambda words: [words("desk.sheet.early_go", reading=degrees(reading, words.language))],
            lambda _number: take(),
            NONE_MARKED,
        )
