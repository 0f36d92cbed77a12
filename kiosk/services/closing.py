"""The closing of a day (biên bản chốt sổ): its totals, who did not scan out, proof."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from kiosk.domain.admission import Verdict
from kiosk.domain.log import Closing, Visit, of_somebody
from kiosk.domain.office import Office
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
    Together,
)
from kiosk.ports.logbook import Logbook
from kiosk.ports.words import Say
from kiosk.services.inside_list import clock, destination, kind, name, since
from kiosk.services.letterhead import (
    folio,
    heading,
    long_date,
    numbered,
    printed_at,
    signatures,
)
from kiosk.services.register import totals


def unscanned(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Who was admitted and not seen leaving: still inside, or closed without a scan."""
    return tuple(visit for visit in visits if visit.inside or visit.closing is Closing.UNSEEN)


def to_close(logbook: Logbook, since: datetime, until: datetime) -> Sequence[Visit]:
    """Visits that began in [since, until), after those of earlier days that are still open."""
    before = (v for v in logbook.inside() if v.arrival.draft.occurred_at < since)
    return [*before, *logbook.visits(since, until)]


def arrived(visits: Sequence[Visit], day: date, zone: tzinfo) -> tuple[Visit, ...]:
    """Those that began on this day."""
    return tuple(
        visit for visit in visits if visit.arrival.draft.occurred_at.astimezone(zone).date() == day
    )


def closing_document(
    visits: Sequence[Visit],
    office: Office,
    day: date,
    now: datetime,
    fingerprint: str,
    say: Say,
    zone: tzinfo,
    undone: int = 0,
) -> Document:
    """The closing sheet on A4.

    Args:
        visits: those that began on `day`, and those of earlier days that are still open.
        office: whose log it is.
        day: the local day.
        now: when it is printed, aware.
        fingerprint: of the log's last row; empty for an empty log.
        say: the sentences.
        zone: of the desk.
        undone: how many lines of the day were reversed; they are no visits.
    """
    came = arrived(visits, day, zone)
    local = now.astimezone(zone)
    place = office.gate or office.name
    opening = say(
        "closing.opening",
        hours=f"{local:%H}",
        minutes=f"{local:%M}",
        date=long_date(local.date(), say),
        at=say("closing.at", place=place) if place else "",
        day=long_date(day, say),
    )
    blocks: tuple[Block, ...] = (
        heading(office, say),
        numbered(office, local.date(), say("closing.number"), say),
        Space(6),
        Line(say("closing.title"), Style.TITLE, Align.CENTRE),
        Line(say("closing.about", day=long_date(day, say)), Style.STRONG, Align.CENTRE),
        Space(5),
        Line(opening),
        Space(4),
        Line(say("closing.figures"), Style.HEADING),
        Space(1.5),
        _figures(came, undone, say),
        Space(5),
        *_unscanned(visits, now, say, zone),
        signatures(("receptionist", "head"), say, fingerprint),
    )
    title = say("closing.document", day=f"{day:%d/%m/%Y}")
    footer = " · ".join(filter(None, (title, office.gate, printed_at(now, zone, say))))
    return Document(title, Paper.A4, blocks, footer, folio(say))


def _figures(came: Sequence[Visit], undone: int, say: Say) -> Table:
    sums = totals(came)
    unseen = sum(visit.closing is Closing.UNSEEN for visit in came)
    figures = (
        ("arrivals", sums.arrivals),
        ("admitted", sums.admitted),
        ("refused", sums.refused),
        ("referred", sums.referred),
        ("scanned_out", sums.left - unseen),
        ("unseen", unseen),
        ("inside", sums.inside),
        ("unknown", sums.unknown),
        ("later", sum(visit.entered_later for visit in of_somebody(came))),
        ("undone", undone),
    )
    rows = (
        (str(number), say(f"closing.figure.{key}"), str(count))
        for number, (key, count) in enumerate(figures, start=1)
    )
    columns = (
        Column(say("paper.column.number"), 10, Align.CENTRE, Style.BODY),
        Column(say("closing.what"), 140, style=Style.BODY),
        Column(say("closing.count"), 30, Align.CENTRE, Style.BODY),
    )
    return Table(columns, tuple(rows))


def _unscanned(
    visits: Sequence[Visit], now: datetime, say: Say, zone: tzinfo
) -> tuple[Block, ...]:
    title = Line(say("closing.unscanned"), Style.HEADING)
    left_over = unscanned(visits)
    if not left_over:
        admitted = any(visit.arrival.draft.verdict is Verdict.ADMIT for visit in visits)
        key = "closing.all_scanned" if admitted else "closing.nobody"
        return (Together((title, Space(1.5), Line(say(key)), Space(5))),)
    columns = (
        Column(say("paper.column.number"), 10, Align.CENTRE),
        Column(say("paper.column.name"), 46, style=Style.SMALL_STRONG),
        Column(say("paper.column.kind"), 18),
        Column(say("paper.column.destination"), 50),
        Column(say("paper.column.since"), 22, Align.CENTRE),
        Column(say("closing.how"), 40),
    )
    rows = (
        (
            str(number),
            name(visit, say),
            kind(visit, say),
            destination(visit),
            since(visit, now, zone),
            _how(visit, now, say, zone),
        )
        for number, visit in enumerate(left_over, start=1)
    )
    return title, Space(1.5), Table(columns, tuple(rows)), Space(5)


def _how(visit: Visit, now: datetime, say: Say, zone: tzinfo) -> str:
    if visit.departure is None:
        return say("paper.closing.inside")
    return say("closing.closed", time=clock(visit.departure.draft.occurred_at, now, zone))
