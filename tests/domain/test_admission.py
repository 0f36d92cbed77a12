"""The decision table, row by row, with every reason that can be reached."""

from dataclasses import replace

import pytest

from kiosk.domain.admission import (
    CODE_REASONS,
    REFUSABLE,
    SEEMING_REASONS,
    UNDO,
    Decision,
    Reason,
    Step,
    Undecided,
    Verdict,
    decide,
    needs_second_reading,
    turned_away,
)
from kiosk.domain.credential import IDENTIFYING, Credential, Scheme, Seeming
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import NOWHERE, Checklist, Declared, Destination
from tests.domain.samples import VISITOR, rules

GUEST, STAFF = PersonKind.VISITOR, PersonKind.STAFF
THERE = Destination(unit="Văn phòng")
WELL = Checklist((366,), mask=True, hands=True, declared=Declared.CLEAR)
ALL = rules()
OFF = rules(health_step=False)
ADMIT = Decision(Verdict.ADMIT, Reason.RULES_MET)
LOGGED = Decision(Verdict.ADMIT, Reason.NO_HEALTH_STEP)
FEVER = Decision(Verdict.REFUSE, Reason.FEVER)
HIGH_FEVER = Decision(Verdict.REFER, Reason.HIGH_FEVER)
SIGNS = Decision(Verdict.REFER, Reason.WARNING_SIGNS)


def well(*readings: int, **changes: object) -> Checklist:
    return replace(WELL, readings=readings, **changes)


def missing(*steps: Step) -> Undecided:
    return Undecided(steps)


TABLE = {
    # name: kind, checklist, destination, rules, what follows
    "everything is in order": (GUEST, WELL, THERE, ALL, ADMIT),
    "staff need not say where they go": (STAFF, WELL, NOWHERE, ALL, ADMIT),
    "a visitor must say where": (GUEST, WELL, NOWHERE, ALL, missing(Step.DESTINATION)),
    "a purpose alone is no destination": (
        *(GUEST, WELL, Destination(purpose="Họp"), ALL),
        missing(Step.DESTINATION),
    ),
    "a host is a destination": (GUEST, WELL, Destination(host="Bà Lan"), ALL, ADMIT),
    "a card that does not ask where": (GUEST, WELL, NOWHERE, rules(destination=False), ADMIT),
    "just below the limit": (GUEST, well(374), THERE, ALL, ADMIT),
    "no reading yet": (GUEST, well(), THERE, ALL, missing(Step.TEMPERATURE)),
    "at the limit: measure again": (GUEST, well(375), THERE, ALL, missing(Step.SECOND_READING)),
    "very high: measure again too": (GUEST, well(410), THERE, ALL, missing(Step.SECOND_READING)),
    "the second reading is well": (GUEST, well(375, 374), THERE, ALL, ADMIT),
    "the second reading decides": (GUEST, well(410, 369), THERE, ALL, ADMIT),
    "the second reading is at the limit": (GUEST, well(378, 375), THERE, ALL, FEVER),
    "just below the higher limit": (GUEST, well(375, 379), THERE, ALL, FEVER),
    "at the higher limit": (GUEST, well(375, 380), THERE, ALL, HIGH_FEVER),
    "a third reading counts as the last": (GUEST, well(380, 380, 371), THERE, ALL, ADMIT),
    "fever decides, whatever is missing": (
        *(GUEST, Checklist((380, 377)), NOWHERE, ALL),
        FEVER,
    ),
    "no mask": (GUEST, well(366, mask=False), THERE, ALL, missing(Step.MASK)),
    "no mask asked": (GUEST, well(366, mask=False), THERE, rules(mask=False), ADMIT),
    "hands": (GUEST, well(366, hands=False), THERE, ALL, missing(Step.HANDS)),
    "no hands asked": (GUEST, well(366, hands=False), THERE, rules(hands=False), ADMIT),
    "no declaration": (
        *(GUEST, well(366, declared=Declared.NOT_YET), THERE, ALL),
        missing(Step.DECLARATION),
    ),
    "no declaration asked": (
        *(GUEST, well(366, declared=Declared.NOT_YET), THERE, rules(declaration=False)),
        ADMIT,
    ),
    "a sign decides at once": (
        *(GUEST, Checklist(declared=Declared.SIGNS), NOWHERE, ALL),
        SIGNS,
    ),
    "a sign weighs more than a fever": (
        *(GUEST, well(380, 380, declared=Declared.SIGNS), THERE, ALL),
        SIGNS,
    ),
    "a sign where none is asked": (
        *(GUEST, well(366, declared=Declared.SIGNS), THERE, rules(declaration=False)),
        ADMIT,
    ),
    "all is missing, in the order of the screen": (
        *(GUEST, Checklist(), NOWHERE, ALL),
        missing(Step.DESTINATION, Step.TEMPERATURE, Step.MASK, Step.HANDS, Step.DECLARATION),
    ),
    "no health step": (GUEST, Checklist(), THERE, OFF, LOGGED),
    "no health step, a fever is nobody's business": (GUEST, well(400, 400), THERE, OFF, LOGGED),
    "no health step, but still where to": (
        *(GUEST, Checklist(), NOWHERE, OFF),
        missing(Step.DESTINATION),
    ),
}


