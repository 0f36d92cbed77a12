"""The register of a day (sổ theo dõi khách ra vào): who came, who left, and who has to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from kiosk.domain.admission import Verdict
from kiosk.domain.log import Visit, of_somebody
from kiosk.domain.office import Office
from kiosk.ports.document import (
    Align,
    Block,
    Columns,
    Document,
    Line,
    Paper,
    Part,
    Rule,
    Space,
    Style,
    Together,
)
from kiosk.ports.words import Say
from kiosk.services.inside_list import stay_table
from kiosk.services.letterhead import (
    folio,
    heading,
    long_date,
    numbered,
    printed_at,
    signatures,
)
from kiosk.services.visit_rows import visit_table

_SIGNING = ("receptionist", "head")


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers under a register.

    Attributes:
        arrivals: rows of the register: admitted, refused and referred.
        left: of those admitted, who has left.
        unknown: codes that told of nobody; they are counted and have no row.
    """

    arrivals: int
    admitted: int
    refused: int
    referred: int
    left: int
    inside: int
    unknown: int


def totals(visits: Sequence[Visit]) -> Totals:
    """The numbers under the register of these visits."""
    rows = of_somebody(visits)
    verdicts = [visit.arrival.draft.verdict for visit in rows]
    return Totals(
        arrivals=len(rows),
        admitted=verdicts.count(Verdict.ADMIT),
        refused=verdicts.count(Verdict.REFUSE),
        referred=verdicts.count(Verdict.REFER),
        left=sum(visit.departure is not None for visit in rows),
        inside=sum(visit.inside for visit in rows),
        unknown=len(visits) - len(rows),
    )


def register_document(
    visits: Sequence[Visit],
    office: Office,
    day: date,
    now: datetime,
    fingerprint: str,
    say: Say,
    zone: tzinfo,
    undone: int = 0,
) -> Document:
    """The register on A4: rows, totals, who is still inside, fingerprint and signatures.

    Args:
        visits: those that began on `day`, in the order of the log.
        office: whose register it is.
        day: the local day.
        now: when it is printed, aware.
        fingerprint: of the log's last row; empty for an empty log.
        say: the sentences.
        zone: of the desk.
        undone: how many lines of the day were reversed; they have no row.
    """
    rows = of_somebody(visits)
    today = now.astimezone(zone).date()
    gate = (office.gate,) if office.gate else ()
    dated = long_date(day, say, "paper.date_title")
    blocks: tuple[Block, ...] = (
        heading(office, say),
        numbered(office, today, say("paper.register.number"), say),
        Space(5),
        Line(say("paper.register.title"), Style.TITLE, Align.CENTRE),
        Line(" · ".join((dated, *gate)), align=Align.CENTRE),
        Space(5),
        *((visit_table(rows, say, zone),) if rows else _nobody_came(day, say)),
        *_erased(rows, say),
        Space(5),
        *_signed(visits, now, fingerprint, say, zone, _summary(totals(visits), undone, say)),
    )
    footer = (say("paper.register.document", day=f"{day:%d/%m/%Y}"), *gate)
    return Document(
        title=footer[0],
        paper=Paper.A4_LANDSCAPE,
        blocks=blocks,
        footer=" · ".join((*footer, printed_at(now, zone, say))),
        folio=folio(say),
    )


def _nobody_came(day: date, say: Say) -> tuple[Block, ...]:
    nobody = say("paper.register.nobody", date=long_date(day, say))
    return (Space(14), Line(nobody, Style.LEAD, Align.CENTRE), Space(14))


def _erased(rows: Sequence[Visit], say: Say) -> tuple[Block, ...]:
    """What stood here once and may not be kept so long."""
    names = sum(visit.arrival.name_erased for visit in rows)
    health = sum(visit.arrival.health_erased for visit in rows)
    if not names and not health:
        return ()
    return (
        Space(1.5),
        Line(say("paper.register.erased", names=names, health=health), Style.SMALL),
    )


def _signed(
    visits: Sequence[Visit],
    now: datetime,
    fingerprint: str,
    say: Say,
    zone: tzinfo,
    summary: tuple[Part, ...],
) -> tuple[Block, ...]:
    """Totals and who is still inside, of which the end is on the page of the signatures."""
    rows = of_somebody(visits)
    staying = [visit for visit in rows if visit.inside]
    if not staying:
        all_left = (Line(say("paper.register.all_left")), Space(3)) if rows else ()
        return (signatures(_SIGNING, say, fingerprint, above=(*summary, *all_left)),)
    title = say("paper.register.still_inside", time=f"{now.astimezone(zone):%H:%M}")
    return (
        Together(summary),
        Line(title, Style.HEADING),
        Space(1.5),
        stay_table(staying, now, say, zone),
        Space(5),
        signatures(_SIGNING, say, fingerprint),
    )


def _summary(sums: Totals, undone: int, say: Say) -> tuple[Part, ...]:
    figures = (
        ("arrivals", sums.arrivals),
        ("admitted", sums.admitted),
        ("refused", sums.refused),
        ("referred", sums.referred),
        ("left", sums.left),
        ("inside", sums.inside),
        ("unknown", sums.unknown),
    )
    columns = tuple(
        (
            Line(str(count), Style.HEADING, Align.CENTRE),
            Line(say(f"paper.total.{key}"), Style.SMALL, Align.CENTRE),
        )
        for key, count in figures
    )
    told = Line(say("paper.register.undone", count=undone), Style.SMALL)
    reversed_ = (Space(1.5), told) if undone else ()
    return Rule(), Space(1.5), Columns(columns), Space(1.5), Rule(), *reversed_, Space(5)
