"""Rows a second that are on the disk, against plain SQLite with the same settings; and lookups.

    python -m benchmarks.log [--rows 1000] [--big 300000] [--disk DIR] [--json]

Ratios are taken within one run; milliseconds depend on the disk. The baseline writes the same
columns as log_entry into one table without indices, chain, identity or health data.
"""

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from statistics import median, quantiles

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.rows import CHAIN, CORE
from kiosk.adapters.sqlite.store import Store, open_store
from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import Scheme
from kiosk.domain.log import Direction, Draft, Identity, new_id
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Checklist, Declared, Destination

STARTED = datetime(2026, 1, 5, 1, tzinfo=UTC)
PEOPLE = 4000
LOOKUPS = 200


def arrivals_and_departures(count: int) -> Iterator[Draft]:
    """A busy gate: most visitors leave, some are turned away, every hundredth is undone."""
    inside: list[Draft] = []
    written = 0
    while written < count:
        at = STARTED + timedelta(seconds=20 * written)
        undone = written and written % 100 == 0
        if undone:
            yield _after(inside.pop(), at, Reason.UNDO_WRONG_KEY)
        elif len(inside) > 60 and written % 2:
            yield _after(inside.pop(0), at, Reason.LEFT)
        else:
            draft = _arrival(written, at)
            if draft.verdict is Verdict.ADMIT:
                inside.append(draft)
            yield draft
        written += 1


def _arrival(n: int, at: datetime) -> Draft:
    refused = n % 33 == 0
    name, number = f"Nguyễn Thị Hồng {n % PEOPLE}", f"{n % PEOPLE:012d}"
    person = Person(name, number, birth_year=1985, address="Ấp 3, Xã Vĩnh Lợi, Tỉnh Sóc Trăng")
    destination = Destination("Phòng Kế hoạch", "Ông Đặng Văn Đạt", "Họp")
    return Draft(
        entry_id=new_id(at, token_bytes(10)),
        occurred_at=at,
        direction=Direction.IN,
        verdict=Verdict.REFUSE if refused else Verdict.ADMIT,
        reason=Reason.FEVER if refused else Reason.RULES_MET,
        visit_id=new_id(at, token_bytes(10)),
        person_id=f"person-{n % PEOPLE}",
        credential_id=f"credential-{n % PEOPLE}",
        scheme=Scheme.CITIZEN_CARD,
        rules_version="2022-04",
        officer="Lê Hoa",
        identity=Identity(person, PersonKind.VISITOR, destination),
        health=Checklist((366,), mask=True, hands=True, declared=Declared.CLEAR),
    )


def _after(came: Draft, at: datetime, reason: Reason) -> Draft:
    return replace(
        came,
        entry_id=new_id(at, token_bytes(10)),
        occurred_at=at,
        direction=Direction.OUT if reason is Reason.LEFT else Direction.IN,
        verdict=None,
        reason=reason,
        corrects=None if reason is Reason.LEFT else came.entry_id,
        identity=None,
        health=None,
    )


def milliseconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def figures(name: str, taken: list[float]) -> dict[str, str | float]:
    """One line of the table."""
    return {
        "what": name,
        "p50_ms": round(median(taken), 3),
        "p95_ms": round(quantiles(taken, n=20)[-1], 3),
        "per_second": round(1000 * len(taken) / sum(taken)),
    }


def baseline(path: Path) -> sqlite3.Connection:
    """Plain SQLite with the log's PRAGMAs."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    db.execute(f"CREATE TABLE plain ({', '.join((*CORE, *CHAIN))})")
    return db


def appends(store: Store, path: Path, rows: int) -> Iterator[dict[str, str | float]]:
    """Single durable rows, ours and the baseline's taking turns."""
    plain = baseline(path / "plain.db")
    insert = f"INSERT INTO plain VALUES ({', '.join('?' * len((*CORE, *CHAIN)))})"
    values = ["x" * 26, "G1", 1, *["x" * 18] * 10, None, *["f" * 64] * 4]
    ours, theirs = [], []
    for draft in arrivals_and_departures(rows):
        ours.append(milliseconds(lambda: store.logbook.append(draft)))  # noqa: B023 - at once
        theirs.append(milliseconds(lambda: plain.execute(insert, values)))
    plain.close()
    yield figures("append, one durable entry", ours)
    yield figures("baseline: plain sqlite3 insert", theirs)
    yield {"what": "append / baseline", "ratio": round(median(ours) / median(theirs), 2)}


def lookups(store: Store, big: int) -> Iterator[dict[str, str | float]]:
    """Questions of the desk to a file with many rows."""
    store.database.execute("PRAGMA synchronous = OFF")  # only while it is filled
    with store.database.atomic():
        for draft in arrivals_and_departures(big):
            store.logbook.append(draft)
    store.database.execute("PRAGMA synchronous = FULL")
    store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    log, day = store.logbook, timedelta(days=1)
    somewhere = STARTED + timedelta(seconds=10 * big)
    questions: list[tuple[str, int, Callable[[int], object]]] = [
        ("open_visit", LOOKUPS, lambda n: log.open_visit(f"person-{n * 17 % PEOPLE}")),
        ("last_visit", LOOKUPS, lambda n: log.last_visit(f"person-{n * 17 % PEOPLE}")),
        ("visit_count", LOOKUPS, lambda n: log.visit_count(f"person-{n * 17 % PEOPLE}")),
        ("visits_with", LOOKUPS, lambda n: log.visits_with(f"credential-{n * 17 % PEOPLE}")),
        ("latest(20)", LOOKUPS, lambda _: log.latest(20)),
        ("inside, the first time", 1, lambda _: log.inside()),
        ("inside, after that", LOOKUPS, lambda _: log.inside()),
        ("visits of one hour", 20, lambda _: log.visits(somewhere, somewhere + day / 24)),
        ("visits of one day", 5, lambda _: log.visits(somewhere, somewhere + day)),
        ("find in one day", 5, lambda _: log.find("hong 39", somewhere, somewhere + day)),
        (
            "find in the whole log",
            3,
            lambda _: log.find("hong 3999", STARTED, STARTED + day * 999),
        ),
        ("append", LOOKUPS, lambda n: log.append(_arrival(n, STARTED))),
        ("view inside", 1, lambda _: store.database.execute("SELECT * FROM inside").fetchall()),
        ("check, the whole chain", 1, lambda _: log.check()),
    ]
    for name, times, ask in questions:
        taken = [milliseconds(lambda: ask(n)) for n in range(times)]  # noqa: B023 - at once
        yield figures(f"{name}, {big:,} rows", taken * 2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000, help="durable rows")
    parser.add_argument("--big", type=int, default=300_000, help="rows of the big file, 0: none")
    parser.add_argument("--disk", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--json", action="store_true", help="one object a line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.disk) as folder:
        measures: dict[str, Callable[[Store, Path], Iterable[dict[str, str | float]]]] = {
            "appends": lambda store, path: appends(store, path, options.rows),
            "lookups": lambda store, _: lookups(store, options.big) if options.big else (),
        }
        for name, measure in measures.items():
            data = DataFolder(Path(folder) / name)
            data.claim()
            store = open_store(data, SystemClock(), "G1")
            for line in measure(store, data.path):
                print(json.dumps(line) if options.json else _row(line), flush=True)
            store.close()
            data.release()


def _row(line: dict[str, str | float]) -> str:
    numbers = "  ".join(f"{name} {value:>10,}" for name, value in line.items() if name != "what")
    return f"{line['what']:<42} {numbers}"


if __name__ == "__main__":
    main()
