"""Who stands at the desk: asks the directory and the log, and writes nothing."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kiosk.domain import issued
from kiosk.domain.credential import IDENTIFYING, Credential, Scheme, Verified
from kiosk.domain.issued import IssuedCode, IssuedFault
from kiosk.domain.person import Person, numbers_of
from kiosk.domain.recognition import Likely, Recognised, Standing
from kiosk.domain.screening import Declared, RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, Known, KnownCredential
from kiosk.ports.logbook import Logbook
from kiosk.services.credential_reader import CredentialReader
from kiosk.services.standing import (
    NOBODYS,
    asked,
    compared,
    first_known,
    in_force,
    just_left,
    mistyped,
    of_age,
    offered,
    present,
    rested,
    shown,
)

_FAULTS = {IssuedFault.FORGED: Standing.FORGED, IssuedFault.ALTERED: Standing.ALTERED}
_FOR_ONE_VISIT = frozenset({Scheme.SLIP, Scheme.EMERGENCY_SLIP})
_SHORT_NUMBER = re.compile(f"[0-9]{{4,6}}[{issued.ALPHABET}]")
_DOCUMENT_NUMBER = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,20}")
_USED_TODAY = "invitation_used_today"
_LONGEST_STAY = 7
"""So many days back the short number of somebody who is still inside is looked for."""


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


class Recogniser:
    """Answers who is meant by what was shown or typed.

    Thread: the storage thread only. Every method may raise LogbookError.
    """

    def __init__(
        self,
        logbook: Logbook,
        directory: Directory,
        clock: Clock,
        desk: Desk,
        reader: CredentialReader,
    ) -> None:
        self._logbook = logbook
        self._directory = directory
        self._clock = clock
        self._desk = desk
        self._reader = reader

    def recognise(self, payload: bytes) -> Recognised:
        """Who is meant by a payload that was scanned."""
        credential = self._reader.read(payload)
        if code := issued.read(credential.stable):
            return self._issued(credential, code)
        if credential.chunk is not None:
            return Recognised(credential, Standing.PARTIAL)
        if credential.verified is Verified.BROKEN:
            return Recognised(credential, Standing.BROKEN)
        if credential.person is None or credential.scheme not in IDENTIFYING:
            return Recognised(credential, Standing.UNKNOWN)
        kept = self._directory.find(credential.stable) if credential.stable else None
        holder = kept.holder if kept else self._by_number(credential.person)
        met = self._met(credential, holder, kept)
        if not holder and (alike := self._alike(credential.person, credential.stable)):
            return replace(met, likely=self._likely(met, alike, None))
        return self._expected(met, credential.person)

    def _alike(self, person: Person, stable: str) -> Known | None:
        """Who may be the same; where no code tells people apart, by name alone who is inside."""
        if (alike := self._directory.find_alike(person, self.day_began())) or stable:
            return alike
        namesake = self._directory.find_namesake(person, self.day_began())
        return namesake if namesake and self._is_inside(namesake.person_id) else None

    def _expected(self, met: Recognised, person: Person) -> Recognised:
        """With the invitation for somebody of this name, where one is in force today."""
        invited = self._directory.find_invited(person, self.today()) if not met.presence else None
        if invited is None:
            return met
        guest, known_as = invited.holder, met.person_id
        if guest.person_id == known_as:
            return replace(met, destination=first_known(invited.destination, met.destination))
        if known_as is None or self._is_inside(guest.person_id):
            # whoever is inside by it leaves first: two open visits of one person never close
            then = self._likely(met, guest, None).then
        else:
            then = replace(met, credential_id=invited.credential_id, tied=True)
        there = first_known(invited.destination, then.destination)
        return replace(met, likely=Likely(guest.person, replace(then, destination=there)))

    def _by_number(self, person: Person) -> Known | None:
        """Somebody known by another credential of theirs."""
        found = (self._directory.find_person(number) for number in numbers_of(person))
        return next((known for known in found if known is not None), None)

    def recognise_typed(self, typed: str) -> Recognised:
        """Who is meant by what was typed: a slip's short number, a document number, a code.

        What is nobody's was mistyped: unlike a code that is shown, it says nothing of a visitor.
        """
        who = self._typed(typed)
        return mistyped(who, typed) if who.standing in NOBODYS else who

    def _typed(self, typed: str) -> Recognised:
        text = "".join(typed.split()).upper()
        if _SHORT_NUMBER.fullmatch(text):
            return self._numbered(text)
        if issued.read(text):
            return self.recognise(text.encode())
        if _DOCUMENT_NUMBER.fullmatch(text):
            typed_in = Credential(Scheme.TYPED, stable=text)
            kept = self._directory.find(text)
            holder = kept.holder if kept else self._directory.find_person(text)
            if holder is None:
                return Recognised(typed_in, Standing.NOT_FOUND)
            return self._met(typed_in, holder, kept)
        return self.recognise(typed.encode("utf-8", "replace"))

    def at_desk(self, kept: KnownCredential) -> Recognised:
        """Who stands there with a slip that was issued just now, to come in."""
        met = self._met(Credential(Scheme.SLIP), kept.holder, kept)
        met = replace(met, presence=asked(met.presence), just_left=False)
        guest = kept.holder
        alike = self._directory.find_alike(guest.person, self.day_began(), guest.person_id)
        return self._perhaps(met, kept, alike)

    def _perhaps(self, met: Recognised, kept: KnownCredential, alike: Known | None) -> Recognised:
        """With the question whether this is `alike`, where the holder was never here before."""
        if alike is None or met.presence or met.visits_before:
            return met
        return replace(met, likely=self._likely(met, alike, kept))

    def _likely(self, met: Recognised, alike: Known, kept: KnownCredential | None) -> Likely:
        """`met` as somebody who is known by another credential; what the form said stays."""
        same = replace(self._met(met.credential, alike, kept), tied=True)
        if kept is not None:
            said = met.destination if met.destination.known else same.destination
            declared, presence = met.declared, asked(same.presence)
            same = replace(same, declared=declared, destination=said, presence=presence)
        return Likely(alike.person, same)

    def today(self) -> date:
        """The local day."""
        return self._clock.now().astimezone(self._clock.zone()).date()

    def day_began(self) -> datetime:
        """When the local day began, aware."""
        local = self._clock.now().astimezone(self._clock.zone())
        return local.replace(hour=0, minute=0, second=0, microsecond=0)

    def _issued(self, credential: Credential, code: IssuedCode) -> Recognised:
        """A code of ours. Whoever is inside may leave with any that was once theirs."""
        if fault := issued.check(code, self._desk.key):
            return Recognised(credential, _FAULTS[fault])
        kept = self._directory.find(code.text)
        standing = in_force(code, kept, self.today())
        if kept is None:
            genuine = standing is Standing.RECOGNISED
            return Recognised(
                credential, Standing.NOT_FOUND if genuine else standing, slip_day=code.day
            )
        if standing is Standing.RECOGNISED:
            return self._in_use(credential, kept)
        if self._is_inside(kept.holder.person_id):
            return self._leaving(credential, kept)
        day = kept.until if standing is Standing.OVER else code.day
        return Recognised(credential, standing, slip_day=day, slip_number=kept.number)

    def _numbered(self, number: str) -> Recognised:
        credential, today = Credential(Scheme.SLIP), self.today()
        if kept := self._directory.find_number(number, today):
            return self._in_use(credential, kept)
        for days in range(1, _LONGEST_STAY + 1):
            kept = self._directory.find_number(number, today - timedelta(days=days))
            if kept is not None and self._is_inside(kept.holder.person_id):
                return self._leaving(credential, kept)
        if kept := self._directory.find_emergency_slip(number):
            return self._in_use(credential, kept)
        return Recognised(credential, Standing.NOT_FOUND)

    def _in_use(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """A genuine code that serves today."""
        if kept.scheme is Scheme.EMERGENCY_SLIP:
            return self._paper(replace(credential, scheme=kept.scheme), kept)
        if kept.scheme is Scheme.INVITATION:
            return self._invited(replace(credential, scheme=kept.scheme), kept)
        return self._met(credential, kept.holder, kept)

    def _invited(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """An invitation: for its days, out for lunch and in again, but it can be sent on.

        So nobody is let out by it without a question, and where it was used today the desk says
        so before whoever shows it comes in.
        """
        guest, began = kept.holder, self.day_began()
        visits = self._logbook.visits_with(kept.credential_id)
        if any(visit.arrival.draft.occurred_at >= began for visit in visits):
            credential = replace(credential, warnings=(*credential.warnings, _USED_TODAY))
        met = self._met(credential, guest, kept)
        if met.presence:
            return replace(met, presence=asked(met.presence))
        said = guest.person, began, guest.person_id
        alike = self._directory.find_alike(*said) or self._directory.find_namesake(*said)
        return self._perhaps(met, kept, alike)

    def _paper(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """An emergency slip: blank for the desk until it is entered, and then for one visit."""
        visits = self._logbook.visits_with(kept.credential_id)
        if not visits:
            blank = Recognised(credential, Standing.UNASSIGNED, credential_id=kept.credential_id)
            return replace(blank, slip_day=kept.day, slip_number=kept.number)
        met = self._met(credential, kept.holder, kept)
        if met.presence:  # going now, or once more through the pile?
            return replace(met, presence=replace(met.presence, recent=True, overnight=False))
        last = visits[-1].arrival.draft
        today = last.noted_at is not None and last.noted_at >= self.day_began()
        return replace(
            met,
            standing=Standing.ENTERED if today else Standing.USED,
            last_here=last.occurred_at,
            noted_at=last.noted_at,
        )

    def _leaving(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """Who may leave with a slip of another day, and do nothing else."""
        met = self._met(credential, kept.holder, kept)
        sent_on = kept.scheme is Scheme.INVITATION  # perhaps: so it is asked
        presence = met.presence and replace(met.presence, overnight=False, recent=sent_on)
        return replace(met, presence=presence)

    def _met(
        self, credential: Credential, holder: Known | None, kept: KnownCredential | None
    ) -> Recognised:
        """Who stands there, as far as the directory knows; nothing is written before `record`."""
        credential = of_age(credential, holder, self.today())
        if holder is None:
            return Recognised(credential, Standing.RECOGNISED, credential.person)
        visit = self._logbook.open_visit(holder.person_id)
        declared = self._directory.declaration(holder.person_id, self.day_began())
        last = self._logbook.last_visit(holder.person_id)
        newest = self._logbook.last_arrival(holder.person_id)
        met = Recognised(
            credential=compared(credential, holder.person),
            standing=Standing.RECOGNISED,
            person=shown(credential, holder.person),
            person_id=holder.person_id,
            kind=holder.kind,
            presence=present(visit, self._clock.now(), self.day_began(), self._desk.recent),
            declared=declared.declared if declared else Declared.NOT_YET,
            visits_before=self._logbook.visit_count(holder.person_id),
            destination=offered(last, declared, kept),
            last_here=last.arrival.draft.occurred_at if last else None,
            rested=rested(newest, self.day_began(), self._desk.rules),
            just_left=just_left(last, self._clock.now(), self._desk.recent),
        )
        if kept is None:
            return met
        used = kept.scheme in _FOR_ONE_VISIT and visit is None and self._served(kept)
        return replace(
            met,
            standing=Standing.USED if used else Standing.RECOGNISED,
            credential_id=kept.credential_id,
            slip_day=kept.day,
            slip_number=kept.number,
        )

    def _is_inside(self, person_id: str | None) -> bool:
        return person_id is not None and self._logbook.open_visit(person_id) is not None

    def _served(self, kept: KnownCredential) -> bool:
        visits = self._logbook.visits_with(kept.credential_id)
        return any(visit.departure is not None for visit in visits)
