"""What the demonstration says of each entry."""

from kiosk.app.demo_results import way
from kiosk.domain.admission import Reason, Verdict
from tests.paper_samples import visit


def test_whoever_was_turned_away_went_neither_in_nor_out():
    through = visit(1)
    refused = visit(2, verdict=Verdict.REFUSE, reason=Reason.MASK_MISSING)
    assert way(through.arrival.draft) == "in"
    assert way(through.departure.draft) == "out"
    assert way(refused.arrival.draft) == ""
