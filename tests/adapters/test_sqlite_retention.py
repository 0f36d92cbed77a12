"""Erased is erased: in every column, in the bytes on the disk, and after a kill in the middle."""

import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kiosk.adapters.sqlite.database import COPY_NAME, open_for_writing
from kiosk.domain.chain import Proved
from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.retention import Kind, Periods, Trust
from kiosk.domain.staff import Post
from kiosk.ports.directory import Issue
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from kiosk.ports.retention import Over, Traces
from kiosk.services.retention import Progress
from tests.fakes_log import MORNING, ManualClock, arrival, departure
from tests.retention_office import Office, bytes_of, moved, office, somebody
from tests.stores import opened, temporary_folder

DATABASES = Path(__file__).parents[1] / "data" / "databases"

# Every column of the file. What stands here is either no personal data, or it says what erases it.
NOTHING, BY_ENTRY, WITH_PERSON = "no personal data", "with its entry", "with the person"
COLUMNS = {
    "log_entry": {
        **dict.fromkeys(
            (
                *("entry_id", "gate_id", "seq", "occurred_at", "direction", "verdict", "reason"),
                *("visit_id", "credential_kind", "rules_version", "corrects", "noted_at"),
                *("previous_hash", "hash"),
            ),
            NOTHING,
        ),
        "officer": "as the settings name the desk's post, for the proof",
        "person_id": "random; leads nowhere once the person is erased or renamed (link)",
        "credential_id": "random; leads nowhere once the person is erased or renamed (link)",
        "identity_commitment": "a hash over a salt that is erased with the identity",
        "health_commitment": "a hash over a salt that is erased with the health data",
    },
    "entry_identity": dict.fromkeys(
        (
            *("entry_id", "salt", "name", "id_number", "old_id_number", "phone", "birth_date"),
            *("birth_year", "sex", "address", "issued_on", "health_insurance_number"),
            *("organisation", "kind", "unit", "host", "purpose", "search", "own_reason"),
        ),
        "identity",
    ),
    "entry_health": dict.fromkeys(
        ("entry_id", "salt", "readings", "mask", "hands", "declared"), "health"
    ),
    "person": dict.fromkeys(
        (
            *("person_id", "kind", "folded_name", "name", "id_number", "old_id_number", "phone"),
            *("birth_date", "birth_year", "sex", "address", "issued_on"),
            *("health_insurance_number", "organisation", "first_seen_at", "last_seen_at"),
        ),
        "visitor, directory",
    ),
    "credential": dict.fromkeys(
        (
            *("credential_id", "person_id", "kind", "digest", "day", "valid_until", "number"),
            *("revoked_at", "first_seen_at", "last_seen_at", "unit", "host", "purpose"),
        ),
        "with the person; code",
    ),
    "declaration": dict.fromkeys(
        (
            *("declaration_id", "person_id", "made_at", "declared", "answers", "unit", "host"),
            *("purpose", "basis"),
        ),
        "declaration",
    ),
    "staff": dict.fromkeys(("person_id", "staff_number", "unit", "position"), WITH_PERSON),
    "consent": {
        **dict.fromkeys(
            (
                *("consent_id", "person_id", "asked_at", "purpose", "given", "text", "language"),
                "officer",
            ),
            WITH_PERSON,
        ),
        "said_by": "speaker",
    },
    "remembered": dict.fromkeys(("word", "person_id"), WITH_PERSON),
    "former_id": dict.fromkeys(("former_id", "person_id"), "identity: with its last name"),
    "consent_proof": {
        **dict.fromkeys(
            ("proof_id", "asked_at", "purpose", "given", "text", "language", "represented"),
            NOTHING,
        ),
        "digest": "proof: who it was, to be found by the office's key and their own number only",
    },
    "print_job": {
        **dict.fromkeys(
            (
                *("job_id", "printed", "subject", "printer", "state", "asked_at", "state_at"),
                *("reprints", "entry_id", "failure", "spooled", "file_name"),
            ),
            NOTHING,
        ),
        "credential_id": "with the person; cut with the link",
        "content": "print; at the end of the day by the print queue",
    },
    "rules": dict.fromkeys(("version", "since", "text"), NOTHING),
    "incident": dict.fromkeys(("incident_id", "noticed_at", "kind", "detail"), NOTHING),
    "retention": dict.fromkeys(
        ("one", "ran_at", "believed_at", "doubted_since", "doubted_at", "unsettled"), NOTHING
    ),
    "promise": dict.fromkeys(("since", "days"), NOTHING),
    "erasure": dict.fromkeys(("day", "kind", "rule", "rows"), NOTHING),
    "_sqlite_migrations": dict.fromkeys(("id", "migration_set", "name", "applied_at"), NOTHING),
}


