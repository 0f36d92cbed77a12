"""Takes a form to the file, and its people through the desk, one after the other."""

from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.domain.admission import Verdict
from kiosk.domain.desk import (
    Confirmed,
    Measured,
    RecordArrival,
    Recording,
    Remeasure,
    Scanned,
    Screening,
    Tick,
    Ticked,
)
from kiosk.domain.desk_checklist import lets_in_after_all
from kiosk.domain.log import Entry
from kiosk.services.declaration import Issued
from kiosk.services.guest_form import GuestForm
from kiosk.ui.consent_panel import Reading
from kiosk.ui.desk_controller import DeskController


class GuestDesk(QObject):
    """What was measured and seen at the form is the checklist; the rules decide as for anybody.

    Whoever lacks something, may be somebody known, or was turned away today is left to the
    receptionist; the next one of a group follows when the desk is free again.

    Signals:
        form_begun: the people of a form are served from now on.
        slip_issued: a slip waits to be printed.
        form_failed: a GuestForm that the file did not take.
        group_passed: how many of a group were admitted, and how many were not.
    Thread: the screen's.
    """

    form_begun = Signal()
    slip_issued = Signal(object)
    form_failed = Signal(object)
    group_passed = Signal(int, int)

    def __init__(self, controller: DeskController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._waiting: deque[Issued] = deque()
        self._served: Issued | None = None
        self._groups: list[dict[str, bool | None]] = []
        controller.changed.connect(self._look_again)
        controller.logged.connect(self._count)

    def show_visitor(self, reading: Reading | None) -> None:
        """What the visitor reads on their own side while the form is filled in; then no more."""
        if self._controller.for_visitor != reading:
            self._controller.for_visitor = reading
            self._controller.changed.emit()

    def take_form(self, form: GuestForm) -> None:
        """A form is complete: keep it, mint the slips, and let its people in."""
        self._controller.ask(
            lambda office: office.declarations.take(form),
            self._issued,
            lambda: self.form_failed.emit(form),
        )

    def _issued(self, people: tuple[Issued, ...]) -> None:
        slips = [issued.who.credential_id for issued in people]
        if not self._waiting and self._served is None:
            self._groups.clear()  # who was put aside and comes hours later is counted by nobody
        if len(slips) > 1:
            self._groups.append({slip: None for slip in slips if slip is not None})
        self._waiting.extend(people)
        self.form_begun.emit()
        self._go_on()

    def _look_again(self) -> None:
        if self._waiting or self._served is not None:
            # not within what the desk is doing: an entry is told first
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if self._served is not None:
            self._fill_in(self._served)
        if self._waiting and self._controller.at_rest:
            self._served = self._waiting.popleft()
            self._controller.send(Scanned(self._served.who))
            issued = self._served
            self._fill_in(issued)
            if not self._turned_away():
                self.slip_issued.emit(issued)

    def _fill_in(self, issued: Issued) -> None:
        """Once the checklist is open, which a question about an open visit may precede."""
        controller = self._controller
        state = controller.state
        if not isinstance(state, Screening | Remeasure):
            if controller.at_rest:
                self._served = None
            return
        self._served = None
        if state.who.person_id != issued.who.person_id:
            return
        early = self._measure(issued.seen.readings)
        for tick, seen in ((Tick.MASK, issued.seen.mask), (Tick.HANDS, issued.seen.hands)):
            if seen:
                controller.send(Ticked(tick))
        asks = lets_in_after_all(controller.state, controller.judged())
        if state.who.likely is None and not early and asks is None:
            controller.send(Confirmed())

    def _measure(self, readings: tuple[int, ...]) -> bool:
        """Whether a reading waits for Enter, which asks: whoever rests was measured too early."""
        controller = self._controller
        early = controller.rest.minutes_left > 0
        for reading in readings:
            if early:
                controller.clear_temperature(str(reading))
            else:
                controller.send(Measured(reading))
        return early and bool(readings)

    def _turned_away(self) -> bool:
        state = self._controller.state
        return (
            isinstance(state, Recording)
            and isinstance(state.record, RecordArrival)
            and state.record.decision.verdict is not Verdict.ADMIT
        )

    def _count(self, entry: Entry) -> None:
        """Say at the end how a group fared; whoever was served between them is none of it."""
        slip, verdict = entry.draft.credential_id, entry.draft.verdict
        group = next((one for one in self._groups if slip in one), None)
        if group is None or slip is None or verdict is None:
            return
        group[slip] = verdict is Verdict.ADMIT
        passed = list(group.values())
        if None not in passed:
            self._groups.remove(group)
            self.group_passed.emit(passed.count(True), passed.count(False))