@pytest.mark.parametrize("row", TABLE)
def test_the_decision_table(row):
    kind, checklist, destination, card, follows = TABLE[row]
    assert decide(kind, checklist, destination, card) == follows


def shown(standing: Standing, scheme: Scheme = Scheme.SLIP) -> Recognised:
    return Recognised(Credential(scheme), standing)


def seeming(what: Seeming) -> Recognised:
    return Recognised(Credential(Scheme.URL, seems=what), Standing.UNKNOWN)


COUNTERFEIT = (Standing.FORGED, Standing.ALTERED, Standing.REVOKED)
OWN_FAULTS = {
    Scheme.SLIP: (*COUNTERFEIT, Standing.OTHER_DAY, Standing.USED),
    Scheme.STAFF_CARD: COUNTERFEIT,
    Scheme.INVITATION: (*COUNTERFEIT, Standing.NOT_YET, Standing.OVER, Standing.USED),
    Scheme.EMERGENCY_SLIP: (*COUNTERFEIT, Standing.USED),
}
"""Every way in which each of our own codes may be worth nothing."""


TURNED_AWAY = {
    "a recognised person is screened": (VISITOR, None),
    "an address": (shown(Standing.UNKNOWN, Scheme.URL), Reason.UNKNOWN_URL),
    "a payment": (shown(Standing.UNKNOWN, Scheme.PAYMENT), Reason.UNKNOWN_PAYMENT),
    "a text": (shown(Standing.UNKNOWN, Scheme.TEXT), Reason.UNKNOWN_TEXT),
    "bytes": (shown(Standing.UNKNOWN, Scheme.BINARY), Reason.UNKNOWN_BINARY),
    "a place": (shown(Standing.UNKNOWN, Scheme.LOCATION), Reason.UNKNOWN_LOCATION),
    "a network": (shown(Standing.UNKNOWN, Scheme.WIFI), Reason.UNKNOWN_WIFI),
    "VNeID": (seeming(Seeming.VNEID), Reason.UNKNOWN_VNEID),
    "a licence": (seeming(Seeming.DRIVING_LICENCE), Reason.UNKNOWN_DRIVING_LICENCE),
    "a health link": (seeming(Seeming.HEALTH_LINK), Reason.UNKNOWN_HEALTH_LINK),
    **{
        f"{scheme} {standing}": (shown(standing, scheme), Reason(f"{scheme}_{standing}"))
        for scheme, standings in OWN_FAULTS.items()
        for standing in standings
    },
    "an emergency slip of nobody yet": (shown(Standing.UNASSIGNED, Scheme.EMERGENCY_SLIP), None),
    "an emergency slip again": (shown(Standing.ENTERED, Scheme.EMERGENCY_SLIP), None),
    "a broken certificate": (shown(Standing.BROKEN), Reason.CERTIFICATE_BROKEN),
    "part of a card": (shown(Standing.PARTIAL), None),
    "a slip of the finger": (shown(Standing.MISTYPED), None),
    "a code that nobody has": (shown(Standing.NOT_FOUND), Reason.NUMBER_NOT_FOUND),
}


@pytest.mark.parametrize("row", TURNED_AWAY)
def test_what_is_worth_nothing_is_refused_without_screening(row):
    who, reason = TURNED_AWAY[row]
    assert turned_away(who) == (reason and Decision(Verdict.REFUSE, reason))


def test_every_standing_is_answered():
    assert {who.standing for who, _ in TURNED_AWAY.values()} == set(Standing)


def test_every_scheme_that_identifies_nobody_has_its_reason():
    assert set(CODE_REASONS) == set(Scheme) - IDENTIFYING


def test_everything_a_code_may_seem_to_be_has_its_reason():
    assert set(SEEMING_REASONS) == set(Seeming)


def test_the_tables_hold_every_reason_there_is():
    decided = {row[-1].reason for row in TABLE.values() if isinstance(row[-1], Decision)}
    refused = {reason for _, reason in TURNED_AWAY.values() if reason}
    given = {
        *REFUSABLE,
        Reason.OWN_WORDS,
        *UNDO,
        Reason.LEFT,
        Reason.NOT_CHECKED_OUT,
        Reason.ENTERED_LATER,
    }
    asked_for = {Reason.PUT_RIGHT, Reason.CONSENT_TAKEN_BACK}
    assert decided | refused | given | asked_for == set(Reason)


def test_every_step_is_somewhere_missing():
    steps = {
        s for row in TABLE.values() if isinstance(row[-1], Undecided) for s in row[-1].missing
    }
    assert steps == set(Step)


@pytest.mark.parametrize(
    ("readings", "again"), [((), False), ((374,), False), ((375,), True), ((380, 375), False)]
)
def test_only_a_first_high_reading_is_measured_again(readings, again):
    assert needs_second_reading(Checklist(readings), ALL) is again