@pytest.fixture
def path():
    with temporary_folder() as folder:
        yield folder


def everything(one: Office, number: int) -> list[str]:
    """Somebody who leaves a trace wherever one can be left; the texts that are to disappear."""
    person, child = somebody(number), somebody(number + 50_000)
    by = f"Người Giám Hộ {number:05d}"
    one.comes(person)
    one.declares(person, by=by)
    one.declares(child, remembered=False, by=by)
    job = PrintJob(f"j{number}", Printed.SLIP, "Canon", PrintState.FAILED, one.clock.now())
    one.store.print_jobs.ask(job, f"phiếu của {person.name} " * 9)
    invited = one.store.directory.add(somebody(number + 60_000), one.clock.now())
    today = one.clock.now().date()
    one.store.directory.issue(
        Issue(Scheme.INVITATION, f"INV{number}", today, today + timedelta(days=2)),
        invited,
        one.clock.now(),
    )
    texts = [by]
    for who in (person, child, invited.person):
        texts += [who.name, who.id_number, who.old_id_number, who.phone.removeprefix("+")]
        texts += [who.address, who.organisation, who.health_insurance_number]
    return texts


def left(path: Path, texts: list[str]) -> set[str]:
    content = bytes_of(path)
    return {text for text in texts if text.encode() in content}


def test_every_column_of_the_file_is_known_to_hold_nobody_or_says_what_erases_it(path):
    with opened(path) as store:
        found = {
            table.name: {column.name for column in table.columns}
            for table in store.database.tables
        }
    assert {table: set(columns) for table, columns in COLUMNS.items()} == found
    assert all(reason for columns in COLUMNS.values() for reason in columns.values())


def test_whoever_is_over_is_gone_from_every_byte_and_the_log_is_proved(path):
    with office(path) as one:
        texts = [text for number in range(30) for text in everything(one, number)]
        assert len(left(path, texts)) == len(set(texts))
        before = one.store.logbook.check()
        one.nights(35)
        assert left(path, texts) == set()
        after = one.store.logbook.check()
        assert isinstance(after, Proved)
        assert (after.rows, after.fingerprint) == (before.rows, before.fingerprint)
        assert after.erased == 30
        for table in ("entry_identity", "entry_health", "person", "credential", "declaration"):
            assert one.rows(table) == 0
        assert one.rows("consent_proof") == 90
        one.nights(1)
        (names, health) = one.store.database.execute(
            "SELECT count(*) FILTER (WHERE name_erased = 'yes'),"
            " count(*) FILTER (WHERE health_erased = 'yes') FROM register"
        ).fetchone()
        assert (names, health) == (30, 30)
        assert list(one.store.logbook.find("zung", MORNING, one.clock.now())) == []
    assert left(path, texts) == set()


def test_each_kind_goes_in_its_own_time_and_is_accounted_for_without_names(path):
    with office(path) as one:
        everything(one, 1)
        one.nights(20)
        assert (one.rows("entry_health"), one.rows("declaration")) == (1, 2)
        one.nights(1)
        assert (one.rows("entry_health"), one.rows("declaration")) == (0, 0)
        one.nights(8)
        assert (one.rows("entry_identity"), one.rows("person")) == (1, 3)
        one.nights(1)
        assert (one.rows("entry_identity"), one.rows("person")) == (0, 1)  # the invitation's days
        one.nights(2)
        assert one.rows("person") == 0
        one.nights(728, 4)
        assert one.rows("consent_proof") == 0
        said = one.store.eraser.kept().erased
        assert {(erased.kind, erased.rule, erased.rows) for erased in said} == {
            ("health", "health_days=21", 1),
            ("declaration", "health_days=21", 2),
            ("identity", "keep_days=30", 1),
            ("visitor", "keep_days=30", 2),
            ("visitor", "keep_days=30", 1),
            ("print", "keep_days=30", 1),
            ("proof", "proof_days=730", 3),
        }


