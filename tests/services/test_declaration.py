"""The guest without a phone: what the form refuses, what follows from it, and the slip."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain import issued as codes
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.person import Person, Sex
from kiosk.domain.recognition import Standing
from kiosk.domain.screening import NOWHERE, Checklist, Declared, Destination
from kiosk.services.declaration import Declarations, Issued
from kiosk.services.form_faults import Fault, Field, FormFault, faults
from kiosk.services.guest_form import (
    Agreed,
    GuestForm,
    Question,
    as_a_name,
    child_is_asked,
    is_child,
    outcome,
)
from tests.fakes_log import RULES as NO_ORDER
from tests.services.test_reception import KEY, OFFICE, Bench

TODAY = date(2026, 11, 22)
RULES = replace(NO_ORDER, legal_basis="Công văn 568", destination=False)
ALL_NO = tuple((question, False) for question in Question)


def answers(**yes: bool) -> tuple[tuple[Question, bool], ...]:
    """Every question answered; no, but for those named."""
    return tuple((question, yes.get(question.value, False)) for question in Question)


def form(**said) -> GuestForm:
    return GuestForm(**({"name": "Lê Anh Sơn", "answers": ALL_NO} | said))


# --- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, None),
        ({"name": "  "}, (Field.NAME, FormFault.EMPTY)),
        ({"name": "1950"}, (Field.NAME, FormFault.DIGITS)),
        ({"name": "366ks"}, (Field.NAME, FormFault.DIGITS)),
        ({"name": "Lê Sơn 2"}, (Field.NAME, FormFault.DIGITS)),
        ({"name": "N"}, (Field.NAME, FormFault.EMPTY)),
        ({"name": "Vũ"}, None),
        ({"name": "\x00\u202e"}, (Field.NAME, FormFault.EMPTY)),
        ({"phone": "+84 (90) 000-00.18"}, None),
        ({"phone": "090000"}, (Field.PHONE, FormFault.NO_PHONE)),
        ({"phone": "01681234567"}, (Field.PHONE, FormFault.OLD_PHONE)),
        ({"birth": " 1983 "}, None),
        ({"birth": "2/3/1983"}, None),
        ({"birth": "02031983"}, None),
        ({"birth": "22/11/2010"}, None),
        ({"birth": "2027"}, (Field.BIRTH, FormFault.BORN_LATER)),
        ({"birth": "23/11/2026"}, (Field.BIRTH, FormFault.BORN_LATER)),
        ({"birth": "1899"}, (Field.BIRTH, FormFault.NO_YEAR)),
        ({"birth": "83"}, (Field.BIRTH, FormFault.NO_YEAR)),
        ({"birth": "31/02/1983"}, (Field.BIRTH, FormFault.NO_YEAR)),
        ({"birth": "１９８３"}, (Field.BIRTH, FormFault.NO_YEAR)),
        ({"birth": "2015"}, (Field.SPOKEN_BY, FormFault.NO_REPRESENTATIVE)),
        ({"birth": "23/11/2010"}, (Field.SPOKEN_BY, FormFault.NO_REPRESENTATIVE)),
        ({"birth": "2015", "spoken_by": "Lê Văn Cha"}, None),
        ({"birth": "2015", "spoken_by": "L"}, (Field.SPOKEN_BY, FormFault.NO_REPRESENTATIVE)),
        ({"birth": "2015", "spoken_by": "1985"}, (Field.SPOKEN_BY, FormFault.DIGITS)),
        ({"birth": "1952", "spoken_by": "L"}, (Field.SPOKEN_BY, FormFault.EMPTY)),
        ({"birth": "1952", "spoken_by": "366ks"}, (Field.SPOKEN_BY, FormFault.DIGITS)),
        ({"birth": "2018", "spoken_by": "366ks"}, (Field.SPOKEN_BY, FormFault.DIGITS)),
        ({"birth": "1952", "spoken_by": "Lê"}, None),
        ({"destination": Destination(unit="1")}, (Field.UNIT, FormFault.NOWHERE)),
        ({"destination": Destination(unit="Phòng 1")}, None),
        ({"id_number": "0911 9000 0018"}, None),
        ({"id_number": "c0000045"}, None),
        ({"id_number": "12-34"}, (Field.ID_NUMBER, FormFault.NO_NUMBER)),
        ({"id_number": "1" * 21}, (Field.ID_NUMBER, FormFault.NO_NUMBER)),
        ({"others": "Trần An 1985 36,5\nLê Bé"}, None),
        ({"others": "Trần An\nB 1985"}, (Field.OTHERS, FormFault.WRONG_LINE)),
        ({"others": "Trần An\n1985"}, (Field.OTHERS, FormFault.WRONG_LINE)),
        ({"answers": ()}, (Field.QUESTIONS, FormFault.UNANSWERED)),
        ({"answers": ALL_NO[1:]}, (Field.QUESTIONS, FormFault.UNANSWERED)),
        ({"reading": "36,5"}, None),
        ({"reading": "3"}, (Field.TEMPERATURE, FormFault.NO_TEMPERATURE)),
        ({"reading": "977"}, (Field.TEMPERATURE, FormFault.NO_TEMPERATURE)),
    ],
)
def test_what_must_be_put_right_is_named_by_field(said, found):
    told = {field: fault.code for field, fault in faults(form(**said), TODAY, RULES).items()}
    assert told == dict([found] if found else [])


def test_a_fault_says_what_its_sentence_names():
    wrong = form(phone="01681234567", others="An\n1")
    told = faults(wrong, TODAY, RULES)
    assert told[Field.PHONE] == Fault(FormFault.OLD_PHONE, "0381234567")
    assert told[Field.OTHERS] == Fault(FormFault.WRONG_LINE, "2")


def test_questions_that_are_not_asked_need_no_answer():
    assert faults(form(answers=()), TODAY, replace(RULES, declaration=False)) == {}


def test_where_the_rules_want_to_know_whom_one_visits_the_form_asks():
    strict = replace(RULES, destination=True)
    assert faults(form(), TODAY, strict) == {Field.UNIT: Fault(FormFault.NOWHERE)}
    assert faults(form(destination=OFFICE), TODAY, strict) == {}


def test_every_fault_is_told_at_once():
    wrong = GuestForm(
        *("", "x", "x", "!"),
        others="1",
        reading="x",
    )
    told = faults(wrong, TODAY, replace(RULES, legal_basis="", destination=True))
    assert [*told] == [field for field in Field if field is not Field.SPOKEN_BY]


# --- consent, and who speaks for whom ---------------------------------------------------------

ASKED = replace(RULES, legal_basis="")
SEVEN, SIX = "22/11/2019", "23/11/2019"


@pytest.mark.parametrize(
    ("birth", "agreed", "fault"),
    [
        ("1983", Agreed(), FormFault.NOT_ASKED),
        ("1983", Agreed(remembered=True), FormFault.NOT_ASKED),
        ("1983", Agreed(visit=False), FormFault.NOT_AGREED),
        ("1983", Agreed(visit=True), None),
        ("1983", Agreed(visit=True, remembered=False), None),
        (SEVEN, Agreed(visit=True), FormFault.NOT_ASKED),
        (SEVEN, Agreed(visit=True, child=False), FormFault.NOT_AGREED),
        (SEVEN, Agreed(visit=True, child=True), None),
        (SIX, Agreed(visit=True), None),
    ],
)
def test_nothing_is_kept_before_everybody_asked_has_agreed(birth, agreed, fault):
    said = form(birth=birth, spoken_by="Lê Văn Cha", agreed=agreed)
    told = faults(said, TODAY, ASKED)
    assert told == ({Field.CONSENT: Fault(fault)} if fault else {})
    assert faults(said, TODAY, RULES) == {}, "an order of the law asks for no consent"


def test_from_seven_to_sixteen_the_child_is_asked_too():
    births = ("2026", SIX, SEVEN, "23/11/2010", "22/11/2010", "")
    said = [(is_child(f, TODAY), child_is_asked(f, TODAY)) for f in map(born, births)]
    yes, no = True, False
    assert said == [(yes, no), (yes, no), (yes, yes), (yes, yes), (no, no), (no, no)]


def born(birth: str) -> GuestForm:
    return form(birth=birth)


# --- what follows -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "declared"),
    [
        ((), Declared.NOT_YET),
        (ALL_NO, Declared.CLEAR),
        (answers(travel=True), Declared.CLEAR),
        (answers(symptoms=True), Declared.SIGNS),
        (answers(contact_patient=True), Declared.SIGNS),
        (answers(contact_abroad=True), Declared.SIGNS),
        (answers(contact_symptoms=True), Declared.SIGNS),
        (((Question.TRAVEL, False),), Declared.NOT_YET),
        (((Question.SYMPTOMS, True),), Declared.SIGNS),
    ],
)
def test_one_sign_is_enough_and_only_a_whole_form_is_clear(given, declared):
    assert outcome(form(answers=given)) is declared


# --- taking it --------------------------------------------------------------------------------


@pytest.fixture
def bench() -> Bench:
    return Bench(rules=RULES)


@pytest.fixture
def declarations(bench) -> Declarations:
    return bench.declarations


def take(declarations, said: GuestForm) -> Issued:
    """The slip of a guest who comes alone."""
    (issued,) = declarations.take(said)
    return issued


def test_the_guest_stands_there_with_a_slip_of_today(bench, declarations):
    issued = take(declarations, form(destination=OFFICE))
    assert codes.check(codes.read(issued.code), KEY) is None
    assert issued.day == bench.recogniser.today()
    assert issued.number == codes.short_number(issued.day, 1, KEY)
    who = issued.who
    assert (who.standing, who.person.name) == (Standing.RECOGNISED, "Lê Anh Sơn")
    assert (who.declared, who.destination) == (Declared.CLEAR, OFFICE)
    assert who.slip_number == issued.number


def test_slips_of_a_day_are_numbered(declarations):
    numbers = [take(declarations, form()).number[:-1] for _ in range(3)]
    assert numbers == ["0001", "0002", "0003"]


def test_what_was_typed_is_kept_tidy(declarations):
    said = form(
        name="  lê  anh\tSơn ",
        phone="0900 000-018",
        birth=" 1983 ",
        sex=Sex.MALE,
        address=" Tổ 4,\n Rạch Giá\u202e ",
        id_number="c 0000045",
    )
    assert take(declarations, said).who.person == Person(
        name="lê anh Sơn",
        id_number="C0000045",
        birth_year=1983,
        sex=Sex.MALE,
        address="Tổ 4, Rạch Giá",
        phone="0900000018",
    )


def test_the_answers_are_kept_in_the_order_of_the_form(bench, declarations):
    issued = take(declarations, form(answers=answers(travel=True), travel=" Cần Thơ "))
    kept = bench.directory.declaration(issued.who.person_id, bench.recogniser.day_began())
    assert kept.answers == (
        ("travel", "yes"),
        ("symptoms", "no"),
        ("contact_patient", "no"),
        ("contact_abroad", "no"),
        ("contact_symptoms", "no"),
        ("travel_where", "Cần Thơ"),
    )
    assert (kept.basis, kept.made_at) == ("2022-04", bench.clock.now())


def test_a_guest_with_signs_stands_there_with_signs(declarations):
    assert take(declarations, form(answers=answers(symptoms=True))).who.declared is Declared.SIGNS


def test_a_guest_known_by_number_is_the_same_person(declarations):
    first = take(declarations, form(id_number="091083000045"))
    second = take(declarations, form(id_number="091083000045"))
    assert first.who.person_id == second.who.person_id
    assert first.code != second.code


def test_a_form_without_questions_leaves_the_declaration_open(declarations):
    who = take(declarations, form(answers=(), destination=Destination(host="Bà Lan"))).who
    assert (who.declared, who.destination) == (Declared.NOT_YET, Destination(host="Bà Lan"))
    assert take(declarations, form(answers=())).who.destination == NOWHERE


def test_what_the_receptionist_has_seen_stands_beside_the_slip(declarations):
    issued = take(declarations, form(reading="36,5", mask=True))
    assert issued.seen == Checklist((365,), mask=True, hands=False)
    assert take(declarations, form()).seen == Checklist()


def test_where_somebody_lives_is_one_address_and_each_part_is_kept(bench, declarations):
    said = form(address="Tổ 4 ", ward="Rạch Giá", province="An Giang", nationality="Lào")
    issued = take(declarations, replace(said, spoken_by="Bà Tư"))
    assert issued.who.person.address == "Tổ 4, Rạch Giá, An Giang"
    kept = bench.directory.declaration(issued.who.person_id, bench.recogniser.day_began())
    assert kept.answers[5:] == (
        ("spoken_by", "Bà Tư"),
        ("nationality", "Lào"),
        ("province", "An Giang"),
        ("ward", "Rạch Giá"),
    )


def test_who_comes_along_has_said_nothing_of_where_they_are_from(bench, declarations):
    said = form(ward="Rạch Giá", province="An Giang", nationality="Việt Nam", others="Kim An")
    _, along = declarations.take(said)
    kept = bench.directory.declaration(along.who.person_id, bench.recogniser.day_began())
    assert [name for name, _ in kept.answers] == [question.value for question in Question]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lê  văn tám", "Lê Văn Tám"),
        ("đỗ ánh", "Đỗ Ánh"),
        ("Lê văn Tám", "Lê văn Tám"),
        ("LÊ VĂN TÁM", "LÊ VĂN TÁM"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("", ""),
    ],
)
def test_a_name_that_was_typed_without_shift_gets_its_capitals(typed, kept):
    assert as_a_name(typed) == kept


def test_a_name_is_kept_in_whole_letters_whatever_the_typing_tool_sends(declarations):
    taken_apart = unicodedata.normalize("NFD", "Nguyễn Thị Hồng")
    assert take(declarations, form(name=taken_apart)).who.person.name == "Nguyễn Thị Hồng"


def test_a_day_of_birth_is_kept_as_such(declarations):
    person = take(declarations, form(birth="2.3.1983")).who.person
    assert (person.birth_date, person.birth_year) == (date(1983, 3, 2), 1983)


def test_somebody_chosen_from_those_known_is_the_same_person(declarations):
    first = take(declarations, form(phone="0900000018"))
    chosen = form(name="Lê Sơn", person_id=first.who.person_id)
    again = take(declarations, chosen).who
    assert (again.person_id, again.person.phone) == (first.who.person_id, "0900000018")


def test_a_group_is_one_form_with_a_slip_for_everybody(bench, declarations):
    said = form(reading="36,4", mask=True, destination=OFFICE)
    people = declarations.take(replace(said, others="Trần An 1985 36,6\n\n Lê Bé 2018 "))
    assert [issued.who.person.name for issued in people] == ["Lê Anh Sơn", "Trần An", "Lê Bé"]
    assert [issued.number[:-1] for issued in people] == ["0001", "0002", "0003"]
    assert len({issued.code for issued in people}) == 3
    assert [issued.seen.readings for issued in people] == [(364,), (366,), ()]
    assert all(issued.seen.mask and issued.who.destination == OFFICE for issued in people)
    assert all(issued.who.declared is Declared.CLEAR for issued in people)
    assert people[1].who.person.birth_year == 1985


def test_somebody_who_comes_along_is_known_by_the_number_of_a_card(bench, declarations):
    card = "091185000036||Nguyễn Thị Hồng|02031985|Nữ|Vĩnh Lợi, Sóc Trăng|09052021"
    known = bench.admit(bench.scan(card.encode()))
    along = "Nguyễn Thị Hồng 1985 091185000036"
    _, other = declarations.take(form(others=along))
    assert other.who.person_id == known.draft.person_id


def test_a_form_that_cannot_be_kept_whole_is_not_kept_at_all(bench, declarations):
    supply = [b"a" * 16]
    declarations._entropy = lambda _size: supply.pop()
    with pytest.raises(IndexError):
        declarations.take(form(id_number="C0000045", others="Trần An"))
    assert bench.directory.find_person("C0000045") is None


# --- consents ---------------------------------------------------------------------------------


@pytest.fixture
def asking() -> Bench:
    """A desk without an order: people are asked."""
    return Bench(rules=ASKED)


def said_of(bench: Bench, issued: Issued) -> list[tuple]:
    consents = bench.consents.of(issued.who.person_id)
    return [(c.purpose, c.given, c.said_by) for c in consents]


def test_an_answer_is_kept_with_text_language_time_and_officer(asking):
    agreed = Agreed(visit=True, text="2026-11", language="en")
    issued = take(asking.declarations, form(agreed=agreed))
    assert [*asking.consents.of(issued.who.person_id)] == [
        Consent(asking.clock.now(), Purpose.VISIT, True, "2026-11", "en", "", "Trực ban")
    ]
    kept = asking.directory.declaration(issued.who.person_id, asking.recogniser.day_began())
    assert kept.basis == "2026-11"


def test_for_a_child_its_representative_agrees_and_so_does_the_child(asking):
    agreed = Agreed(visit=True, child=True)
    issued = take(asking.declarations, form(birth="2015", spoken_by="Bà Tư", agreed=agreed))
    assert said_of(asking, issued) == [(Purpose.VISIT, True, "Bà Tư"), (Purpose.VISIT, True, "")]


def test_in_a_group_whoever_answered_stands_beside_everybodys_consent(asking):
    people = asking.declarations.take(
        form(others="Trần An 1985\nLê Bé 2018", agreed=Agreed(visit=True, remembered=True))
    )
    assert [said_of(asking, issued) for issued in people] == [
        [(Purpose.VISIT, True, ""), (Purpose.REMEMBERED, True, "")],
        [(Purpose.VISIT, True, "Lê Anh Sơn")],
        [(Purpose.VISIT, True, "Lê Anh Sơn")],
    ]


def test_a_child_who_comes_along_is_asked_itself(asking):
    group = form(others="Lê Bé 2016", agreed=Agreed(visit=True))
    assert faults(group, TODAY, ASKED)[Field.CONSENT].code is FormFault.NOT_ASKED
    people = asking.declarations.take(replace(group, agreed=Agreed(visit=True, child=True)))
    assert [said_of(asking, issued) for issued in people] == [
        [(Purpose.VISIT, True, "")],
        [(Purpose.VISIT, True, "Lê Anh Sơn"), (Purpose.VISIT, True, "")],
    ]


def test_being_remembered_is_asked_under_an_order_too_and_silence_is_no(bench):
    silent = take(bench.declarations, form())
    asked = take(bench.declarations, form(name="Trần An", agreed=Agreed(remembered=True)))
    assert said_of(bench, silent) == []
    assert said_of(bench, asked) == [(Purpose.REMEMBERED, True, "")]
    assert [known.person.name for known in bench.consents.find("a")] == ["Trần An"]
