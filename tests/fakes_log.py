"""The log, the directory and the clock in memory, and entries to put into them."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from kiosk.domain import log
from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.chain import Broken, Proved, Signed, joint_fingerprint
from kiosk.domain.credential import Scheme
from kiosk.domain.log import (
    Direction,
    Draft,
    Entry,
    Identity,
    Undone,
    Visit,
    from_text,
    to_text,
)
from kiosk.domain.person import Person, PersonKind, Sex, fold, may_be_same, names_agree, numbers_of
from kiosk.domain.refresh import refreshed
from kiosk.domain.screening import Checklist, Declared, Destination, RuleCard
from kiosk.ports.directory import MOST_WARDS, Declaration, Issue, Known, KnownCredential

MORNING = datetime(2026, 11, 22, 1, 12, 5, 120_000, tzinfo=UTC)
HONG = Person(
    name="Nguyễn Thị Hồng",
    id_number="091185000036",
    old_id_number="091234567",
    birth_date=date(1985, 3, 2),
    birth_year=1985,
    sex=Sex.FEMALE,
    address="Ấp 3, Xã Vĩnh Lợi, Huyện Châu Thành, Tỉnh Sóc Trăng",
    issued_on=date(2021, 5, 9),
    phone="+84912345678",
    health_insurance_number="GD4797934567890",
)
PLANNING = Destination("Phòng Kế hoạch", "Ông Đặng Văn Đạt", "Họp")
WELL = Checklist((366,), mask=True, hands=True, declared=Declared.CLEAR)
RULES = RuleCard(
    version="2022-04",
    health_step=True,
    fever_from=375,
    refer_from=380,
    rest_minutes=10,
    mask=True,
    hands=True,
    declaration=True,
    destination=True,
    legal_basis="Công văn 1",
)


@dataclass
class ManualClock:
    """A clock that goes on only when it is told to."""

    wall: datetime = MORNING
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.wall

    def steady(self) -> float:
        return self.seconds

    def zone(self) -> tzinfo:
        return UTC

    def pass_by(self, seconds: float) -> None:
        """Time passes, on the wall and in truth."""
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds


def new_id(at: datetime = MORNING) -> str:
    """Another id, each time."""
    return log.new_id(at, secrets.token_bytes(log.ID_RANDOM_BYTES))


def arrival(
    at: datetime = MORNING,
    *,
    person: Person | None = HONG,
    kind: PersonKind = PersonKind.VISITOR,
    destination: Destination = PLANNING,
    health: Checklist | None = WELL,
    verdict: Verdict = Verdict.ADMIT,
    reason: Reason = Reason.RULES_MET,
    person_id: str | None = "p1",
    credential_id: str | None = "c1",
    visit_id: str | None = None,
) -> Draft:
    """Somebody at the desk."""
    return Draft(
        entry_id=new_id(at),
        occurred_at=at,
        direction=Direction.IN,
        verdict=verdict,
        reason=reason,
        visit_id=visit_id or new_id(at),
        person_id=person_id,
        credential_id=credential_id,
        scheme=Scheme.CITIZEN_CARD,
        rules_version="2022-04",
        officer="Lê Hoa",
        identity=Identity(person, kind, destination) if person else None,
        health=health,
    )


def departure(came: Draft, at: datetime) -> Draft:
    """The same person leaves."""
    return replace(
        came,
        entry_id=new_id(at),
        occurred_at=at,
        direction=Direction.OUT,
        verdict=None,
        reason=Reason.LEFT,
        identity=None,
        health=None,
        noted_at=None,
    )


def undo(wrong: Draft, at: datetime) -> Draft:
    """It was a mistake."""
    return replace(
        wrong,
        entry_id=new_id(at),
        occurred_at=at,
        verdict=None,
        reason=Reason.UNDO_WRONG_KEY,
        corrects=wrong.entry_id,
        identity=None,
        health=None,
        noted_at=None,
    )


class FakeLogbook:
    """One gate's log in memory."""

    def __init__(self, gate_id: str = "G1") -> None:
        self.entries: list[Entry] = []
        self._gate_id = gate_id
        self._rules: dict[str, str] = {}

    def append(self, draft: Draft) -> Entry:
        if kept := self.entry(draft.entry_id):
            return kept
        seq = len(self.entries) + 1
        written = replace(
            draft, occurred_at=_kept(draft.occurred_at), noted_at=_kept(draft.noted_at)
        )
        digest = hashlib.sha256(f"{seq} {draft.entry_id}".encode()).hexdigest()
        self.entries.append(Entry(written, self._gate_id, seq, digest))
        return self.entries[-1]

    def entry(self, entry_id: str) -> Entry | None:
        return next((e for e in self.entries if e.draft.entry_id == entry_id), None)

    def is_undone(self, entry_id: str) -> bool:
        return any(e.draft.corrects == entry_id for e in self.entries)

    def latest(self, count: int) -> Sequence[Entry]:
        return tuple(reversed(self.entries))[:count]

    def visits(self, since: datetime, until: datetime) -> Sequence[Visit]:
        return log.in_order(
            [
                visit
                for visit in log.visits(self.entries)
                if to_text(since) <= to_text(visit.arrival.draft.occurred_at) < to_text(until)
            ]
        )

    def inside(self) -> Sequence[Visit]:
        return log.inside(self.entries)

    def oldest_inside(self, count: int) -> Sequence[Visit]:
        return sorted(self.inside(), key=lambda visit: visit.arrival.seq)[:count]

    def open_visits(self) -> frozenset[str]:
        return frozenset(visit.arrival.draft.visit_id for visit in self.inside())

    def count_inside(self) -> int:
        return len(self.inside())

    def count_arrivals(self, since: datetime, until: datetime) -> int:
        return len(log.of_somebody(self.visits(since, until)))

    def arrival(self, visit_id: str) -> Entry | None:
        return next(
            (
                e
                for e in reversed(self.entries)
                if e.draft.visit_id == visit_id
                and e.draft.direction is Direction.IN
                and e.draft.tells_of_passing
            ),
            None,
        )

    def open_visit(self, person_id: str) -> Visit | None:
        return self._newest(v for v in self.inside() if v.arrival.draft.person_id == person_id)

    def visits_with(self, credential_id: str) -> Sequence[Visit]:
        visits = log.visits(self.entries)
        shown = {
            e.draft.visit_id
            for e in self.entries
            if e.draft.credential_id == credential_id
            and e.draft.direction is Direction.IN
            and e.draft.tells_of_passing
            and not self.is_undone(e.draft.entry_id)
        }
        made = [v for v in visits if v.arrival.draft.visit_id in shown]
        return log.in_order(made)

    def visits_of(self, person_id: str, since: datetime | None = None) -> Sequence[Visit]:
        theirs = [
            visit
            for visit in log.visits(self.entries)
            if visit.arrival.draft.person_id == person_id
            and (since is None or visit.arrival.draft.occurred_at >= since)
        ]
        return log.in_order(theirs)

    def visit_count(self, person_id: str) -> int:
        return sum(v.arrival.draft.person_id == person_id for v in self._admitted())

    def last_visit(self, person_id: str) -> Visit | None:
        return self._newest(v for v in self._admitted() if v.arrival.draft.person_id == person_id)

    def last_arrival(self, person_id: str) -> Visit | None:
        visits = log.visits(self.entries)
        return self._newest(v for v in visits if v.arrival.draft.person_id == person_id)

    def find(self, words: str, since: datetime, until: datetime) -> Sequence[Visit]:
        wanted = fold(words).split()
        return log.in_order(
            [v for v in self.visits(since, until) if all(w in _searched(v) for w in wanted)]
        )

    def undone(self, since: datetime, until: datetime, words: str = "") -> Sequence[Undone]:
        by: dict[str, Entry] = {}
        for entry in self.entries:
            by.setdefault(entry.draft.corrects or "", entry)
        found = [
            Undone(e, by[e.draft.entry_id], (left and self.arrival(e.draft.visit_id)) or e)
            for e in self.entries
            if e.draft.tells_of_passing and e.draft.entry_id in by
            for left in [e.draft.direction is Direction.OUT]
            if to_text(since) <= to_text(e.draft.occurred_at) < to_text(until)
        ]
        wanted = fold(words).split()
        return sorted(
            (
                one
                for one in found
                if one.by.draft.reason is not Reason.PUT_RIGHT
                and all(word in _searched(Visit(one.arrival)) for word in wanted)
            ),
            key=lambda one: to_text(one.line.draft.occurred_at),
        )

    def keep_rules(self, rules: RuleCard, text: str, since: datetime) -> None:
        if self._rules.setdefault(rules.version, text) != text:
            raise ValueError(rules.version)

    def takes_rules(self, rules: RuleCard, text: str) -> bool:
        return self._rules.get(rules.version, text) == text

    def check(self, progress: Callable[[int], None] | None = None) -> Proved | Broken:
        return Proved(len(self.entries), self.fingerprint())

    def signed(self, fingerprint: str) -> Signed | None:
        for entry in self.entries:
            if joint_fingerprint([entry.hash]) == fingerprint:
                return Signed(entry.gate_id, entry.seq, to_text(entry.draft.occurred_at))
        return None

    def fingerprint(self) -> str:
        return joint_fingerprint([entry.hash for entry in self.entries[-1:]])

    def _admitted(self):
        visits = log.visits(self.entries)
        return [v for v in visits if v.arrival.draft.verdict is Verdict.ADMIT]

    @staticmethod
    def _newest(visits):
        return max(visits, key=lambda visit: visit.arrival.seq, default=None)


