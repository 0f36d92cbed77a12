"""Entered later: keeps what was written while the computer was dead, under the times on paper."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.admission import Decision, Reason, Verdict, decide, refusal
from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.log import (
    ID_RANDOM_BYTES,
    Closing,
    Direction,
    Draft,
    Entry,
    Identity,
    Visit,
    new_id,
)
from kiosk.domain.person import fold, names_agree
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import Checklist
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, Known
from kiosk.ports.logbook import Logbook
from kiosk.services.late_paper import LateFault, Paper, left_at, moment
from kiosk.services.reception import Entropy
from kiosk.services.recogniser import Desk

FORGOTTEN = Recognised(Credential(Scheme.TYPED), Standing.UNASSIGNED)
"""Who came without a slip and was not entered."""

_A_MINUTE = timedelta(minutes=1)


class _InTheWayError(Exception):
    """Another visit stands where this one would; takes back what was kept for it."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit


class LateEntries:
    """Keeps what has no faults.

    Thread: the storage thread only. Every method may raise LogbookError; the same call, tried
    again, is the same entries.
    """

    def __init__(
        self, logbook: Logbook, directory: Directory, clock: Clock, entropy: Entropy, desk: Desk
    ) -> None:
        self._logbook = logbook
        self._directory = directory
        self._clock = clock
        self._entropy = entropy
        self._desk = desk
        self._unfinished: tuple[object, tuple[Draft, ...]] | None = None

    def take(self, paper: Paper, shown: Recognised) -> Entry | Visit:
        """The arrival, kept with its departure; or the visit that stands in the way.

        That is one that was entered for this slip before, or one that began later and lasts: then
        the time out is missing.

        Args:
            paper: has no faults.
            shown: the slip, or FORGOTTEN.
        """
        asked = (paper, shown)
        if self._unfinished is None or self._unfinished[0] != asked:
            credential_id = shown.credential_id
            before = self._logbook.visits_with(credential_id) if credential_id else ()
            if before:
                return before[-1]
            try:
                with self._directory.together():
                    drafts = self._kept(paper, shown)
            except _InTheWayError as problem:  # nothing was kept: the slip is still nobody's
                return problem.visit
            self._unfinished = (asked, drafts)
        entries = [self._logbook.append(draft) for draft in self._unfinished[1]]
        self._unfinished = None
        return next(entry for entry in entries if entry.draft.identity is not None)

    def leave(self, visit: Visit, day: str, clock: str) -> Entry | None:
        """The departure of somebody who has left; None where it was recorded meanwhile.

        `day` and `clock` have no `departure_fault`.
        """
        came = visit.arrival.draft
        asked = (came.entry_id, day, clock)
        if self._unfinished is None or self._unfinished[0] != asked:
            if came.visit_id not in {v.arrival.draft.visit_id for v in self._logbook.inside()}:
                return None
            left = self._out(came, self._at(day, clock), Reason.LEFT)
            self._unfinished = (asked, (left,))
        entry = self._logbook.append(self._unfinished[1][0])
        self._unfinished = None
        return entry

    def close_unseen(self, visit: Visit) -> int:
        """End an open visit of which nobody knows when it ended; 1, or 0 where it has ended."""
        visit_id = visit.arrival.draft.visit_id
        return self._close(lambda came: came.visit_id == visit_id)

    def close_earlier_days(self) -> int:
        """End every visit that was left open before today; how many."""
        began = self.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return self._close(lambda came: came.occurred_at < began)

    def _close(self, ended: Callable[[Draft], bool]) -> int:
        left_open = [v for v in self._logbook.inside() if ended(v.arrival.draft)]
        self.end_unseen(left_open)
        return len(left_open)

    def end_unseen(self, left_open: Sequence[Visit]) -> None:
        """End these visits; nobody knows when they ended."""
        for visit in left_open:
            left = self._out(visit.arrival.draft, self._clock.now(), Reason.NOT_CHECKED_OUT)
            self._logbook.append(replace(left, noted_at=None))  # its time says nothing

    def now(self) -> datetime:
        """Local time, aware."""
        return self._clock.now().astimezone(self._clock.zone())

    def _kept(self, paper: Paper, shown: Recognised) -> tuple[Draft, ...]:
        holder = self._holder(paper, shown)
        visit = self._logbook.open_visit(holder.person_id) if paper.admitted else None
        if visit and self._lasts(visit, paper):
            raise _InTheWayError(visit)
        if paper.admitted and (other := self._meanwhile(holder, paper, shown)):
            raise _InTheWayError(other)
        return tuple(self._drafts(paper, shown, holder, visit))

    def _meanwhile(self, holder: Known, paper: Paper, shown: Recognised) -> Visit | None:
        """A visit of theirs that ended within this one: nobody is inside twice.

        Somebody without a slip and a number is new each time: the same name at the same minute is
        the same person.
        """
        came = self._at(paper.day, paper.time_in)
        left = self._left(paper) if paper.has_left else self.now()
        if shown.credential_id is None:
            for twin in self._logbook.visits(came, came + _A_MINUTE):
                draft = twin.arrival.draft
                name = draft.identity.person.name if draft.identity else ""
                same = fold(name) == fold(paper.person.name) and draft.occurred_at == came
                if same and draft.verdict is Verdict.ADMIT:
                    return twin
        for visit in self._logbook.visits_of(holder.person_id):
            ended = visit.departure if visit.closing is Closing.DEPARTURE else None
            if visit.arrival.draft.verdict is not Verdict.ADMIT or ended is None:
                continue
            if visit.arrival.draft.occurred_at < left and ended.draft.occurred_at > came:
                return visit
        return None

    def _lasts(self, visit: Visit, paper: Paper) -> bool:
        came = self._at(paper.day, paper.time_in)
        return visit.arrival.draft.occurred_at >= came and not paper.has_left

    def _holder(self, paper: Paper, shown: Recognised) -> Known:
        """Whose slip it is from now on; no visit that stands was made with it."""
        now, person = self._clock.now(), paper.person
        with self._directory.together():
            day = shown.slip_day
            slip = self._directory.find_number(shown.slip_number, day) if day else None
            before = slip.holder.person.name if slip else ""
            same = slip is not None and before != "" and names_agree(before, person.name)
            known = paper.person_id or (slip.holder.person_id if slip and same else None)
            holder = self._directory.add(person, now, known)
            if slip is not None and not before:
                self._directory.hand_over(slip.credential_id, holder.person_id, now)
            elif slip is not None and not same:  # it was entered under a wrong name, and undone
                self._directory.give(slip.credential_id, holder.person_id)
            return holder

    def _drafts(
        self, paper: Paper, shown: Recognised, holder: Known, visit: Visit | None
    ) -> Iterator[Draft]:
        came = self._at(paper.day, paper.time_in)
        if visit is not None and visit.arrival.draft.occurred_at < came:
            yield self._out(visit.arrival.draft, came, Reason.NOT_CHECKED_OUT)
        checklist = paper.checklist
        decision = self._decision(paper, holder, checklist)
        arrival = Draft(
            entry_id=self._new_id(),
            occurred_at=came,
            direction=Direction.IN,
            verdict=decision.verdict,
            reason=decision.reason,
            visit_id=self._new_id(),
            person_id=holder.person_id,
            credential_id=shown.credential_id,
            scheme=shown.credential.scheme,
            rules_version=self._desk.rules.version,
            officer=self._desk.officer,
            identity=Identity(paper.person, holder.kind, paper.destination),
            health=checklist if self._desk.rules.health_step else None,
            noted_at=self._clock.now(),
        )
        yield arrival
        if paper.admitted and paper.has_left:
            yield self._out(arrival, self._left(paper), Reason.LEFT)

    def _decision(self, paper: Paper, holder: Known, checklist: Checklist) -> Decision:
        """What was decided on paper; the rules name the reason where they say the same."""
        if paper.refused_for is not None and not paper.admitted:
            return refusal(paper.refused_for)
        ruled = decide(holder.kind, checklist, paper.destination, self._desk.rules)
        if isinstance(ruled, Decision) and (ruled.verdict is Verdict.ADMIT) == paper.admitted:
            return ruled
        said = Verdict.ADMIT if paper.admitted else Verdict.REFUSE
        return Decision(said, Reason.ENTERED_LATER)

    def _out(self, came: Draft, at: datetime, reason: Reason) -> Draft:
        return replace(
            came,
            entry_id=self._new_id(),
            occurred_at=max(at, came.occurred_at),  # a hand writes no seconds
            direction=Direction.OUT,
            verdict=None,
            reason=reason,
            rules_version=self._desk.rules.version,
            officer=self._desk.officer,
            identity=None,
            health=None,
            noted_at=self._clock.now(),
        )

    def _at(self, day: str, clock: str) -> datetime:
        return self._sound(moment(day, clock, self.now()))

    def _left(self, paper: Paper) -> datetime:
        return self._sound(left_at(paper, self.now()))

    @staticmethod
    def _sound(at: datetime | LateFault) -> datetime:
        if not isinstance(at, datetime):
            raise TypeError(at)
        return at.astimezone(UTC)

    def _new_id(self) -> str:
        return new_id(self._clock.now(), self._entropy(ID_RANDOM_BYTES))
