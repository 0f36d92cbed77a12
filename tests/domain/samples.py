"""People, rules and codes that the domain's tests have in common."""

from datetime import UTC, datetime

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.log import Direction, Draft, Entry
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import RuleCard

MORNING = datetime(2026, 11, 22, 1, 12, 5, 120_000, tzinfo=UTC)
HONG = Person(name="Nguyễn Thị Hồng", id_number="091190000018")
CARD = Credential(Scheme.CITIZEN_CARD, stable="091190000018", person=HONG)
VISITOR = Recognised(CARD, Standing.RECOGNISED, HONG, "p1", "c1")
STAFF = Recognised(CARD, Standing.RECOGNISED, HONG, "p1", "c1", kind=PersonKind.STAFF)


def rules(
    *,
    health_step: bool = True,
    mask: bool = True,
    hands: bool = True,
    declaration: bool = True,
    destination: bool = True,
) -> RuleCard:
    return RuleCard("2026-01", health_step, 375, 380, 5, mask, hands, declaration, destination, "")


def entry(
    seq: int = 1,
    *,
    visit_id: str = "v1",
    direction: Direction = Direction.IN,
    verdict: Verdict | None = Verdict.ADMIT,
    corrects: int | None = None,
) -> Entry:
    """The entry of that number; `corrects` is the number of another."""
    draft = Draft(
        entry_id=f"e{seq}",
        occurred_at=MORNING,
        direction=direction,
        verdict=verdict,
        reason=Reason.RULES_MET,
        visit_id=visit_id,
        person_id="p1",
        credential_id="c1",
        scheme=Scheme.CITIZEN_CARD,
        rules_version="2026-01",
        officer="Trực ban",
        corrects=None if corrects is None else f"e{corrects}",
    )
    return Entry(draft, "G1", seq, "0" * 64)
