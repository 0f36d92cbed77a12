"""What somebody may ask for at the desk: that it is written right, and their consent back."""

from dataclasses import replace
from enum import StrEnum, unique

from kiosk.domain.admission import Reason
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.log import ID_RANDOM_BYTES, Draft, Entry, Identity, Visit, new_id
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Destination
from kiosk.ports.clock import Clock
from kiosk.ports.consents import Consents
from kiosk.ports.directory import Directory, Known
from kiosk.ports.logbook import Logbook
from kiosk.services.reception import Entropy
from kiosk.services.recogniser import Desk

_CORRIGIBLE = ("name", "birth_date", "birth_year", "phone", "id_number")


@unique
class TakenBack(StrEnum):
    """What became of a consent that somebody wants back."""

    DONE = "done"  # nothing of them is used any more, and all of it erased after this day
    ORDERED = "ordered"  # an order asks for the entry, nobody had to agree: only not remembered
    INSIDE = "inside"  # who is in the building is known there
    STAFF = "staff"  # who works here never had to agree
    NOBODY = "nobody"  # the directory knows them no more


class Rights:
    """Keeps what was asked for, each as a line of the log of its own.

    Thread: the storage thread only. Every method may raise LogbookError; the same call, tried
    again, is the same entries.
    """

    def __init__(
        self,
        logbook: Logbook,
        directory: Directory,
        consents: Consents,
        clock: Clock,
        entropy: Entropy,
        desk: Desk,
    ) -> None:
        self._logbook = logbook
        self._directory = directory
        self._consents = consents
        self._clock = clock
        self._entropy = entropy
        self._desk = desk
        self._unfinished: tuple[object, tuple[Draft, ...]] | None = None

    def put_right(self, visit: Visit, person: Person, destination: Destination) -> Entry | None:
        """The arrival as it should have been written; it stands in the place of the one before.

        None where that was undone meanwhile, or its name erased. Where a second reading tells of
        the visit by now, that one is put right.
        """
        asked = (visit.arrival.draft.entry_id, person, destination)
        if self._unfinished is None or self._unfinished[0] != asked:
            wrong = self._logbook.entry(visit.arrival.draft.entry_id)
            if wrong is None or self._logbook.is_undone(wrong.draft.entry_id):
                return None
            newest = self._logbook.arrival(wrong.draft.visit_id)
            if newest is not None and not self._logbook.is_undone(newest.draft.entry_id):
                wrong = newest
            before = wrong.draft.identity
            if before is None:
                return None
            right = replace(before, person=person, destination=destination)
            self._unfinished = (asked, self._corrected(wrong.draft, right))
            self._correct_directory(wrong.draft, before.person, person)
        # the newer one is the visit's as soon as it is written: at any moment one stands
        entries = [self._logbook.append(draft) for draft in self._unfinished[1]]
        self._unfinished = None
        return entries[0]

    def take_back(self, visit: Visit) -> TakenBack:
        """The person of this visit takes their consent back."""
        came = visit.arrival.draft
        known = self._directory.known(came.person_id) if came.person_id else None
        if known is None:
            return TakenBack.NOBODY
        if known.kind is PersonKind.STAFF:
            return TakenBack.STAFF
        if self._logbook.open_visit(known.person_id) is not None:
            return TakenBack.INSIDE
        said = self._consents.of(known.person_id)
        agreed = [one for one in said if one.given]
        ordered = not self._desk.rules.asks_consent and all(
            one.purpose is not Purpose.VISIT for one in agreed
        )
        taken = [Purpose.REMEMBERED, *([] if ordered else [Purpose.VISIT])]
        newest = {one.purpose: one.given for one in said}
        with self._directory.together():
            for purpose in taken:
                if newest.get(purpose, True):  # not kept before, by a try that went no further
                    self._consents.agree(known.person_id, self._no(purpose, agreed))
        self._logbook.append(self._withdrawal(came, known))
        return TakenBack.ORDERED if ordered else TakenBack.DONE

    def _corrected(self, wrong: Draft, identity: Identity) -> tuple[Draft, Draft]:
        now = self._clock.now()
        right = replace(
            wrong, entry_id=self._new_id(), identity=identity, noted_at=now, officer=self._officer
        )
        reversal = self._line(wrong, Reason.PUT_RIGHT, wrong.person_id)
        return right, replace(reversal, corrects=wrong.entry_id)

    def _correct_directory(self, wrong: Draft, before: Person, person: Person) -> None:
        """What was changed is wrong there as well; what is known beside it stays."""
        known = self._directory.known(wrong.person_id) if wrong.person_id else None
        changed = {
            name: getattr(person, name)
            for name in _CORRIGIBLE
            if getattr(person, name) != getattr(before, name)
        }
        if known is None or not changed:
            return
        with self._directory.together():
            self._directory.correct(known.person_id, replace(known.person, **changed))
            self._consents.renew(known.person_id)

    def _withdrawal(self, came: Draft, known: Known) -> Draft:
        return self._line(came, Reason.CONSENT_TAKEN_BACK, known.person_id)

    def _line(self, came: Draft, reason: Reason, person_id: str | None) -> Draft:
        """A line about this visit by which nobody passes."""
        return replace(
            came,
            entry_id=self._new_id(),
            occurred_at=self._clock.now(),
            verdict=None,
            reason=reason,
            person_id=person_id,
            rules_version=self._desk.rules.version,
            officer=self._officer,
            identity=None,
            health=None,
            noted_at=None,
        )

    def _no(self, purpose: Purpose, agreed: list[Consent]) -> Consent:
        """To the text that was agreed to last; "" where none was shown."""
        text, language = (agreed[-1].text, agreed[-1].language) if agreed else ("", "")
        now = self._clock.now()
        return Consent(now, purpose, False, text, language, "", self._officer)  # noqa: FBT003

    @property
    def _officer(self) -> str:
        return self._desk.officer

    def _new_id(self) -> str:
        return new_id(self._clock.now(), self._entropy(ID_RANDOM_BYTES))