@pytest.mark.parametrize("seed", range(4))
def test_no_copy_of_an_erased_row_stays_in_the_pages_of_the_file(path, seed):
    """`secure_delete` alone leaves some: rows that SQLite moved between pages."""
    chance = random.Random(seed)
    gone: list[str] = []
    with office(path, periods=Periods(5, 3, 9, 12)) as one:
        one.store.database.execute("PRAGMA synchronous = OFF")
        for day in range(16):
            for number in range(25):
                person = somebody(chance.randrange(90_000), "".join(chance.sample("bcdghk", 3)))
                remembered = chance.choice([None, None, True])
                one.declares(person, remembered=remembered)
                came = one.comes(person, leaves=chance.random() > 0.02)
                if day < 11 and remembered is None and number and came.visit_id:
                    gone.append(person.name)
            assert one.night() is Progress.DONE
        kept = {
            name
            for table in ("person", "entry_identity")
            for (name,) in one.store.database.execute(f"SELECT name FROM {table}")
        }
        content = (path / "kiosk.db").read_bytes() + (path / "kiosk.db-wal").read_bytes()
        assert len(gone) > 150
        assert [n for n in gone if n not in kept and n.encode() in content] == []


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_no_copy_stays_of_who_asked_from_the_middle_of_many(path, seed):
    """Whom somebody asks to be erased lies anywhere, not where the oldest entries are."""
    chance, kept = random.Random(seed), []
    with office(path) as one:
        one.store.database.execute("PRAGMA synchronous = OFF")
        with one.store.database.atomic():
            for number in range(4000):
                said = somebody(number)
                said = Person(
                    said.name + "x" * chance.randrange(120),
                    id_number=said.id_number,
                    phone=said.phone,
                    address="Ấp " * chance.randrange(60),
                )
                who = arrival(MORNING, person=said, person_id=f"{number:032x}")
                kept.append((said, one.store.logbook.append(who).draft.entry_id))
        gone = chance.sample(kept, 1500)
        nobody = Traces("", Person(""), PersonKind.VISITOR, (), None, None, 0, inside=False)
        for _, entry_id in gone:
            one.store.eraser.forget(replace(nobody, entry_ids=(entry_id,)), MORNING.date())
        while one.store.eraser.settle():
            pass
        assert one.rows("entry_identity") == 2500
        assert left(path, [said.id_number for said, _ in gone]) == set()


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_no_copy_stays_of_what_was_entered_later_and_is_over_amid_what_is_not(path, seed):
    """After days without a computer: many papers among those who came, over at different times.

    SQLite moves a row to another page when its neighbours go; its old place was read for weeks.
    """
    chance, gone = random.Random(seed), []
    with office(path) as one:
        one.store.database.execute("PRAGMA synchronous = OFF")
        with one.store.database.atomic():
            for number in range(2000):
                said = somebody(number)
                said = Person(
                    said.name + "x" * chance.randrange(120),
                    id_number=said.id_number,
                    phone=said.phone,
                    address="Ấp " * chance.randrange(60),
                )
                came = arrival(MORNING, person=said)
                if 200 < number < 1800 and chance.random() < 0.75:
                    written = MORNING - timedelta(minutes=1 + chance.randrange(240))
                    came = replace(came, occurred_at=written, noted_at=MORNING)
                    gone.append(said.id_number)
                one.store.logbook.append(came)
        for minute in range(240, -1, -1):
            over = Over(MORNING - timedelta(minutes=minute), MORNING, frozenset())
            one.store.eraser.erase(Kind.IDENTITY, over, MORNING.date(), "keep_days=30", 100)
        assert one.rows("entry_identity") == 2000 - len(gone) < 900
        while one.store.eraser.settle():
            pass
        assert left(path, gone) == set()
        assert isinstance(one.store.logbook.check(), Proved)
        assert one.rows("entry_identity") == 2000 - len(gone)


def test_a_slip_of_who_stays_goes_with_its_entry_where_the_day_begins_before_that_of_utc(path):
    clock = ManualClock()
    clock.zone = lambda: timezone(timedelta(hours=7))
    with office(path, clock) as one:
        one.declares(somebody(1), remembered=True)
        one.comes(somebody(1))
        one.nights(29)
        assert (one.rows("entry_identity"), one.rows("credential")) == (1, 2)
        one.nights(1)
        assert (one.rows("entry_identity"), one.rows("credential")) == (0, 1)


