"""`kiosk verify`: says whether the log is as it was written, or which row is not."""

import json
import sys
from datetime import tzinfo
from pathlib import Path
from typing import assert_never

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.store import open_store_read_only
from kiosk.app import diagnostics
from kiosk.domain.chain import Broken, Proved, Signed, typed_fingerprint
from kiosk.domain.log import from_text
from kiosk.ports.logbook import LogbookError
from kiosk.ui.wording import Language, Words

UNCHANGED, CHANGED, WRONG_USE = 0, 1, 2


def verify(data: Path, words: Words, *, as_json: bool = False, signed: str = "") -> int:
    """Check the log in the folder `data` and print one line; answers the exit code.

    It reads only and may run while the desk does. On a terminal it says how far it is.

    Whoever can write the file can write a whole new chain: only a paper that was signed stands
    against that. So with `signed`, the fingerprint on it, the log must also have had that one.
    """
    printed = typed_fingerprint(signed)
    if signed and not printed:
        diagnostics.say(words("command.verify.no_fingerprint", typed=repr(signed)))
        return WRONG_USE
    clock = SystemClock()
    progress = _Progress(words) if sys.stderr.isatty() else None
    try:
        store = open_store_read_only(DataFolder(data), clock, gate_id="")
        try:
            answer = store.logbook.check(progress)
            sound = isinstance(answer, Proved)  # else the hashes in the file are anybody's
            paper = store.logbook.signed(printed) if printed and sound else None
        finally:
            store.close()
            if progress is not None:
                progress.clear()
    except LogbookError as error:
        _print_trouble(error, data, words, as_json=as_json)
        return CHANGED
    if as_json:
        fields = _fields(answer) | ({"signed_at_entry": paper and paper.seq} if signed else {})
        print(json.dumps(fields, ensure_ascii=False))
    else:
        print(sentence(answer, words, clock.zone()))
        if isinstance(answer, Proved) and answer.erased:
            print(words("command.verify.erased", erased=_grouped(answer.erased, words)))
        if signed and sound:
            print(_of_the_paper(paper, words, clock.zone()))
        elif isinstance(answer, Proved) and answer.rows and not signed:
            print(words("command.verify.compare"))
    return UNCHANGED if sound and bool(signed) == bool(paper) else CHANGED


def _of_the_paper(paper: Signed | None, words: Words, zone: tzinfo) -> str:
    if paper is None:
        return words("command.verify.not_signed")
    row = words("command.verify.row", seq=paper.seq, gate=_plain(paper.gate_id))
    return words("command.verify.signed", row=row + _local(paper.occurred_at, zone))


def sentence(answer: Proved | Broken, words: Words, zone: tzinfo) -> str:
    """What was found, in words."""
    match answer:
        case Proved(rows=0):
            return words("command.verify.empty")
        case Proved(rows, fingerprint):
            key = "command.verify.one" if rows == 1 else "command.verify.unchanged"
            return words(key, rows=_grouped(rows, words), fingerprint=fingerprint)
        case Broken(seq=0):
            return words("command.verify.stray", entry=_plain(answer.entry_id))
        case Broken():
            row = words("command.verify.row", seq=answer.seq, gate=_plain(answer.gate_id))
            row += _local(answer.occurred_at, zone)
            return words(f"command.verify.fault.{answer.fault}", row=row)
        case _:
            assert_never(answer)


class _Progress:
    """How many rows are proved, in one line of the terminal that is written over."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._width = 0

    def __call__(self, rows: int) -> None:
        line = self._words("command.verify.so_far", rows=_grouped(rows, self._words))
        self._width = max(self._width, len(line))
        print(f"\r{line}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        print(f"\r{' ' * self._width}\r", end="", file=sys.stderr, flush=True)


def _grouped(number: int, words: Words) -> str:
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if words.language is Language.VIETNAMESE else grouped


def _local(occurred_at: str, zone: tzinfo) -> str:
    try:
        return f" ({from_text(occurred_at).astimezone(zone):%Y-%m-%d %H:%M})"
    except ValueError:  # the time itself was changed
        return ""


def _plain(text: str) -> str:
    """What stands in a file that was tampered with cannot steer the terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)[:80]


def _fields(answer: Proved | Broken) -> dict[str, str | int | bool]:
    match answer:
        case Proved(rows, fingerprint, erased):
            return {
                "unchanged": True,
                "entries": rows,
                "fingerprint": fingerprint,
                "erased": erased,
            }
        case Broken():
            return {
                "unchanged": False,
                "gate": answer.gate_id,
                "seq": answer.seq,
                "entry_id": answer.entry_id,
                "occurred_at": answer.occurred_at,
                "fault": answer.fault.value,
            }
        case _:
            assert_never(answer)


def _print_trouble(error: LogbookError, data: Path, words: Words, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"unchanged": False, "trouble": error.trouble.value}))
    diagnostics.say(words(f"trouble.{error.trouble}", folder=data))
