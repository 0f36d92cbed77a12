"""Codes shown while somebody else is being served: each gets its turn, or is forgotten."""

from kiosk.services.scan_tracker import Scan, ScanSource

PATIENCE = 10.0
"""Seconds that the code of a hand scanner waits. Nobody can see that it left, as a camera does:
served much later it might check out somebody who has long gone up."""


class WaitingCodes:
    """The oldest comes first; a code that is shown again keeps its place."""

    def __init__(self) -> None:
        self._scans: dict[bytes, Scan] = {}
        self._lost_at: float | None = None

    def hold(self, scan: Scan) -> None:
        """Keep it until its turn; what the camera sees it sees, whoever scans it too."""
        known = self._scans.get(scan.payload)
        if known is None or known.source is not ScanSource.CAMERA:
            self._scans[scan.payload] = scan

    def leave(self, payload: bytes) -> None:
        """A code has left the picture: nobody holds it up any more."""
        self._scans.pop(payload, None)

    def view_changed(self, *, lost_at: float | None) -> None:
        """The camera was lost at `lost_at`: who still stands there is not known for long.

        None where it is back: then it says by itself which codes have left.
        """
        self._lost_at = lost_at

    def any(self, now: float) -> bool:
        """Whether a code waits at `now`, in steady seconds."""
        self._scans = {
            payload: scan for payload, scan in self._scans.items() if self._is_there(scan, now)
        }
        return bool(self._scans)

    def next(self, now: float) -> Scan | None:
        """The code whose turn it is, which then waits no longer."""
        if not self.any(now):
            return None
        return self._scans.pop(next(iter(self._scans)))

    def _is_there(self, scan: Scan, now: float) -> bool:
        since = self._lost_at if scan.source is ScanSource.CAMERA else scan.seen_at
        return since is None or now - since <= PATIENCE
