"""The decision table: from standing, checklist and rules to a verdict with its reason."""

from dataclasses import dataclass
from enum import StrEnum, unique

from kiosk.domain.credential import Credential, Scheme, Seeming
from kiosk.domain.person import PersonKind
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import Checklist, Declared, Destination, RuleCard


@unique
class Verdict(StrEnum):
    """What becomes of an arrival."""

    ADMIT = "admit"
    REFUSE = "refuse"
    REFER = "refer"


@unique
class Reason(StrEnum):
    """Why an entry is as it is. Stored: a value is never renamed."""

    # admit
    RULES_MET = "rules_met"
    NO_HEALTH_STEP = "no_health_step"
    # admit or refuse what paper says; nothing was screened here
    ENTERED_LATER = "entered_later"
    # refuse or refer after screening
    FEVER = "fever"
    HIGH_FEVER = "high_fever"
    WARNING_SIGNS = "warning_signs"
    MASK_MISSING = "mask_missing"
    HANDS_NOT_SANITISED = "hands_not_sanitised"
    DECLARATION_MISSING = "declaration_missing"
    NO_BUSINESS_HERE = "no_business_here"
    OWN_WORDS = "own_words"  # the receptionist's, kept beside the name
    # refuse because of what was shown
    SLIP_FORGED = "slip_forged"
    SLIP_ALTERED = "slip_altered"
    SLIP_OTHER_DAY = "slip_other_day"
    SLIP_USED = "slip_used"
    SLIP_REVOKED = "slip_revoked"
    STAFF_CARD_FORGED = "staff_card_forged"
    STAFF_CARD_ALTERED = "staff_card_altered"
    STAFF_CARD_REVOKED = "staff_card_revoked"
    INVITATION_FORGED = "invitation_forged"
    INVITATION_ALTERED = "invitation_altered"
    INVITATION_NOT_YET = "invitation_not_yet"
    INVITATION_OVER = "invitation_over"
    INVITATION_USED = "invitation_used"  # whoever came with it is still inside
    INVITATION_REVOKED = "invitation_revoked"
    EMERGENCY_SLIP_FORGED = "emergency_slip_forged"
    EMERGENCY_SLIP_ALTERED = "emergency_slip_altered"
    EMERGENCY_SLIP_USED = "emergency_slip_used"
    EMERGENCY_SLIP_REVOKED = "emergency_slip_revoked"
    CERTIFICATE_BROKEN = "certificate_broken"
    NUMBER_NOT_FOUND = "number_not_found"
    UNKNOWN_URL = "unknown_url"
    UNKNOWN_PAYMENT = "unknown_payment"
    UNKNOWN_TEXT = "unknown_text"
    UNKNOWN_BINARY = "unknown_binary"
    UNKNOWN_LOCATION = "unknown_location"
    UNKNOWN_WIFI = "unknown_wifi"
    UNKNOWN_VNEID = "unknown_vneid"
    UNKNOWN_DRIVING_LICENCE = "unknown_driving_licence"
    UNKNOWN_HEALTH_LINK = "unknown_health_link"
    # departures and corrections
    LEFT = "left"
    NOT_CHECKED_OUT = "not_checked_out"  # found inside when they arrived anew
    UNDO_WRONG_PERSON = "undo_wrong_person"
    UNDO_NOT_THROUGH = "undo_not_through"
    UNDO_WRONG_KEY = "undo_wrong_key"
    PUT_RIGHT = "put_right"  # another arrival stands in its place, as it should have been written
    # nobody passes
    CONSENT_TAKEN_BACK = "consent_taken_back"


REFUSABLE = (
    Reason.FEVER,
    Reason.WARNING_SIGNS,
    Reason.MASK_MISSING,
    Reason.HANDS_NOT_SANITISED,
    Reason.DECLARATION_MISSING,
    Reason.NO_BUSINESS_HERE,
)
"""What a receptionist may give as the reason for turning somebody away."""


LONGEST_OWN_WORDS = 80


def own_words(typed: str) -> str:
    """A reason in the receptionist's own words: one short line that can be seen and printed."""
    seen = "".join(letter if letter.isprintable() else " " for letter in typed)
    return " ".join(seen.split())[:LONGEST_OWN_WORDS].rstrip()


def refusable(rules: RuleCard) -> tuple[Reason, ...]:
    """Those of `REFUSABLE` that can be true where only what `rules` ask for is looked at."""
    looked_at = {
        Reason.FEVER: rules.health_step,
        Reason.WARNING_SIGNS: rules.asks_declaration,
        Reason.MASK_MISSING: rules.asks_mask,
        Reason.HANDS_NOT_SANITISED: rules.asks_hands,
        Reason.DECLARATION_MISSING: rules.asks_declaration,
    }
    return tuple(reason for reason in REFUSABLE if looked_at.get(reason, True))


def reasons_for(checklist: Checklist, rules: RuleCard) -> tuple[Reason, ...]:
    """Those that may be given at the desk, the receptionist's own words too.

    A fever is a reading at or over the limit, and nothing else may be called one in the log. It
    stands last: the others keep their digits whatever was measured.
    """
    fever = bool(checklist.readings) and checklist.readings[-1] >= rules.fever_from
    found = refusable(rules)
    others = tuple(reason for reason in found if reason is not Reason.FEVER)
    feverish = (Reason.FEVER,) if fever and Reason.FEVER in found else ()
    return *others, Reason.OWN_WORDS, *feverish


