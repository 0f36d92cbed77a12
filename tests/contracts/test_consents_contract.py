"""What every store of consents promises, the one in memory and the one in SQLite alike."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.admission import Reason
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Declared
from kiosk.ports.consents import MOST_FOUND
from kiosk.ports.directory import Declaration, Issue
from tests.fakes_consents import FakeConsents
from tests.fakes_log import HONG, MORNING, PLANNING, FakeDirectory, FakeLogbook, arrival, departure
from tests.stores import temporary_store

TOMORROW = MORNING + timedelta(days=1)
YES = Consent(MORNING, Purpose.REMEMBERED, True, "2026-11 '); --", "vi", "", "Trực ban")
NO = replace(YES, given=False)
VISIT = replace(YES, purpose=Purpose.VISIT, said_by="Nguyễn Văn Cha")


@pytest.fixture(params=["fake", "sqlite"])
def stores(request):
    """A directory, its consents and the log."""
    if request.param == "fake":
        directory = FakeDirectory()
        directory.logbook = FakeLogbook()
        yield directory, FakeConsents(directory), directory.logbook
        return
    with temporary_store() as store:
        yield store.directory, store.consents, store.logbook


@pytest.fixture
def kept(stores):
    """A directory and its consents."""
    return stores[:2]


def found(kept, typed) -> list[str]:
    return [known.person.name for known in kept[1].find(typed)]


def test_answers_come_back_as_they_were_given_in_order(kept):
    directory, consents = kept
    hong = directory.add(HONG, MORNING).person_id
    for said in (VISIT, NO, YES):
        consents.agree(hong, said)
    assert [*consents.of(hong)] == [VISIT, NO, YES]
    assert [*consents.of("nobody")] == []


@pytest.mark.parametrize("found_by", ["find_alike", "find_namesake"])
def test_who_said_no_is_offered_by_name_on_that_day_only(kept, found_by):
    directory, consents = kept
    find = getattr(directory, found_by)
    hong = directory.add(HONG, MORNING)
    assert find(HONG, TOMORROW) == hong, "nobody was asked"
    consents.agree(hong.person_id, NO)
    assert find(HONG, MORNING) == hong
    assert find(HONG, TOMORROW) is None
    assert directory.find_person(HONG.id_number) == hong, "a card that is shown is known"
    consents.agree(hong.person_id, YES)
    assert find(HONG, TOMORROW) == hong
    consents.agree(hong.person_id, NO)
    directory.set_kind(hong.person_id, PersonKind.STAFF)
    assert find(HONG, TOMORROW).person_id == hong.person_id


@pytest.mark.parametrize("found_by", ["find_alike", "find_namesake"])
@pytest.mark.parametrize("asked_by", ["consent", "declaration", "slip"])
def test_a_guest_of_a_form_that_has_no_yes_is_offered_on_that_day_or_while_inside(
    stores, found_by, asked_by
):
    directory, consents, logbook = stores
    find = getattr(directory, found_by)
    hong = directory.add(HONG, MORNING)
    if asked_by == "consent":
        consents.agree(hong.person_id, VISIT)
    elif asked_by == "declaration":
        said = Declaration(MORNING, Declared.CLEAR, (), PLANNING, "2026-12")
        directory.declare(hong.person_id, said)
    else:
        directory.issue(Issue(Scheme.SLIP, "Q", MORNING.date()), hong, MORNING)
    assert find(HONG, MORNING) == hong
    assert find(HONG, TOMORROW) is None
    came = arrival(MORNING, person_id=hong.person_id)
    logbook.append(came)
    assert find(HONG, TOMORROW) == hong, "still inside"
    logbook.append(departure(came, MORNING))
    assert find(HONG, TOMORROW) is None
    assert directory.find_person(HONG.id_number) == hong, "a card that is shown is known"
    consents.agree(hong.person_id, YES)
    assert find(HONG, TOMORROW) == hong


@pytest.mark.parametrize("found_by", ["find_alike", "find_namesake"])
@pytest.mark.parametrize("met_by", ["card", "form"])
def test_whoever_takes_their_consent_back_is_not_offered_on_that_day_either(
    stores, found_by, met_by
):
    """Under an order nobody agrees to the visit: only the log tells this no from one on a form."""
    directory, consents, logbook = stores
    find = getattr(directory, found_by)
    if met_by == "card":
        hong = directory.remember(Scheme.CITIZEN_CARD, HONG.id_number, HONG, MORNING).holder
    else:
        hong = directory.add(HONG, MORNING)
        consents.agree(hong.person_id, YES)
    came = arrival(MORNING, person_id=hong.person_id)
    logbook.append(came)
    logbook.append(departure(came, MORNING))
    assert find(HONG, MORNING) == hong
    consents.agree(hong.person_id, NO)
    logbook.append(
        replace(
            departure(came, MORNING),
            reason=Reason.CONSENT_TAKEN_BACK,
            person_id=hong.person_id,
            verdict=None,
        )
    )
    assert find(HONG, MORNING) is None
    again = arrival(MORNING, person_id=hong.person_id)
    logbook.append(again)
    assert find(HONG, MORNING) == hong, "inside"
    logbook.append(departure(again, MORNING))
    assert find(HONG, MORNING) is None
    consents.agree(hong.person_id, NO)
    assert find(HONG, MORNING) is None, "a form that they fill in later says no as well"
    consents.agree(hong.person_id, VISIT)
    assert find(HONG, MORNING) == hong, "they agreed anew"


@pytest.mark.parametrize("found_by", ["find_alike", "find_namesake"])
def test_who_was_only_ever_known_by_a_card_is_offered_by_name(kept, found_by):
    directory, _ = kept
    hong = directory.remember(Scheme.CITIZEN_CARD, HONG.id_number, HONG, MORNING).holder
    assert getattr(directory, found_by)(HONG, TOMORROW) == hong


def test_nobody_is_found_who_did_not_agree_to_that(kept):
    directory, consents = kept
    hong = directory.add(HONG, MORNING).person_id
    assert found(kept, "hong") == []
    consents.agree(hong, VISIT)
    consents.agree(hong, NO)
    assert found(kept, "hong") == []
    consents.agree(hong, YES)
    assert found(kept, "hong") == [HONG.name]
    consents.agree(hong, NO)
    assert found(kept, "hong") == []


def test_people_are_found_by_the_beginnings_of_words_without_diacritics(kept):
    directory, consents = kept
    dao = Person("Nguyễn Thị Hồng Đào", id_number="091190000018", phone="+84900000018")
    consents.agree(directory.add(dao, MORNING).person_id, YES)
    for typed in ("dao", "Hồng Đ", "ng hong", "thi nguyen", "0911", "8490", "đào 0911"):
        assert found(kept, typed) == [dao.name], typed
    for typed in ("", "  ", "ao", "hong lan", "1190", "%", "dao_", "' OR 1=1 --"):
        assert found(kept, typed) == [], typed


def test_whoever_was_here_last_comes_first_and_few_are_offered(kept):
    directory, consents = kept
    for number in range(MOST_FOUND + 3):
        at = MORNING + timedelta(minutes=number)
        person = Person(f"Trần An {number}", phone=f"09{number:08}")
        consents.agree(directory.add(person, at).person_id, YES)
    last = MOST_FOUND + 2
    assert found(kept, "tran an") == [f"Trần An {last - n}" for n in range(MOST_FOUND)]


def test_a_person_is_found_by_what_is_now_known_of_them(kept):
    directory, consents = kept
    known = directory.add(HONG, MORNING)
    consents.renew(known.person_id)
    assert found(kept, "0912") == [], "to renew is not to agree"
    consents.agree(known.person_id, YES)
    directory.add(replace(HONG, phone="0912345678"), MORNING, known.person_id)
    consents.renew(known.person_id)
    assert found(kept, "0912") == [HONG.name]
