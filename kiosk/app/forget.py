"""`kiosk forget`: erases whoever asks for it from log and directory; the log stays provable."""

import argparse
import json
from collections.abc import Sequence
from datetime import date, tzinfo
from pathlib import Path

from kiosk.adapters.sqlite.store import Store
from kiosk.app import diagnostics
from kiosk.app.equipment import equip
from kiosk.app.issuing_file import with_store, with_store_to_look
from kiosk.app.retention import tell_of_files
from kiosk.domain.consent import Consent
from kiosk.domain.log import to_text
from kiosk.domain.person import PersonKind, mask_number, one_line
from kiosk.ports.retention import Traces
from kiosk.services.phone_number import read_phone
from kiosk.ui.controls import printable
from kiosk.ui.wording import Words

DONE, REFUSED, WRONG_USE = 0, 1, 2


def forget(given: argparse.Namespace, data: Path, resources: Path, words: Words) -> int:
    """Show what is kept of somebody and, once that is confirmed, erase it; the exit code."""
    numbers, name = _numbers(given.number or ""), " ".join(one_line(given.name or "").split())
    if not numbers and not name:
        diagnostics.say(words("erasing.forget.wrong"))
        return WRONG_USE
    equipment = equip(data, resources, words.language)
    zone = equipment.clock.zone()
    today = equipment.clock.now().astimezone(zone).date()

    def work(store: Store) -> int:
        found = store.eraser.traces(numbers, name, store.logbook.open_visits())
        found = [one for one in found if given.born in (None, _born(one))]
        if not found:
            for proof in store.eraser.proofs(numbers, name, given.born):
                print(_proof_as_json(proof) if given.json else _proof(proof, words, zone))
        for one in found:
            print(_as_json(one) if given.json else _as_words(one, words, zone))
        refused = _refusal(found, words, all_of_them=given.all, sure=given.yes)
        if refused or not given.yes:
            diagnostics.say(refused or words("erasing.forget.preview"))
            return REFUSED if refused else DONE
        diagnostics.say(words("erasing.forget.done", rows=_erase(found, store, today)))
        tell_of_files(data, words)
        return DONE

    opened = with_store if given.yes else with_store_to_look
    return opened(equipment, words, work)


def _erase(found: Sequence[Traces], store: Store, today: date) -> int:
    rows = sum(store.eraser.forget(one, today) for one in found)
    while store.eraser.settle():
        pass
    return rows


def _refusal(found: Sequence[Traces], words: Words, *, all_of_them: bool, sure: bool) -> str:
    if not found:
        return words("erasing.forget.nobody")
    if any(one.inside for one in found):
        return words("erasing.forget.inside")
    if sure and len(found) > 1 and not all_of_them:
        return words("erasing.forget.several", count=len(found))
    return ""


def _numbers(typed: str) -> tuple[str, ...]:
    """A document or phone number in every way in which it may be kept."""
    plain = "".join(typed.split()).upper()
    if not plain:
        return ()
    phone = read_phone(typed)
    called = (phone, f"+84{phone[1:]}") if phone.startswith("0") else ()
    return tuple(dict.fromkeys((plain, plain.replace(".", "").replace("-", ""), *called)))


def _born(one: Traces) -> int | None:
    return one.person.birth_date.year if one.person.birth_date else one.person.birth_year


def _proof(one: Consent, words: Words, zone: tzinfo) -> str:
    return words(
        "erasing.forget.proof",
        day=f"{one.asked_at.astimezone(zone):%d/%m/%Y}",
        purpose=words(f"erasing.purpose.{one.purpose}"),
        answer=words("form.agree" if one.given else "form.disagree"),
        text=printable(one.text),
    )


def _proof_as_json(one: Consent) -> str:
    fields = {
        "asked_at": to_text(one.asked_at),
        "purpose": one.purpose,
        "given": one.given,
        "text": one.text,
        "language": one.language,
        "represented": bool(one.said_by),
    }
    return json.dumps({"proof": fields}, ensure_ascii=False)


def _as_words(one: Traces, words: Words, zone: tzinfo) -> str:
    person, born = one.person, _born(one)
    said = [
        printable(person.name),
        mask_number(printable(person.id_number or person.phone)),
        str(born or ""),
        words(f"desk.{PersonKind(one.kind)}"),
    ]
    if one.first is not None and one.last is not None:
        first, last = (f"{at.astimezone(zone):%d/%m/%Y}" for at in (one.first, one.last))
        said.append(
            words("erasing.forget.entries", count=len(one.entry_ids), first=first, last=last)
        )
    if one.proofs:
        said.append(words("erasing.forget.proofs", count=one.proofs))
    if one.inside:
        said.append(words("paper.closing.inside"))
    return " · ".join(part for part in said if part)


def _as_json(one: Traces) -> str:
    fields = {
        "name": one.person.name,
        "id_number": one.person.id_number,
        "phone": one.person.phone,
        "born": _born(one),
        "kind": one.kind,
        "in_directory": bool(one.person_id),
        "entries": len(one.entry_ids),
        "first": to_text(one.first) if one.first else None,
        "last": to_text(one.last) if one.last else None,
        "proofs": one.proofs,
        "inside": one.inside,
    }
    return json.dumps(fields, ensure_ascii=False)
