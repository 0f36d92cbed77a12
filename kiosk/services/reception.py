"""What is decided at the desk becomes rows: record and undo."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import assert_never

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.desk import Record, RecordArrival, RecordDeparture
from kiosk.domain.log import ID_RANDOM_BYTES, Direction, Draft, Entry, Identity, new_id
from kiosk.domain.recognition import Recognised, Standing
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory
from kiosk.ports.logbook import Logbook
from kiosk.services.recogniser import Desk

Entropy = Callable[[int], bytes]
"""Answers as many random bytes as it is asked for."""


class Reception:
    """Appends what the desk decides.

    Thread: the storage thread only. Every method may raise LogbookError.
    """

    def __init__(
        self, logbook: Logbook, directory: Directory, clock: Clock, entropy: Entropy, desk: Desk
    ) -> None:
        self._logbook = logbook
        self._directory = directory
        self._clock = clock
        self._entropy = entropy
        self._desk = desk
        self._unfinished: tuple[Record, tuple[Draft, ...]] | None = None

    def record(self, record: Record) -> Entry:
        """Append what was decided. The same record, tried again, is the same entry.

        Whoever is admitted while the log has them inside is let out first: nobody is inside twice.
        """
        if self._unfinished is None or self._unfinished[0] is not record:
            self._unfinished = (record, self._drafts(record))
        drafts = self._unfinished[1]
        entries = [self._logbook.append(draft) for draft in drafts]
        person_id = drafts[-1].person_id
        if isinstance(record, RecordArrival) and person_id is not None:
            self._directory.set_kind(person_id, record.who.kind)
        self._unfinished = None
        return entries[-1]

    def undo(self, entry_id: str, reason: Reason) -> Entry | None:
        """Reverse an entry by a new one that names it; None where it cannot be reversed.

        That is a correction, a consent taken back, what is reversed already, the departure of
        somebody who has come in again since, and an arrival whose departure stands: nobody left
        who never came.
        """
        wrong = self._logbook.entry(entry_id)
        if wrong is None or not wrong.draft.tells_of_passing or self._logbook.is_undone(entry_id):
            return None
        if wrong.draft.direction is Direction.OUT and self._is_inside(wrong.draft.person_id):
            return None
        if wrong.draft.verdict is Verdict.ADMIT and not self._is_open(wrong.draft.visit_id):
            return None
        return self._logbook.append(
            replace(
                wrong.draft,
                entry_id=self._new_id(),
                occurred_at=self._clock.now(),
                verdict=None,
                reason=reason,
                rules_version=self._desk.rules.version,
                officer=self._desk.officer,
                corrects=wrong.draft.entry_id,
                identity=None,
                health=None,
                noted_at=None,
            )
        )

    def _is_inside(self, person_id: str | None) -> bool:
        return person_id is not None and self._logbook.open_visit(person_id) is not None

    def _is_open(self, visit_id: str) -> bool:
        return visit_id in self._logbook.open_visits()

    def _drafts(self, record: Record) -> tuple[Draft, ...]:
        match record:
            case RecordArrival():
                record = replace(record, who=self._remembered(record))
                return *self._left_open(record), self._arrival(record)
            case RecordDeparture(who, presence):
                who = self._tied(who) if who.tied else who
                return (self._blank(who, Direction.OUT, None, Reason.LEFT, presence.visit_id),)
            case _:
                assert_never(record)

    def _remembered(self, record: RecordArrival) -> Recognised:
        """Whom the entry names, kept in the directory now and not before.

        Of somebody known, only an admission brings news: a code that is refused proves nothing.
        """
        who, credential = record.who, record.who.credential
        known = who.person_id is not None and record.decision.verdict is not Verdict.ADMIT
        if known or who.standing is not Standing.RECOGNISED:
            return who
        if who.tied:
            return self._tied(who)
        if credential.person is None:
            return who
        now = self._clock.now()
        if not credential.stable:  # a business card without a number: nothing to find it by
            return replace(who, person_id=self._directory.add(credential.person, now).person_id)
        kept = self._directory.remember(
            credential.scheme, credential.stable, credential.person, now
        )
        return replace(who, person_id=kept.holder.person_id, credential_id=kept.credential_id)

    def _tied(self, who: Recognised) -> Recognised:
        """The credential becomes theirs, as the receptionist said."""
        now, shown, person_id = self._clock.now(), who.credential, who.person_id
        if who.credential_id is not None and person_id is not None:
            self._directory.hand_over(who.credential_id, person_id, now)
        elif shown.stable and shown.person is not None:
            kept = self._directory.remember(
                shown.scheme, shown.stable, shown.person, now, person_id
            )
            return replace(who, credential_id=kept.credential_id)
        return who

    def _left_open(self, record: RecordArrival) -> Iterator[Draft]:
        """The end of a visit that the log still has open: the departure was not recorded."""
        who = record.who
        if record.decision.verdict is not Verdict.ADMIT or who.person_id is None:
            return
        if visit := self._logbook.open_visit(who.person_id):
            visit_id = visit.arrival.draft.visit_id
            yield self._blank(who, Direction.OUT, None, Reason.NOT_CHECKED_OUT, visit_id)

    def _arrival(self, record: RecordArrival) -> Draft:
        who, decision = record.who, record.decision
        visit_id = self._resumed(who) or self._new_id()
        blank = self._blank(who, Direction.IN, decision.verdict, decision.reason, visit_id)
        if who.person is None:
            return blank
        screened = self._desk.rules.health_step and who.standing is Standing.RECOGNISED
        return replace(
            blank,
            identity=Identity(who.person, who.kind, record.destination, decision.said),
            health=record.checklist if screened else None,
        )

    def _resumed(self, who: Recognised) -> str | None:
        """The visit that a second reading goes on with; None without one of the same local day.

        The register of a day that is over stays as it was, and may be signed by now.
        """
        if who.rested is None or who.standing is not Standing.RECOGNISED:
            return None
        zone = self._clock.zone()
        began, now = who.rested.since.astimezone(zone), self._clock.now().astimezone(zone)
        return who.rested.visit_id if began.date() == now.date() else None

    def _blank(
        self,
        who: Recognised,
        direction: Direction,
        verdict: Verdict | None,
        reason: Reason,
        visit_id: str,
    ) -> Draft:
        return Draft(
            entry_id=self._new_id(),
            occurred_at=self._clock.now(),
            direction=direction,
            verdict=verdict,
            reason=reason,
            visit_id=visit_id,
            person_id=who.person_id,
            credential_id=who.credential_id,
            scheme=who.credential.scheme,
            rules_version=self._desk.rules.version,
            officer=self._desk.officer,
        )

    def _new_id(self) -> str:
        return new_id(self._clock.now(), self._entropy(ID_RANDOM_BYTES))
