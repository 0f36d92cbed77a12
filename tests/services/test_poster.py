"""The poster's signs and the limits of what its code says."""

from dataclasses import replace

import pytest

from kiosk.ports.document import Code, Line, Paper, Picture
from kiosk.services.poster import (
    LEAST_MM,
    LONGEST,
    Given,
    Sign,
    Signs,
    fits,
    poster,
    signs,
    symbol_mm,
)
from tests.fakes_log import RULES
from tests.paper_samples import ENGLISH, OFFICE, VIETNAMESE


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Signs.FIVE_K, tuple(Sign)),
        (Signs.TWO_K, (Sign.MASK, Sign.HANDS)),
        (Signs.RULES, (Sign.MASK, Sign.DECLARATION)),
        (Signs.NONE, ()),
    ],
)
def test_signs_are_those_the_office_wants(wanted: Signs, expected: tuple[Sign, ...]) -> None:
    rules = replace(RULES, health_step=True, mask=True, hands=False, declaration=True)
    assert signs(wanted, rules) == expected
    assert signs(wanted, replace(rules, health_step=False)) == ()


def test_a_text_fits_where_its_modules_are_as_large_as_those_of_a_slip() -> None:
    assert fits("a" * LONGEST)
    assert not fits("a" * (LONGEST + 1))
    assert not fits("ắ" * (LONGEST // 2))
    assert not fits(" \n")
    assert not fits("\udcff")


def test_a_picture_is_drawn_as_it_is_and_as_large_as_its_symbol_asks() -> None:
    bare = Given(b"picture", "text", share=1.0, ratio=1.0, bare=True)
    assert symbol_mm(bare, Paper.A4) > LEAST_MM
    document = poster(bare, (), OFFICE, Paper.A4, VIETNAMESE, ENGLISH)
    assert not any(isinstance(block, Code) for block in document.blocks)
    (picture,) = (block for block in document.blocks if isinstance(block, Picture))
    assert picture.content == b"picture"
    assert Line in map(type, document.blocks)


def test_a_small_code_in_a_wide_picture_stays_smaller() -> None:
    framed = Given(b"picture", "text", share=0.5, ratio=0.7, bare=False)
    assert symbol_mm(framed, Paper.A4) == pytest.approx(70, abs=0.1)
    assert symbol_mm(framed, Paper.A3) == pytest.approx(99, abs=0.1)
