"""Consents in memory, beside the directory in memory."""

from collections.abc import Sequence

from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.person import fold
from kiosk.ports.consents import MOST_FOUND
from kiosk.ports.directory import Known
from tests.fakes_log import FakeDirectory


class FakeConsents:
    """Promises what ports.consents does."""

    def __init__(self, directory: FakeDirectory) -> None:
        self._directory = directory
        self._said: list[tuple[str, Consent]] = []

    def agree(self, person_id: str, consent: Consent) -> None:
        self._said.append((person_id, consent))
        self._directory.answered.add(person_id)
        if consent.purpose is Purpose.REMEMBERED:
            self._directory.said[person_id] = consent.given
            return
        self._directory.answered_visit.add(person_id)
        if consent.given:
            self._directory.took_back.discard(person_id)
        else:
            self._directory.took_back.add(person_id)

    def of(self, person_id: str) -> Sequence[Consent]:
        return [consent for who, consent in self._said if who == person_id]

    def renew(self, person_id: str) -> None:
        """People are looked up afresh here."""

    def find(self, typed: str) -> Sequence[Known]:
        words = fold(typed).split()
        people = reversed(self._directory._people.values())
        found = [known for known in people if words and self._remembers(known)]
        return [known for known in found if _has(known, words)][:MOST_FOUND]

    def _remembers(self, known: Known) -> bool:
        said = [c for c in self.of(known.person_id) if c.purpose is Purpose.REMEMBERED]
        return bool(said) and said[-1].given


def _has(known: Known, words: list[str]) -> bool:
    person = known.person
    own = fold(f"{person.name} {person.phone.removeprefix('+')} {person.id_number}").split()
    return all(any(word.startswith(begun) for word in own) for begun in words)