UNDO = (Reason.UNDO_WRONG_PERSON, Reason.UNDO_NOT_THROUGH, Reason.UNDO_WRONG_KEY)
"""What a receptionist may give as the reason for an undo."""

CODE_REASONS = {
    Scheme.URL: Reason.UNKNOWN_URL,
    Scheme.PAYMENT: Reason.UNKNOWN_PAYMENT,
    Scheme.TEXT: Reason.UNKNOWN_TEXT,
    Scheme.BINARY: Reason.UNKNOWN_BINARY,
    Scheme.LOCATION: Reason.UNKNOWN_LOCATION,
    Scheme.WIFI: Reason.UNKNOWN_WIFI,
}

SEEMING_REASONS = {
    Seeming.VNEID: Reason.UNKNOWN_VNEID,
    Seeming.DRIVING_LICENCE: Reason.UNKNOWN_DRIVING_LICENCE,
    Seeming.HEALTH_LINK: Reason.UNKNOWN_HEALTH_LINK,
}


STANDING_REASONS = {
    Standing.BROKEN: Reason.CERTIFICATE_BROKEN,
    Standing.NOT_FOUND: Reason.NUMBER_NOT_FOUND,
}
"""Of what every credential may be; a fault of our own codes has its reason by the code's kind."""

SET_ASIDE = frozenset({Standing.PARTIAL, Standing.UNASSIGNED, Standing.ENTERED, Standing.MISTYPED})
"""What asks for something else than a verdict; the desk waits on."""

_NOT_WORTHLESS = SET_ASIDE | {Standing.RECOGNISED}


@unique
class Step(StrEnum):
    """What is still to be done before anything can be decided, in the order of the screen."""

    DESTINATION = "destination"
    TEMPERATURE = "temperature"
    SECOND_READING = "second_reading"
    MASK = "mask"
    HANDS = "hands"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and the reason for it; `said` is a reason in the receptionist's own words."""

    verdict: Verdict
    reason: Reason
    said: str = ""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nothing can be said yet: `missing` lists what is to be done first, never empty."""

    missing: tuple[Step, ...]


def turned_away(shown: Recognised) -> Decision | None:
    """The verdict that needs no screening: what was shown is worth nothing here."""
    if shown.standing in _NOT_WORTHLESS:
        return None
    if shown.standing is Standing.UNKNOWN:
        return _refuse(_unknown(shown.credential))
    known = STANDING_REASONS.get(shown.standing)
    return _refuse(known or Reason(f"{shown.credential.scheme}_{shown.standing}"))


def refusal(reason: Reason, said: str = "") -> Decision:
    """The verdict where a receptionist turns somebody away for this reason, or in own words."""
    referred = reason in (Reason.WARNING_SIGNS, Reason.HIGH_FEVER)
    return Decision(Verdict.REFER if referred else Verdict.REFUSE, reason, own_words(said))


def _unknown(credential: Credential) -> Reason:
    if credential.seems is not None:
        return SEEMING_REASONS[credential.seems]
    return CODE_REASONS.get(credential.scheme, Reason.UNKNOWN_TEXT)


def _refuse(reason: Reason) -> Decision:
    return Decision(Verdict.REFUSE, reason)


def decide(
    kind: PersonKind, checklist: Checklist, destination: Destination, rules: RuleCard
) -> Decision | Undecided:
    """What the rules say of an arrival, or what is still missing to say it.

    A warning sign or the second reading decides at once, whatever else is missing.
    """
    if rules.health_step and (health := _unwell(checklist, rules)):
        return health
    missing = tuple(_missing(kind, checklist, destination, rules))
    if missing:
        return Undecided(missing)
    return Decision(
        Verdict.ADMIT, Reason.RULES_MET if rules.health_step else Reason.NO_HEALTH_STEP
    )


def needs_second_reading(checklist: Checklist, rules: RuleCard) -> bool:
    """Whether the only reading so far is at or over the fever limit."""
    return len(checklist.readings) == 1 and checklist.readings[0] >= rules.fever_from


def _unwell(checklist: Checklist, rules: RuleCard) -> Decision | None:
    if rules.declaration and checklist.declared is Declared.SIGNS:
        return Decision(Verdict.REFER, Reason.WARNING_SIGNS)
    if not checklist.readings or needs_second_reading(checklist, rules):
        return None
    if checklist.readings[-1] >= rules.refer_from:
        return Decision(Verdict.REFER, Reason.HIGH_FEVER)
    if checklist.readings[-1] >= rules.fever_from:
        return Decision(Verdict.REFUSE, Reason.FEVER)
    return None


def _missing(
    kind: PersonKind, checklist: Checklist, destination: Destination, rules: RuleCard
) -> list[Step]:
    must_say = rules.destination and kind is PersonKind.VISITOR and not destination.known
    asked = [(Step.DESTINATION, must_say)]
    if rules.health_step:
        asked += [
            (Step.TEMPERATURE, not checklist.readings),
            (Step.SECOND_READING, needs_second_reading(checklist, rules)),
            (Step.MASK, rules.asks_mask and not checklist.mask),
            (Step.HANDS, rules.asks_hands and not checklist.hands),
            (Step.DECLARATION, rules.asks_declaration and checklist.declared is Declared.NOT_YET),
        ]
    return [step for step, open_ in asked if open_]
