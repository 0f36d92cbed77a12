"""Why an entry is as it is, in words: those of its reason, or the receptionist's own."""

from kiosk.domain.log import Draft
from kiosk.ports.words import Say


def why(draft: Draft, say: Say) -> str:
    """For the eyes of the desk only: own words are not for the visitor's side."""
    own = draft.identity.own_reason if draft.identity else ""
    return own or say(f"reasons.{draft.reason.value}")
