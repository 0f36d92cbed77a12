"""The question whether somebody is the same person as one who was here before."""

from datetime import tzinfo

from kiosk.domain.person import mask_number
from kiosk.domain.recognition import Likely
from kiosk.ui.sent_away_words import sent_away_words
from kiosk.ui.wording import Words


def likely_words(likely: Likely, words: Words, zone: tzinfo) -> tuple[str, str]:
    """The question, and what helps to answer it."""
    known, then = likely.known, likely.then
    if then.presence is not None:
        since = then.presence.since.astimezone(zone)
        when = words("desk.likely_inside", time=f"{since:%H:%M}", day=f"{since:%d/%m}")
    elif then.sent_away is not None:
        when = sent_away_words(then.sent_away, words, zone)[0]
    elif then.last_here is not None:
        when = words("desk.likely_last", day=f"{then.last_here.astimezone(zone):%d/%m/%Y}")
    else:
        when = words("desk.likely_never")
    place = then.destination.unit or then.destination.host
    helps = (when, place, mask_number(known.id_number))
    return words("desk.likely", name=known.name), " · ".join(filter(None, helps))


def likely_answers(likely: Likely, words: Words) -> tuple[str, str]:
    """Yes and no; whoever is inside leaves by a yes, where nothing more is asked first."""
    inside = likely.then.presence
    leaves = inside is not None and not (inside.recent or inside.overnight)
    return words("desk.same_leaves" if leaves else "desk.same"), words("desk.another")
