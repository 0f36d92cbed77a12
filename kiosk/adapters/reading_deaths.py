"""How often the reading process died lately, of which decoder, and what follows from it.

A frame that kills a decoder is one frame; a card that kills it lies in every frame until it is
taken away. The decoder that was at work is left out for a while then, and the others go on.
"""

from kiosk.adapters import closer_look, decoder_zbar, decoder_zxing, held_look, symbol_rescue

WINDOW = 60.0
"""Seconds after which a death is forgotten."""

ENOUGH = 3
"""So many deaths within the window: of one decoder, it is left out; of whatever, we wait."""

LEFT_OUT = 600.0
"""Seconds without that decoder: the card is gone by then, and no reason is left to miss it."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
_FAMILIES = {  # one library, two ways
    decoder_zxing.HISTOGRAM: decoder_zxing.NAME,
    symbol_rescue.BRIEF: symbol_rescue.NAME,
}
_KNOWN = frozenset(
    module.NAME for module in (decoder_zbar, decoder_zxing, closer_look, held_look, symbol_rescue)
)


class Deaths:
    """The deaths of one desk's reading processes. Times are steady seconds."""

    def __init__(self) -> None:
        self._lately: list[tuple[float, str]] = []
        self._out_until: dict[str, float] = {}

    def note(self, decoder: str, now: float) -> None:
        """One more; `decoder` was at work, "" for none."""
        culprit = _FAMILIES.get(decoder, decoder)
        self._forget(now)
        self._lately.append((now, culprit))
        if culprit in _KNOWN and [name for _, name in self._lately].count(culprit) >= ENOUGH:
            self._out_until[culprit] = now + LEFT_OUT
            self._lately = [death for death in self._lately if death[1] != culprit]

    def left_out(self, now: float) -> frozenset[str]:
        """The decoders to go without."""
        return frozenset(name for name, until in self._out_until.items() if now < until)

    def next_start(self, now: float) -> float:
        """When a new process may be started: at once, or later where they die all the time."""
        self._forget(now)
        more = len(self._lately) - ENOUGH
        if more < 0:
            return now
        return self._lately[-1][0] + min(FIRST_WAIT * (1 << min(more, 9)), LONGEST_WAIT)

    def _forget(self, now: float) -> None:
        self._lately = [death for death in self._lately if now - death[0] < WINDOW]
