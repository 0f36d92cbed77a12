"""What happens at the desk between a scan and a row: recognise, record, undo."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import assert_never

from kiosk.domain import slip
from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import IDENTIFYING, Credential, Scheme
from kiosk.domain.desk import Record, RecordArrival, RecordDeparture
from kiosk.domain.log import ID_RANDOM_BYTES, Direction, Draft, Entry, Identity, Visit, new_id
from kiosk.domain.payload import parse
from kiosk.domain.recognition import Presence, Recognised, Standing
from kiosk.domain.screening import NOWHERE, Declared, RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, KnownCredential
from kiosk.ports.logbook import Logbook

Entropy = Callable[[int], bytes]
"""Answers as many random bytes as it is asked for."""

_SHORT_NUMBER = re.compile(f"[0-9]{{4,6}}[{slip.ALPHABET}]")
_DOCUMENT_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}|[A-Z]{1,2}[0-9]{6,8}")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every entry of this desk has in common.

    Attributes:
        officer: who sits at the desk.
        rules: the rule card in force.
        key: the office's key.
        recent: within this span after an arrival, the same code may be shown by mistake.
    """

    officer: str
    rules: RuleCard
    key: bytes
    recent: timedelta = timedelta(seconds=15)


class Reception:
    """The desk's dealings with directory and log.

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
        self._unfinished: tuple[Record, Draft] | None = None

    def recognise(self, payload: bytes) -> Recognised:
        """Who is meant by a payload that was scanned."""
        credential = parse(payload)
        if credential.scheme is Scheme.SLIP and (code := slip.read(credential.stable)):
            return self._slip(credential, code)
        if credential.person is None or credential.scheme not in IDENTIFYING:
            return Recognised(credential, Standing.UNKNOWN)
        known = self._directory.find(credential.stable)
        kept = self._directory.remember(
            credential.scheme, credential.stable, credential.person, self._clock.now()
        )
        return self._met(credential, kept, returning=known is not None)

    def recognise_typed(self, typed: str) -> Recognised:
        """Who is meant by what was typed: a slip's short number, a document number, a code."""
        text = "".join(typed.split()).upper()
        if _SHORT_NUMBER.fullmatch(text):
            return self._numbered(text)
        if _DOCUMENT_NUMBER.fullmatch(text):
            typed_in = Credential(Scheme.TYPED, stable=text)
            kept = self._directory.find(text)
            if kept is None:
                return Recognised(typed_in, Standing.NOT_FOUND)
            return self._met(typed_in, kept, returning=True)
        return self.recognise(typed.encode("utf-8", "replace"))

    def record(self, record: Record) -> Entry:
        """Append what was decided. The same record, tried again, is the same entry."""
        if self._unfinished is None or self._unfinished[0] is not record:
            self._unfinished = (record, self._draft(record))
        entry = self._logbook.append(self._unfinished[1])
        if isinstance(record, RecordArrival) and record.who.person_id is not None:
            self._directory.set_kind(record.who.person_id, record.who.kind)
        self._unfinished = None
        return entry

    def undo(self, entry_id: str, reason: Reason) -> Entry | None:
        """Reverse an entry by a new one that names it; None where there is nothing to reverse."""
        wrong = self._logbook.entry(entry_id)
        if wrong is None or wrong.draft.corrects is not None or self._logbook.is_undone(entry_id):
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
            )
        )

    def today(self) -> date:
        """The local day."""
        return self._clock.now().astimezone(self._clock.zone()).date()

    def day_began(self) -> datetime:
        """When the local day began, aware."""
        local = self._clock.now().astimezone(self._clock.zone())
        return local.replace(hour=0, minute=0, second=0, microsecond=0)

    def at_desk(self, kept: KnownCredential) -> Recognised:
        """Who stands there with a slip that was issued just now."""
        return self._met(Credential(Scheme.SLIP), kept, returning=False)

    def _slip(self, credential: Credential, code: slip.SlipCode) -> Recognised:
        match slip.check(code, self.today(), self._desk.key):
            case slip.SlipFault.FORGED:
                return Recognised(credential, Standing.FORGED)
            case slip.SlipFault.OTHER_DAY:
                return self._other_day(credential, code.day)
            case None:
                kept = self._directory.find(code.text)
                if kept is None:
                    return Recognised(credential, Standing.NOT_FOUND)
                return self._met(credential, kept, returning=False)
            case fault:
                assert_never(fault)

    def _other_day(self, credential: Credential, day: date) -> Recognised:
        """A slip of another day lets nobody in, but whoever stayed inside may leave with it."""
        kept = self._directory.find(credential.stable)
        if kept is not None and self._logbook.open_visit(kept.holder.person_id):
            return self._met(credential, kept, returning=False)
        return Recognised(credential, Standing.OTHER_DAY, slip_day=day)

    def _numbered(self, number: str) -> Recognised:
        credential = Credential(Scheme.SLIP)
        kept = self._directory.find_number(number, self.today())
        if kept is None:
            return Recognised(credential, Standing.NOT_FOUND)
        return self._met(credential, kept, returning=False)

    def _met(
        self, credential: Credential, kept: KnownCredential, *, returning: bool
    ) -> Recognised:
        holder = kept.holder
        visit = self._logbook.open_visit(holder.person_id)
        used = kept.scheme is Scheme.SLIP and visit is None and self._served(kept)
        declared = self._directory.declaration(holder.person_id, self.day_began())
        last = self._logbook.last_visit(holder.person_id) if returning else None
        identity = last.arrival.draft.identity if last else None
        offered = declared.destination if declared else NOWHERE
        if not offered.known and identity is not None:
            offered = identity.destination
        return Recognised(
            credential=credential,
            standing=Standing.USED if used else Standing.RECOGNISED,
            person=credential.person or holder.person,
            person_id=holder.person_id,
            credential_id=kept.credential_id,
            kind=holder.kind,
            presence=self._presence(visit),
            declared=declared.declared if declared else Declared.NOT_YET,
            visits_before=self._logbook.visit_count(holder.person_id),
            destination=offered,
            slip_day=kept.day,
            slip_number=kept.number,
        )

    def _served(self, kept: KnownCredential) -> bool:
        return any(not visit.inside for visit in self._logbook.visits_with(kept.credential_id))

    def _presence(self, visit: Visit | None) -> Presence | None:
        if visit is None:
            return None
        draft = visit.arrival.draft
        stayed = self._clock.now() - draft.occurred_at
        return Presence(draft.visit_id, draft.occurred_at, recent=stayed < self._desk.recent)

    def _draft(self, record: Record) -> Draft:
        match record:
            case RecordArrival():
                return self._arrival(record)
            case RecordDeparture(who, presence):
                return self._blank(who, Direction.OUT, None, Reason.LEFT, presence.visit_id)
            case _:
                assert_never(record)

    def _arrival(self, record: RecordArrival) -> Draft:
        who, decision = record.who, record.decision
        blank = self._blank(who, Direction.IN, decision.verdict, decision.reason, self._new_id())
        if who.person is None:
            return blank
        identity = Identity(who.person, who.kind, record.destination)
        return replace(blank, identity=identity, health=record.checklist)

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