def test_what_a_register_held_that_waited_in_vain_is_in_no_byte_after_midnight(path):
    """Also where the day's erasing was done before the prints were looked through."""
    with office(path) as one:
        names = " ".join(somebody(number).name for number in range(200))
        job = PrintJob("j1", Printed.REGISTER, "Canon", PrintState.FAILED, one.clock.now())
        one.store.print_jobs.ask(job, names)
        one.nights(1)
        assert somebody(7).name.encode() in bytes_of(path)
        now = one.clock.now()
        ends = {Printed.REGISTER: now - timedelta(hours=8)}
        assert one.store.print_jobs.forget(now, ends, now - timedelta(days=7), now)
        one.retention.emptied()
        assert one.retention.to_the_end() is Progress.DONE
        assert somebody(7).name.encode() not in bytes_of(path)


def test_who_is_inside_is_never_erased_and_is_a_day_after_leaving(path):
    with office(path) as one:
        came = one.comes(somebody(1), leaves=False)
        one.store.logbook.append(departure(came, one.clock.now()))
        stays = one.comes(somebody(2), leaves=False)
        with office_periods(one, Periods(2, 1, 5, 9)):
            one.nights(6)
            (visit,) = one.store.logbook.inside()
            assert visit.arrival.draft.identity.person.name == somebody(2).name
            assert visit.arrival.draft.health is not None
            assert one.rows("entry_identity") == 1
            one.store.logbook.append(departure(stays, one.clock.now()))
            one.nights(1)
            assert one.rows("entry_identity") == 0


def test_a_visit_that_nobody_ended_ends_unseen_before_its_names_go(path):
    with office(path) as one:
        one.comes(somebody(1), leaves=False)
        one.nights(29)
        assert one.store.logbook.count_inside() == 1
        one.nights(1)
        assert one.store.logbook.count_inside() == 0
        assert (one.rows("entry_identity"), one.rows("person")) == (0, 0)
        row = one.store.database.execute("SELECT closed_by, went_out FROM register").fetchone()
        assert row == ("unseen", None)


class office_periods:  # noqa: N801 - reads as a word in the test
    """Other periods for some days."""

    def __init__(self, one: Office, periods: Periods) -> None:
        self._one, self._periods = one, periods

    def __enter__(self) -> None:
        self._before, self._one.retention._periods = self._one.retention._periods, self._periods

    def __exit__(self, *_: object) -> None:
        self._one.retention._periods = self._before


def test_people_who_agreed_are_remembered_and_old_entries_no_longer_name_them(path):
    with office(path) as one:
        person_id = one.declares(somebody(1), remembered=True)
        one.comes(somebody(1))
        one.nights(29)
        assert one.store.directory.find_person(somebody(1).id_number).person_id == person_id
        one.nights(1)
        (known,) = one.store.consents.find("zung 00001")
        assert known.person_id != person_id
        assert one.store.logbook.last_visit(known.person_id) is None
        again = one.store.directory.find(somebody(1).id_number)
        assert again.holder.person_id == known.person_id
        linked = one.store.database.execute(
            "SELECT count(*) FROM log_entry AS e JOIN person AS p USING (person_id)"
        ).fetchone()
        tied = one.store.database.execute(
            "SELECT count(*) FROM log_entry AS e JOIN credential AS c USING (credential_id)"
        ).fetchone()
        assert (linked, tied) == ((0,), (0,))
        assert [c.given for c in one.store.consents.of(known.person_id)] == [True, True]
        one.nights(335, 4)
        assert one.rows("person") == 0
        assert one.rows("remembered") == 0


