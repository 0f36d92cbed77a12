"""Visible digital seal of ICAO for health proofs (VDS-NC): JSON with a header and a signature.

Source: domain.md 1.9; ICAO technical report "VDS-NC". The signature is not checked: nobody
distributes the keys. Of the content only the holder is taken.
"""

import json
from collections.abc import Mapping
from datetime import date

from kiosk.domain.credential import Credential, Scheme
from kiosk.domain.payload.text import tidy
from kiosk.domain.person import Person, Sex, one_line

_TYPES = ("icao.test", "icao.vacc")
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}


def parse(text: str) -> Credential | None:
    """The credential in `text`, or None where it is no such seal."""
    plain = tidy(text)
    if not plain.startswith("{") or "icao." not in plain:
        return None
    try:
        data = _table(json.loads(plain), "data")
    except (ValueError, RecursionError):
        return None
    if _word(_table(data, "hdr"), "t") not in _TYPES:
        return None
    message = _table(data, "msg")
    holder = _table(message, "pid")
    name, number = _word(holder, "n"), _word(holder, "i") or _word(holder, "dn")
    proof = _word(message, "uvci") or _word(message, "utci")
    if not name:
        return Credential(scheme=Scheme.ICAO_VDS, text=text)
    born = _day(_word(holder, "dob"))
    person = Person(
        name=name,
        id_number=number,
        birth_date=born,
        birth_year=born.year if born else None,
        sex=_SEXES.get(_word(holder, "sex"), Sex.UNKNOWN),
    )
    stable = number or (f"VDS{proof}" if proof else "")  # without either it is nobody's alone
    return Credential(scheme=Scheme.ICAO_VDS, stable=stable, person=person, text=text)


def _table(value: object, key: str) -> Mapping[str, object]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _word(table: Mapping[str, object], key: str) -> str:
    found = table.get(key)
    return " ".join(one_line(found).split()) if isinstance(found, str) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
