"""Entries as rows and back: which columns hold what, and how each value is spelled."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import Scheme
from kiosk.domain.log import Direction, Draft, Entry, Identity, from_text, to_text
from kiosk.domain.person import Person, PersonKind, Sex, fold
from kiosk.domain.screening import Checklist, Declared, Destination
from kiosk.ports.logbook import LogbookError, Trouble

Value = str | int | None
Row = dict[str, Value]

CORE = (
    *("entry_id", "gate_id", "seq", "occurred_at", "direction", "verdict", "reason"),
    *("visit_id", "person_id", "credential_id", "credential_kind", "rules_version", "officer"),
    *("corrects", "identity_commitment", "health_commitment"),
)
"""What `hash` runs over, together with the hash before."""

LATER = ("noted_at",)
"""Added since the first release: these join `hash` only where they are not NULL."""

CHAIN = ("previous_hash", "hash")
THEIRS = """person_id IN (SELECT :person UNION ALL
    SELECT f.former_id FROM former_id AS f WHERE f.person_id = :person)"""
"""Whose entries these are, whatever id the person had when they were written."""

WARDS = """SELECT json_extract(w.value, '$[1]') AS ward, count(*) AS named
FROM declaration AS d, json_each(d.answers) AS w
WHERE json_extract(w.value, '$[0]') = 'ward' AND (:province = '' OR EXISTS (
    SELECT 1 FROM json_each(d.answers) AS p
    WHERE json_extract(p.value, '$[0]') = 'province'
        AND json_extract(p.value, '$[1]') = :province))
GROUP BY ward ORDER BY named DESC, ward LIMIT :most"""
"""What the form's answers say of places, without anybody's name."""

PERSON = (
    *("name", "id_number", "old_id_number", "phone", "birth_date", "birth_year", "sex"),
    *("address", "issued_on", "health_insurance_number", "organisation"),
)
IDENTITY = (*PERSON, "kind", "unit", "host", "purpose", "search")
IDENTITY_LATER = ("own_reason",)
"""Added since: it joins the commitment only where it is not NULL, as LATER joins the hash."""

HEALTH = ("readings", "mask", "hands", "declared")
SALTED_IDENTITY = ("salt", *IDENTITY, *IDENTITY_LATER)
SALTED_HEALTH = ("salt", *HEALTH)

_ENTRY = (*CORE, *LATER, *CHAIN)

SELECT = f"""SELECT {", ".join(f"e.{name}" for name in _ENTRY)},
    {", ".join(f"i.{name}" for name in SALTED_IDENTITY)},
    {", ".join(f"h.{name}" for name in SALTED_HEALTH)}
