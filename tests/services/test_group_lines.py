"""Who comes along: one a line, as fast as it can be typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.group_lines import MOST, Companion, companions, wrong_line

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Trần Văn An", Companion("Trần Văn An")),
        ("  Trần  Văn An ", Companion("Trần Văn An")),
        ("Trần Văn An 1985", Companion("Trần Văn An", 1985)),
        ("Trần Văn An 1985 36,5", Companion("Trần Văn An", 1985, 365)),
        ("Trần Văn An, 1985, 36.5", Companion("Trần Văn An", 1985, 365)),
        ("Trần Văn An 365", Companion("Trần Văn An", None, 365)),
        ("An 2026 37,0", Companion("An", 2026, 370)),
        ("An 1985 091085000036 36,5", Companion("An", 1985, 365, "091085000036")),
        ("An c0000045", Companion("An", None, None, "C0000045")),
    ],
)
def test_a_line_is_name_year_number_and_temperature(line, who):
    assert companions(line, TODAY) == (who,)
    assert wrong_line(line, TODAY) is None


@pytest.mark.parametrize(
    "line",
    [
        "1985",
        "36,5",
        "An 1985 1985",
        "An 2027",
        "An 36,5 1985",
        "An 85",
        "An 999",
        "An 12345",
        "091085000036",
        "x" * 121,
        "-",
    ],
)
def test_a_line_that_names_nobody_is_told_by_its_number(line):
    text = f"Trần Văn An\n\n{line}\nLê Thị Bé"
    assert wrong_line(text, TODAY) == 3
    assert [who.name for who in companions(text, TODAY)] == ["Trần Văn An", "Lê Thị Bé"]


def test_more_than_a_bus_is_told_at_the_first_line_too_many():
    text = "\n".join(["An"] * (MOST + 2))
    assert wrong_line(text, TODAY) == MOST + 1


def test_nobody_is_no_fault():
    assert (companions("\n  \n", TODAY), wrong_line("\n  \n", TODAY)) == ((), None)


@given(st.text(max_size=200))
def test_any_text_is_people_or_a_line_to_put_right(text):
    wrong = wrong_line(text, TODAY)
    lines = [line for line in text.splitlines() if line.strip()]
    people = companions(text, TODAY)
    assert (wrong is None) == (len(people) == len(lines))
    assert wrong is None or text.splitlines()[wrong - 1].strip()
    assert all(any(c.isalpha() for c in who.name) for who in people)
