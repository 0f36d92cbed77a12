"""Turns scans, keys and answers of the file into events of the desk, and does what they ask."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.domain import desk
from kiosk.domain.admission import SET_ASIDE, Decision, Reason, Undecided, decide
from kiosk.domain.desk_reducer import advance
from kiosk.domain.log import Entry
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Recognised
from kiosk.domain.screening import Declared, RuleCard, TemperatureFault
from kiosk.ports.clock import Clock
from kiosk.ports.logbook import LogbookError, Trouble
from kiosk.ports.sounds import Sound, Sounds
from kiosk.services.back_office import BackOffice
from kiosk.services.scan_tracker import Scan
from kiosk.services.waiting_codes import WaitingCodes
from kiosk.ui.consent_panel import Reading
from kiosk.ui.newest_lines import NewestLines
from kiosk.ui.pace import Pace
from kiosk.ui.rest import Rest
from kiosk.ui.typed_reading import TypedReading
from kiosk.ui.worker import Worker

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class DeskController(QObject):
    """The desk's state, its timer and its errands to the file.

    Signals:
        changed: the state, or what is typed, is another one.
        logged: an entry is durable, and the state that shows it is on the screen.
        held_up: a new code was seen while somebody is being served.
        due: a Scan that waited: it is to be shown as if it came now.
        stayed: who was asked whether they leave, and nobody answered: they are still inside.
        noted: who was recognised, where that asks for something else than a verdict.
        troubled: the file does not answer as it should; carries the sentence's key.

    Attributes:
        state: what the desk is doing.
        looking_up: a code is being looked up, or a form kept.
        occupied: set while a question lies over the desk; codes wait until it is answered.
        newest: counts and newest lines of the log; rest: of a high temperature.
        for_visitor: what the visitor reads meanwhile, or None.
    Thread: the screen's.
    """

    changed = Signal()
    logged = Signal(object)
    held_up = Signal()
    due = Signal(object)
    stayed = Signal(object)
    noted = Signal(object)
    troubled = Signal(str)

    def __init__(
        self, office: Worker[BackOffice], rules: RuleCard, sounds: Sounds, pace: Pace, clock: Clock
    ) -> None:
        super().__init__()
        self._office = office
        self.rules = rules
        self._sounds = sounds
        self.pace = pace
        self._clock = clock
        self.state: desk.State = desk.Waiting()
        self._reading = TypedReading()
        self.for_visitor: Reading | None = None
        self.looking_up = False
        self.occupied = False
        self.newest = NewestLines(office, self._trouble, self)
        self.newest.undone.connect(self._undone)
        self._served: bytes | None = None
        self._waiting = WaitingCodes()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.send(desk.TimeUp()))
        self.rest = Rest(rules.rest_minutes, clock, self)
        self.rest.gone_on.connect(self.changed)
        self.rest.over.connect(lambda: self._sounds.play(Sound.ATTENTION))

    @property
    def at_rest(self) -> bool:
        """Whether somebody new can be served now."""
        return desk.accepts_scans(self.state) and not self.looking_up

    def scan(self, scan: Scan) -> None:
        """A code was shown. While somebody is being served it waits until it leaves the view."""
        if not self.at_rest or self.occupied:
            if self.at_rest or scan.payload != self._served:
                self._waiting.hold(scan)
                self.held_up.emit()
            return
        self._sounds.play(Sound.READ)
        shown_at = scan.shown_at(self._clock)
        self.ask(lambda office: office.recogniser.recognise(scan.payload, shown_at), self._found)
        self._served = scan.payload

    def gone(self, payload: bytes) -> None:
        """A code has left the picture; if nobody had time for it, it is forgotten."""
        self._waiting.leave(payload)

    def view_changed(self, *, lost: bool) -> None:
        """The camera is lost, and with it who holds up a code; or it is back."""
        self._waiting.view_changed(lost_at=self._clock.steady() if lost else None)
        self.changed.emit()

    def type_code(self, text: str) -> None:
        """Somebody typed a slip's number, a document number, or what a code holds."""
        if self.at_rest:
            self.ask(lambda office: office.recogniser.recognise_typed(text), self._found)

    def ask(
        self,
        find: Callable[[BackOffice], Answer],
        found: Callable[[Answer], None],
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Ask the file who is served next; until it answers, nobody else is."""
        self.looking_up = True
        self._served = None  # whoever was before is not meant by a code that is shown from now on
        self.changed.emit()

        def answered(answer: Answer) -> None:
            self.looking_up = False
            found(answer)

        def refused(problem: Exception) -> None:
            self.looking_up = False
            self._trouble(problem)
            self.changed.emit()
            failed()

        self._office.ask(find, answered, refused)

    def send(self, event: desk.Event) -> None:
        """Give the desk an event, and do what follows from it."""
        before = self.state
        self.state, record = advance(before, event, self.rules)
        anew = isinstance(event, desk.Scanned | desk.SamePerson) and self.state is not before
        if anew or type(self.state) is not type(before):
            self._entered()
        if record is not None:
            self._office.ask(
                lambda office: office.reception.record(record), self._recorded, self._record_failed
            )
        self.changed.emit()
        if isinstance(before, desk.Departing) and isinstance(event, desk.TimeUp):
            self.stayed.emit(before.who)
        if isinstance(self.state, desk.Waiting):
            self.serve_waiting()

    def stop(self) -> None:
        """Let no time run out any more: the file is closed."""
        self._timer.stop()
        self._timer.blockSignals(True)  # noqa: FBT003  (Qt's own)

    @property
    def typed(self) -> str:
        """The temperature as far as it is typed."""
        return self._reading.text

    def type_temperature(self, character: str) -> None:
        """One more digit, comma or point, where a temperature is asked for at all."""
        asked = isinstance(self.state, desk.Screening | desk.Remeasure) and self.rules.health_step
        if asked and self._reading.add(character):
            self.changed.emit()

    def erase_temperature(self) -> None:
        """Take the last character back."""
        self.clear_temperature(self.typed[:-1])

    def clear_temperature(self, left: str = "") -> None:
        """Take back what was typed and not yet confirmed, but for what is `left`."""
        self._reading.text = left
        self.changed.emit()

    def reading(self) -> int | TemperatureFault | None:
        """What the typed text says; None while nothing is typed."""
        return self._reading.value()

    def preview(self) -> desk.State:
        """The state as it would be with the typed reading."""
        reading = self.reading()
        if isinstance(reading, int):
            return advance(self.state, desk.Measured(reading), self.rules)[0]
        return self.state

    def judged(self) -> Decision | Undecided | None:
        """What the rules say with the typed reading; None where nobody is being served."""
        state = self.preview()
        if not isinstance(state, desk.Screening | desk.Remeasure):
            return None
        return decide(state.who.kind, state.checklist, state.destination, self.rules)

    def answer(self, declared: Declared) -> None:
        """Today's declaration; the same answer again takes it back."""
        if isinstance(self.state, desk.Screening | desk.Remeasure):
            again = self.state.checklist.declared is declared
            self.send(desk.Answered(Declared.NOT_YET if again else declared))

    def direct(self, name: str, value: str) -> None:
        """Whom ("host") or which unit ("unit") is visited, or why ("purpose")."""
        if isinstance(self.state, desk.Screening | desk.Remeasure):
            self.send(desk.Directed(replace(self.state.destination, **{name: value})))

    def swap_kind(self) -> None:
        """Staff instead of visitor, and back."""
        if isinstance(self.state, desk.Screening | desk.Remeasure):
            staff = self.state.who.kind is PersonKind.STAFF
            self.send(desk.KindSet(PersonKind.VISITOR if staff else PersonKind.STAFF))

    def turn_away(self, reason: Reason, said: str = "") -> None:
        """Refuse, with a reason, or in own words; a typed reading is kept."""
        if isinstance(reading := self.reading(), int):
            self._reading.text = ""
            self.send(desk.Measured(reading))
        self.send(desk.TurnedAway(reason, said))

    def dismiss(self) -> None:
        """Escape: take back what is typed, or put the person aside, or clear the verdict."""
        if self.typed:
            self.clear_temperature()
        else:
            self.send(desk.Dismissed())

    def confirm(self) -> None:
        """Enter: take the typed reading, then do what the large button says."""
        reading = self.reading()
        if isinstance(reading, TemperatureFault):
            return
        if isinstance(reading, int):
            self._reading.text = ""
            self.send(desk.Measured(reading))
            if isinstance(self.state, desk.Remeasure):
                self._sounds.play(Sound.ATTENTION)
                return
        self.send(desk.Confirmed())

    def _found(self, who: Recognised) -> None:
        self.send(desk.Scanned(who))
        left_and_gone = who.just_left and not isinstance(self.state, desk.Departed)
        if who.standing in SET_ASIDE or left_and_gone:
            self.noted.emit(who)

    def _recorded(self, entry: Entry) -> None:
        self.send(desk.Recorded(entry))
        self.logged.emit(entry)
        self.newest.refresh()

    def _record_failed(self, problem: Exception) -> None:
        _log.error("entry not written: %s", problem)
        self.send(desk.RecordFailed())

    def _undone(self, entry: Entry | None) -> None:
        if entry is not None and entry.draft.corrects is not None:
            self.send(desk.Undone(entry.draft.corrects))

    def _trouble(self, problem: Exception) -> None:
        _log.error("log not readable: %s", problem)
        wrong_clock = isinstance(problem, LogbookError) and problem.trouble is Trouble.CLOCK
        self.troubled.emit("desk.wrong_clock" if wrong_clock else "desk.no_answer")

    def _entered(self) -> None:
        self._timer.stop()
        self.rest.follow(self.state)
        self._reading.text = ""  # what is half typed belongs to the state before
        shown = self.pace.of(self.state, hurried=self._waiting.any(self._clock.steady()))
        if shown is not None:
            seconds, sound = shown
            self._sounds.play(sound)
            self._timer.start(round(seconds * 1000))

    def serve_waiting(self) -> None:
        """A code that nobody had time for and that is still in view gets its turn."""
        free = self.at_rest and not self.occupied
        if free and (scan := self._waiting.next(self._clock.steady())):
            self.due.emit(scan)
