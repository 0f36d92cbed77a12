"""The form's answers become people, declarations, consents and slips, all of them or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain import issued
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.credential import Scheme
from kiosk.domain.issued import IssuedKind
from kiosk.domain.recognition import Recognised
from kiosk.domain.screening import NOT_SEEN, Checklist, read_temperature
from kiosk.ports.clock import Clock
from kiosk.ports.consents import Consents
from kiosk.ports.directory import Declaration, Directory, Issue, Known
from kiosk.services.group_lines import companions
from kiosk.services.guest_form import (
    GuestForm,
    agrees_too,
    as_a_name,
    companion,
    guest,
    outcome,
    tidy,
)
from kiosk.services.issuing import day_for_codes
from kiosk.services.reception import Entropy
from kiosk.services.recogniser import Desk, Recogniser


@dataclass(frozen=True, slots=True)
class Issued:
    """A slip that was minted: what its symbol holds, and who stands there with it.

    Attributes:
        code: what the symbol holds.
        number: short number with its check character.
        day: the only day on which it serves.
        who: the guest.
        seen: what the receptionist has measured and seen already.
        language: the visitor's, for the slip; "" where nobody knows.
    """

    code: str
    number: str
    day: date
    who: Recognised
    seen: Checklist = NOT_SEEN
    language: str = ""


class Declarations:
    """Takes a form that has no faults, keeps it and mints a slip for everybody in it.

    Thread: the storage thread only. Raises LogbookError.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        directory: Directory,
        consents: Consents,
        clock: Clock,
        entropy: Entropy,
        desk: Desk,
    ) -> None:
        self._recogniser = recogniser
        self._directory = directory
        self._consents = consents
        self._clock = clock
        self._entropy = entropy
        self._desk = desk

    def take(self, form: GuestForm) -> tuple[Issued, ...]:
        """Keep people, declarations, consents and slips; the guest comes first."""
        now, today = self._clock.now(), day_for_codes(self._clock)
        with self._directory.together():
            holder = self._directory.add(guest(form, today), now, form.person_id)
            for consent in self._answers(form, today, now):
                self._consents.agree(holder.person_id, consent)
            self._consents.renew(holder.person_id)
            first = self._slip(form, holder, now, _reading(form.reading), _OF_THE_GUEST)
            return first, *self._others(form, today, now)

    def wards(self, province: str) -> Sequence[str]:
        """Wards that visitors of this desk have named: places, and nobody's."""
        return self._directory.wards(province.strip())

    def _others(self, form: GuestForm, today: date, now: datetime) -> Iterator[Issued]:
        for said in companions(form.others, today):
            person = companion(said)
            holder = self._directory.add(person, now)
            if self._desk.rules.asks_consent:
                by = as_a_name(form.spoken_by or form.name)  # whoever answered for the group
                agreed = self._consent(form, Purpose.VISIT, now, said_by=by)
                self._consents.agree(holder.person_id, agreed)
                if form.agreed.child and agrees_too(person, today):
                    own = self._consent(form, Purpose.VISIT, now, said_by="")
                    self._consents.agree(holder.person_id, own)
            yield self._slip(form, holder, now, said.reading, ())

    def _slip(
        self,
        form: GuestForm,
        holder: Known,
        now: datetime,
        reading: int | None,
        own: tuple[str, ...],
    ) -> Issued:
        """One of the people of the form: declared with their `own` lines, and a slip of today."""
        today = self._recogniser.today()
        self._directory.declare(holder.person_id, self._declaration(form, now, own))
        code = issued.mint(
            IssuedKind.SLIP, today, self._entropy(issued.RANDOM_BYTES), self._desk.key
        )
        number = issued.short_number(today, self._directory.slips_on(today) + 1, self._desk.key)
        new = Issue(Scheme.SLIP, code, today, until=today, number=number)
        who = self._recogniser.at_desk(self._directory.issue(new, holder, now))
        readings = () if reading is None else (reading,)
        seen = Checklist(readings, form.mask, form.hands)
        return Issued(code, number, today, who, seen, form.agreed.language)

    def _declaration(self, form: GuestForm, now: datetime, own: tuple[str, ...]) -> Declaration:
        answers = [(question.value, "yes" if yes else "no") for question, yes in form.answers]
        said = [("travel_where", form.travel), ("spoken_by", form.spoken_by)]
        said += [(name, getattr(form, name)) for name in own]
        answers += [(name, tidy(text)) for name, text in said if tidy(text)]
        rules = self._desk.rules
        return Declaration(
            made_at=now,
            declared=outcome(form),
            answers=tuple(answers),
            destination=form.destination,
            basis=form.agreed.text if rules.asks_consent else rules.version,
        )

    def _answers(self, form: GuestForm, today: date, now: datetime) -> Iterator[Consent]:
        """Whatever was answered; a child's own yes stands beside its representative's."""
        agreed, by = form.agreed, as_a_name(form.spoken_by)
        if self._desk.rules.asks_consent and agreed.visit:
            yield self._consent(form, Purpose.VISIT, now, said_by=by)
            if agreed.child and agrees_too(guest(form, today), today):
                yield self._consent(form, Purpose.VISIT, now, said_by="")
        if agreed.remembered is not None:
            yield self._consent(form, Purpose.REMEMBERED, now, said_by=by, given=agreed.remembered)

    def _consent(
        self,
        form: GuestForm,
        purpose: Purpose,
        now: datetime,
        *,
        said_by: str,
        given: bool = True,
    ) -> Consent:
        agreed = form.agreed
        return Consent(
            now, purpose, given, agreed.text, agreed.language, said_by, self._desk.officer
        )


_OF_THE_GUEST = ("nationality", "province", "ward")
"""Lines of the form that nobody has asked the others of a group about."""


def _reading(typed: str) -> int | None:
    read = read_temperature(typed) if typed.strip() else None
    return read if isinstance(read, int) else None
