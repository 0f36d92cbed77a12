"""Temperatures as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.screening import (
    HIGHEST,
    LOWEST,
    NOWHERE,
    Destination,
    TemperatureFault,
    read_temperature,
)

NO_NUMBER = TemperatureFault.NOT_A_NUMBER
LOW, HIGH = TemperatureFault.TOO_LOW, TemperatureFault.TOO_HIGH
FAHRENHEIT = TemperatureFault.FAHRENHEIT


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("36,5", 365),
        ("36.5", 365),
        ("365", 365),
        ("37", 370),
        (" 36,5 ", 365),
        ("36.5°C", 365),
        ("36,5 °C", 365),
        ("34", 340),
        ("34.0", 340),
        ("33.9", LOW),
        ("339", LOW),
        ("20", LOW),
        ("42", 420),
        ("420", 420),
        ("42.1", HIGH),
        ("421", HIGH),
        ("50", HIGH),
        ("97.7", FAHRENHEIT),
        ("977", FAHRENHEIT),
        ("98", FAHRENHEIT),
        ("100", FAHRENHEIT),
        ("108", FAHRENHEIT),
        ("100,4", FAHRENHEIT),
        ("1004", FAHRENHEIT),
        ("109", LOW),
        ("9999", HIGH),
        ("abc", NO_NUMBER),
        ("", NO_NUMBER),
        ("3", NO_NUMBER),
        ("36.55", NO_NUMBER),
        ("36..5", NO_NUMBER),
        ("-36.5", NO_NUMBER),
        ("3 6", NO_NUMBER),
        ("٣٦", NO_NUMBER),
        ("３６５", NO_NUMBER),
        ("1e2", NO_NUMBER),
        ("36,5;37", NO_NUMBER),
        ("9" * 7089, NO_NUMBER),
    ],
)
def test_a_temperature_as_it_is_typed(typed, read):
    assert read_temperature(typed) == read


@given(st.text(max_size=8))
def test_nothing_typed_makes_it_raise_or_pass_what_nobody_has(typed):
    read = read_temperature(typed)
    assert isinstance(read, TemperatureFault) or LOWEST <= read <= HIGHEST


@given(st.integers(LOWEST, HIGHEST))
def test_comma_point_and_three_digits_mean_the_same(tenths):
    whole, tenth = divmod(tenths, 10)
    spellings = (f"{whole},{tenth}", f"{whole}.{tenth}", f"{tenths}")
    assert {read_temperature(spelling) for spelling in spellings} == {tenths}


def test_unit_or_host_tell_where_to_go_and_a_purpose_does_not():
    assert Destination(unit="Văn phòng").known
    assert Destination(host="Bà Lan").known
    assert not Destination(purpose="Họp").known
    assert not NOWHERE.known
