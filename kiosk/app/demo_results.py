"""What the demonstration ends with: the entries as they stand in the file, and where all is."""

from pathlib import Path

from kiosk.adapters.sqlite.store import open_store_read_only
from kiosk.app import diagnostics
from kiosk.app.equipment import Equipment
from kiosk.domain.admission import Verdict
from kiosk.domain.chain import Proved
from kiosk.domain.log import Direction, Draft
from kiosk.ui.wording import Words, clock_time

_ALL = 1000
_BROKEN = 1


def tell(equipment: Equipment, words: Words, papers: list[Path]) -> int:
    """Print them; the exit code: 0 where the chain is intact."""
    folder = equipment.data
    store = open_store_read_only(folder, equipment.clock, equipment.settings.gate.id)
    try:
        entries = list(store.logbook.latest(_ALL))[::-1]
        proof = store.logbook.check()
    finally:
        store.close()
    print(words("command.demo.entries"))
    names = {
        entry.draft.visit_id: entry.draft.identity.person.name
        for entry in entries
        if entry.draft.identity is not None
    }
    for entry in entries:
        draft = entry.draft
        time = clock_time(draft.occurred_at, equipment.clock.zone())
        name = names.get(draft.visit_id, words("desk.entry_unknown"))
        reason = words(f"reasons.{draft.reason}")
        print(f"  {entry.seq:3}  {time}  {way(draft):3}  {name:24}  {reason}")
    print(words("command.demo.made"))
    for made in (*papers, folder.database):
        print(f"  {made}")
    if not isinstance(proof, Proved):
        diagnostics.say(words("command.demo.broken"))
        return _BROKEN
    print(words("command.demo.ends", count=proof.rows, fingerprint=proof.fingerprint))
    return 0


def way(draft: Draft) -> str:
    """Which way somebody went: "in", "out", and "" for whoever was turned away."""
    turned_away = draft.direction is Direction.IN and draft.verdict is not Verdict.ADMIT
    return "" if turned_away else draft.direction
