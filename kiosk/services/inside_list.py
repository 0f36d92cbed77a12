"""Who is inside, as a page: for the evening and for the day the building must be emptied."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from kiosk.domain.log import Visit
from kiosk.domain.office import Office
from kiosk.domain.person import PersonKind
from kiosk.domain.screening import Destination
from kiosk.ports.document import (
    Align,
    Block,
    Column,
    Document,
    Line,
    Paper,
    Space,
    Style,
    Table,
)
from kiosk.ports.words import Say
from kiosk.services.letterhead import folio, heading, long_date, numbered, printed_at, signatures


def inside_document(
    visits: Sequence[Visit], office: Office, now: datetime, say: Say, zone: tzinfo
) -> Document:
    """Everybody inside, longest stay first, with a column to tick at the assembly point.

    Args:
        visits: any; those that are over are left out.
        office: whose list it is.
        now: aware.
        say: the sentences.
        zone: of the desk.
    """
    staying = sorted(
        (visit for visit in visits if visit.inside),
        key=lambda visit: visit.arrival.draft.occurred_at,
    )
    local = now.astimezone(zone)
    when = say("paper.inside.when", time=f"{local:%H:%M}", date=long_date(local.date(), say))
    blocks: tuple[Block, ...] = (
        heading(office, say),
        numbered(office, local.date(), say("paper.inside.number"), say),
        Space(6),
        Line(say("paper.inside.title"), Style.TITLE, Align.CENTRE),
        Line(" · ".join(filter(None, (when, office.gate))), align=Align.CENTRE),
        Space(5),
    )
    if staying:
        blocks += (
            Line(say("paper.inside.count", count=len(staying)), Style.HEADING),
            Space(1.5),
            _roll(staying, now, say, zone),
            Space(3),
        )
    key, style, align = (
        ("hint", Style.SMALL, Align.LEFT) if staying else ("nobody", Style.LEAD, Align.CENTRE)
    )
    under = Line(say(f"paper.inside.{key}"), style, align)
    blocks += (signatures(("receptionist", "head"), say, above=(under, Space(5))),)
    title = say("paper.inside.document")
    return Document(
        title=title,
        paper=Paper.A4_LANDSCAPE,
        blocks=blocks,
        footer=" · ".join(filter(None, (title, office.gate, printed_at(now, zone, say)))),
        folio=folio(say),
    )


def stay_table(visits: Sequence[Visit], now: datetime, say: Say, zone: tzinfo) -> Table:
    """The shorter list that stands in the register of the day."""
    columns = (
        Column(say("paper.column.number"), 9, Align.CENTRE),
        Column(say("paper.column.name"), 55, style=Style.SMALL_STRONG),
        Column(say("paper.column.kind"), 20),
        Column(say("paper.column.destination"), 90),
        Column(say("paper.column.since"), 28, Align.CENTRE),
        Column(say("paper.column.stay"), 28, Align.CENTRE),
    )
    rows = (
        (
            str(number),
            name(visit, say),
            kind(visit, say),
            destination(visit),
            since(visit, now, zone),
            stay(visit, now, say),
        )
        for number, visit in enumerate(visits, start=1)
    )
    return Table(columns, tuple(rows))


def _roll(visits: Sequence[Visit], now: datetime, say: Say, zone: tzinfo) -> Table:
    columns = (
        Column(say("paper.column.number"), 10, Align.CENTRE),
        Column(say("paper.column.name"), 46, style=Style.SMALL_STRONG),
        Column(say("paper.column.kind"), 18),
        Column(say("paper.column.destination"), 50),
        Column(say("paper.column.phone"), 25),
        Column(say("paper.column.since"), 21, Align.CENTRE),
        Column(say("paper.column.tick"), 20, Align.CENTRE),
    )
    rows = (
        (
            str(number),
            name(visit, say),
            kind(visit, say),
            destination(visit),
            _phone(visit),
            since(visit, now, zone),
            "",
        )
        for number, visit in enumerate(visits, start=1)
    )
    return Table(columns, tuple(rows))


def name(visit: Visit, say: Say) -> str:
    """Who it is, or that the name was erased by rule, or that nobody was named."""
    if identity := visit.arrival.draft.identity:
        return identity.person.name
    return say("paper.erased" if visit.arrival.name_erased else "paper.unknown")


def kind(visit: Visit, say: Say) -> str:
    """Visitor or staff."""
    identity = visit.arrival.draft.identity
    if identity is None:
        return ""
    return say("paper.kind.staff" if identity.kind is PersonKind.STAFF else "paper.kind.visitor")


def destination(visit: Visit) -> str:
    """Unit and host."""
    identity = visit.arrival.draft.identity
    to = identity.destination if identity else Destination()
    return " · ".join(filter(None, (to.unit.strip(), to.host.strip())))


def since(visit: Visit, now: datetime, zone: tzinfo) -> str:
    """When it began; with its day where that is not today."""
    return clock(visit.arrival.draft.occurred_at, now, zone)


def clock(moment: datetime, beside: datetime, zone: tzinfo) -> str:
    """Hours and minutes; with the day where it is not that of `beside`."""
    local = moment.astimezone(zone)
    same = local.date() == beside.astimezone(zone).date()
    return f"{local:%H:%M}" if same else f"{local:%H:%M %d/%m}"


def stay(visit: Visit, now: datetime, say: Say) -> str:
    """How long somebody has been inside, in whole minutes."""
    passed = max(now - visit.arrival.draft.occurred_at, timedelta())
    hours, minutes = divmod(int(passed.total_seconds()) // 60, 60)
    return say("paper.stay", hours=hours, minutes=f"{minutes:02d}")


def _phone(visit: Visit) -> str:
    identity = visit.arrival.draft.identity
    return identity.person.phone if identity else ""
