"""How somebody was turned away earlier today, for the receptionist who sees them again."""

from datetime import tzinfo

from kiosk.domain.recognition import SentAway
from kiosk.ui.wording import Words, clock_time, degrees


def sent_away_words(sent_away: SentAway, words: Words, zone: tzinfo) -> tuple[str, ...]:
    """When and how, and why: short sentences, to be set beside each other.

    A reading that was the reason stands with what became of it, any other one at the end.
    """
    outcome = words("desk.sent_away_referred" if sent_away.referred else "desk.sent_away_refused")
    reading = ""
    if sent_away.reading is not None:
        reading = f"{degrees(sent_away.reading, words.language)} °C"
    what = (reading, outcome) if sent_away.by_fever else (outcome,)
    said = words(
        "desk.sent_away",
        time=clock_time(sent_away.at, zone),
        what=", ".join(filter(None, what)),
    )
    rest = "" if sent_away.by_fever else reading
    why = sent_away.own_reason or words(f"reasons.{sent_away.reason}")
    return tuple(filter(None, (said, why, rest)))