def test_a_regular_stays_one_after_old_entries_were_cut_off(path):
    with office(path) as one:
        one.declares(somebody(1), remembered=True)
        number = somebody(1).id_number
        for _ in range(33):  # daily, weekends excepted
            if one.clock.now().weekday() < 5:
                one.comes(somebody(1))
            one.nights(1)
        before = one.store.directory.find_person(number).person_id
        visits, last = (
            one.store.logbook.visit_count(before),
            one.store.logbook.last_visit(before),
        )
        one.nights(3)
        known = one.store.directory.find_person(number).person_id
        assert known != before
        assert one.store.logbook.visit_count(known) == visits
        assert one.store.logbook.last_visit(known) == last
        one.comes(somebody(1))
        assert one.store.logbook.visit_count(known) == visits + 1
        (found,) = one.store.eraser.traces((number,), "", frozenset())
        assert found.person_id == known
        assert len(found.entry_ids) == one.rows("entry_identity") > 10
        one.nights(34)  # the last name under the former id is over
        assert one.rows("former_id") == 0
        known = one.store.directory.find_person(number).person_id
        assert one.store.logbook.visit_count(known) == 0
        one.comes(somebody(1))
        (found,) = one.store.eraser.traces((number,), "", frozenset())
        one.store.eraser.forget(found, one.clock.now().date())
        assert one.rows("person") == one.rows("entry_identity") == 0


def test_who_is_erased_after_an_old_tie_was_cut_is_erased_under_every_id(path):
    with office(path) as one:
        one.declares(somebody(1), remembered=True)
        for _ in range(33):
            if one.clock.now().weekday() < 5:
                one.comes(somebody(1))
            one.nights(1)
        one.nights(3)
        assert one.rows("former_id") == 1
        former = one.store.database.execute("SELECT former_id FROM former_id").fetchone()[0]
        (found,) = one.store.eraser.traces((somebody(1).id_number,), "", frozenset())
        one.store.eraser.forget(found, one.clock.now().date())
        while one.store.eraser.settle():
            pass
        assert one.rows("former_id") == one.rows("entry_identity") == one.rows("person") == 0
        assert somebody(1).name.encode() not in bytes_of(path)
        assert one.store.logbook.last_visit(former) is not None, "the entries stay, nameless"


def test_staff_stay_while_they_hold_a_card_and_their_old_entries_name_nobody(path):
    with office(path) as one:
        known = one.store.directory.add(somebody(7), one.clock.now())
        one.store.staff.employ(known.person_id, Post("CB-007", "Văn phòng", "Chuyên viên"))
        card = Issue(Scheme.STAFF_CARD, "CARD7", one.clock.now().date())
        one.store.directory.issue(card, known, one.clock.now())
        for _ in range(60):  # daily, weekends excepted
            if one.clock.now().weekday() < 5:
                at, held = one.clock.now(), one.store.directory.find("CARD7")
                ids = {"person_id": held.holder.person_id, "credential_id": held.credential_id}
                came = arrival(at, person=somebody(7), kind=PersonKind.STAFF, **ids)
                one.store.logbook.append(came)
                one.store.logbook.append(departure(came, at))
            one.nights(1)
        oldest = one.store.database.execute(
            "SELECT min(occurred_at) FROM log_entry JOIN person USING (person_id)"
        ).fetchone()[0]
        age = one.clock.now() - datetime.fromisoformat(oldest)
        assert age <= timedelta(days=33)  # the first rest after its thirtieth day
        one.nights(500, 4)
        (member,) = one.store.staff.members()
        assert member.has_card
        one.store.directory.revoke("CARD7", one.clock.now())
        one.nights(1)
        assert one.store.staff.members() == ()
        assert one.rows("person") == 0


def test_an_emergency_slip_in_the_drawer_is_nobodys_and_stays(path):
    with office(path) as one:
        nobody = one.store.directory.add(Person(""), one.clock.now())
        slip = Issue(Scheme.EMERGENCY_SLIP, "SLIP1", one.clock.now().date(), None, "0001K")
        one.store.directory.issue(slip, nobody, one.clock.now())
        one.nights(400, 4)
        assert one.store.directory.find("SLIP1") is not None


def test_what_was_entered_later_is_over_when_its_own_day_is(path):
    with office(path) as one:
        written = one.clock.now()
        one.clock.pass_by(5 * 24 * 3600)
        late = replace(arrival(written), noted_at=one.clock.now())
        one.store.logbook.append(late)
        one.store.logbook.append(departure(late, one.clock.now()))
        one.nights(24)
        assert one.rows("entry_identity") == 1
        one.nights(1)
        assert one.rows("entry_identity") == 0


# --- clocks -----------------------------------------------------------------------------------


