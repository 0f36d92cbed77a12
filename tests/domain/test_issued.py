"""Our own codes: minted, checked, forged, altered, and small enough to be read from afar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from kiosk.domain import issued as codes
from kiosk.domain.issued import ALPHABET, LENGTH, RANDOM_BYTES, IssuedFault, IssuedKind

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
TODAY = date(2026, 11, 22)
CHANCE = bytes(range(RANDOM_BYTES))
DAYS = st.dates(date(2020, 1, 1), date(2079, 12, 31))
ENTROPY = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


def checked(text: str, key: bytes = KEY) -> IssuedFault | None:
    """Why a text of the right shape is refused; FORGED for any other."""
    code = codes.read(text)
    return IssuedFault.FORGED if code is None else codes.check(code, key)


@given(DAYS, ENTROPY)
def test_a_code_serves_on_its_day(day, random):
    code = codes.mint(IssuedKind.SLIP, day, random, KEY)
    assert codes.read(code) == codes.IssuedCode(code, IssuedKind.SLIP, day)
    assert checked(code) is None


@pytest.mark.parametrize("kind", IssuedKind)
def test_every_kind_is_told_by_its_letter(kind):
    code = codes.mint(kind, TODAY, CHANCE, KEY)
    assert codes.read(code) == codes.IssuedCode(code, kind, TODAY)
    assert checked(code) is None


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2080, 2, 7), date(9999, 12, 31)])
def test_a_day_that_no_code_holds_is_refused_when_it_is_minted(day):
    with pytest.raises(ValueError, match="no code holds the day"):
        codes.mint(IssuedKind.SLIP, day, CHANCE, KEY)


@given(st.integers(-365, 365).filter(bool))
def test_a_code_whose_day_was_changed_is_altered(days):
    yesterday = codes.mint(IssuedKind.SLIP, TODAY, CHANCE, KEY)
    other = codes.mint(IssuedKind.SLIP, TODAY + timedelta(days=days), CHANCE, OTHER_KEY)
    assert checked(other[:7] + yesterday[7:]) is IssuedFault.ALTERED


def test_a_slip_made_into_a_staff_card_is_altered():
    slip = codes.mint(IssuedKind.SLIP, TODAY, CHANCE, KEY)
    assert checked(slip[:3] + "T" + slip[4:]) is IssuedFault.ALTERED


def test_a_code_of_another_office_is_forged():
    assert checked(codes.mint(IssuedKind.SLIP, TODAY, CHANCE, OTHER_KEY)) is IssuedFault.FORGED


_SEEN = {True: (IssuedFault.ALTERED, IssuedFault.FORGED), False: (IssuedFault.ALTERED,)}
"""Another prefix is no code of ours at all."""


@pytest.mark.parametrize("at", range(LENGTH))
def test_a_code_changed_in_any_one_character_is_altered(at):
    code = codes.mint(IssuedKind.SLIP, TODAY, CHANCE, KEY)
    for other in sorted(set(ALPHABET) - {code[at]})[at % 5 :: 5]:
        assert checked(code[:at] + other + code[at + 1 :]) in _SEEN[at < 4]


def test_a_forged_code_of_another_day_is_told_as_forged():
    yesterday = codes.mint(IssuedKind.SLIP, TODAY - timedelta(days=1), CHANCE, OTHER_KEY)
    assert checked(yesterday) is IssuedFault.FORGED


@pytest.mark.parametrize(
    "text",
    ["", "KQ1", "KQ2S" + "0" * 31, "KQ1B" + "0" * 31, "KQ1S" + "0" * 30, "KQ1S" + "0" * 32],
)
def test_what_has_not_the_shape_is_no_code_of_ours(text):
    assert codes.read(text) is None


@given(st.text(max_size=60))
def test_no_text_makes_reading_raise(text):
    codes.read(text)


def test_a_code_holds_only_what_no_typing_tool_rewrites():
    assert not set(ALPHABET) & set("AEIOUDWY")
    assert len(ALPHABET) == 28
    assert set(codes.mint(IssuedKind.SLIP, TODAY, CHANCE, KEY)) <= set(ALPHABET)


def test_at_least_64_bits_are_chance_and_64_are_proof():
    assert len(ALPHABET) ** 14 > 2**64


def test_codes_of_one_day_differ():
    drawn = (at.to_bytes(RANDOM_BYTES, "big") for at in range(500))
    assert len({codes.mint(IssuedKind.SLIP, TODAY, random, KEY) for random in drawn}) == 500


def test_a_code_fits_a_symbol_of_version_2_at_level_m():
    symbol = QRCode(error_correction=ERROR_CORRECT_M)
    symbol.add_data(codes.mint(IssuedKind.SLIP, TODAY, CHANCE, KEY), optimize=0)
    symbol.make(fit=True)
    assert symbol.version == 2


def test_the_short_number_checks_day_count_and_key():
    number = codes.short_number(TODAY, 12, KEY)
    assert number[:-1] == "0012"
    assert number[-1] in ALPHABET
    assert number == codes.short_number(TODAY, 12, KEY)
    tomorrow = {codes.short_number(TODAY + timedelta(days=n), 12, KEY) for n in range(60)}
    assert len(tomorrow) > 10


def test_the_ten_thousandth_slip_of_a_day_has_a_number_too():
    assert codes.short_number(TODAY, 10_000, KEY).startswith("10000")
