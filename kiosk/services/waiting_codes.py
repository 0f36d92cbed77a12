"""Codes shown while somebody else is being served: each gets its turn, or is forgotten."""

from kiosk.services.scan_tracker import Scan, ScanSource

PATIENCE = 10.0
"""Seconds that the code of a hand scanner waits. Nobody can see that it left, as a camera does:
served much later it might check out somebody who has long gone up."""


class WaitingCodes:
    """The oldest comes first; a code that is shown again keeps its place."""

    def __init__(self) -> None:
        self._scans: dict[bytes, Scan] = {}

    def hold(self, scan: Scan) -> None:
        """Keep it until its turn."""
        self._scans[scan.payload] = scan

    def leave(self, payload: bytes) -> None:
        """A code has left the picture: nobody holds it up any more."""
        self._scans.pop(payload, None)

    def lose_view(self) -> None:
        """The camera is lost: who still stands there is not known."""
        self._scans = {p: s for p, s in self._scans.items() if s.source is not ScanSource.CAMERA}

    def any(self, now: float) -> bool:
        """Whether a code waits at `now`, in steady seconds."""
        self._scans = {
            payload: scan
            for payload, scan in self._scans.items()
            if scan.source is ScanSource.CAMERA or now - scan.seen_at <= PATIENCE
        }
        return bool(self._scans)

    def next(self, now: float) -> Scan | None:
        """The code whose turn it is, which then waits no longer."""
        if not self.any(now):
            return None
        return self._scans.pop(next(iter(self._scans)))