def test_a_clock_that_says_2038_erases_nothing(path):
    clock = ManualClock()
    with office(path, clock) as one:
        for number in range(5):
            one.comes(somebody(number))
            one.nights(1)
        names = one.rows("entry_identity")
    dead = ManualClock(datetime(2038, 1, 1, 0, 30, tzinfo=UTC), 0.0)
    with office(path, dead) as one:
        assert one.retention.to_the_end() is Progress.HELD
        one.comes(somebody(9))  # entries under the wrong time make it no truer
        dead.pass_by(3600)
        assert one.retention.to_the_end() is Progress.HELD
    with office(path, ManualClock(datetime(2038, 1, 1, 0, 30, tzinfo=UTC), 0.0)) as one:
        assert one.retention.to_the_end() is Progress.HELD
        assert one.rows("entry_identity") == names + 1
    with office(path, moved(clock, days=1)) as one:
        assert one.retention.to_the_end() is Progress.HELD  # the log knows a later time
        one.comes(somebody(10))
        assert one.retention.to_the_end() is Progress.DONE
        assert one.rows("entry_identity") == names + 2
        one.nights(40)
        assert one.rows("entry_identity") == 0


def test_a_doubted_clock_leaves_no_bytes_of_who_asked_to_be_erased(path):
    clock = ManualClock()
    with office(path, clock) as one:
        one.comes(somebody(1))
        one.comes(somebody(2))
        assert one.night() is Progress.DONE
        (found,) = one.store.eraser.traces((somebody(1).id_number,), "", frozenset())
        reader = sqlite3.connect(path / "kiosk.db")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM person").fetchall()
        one.store.eraser.forget(found, clock.now().date())
        while one.store.eraser.settle():
            pass
        reader.close()
        assert left(path, [somebody(1).name]) == {somebody(1).name}, "in the journal"
        clock.pass_by(90 * 24 * 3600)
        assert one.retention.to_the_end() is Progress.HELD
        assert left(path, [somebody(1).name]) == set()
        assert left(path, [somebody(2).name]) == {somebody(2).name}


def test_a_clock_that_jumps_while_the_desk_is_open_erases_nothing(path):
    clock = ManualClock()
    with office(path, clock) as one:
        one.comes(somebody(1))
        one.nights(1)
        clock.wall += timedelta(days=30)
        assert one.retention.to_the_end() is Progress.HELD
        assert one.rows("entry_identity") == 1
        clock.wall -= timedelta(days=30)
        assert one.retention.to_the_end() is Progress.DONE
        assert one.rows("entry_identity") == 1


def test_a_clock_that_jumps_in_the_middle_of_the_erasing_is_judged_anew(path):
    with office(path) as one:
        one.comes(somebody(1))
        one.comes(somebody(2), leaves=False)
        names = one.rows("entry_identity")
        assert one.retention.step() is Progress.MORE
        one.clock.wall += timedelta(days=60)
        assert one.retention.to_the_end() is Progress.HELD
        assert one.rows("entry_identity") == names
        assert one.store.logbook.count_inside() == 1
        one.clock.wall -= timedelta(days=60)
        assert one.retention.to_the_end() is Progress.DONE
        assert one.rows("entry_identity") == names


def test_entries_of_an_hour_with_a_wrong_clock_are_aged_by_their_place_in_the_log(path):
    clock = ManualClock()
    with office(path, clock) as one:
        one.comes(somebody(1))
        clock.wall -= timedelta(days=26 * 365)  # a dead battery says 2000
        one.comes(somebody(2))
        clock.wall += timedelta(days=38 * 365)
        one.comes(somebody(3))  # and 2038
        clock.wall -= timedelta(days=12 * 365)
        one.comes(somebody(4))
        one.nights(29)
        assert one.rows("entry_identity") == 4
        one.nights(1)
        assert one.rows("entry_identity") == 0
        assert one.rows("person") == 0


# --- crashes, older files, copies -------------------------------------------------------------

