"""Who is meant by a code of ours, shown or typed: slip, staff card, invitation, emergency slip."""

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.issued import IssuedCode, IssuedFault, check
from kiosk.domain.recognition import Recognised, Standing
from kiosk.ports.directory import Directory, KnownCredential
from kiosk.ports.logbook import Logbook
from kiosk.services.acquaintance import Acquaintance
from kiosk.services.standing import asked, in_force

_FAULTS = {IssuedFault.FORGED: Standing.FORGED, IssuedFault.ALTERED: Standing.ALTERED}
_USED_TODAY = "invitation_used_today"
_LONGEST_STAY = 7
"""So many days back the short number of somebody who is still inside is looked for."""


class OwnCodes:
    """Asks the directory what each was issued for.

    Thread: the storage thread only. Every method may raise LogbookError.
    """

    def __init__(
        self, logbook: Logbook, directory: Directory, known: Acquaintance, key: bytes
    ) -> None:
        """Ask nothing yet; `key` is the office's."""
        self._logbook = logbook
        self._directory = directory
        self._known = known
        self._key = key

    def issued(self, credential: Credential, code: IssuedCode) -> Recognised:
        """A code of ours. Whoever is inside may leave with any that was once theirs."""
        if fault := check(code, self._key):
            return Recognised(credential, _FAULTS[fault])
        kept = self._directory.find(code.text)
        standing = in_force(code, kept, self._known.today())
        if kept is None:
            genuine = standing is Standing.RECOGNISED
            return Recognised(
                credential, Standing.NOT_FOUND if genuine else standing, slip_day=code.day
            )
        if standing is Standing.RECOGNISED:
            return self._in_use(credential, kept)
        if self._known.is_inside(kept.holder.person_id):
            return self._leaving(credential, kept)
        day = kept.until if standing is Standing.OVER else code.day
        return Recognised(credential, standing, slip_day=day, slip_number=kept.number)

    def numbered(self, number: str) -> Recognised:
        """The short number of a slip, typed."""
        credential, today = Credential(Scheme.SLIP), self._known.today()
        if kept := self._directory.find_number(number, today):
            return self._in_use(credential, kept)
        for days in range(1, _LONGEST_STAY + 1):
            kept = self._directory.find_number(number, today - timedelta(days=days))
            if kept is not None and self._known.is_inside(kept.holder.person_id):
                return self._leaving(credential, kept)
        if kept := self._directory.find_emergency_slip(number):
            return self._in_use(credential, kept)
        return Recognised(credential, Standing.NOT_FOUND)

    def _in_use(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """A genuine code that serves today."""
        if kept.scheme is Scheme.EMERGENCY_SLIP:
            return self._paper(replace(credential, scheme=kept.scheme), kept)
        if kept.scheme is Scheme.INVITATION:
            return self._invited(replace(credential, scheme=kept.scheme), kept)
        return self._known.met(credential, kept.holder, kept)

    def _invited(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """An invitation: for its days, out for lunch and in again, but it can be sent on.

        So nobody is let out by it without a question, and where it was used today the desk says
        so before whoever shows it comes in.
        """
        guest, began = kept.holder, self._known.day_began()
        visits = self._logbook.visits_with(kept.credential_id)
        if any(visit.arrival.draft.occurred_at >= began for visit in visits):
            credential = replace(credential, warnings=(*credential.warnings, _USED_TODAY))
        met = self._known.met(credential, guest, kept)
        if met.presence:
            return replace(met, presence=asked(met.presence))
        said = guest.person, began, guest.person_id
        alike = self._directory.find_alike(*said) or self._directory.find_namesake(*said)
        return self._known.perhaps(met, kept, alike)

    def _paper(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """An emergency slip: blank for the desk until it is entered, and then for one visit."""
        visits = self._logbook.visits_with(kept.credential_id)
        if not visits:
            blank = Recognised(credential, Standing.UNASSIGNED, credential_id=kept.credential_id)
            return replace(blank, slip_day=kept.day, slip_number=kept.number)
        met = self._known.met(credential, kept.holder, kept)
        if met.presence:  # going now, or once more through the pile?
            return replace(met, presence=replace(met.presence, recent=True, overnight=False))
        last = visits[-1].arrival.draft
        today = last.noted_at is not None and last.noted_at >= self._known.day_began()
        return replace(
            met,
            standing=Standing.ENTERED if today else Standing.USED,
            last_here=last.occurred_at,
            noted_at=last.noted_at,
        )

    def _leaving(self, credential: Credential, kept: KnownCredential) -> Recognised:
        """Who may leave with a slip of another day, and do nothing else."""
        met = self._known.met(credential, kept.holder, kept)
        sent_on = kept.scheme is Scheme.INVITATION  # perhaps: so it is asked
        presence = met.presence and replace(met.presence, overnight=False, recent=sent_on)
        return replace(met, presence=presence)
