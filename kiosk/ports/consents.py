"""Who agreed to what, and whom that allows to be found by name."""

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.consent import Consent
from kiosk.ports.directory import Known

MOST_FOUND = 6
"""How many people are offered at once."""


class Consents(Protocol):
    """Raises ports.logbook.LogbookError when it cannot read or write."""

    def agree(self, person_id: str, consent: Consent) -> None:
        """Keep an answer. With a yes to being remembered, `find` finds the person, else not."""

    def of(self, person_id: str) -> Sequence[Consent]:
        """Every answer of this person, in order."""

    def renew(self, person_id: str) -> None:
        """Find somebody who is remembered by what is now known of them."""

    def find(self, typed: str) -> Sequence[Known]:
        """Whoever is remembered and has a word that begins as each word of `typed` does.

        Words are those of the name, without diacritics, the phone number and the document number.
        Whoever was here last comes first; MOST_FOUND at most; for no words nobody.
        """
