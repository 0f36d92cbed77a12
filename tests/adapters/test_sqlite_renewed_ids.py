"""Who stays in the directory gets another id when old entries are cut off; nobody may stumble."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.adapters.certificates.issuers import Issuers
from kiosk.adapters.certificates.judge import CertificateJudge
from kiosk.domain.log import Visit
from kiosk.domain.person import Person
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import Declared, Destination
from kiosk.domain.staff import Post
from kiosk.services.credential_reader import CredentialReader
from kiosk.services.issuing import Issuing
from kiosk.services.late_entry import FORGOTTEN
from kiosk.services.late_paper import Paper
from kiosk.services.recogniser import Recogniser
from kiosk.services.staff_office import StaffOffice
from tests.fakes_log import arrival, departure
from tests.retention_office import DESK, Office, office, somebody
from tests.stores import temporary_folder

WHO = somebody(1)
POST = Post("CB-001", "Văn phòng", "Chuyên viên")


@pytest.fixture
def path():
    with temporary_folder() as folder:
        yield folder


def paper(one: Office, days_ago: int, came: str, left: str) -> Paper:
    """What was written by hand, of a day."""
    day = one.clock.now().astimezone(one.clock.zone()).date() - timedelta(days=days_ago)
    return Paper(
        name=WHO.name,
        birth="1980",
        id_number=WHO.id_number,
        destination=Destination("Văn phòng", "", "Họp"),
        day=f"{day:%d/%m/%Y}",
        time_in=came,
        time_out=left,
        temperature="36,6",
        mask=True,
        hands=True,
        declared=Declared.CLEAR,
        admitted=True,
    )


def comes_daily(one: Office, days: int = 33) -> str:
    """Somebody who is remembered comes every day for an hour; their id."""
    one.declares(WHO, remembered=True)
    for _ in range(days):
        came = one.comes(WHO, leaves=False)
        one.store.logbook.append(departure(came, one.clock.now() + timedelta(hours=1)))
        one.nights(1)
    return one.store.directory.find_person(WHO.id_number).person_id


def issuing(one: Office) -> Issuing:
    parts = one.store.directory, one.store.staff, one.clock
    return Issuing(*parts, secrets.token_bytes, DESK.key)


def test_a_late_paper_of_somebody_whose_id_was_renewed_is_seen_as_the_same_visit(path):
    with office(path) as one:
        before = comes_daily(one)
        inside = one.store.logbook.last_visit(before).arrival.draft.occurred_at
        came = inside.astimezone(one.clock.zone()) + timedelta(minutes=10)
        one.nights(3)
        assert one.store.directory.find_person(WHO.id_number).person_id != before
        left = f"{came + timedelta(minutes=10):%H:%M}"
        entered = one.rows("log_entry")
        said = paper(one, 4, f"{came:%H:%M}", left)
        assert isinstance(one.late.take(said, FORGOTTEN), Visit)
        assert one.rows("log_entry") == entered


def test_a_slip_of_paper_serves_once_also_when_its_holder_has_another_id(path):
    with office(path) as one:
        before = comes_daily(one)
        minted = issuing(one).emergency_slips(1)[0]
        reader = CredentialReader(CertificateJudge(Issuers()), one.clock)
        parts = one.store.logbook, one.store.directory, one.clock, DESK, reader
        recogniser = Recogniser(*parts)

        def scanned() -> Recognised:
            return recogniser.recognise(minted.code.encode())

        said = paper(one, 0, "6:00", "6:30")
        assert not isinstance(one.late.take(said, scanned()), Visit)
        assert scanned().standing is Standing.ENTERED
        one.nights(4)
        assert one.store.directory.find_person(WHO.id_number).person_id != before
        assert scanned().standing is Standing.USED
        one.nights(28)
        assert one.store.directory.find(minted.code) is None, "it is over with its entry"
        assert one.store.directory.find_person(WHO.id_number) is not None


@pytest.fixture
def stale(path):
    """A member of staff as they were looked up before the night in which their id was renewed."""
    with office(path) as one:
        staff = StaffOffice(one.store.directory, one.store.staff, issuing(one), (), one.clock)
        card = issuing(one).staff_card(Person(WHO.name), POST)
        (member,) = staff.members()
        one.store.logbook.append(
            came := arrival(one.clock.now(), person_id=member.known.person_id)
        )
        one.store.logbook.append(departure(came, one.clock.now()))
        one.nights(33)
        (now,) = staff.members()
        assert now.known.person_id != member.known.person_id
        yield one, staff, member, card


def test_a_card_is_taken_back_from_who_has_another_id_by_now(stale):
    one, staff, member, card = stale
    (holder,) = staff.holders("CB-001")
    assert staff.take_back(replace(holder, member=member))
    assert one.store.directory.find(card.code).revoked
    assert not staff.take_back(replace(holder, member=member)), "there is none any more"


def test_a_new_card_of_who_has_another_id_by_now_is_theirs_and_the_only_one(stale):
    one, staff, member, card = stale
    anew = staff.card_anew(member).minted
    assert one.store.directory.find(card.code).revoked
    (now,) = staff.members()
    assert one.store.directory.find(anew.code).holder == now.known
    assert one.rows("person") == 1
