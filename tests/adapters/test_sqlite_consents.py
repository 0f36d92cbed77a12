"""Consents in the real file: handed over, erased, and quick among many."""

import time
from dataclasses import replace

import pytest

from kiosk.adapters.sqlite.directory_rows import person_columns
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person, fold
from kiosk.ports.directory import Issue
from tests.fakes_log import HONG, MORNING
from tests.stores import temporary_store

YES = Consent(MORNING, Purpose.REMEMBERED, True, "2026-11", "vi", "", "Trực ban")
MANY = 50_000
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Nguyễn", "Huỳnh", "Võ", "Nguyễn", "Đặng", "Bùi")
GIVEN = ("Anh", "Bình", "Chi", "Dũng", "Giang", "Hồng", "Khánh", "Lan", "Mai", "Nam", "Phúc")


@pytest.fixture
def store():
    with temporary_store() as opened:
        yield opened


def test_whoever_is_taken_for_somebody_else_takes_the_consents_along(store):
    known = store.directory.add(HONG, MORNING)
    same = store.directory.add(replace(HONG, id_number="", phone="0900000018"), MORNING)
    slip = store.directory.issue(Issue(Scheme.SLIP, "s"), same, MORNING)
    store.consents.agree(known.person_id, YES)
    store.consents.agree(same.person_id, YES)
    store.directory.hand_over(slip.credential_id, known.person_id, MORNING)
    assert len(store.consents.of(known.person_id)) == 2
    assert [found.person_id for found in store.consents.find("hong")] == [known.person_id]
    assert [found.person_id for found in store.consents.find("0900")] == [known.person_id]


@pytest.mark.parametrize("who_refuses", ["known", "same"])
def test_of_two_records_that_were_one_person_the_last_answer_counts(store, who_refuses):
    known = store.directory.add(HONG, MORNING)
    same = store.directory.add(replace(HONG, id_number="", phone="0900000018"), MORNING)
    slip = store.directory.issue(Issue(Scheme.SLIP, "s"), same, MORNING)
    refusing, agreeing = (known, same) if who_refuses == "known" else (same, known)
    store.consents.agree(agreeing.person_id, YES)
    store.consents.agree(refusing.person_id, replace(YES, given=False))
    store.directory.hand_over(slip.credential_id, known.person_id, MORNING)
    assert store.consents.find("hong") == []


def test_with_the_person_everything_goes(store):
    hong = store.directory.add(HONG, MORNING).person_id
    store.consents.agree(hong, YES)
    store.database.execute("DELETE FROM person WHERE person_id = ?", [hong])
    left = "SELECT (SELECT count(*) FROM consent), (SELECT count(*) FROM remembered)"
    assert store.database.execute(left).fetchone() == (0, 0)


def test_among_fifty_thousand_somebody_is_found_before_the_next_key(store):
    db = store.database
    with db.atomic():
        for number in range(MANY):
            name = f"{FAMILIES[number % 10]} Thị {GIVEN[number % 11]} {GIVEN[number // 7 % 11]}"
            person = Person(name, phone=f"09{number:08}")
            row = {"person_id": f"p{number}", "kind": "visitor", "first_seen_at": "2026"}
            row |= person_columns(person, MORNING)
            db.execute(
                f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
                [*row.values()],
            )
            words = {*fold(name).split(), person.phone}
            for word in words:
                db.execute("INSERT INTO remembered VALUES (?, ?)", [word, f"p{number}"])
    for typed in ("ngu", "nguyen thi", "nguyen thi hong l", "0900012"):
        began = time.process_time()
        assert store.consents.find(typed), typed
        took = time.process_time() - began
        assert took < 0.3, f"{typed}: {took:.3f} s"
