"""The rungs of the test page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ladder import LADDER, Rung, Unit, rung


def test_every_rung_is_found_again_from_what_its_code_holds() -> None:
    assert [rung(step.text) for step in LADDER] == list(LADDER)
    assert LADDER[0].text == "KIOSK TEST 1.5 DOTS"


def test_dots_are_millimetres_on_a_printer() -> None:
    assert Rung(2, Unit.DOTS).module_mm(254) == pytest.approx(0.2)
    assert Rung(0.4, Unit.MM).module_mm(254) == 0.4


@given(st.text())
def test_other_texts_are_no_rungs(text: str) -> None:
    assert rung(text) is None


@pytest.mark.parametrize("text", ["KIOSK TEST 2", "KIOSK TEST ２ MM", "KIOSK TEST 1.5 DOTS\n"])
def test_what_is_nearly_a_rung_is_none(text: str) -> None:
    assert rung(text) is None
