"""The rows of the register: what of a visit stands in which column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import assert_never

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.log import Closing, Visit
from kiosk.domain.person import mask_number
from kiosk.ports.document import Align, Column, Style, Table
from kiosk.ports.words import Say
from kiosk.services.inside_list import clock, destination, kind, name
from kiosk.services.why import why


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    share: float
    text: Callable[[Visit], str]
    align: Align = Align.LEFT
    style: Style = Style.SMALL


def visit_table(visits: Sequence[Visit], say: Say, zone: tzinfo) -> Table:
    """One row a visit; temperature and mask only where a health step was taken that day."""
    middle = Align.CENTRE
    health: tuple[_Field, ...] = ()
    if any(visit.arrival.draft.health for visit in visits):
        health = (
            _Field("temperature", 15, lambda visit: _readings(visit, say), middle),
            _Field("mask", 13.5, lambda visit: _mask(visit, say), middle),
        )
    fields = (
        _Field("time_in", 12.5, lambda visit: _time_in(visit, zone), middle),
        _Field("time_out", 12.5, lambda visit: _time_out(visit, zone), middle),
        _Field("name", 42, lambda visit: name(visit, say), style=Style.SMALL_STRONG),
        _Field("kind", 14, lambda visit: kind(visit, say)),
        _Field("id_number", 26.5, _number),
        _Field("destination", 54, destination),
        _Field("purpose", 34, _purpose),
        *health,
        _Field("verdict", 28, lambda visit: _verdict(visit, say)),
        _Field("note", 19.5, lambda visit: _note(visit, say)),
    )
    columns = (
        Column(say("paper.column.number"), 10.5, Align.CENTRE),
        *(
            Column(say(f"paper.column.{field.key}"), field.share, field.align, field.style)
            for field in fields
        ),
    )
    rows = (
        (str(number), *(field.text(visit) for field in fields))
        for number, visit in enumerate(visits, start=1)
    )
    return Table(columns, tuple(rows))


def _time_in(visit: Visit, zone: tzinfo) -> str:
    return f"{visit.arrival.draft.occurred_at.astimezone(zone):%H:%M}"


def _time_out(visit: Visit, zone: tzinfo) -> str:
    if visit.departure is None or visit.closing is Closing.UNSEEN:
        return ""
    arrived = visit.arrival.draft.occurred_at
    return clock(visit.departure.draft.occurred_at, arrived, zone)


def _number(visit: Visit) -> str:
    identity = visit.arrival.draft.identity
    return mask_number(identity.person.id_number) if identity else ""


def _purpose(visit: Visit) -> str:
    identity = visit.arrival.draft.identity
    return identity.destination.purpose if identity else ""


def _readings(visit: Visit, say: Say) -> str:
    health = visit.arrival.draft.health
    readings = health.readings if health else ()
    return "; ".join(
        say("paper.degrees", whole=reading // 10, tenth=reading % 10) for reading in readings
    )


def _mask(visit: Visit, say: Say) -> str:
    if visit.arrival.draft.reason is Reason.MASK_MISSING:
        return say("paper.no")
    health = visit.arrival.draft.health
    return say("paper.yes") if health and health.mask else ""


def _verdict(visit: Visit, say: Say) -> str:
    draft = visit.arrival.draft
    match draft.verdict:
        case Verdict.ADMIT | None:
            return say("paper.verdict.admit")
        case Verdict.REFUSE | Verdict.REFER:
            reason = why(draft, say)
            return say(f"paper.verdict.{draft.verdict.value}_reason", reason=reason)
        case _:
            assert_never(draft.verdict)


def _note(visit: Visit, say: Say) -> str:
    closing = "inside" if visit.inside else visit.closing and visit.closing.value
    said = (
        say(f"paper.closing.{closing}") if closing else "",
        say("late.mark") if visit.entered_later else "",
    )
    return "; ".join(filter(None, said))
