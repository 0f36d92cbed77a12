"""Names folded for searching, masked for strangers, and what of a person stays known."""

import doctest
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import person
from kiosk.domain.person import (
    Person,
    Sex,
    fold,
    mask_name,
    mask_number,
    may_be_same,
    names_agree,
    one_line,
    under_age,
)
from kiosk.domain.refresh import refreshed


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(person).failed == 0


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Hồng", "nguyen thi hong"),
        ("ĐẶNG VĂN ĐẠT", "dang van dat"),
        ("  Tổ 4,\tKhu phố  ", "to 4, khu pho"),
        (unicodedata.normalize("NFD", "Đường Trần Phú"), "duong tran phu"),
        ("", ""),
    ],
)
def test_searching_needs_no_diacritics(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_for_one_spelling(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Dương Bích Sơn", "D. B. Sơn"),
        ("Đặng  Đạt", "Đ. Đạt"),
        ("Sơn", "Sơn"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_strangers_see_initials_and_the_given_name(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("091185000036", "•••• 0036"),
        ("370000018", "•••• 018"),
        ("3700000189", "•••• 189"),
        ("C0000045", "••••••••"),
        ("", ""),
    ],
)
def test_of_a_number_only_its_end_is_shown(number, masked):
    assert mask_number(number) == masked


@given(st.text(max_size=60))
def test_one_line_holds_nothing_that_is_not_seen(text):
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in shown)


HONG = Person("Nguyễn Thị Hồng", "091190000018", birth_date=date(1990, 9, 2), birth_year=1990)


def test_what_was_not_said_takes_nothing_away():
    assert refreshed(HONG, Person("")) == HONG


def test_what_was_said_anew_replaces():
    said = Person("Nguyễn Thị Hồng Đào", phone="0900000018", sex=Sex.FEMALE)
    kept = replace(HONG, name="Nguyễn Thị Hồng Đào", phone="0900000018", sex=Sex.FEMALE)
    assert refreshed(HONG, said) == kept


def test_a_name_without_diacritics_takes_none_away():
    assert refreshed(HONG, Person("NGUYEN THI HONG")) == HONG
    assert refreshed(Person("NGUYEN THI HONG"), HONG).name == HONG.name
    assert refreshed(HONG, Person("NGUYEN THI LAN")).name == "NGUYEN THI LAN"


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("NGUYEN THI HONG", "Nguyễn Thị Hồng", True),
        ("Hồng", "Nguyễn Thị Hồng", True),
        ("", "Nguyễn Thị Hồng", True),
        ("Nguyễn Thị Lan", "Nguyễn Thị Hồng", False),
    ],
)
def test_two_names_agree_where_no_word_contradicts(one, other, agree):
    assert names_agree(one, other) is names_agree(other, one) is agree


def test_a_birth_year_that_agrees_leaves_the_day():
    assert refreshed(HONG, Person("", birth_year=1990)).birth_date == date(1990, 9, 2)


def test_a_birth_year_that_contradicts_the_day_replaces_it():
    said = refreshed(HONG, Person("", birth_year=1991))
    assert (said.birth_date, said.birth_year) == (None, 1991)


def test_a_birth_year_is_new_where_no_day_is_known():
    said = refreshed(Person("Sơn"), Person("", birth_year=1991))
    assert (said.birth_date, said.birth_year) == (None, 1991)


SON = Person("Lê Anh Sơn", birth_date=date(1983, 8, 12), birth_year=1983)
BY_FORM = Person("le anh son", birth_year=1983, phone="0900000045")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (SON, replace(SON, name="LE ANH SON", id_number="C0000045"), True),
        (SON, replace(SON, birth_date=date(1983, 8, 13)), False),
        (SON, replace(SON, name="Lê Anh Sáng"), False),
        (SON, replace(SON, name="Sơn"), False),
        (replace(SON, name=""), replace(SON, name=" "), False),
        (SON, BY_FORM, False),
        (replace(SON, phone="+84900000045"), BY_FORM, True),
        (BY_FORM, replace(BY_FORM, birth_year=1984), False),
        (replace(BY_FORM, birth_year=None), replace(BY_FORM, birth_year=None), False),
        (replace(BY_FORM, phone=""), replace(BY_FORM, phone=""), False),
        (replace(BY_FORM, phone="123"), replace(BY_FORM, phone="123"), False),
        (replace(SON, id_number="091083000045"), replace(SON, id_number="091083000046"), False),
        (replace(SON, id_number="091083000045"), replace(SON, id_number="C0000045"), True),
        (
            replace(SON, health_insurance_number="GD4797934567890"),
            replace(SON, health_insurance_number="7934567891"),
            False,
        ),
        (
            replace(SON, health_insurance_number="GD4797934567890"),
            replace(SON, health_insurance_number="7934567890"),
            True,
        ),
    ],
)
def test_two_descriptions_are_alike_by_name_and_birth_and_no_number_contradicts(one, other, alike):
    assert may_be_same(one, other) is may_be_same(other, one) is alike


@pytest.mark.parametrize(
    ("born", "year", "young"),
    [
        (date(2010, 11, 23), None, True),
        (date(2010, 11, 22), None, False),
        (date(2012, 2, 29), 2012, True),
        (None, 2011, True),
        (None, 2010, False),
        (None, None, False),
    ],
)
def test_whoever_is_under_sixteen_today_needs_a_representative(born, year, young):
    child = Person("Bé", birth_date=born, birth_year=year)
    assert under_age(child, date(2026, 11, 22)) is young
