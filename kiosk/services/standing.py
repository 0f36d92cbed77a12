"""What a credential is worth on a day, and what of it is shown beside what is known."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.domain.admission import REFUSABLE, Reason, Verdict, needs_second_reading
from kiosk.domain.credential import Credential
from kiosk.domain.issued import IssuedCode, IssuedKind
from kiosk.domain.log import Entry, Visit
from kiosk.domain.person import Person, names_agree, under_age
from kiosk.domain.recognition import Presence, Recognised, Rested, SentAway, Standing
from kiosk.domain.refresh import spelt
from kiosk.domain.screening import NOWHERE, Destination, RuleCard
from kiosk.ports.directory import Declaration, Known, KnownCredential

_REPRESENTED = "needs_representative"
_OTHER_NAME = "known_under_another_name"
_BY_FEVER = frozenset({Reason.FEVER, Reason.HIGH_FEVER})
_OF_THE_PERSON = frozenset({*REFUSABLE, Reason.OWN_WORDS, Reason.HIGH_FEVER, Reason.ENTERED_LATER})
"""Why somebody is turned away; every other reason is a fault of what was shown."""

NOBODYS = frozenset(
    {Standing.NOT_FOUND, Standing.UNKNOWN, Standing.FORGED, Standing.ALTERED, Standing.BROKEN}
)
"""What a finger's slip makes of a number or a code that is typed."""


def mistyped(who: Recognised, typed: str) -> Recognised:
    """`who` as somebody whose number has to be looked at again; its text is what was typed."""
    said = replace(who.credential, text=" ".join(typed.split()))
    return Recognised(said, Standing.MISTYPED)


def compared(credential: Credential, kept: Person) -> Credential:
    """`credential`, with a warning where its number is known under another name."""
    said = credential.person
    others = tuple(warning for warning in credential.warnings if warning != _OTHER_NAME)
    agree = said is None or names_agree(said.name, kept.name)
    return replace(credential, warnings=others if agree else (*others, _OTHER_NAME))


def of_age(credential: Credential, holder: Known | None, today: date) -> Credential:
    """`credential`, with a warning where whoever stands there is a child."""
    people = (credential.person, holder.person if holder else None)
    young = any(person is not None and under_age(person, today) for person in people)
    if not young or _REPRESENTED in credential.warnings:
        return credential
    return replace(credential, warnings=(*credential.warnings, _REPRESENTED))


def shown(credential: Credential, kept: Person) -> Person:
    """Whom the screen names: as just said, spelt with the diacritics that are known."""
    said = credential.person
    return kept if said is None else replace(said, name=spelt(kept.name, said.name))


def in_force(code: IssuedCode, kept: KnownCredential | None, today: date) -> Standing:
    """What a genuine code is worth today, before anybody asks whether it was used."""
    if kept is not None and kept.revoked:
        return Standing.REVOKED
    if code.kind is IssuedKind.SLIP and today != code.day:
        return Standing.OTHER_DAY
    if code.kind is IssuedKind.INVITATION and today < code.day:  # else the clock is wrong
        return Standing.NOT_YET
    until = kept.until if kept is not None else None
    return Standing.OVER if until is not None and today > until else Standing.RECOGNISED


def offered(
    last: Visit | None, declared: Declaration | None, kept: KnownCredential | None
) -> Destination:
    """Where somebody said today that they go, was invited to, or went the last time."""
    identity = last.arrival.draft.identity if last else None
    return first_known(
        declared.destination if declared else NOWHERE,
        kept.destination if kept else NOWHERE,
        identity.destination if identity else NOWHERE,
    )


def just_left(last: Visit | None, now: datetime, shown_at: datetime, leaving: timedelta) -> bool:
    """Whether `last` had ended less than `leaving` before a code was shown, and somebody saw it.

    Codes are held up for a while. One that ends after `now` says that the clock was put back.
    """
    left = last.departure if last is not None else None
    if left is None or left.draft.reason is not Reason.LEFT:
        return False
    return left.draft.occurred_at <= now and shown_at - left.draft.occurred_at < leaving


def present(
    visit: Visit | None, shown_at: datetime, day_began: datetime, recent: timedelta
) -> Presence | None:
    """The open visit as the desk saw it when a code was shown; None where there is none."""
    if visit is None:
        return None
    draft = visit.arrival.draft
    return Presence(
        visit_id=draft.visit_id,
        since=draft.occurred_at,
        recent=shown_at - draft.occurred_at < recent,
        overnight=draft.occurred_at < day_began,
    )


def rested(last: Visit | None, day_began: datetime, rules: RuleCard) -> Rested | None:
    """The high reading of today after which somebody was put aside, as `last` tells it."""
    draft = last.arrival.draft if last is not None else None
    if draft is None or draft.reason is not Reason.FEVER or draft.occurred_at < day_began:
        return None
    if not rules.health_step or draft.health is None or draft.identity is None:
        return None
    if not needs_second_reading(draft.health, rules):
        return None
    there = draft.identity.destination
    return Rested(draft.health, there, draft.occurred_at, draft.visit_id)


def sent_away(visits: Iterable[Visit], rested: Rested | None) -> SentAway | None:
    """How the person was turned away, as their visits of today tell it; None where they were not.

    The gravest and newest since they were let in: who was sent to the health officer and then had
    no mask was sent to the health officer. Who only rests is none: their second reading decides.
    """
    found: list[Entry] = []
    for visit in visits:
        draft = visit.arrival.draft
        if draft.verdict is Verdict.ADMIT:
            found.clear()
        elif draft.reason in _OF_THE_PERSON and not (rested and rested.visit_id == draft.visit_id):
            found.append(visit.arrival)
    if not found:
        return None
    worst = max(found, key=_gravity).draft
    readings = worst.health.readings if worst.health else ()
    return SentAway(
        at=worst.occurred_at,
        referred=worst.verdict is Verdict.REFER,
        reason=worst.reason,
        reading=readings[-1] if readings else None,
        by_fever=worst.reason in _BY_FEVER,
        own_reason=worst.identity.own_reason if worst.identity else "",
    )


def _gravity(entry: Entry) -> tuple[bool, bool, datetime]:
    draft = entry.draft
    return draft.verdict is Verdict.REFER, draft.reason in _BY_FEVER, draft.occurred_at


def first_known(*destinations: Destination) -> Destination:
    """The first that says where to."""
    return next((there for there in destinations if there.known), NOWHERE)


def asked(presence: Presence | None) -> Presence | None:
    """Nobody assumes that they leave: a form is taken to come in, an invitation can be sent on."""
    return presence and replace(presence, overnight=True)