KILLED = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from tests.fakes_log import ManualClock
    from tests.retention_office import moved, office
    from kiosk.services.retention import Progress

    with office(Path(sys.argv[1]), moved(ManualClock(), days=60)) as one:
        print("open", flush=True)
        while one.retention.step() is Progress.MORE:
            print("step", flush=True)
        print("done", flush=True)
    """
)


@pytest.mark.parametrize("steps", [1, 3, 9, 12, 15])
def test_a_kill_in_the_middle_leaves_the_log_whole_and_the_next_start_goes_on(path, steps):
    with office(path) as one:
        texts = [text for number in range(120) for text in everything(one, number)]
        before = one.store.logbook.check()
        one.store.eraser.keep_trust(replace(one.store.eraser.trust(), believed_at=None))
        one.store.database.execute(
            "UPDATE retention SET believed_at = ?", ["2027-01-20T01:00:00.000Z"]
        )
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True
    ) as desk:
        for _ in range(steps + 1):
            desk.stdout.readline()
        desk.kill()
    with office(path, moved(ManualClock(), days=60)) as one:
        answer = one.store.logbook.check()
        assert (answer.rows, answer.fingerprint) == (before.rows, before.fingerprint)
        gone = 120 - one.rows("entry_identity")
        noted = sum(e.rows for e in one.store.eraser.kept().erased if e.kind == Kind.IDENTITY)
        assert gone == noted
        assert one.retention.to_the_end() is Progress.DONE
        assert one.rows("entry_identity") == 0
        assert left(path, texts) == set()
    assert sqlite3.connect(path / "kiosk.db").execute("PRAGMA integrity_check").fetchone() == (
        "ok",
    )


@pytest.mark.parametrize("database", sorted(DATABASES.glob("*.db")), ids=lambda file: file.stem)
def test_an_older_file_and_its_copy_are_cleared_as_well(path, database):
    shutil.copyfile(database, path / "kiosk.db")
    shutil.copyfile(database.with_suffix(".key"), path / "office.key")
    open_for_writing(path / "kiosk.db").close()
    copy = path / COPY_NAME
    (path / "kiosk-before-update.part").write_bytes("Nguyễn Thị Hồng".encode())
    assert "Hồng".encode() in copy.read_bytes()
    with office(path, ManualClock()) as one:
        assert one.retention.to_the_end() is Progress.DONE
        assert copy.exists()  # nothing is over, so it may still be needed
        one.nights(40)
        assert not copy.exists()
        assert isinstance(one.store.logbook.check(), Proved)
    content = bytes_of(path)
    for text in ("Hồng", "Vĩnh Lợi", "091185000036", "912345678", "GD4797934567890"):
        assert text.encode() not in content


def test_a_report_that_is_being_read_keeps_the_journal_only_until_it_ends(path):
    with office(path) as one:
        one.comes(somebody(1))
        one.clock.pass_by(29 * 24 * 3600)
        one.store.eraser.keep_trust(Trust(one.clock.now()))
        report = sqlite3.connect(path / "kiosk.db", isolation_level=None)
        report.execute("BEGIN")
        report.execute("SELECT count(*) FROM person").fetchone()
        one.nights(1)
        assert "Zừng".encode() in bytes_of(path)
        report.close()
        assert one.retention.step() is Progress.DONE
        assert "Zừng".encode() not in bytes_of(path)


def test_a_longer_period_does_not_hold_for_who_was_told_a_shorter_one(path):
    with office(path) as one:
        one.comes(somebody(1))
        one.nights(10)
        with office_periods(one, Periods(90, 21, 365, 730)):
            one.nights(1)
            one.comes(somebody(2))
            one.nights(19)
            assert one.rows("entry_identity") == 1
            assert one.store.directory.find_person(somebody(2).id_number) is not None
            one.nights(71)
            assert one.rows("entry_identity") == 0


def test_nothing_is_done_twice_a_day_and_dry_counting_writes_nothing(path):
    with office(path) as one:
        everything(one, 1)
        one.clock.pass_by(60 * 24 * 3600)
        before = (path / "kiosk.db-wal").read_bytes()
        counted = dict(one.retention.over())
        assert counted[Kind.IDENTITY] == 1
        assert counted[Kind.VISITOR] == 3
        assert (path / "kiosk.db-wal").read_bytes() == before
        assert one.retention.to_the_end() is Progress.HELD
        assert one.retention.to_the_end(believe=True) is Progress.DONE
        assert dict(one.retention.over()) == {}
        assert one.store.eraser.kept().ran_at == one.clock.now()
        assert one.retention.step() is Progress.DONE