FROM log_entry AS e
LEFT JOIN entry_identity AS i ON i.entry_id = e.entry_id
LEFT JOIN entry_health AS h ON h.entry_id = e.entry_id
"""  # noqa: S608 - names of our own columns only
"""Whole entries; give the tuples to `Parts`."""

_CORE_END = len(_ENTRY)
_IDENTITY_END = _CORE_END + len(SALTED_IDENTITY)


class Parts:
    """One tuple of SELECT, taken apart.

    Attributes:
        core: CORE, LATER and CHAIN.
        identity, health: salt and content, or None where there are none or they were erased.
    """

    __slots__ = ("core", "health", "health_salt", "identity", "identity_salt")

    def __init__(self, values: Sequence[object]) -> None:
        self.core = _named(_ENTRY, values[:_CORE_END])
        self.identity_salt = values[_CORE_END]
        self.identity = _content(SALTED_IDENTITY[1:], values[_CORE_END:_IDENTITY_END])
        self.health_salt = values[_IDENTITY_END]
        self.health = _content(HEALTH, values[_IDENTITY_END:])

    @property
    def name_erased(self) -> bool:
        """Whether who it was was written, and is no longer there."""
        return self.identity is None and self.core["identity_commitment"] is not None

    @property
    def health_erased(self) -> bool:
        """Whether the checklist was written, and is no longer there."""
        return self.health is None and self.core["health_commitment"] is not None


def _content(names: Sequence[str], salted: Sequence[object]) -> Row | None:
    if salted[0] is None:
        return None
    found = _named(names, salted[1:])
    return {n: v for n, v in found.items() if v is not None or n not in IDENTITY_LATER}


def _named(names: Sequence[str], values: Sequence[object]) -> Row:
    return dict(zip(names, values, strict=True))  # type: ignore[arg-type]  # STRICT tables


def entry(parts: Parts) -> Entry:
    """The entry that these columns hold. Raises LogbookError where they hold none."""
    row = parts.core
    try:
        draft = Draft(
            entry_id=str(row["entry_id"]),
            occurred_at=from_text(str(row["occurred_at"])),
            direction=Direction(str(row["direction"])),
            verdict=Verdict(str(row["verdict"])) if row["verdict"] else None,
            reason=Reason(str(row["reason"])),
            visit_id=str(row["visit_id"]),
            person_id=_text_or_none(row["person_id"]),
            credential_id=_text_or_none(row["credential_id"]),
            scheme=Scheme(str(row["credential_kind"])),
            rules_version=str(row["rules_version"]),
            officer=str(row["officer"]),
            corrects=_text_or_none(row["corrects"]),
            identity=_identity(parts.identity) if parts.identity else None,
            health=_health(parts.health) if parts.health else None,
            noted_at=from_text(str(row["noted_at"])) if row["noted_at"] else None,
        )
        place = str(row["gate_id"]), int(row["seq"] or 0), str(row["hash"])
        return Entry(
            draft, *place, name_erased=parts.name_erased, health_erased=parts.health_erased
        )
    except (ValueError, TypeError) as error:
        detail = f"row {row['seq']} of gate {row['gate_id']} holds no entry"
        raise LogbookError(detail, Trouble.DAMAGED) from error


def core_columns(
    draft: Draft, gate_id: str, seq: int, commitments: tuple[str | None, str | None]
) -> Row:
    """What the hash of an entry in its place runs over: see `hashed`."""
    row: Row = {
        "entry_id": clean(draft.entry_id),
        "gate_id": clean(gate_id),
        "seq": seq,
        "occurred_at": to_text(draft.occurred_at),
        "direction": draft.direction.value,
        "verdict": draft.verdict.value if draft.verdict else None,
        "reason": draft.reason.value,
        "visit_id": clean(draft.visit_id),
        "person_id": draft.person_id,
        "credential_id": draft.credential_id,
        "credential_kind": draft.scheme.value,
        "rules_version": clean(draft.rules_version),
        "officer": clean(draft.officer),
        "corrects": draft.corrects,
        "identity_commitment": commitments[0],
        "health_commitment": commitments[1],
        "noted_at": to_text(draft.noted_at) if draft.noted_at else None,
    }
    return hashed(row)


def hashed(row: Row) -> Row:
    """CORE, and what of LATER is there: so the hashes of older rows stay true."""
    return {name: row[name] for name in (*CORE, *LATER) if name in CORE or row[name] is not None}


def identity_columns(identity: Identity) -> Row:
    """IDENTITY and what of IDENTITY_LATER is there; `search` is what `Logbook.find` looks in."""
    person, destination = identity.person, identity.destination
    searched = (
        *(person.name, person.id_number, person.old_id_number, person.phone),
        *(destination.unit, destination.host),
    )
    return {
        **person_columns(person),
        "kind": identity.kind.value,
        **destination_columns(destination),
        "search": fold(clean("\n".join(searched))),
        **({"own_reason": clean(identity.own_reason)} if identity.own_reason else {}),
    }


def _identity(row: Row) -> Identity:
    kind, own = PersonKind(str(row["kind"])), str(row.get("own_reason") or "")
    return Identity(person(row), kind, destination(row), own)


def health_columns(checklist: Checklist) -> Row:
    """HEALTH."""
    return {
        "readings": json.dumps(checklist.readings, separators=(",", ":")),
        "mask": int(checklist.mask),
        "hands": int(checklist.hands),
        "declared": checklist.declared.value,
    }


def _health(row: Row) -> Checklist:
    return Checklist(
        readings=tuple(int(reading) for reading in json.loads(str(row["readings"]))),
        mask=bool(row["mask"]),
        hands=bool(row["hands"]),
        declared=Declared(str(row["declared"])),
    )


def person_columns(said: Person) -> Row:
    """PERSON."""
    return {
        "name": clean(said.name),
        "id_number": clean(said.id_number),
        "old_id_number": clean(said.old_id_number),
        "phone": clean(said.phone),
        "birth_date": _day_text(said.birth_date),
        "birth_year": said.birth_year,
        "sex": said.sex.value,
        "address": clean(said.address),
        "issued_on": _day_text(said.issued_on),
        "health_insurance_number": clean(said.health_insurance_number),
        "organisation": clean(said.organisation),
    }


def person(row: Row) -> Person:
    """The person that PERSON holds."""
    year = row["birth_year"]
    return Person(
        name=str(row["name"]),
        id_number=str(row["id_number"]),
        old_id_number=str(row["old_id_number"]),
        phone=str(row["phone"]),
        birth_date=day(row["birth_date"]),
        birth_year=None if year is None else int(year),
        sex=Sex(str(row["sex"])),
        address=str(row["address"]),
        issued_on=day(row["issued_on"]),
        health_insurance_number=str(row["health_insurance_number"]),
        organisation=str(row["organisation"]),
    )


def destination_columns(said: Destination) -> Row:
    """The columns unit, host, purpose."""
    return {name: clean(value) for name, value in asdict(said).items()}


def destination(row: Row) -> Destination:
    """Where the columns unit, host, purpose lead."""
    return Destination(str(row["unit"]), str(row["host"]), str(row["purpose"]))


def clean(text: str) -> str:
    """`text` as it can be stored: a lone surrogate, which is no Unicode, becomes "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")


def day(value: Value) -> date | None:
    """The day of the calendar in a column. Raises ValueError."""
    return None if value is None else date.fromisoformat(str(value))


def _day_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _text_or_none(value: Value) -> str | None:
    return None if value is None else str(value)