def _kept(moment: datetime | None) -> datetime | None:
    return moment and from_text(to_text(moment))


def _searched(visit: Visit) -> str:
    identity = visit.arrival.draft.identity
    if identity is None:
        return ""
    person, to = identity.person, identity.destination
    words = (person.name, person.id_number, person.old_id_number, person.phone, to.unit, to.host)
    return fold("\n".join(words))


class FakeDirectory:
    """The directory in memory."""

    def __init__(self) -> None:
        self._people: dict[str, Known] = {}
        self.seen: dict[str, datetime] = {}
        self.logbook: FakeLogbook | None = None
        self.answered: set[str] = set()
        self.said: dict[str, bool] = {}
        self.answered_visit: set[str] = set()
        self.took_back: set[str] = set()
        self._met = 0
        self._credentials: dict[str, KnownCredential] = {}
        self._declarations: list[tuple[str, Declaration]] = []

    def find(self, stable: str) -> KnownCredential | None:
        return self._fresh(self._credentials.get(stable))

    def find_number(self, number: str, day: date) -> KnownCredential | None:
        known = [c for c in self._credentials.values() if not c.revoked]
        kept = [c for c in known if (c.number, c.day) == (number, day)]
        return self._fresh(kept[-1] if kept else None)

    def find_emergency_slip(self, number: str) -> KnownCredential | None:
        kept = [
            c
            for c in self._credentials.values()
            if (c.scheme, c.number, c.revoked) == (Scheme.EMERGENCY_SLIP, number, False)
        ]
        return self._fresh(kept[-1] if kept else None)

    def find_alike(self, person: Person, since: datetime, but: str = "") -> Known | None:
        others = (k for k in reversed(self._people.values()) if self._offered(k, since, but))
        return next((known for known in others if may_be_same(person, known.person)), None)

    def _offered(self, known: Known, since: datetime, but: str) -> bool:
        """By name: who was seen since or is inside, staff, and who agreed or was never asked."""
        who = known.person_id
        here = self.seen[who] >= since and not self._took_back(who)
        here = here or (self.logbook and self.logbook.open_visit(who))
        remembered = self.said.get(who, not self._filled_in_a_form(who))
        return who != but and bool(here or known.kind is PersonKind.STAFF or remembered)

    def _took_back(self, person_id: str) -> bool:
        """By the newest answer about the visit; where nobody was asked for one, by the log."""
        if person_id in self.answered_visit:
            return person_id in self.took_back
        lines = self.logbook.latest(10_000) if self.logbook else ()
        said = (line.draft for line in lines if line.draft.reason is Reason.CONSENT_TAKEN_BACK)
        return any(draft.person_id == person_id for draft in said)

    def _filled_in_a_form(self, person_id: str) -> bool:
        slips = (c.holder.person_id for c in self._credentials.values() if c.scheme is Scheme.SLIP)
        forms = (who for who, _ in self._declarations)
        return person_id in {*slips, *forms, *self.answered}

    def find_namesake(self, person: Person, since: datetime, but: str = "") -> Known | None:
        name = fold(person.name)
        named = [k for k in self._people.values() if fold(k.person.name) == name != ""]
        others = [k for k in named if self._offered(k, since, but)]
        return others[0] if len(others) == 1 else None

    def find_invited(self, person: Person, day: date) -> KnownCredential | None:
        fresh = (self._fresh(kept) for kept in reversed(self._credentials.values()))
        return next(
            (
                kept
                for kept in fresh
                if kept.scheme is Scheme.INVITATION
                and not kept.revoked
                and kept.day <= day <= kept.until
                and fold(kept.holder.person.name) == fold(person.name)
            ),
            None,
        )

    def remember(
        self,
        scheme: Scheme,
        stable: str,
        person: Person,
        at: datetime,
        person_id: str | None = None,
    ) -> KnownCredential:
        kept = self.find(stable)
        by_number = (self.find_person(number) for number in numbers_of(person))
        told = self._people.get(person_id or "")
        known = kept.holder if kept else told or next((k for k in by_number if k), None)
        holder = self._refresh(known, person, at) if known else self._new(person, at)
        if kept is None:
            kept = KnownCredential(f"c{len(self._credentials)}", holder, scheme)
        self._credentials[stable] = replace(kept, holder=holder, scheme=scheme)
        return self._credentials[stable]

    def hand_over(self, credential_id: str, person_id: str, at: datetime) -> None:
        stable = next(s for s, c in self._credentials.items() if c.credential_id == credential_id)
        same, known = self._credentials[stable].holder, self._people[person_id]
        if same.person_id == person_id:
            return
        for other, kept in self._credentials.items():
            if kept.holder.person_id == same.person_id:
                self._credentials[other] = replace(kept, holder=known)
        moved = {same.person_id: person_id}
        self._declarations = [(moved.get(who, who), d) for who, d in self._declarations]
        was = self._people.pop(same.person_id)
        if was.kind is PersonKind.STAFF:
            self.set_kind(person_id, PersonKind.STAFF)
        self._refresh(self._people[person_id], was.person, at)

    def give(self, credential_id: str, person_id: str) -> None:
        for stable, kept in self._credentials.items():
            if kept.credential_id == credential_id:
                self._credentials[stable] = replace(kept, holder=self._people[person_id])

    def issue(self, new: Issue, holder: Known, at: datetime) -> KnownCredential:
        credential_id = f"c{len(self._credentials)}"
        kept = KnownCredential(
            *(credential_id, holder, new.scheme, new.day, new.number, new.until),
            destination=new.destination,
        )
        self._credentials[new.stable] = kept
        return kept

    def revoke(self, stable: str, at: datetime) -> KnownCredential | None:
        if stable in self._credentials:
            self._credentials[stable] = replace(self._credentials[stable], revoked=True)
        return self.find(stable)

    def revoke_all(self, person_id: str, scheme: Scheme, at: datetime) -> int:
        held = [
            stable
            for stable, kept in self._credentials.items()
            if (kept.holder.person_id, kept.scheme, kept.revoked) == (person_id, scheme, False)
        ]
        for stable in held:
            self.revoke(stable, at)
        return len(held)

    def add(self, person: Person, at: datetime, person_id: str | None = None) -> Known:
        if person_id is not None:
            return self._refresh(self._people[person_id], person, at)
        kept = self.find_person(person.id_number)
        if kept is not None and names_agree(kept.person.name, person.name):
            return self._refresh(kept, person, at)
        return self._new(person, at)

    def find_person(self, number: str) -> Known | None:
        people = [*reversed(self._people.values())] if number else []
        now = (known for known in people if known.person.id_number == number)
        before = (known for known in people if known.person.old_id_number == number)
        insured = (k for k in people if k.person.health_insurance_number[-10:] == number)
        return next(now, None) or next(before, None) or next(insured, None)

    def known(self, person_id: str) -> Known | None:
        return self._people.get(person_id)

    def correct(self, person_id: str, person: Person) -> None:
        self._people[person_id] = replace(self._people[person_id], person=person)

    @contextmanager
    def together(self) -> Iterator[None]:
        before = copy(self._people), copy(self._credentials), copy(self._declarations)
        try:
            yield
        except BaseException:
            self._people, self._credentials, self._declarations = before
            raise

    def _new(self, person: Person, at: datetime) -> Known:
        self._met += 1
        new = Known(f"p{self._met}", person, PersonKind.VISITOR)
        self.seen[new.person_id] = at
        self._people[new.person_id] = new
        return new

    def set_kind(self, person_id: str, kind: PersonKind) -> None:
        if known := self._people.get(person_id):
            self._people[person_id] = replace(known, kind=kind)

    def slips_on(self, day: date) -> int:
        of_day = (c.number for c in self._credentials.values() if c.day == day and c.number)
        return max((int(number[:-1]) for number in of_day), default=0)

    def declare(self, person_id: str, declaration: Declaration) -> None:
        self._declarations.append((person_id, declaration))

    def wards(self, province: str) -> list[str]:
        said = [dict(declaration.answers) for _, declaration in self._declarations]
        named = Counter(
            answers["ward"]
            for answers in said
            if "ward" in answers and province in ("", answers.get("province", ""))
        )
        return sorted(named, key=lambda ward: (-named[ward], ward))[:MOST_WARDS]

    def declaration(self, person_id: str, since: datetime) -> Declaration | None:
        made = [d for who, d in self._declarations if who == person_id and d.made_at >= since]
        return max(reversed(made), key=lambda d: d.made_at, default=None)

    def _refresh(self, known: Known, said: Person, at: datetime) -> Known:
        self.seen[known.person_id] = at
        self._people[known.person_id] = replace(known, person=refreshed(known.person, said))
        return self._people[known.person_id]

    def _fresh(self, kept: KnownCredential | None) -> KnownCredential | None:
        return kept and replace(kept, holder=self._people[kept.holder.person_id])
