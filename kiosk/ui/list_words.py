"""What the side list says of an entry: finished sentences."""

from dataclasses import dataclass, replace

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.log import Direction, Entry
from kiosk.domain.screening import NOWHERE
from kiosk.services.back_office import Overview
from kiosk.services.inside_list import clock
from kiosk.services.why import why
from kiosk.ui.desk_words import SIGNS, TONES, Speech, stay
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Words


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of the side list."""

    tone: Tone
    icon: str
    title: str
    detail: str
    time: str


def list_line(entry: Entry, overview: Overview, speech: Speech) -> ListLine:
    """What the side list says of an entry."""
    line = _line(entry, overview, speech)
    if entry.draft.noted_at is None:
        return line
    return replace(line, detail=f"{speech.words('late.mark')} · {line.detail}")


def named(arrival: Entry, words: Words) -> str:
    """Who it was, that the name was erased by rule, or that the code told of nobody."""
    if identity := arrival.draft.identity:
        return identity.person.name
    return words("desk.entry_erased" if arrival.name_erased else "desk.entry_unknown")


def _line(entry: Entry, overview: Overview, speech: Speech) -> ListLine:
    draft, words = entry.draft, speech.words
    opened = overview.known.get(draft.visit_id, entry)
    identity = opened.draft.identity
    name = named(opened, words)
    reason = why(draft, words)
    time = clock(draft.occurred_at, overview.day_began, speech.zone)
    if draft.corrects is not None:
        detail = words("desk.entry_undo", reason=reason)
        return ListLine(Tone.PLAIN, "undo-2", name, detail, time)
    if not draft.tells_of_passing:
        return ListLine(Tone.PLAIN, "user", name, reason, time)
    if draft.direction is Direction.OUT:
        seen = draft.reason is not Reason.NOT_CHECKED_OUT  # else the time says nothing
        told = stay(opened.draft.occurred_at, draft.occurred_at, words) if seen else reason
        return ListLine(Tone.BRAND, "arrow-up", name, told, time)
    if identity is None and not opened.name_erased:
        return ListLine(Tone.REFER, "circle-help", name, reason, time)
    verdict = draft.verdict or Verdict.REFUSE
    if verdict is Verdict.ADMIT:
        place = identity.destination if identity else NOWHERE
        scheme = words(f"schemes.{draft.scheme}")
        said = [words(f"desk.{identity.kind}")] if identity else []
        said.append(place.unit or place.host or scheme)
        return ListLine(Tone.ADMIT, "arrow-down", name, " · ".join(said), time)
    return ListLine(TONES[verdict], SIGNS[verdict], name, reason, time)
