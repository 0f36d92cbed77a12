"""What stands on the test page."""

import unicodedata

import pytest

from kiosk.domain.ladder import LADDER
from kiosk.ports.document import Code, Columns, Document, Line, Paper
from kiosk.services.test_page import PAPERS
from kiosk.services.test_page import test_page as page
from tests.paper_samples import VIETNAMESE
from tests.services.test_register import lines


def codes(document: Document) -> list[Code]:
    rows = (block for block in document.blocks if isinstance(block, Columns))
    parts = (part for row in rows for column in row.columns for part in column)
    return [part for part in parts if isinstance(part, Code)]


def test_every_vietnamese_letter_stands_there_in_both_cases() -> None:
    letters = {letter for text in lines(page(Paper.A4, 203, VIETNAMESE).blocks) for letter in text}
    bases = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    apart = (vowel + mark for vowel in "aăâeêioôơuưy" for mark in marks)
    lower = {*bases, *(unicodedata.normalize("NFC", letter) for letter in apart)}
    assert len(lower) == 29 + 12 * 5
    assert lower | {letter.upper() for letter in lower} <= letters


@pytest.mark.parametrize("paper", PAPERS)
def test_every_rung_of_the_ladder_is_a_code_of_its_size(paper: Paper) -> None:
    found = codes(page(paper, 203, VIETNAMESE))
    assert [code.text for code in found] == [step.text for step in LADDER]
    assert found[0].module_mm == pytest.approx(1.5 / 203 * 25.4)


def test_the_labels_say_dots_and_millimetres() -> None:
    row = next(b for b in page(Paper.A4, 203, VIETNAMESE).blocks if isinstance(b, Columns))
    labels = [part.text for part in row.columns[0] if isinstance(part, Line)]
    assert labels == ["1,5 chấm", "0,19 mm"]
