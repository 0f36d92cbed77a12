"""The large button of the checklist: what Enter does now, and why it does nothing yet."""

from dataclasses import dataclass
from typing import assert_never

from kiosk.domain.admission import Decision, Undecided, Verdict
from kiosk.domain.screening import RuleCard, TemperatureFault
from kiosk.ui.desk_words import TONES
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Words, degrees

_TITLES = {
    Verdict.ADMIT: "desk.admit",
    Verdict.REFUSE: "desk.refuse",
    Verdict.REFER: "desk.refer",
}


@dataclass(frozen=True, slots=True)
class LargeButton:
    """The large button: what Enter does now. `active` is False where Enter decides nothing."""

    tone: Tone
    title: str
    detail: str
    active: bool


def large_button(
    reading: int | TemperatureFault | None,
    rests: bool,  # noqa: FBT001
    judged: Decision | Undecided | None,
    rules: RuleCard,
    words: Words,
    rest_left: int = 0,
    *,
    after_all: bool = False,
) -> LargeButton:
    """What the button says, given the typed reading and what the rules make of it.

    Args:
        reading: as typed.
        rests: whether the second reading is still to be taken after this one.
        judged: what the rules say with it.
        rules: the rule card in force.
        words: in the language of the desk.
        rest_left: minutes; they stand on the button whatever is typed meanwhile.
        after_all: whether this lets in somebody who was turned away today.
    """
    if isinstance(reading, TemperatureFault):
        fault = words(f"desk.temperature.{reading}")
        return LargeButton(Tone.PLAIN, words("desk.not_yet"), fault, active=False)
    if reading is None and rests:
        return _resting(rest_left, words)
    if isinstance(reading, int) and (rests or rest_left):
        return _measured(reading, rules.rest_minutes, rest_left, words)
    if after_all:
        asks = words("desk.after_all_asks")
        return LargeButton(Tone.REFER, words("desk.admit"), asks, active=True)
    return _judged(judged, words)


def _resting(rest_left: int, words: Words) -> LargeButton:
    title, detail = words("desk.rest"), words("desk.rest_over")
    if rest_left:
        title, detail = words("desk.rest_left", minutes=rest_left), words("desk.rest_then")
    return LargeButton(Tone.REFER, title, detail, active=False)


def _measured(reading: int, whole: int, rest_left: int, words: Words) -> LargeButton:
    """A first reading that asks for rest, or a second one before the rest is over."""
    shown = degrees(reading, words.language)
    title, detail = words("desk.rest"), words("desk.rest_words", reading=shown, minutes=whole)
    if rest_left:
        title = words("desk.rest_left", minutes=rest_left)
        detail = words("desk.rest_early", reading=shown)
    return LargeButton(Tone.REFER, title, detail, active=True)


def _judged(judged: Decision | Undecided | None, words: Words) -> LargeButton:
    match judged:
        case Decision(verdict, reason):
            title = words(_TITLES[verdict])
            return LargeButton(TONES[verdict], title, words(f"reasons.{reason}"), active=True)
        case Undecided(missing):
            named = ", ".join(words(f"desk.step.{step}") for step in missing)
            detail = words("desk.not_yet_words", missing=named)
            return LargeButton(Tone.PLAIN, words("desk.not_yet"), detail, active=False)
        case None:
            return LargeButton(Tone.PLAIN, "", "", active=False)
        case _:
            assert_never(judged)
