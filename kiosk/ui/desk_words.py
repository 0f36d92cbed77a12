"""What the desk says in each state: states and entries in, finished sentences out."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import assert_never

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import IDENTIFYING, OWN, Scheme, Verified
from kiosk.domain.desk import (
    Admitted,
    Departed,
    Departing,
    OutOfOrder,
    Refused,
    Remeasure,
    StillInside,
)
from kiosk.domain.log import Entry
from kiosk.domain.person import Person, mask_name, mask_number
from kiosk.domain.recognition import Recognised, Standing
from kiosk.services.why import why
from kiosk.ui.rest import Rest
from kiosk.ui.theme import Tone
from kiosk.ui.verdict_panel import Shown
from kiosk.ui.wording import Words, clock_time

TONES = {
    Verdict.ADMIT: Tone.ADMIT,
    Verdict.REFUSE: Tone.REFUSE,
    Verdict.REFER: Tone.REFER,
}
SIGNS = {Verdict.ADMIT: "check", Verdict.REFUSE: "x", Verdict.REFER: "triangle-alert"}
_DAYS = {
    Standing.OTHER_DAY: "desk.slip_for",
    Standing.NOT_YET: "desk.slip_from",
    Standing.OVER: "desk.slip_until",
}
_SIGNED = frozenset({Scheme.EU_CERTIFICATE, Scheme.SMART_HEALTH_CARD, Scheme.ICAO_VDS})


def shown_name(who: Recognised, words: Words, *, masked: bool) -> str:
    """The name for the screen; what a code seems to be where it names nobody."""
    if who.person is not None and who.person.name:
        return mask_name(who.person.name) if masked else who.person.name
    return words(f"schemes.{who.credential.scheme}")


@dataclass(frozen=True, slots=True)
class Speech:
    """Both languages of one desk, and its zone."""

    words: Words
    second: Words
    zone: tzinfo


def verdict_shown(
    state: Admitted | Refused | Departed | Departing | StillInside | OutOfOrder | Remeasure,
    speech: Speech,
    *,
    masked: bool,
    rest: Rest | None = None,
) -> Shown:
    """The panel of a state that shows a verdict.

    Args:
        state: to be shown.
        speech: both languages.
        masked: for the visitor's side.
        rest: of whoever rests, for how long; None counts no minutes.
    """
    match state:
        case Refused(who, entry) if state.rests and rest is not None:
            return _put_aside(who, entry, rest, speech, masked=masked)
        case Admitted(who, entry) | Refused(who, entry):
            return _arrival(who, entry, speech, masked=masked)
        case Departed(who, entry):
            return _departure(who, entry, speech, masked=masked)
        case Departing() | StillInside():
            return _question(state, speech, masked=masked)
        case Remeasure(who):
            rest_left = 0 if rest is None else rest.minutes_left
            return _said(
                speech, Tone.REFER, "thermometer",
                "desk.rest_title" if rest_left else "desk.rest_over",
                who=shown_name(who, speech.words, masked=masked),
                values={"minutes": rest_left} if rest_left else {},
            )  # fmt: skip
        case OutOfOrder():
            said = _said(
                speech, Tone.REFUSE, "triangle-alert", "desk.out_of_order",
                reason="desk.out_of_order_words",
            )  # fmt: skip
            return replace(said, go=speech.words("desk.retry"))
        case _:
            assert_never(state)


def waiting_shown(who: Recognised, speech: Speech) -> Shown:
    """The visitor's side while the receptionist is busy with `who`: they have been seen, and wait.

    Without it they go on holding the code up, and the receptionist waits for them.
    """
    shown = who.credential
    typed = shown.scheme is Scheme.TYPED or (shown.scheme is Scheme.SLIP and not shown.stable)
    key = "desk.moment" if typed else "desk.code_read"  # the guest's form needs no code
    name = shown_name(who, speech.words, masked=True)
    return _said(speech, Tone.BRAND, "qr-code", key, who=name, reason="desk.wait_words")


def _said(
    speech: Speech,
    tone: Tone,
    icon: str,
    key: str,
    *,
    who: str = "",
    reason: str = "",
    values: dict[str, object] | None = None,
) -> Shown:
    given = values or {}
    return Shown(
        tone=tone,
        icon=icon,
        words=speech.words(key, **given),
        second=speech.second(key, **given),
        reason=speech.words(reason, **given) if reason else "",
        second_reason=speech.second(reason, **given) if reason else "",
        who=who,
    )


def _question(state: Departing | StillInside, speech: Speech, *, masked: bool) -> Shown:
    """Whether somebody comes or goes: asked of the receptionist, not of the visitor."""
    who = shown_name(state.who, speech.words, masked=masked)
    if masked:
        return _said(
            speech, Tone.BRAND, "circle-help", "desk.moment", who=who, reason="desk.moment_words"
        )
    since = state.presence.since.astimezone(speech.zone)
    if isinstance(state, Departing):
        said = _said(
            speech, Tone.BRAND, "log-out", "desk.departing", who=who,
            reason="desk.departing_words",
            values={"time": clock_time(since, speech.zone)},
        )  # fmt: skip
        go, back = speech.words("desk.departing_key"), speech.words("desk.stay")
        return replace(said, go=go, back=back)
    asked = "desk.still_inside", "desk.still_inside_words", "desk.arriving_key"
    if state.by_another:
        asked = "desk.invitation_inside", "desk.invitation_inside_words", "desk.returning_key"
    title, reason, go = asked
    said = _said(
        speech, Tone.REFER, "circle-help", title, who=who, reason=reason,
        values={"time": f"{since:%H:%M}", "day": f"{since:%d/%m}"},
    )  # fmt: skip
    return replace(
        said,
        go=speech.words(go),
        leave=speech.words("desk.departing_key"),
        refuse=speech.words("desk.another_key") if state.by_another else "",
        back=speech.words("desk.done"),
    )


def _put_aside(
    who: Recognised, entry: Entry, rest: Rest, speech: Speech, *, masked: bool
) -> Shown:
    """No refusal yet: until when they rest, and that they are measured once more."""
    since, zone, words = entry.draft.occurred_at, speech.zone, speech.words
    said = _said(
        speech, Tone.REFER, "thermometer", "desk.put_aside", reason="desk.put_aside_words",
        who=f"{shown_name(who, words, masked=masked)} · {clock_time(since, zone)}",
        values={"time": clock_time(rest.over_at(since), zone)},
    )  # fmt: skip
    return replace(said, foot="" if masked else words("desk.next_scan"), back=words("desk.done"))


def _arrival(who: Recognised, entry: Entry, speech: Speech, *, masked: bool) -> Shown:
    draft, words = entry.draft, speech.words
    verdict = draft.verdict or Verdict.REFUSE
    known = who.standing is Standing.RECOGNISED
    name = shown_name(who, words, masked=masked)
    parts = [name, clock_time(draft.occurred_at, speech.zone)]
    if verdict is Verdict.ADMIT and who.slip_number:  # who has no paper leaves by it
        parts.append(words("desk.slip_number", number=who.slip_number))
    place = draft.identity.destination if draft.identity else None
    if place is not None and place.unit and verdict is Verdict.ADMIT:
        advice = place.unit
    else:
        advice = _advice(draft.reason, words)
    if who.standing in _DAYS and who.slip_day is not None:
        parts = [words(_DAYS[who.standing], day=f"{who.slip_day:%d/%m/%Y}")]
    tone = TONES[verdict] if known or verdict is not Verdict.REFUSE else Tone.REFER
    return Shown(
        tone=tone,
        icon=SIGNS[verdict] if known else "circle-help",
        words=words(f"reasons.verdict.{verdict}"),
        second=speech.second(f"reasons.verdict.{verdict}"),
        reason=words(f"reasons.{draft.reason}") if masked else why(draft, words),
        second_reason=speech.second(f"reasons.{draft.reason}"),
        who=" · ".join(parts),
        advice=advice,
        foot="" if masked else words("desk.next_scan"),
        back=words("desk.done"),
    )


def _departure(who: Recognised, entry: Entry, speech: Speech, *, masked: bool) -> Shown:
    words = speech.words
    values: dict[str, object] = {}
    reason = ""
    if who.presence is not None:
        reason = "desk.departed_words"
        arrived = clock_time(who.presence.since, speech.zone)
        values = {
            "arrived": arrived,
            "stayed": stay(who.presence.since, entry.draft.occurred_at, words),
        }
    name = shown_name(who, words, masked=masked)
    return Shown(
        tone=Tone.BRAND,
        icon="log-out",
        words=words("desk.departed"),
        second=speech.second("desk.departed"),
        who=f"{name} · {clock_time(entry.draft.occurred_at, speech.zone)}",
        reason=words(reason, **values) if reason else "",
        foot="" if masked else words("desk.next_scan"),
        back=words("desk.done"),
    )


def _advice(reason: Reason, words: Words) -> str:
    key = f"reasons.advice.{reason}"
    return words(key) if words.has(key) else ""


def stay(since: datetime, until: datetime, words: Words) -> str:
    """How long somebody was inside, never negative."""
    minutes = max(0, int((until - since).total_seconds()) // 60)
    hours, rest = divmod(minutes, 60)
    if hours:
        return words("desk.stayed", hours=hours, minutes=rest)
    return words("desk.stayed_minutes", minutes=rest)


def person_fields(person: Person, words: Words) -> tuple[tuple[str, str], ...]:
    """Label and value of what the credential says; a number with its middle hidden."""
    fields = []
    if person.id_number:
        fields.append((words("desk.id_number"), mask_number(person.id_number)))
    if person.birth_date is not None:
        fields.append((words("desk.birth"), f"{person.birth_date:%d/%m/%Y}"))
    elif person.birth_year is not None:
        fields.append((words("desk.birth_year"), str(person.birth_year)))
    if person.sex.value != "unknown":
        fields.append((words("desk.sex"), words(f"desk.sexes.{person.sex}")))
    if person.address:
        fields.append((words("desk.address"), person.address))
    elif person.phone:
        fields.append((words("desk.phone"), person.phone))
    return tuple(fields)


def chips(who: Recognised, words: Words) -> tuple[tuple[Tone, str], ...]:
    """What is worth knowing about the credential and its holder, with a colour each."""
    found = [(Tone.BRAND, words(f"schemes.{who.credential.scheme}"))]
    if who.slip_number:
        found = [(Tone.BRAND, words("desk.entry_slip", number=who.slip_number))]
    nth = who.visits_before + 1
    turned_away = who.sent_away is not None or who.rested is not None
    first = "desk.not_let_in_today" if turned_away else "desk.first_visit"
    times = words("desk.nth_visit", count=nth) if nth > 1 else words(first)
    found.append((Tone.PLAIN, f"{words(f'desk.{who.kind}')} · {times}"))
    found += [(Tone.REFER, words(f"desk.{warning}")) for warning in who.credential.warnings]
    if who.credential.doubtful_text:
        found.append((Tone.REFER, words("desk.check_spelling")))
    elif who.credential.scheme in _SIGNED:
        verified = who.credential.verified
        said = words(f"desk.verified.{verified}", issuer=who.credential.issuer)
        found.append((Tone.ADMIT if verified is Verified.VALID else Tone.REFER, said))
    elif who.credential.scheme in IDENTIFYING - OWN:
        found.append((Tone.PLAIN, words("desk.as_shown")))
    return tuple(found)
