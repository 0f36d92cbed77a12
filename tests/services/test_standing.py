"""How somebody was turned away today, as their visits tell it."""

from datetime import timedelta

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.recognition import Rested, SentAway
from kiosk.domain.screening import NOWHERE, Checklist
from kiosk.services.standing import sent_away
from tests.fakes_log import MORNING, FakeLogbook, arrival

HOT = Checklist((383, 383))


def told(*drafts, rested=None) -> SentAway | None:
    logbook = FakeLogbook()
    for draft in drafts:
        logbook.append(draft)
    return sent_away(logbook.visits_of("p1"), rested)


def turned_away(reason: Reason, *, minutes: int = 0, health: Checklist | None = HOT):
    referred = reason in (Reason.HIGH_FEVER, Reason.WARNING_SIGNS)
    return arrival(
        MORNING + timedelta(minutes=minutes),
        verdict=Verdict.REFER if referred else Verdict.REFUSE,
        reason=reason,
        health=health,
    )


def test_the_reading_taken_last_is_told_with_what_became_of_it():
    away = turned_away(Reason.HIGH_FEVER, health=Checklist((379, 383)))
    assert told(away) == SentAway(
        away.occurred_at, referred=True, reason="high_fever", reading=383, by_fever=True
    )


def test_a_reading_that_is_no_longer_kept_is_not_told():
    away = told(turned_away(Reason.HIGH_FEVER, health=None))
    assert (away.reason, away.reading) == ("high_fever", None)


def test_a_code_that_was_refused_is_nothing_against_the_person_and_hides_nothing():
    used = turned_away(Reason.SLIP_USED, minutes=9, health=None)
    assert told(used) is None
    assert told(turned_away(Reason.FEVER), used).reason == "fever"


def test_the_gravest_is_told_and_the_newest_of_these():
    mask, fever = turned_away(Reason.MASK_MISSING, minutes=9), turned_away(Reason.FEVER)
    assert told(fever, mask).reason == "fever"
    referred = turned_away(Reason.WARNING_SIGNS, minutes=1)
    assert told(referred, turned_away(Reason.FEVER, minutes=5)).reason == "warning_signs"
    assert told(turned_away(Reason.NO_BUSINESS_HERE), mask).reason == "mask_missing"


def test_what_was_before_an_admission_is_settled():
    admitted = arrival(MORNING + timedelta(minutes=9))
    assert told(turned_away(Reason.HIGH_FEVER), admitted) is None
    later = turned_away(Reason.MASK_MISSING, minutes=30)
    assert told(turned_away(Reason.HIGH_FEVER), admitted, later).reason == "mask_missing"


def test_who_only_rests_was_not_turned_away():
    rest = turned_away(Reason.FEVER, health=Checklist((382,)))
    resting = Rested(rest.health, NOWHERE, rest.occurred_at, rest.visit_id)
    assert told(rest, rested=resting) is None
    assert told(turned_away(Reason.NO_BUSINESS_HERE), rest, rested=resting).reason == (
        "no_business_here"
    )
