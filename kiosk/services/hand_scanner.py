"""Tells a hand scanner that types (keyboard wedge) from a person, by the rhythm of the keys.

Each character is held back for at most the 50 ms in which a scanner's next one would come; alone
it is a person's and goes on to its field, too soon to be noticed. Six or more in a row are a
scanner's if they say what only codes say, or if their keys were pressed as no finger can: fingers
are fast for a while, but stay on each key. None of these reaches a field; a fast typist's all do.
Source of the limits: field-problems.md 15.
"""

from dataclasses import dataclass, field

from kiosk.domain import issued
from kiosk.services.line_frames import is_open_card

FAST_GAP = 0.050
"""Seconds between two characters of a scanner, at most."""

SHORTEST = 6
"""Fewer fast characters are always a person's."""

SHORTEST_IN_A_FIELD = 20
"""Where somebody writes, fewer are a person's unless they say what only codes say: half a second
of typing arrives at once while a computer is busy, and neither names nor numbers are as long."""

QUICK = 0.030
"""Most keys of a scanner follow one another, and are let go, within these seconds; no person's.

Typists at 120 words a minute press a key each 100 ms and hold it for 60 to 120 ms; where they roll
from key to key, the next is pressed before the last is let go.
"""

END_GAP = 0.120
"""A scan without Enter or Tab ends after such a silence."""

LATE_END = 0.300
"""A scanner's Enter, or its second one (CR LF), may come so long after its last character."""

ENDS = frozenset("\r\n\t")

_ENOUGH = 3
_CODES = ("HC1:", "SHC:/", "BEGIN:VCARD", "MECARD:", "HTTP://", "HTTPS://", issued.PREFIX)


@dataclass(slots=True)
class _Touch:
    """How the keys of a run were pressed, counted: a scanner is a matter of majority.

    Attributes:
        quick, slow: gaps between two characters.
        short, long: for how long keys were down.
        down: when the keys were pressed that nobody has let go yet.
    """

    quick: int = 0
    slow: int = 0
    short: int = 0
    long: int = 0
    down: list[float] = field(default_factory=list)

    def press(self, at: float, gap: float | None) -> None:
        self.down.append(at)
        if gap is not None:
            self.quick += gap <= QUICK
            self.slow += gap > QUICK

    def let_go(self, pressed: float, at: float) -> None:
        if pressed in self.down:
            self.down.remove(pressed)
            self.short += at - pressed <= QUICK
            self.long += at - pressed > QUICK

    def is_machines(self, now: float) -> bool:
        """By the time keys are down, where that is known; else by the time between them."""
        if not self.short + self.long:  # no release has come: on some systems none ever does
            return self.quick >= self.slow
        still = sum(now - pressed > QUICK for pressed in self.down)
        if self.short + self.long + still < _ENOUGH:
            return self.quick >= self.slow
        return self.short > self.long + still


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
    """Follows the keys in the keyboard's own time, so that a busy screen bends no rhythm.

    Attributes:
        shortest: so many characters are a scan at least: SHORTEST, or SHORTEST_IN_A_FIELD.
    """

    def __init__(self) -> None:
        self.shortest = SHORTEST
        self._held = ""
        self._count = 0
        self._last = 0.0
        self._ended_at = float("-inf")
        self._touch = _Touch()

    @property
    def patience(self) -> float:
        """Seconds of silence after which `silence` is to be called; 0.0 while nothing is held."""
        if not self._count:
            return 0.0
        return END_GAP if self._is_fast(self._last) else FAST_GAP

    def in_rhythm(self, at: float) -> bool:
        """True where a key at `at` follows a character as fast as a scanner's next one."""
        return self._count > 0 and at - self._last <= FAST_GAP

    def character(self, text: str, at: float) -> Advice:
        """A key that writes `text` was pressed at `at`."""
        before = self.silence() if self._is_late(at) else Advice()
        self._touch.press(at, at - self._last if self._count else None)
        self._held += text
        self._count += 1
        self._last = at
        return Advice(release=before.release, scan=before.scan, keep=True)

    def let_go(self, pressed: float, at: float) -> None:
        """The key of a character that was pressed at `pressed` was let go at `at`."""
        self._touch.let_go(pressed, at)

    def end(self, at: float) -> Advice:
        """Enter or Tab was pressed at `at`: a scanner's last key, or a person's."""
        if not self._count:
            return Advice(keep=at - self._ended_at <= LATE_END)
        was_scanner = self.ends_scan(at)
        if was_scanner and is_open_card(self._held.encode("utf-8", "surrogatepass")):
            return self.character("\n", at)
        ended = self._done(scan=was_scanner)
        self._ended_at = at if was_scanner else self._ended_at
        return Advice(release=ended.release, scan=ended.scan, keep=was_scanner)

    def other(self) -> Advice:
        """A key that writes nothing was pressed: noise of a scanner, or a person's."""
        if self._is_scanner(self._last):
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
        return self._done(scan=self._is_scanner(self._last))

    def _done(self, *, scan: bool) -> Advice:
        held, count = self._held, self._count
        self._held, self._count, self._touch = "", 0, _Touch()
        if not scan:
            return Advice(release=count > 0)
        self._ended_at = self._last
        return Advice(scan=held)

    def ends_scan(self, at: float) -> bool:
        """True where Enter or Tab at `at` would be a scanner's."""
        if not self._count:
            return at - self._ended_at <= LATE_END
        return self._is_scanner(at) and not self._is_late(at)

    def _is_fast(self, now: float) -> bool:
        """Whether what is held is a scan as far as it goes, and more of it may come."""
        return self._count >= SHORTEST and (self._says_code or self._touch.is_machines(now))

    def _is_scanner(self, now: float) -> bool:
        return self._is_fast(now) and (self._says_code or self._count >= self.shortest)

    @property
    def _says_code(self) -> bool:
        return "|" in self._held or self._held.upper().startswith(_CODES)

    def _is_late(self, at: float) -> bool:
        return self._count > 0 and at - self._last > self.patience
