"""Who stands at the desk: asks the directory and the log, and writes nothing."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kiosk.domain import issued
from kiosk.domain.credential import IDENTIFYING, Credential, Scheme, Verified
from kiosk.domain.person import Person, numbers_of
from kiosk.domain.recognition import Likely, Recognised, Standing
from kiosk.domain.screening import RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.directory import Directory, Known, KnownCredential
from kiosk.ports.logbook import Logbook
from kiosk.services.acquaintance import Acquaintance
from kiosk.services.credential_reader import CredentialReader
from kiosk.services.own_codes import OwnCodes
from kiosk.services.standing import (
    NOBODYS,
    asked,
    first_known,
    mistyped,
)

_SHORT_NUMBER = re.compile(f"[0-9]{{4,6}}[{issued.ALPHABET}]")
_DOCUMENT_NUMBER = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,20}")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every entry of this desk has in common.

    Attributes:
        officer: who sits at the desk.
        rules: the rule card in force.
        key: the office's key.
        recent: within this span after an arrival it is asked whether who shows a code leaves: it
            may be shown by mistake, and hardly anybody is done inside in two minutes.
        leaving: within this span after a departure whoever still holds a code up is not coming;
            short, since many a one comes back for a thing forgotten.
    """

    officer: str
    rules: RuleCard
    key: bytes
    recent: timedelta = timedelta(minutes=2)
    leaving: timedelta = timedelta(seconds=15)


class Recogniser:
    """Answers who is meant by what was shown or typed.

    Thread: the storage thread only. Every method may raise LogbookError.
    """

    def __init__(
        self,
        logbook: Logbook,
        directory: Directory,
        clock: Clock,
        desk: Desk,
        reader: CredentialReader,
    ) -> None:
        self._directory = directory
        self._reader = reader
        spans = desk.recent, desk.leaving
        self._known = Acquaintance(logbook, directory, clock, desk.rules, spans)
        self._own = OwnCodes(logbook, directory, self._known, desk.key)

    def recognise(self, payload: bytes, shown_at: datetime | None = None) -> Recognised:
        """Who is meant by a payload that was scanned, and what they wanted when it was shown.

        `shown_at` (aware) is the scan's own time where it waited for its turn: waiting turns
        nobody who came in just now into somebody who leaves. None is now.
        """
        credential = replace(self._reader.read(payload), shown_at=shown_at)
        if code := issued.read(credential.stable):
            return self._own.issued(credential, code)
        if credential.chunk is not None:
            return Recognised(credential, Standing.PARTIAL)
        if credential.verified is Verified.BROKEN:
            return Recognised(credential, Standing.BROKEN)
        if credential.person is None or credential.scheme not in IDENTIFYING:
            return Recognised(credential, Standing.UNKNOWN)
        kept = self._directory.find(credential.stable) if credential.stable else None
        holder = kept.holder if kept else self._by_number(credential.person)
        met = self._known.met(credential, holder, kept)
        if not holder and (alike := self._alike(credential.person, credential.stable)):
            return replace(met, likely=self._known.likely(met, alike, None))
        return self._expected(met, credential.person)

    def _alike(self, person: Person, stable: str) -> Known | None:
        """Who may be the same; where no code tells people apart, by name alone who is inside."""
        if (alike := self._directory.find_alike(person, self._known.day_began())) or stable:
            return alike
        namesake = self._directory.find_namesake(person, self._known.day_began())
        return namesake if namesake and self._known.is_inside(namesake.person_id) else None

    def _expected(self, met: Recognised, person: Person) -> Recognised:
        """With the invitation for somebody of this name, where one is in force today."""
        invited = (
            self._directory.find_invited(person, self._known.today()) if not met.presence else None
        )
        if invited is None:
            return met
        guest, known_as = invited.holder, met.person_id
        if guest.person_id == known_as:
            return replace(met, destination=first_known(invited.destination, met.destination))
        if known_as is None or self._known.is_inside(guest.person_id):
            # whoever is inside by it leaves first: two open visits of one person never close
            then = self._known.likely(met, guest, None).then
        else:
            then = replace(met, credential_id=invited.credential_id, tied=True)
        there = first_known(invited.destination, then.destination)
        return replace(met, likely=Likely(guest.person, replace(then, destination=there)))

    def _by_number(self, person: Person) -> Known | None:
        """Somebody known by another credential of theirs."""
        found = (self._directory.find_person(number) for number in numbers_of(person))
        return next((known for known in found if known is not None), None)

    def recognise_typed(self, typed: str) -> Recognised:
        """Who is meant by what was typed: a slip's short number, a document number, a code.

        What is nobody's was mistyped: unlike a code that is shown, it says nothing of a visitor.
        """
        who = self._typed(typed)
        return mistyped(who, typed) if who.standing in NOBODYS else who

    def _typed(self, typed: str) -> Recognised:
        text = "".join(typed.split()).upper()
        if _SHORT_NUMBER.fullmatch(text):
            return self._own.numbered(text)
        if issued.read(text):
            return self.recognise(text.encode())
        if _DOCUMENT_NUMBER.fullmatch(text):
            typed_in = Credential(Scheme.TYPED, stable=text)
            kept = self._directory.find(text)
            holder = kept.holder if kept else self._directory.find_person(text)
            if holder is None:
                return Recognised(typed_in, Standing.NOT_FOUND)
            return self._known.met(typed_in, holder, kept)
        return self.recognise(typed.encode("utf-8", "replace"))

    def at_desk(self, kept: KnownCredential) -> Recognised:
        """Who stands there with a slip that was issued just now, to come in."""
        met = self._known.met(Credential(Scheme.SLIP), kept.holder, kept)
        met = replace(met, presence=asked(met.presence), just_left=False)
        guest = kept.holder
        alike = self._directory.find_alike(guest.person, self._known.day_began(), guest.person_id)
        return self._known.perhaps(met, kept, alike)

    def again(self, who: Recognised) -> Recognised:
        """`who`, looked up before and being served, as directory and log tell of them now."""
        return self._known.again(who)

    def today(self) -> date:
        """The local day."""
        return self._known.today()

    def day_began(self) -> datetime:
        """When the local day began, aware."""
        return self._known.day_began()
