"""That is written wrong; I take my consent back: each a line of the log, at once in effect."""

import secrets
from dataclasses import replace

import pytest

from kiosk.domain.admission import Reason
from kiosk.domain.chain import Proved
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.credential import Scheme
from kiosk.domain.desk import RecordArrival
from kiosk.domain.log import Closing
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.retention import Kind
from kiosk.domain.screening import Checklist, Destination
from kiosk.domain.staff import Post
from kiosk.ports.directory import Issue
from kiosk.ports.logbook import LogbookError
from kiosk.services.rights import Rights, TakenBack
from tests.retention_office import DESK, bytes_of, office, somebody
from tests.services.test_reception import CARD, EVER, OFFICE, REFUSE, Bench
from tests.stores import temporary_folder, temporary_store

THERE = Destination("Văn phòng", "", "Họp")


class Desk(Bench):
    """A reception where somebody may ask for their rights."""

    def __post_init__(self):
        super().__post_init__()
        if hasattr(self, "store"):
            self.consents = self.store.consents
        else:
            self.directory.logbook = self.logbook
        parts = self.logbook, self.directory, self.consents, self.clock, self.entropy
        self.rights = Rights(*parts, self.desk)

    def came(self):
        (visit,) = self.logbook.visits(*EVER)
        return visit

    def agreed(self, person_id: str, purpose: Purpose) -> None:
        self.consents.agree(
            person_id, Consent(self.clock.now(), purpose, True, "2026-12", "vi", "", "Trực ban")
        )


@pytest.fixture(params=["memory", "file"])
def desk(request):
    if request.param == "memory":
        yield Desk()
        return
    with temporary_store() as store:

        class OnDisk(Desk):
            pass

        OnDisk.store = store
        yield OnDisk(logbook=store.logbook, directory=store.directory)


def passed(desk: Desk) -> None:
    desk.admit(desk.scan(CARD))
    desk.clock.pass_by(3600)
    desk.leave(desk.scan(CARD))


def right(desk: Desk, **changed) -> Person:
    return replace(desk.came().arrival.draft.identity.person, **changed)


def test_what_was_written_wrong_stands_right_in_log_and_directory(desk):
    passed(desk)
    wrong = desk.came()
    desk.clock.pass_by(60)
    entry = desk.rights.put_right(
        wrong, right(desk, name="Lê Thị Đúng", phone="0912345678"), THERE
    )
    visit = desk.came()
    assert visit.arrival == entry
    assert visit.arrival.draft.identity.person.name == "Lê Thị Đúng"
    assert visit.arrival.draft.identity.destination == THERE
    assert (visit.departure, visit.closing) == (wrong.departure, Closing.DEPARTURE)
    kept = ("occurred_at", "verdict", "reason", "health", "visit_id", "person_id")
    for name in kept:
        assert getattr(visit.arrival.draft, name) == getattr(wrong.arrival.draft, name)
    assert visit.entered_later
    assert desk.logbook.arrival(visit.arrival.draft.visit_id) == entry
    person = desk.scan(CARD).person
    known = desk.directory.known(visit.arrival.draft.person_id).person
    assert (known.name, known.phone, known.address) == (
        "Lê Thị Đúng",
        "0912345678",
        person.address,
    )
    newest = desk.logbook.latest(1)[0].draft
    assert (newest.reason, newest.corrects) == (Reason.PUT_RIGHT, wrong.arrival.draft.entry_id)


def test_who_is_inside_stays_inside_when_their_name_is_put_right(desk):
    desk.admit(desk.scan(CARD))
    desk.rights.put_right(desk.came(), right(desk, name="Lê Thị Đúng"), THERE)
    assert desk.logbook.count_inside() == 1
    assert desk.scan(CARD).presence is not None
    assert [v.arrival.draft.identity.person.name for v in desk.logbook.inside()] == ["Lê Thị Đúng"]


def test_what_was_undone_is_not_put_right(desk):
    desk.admit(desk.scan(CARD))
    wrong = desk.came()
    desk.reception.undo(wrong.arrival.draft.entry_id, Reason.UNDO_WRONG_PERSON)
    assert desk.rights.put_right(wrong, Person("Ai đó"), THERE) is None
    assert desk.logbook.visits(*EVER) == ()


