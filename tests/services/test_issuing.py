"""What the office issues, kept in a real file and shown at the desk."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from kiosk.adapters.certificates.issuers import Issuers
from kiosk.adapters.certificates.judge import CertificateJudge
from kiosk.adapters.sqlite.store import Store
from kiosk.domain.admission import Decision, Reason, Verdict
from kiosk.domain.desk import RecordArrival, RecordDeparture
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import NOWHERE, Checklist, Declared, Destination
from kiosk.domain.staff import Post
from kiosk.services.credential_reader import CredentialReader
from kiosk.services.issuing import Issuing
from kiosk.services.reception import Reception
from kiosk.services.recogniser import Desk, Recogniser
from tests.fakes_log import RULES, ManualClock
from tests.stores import temporary_store

TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)
CARD = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Minh Lương, Kiên Giang|15042021".encode()
HONG = Person("Nguyễn Thị Hồng")
MEETING = Destination("Phòng Kế hoạch", "Ông Đặng Văn Đạt", "Họp")
WELL = Checklist((366,), mask=True, hands=True, declared=Declared.CLEAR)
ADMIT = Decision(Verdict.ADMIT, Reason.RULES_MET)


@dataclass
class Bench:
    """A desk over a real file, and the office that issues."""

    store: Store
    clock: ManualClock
    issuing: Issuing
    recogniser: Recogniser
    reception: Reception

    def show(self, payload: bytes | str) -> Recognised:
        shown = payload.encode() if isinstance(payload, str) else payload
        return self.recogniser.recognise(shown)

    def admit(self, who: Recognised) -> None:
        self.reception.record(RecordArrival(who, ADMIT, WELL, who.destination))
        self.clock.pass_by(600)

    def let_out(self, who: Recognised) -> None:
        self.reception.record(RecordDeparture(who, who.presence))
        self.clock.pass_by(600)

    def visits(self):
        day = timedelta(days=1)
        return self.store.logbook.visits(self.clock.now() - day, self.clock.now() + day)

    def people(self) -> int:
        return self.store.database["person"].count


@pytest.fixture
def bench():
    clock, key = ManualClock(), b"k" * 32
    with temporary_store(clock) as store:
        desk = Desk("Lê Hoa", RULES, key)
        reader = CredentialReader(CertificateJudge(Issuers()), clock)
        yield Bench(
            store,
            clock,
            Issuing(store.directory, store.staff, clock, secrets.token_bytes, key),
            Recogniser(store.logbook, store.directory, clock, desk, reader),
            Reception(store.logbook, store.directory, clock, secrets.token_bytes, desk),
        )


def test_an_invitation_fills_in_where_the_guest_goes_and_is_their_one_visit(bench):
    code = bench.issuing.invitation(HONG, TODAY, TODAY, MEETING).code
    who = bench.show(code)
    assert (who.standing, who.person, who.destination) == (Standing.RECOGNISED, HONG, MEETING)
    assert who.likely is None
    bench.admit(who)
    leaving = bench.show(code)
    assert leaving.presence is not None
    bench.let_out(leaving)
    (visit,) = bench.visits()
    assert visit.arrival.draft.credential_id == who.credential_id
    assert visit.arrival.draft.identity.destination == MEETING
    assert not visit.inside


def test_the_days_of_an_invitation_count(bench):
    code = bench.issuing.invitation(HONG, TODAY, TOMORROW, MEETING).code
    early = bench.issuing.invitation(HONG, TOMORROW, TOMORROW).code
    assert bench.show(early).standing is Standing.NOT_YET
    bench.clock.pass_by(24 * 3600)
    assert bench.show(code).standing is Standing.RECOGNISED
    bench.clock.pass_by(24 * 3600)
    assert bench.show(code).standing is Standing.OVER
    with pytest.raises(ValueError, match="before"):
        bench.issuing.invitation(HONG, TOMORROW, TODAY)


def test_a_guest_who_is_known_by_number_is_one_person_whatever_they_show(bench):
    bench.admit(bench.show(CARD))
    bench.let_out(bench.show(CARD))
    bench.issuing.invitation(replace(HONG, id_number="091190000018"), TODAY, TODAY, MEETING)
    who = bench.show(CARD)
    assert who.likely is None
    assert who.destination == MEETING
    assert bench.people() == 1


def test_the_card_of_somebody_of_the_invited_name_asks_whether_they_are_the_guest(bench):
    invited = bench.issuing.invitation(HONG, TODAY, TODAY, MEETING)
    who = bench.show(CARD)
    assert who.destination == NOWHERE
    assert who.likely.known == HONG
    assert who.likely.then.destination == MEETING
    bench.admit(who.likely.then)
    assert bench.people() == 1
    leaving = bench.show(invited.code)
    assert leaving.presence is not None
    bench.let_out(leaving)
    assert len(bench.visits()) == 1


def test_somebody_known_who_is_the_invited_guest_stays_one_person(bench):
    bench.admit(bench.show(CARD))
    bench.let_out(bench.show(CARD))
    invited = bench.issuing.invitation(HONG, TODAY, TODAY, MEETING)
    then = bench.show(CARD).likely.then
    assert (then.destination, then.visits_before) == (MEETING, 1)
    bench.admit(then)
    assert bench.people() == 1
    assert bench.visits()[-1].arrival.draft.credential_id == then.credential_id
    assert bench.show(invited.code).presence is not None
    assert bench.show(CARD).presence is not None


def test_an_invitation_asks_whether_its_guest_is_somebody_known(bench):
    bench.admit(bench.show(CARD))
    bench.let_out(bench.show(CARD))
    code = bench.issuing.invitation(HONG, TODAY, TODAY, MEETING).code
    who = bench.show(code)
    assert who.likely.known.id_number == "091190000018"
    bench.admit(who.likely.then)
    assert bench.people() == 1
    assert bench.show(CARD).presence is not None
    assert bench.visits()[-1].arrival.draft.identity.destination == MEETING


def test_an_invitation_that_was_taken_back_is_refused_and_asks_nothing(bench):
    code = bench.issuing.invitation(HONG, TODAY, TODAY, MEETING).code
    bench.issuing.revoke(code)
    assert bench.show(code).standing is Standing.REVOKED
    assert bench.show(CARD).likely is None


def test_a_staff_card_names_its_holder_and_their_unit(bench):
    post = Post("CB-012", "Phòng Kế hoạch", "Chuyên viên")
    who = bench.show(bench.issuing.staff_card(HONG, post).code)
    assert (who.kind, who.destination.unit) == (PersonKind.STAFF, "Phòng Kế hoạch")
    (member,) = bench.store.staff.members()
    assert (member.post, member.has_card) == (post, True)


def test_a_new_card_takes_the_old_one_back_and_the_old_one_is_refused_as_such(bench):
    first = bench.issuing.staff_card(HONG, Post("CB-012"))
    (member,) = bench.store.staff.members()
    second = bench.issuing.staff_card(HONG, Post("CB-012"), member.known.person_id)
    assert bench.show(first.code).standing is Standing.REVOKED
    assert bench.show(second.code).standing is Standing.RECOGNISED
    assert bench.people() == 1


def test_what_is_issued_together_is_kept_whole_or_not_at_all(bench):
    def issue_and_fail():
        with bench.issuing.together():
            bench.issuing.staff_card(HONG)
            bench.issuing.invitation(HONG, TOMORROW, TODAY)

    with pytest.raises(ValueError, match="before"):
        issue_and_fail()
    assert bench.people() == 0
    assert bench.store.staff.members() == ()
