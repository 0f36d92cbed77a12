"""Our own codes: minted, checked, forged, altered, and small enough to be read from afar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from kiosk.domain import slip
from kiosk.domain.slip import ALPHABET, LENGTH, RANDOM_BYTES, SlipFault

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
TODAY = date(2026, 11, 22)
CHANCE = bytes(range(RANDOM_BYTES))
DAYS = st.dates(date(2020, 1, 1), date(2079, 12, 31))
ENTROPY = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


def checked(text: str, today: date = TODAY, key: bytes = KEY) -> SlipFault | None:
    """Why a text of the right shape is refused; FORGED for any other."""
    code = slip.read(text)
    return SlipFault.FORGED if code is None else slip.check(code, today, key)


@given(DAYS, ENTROPY)
def test_a_code_serves_on_its_day(day, random):
    code = slip.mint(day, random, KEY)
    assert slip.read(code) == slip.SlipCode(code, day)
    assert checked(code, day) is None


@given(DAYS, st.integers(-400, 400).filter(bool))
def test_a_code_serves_on_no_other_day(day, days):
    code = slip.mint(day, CHANCE, KEY)
    assert checked(code, day + timedelta(days=days)) is SlipFault.OTHER_DAY


def test_a_code_of_another_office_is_forged():
    assert checked(slip.mint(TODAY, CHANCE, OTHER_KEY)) is SlipFault.FORGED


@pytest.mark.parametrize("at", range(LENGTH))
def test_a_code_altered_in_any_one_character_is_forged(at):
    code = slip.mint(TODAY, CHANCE, KEY)
    for other in set(ALPHABET) - {code[at]}:
        assert checked(code[:at] + other + code[at + 1 :]) is SlipFault.FORGED


def test_a_forged_code_of_another_day_is_told_as_forged():
    yesterday = slip.mint(TODAY - timedelta(days=1), CHANCE, OTHER_KEY)
    assert checked(yesterday) is SlipFault.FORGED


@pytest.mark.parametrize(
    "text",
    ["", "KQ1", "KQ2S" + "0" * 31, "KQ1T" + "0" * 31, "KQ1S" + "0" * 30, "KQ1S" + "0" * 32],
)
def test_what_has_not_the_shape_is_no_code_of_ours(text):
    assert slip.read(text) is None


@given(st.text(max_size=60))
def test_no_text_makes_reading_raise(text):
    slip.read(text)


def test_a_code_holds_only_what_no_typing_tool_rewrites():
    assert not set(ALPHABET) & set("AEIOUDWY")
    assert len(ALPHABET) == 28
    assert set(slip.mint(TODAY, CHANCE, KEY)) <= set(ALPHABET)


def test_at_least_64_bits_are_chance_and_64_are_proof():
    assert len(ALPHABET) ** 14 > 2**64


def test_codes_of_one_day_differ():
    codes = {slip.mint(TODAY, at.to_bytes(RANDOM_BYTES, "big"), KEY) for at in range(500)}
    assert len(codes) == 500


def test_a_code_fits_a_symbol_of_version_2_at_level_m():
    symbol = QRCode(error_correction=ERROR_CORRECT_M)
    symbol.add_data(slip.mint(TODAY, CHANCE, KEY), optimize=0)
    symbol.make(fit=True)
    assert symbol.version == 2


def test_the_short_number_checks_day_count_and_key():
    number = slip.short_number(TODAY, 12, KEY)
    assert number[:-1] == "0012"
    assert number[-1] in ALPHABET
    assert number == slip.short_number(TODAY, 12, KEY)
    tomorrow = {slip.short_number(TODAY + timedelta(days=n), 12, KEY) for n in range(60)}
    assert len(tomorrow) > 10


def test_the_ten_thousandth_slip_of_a_day_has_a_number_too():
    assert slip.short_number(TODAY, 10_000, KEY).startswith("10000")
