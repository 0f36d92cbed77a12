"""How long a check-in can be kept waiting while what is over is erased, in a log of years.

    python -m benchmarks.erasing [--days 1095] [--disk DIR] [--json]

Every day 250 visitors come and leave: 500 entries. First the whole backlog is erased, as after an
update of a desk that had never erased; then what an ordinary day brings. The writer is held for
one step at a time; the baseline is the durable entry of a check-in at the same desk.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from statistics import median

from benchmarks.log import _after, _arrival
from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.store import Store, open_store
from kiosk.domain.admission import Reason
from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person
from kiosk.domain.retention import Periods
from kiosk.domain.screening import RuleCard
from kiosk.services.late_entry import LateEntries
from kiosk.services.recogniser import Desk
from kiosk.services.retention import Progress, Retention

VISITORS, CITIZENS = 250, 20_000
STARTED = datetime(2023, 11, 20, 1, tzinfo=UTC)
RULES = RuleCard("2026", True, 375, 380, 5, True, True, True, False, "")  # noqa: FBT003
PERIODS = Periods(30, 21, 365, 730)


class GivenClock(SystemClock):
    """Says what it was told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """What it was told."""
        return self.at

    def steady(self) -> float:
        """As far on as the wall is."""
        return self.at.timestamp()


def visitors(store: Store, at: datetime, chance: random.Random) -> None:
    """A day."""
    for number in range(VISITORS):
        moment = at + timedelta(seconds=90 * number)
        citizen = chance.randrange(CITIZENS)
        person = Person(
            f"Nguyễn Thị Hồng {citizen}", f"{citizen:012d}", birth_year=1985, address="Sóc Trăng"
        )
        kept = store.directory.remember(Scheme.CITIZEN_CARD, person.id_number, person, moment)
        came = replace(
            _arrival(number + 1, moment),
            person_id=kept.holder.person_id,
            credential_id=kept.credential_id,
        )
        if came.identity is not None:
            came = replace(came, identity=replace(came.identity, person=person))
        store.logbook.append(came)
        store.logbook.append(_after(came, moment + timedelta(minutes=20), Reason.LEFT))


def measured(store: Store, retention: Retention, clock: GivenClock) -> list[tuple[float, float]]:
    """Milliseconds of each step, and of the check-in after it."""
    taken = []
    progress = Progress.MORE
    while progress is Progress.MORE:
        began = time.perf_counter()
        progress = retention.step()
        between = time.perf_counter()
        came = _arrival(1, clock.now())
        store.logbook.append(came)
        ended = time.perf_counter()
        taken.append(((between - began) * 1000, (ended - between) * 1000))
        store.logbook.append(_after(came, clock.now(), Reason.LEFT))
    return taken


def figures(what: str, taken: list[tuple[float, float]]) -> dict[str, str | float]:
    """One line of the table."""
    steps, entries = [step for step, _ in taken], [entry for _, entry in taken]
    return {
        "what": what,
        "steps": len(steps),
        "p50_ms": round(median(steps), 1),
        "longest_ms": round(max(steps), 1),
        "seconds": round(sum(steps) / 1000, 1),
        "check_in_p50_ms": round(median(entries), 2),
        "longest_check_in_ms": round(max(entries), 1),
        "ratio": round(max(steps) / median(entries), 1),
    }


def lines(store: Store, clock: GivenClock, days: int) -> Iterator[dict[str, str | float]]:
    """Fill, erase the backlog, then what three days bring."""
    chance = random.Random(1)
    store.database.execute("PRAGMA synchronous = OFF")  # only while it is filled
    for day in range(days):
        with store.database.atomic():
            visitors(store, STARTED + timedelta(days=day), chance)
    store.database.execute("PRAGMA synchronous = FULL")
    store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    clock.at = STARTED + timedelta(days=days)
    desk = Desk("Trực ban", RULES, b"k" * 32)
    late = LateEntries(store.logbook, store.directory, clock, token_bytes, desk)
    retention = Retention(store.logbook, store.eraser, late, clock, PERIODS)
    store.logbook.count_inside()  # as the desk's side list does at its start
    entries = store.database.execute("SELECT count(*) FROM log_entry").fetchone()[0]
    yield figures(f"the backlog of {entries:,} entries", measured(store, retention, clock))
    for day in range(1, 4):
        visitors(store, clock.at, chance)
        clock.at += timedelta(days=1)
        yield figures(f"ordinary day {day}", measured(store, retention, clock))
    proved = store.logbook.check()
    yield {"what": "proved afterwards", "entries": proved.rows if hasattr(proved, "rows") else 0}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=1095, help="how many days the log holds")
    parser.add_argument("--disk", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--json", action="store_true", help="one object a line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.disk) as folder:
        data = DataFolder(Path(folder))
        data.claim()
        clock = GivenClock(STARTED)
        store = open_store(data, clock, "G1")
        for line in lines(store, clock, options.days):
            print(json.dumps(line) if options.json else "  ".join(map(str, line.values())))
        store.close()
        data.release()


if __name__ == "__main__":
    main()
