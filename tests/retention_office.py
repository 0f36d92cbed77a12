"""An office whose days pass, over a real file: people come, leave, agree, and are erased."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kiosk.adapters.sqlite.store import Store
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.credential import Scheme
from kiosk.domain.log import Draft
from kiosk.domain.person import Person
from kiosk.domain.retention import Periods
from kiosk.domain.screening import Declared
from kiosk.ports.directory import Declaration, Issue
from kiosk.services.late_entry import LateEntries
from kiosk.services.recogniser import Desk
from kiosk.services.retention import Progress, Retention
from tests.fakes_log import PLANNING, RULES, ManualClock, arrival, departure
from tests.stores import opened

PERIODS = Periods(identity=30, health=21, directory=365, proof=730)
DESK = Desk("Trực ban", RULES, b"k" * 32)
A_DAY = 24 * 3600


def somebody(number: int, mark: str = "Zừng") -> Person:
    """A person all of whose texts hold `mark` and the number."""
    return Person(
        f"{mark} Văn {number:05d}",
        id_number=f"0912{number + 3456789:08d}",
        old_id_number=f"91{number + 2345678:07d}",
        phone=f"+8498{number + 1234567:07d}",
        birth_year=1980,
        address=f"Ấp {mark} {number:05d}",
        health_insurance_number=f"GD479{number + 7934567890:010d}",
        organisation=f"Công ty {mark} {number:05d}",
    )


class Office:
    """A store that is open, its clock and its erasing."""

    def __init__(self, store: Store, clock: ManualClock, periods: Periods = PERIODS) -> None:
        self.store = store
        self.clock = clock
        self.late = LateEntries(store.logbook, store.directory, clock, secrets.token_bytes, DESK)
        self.retention = Retention(store.logbook, store.eraser, self.late, clock, periods)

    def comes(self, person: Person, *, leaves: bool = True) -> Draft:
        """With a citizen card."""
        now = self.clock.now()
        kept = self.store.directory.remember(Scheme.CITIZEN_CARD, person.id_number, person, now)
        known = {"person_id": kept.holder.person_id, "credential_id": kept.credential_id}
        came = arrival(now, person=person, **known)
        self.store.logbook.append(came)
        if leaves:
            self.store.logbook.append(departure(came, now))
        return came

    def declares(self, person: Person, *, remembered: bool | None = None, by: str = "") -> str:
        """On the form: declaration, consent, slip."""
        now, day = self.clock.now(), self.clock.now().date()
        holder = self.store.directory.add(person, now)
        answers = (("travel_where", person.address), ("spoken_by", by))
        said = Declaration(now, Declared.CLEAR, answers, PLANNING, "2026-12")
        self.store.directory.declare(holder.person_id, said)
        slip = Issue(Scheme.SLIP, secrets.token_hex(8), day, day, "0012K")
        self.store.directory.issue(slip, holder, now)
        agreed = Consent(now, Purpose.VISIT, True, "2026-12 x 30", "vi", by, "Trực ban")
        self.store.consents.agree(holder.person_id, agreed)
        if remembered is not None:
            self.store.consents.agree(
                holder.person_id, replace(agreed, purpose=Purpose.REMEMBERED, given=remembered)
            )
        return holder.person_id

    def rows(self, table: str) -> int:
        """How many there are."""
        return int(self.store.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def night(self, days: int = 1) -> Progress:
        """Days pass; then what is over is erased."""
        self.clock.pass_by(days * A_DAY)
        return self.retention.to_the_end()

    def nights(self, days: int, stride: int = 1) -> None:
        """Day after day, or every so many days, as at a desk that is open then."""
        for passed in range(0, days, stride):
            assert self.night(min(stride, days - passed)) is Progress.DONE


@contextmanager
def office(
    path: Path, clock: ManualClock | None = None, periods: Periods = PERIODS
) -> Iterator[Office]:
    """The office in this folder."""
    clock = clock or ManualClock()
    with opened(path, clock) as store:
        yield Office(store, clock, periods)


def bytes_of(path: Path) -> bytes:
    """Everything that lies in the folder, the office's key and settings included."""
    return b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())


def moved(clock: ManualClock, **by: float) -> ManualClock:
    """The clock of a later start."""
    return ManualClock(clock.wall + timedelta(**by), 0.0)
