"""What every directory promises, the one in memory and the one in SQLite alike."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.credential import Scheme
from kiosk.domain.person import Person, PersonKind, Sex
from kiosk.domain.screening import Declared, Destination
from kiosk.ports.directory import Declaration, Issue
from kiosk.ports.logbook import LogbookError
from tests.fakes_log import HONG, MORNING, PLANNING, FakeDirectory
from tests.stores import temporary_store

TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)
LATER = MORNING + timedelta(hours=3)


@pytest.fixture(params=["fake", "sqlite"])
def directory(request):
    if request.param == "fake":
        yield FakeDirectory()
        return
    with temporary_store() as store:
        yield store.directory


def slip_of(code, number, day=TODAY) -> Issue:
    return Issue(Scheme.SLIP, code, day, day, number)


def declared(at=MORNING, declared=Declared.CLEAR):
    answers = (("travel", "no"), ("travel_where", "Hà Nội '); --\0🦠"))
    return Declaration(at, declared, answers, PLANNING, "2022-04")


def test_nobody_is_known_at_first(directory):
    assert directory.find("091185000036") is None
    assert directory.find_number("0012K", TODAY) is None
    assert directory.declaration("p", MORNING) is None
    assert directory.slips_on(TODAY) == 0


def test_wards_that_were_named_are_places_of_a_province_most_often_first(directory):
    said = (("An Giang", "Xã Vĩnh Bình"), ("An Giang", "Phường Rạch Giá"), ("Cà Mau", "Xã U Minh"))
    for province, ward in (*said, said[1], ("", "Xã Lạ '); --")):
        who = directory.add(HONG, MORNING).person_id
        answers = (("travel", "no"), ("province", province), ("ward", ward))
        answers = tuple(answer for answer in answers if answer[1])
        directory.declare(who, Declaration(MORNING, Declared.CLEAR, answers, PLANNING, "2022-04"))
    assert [*directory.wards("An Giang")] == ["Phường Rạch Giá", "Xã Vĩnh Bình"]
    assert directory.wards("")[0] == "Phường Rạch Giá"
    assert len(directory.wards("")) == 4
    assert [*directory.wards("Huế")] == []


def test_a_credential_leads_back_to_its_holder(directory):
    kept = directory.remember(Scheme.CITIZEN_CARD, HONG.id_number, HONG, MORNING)
    assert kept.holder.person == HONG
    assert kept.holder.kind is PersonKind.VISITOR
    assert (kept.scheme, kept.day, kept.number) == (Scheme.CITIZEN_CARD, None, "")
    assert directory.find(HONG.id_number) == kept


def test_the_same_stable_part_is_the_same_person(directory):
    first = directory.remember(Scheme.CITIZEN_CARD, "s", HONG, MORNING)
    moved = replace(HONG, address="Cần Thơ")
    again = directory.remember(Scheme.CITIZEN_CARD, "s", moved, LATER)
    assert (again.credential_id, again.holder.person_id) == (
        first.credential_id,
        first.holder.person_id,
    )
    assert directory.find("s").holder.person == moved


def test_what_was_not_said_this_time_is_not_forgotten(directory):
    directory.remember(Scheme.CITIZEN_CARD, "s", HONG, MORNING)
    kept = directory.remember(Scheme.NATIONAL_QR, "s", Person("Nguyễn Thị Hồng"), LATER)
    assert kept.holder.person == HONG


def test_another_stable_part_with_the_same_document_number_is_the_same_person(directory):
    card = directory.remember(Scheme.CITIZEN_CARD, "card", HONG, MORNING)
    code = directory.remember(Scheme.NATIONAL_QR, "code", HONG, MORNING)
    assert card.credential_id != code.credential_id
    assert card.holder == code.holder


def test_people_without_a_document_number_are_never_taken_for_one_another(directory):
    first = directory.add(Person("Trần Văn Bình"), MORNING)
    second = directory.add(Person("Trần Văn Bình"), MORNING)
    assert first.person_id != second.person_id


def test_a_person_of_the_form_is_found_again_by_document_number(directory):
    card = directory.remember(Scheme.CITIZEN_CARD, HONG.id_number, HONG, MORNING)
    known = directory.add(Person("Hồng", id_number=HONG.id_number, phone="0987"), LATER)
    assert known.person_id == card.holder.person_id
    assert directory.find(HONG.id_number).holder.person == replace(HONG, name="Hồng", phone="0987")


def test_a_number_on_the_form_under_which_another_name_is_kept_is_somebody_elses(directory):
    card = directory.remember(Scheme.CITIZEN_CARD, HONG.id_number, HONG, MORNING)
    other = directory.add(Person("Trần Văn Khách", id_number=HONG.id_number), LATER)
    assert other.person_id != card.holder.person_id
    assert directory.find(HONG.id_number).holder == card.holder


def test_a_person_is_found_by_each_document_number(directory):
    said = replace(HONG, id_number="091190000018", old_id_number="370000018")
    known = directory.add(said, MORNING)
    assert directory.find_person("091190000018") == known
    assert directory.find_person("370000018") == known
    assert directory.find_person("370000019") is None
    directory.add(Person("Sơn"), MORNING)
    assert directory.find_person("") is None


def test_somebody_who_may_be_the_same_is_found_by_name_and_birth(directory):
    said = Person("NGUYEN THI HONG", id_number="C0000045", birth_date=HONG.birth_date)
    assert directory.find_alike(said, MORNING) is None
    known = directory.add(HONG, MORNING)
    assert directory.find_alike(said, MORNING) == known
    assert directory.find_alike(said, MORNING, but=known.person_id) is None
    assert directory.find_alike(replace(said, birth_date=date(1985, 3, 3)), MORNING) is None
    by_form = Person("Nguyễn Thị Hồng", birth_year=1985, phone="0912 345 678".replace(" ", ""))
    assert directory.find_alike(by_form, MORNING) == known
    assert directory.find_alike(replace(by_form, phone=""), MORNING) is None
    newer = directory.add(replace(HONG, id_number="", old_id_number=""), LATER)
    assert directory.find_alike(said, MORNING) == newer


@pytest.mark.parametrize("name", ["", "%", "' OR 1=1 --", "\ud83d"])
def test_nobody_is_like_a_name_that_is_none(directory, name):
    directory.add(HONG, MORNING)
    assert directory.find_alike(Person(name, birth_date=HONG.birth_date), MORNING) is None


def test_a_credential_is_remembered_for_whom_the_receptionist_named(directory):
    known = directory.add(HONG, MORNING)
    passport = Person("NGUYEN THI HONG", id_number="C0000045", birth_date=HONG.birth_date)
    kept = directory.remember(Scheme.ICAO_VDS, "C0000045", passport, LATER, known.person_id)
    assert kept.holder.person_id == known.person_id
    assert kept.holder.person.name == HONG.name
    assert directory.find("C0000045") == kept
    assert directory.find_person("C0000045").person_id == known.person_id
    unknown = directory.remember(Scheme.ICAO_VDS, "x", Person("Sơn"), LATER, "nobody")
    assert unknown.holder.person_id != known.person_id


def test_a_credential_that_is_handed_over_takes_all_of_its_holder_along(directory):
    known = directory.add(HONG, MORNING)
    same = directory.add(Person("Nguyễn Thị Hồng", phone="0900000018"), LATER)
    slip = directory.issue(Issue(Scheme.SLIP, "slip", TODAY, number="0001B"), same, LATER)
    other = directory.issue(Issue(Scheme.SLIP, "other", TODAY, number="0002B"), same, LATER)
    directory.declare(same.person_id, declared(LATER))
    directory.hand_over(slip.credential_id, known.person_id, LATER)
    holder = replace(known, person=replace(HONG, phone="0900000018"))
    assert directory.find("slip") == replace(slip, holder=holder)
    assert directory.find("other") == replace(other, holder=holder)
    assert directory.declaration(known.person_id, MORNING) == declared(LATER)
    assert directory.find_alike(holder.person, MORNING, but=known.person_id) is None
    directory.hand_over(slip.credential_id, known.person_id, LATER)
    assert directory.find("slip").holder == holder


def test_what_is_kept_together_is_kept_whole_or_not_at_all(directory):
    def half_done():
        with directory.together():
            directory.add(HONG, MORNING)
            detail = "the disk was full"
            raise LogbookError(detail)

    with pytest.raises(LogbookError):
        half_done()
    assert directory.find_person(HONG.id_number) is None
    with directory.together():
        directory.add(HONG, MORNING)
    assert directory.find_person(HONG.id_number).person == HONG


def test_staff_stay_staff(directory):
    kept = directory.remember(Scheme.CITIZEN_CARD, "s", HONG, MORNING)
    directory.set_kind(kept.holder.person_id, PersonKind.STAFF)
    assert directory.find("s").holder.kind is PersonKind.STAFF
    assert (
        directory.remember(Scheme.CITIZEN_CARD, "s", HONG, LATER).holder.kind is PersonKind.STAFF
    )
    directory.set_kind("nobody", PersonKind.STAFF)


def test_an_emergency_slip_is_found_by_its_number_on_any_day(directory):
    nobody = directory.add(Person(""), MORNING)
    for code, scheme in (("OLD", Scheme.EMERGENCY_SLIP), ("NEW", Scheme.EMERGENCY_SLIP)):
        directory.issue(Issue(scheme, code, TODAY, None, "0012K"), nobody, MORNING)
    directory.issue(slip_of("SLIPCODE", "0012K"), nobody, MORNING)
    assert directory.find_emergency_slip("0012K") == directory.find("NEW")
    directory.revoke("NEW", MORNING)
    assert directory.find_emergency_slip("0012K") == directory.find("OLD")
    assert directory.find_emergency_slip("0013K") is None


def test_whoever_a_slip_of_nobody_is_given_to_keeps_their_own_name(directory):
    nobody = directory.add(Person(""), MORNING)
    slip = directory.issue(slip_of("SLIPCODE", "0012K"), nobody, MORNING)
    hong = directory.add(HONG, MORNING)
    directory.hand_over(slip.credential_id, hong.person_id, LATER)
    assert directory.find("SLIPCODE").holder.person == HONG


def test_staff_stay_staff_when_two_records_become_one(directory):
    hong = directory.add(HONG, MORNING)
    same = directory.add(Person("Nguyễn Thị Hồng"), MORNING)
    directory.set_kind(same.person_id, PersonKind.STAFF)
    slip = directory.issue(slip_of("SLIPCODE", "0012K"), same, MORNING)
    directory.hand_over(slip.credential_id, hong.person_id, LATER)
    assert directory.find("SLIPCODE").holder.kind is PersonKind.STAFF


def test_a_slip_that_was_somebody_else_s_is_given_on_alone(directory):
    wrong, right = directory.add(HONG, MORNING), directory.add(Person("Lê Thị Mai"), MORNING)
    slip = directory.issue(slip_of("SLIPCODE", "0012K"), wrong, MORNING)
    directory.issue(slip_of("OTHER", "0013K"), wrong, MORNING)
    directory.give(slip.credential_id, right.person_id)
    assert directory.find("SLIPCODE").holder == right
    assert directory.find("OTHER").holder == wrong


def test_a_slip_is_found_by_its_code_and_by_its_number_on_its_day(directory):
    holder = directory.add(HONG, MORNING)
    slip = directory.issue(slip_of("SLIPCODE", "0012K"), holder, MORNING)
    assert (slip.scheme, slip.day, slip.number) == (Scheme.SLIP, TODAY, "0012K")
    assert slip.holder == holder
    assert directory.find("SLIPCODE") == slip
    assert directory.find_number("0012K", TODAY) == slip
    assert directory.find_number("0012K", TOMORROW) is None
    assert directory.find_number("0013K", TODAY) is None


def test_the_next_short_number_of_a_day_is_one_that_was_never_given(directory):
    """Not the number of slips: the first of three was erased with its holder."""
    holder = directory.add(HONG, MORNING)
    for number, day in (("0002C", TODAY), ("0003K", TODAY), ("0001R", TOMORROW)):
        directory.issue(slip_of(f"slip {number}", number, day), holder, MORNING)
    assert [directory.slips_on(day) for day in (TODAY, TOMORROW)] == [3, 1]


def test_a_declaration_comes_back_as_it_was_made(directory):
    who = directory.add(HONG, MORNING).person_id
    directory.declare(who, declared())
    assert directory.declaration(who, MORNING) == declared()


def test_the_newest_declaration_since_a_moment_counts(directory):
    who = directory.add(HONG, MORNING).person_id
    for made in (declared(LATER, Declared.SIGNS), declared(MORNING)):
        directory.declare(who, made)
    assert directory.declaration(who, MORNING).declared is Declared.SIGNS
    assert directory.declaration(who, LATER + timedelta(milliseconds=1)) is None


def test_of_two_declarations_at_one_moment_the_later_counts(directory):
    who = directory.add(HONG, MORNING).person_id
    directory.declare(who, declared(MORNING, Declared.CLEAR))
    directory.declare(who, declared(MORNING, Declared.SIGNS))
    assert directory.declaration(who, MORNING).declared is Declared.SIGNS


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PEOPLE = st.builds(
    Person,
    name=TEXT,
    id_number=st.sampled_from(["", "091185000036", "'--"]),
    birth_date=st.none() | st.dates(date(1900, 1, 1)),
    birth_year=st.none() | st.sampled_from([1985, 1990]),
    sex=st.sampled_from(Sex),
    address=TEXT,
    phone=TEXT,
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["remember", "issue", "add", "staff"]),
        st.sampled_from(["a", "b", "c"]),
        PEOPLE,
    ),
    max_size=10,
)


def _walk(directory, steps):
    """What a directory tells of these steps, its random ids replaced by who came first."""
    ids, told, holder = {}, [], None
    for n, (move, stable, person) in enumerate(steps):
        at = MORNING + timedelta(minutes=n)
        if move == "remember":
            holder = directory.remember(Scheme.CITIZEN_CARD, stable, person, at).holder
        elif move == "add":
            holder = directory.add(person, at)
        elif holder is None:
            continue
        elif move == "issue":
            directory.issue(slip_of(f"slip {n}", f"{n}"), holder, at)
            told.append(directory.find_number(f"{n}", TODAY).holder.person)
        else:
            directory.set_kind(holder.person_id, PersonKind.STAFF)
        told.append((ids.setdefault(holder.person_id, len(ids)), holder.person, holder.kind))
        told += [_seen(directory.find(name), ids) for name in ("a", "b", "c", f"slip {n}")]
    return told


def _seen(kept, ids):
    if kept is None:
        return None
    holder = kept.holder
    return (ids[holder.person_id], holder.person, holder.kind, kept.scheme, kept.day, kept.number)


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_both_directories_tell_the_same_of_any_walk(steps):
    with temporary_store() as store:
        assert _walk(FakeDirectory(), steps) == _walk(store.directory, steps)


def test_a_destination_of_a_declaration_may_be_empty(directory):
    who = directory.add(HONG, MORNING).person_id
    directory.declare(who, replace(declared(), destination=Destination()))
    assert directory.declaration(who, MORNING).destination == Destination()


def test_a_code_that_was_taken_back_is_known_as_such_and_has_no_number(directory):
    holder = directory.add(HONG, MORNING)
    directory.issue(slip_of("SLIPCODE", "0012K"), holder, MORNING)
    assert directory.revoke("SLIPCODE", LATER).revoked
    assert directory.revoke("SLIPCODE", LATER).revoked
    assert directory.find("SLIPCODE").revoked
    assert directory.find_number("0012K", TODAY) is None
    assert directory.revoke("nobody's", LATER) is None


def test_all_cards_of_one_kind_are_taken_back_at_once(directory):
    holder = directory.add(HONG, MORNING)
    for n in range(2):
        directory.issue(Issue(Scheme.STAFF_CARD, f"card {n}", TODAY), holder, MORNING)
    directory.issue(slip_of("SLIPCODE", "0012K"), holder, MORNING)
    assert directory.revoke_all(holder.person_id, Scheme.STAFF_CARD, LATER) == 2
    assert directory.revoke_all(holder.person_id, Scheme.STAFF_CARD, LATER) == 0
    assert directory.find("card 1").revoked
    assert not directory.find("SLIPCODE").revoked


def invitation(code, day=TODAY, until=TODAY, to=PLANNING) -> Issue:
    return Issue(Scheme.INVITATION, code, day, until, destination=to)


def test_a_code_leads_where_it_was_said_to_lead(directory):
    guest = directory.add(HONG, MORNING)
    kept = directory.issue(invitation("i"), guest, MORNING)
    assert kept.destination == PLANNING
    assert directory.find("i") == kept


def test_an_invitation_is_found_by_the_guests_name_on_its_days(directory):
    guest = directory.add(Person("Trần Văn Dũng"), MORNING)
    directory.issue(invitation("old"), guest, MORNING)
    newer = directory.issue(invitation("new", until=TOMORROW), guest, LATER)
    assert directory.find_invited(Person("TRAN VAN DUNG"), TODAY) == newer
    assert directory.find_invited(Person("Trần Văn Dũng"), TOMORROW) == newer
    assert directory.find_invited(Person("Trần Văn"), TODAY) is None
    assert directory.find_invited(guest.person, TODAY - timedelta(days=1)) is None
    assert directory.find_invited(guest.person, TOMORROW + timedelta(days=1)) is None
    directory.revoke("new", LATER)
    assert directory.find_invited(guest.person, TOMORROW) is None


def test_a_namesake_is_only_who_is_the_only_one(directory):
    guest = directory.add(Person("Trần Văn Dũng"), MORNING)
    assert directory.find_namesake(guest.person, MORNING, guest.person_id) is None
    known = directory.add(Person("TRAN VAN DUNG", id_number="091085000036"), MORNING)
    assert directory.find_namesake(guest.person, MORNING, guest.person_id) == known
    directory.add(Person("Trần Văn Dũng", id_number="091085000037"), MORNING)
    assert directory.find_namesake(guest.person, MORNING, guest.person_id) is None
    directory.add(Person(""), MORNING)
    assert directory.find_namesake(Person(""), MORNING, guest.person_id) is None


def test_somebody_known_is_refreshed_by_who_they_are(directory):
    known = directory.add(Person("Trần Văn Dũng"), MORNING)
    again = directory.add(Person("Trần Văn Dũng", phone="0912345678"), LATER, known.person_id)
    assert again.person_id == known.person_id
    assert again.person.phone == "0912345678"
