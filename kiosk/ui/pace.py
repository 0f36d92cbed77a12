"""How long each state stays on the screen, and how it sounds."""

from dataclasses import dataclass

from kiosk.domain.desk import Admitted, Departed, Departing, OutOfOrder, Refused, State
from kiosk.ports.sounds import Sound

_TRY_AGAIN_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, as the office has set them.

    Attributes:
        verdict: for which a verdict is shown.
        departing: for which a departure is offered to somebody who came in just now.
        hurried: of a verdict while the next code waits in the picture.
    """

    verdict: float = 8.0
    departing: float = 8.0
    hurried: float = 2.0

    def of(self, state: State, *, hurried: bool) -> tuple[float, Sound] | None:
        """Seconds and sound of a state that ends by itself; None for one that stays."""
        verdict = self.hurried if hurried else self.verdict
        match state:
            case Admitted():
                return verdict, Sound.ADMIT
            case Refused():
                return verdict, Sound.ATTENTION if state.rests else Sound.REFUSE
            case Departed():
                return verdict, Sound.LEAVE
            case Departing():
                return self.departing, Sound.ATTENTION
            case OutOfOrder():
                return _TRY_AGAIN_SECONDS, Sound.ATTENTION
            case _:
                return None