def test_whoever_was_let_in_after_a_rest_stays_inside_when_the_line_of_before_is_put_right(desk):
    fever = Checklist((382,), mask=True, hands=True)
    desk.reception.record(RecordArrival(desk.scan(CARD), REFUSE, fever, OFFICE))
    wrong, person = desk.came(), right(desk, name="Lê Thị Đúng")
    second = desk.admit(desk.scan(CARD))
    entry = desk.rights.put_right(wrong, person, THERE)
    assert desk.logbook.count_inside() == 1
    assert desk.came().arrival == entry
    assert (entry.draft.identity.person, entry.draft.health) == (person, second.draft.health)
    assert desk.logbook.is_undone(second.draft.entry_id)
    assert desk.rights.put_right(wrong, replace(person, name="Lê Thị Đông"), THERE)
    assert desk.came().inside


def test_putting_right_that_was_cut_short_is_the_same_when_tried_again(desk, monkeypatch):
    passed(desk)
    wrong, person, append = desk.came(), right(desk, name="Lê Thị Đúng"), desk.logbook.append

    def fails_at_the_reversal(draft):
        if draft.corrects is not None:
            detail = "disk full"
            raise LogbookError(detail)
        return append(draft)

    monkeypatch.setattr(desk.logbook, "append", fails_at_the_reversal)
    with pytest.raises(LogbookError):
        desk.rights.put_right(wrong, person, THERE)
    (standing,) = desk.logbook.visits(*EVER)  # one arrival stands at any moment
    assert (standing.arrival.draft.identity.person, standing.departure) == (
        person,
        wrong.departure,
    )
    monkeypatch.setattr(desk.logbook, "append", append)
    desk.rights.put_right(wrong, person, THERE)
    assert desk.came().arrival.draft.identity.person == person
    assert len(desk.logbook.latest(99)) == 4


def test_a_consent_that_is_taken_back_is_a_line_by_which_nobody_passes(desk):
    passed(desk)
    visit = desk.came()
    desk.agreed(visit.arrival.draft.person_id, Purpose.VISIT)
    assert desk.rights.take_back(visit) is TakenBack.DONE
    assert desk.came() == visit
    newest = desk.logbook.latest(1)[0].draft
    assert (newest.reason, newest.identity) == (Reason.CONSENT_TAKEN_BACK, None)
    assert desk.reception.undo(newest.entry_id, Reason.UNDO_WRONG_KEY) is None
    assert desk.logbook.arrival(newest.visit_id) == visit.arrival


def test_what_the_log_did_not_take_is_tried_again_and_kept_once(desk, monkeypatch):
    passed(desk)
    visit = desk.came()
    person_id = visit.arrival.draft.person_id
    desk.agreed(person_id, Purpose.VISIT)
    append = desk.logbook.append

    def full(_draft):
        detail = "disk full"
        raise LogbookError(detail)

    monkeypatch.setattr(desk.logbook, "append", full)
    with pytest.raises(LogbookError):
        desk.rights.take_back(visit)
    monkeypatch.setattr(desk.logbook, "append", append)
    assert desk.rights.take_back(visit) is TakenBack.DONE
    said = [(one.purpose, one.given) for one in desk.consents.of(person_id)]
    assert sorted(said) == sorted(
        [(Purpose.VISIT, True), (Purpose.REMEMBERED, False), (Purpose.VISIT, False)]
    )
    assert len(desk.logbook.latest(99)) == 3


def test_whoever_took_their_consent_back_is_offered_by_name_no_more(desk):
    passed(desk)
    visit = desk.came()
    person = visit.arrival.draft.identity.person
    unnumbered = Person(person.name, birth_date=person.birth_date)
    for purpose in Purpose:
        desk.agreed(visit.arrival.draft.person_id, purpose)
    began = desk.recogniser.day_began()
    assert desk.directory.find_alike(unnumbered, began) is not None
    assert desk.consents.find(person.name)
    assert desk.rights.take_back(visit) is TakenBack.DONE
    assert desk.directory.find_alike(unnumbered, began) is None
    assert desk.directory.find_namesake(unnumbered, began) is None
    assert desk.consents.find(person.name) == []
    desk.agreed(visit.arrival.draft.person_id, Purpose.VISIT)
    assert desk.directory.find_alike(unnumbered, began) is not None, "they agreed anew"


def test_who_is_inside_or_works_here_or_is_unknown_takes_nothing_back(desk):
    desk.admit(desk.scan(CARD))
    visit = desk.came()
    person_id = visit.arrival.draft.person_id
    assert desk.rights.take_back(visit) is TakenBack.INSIDE
    desk.clock.pass_by(3600)
    desk.leave(desk.scan(CARD))
    desk.directory.set_kind(person_id, PersonKind.STAFF)
    assert desk.rights.take_back(desk.came()) is TakenBack.STAFF
    unknown = replace(visit.arrival, draft=replace(visit.arrival.draft, person_id="nobody"))
    assert desk.rights.take_back(replace(visit, arrival=unknown)) is TakenBack.NOBODY
    assert [one for one in desk.consents.of(person_id) if not one.given] == []


