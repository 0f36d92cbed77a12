"""Phone numbers as people say them: kept so that they can be called, or refused in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.phone_number import PhoneFault, read_phone, renumbered

WRONG, OLD = PhoneFault.NO_PHONE, PhoneFault.OLD_PHONE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("0900 000 018", "0900000018"),
        ("0900.000.018", "0900000018"),
        ("+84 (90) 000-00.18", "0900000018"),
        ("84900000018", "0900000018"),
        ("0084900000018", "0900000018"),
        ("900000018", "0900000018"),
        ("0297 3812 345", "02973812345"),
        ("+855 12 345 678", "+85512345678"),
        ("+1 415 555 2671", "+14155552671"),
        ("113", WRONG),
        ("090000", WRONG),
        ("09000000180", WRONG),
        ("none", WRONG),
        ("0900000018a", WRONG),
        ("+", WRONG),
        ("++84900000018", WRONG),
        ("٠٩٠٠٠٠٠٠١٨", WRONG),
        ("0" * 16, WRONG),
        ("+999 12 345 678", WRONG),
        ("0168 123 4567", OLD),
        ("+84 123 456 7890", OLD),
        ("0199 1234567", OLD),
        ("0111 1234567", WRONG),
    ],
)
def test_a_number_is_kept_as_it_is_dialled_or_refused(typed, kept):
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01621234567", "0321234567"),
        ("01691234567", "0391234567"),
        ("01201234567", "0701234567"),
        ("01281234567", "0781234567"),
        ("01231234567", "0831234567"),
        ("01291234567", "0821234567"),
        ("01861234567", "0561234567"),
        ("01991234567", "0591234567"),
        ("0912345678", ""),
        ("", ""),
    ],
)
def test_an_old_number_of_eleven_digits_is_told_as_it_is_today(old, new):
    assert renumbered(old) == new
    assert not new or read_phone(new) == new


@given(st.text(max_size=40))
def test_whatever_is_typed_there_is_an_answer_that_stays_the_same(typed):
    kept = read_phone(typed)
    if not isinstance(kept, PhoneFault):
        assert read_phone(kept) == kept
        assert kept.removeprefix("+").isdigit() or kept == ""
