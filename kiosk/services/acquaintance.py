"""What directory and log know of somebody who was found: is it them, and are they here?"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.domain import issued
from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.recognition import Likely, Presence, Recognised, Rested, Standing
from kiosk.domain.screening import Declared, RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, Known, KnownCredential
from kiosk.ports.logbook import Logbook
from kiosk.services.standing import (
    asked,
    compared,
    just_left,
    of_age,
    offered,
    present,
    rested,
    sent_away,
    shown,
)

_FOR_ONE_VISIT = frozenset({Scheme.SLIP, Scheme.EMERGENCY_SLIP})


class Acquaintance:
    """Asks, and writes nothing.

    Thread: the storage thread only. Every method may raise LogbookError.
    """

    def __init__(
        self,
        logbook: Logbook,
        directory: Directory,
        clock: Clock,
        rules: RuleCard,
        spans: tuple[timedelta, timedelta],
    ) -> None:
        """Ask nothing yet.

        Args:
            logbook: who is inside, and when they were here.
            directory: who is known.
            clock: of the desk.
            rules: the rule card in force.
            spans: after an arrival and after a departure, as `Desk.recent` and `Desk.leaving`.
        """
        self._logbook = logbook
        self._directory = directory
        self._clock = clock
        self._rules = rules
        self._recent, self._leaving = spans

    def perhaps(self, met: Recognised, kept: KnownCredential, alike: Known | None) -> Recognised:
        """With the question whether this is `alike`, where the holder was never here before."""
        if alike is None or met.presence or met.visits_before:
            return met
        return replace(met, likely=self.likely(met, alike, kept))

    def likely(self, met: Recognised, alike: Known, kept: KnownCredential | None) -> Likely:
        """`met` as somebody who is known by another credential; what the form said stays."""
        same = replace(self.met(met.credential, alike, kept), tied=True)
        if same.rested is None:  # put aside before anybody asked whether it is them
            same = replace(same, rested=met.rested)
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

    def met(
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
        now = self._clock.now()
        shown_at = credential.shown_at or now
        resting = rested(newest, self.day_began(), self._rules)
        today = self._logbook.visits_of(holder.person_id, self.day_began())
        met = Recognised(
            credential=compared(credential, holder.person),
            standing=Standing.RECOGNISED,
            person=shown(credential, holder.person),
            person_id=holder.person_id,
            kind=holder.kind,
            presence=present(visit, shown_at, self.day_began(), self._recent),
            declared=declared.declared if declared else Declared.NOT_YET,
            visits_before=self._logbook.visit_count(holder.person_id),
            destination=offered(last, declared, kept),
            last_here=last.arrival.draft.occurred_at if last else None,
            rested=resting,
            sent_away=sent_away(today, resting),
            just_left=just_left(last, now, shown_at, self._leaving),
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

    def again(self, who: Recognised) -> Recognised:
        """Somebody who is being served, as they are known now: a line was put right or undone.

        What was decided at the desk stays: staff or visitor, tied, that they arrive anew.
        """
        now, likely = self._known_now(who), who.likely
        if who.presence is not None:
            now = replace(now, presence=self._presence_now(now))
        if likely is None:
            return now
        then = self._known_now(likely.then)
        then = replace(then, presence=self._presence_now(then), rested=then.rested or now.rested)
        theirs = likely.then.person_id
        known = self._directory.known(theirs) if theirs and theirs != who.person_id else None
        return replace(now, likely=Likely(known.person if known else likely.known, then))

    def _known_now(self, who: Recognised) -> Recognised:
        code = issued.read(who.credential.stable)  # only a code of ours is taken back
        kept = self._directory.find(code.text) if code else None
        revoked = kept is not None and kept.revoked
        standing = Standing.REVOKED if revoked else who.standing
        holder = self._directory.known(who.person_id) if who.person_id else None
        if holder is None:
            return replace(who, standing=standing)
        met = self.met(who.credential, holder, None)
        # the rest of somebody tied was before they were, under the other id
        resting = met.rested or (self._still_rests(who) if who.tied else None)
        return replace(
            who,
            credential=met.credential,
            standing=standing,
            person=met.person,
            person_id=met.person_id,
            visits_before=met.visits_before,
            last_here=met.last_here,
            rested=resting,
            sent_away=met.sent_away,
        )

    def _still_rests(self, who: Recognised) -> Rested | None:
        """After what reading they rest, unless that has been undone."""
        if who.rested is None:
            return None
        arrival = self._logbook.arrival(who.rested.visit_id)
        undone = arrival is None or self._logbook.is_undone(arrival.draft.entry_id)
        return None if undone else who.rested

    def _presence_now(self, who: Recognised) -> Presence | None:
        visit = self._logbook.open_visit(who.person_id) if who.person_id else None
        if visit is None or (
            who.presence is not None and who.presence.visit_id == visit.arrival.draft.visit_id
        ):
            return who.presence if visit else None
        shown_at = who.credential.shown_at or self._clock.now()
        return present(visit, shown_at, self.day_began(), self._recent)

    def is_inside(self, person_id: str | None) -> bool:
        """Whether somebody is in the building now."""
        return person_id is not None and self._logbook.open_visit(person_id) is not None

    def _served(self, kept: KnownCredential) -> bool:
        visits = self._logbook.visits_with(kept.credential_id)
        return any(visit.departure is not None for visit in visits)
