"""What is known of a person after they said something new."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.person import Person, Sex
from kiosk.domain.refresh import refreshed, spelt

KEPT = Person("Sơn", "1", "2", date(1985, 3, 2), 1985, Sex.MALE, "Cần Thơ", phone="09")


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (Person("Sơn"), KEPT),
        (Person(""), KEPT),
        (Person("Sơn", address="Huế"), replace(KEPT, address="Huế")),
        (Person("Sơn", sex=Sex.FEMALE), replace(KEPT, sex=Sex.FEMALE)),
        (Person("Sơn", birth_year=1985), KEPT),
        (Person("Sơn", birth_year=1990), replace(KEPT, birth_date=None, birth_year=1990)),
        (
            Person("Sơn", birth_date=date(1990, 1, 1), birth_year=1990),
            replace(KEPT, birth_date=date(1990, 1, 1), birth_year=1990),
        ),
    ],
)
def test_what_is_said_counts_and_what_is_not_said_stays(said, known):
    assert refreshed(KEPT, said) == known


def test_a_code_whose_name_cannot_be_read_takes_no_known_name_away():
    assert spelt("Nguyễn Thị Hồng", "") == "Nguyễn Thị Hồng"
