"""The members of staff: their posts, and who holds a card."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.staff import Post
from kiosk.ports.directory import Known


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff.

    Attributes:
        known: who, in the directory.
        post: where they work.
        has_card: whether a card of theirs is in force.
    """

    known: Known
    post: Post
    has_card: bool


class Staff(Protocol):
    """Raises ports.logbook.LogbookError when it cannot read or write."""

    def members(self) -> tuple[Member, ...]:
        """Everybody who was ever given a post here."""

    def employ(self, person_id: str, post: Post) -> None:
        """Mark somebody of the directory as staff with this post."""
