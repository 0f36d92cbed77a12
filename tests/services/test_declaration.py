"""The guest without a phone: what the form refuses, what follows from it, and the slip."""

from datetime import date

import pytest

from kiosk.domain import issued as codes
from kiosk.domain.person import Person, Sex
from kiosk.domain.recognition import Standing
from kiosk.domain.screening import NOWHERE, Declared, Destination
from kiosk.services.declaration import (
    Declarations,
    Field,
    FormFault,
    GuestForm,
    Question,
    faults,
    outcome,
)
from tests.services.test_reception import KEY, OFFICE, Bench

TODAY = date(2026, 11, 22)
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
        ({}, {}),
        ({"name": "  "}, {Field.NAME: FormFault.EMPTY}),
        ({"name": "1950"}, {Field.NAME: FormFault.EMPTY}),
        ({"name": "\x00\u202e"}, {Field.NAME: FormFault.EMPTY}),
        ({"phone": "0900 000 018"}, {}),
        ({"phone": "+84 (90) 000-00.18"}, {}),
        ({"phone": "090000"}, {Field.PHONE: FormFault.NO_PHONE}),
        ({"phone": "none"}, {Field.PHONE: FormFault.NO_PHONE}),
        ({"phone": "0" * 16}, {Field.PHONE: FormFault.NO_PHONE}),
        ({"birth_year": " 1983 "}, {}),
        ({"birth_year": "2026"}, {}),
        ({"birth_year": "2027"}, {Field.BIRTH_YEAR: FormFault.NO_YEAR}),
        ({"birth_year": "1899"}, {Field.BIRTH_YEAR: FormFault.NO_YEAR}),
        ({"birth_year": "83"}, {Field.BIRTH_YEAR: FormFault.NO_YEAR}),
        ({"birth_year": "１９８３"}, {Field.BIRTH_YEAR: FormFault.NO_YEAR}),
        ({"id_number": "0911 9000 0018"}, {}),
        ({"id_number": "c0000045"}, {}),
        ({"id_number": "12-34"}, {Field.ID_NUMBER: FormFault.NO_NUMBER}),
        ({"id_number": "1" * 21}, {Field.ID_NUMBER: FormFault.NO_NUMBER}),
        ({"answers": ()}, {Field.QUESTIONS: FormFault.UNANSWERED}),
        ({"answers": ALL_NO[1:]}, {Field.QUESTIONS: FormFault.UNANSWERED}),
    ],
)
def test_what_must_be_put_right_is_named_by_field(said, found):
    assert faults(form(**said), TODAY, asked=True) == found


def test_questions_that_are_not_asked_need_no_answer():
    assert faults(form(answers=()), TODAY, asked=False) == {}


def test_every_fault_is_told_at_once():
    wrong = GuestForm(name="", phone="x", birth_year="x", id_number="!")
    assert set(faults(wrong, TODAY, asked=True)) == set(Field)


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
    return Bench()


@pytest.fixture
def declarations(bench) -> Declarations:
    return Declarations(bench.recogniser, bench.directory, bench.clock, bench.entropy, bench.desk)


def test_the_guest_stands_there_with_a_slip_of_today(bench, declarations):
    issued = declarations.take(form(destination=OFFICE))
    assert codes.check(codes.read(issued.code), KEY) is None
    assert issued.day == bench.recogniser.today()
    assert issued.number == codes.short_number(issued.day, 1, KEY)
    who = issued.who
    assert (who.standing, who.person.name) == (Standing.RECOGNISED, "Lê Anh Sơn")
    assert (who.declared, who.destination) == (Declared.CLEAR, OFFICE)
    assert who.slip_number == issued.number


def test_slips_of_a_day_are_numbered(declarations):
    numbers = [declarations.take(form()).number[:-1] for _ in range(3)]
    assert numbers == ["0001", "0002", "0003"]


def test_what_was_typed_is_kept_tidy(declarations):
    said = form(
        name="  lê  anh\tSơn ",
        phone="0900 000-018",
        birth_year=" 1983 ",
        sex=Sex.MALE,
        address=" Tổ 4,\n Rạch Giá\u202e ",
        id_number="c 0000045",
    )
    assert declarations.take(said).who.person == Person(
        name="lê anh Sơn",
        id_number="C0000045",
        birth_year=1983,
        sex=Sex.MALE,
        address="Tổ 4, Rạch Giá",
        phone="0900000018",
    )


def test_the_answers_are_kept_in_the_order_of_the_form(bench, declarations):
    issued = declarations.take(form(answers=answers(travel=True), travel=" Cần Thơ "))
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
    assert declarations.take(form(answers=answers(symptoms=True))).who.declared is Declared.SIGNS


def test_a_guest_known_by_number_is_the_same_person(declarations):
    first = declarations.take(form(id_number="091083000045"))
    second = declarations.take(form(id_number="091083000045"))
    assert first.who.person_id == second.who.person_id
    assert first.code != second.code


def test_a_form_without_questions_leaves_the_declaration_open(declarations):
    who = declarations.take(form(answers=(), destination=Destination(host="Bà Lan"))).who
    assert (who.declared, who.destination) == (Declared.NOT_YET, Destination(host="Bà Lan"))
    assert declarations.take(form(answers=())).who.destination == NOWHERE
