"""What is over and has to be erased, and whether the computer's clock may be believed in that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum, unique
from itertools import pairwise

LONGEST_STAY = timedelta(days=7)
"""Whoever came so long ago and was not seen leaving has left: only the departure is missing."""

LONGEST_SHUT = timedelta(days=10)
"""So long a desk is shut over Tết; after longer it may as well be a clock that jumped ahead."""

SELDOM = timedelta(days=31)
"""A doubted clock that is seen again within this span goes on: some desks open seldom."""

DOUBTED_FOR = timedelta(days=3)
"""A clock that was doubted and has gone on for so long is right: a dead battery begins anew."""

ASKED = "asked"
"""The rule by which somebody was erased who asked for it."""

BACK = timedelta(days=1)
DRIFT = timedelta(hours=1)


@unique
class Kind(StrEnum):
    """What is erased, in this order. Stored: a value is never renamed."""

    WITHDRAWN = "withdrawn"  # all of whoever took their consent back, once that day is over
    HEALTH = "health"  # temperatures and the checklist of entries
    DECLARATION = "declaration"  # the answers on forms
    IDENTITY = "identity"  # who passed, in entries
    VISITOR = "visitor"  # people of the directory who did not ask to be remembered
    DIRECTORY = "directory"  # those remembered, and staff without a card
    CODE = "code"  # slips and invitations that are over, of people who stay in the directory
    LINK = "link"  # that an old entry was of somebody who stays in the directory
    SPEAKER = "speaker"  # who answered for somebody else
    PRINT = "print"  # what prints that never came out hold
    PROOF = "proof"  # that somebody, no longer named, once agreed


LONGER = frozenset({Kind.DIRECTORY, Kind.PROOF})
"""What may be kept longer than who came: it is told or agreed to apart."""


@dataclass(frozen=True, slots=True)
class Periods:
    """How many days data is kept, the day on which it was written included.

    Attributes:
        identity: who came: what visitors are told before they agree.
        health: temperatures and answers.
        directory: people who are remembered, and staff without a card, since they were last here.
        proof: that somebody agreed, and to which text.
    """

    identity: int
    health: int
    directory: int
    proof: int

    def of(self, kind: Kind) -> int:
        """The days of this kind."""
        match kind:
            case Kind.HEALTH | Kind.DECLARATION:
                return self.health
            case Kind.DIRECTORY:
                return self.directory
            case Kind.PROOF:
                return self.proof
            case Kind.WITHDRAWN:
                return 1
            case _:
                return self.identity

    def rule(self, kind: Kind) -> str:
        """The setting by which this kind is erased, as it stands in the log of erasures."""
        match kind:
            case Kind.HEALTH | Kind.DECLARATION:
                return f"health_days={self.health}"
            case Kind.DIRECTORY:
                return f"directory_days={self.directory}"
            case Kind.WITHDRAWN:
                return ASKED
            case Kind.PROOF:
                return f"proof_days={self.proof}"
            case _:
                return f"keep_days={self.identity}"


def first_kept(today: date, days: int) -> date:
    """What was written before this local day is over: nothing lies there longer than `days`."""
    return today - timedelta(days=days - 1)


@dataclass(frozen=True, slots=True)
class Promise:
    """From a moment on, aware, visitors are told that so many days are kept."""

    since: datetime
    days: int


def promised(promises: Sequence[Promise], begins: Callable[[int], datetime]) -> datetime | None:
    """What was written before is over by what visitors were told then; None without a promise.

    Args:
        promises: the first first. A longer one does not hold for who was told a shorter one.
        begins: the first moment that is still kept with so many days.
    """
    bounds = [
        min(begins(told.days), later.since)
        for told, later in pairwise([*promises, Promise(_FOR_EVER, 0)])
    ]
    return max(bounds, default=None)


_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@unique
class Doubt(StrEnum):
    """Why nothing is erased for now. Stored and told: a value is never renamed."""

    AHEAD = "ahead"  # the clock may have jumped ahead: all would be over at once
    BEHIND = "behind"  # the log knows a later time than the clock


@dataclass(frozen=True, slots=True)
class Trust:
    """What is remembered of the clock from one day to the next; times are aware, UTC.

    Attributes:
        believed_at: the last time at which it was believed; None before the first.
        doubted_since, doubted_at: the first and the last time at which it was doubted since then.
    """

    believed_at: datetime | None = None
    doubted_since: datetime | None = None
    doubted_at: datetime | None = None


def judged(
    now: datetime, newest: datetime | None, trust: Trust, expected: datetime | None = None
) -> tuple[Trust, Doubt | None]:
    """Whether `now` may be believed, and what is to be remembered of that.

    Args:
        now: what the clock says.
        newest: when the newest entry of the log was written; None for an empty log.
        trust: as it was kept.
        expected: what the steady counter makes of the last time that was believed; None where
            this program has believed none yet.
    """
    doubt = _doubt(now, newest, trust, expected)
    if doubt is None:
        return Trust(believed_at=now), None
    since, last = trust.doubted_since, trust.doubted_at
    if since is None or last is None or not last <= now <= last + SELDOM:
        return replace(trust, doubted_since=now, doubted_at=now), doubt
    behind_log = newest is not None and newest > now + BACK
    if now - since >= DOUBTED_FOR and not behind_log:
        return Trust(believed_at=now), None
    return replace(trust, doubted_at=now), doubt


def _doubt(
    now: datetime, newest: datetime | None, trust: Trust, expected: datetime | None
) -> Doubt | None:
    if newest is not None and newest > now + BACK:
        return Doubt.BEHIND
    before = trust.believed_at or newest
    if before is None:
        return None
    if before > now + BACK:
        return Doubt.BEHIND
    set_ahead = expected is not None and now - expected > DRIFT
    return Doubt.AHEAD if set_ahead or now - before > LONGEST_SHUT else None
