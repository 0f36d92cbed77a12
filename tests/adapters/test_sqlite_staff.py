"""Staff and their posts in the real file."""

from datetime import date, timedelta

import pytest

from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.staff import Post
from kiosk.ports.directory import Issue
from tests.fakes_log import HONG, MORNING
from tests.stores import temporary_store

PLANNER = Post("CB-012", "Phòng Kế hoạch", "Chuyên viên")
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def store():
    with temporary_store() as opened:
        yield opened


def test_a_post_makes_somebody_staff_and_a_new_one_replaces_it(store):
    hong = store.directory.add(HONG, MORNING)
    assert store.staff.members() == ()
    store.staff.employ(hong.person_id, Post("CB-012"))
    store.staff.employ(hong.person_id, PLANNER)
    (member,) = store.staff.members()
    assert (member.known.person, member.post, member.has_card) == (HONG, PLANNER, False)
    assert member.known.kind is PersonKind.STAFF


def test_only_a_card_in_force_is_held(store):
    hong = store.directory.add(HONG, MORNING)
    store.staff.employ(hong.person_id, PLANNER)
    store.directory.issue(Issue(Scheme.STAFF_CARD, "card", date(2026, 11, 22)), hong, MORNING)
    assert store.staff.members()[0].has_card
    store.directory.revoke("card", LATER)
    assert not store.staff.members()[0].has_card


def test_the_post_goes_with_the_person_who_was_the_same_and_with_one_who_is_forgotten(store):
    hong = store.directory.add(HONG, MORNING)
    same = store.directory.add(Person("Nguyễn Thị Hồng"), MORNING)
    store.staff.employ(same.person_id, PLANNER)
    card = store.directory.issue(Issue(Scheme.STAFF_CARD, "card"), same, MORNING)
    store.directory.hand_over(card.credential_id, hong.person_id, LATER)
    (member,) = store.staff.members()
    assert (member.known.person_id, member.post) == (hong.person_id, PLANNER)
    store.database.execute("DELETE FROM person")
    assert store.database["staff"].count == 0
