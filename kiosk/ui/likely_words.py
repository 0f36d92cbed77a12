"""The question whether somebody is the same person as one who was here before."""

from kiosk.domain.person import mask_number
from kiosk.domain.recognition import Recognised
from kiosk.ui.desk_words import Speech
from kiosk.ui.sent_away_words import sent_away_words


def likely_words(who: Recognised, speech: Speech) -> tuple[str, str] | None:
    """The question, and what helps to answer it; None where nobody is offered."""
    if who.likely is None:
        return None
    words, known, then = speech.words, who.likely.known, who.likely.then
    if then.presence is not None:
        since = then.presence.since.astimezone(speech.zone)
        when = words("desk.likely_inside", time=f"{since:%H:%M}", day=f"{since:%d/%m}")
    elif then.sent_away is not None:
        when = sent_away_words(then.sent_away, words, speech.zone)[0]
    elif then.last_here is not None:
        when = words("desk.likely_last", day=f"{then.last_here.astimezone(speech.zone):%d/%m/%Y}")
    else:
        when = words("desk.likely_never")
    place = then.destination.unit or then.destination.host
    helps = (when, place, mask_number(known.id_number))
    return words("desk.likely", name=known.name), " · ".join(filter(None, helps))
