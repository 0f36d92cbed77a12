"""What waits for paper is the same page after a restart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.screening import Destination
from kiosk.ports.document import Align, Document, Line, Paper, Style
from kiosk.services.print_content import SlipPage, from_text, to_text
from kiosk.services.register import register_document
from kiosk.services.slip import SlipContent, visitor_slip
from tests import paper_samples as samples

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
SLIPS = st.builds(
    SlipPage,
    st.builds(
        SlipContent, TEXTS, TEXTS, st.dates(), TEXTS, st.builds(Destination, TEXTS, TEXTS, TEXTS)
    ),
    st.sampled_from(["vi", "en"]),
)


@given(SLIPS)
def test_a_slip_is_kept_as_it_is(page):
    assert from_text(to_text(page)) == page


@given(TEXTS, st.sampled_from(Style), st.sampled_from(Align), st.floats(0, 1))
def test_a_line_of_text_is_kept_as_it_is(text, style, align, underline):
    page = Document(text, Paper.A4, (Line(text, style, align, 2, underline),))
    assert from_text(to_text(page)) == page


def test_whole_papers_are_kept_as_they_are():
    visits = [samples.visit(number) for number in range(5)]
    say, second = samples.VIETNAMESE, samples.ENGLISH
    register = register_document(
        visits,
        samples.OFFICE,
        samples.DAY,
        samples.EVENING,
        samples.FINGERPRINT,
        say,
        samples.ZONE,
    )
    for page in (register, visitor_slip(samples.SLIP, samples.OFFICE, say, second)):
        assert from_text(to_text(page)) == page


WRONG = {
    "erased": "",
    "cut": to_text(SlipPage(samples.SLIP, "vi"))[:-3],
    "no page": '{"is":"Line","text":"x"}',
    "of another version": '{"is":"Hologram","text":"x"}',
    "with another field": '{"is":"Document","title":"x","paper":"a4","blocks":[],"smell":1}',
    "no class of ours": '{"is":"annotations"}',
    "no name": '{"text":"x"}',
    "a list as a name": '{"is":["Line"]}',
    "a day that is none": '{"is":"date","value":"2026-13-45"}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_no_page_is_told(text):
    try:
        page = from_text(text)
    except ValueError:
        return
    pytest.fail(f"took it for {page}")