@pytest.mark.parametrize("agreed", [True, False])
def test_under_an_order_only_what_was_agreed_to_is_taken_back(agreed):
    desk = Desk()  # its rules name an order
    assert not desk.rules.asks_consent
    passed(desk)
    person_id = desk.came().arrival.draft.person_id
    if agreed:
        desk.agreed(person_id, Purpose.VISIT)
    expected = TakenBack.DONE if agreed else TakenBack.ORDERED
    assert desk.rights.take_back(desk.came()) is expected
    no = {one.purpose for one in desk.consents.of(person_id) if not one.given}
    assert no == {Purpose.REMEMBERED, *([Purpose.VISIT] if agreed else [])}


def test_under_an_order_too_whoever_takes_back_is_offered_by_name_no_more(desk):
    assert not desk.rules.asks_consent
    passed(desk)
    visit, began = desk.came(), desk.recogniser.day_began()
    person = visit.arrival.draft.identity.person
    desk.agreed(visit.arrival.draft.person_id, Purpose.REMEMBERED)
    unnumbered = Person(person.name, birth_date=person.birth_date)
    assert desk.directory.find_alike(unnumbered, began) is not None
    assert desk.rights.take_back(visit) is TakenBack.ORDERED
    assert desk.directory.find_alike(unnumbered, began) is None
    assert desk.directory.find_namesake(unnumbered, began) is None
    assert desk.consents.find(person.name) == []
    assert desk.scan(CARD).person_id == visit.arrival.draft.person_id, "a card that is shown"


# --- what follows in the file -----------------------------------------------------------------


@pytest.fixture
def path():
    with temporary_folder() as folder:
        yield folder


def rights(one) -> Rights:
    store = one.store
    parts = store.logbook, store.directory, store.consents, one.clock, secrets.token_bytes
    return Rights(*parts, DESK)


def test_who_took_their_consent_back_is_erased_from_every_byte_when_that_day_is_over(path):
    with office(path) as one:
        one.comes(somebody(2))
        one.declares(somebody(1), remembered=True)
        one.comes(somebody(1))
        one.nights(2)
        one.comes(somebody(1))
        visit = one.store.logbook.visits(*EVER)[-1]
        assert rights(one).take_back(visit) is TakenBack.DONE
        one.retention.to_the_end()
        assert one.rows("person") == 2, "the closing sheet of the day is still to be printed"
        one.nights(1)
        assert one.rows("person") == one.rows("entry_identity") == one.rows("entry_health") == 1
        assert one.rows("consent_proof") == 4
        assert isinstance(one.store.logbook.check(), Proved)
        assert ("withdrawn", "asked") in [(e.kind, e.rule) for e in one.store.eraser.kept().erased]
        assert dict(one.retention.over()).get(Kind.WITHDRAWN) is None
    content = bytes_of(path)
    for text in (somebody(1).name, somebody(1).id_number, somebody(1).phone):
        assert text.encode() not in content
    assert somebody(2).name.encode() in content


def test_who_was_taken_on_after_they_took_their_consent_back_keeps_their_card(path):
    with office(path) as one:
        one.declares(somebody(1))
        one.comes(somebody(1))
        (visit,) = one.store.logbook.visits(*EVER)
        assert rights(one).take_back(visit) is TakenBack.DONE
        member = one.store.directory.find_person(somebody(1).id_number)
        one.store.staff.employ(member.person_id, Post("CB-001", "Văn phòng", ""))
        card = Issue(Scheme.STAFF_CARD, "CARD1", one.clock.now().date())
        one.store.directory.issue(card, member, one.clock.now())
        one.nights(2)
        assert one.store.directory.find("CARD1") is not None
        one.nights(30)
        assert one.rows("entry_identity") == 0
        assert one.store.directory.find("CARD1") is not None


def test_an_entry_that_was_put_right_is_erased_when_the_one_before_is(path):
    with office(path) as one:
        one.comes(somebody(1))
        one.nights(20)
        (visit,) = one.store.logbook.visits(*EVER)
        rights(one).put_right(visit, replace(somebody(1), name="Zừng Văn Đúng"), THERE)
        one.nights(1)
        assert one.rows("entry_health") == 0
        one.nights(9)
        assert one.rows("entry_identity") == one.rows("person") == 0
        assert isinstance(one.store.logbook.check(), Proved)
    assert "Zừng".encode() not in bytes_of(path)
