"""Tells a hand scanner that types (keyboard wedge) from a person, by the rhythm of the keys.

Each character is held back for at most the 50 ms in which a scanner's next one would come; alone
it is a person's and goes on to its field, too soon to be noticed. From the sixth in a row it is a
scanner, and none of them reaches a field. Source of the limits: field-problems.md 15.
"""

from dataclasses import dataclass

from kiosk.services.line_frames import is_open_card

FAST_GAP = 0.050
"""Seconds between two characters of a scanner, at most."""

SHORTEST = 6
"""So many fast characters are no person's."""

END_GAP = 0.120
"""A scan without Enter or Tab ends after such a silence."""

LATE_END = 0.300
"""A scanner's Enter, or its second one (CR LF), may come so long after its last character."""

ENDS = frozenset("\r\n\t")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do with the keys.

    Attributes:
        release: the keys held back until now are a person's and go to their field, before
            this one.
        scan: what a scanner typed; the keys held back until now are dropped.
        keep: this key is held back, or dropped with the scan; otherwise it goes on.
    """

    release: bool = False
    scan: str = ""
    keep: bool = False


class HandScanner:
    """Follows the keys in the keyboard's own time, so that a busy screen bends no rhythm."""

    def __init__(self) -> None:
        self._held = ""
        self._count = 0
        self._last = 0.0
        self._ended_at = float("-inf")

    @property
    def patience(self) -> float:
        """Seconds of silence after which `silence` is to be called; 0.0 while nothing is held."""
        if not self._count:
            return 0.0
        return END_GAP if self._count >= SHORTEST else FAST_GAP

    def in_rhythm(self, at: float) -> bool:
        """True where a key at `at` follows a character as fast as a scanner's next one."""
        return self._count > 0 and at - self._last <= FAST_GAP

    def character(self, text: str, at: float) -> Advice:
        """A key that writes `text` was pressed at `at`."""
        before = self.silence() if self._is_late(at) else Advice()
        self._held += text
        self._count += 1
        self._last = at
        return Advice(release=before.release, scan=before.scan, keep=True)

    def end(self, at: float) -> Advice:
        """Enter or Tab was pressed at `at`: a scanner's last key, or a person's."""
        if not self._count:
            return Advice(keep=at - self._ended_at <= LATE_END)
        was_scanner = self.ends_scan(at)
        if was_scanner and is_open_card(self._held.encode("utf-8", "surrogatepass")):
            return self.character("\n", at)
        ended = self.silence()
        self._ended_at = at if was_scanner else self._ended_at
        return Advice(release=ended.release, scan=ended.scan, keep=was_scanner)

    def other(self) -> Advice:
        """A key that writes nothing was pressed: noise of a scanner, or a person's."""
        if self._count >= SHORTEST:
            return Advice(keep=True)
        return self.silence()

    def composing(self, at: float) -> Advice:
        """A key was pressed that only takes part in a character, as the digits of an Alt code."""
        if not self._count:
            return Advice()
        before = self.silence() if self._is_late(at) else Advice(keep=True)
        self._last = at
        return before

    def silence(self) -> Advice:
        """Nothing came for `patience` seconds."""
        held, count = self._held, self._count
        self._held, self._count = "", 0
        if count < SHORTEST:
            return Advice(release=count > 0)
        self._ended_at = self._last
        return Advice(scan=held)

    def ends_scan(self, at: float) -> bool:
        """True where Enter or Tab at `at` would be a scanner's."""
        if not self._count:
            return at - self._ended_at <= LATE_END
        return self._count >= SHORTEST and not self._is_late(at)

    def _is_late(self, at: float) -> bool:
        return self._count > 0 and at - self._last > self.patience
