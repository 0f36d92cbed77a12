"""A staff list in words: what is said of a line, and what a list comes to."""

from collections.abc import Sequence

from kiosk.services.staff_import import CARD, Change, Planned
from kiosk.services.staff_list import Finding
from kiosk.ui.wording import Words


def sentence(finding: Finding, words: Words) -> str:
    """What is said of a finding."""
    return words(f"cards.remark.{finding.remark}", value=finding.value, line=finding.line)


def totals(planned: Sequence[Planned]) -> dict[str, int]:
    """How many people, how many of each kind of change, how many cards."""
    changes = [one.change for one in planned]
    return {
        "people": len(planned),
        "new": changes.count(Change.NEW),
        "changed": changes.count(Change.CHANGED) + changes.count(Change.UPDATED),
        "same": sum(c in {Change.SAME, Change.NO_CARD, Change.REISSUE} for c in changes),
        "cards": sum(change in CARD for change in changes),
    }
