"""Which codes of the test page were read here: the smallest is what the desk says."""

from kiosk.domain.ladder import Rung, Unit, rung
from kiosk.services.scan_tracker import Scan

FORGOTTEN_AFTER = 60.0
"""Seconds without a code of a test page; then another page, or another place, is tried."""


class RungsRead:
    """Remembers the smallest rung of each unit."""

    def __init__(self) -> None:
        self._smallest: dict[Unit, Rung] = {}
        self._seen_at = 0.0

    def take(self, scan: Scan) -> tuple[Rung, ...]:
        """The smallest rungs read so far; nothing where this code is none of a test page."""
        read = rung(scan.payload.decode("ascii", errors="replace"))
        if read is None:
            return ()
        if scan.seen_at - self._seen_at > FORGOTTEN_AFTER:
            self._smallest.clear()
        self._seen_at = scan.seen_at
        known = self._smallest.get(read.unit)
        if known is None or read.size < known.size:
            self._smallest[read.unit] = read
        return tuple(self._smallest[unit] for unit in Unit if unit in self._smallest)
