import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.thermometer import reading_in


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        (b"36.6", "36.6"),
        (b"TEMP=36,6C", "36,6"),
        (b"2026-11-22 08:15:02;T:37.5;OK", "37.5"),
        (b"36.59 C", "36.5"),
        (b"37.49", "37.4"),
        (b"OBJ 36.5 AMB 24.1", "36.5"),
        (b"36.5 C / 97.7 F", "36.5"),
        (b"25.3", "25.3"),
        (b"97.7 F", "97.7"),
        (b"36.5 36.5", "36.5"),
        (b"36.5 37.9", ""),
        (b"24.1 25.0", ""),
        (b"136.5", ""),
        (b"192.168.1.1", ""),
        (b"36", ""),
        (b"LOW BATTERY", ""),
        (b"\xff\xfe36.6\x00", "36.6"),
        (b"", ""),
    ],
)
def test_the_reading_of_a_line_is_the_one_a_living_person_can_have(line, reading):
    assert reading_in(line) == reading


@given(st.binary(max_size=300))
def test_any_line_is_answered_with_four_signs_or_none(line):
    assert len(reading_in(line)) in (0, 4)
