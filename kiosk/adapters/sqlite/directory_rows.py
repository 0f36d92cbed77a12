"""People, their credentials and declarations as rows and back."""

import json
from collections.abc import Mapping
from datetime import datetime

from kiosk.adapters.sqlite import rows
from kiosk.domain.credential import Scheme
from kiosk.domain.log import from_text, to_text
from kiosk.domain.person import Person, PersonKind, fold
from kiosk.domain.screening import Declared
from kiosk.ports.directory import Declaration, Known, KnownCredential

Columns = Mapping[str, str | int | None]


def read_person(row: rows.Row) -> Known:
    """The person that a row of `person` holds."""
    return Known(str(row["person_id"]), rows.person(row), PersonKind(str(row["kind"])))


PERSON = f"SELECT person_id, kind, {', '.join(rows.PERSON)} FROM person"  # noqa: S608 - our names


def person_columns(person: Person, at: datetime) -> Columns:
    """What a row of `person` says of somebody who was seen at `at`."""
    return {
        **rows.person_columns(person),
        "folded_name": fold(rows.clean(person.name)),
        "last_seen_at": to_text(at),
    }


def read_credential(row: rows.Row, holder: Known) -> KnownCredential:
    """The credential that a row of `credential` holds."""
    return KnownCredential(
        credential_id=str(row["credential_id"]),
        holder=holder,
        scheme=Scheme(str(row["kind"])),
        day=rows.day(row["day"]),
        number=str(row["number"]),
        until=rows.day(row["valid_until"]),
        revoked=row["revoked_at"] is not None,
        destination=rows.destination(row),
    )


def read_declaration(row: rows.Row) -> Declaration:
    """What a row of `declaration` holds."""
    return Declaration(
        made_at=from_text(str(row["made_at"])),
        declared=Declared(str(row["declared"])),
        answers=tuple((question, said) for question, said in json.loads(str(row["answers"]))),
        destination=rows.destination(row),
        basis=str(row["basis"]),
    )


def credential_columns(kept: KnownCredential, digest: str, at: datetime) -> Columns:
    """The row of a credential that is kept for the first time."""
    return {
        "credential_id": kept.credential_id,
        "person_id": kept.holder.person_id,
        "kind": kept.scheme.value,
        "digest": digest,
        "day": kept.day.isoformat() if kept.day else None,
        "valid_until": kept.until.isoformat() if kept.until else None,
        "number": kept.number,
        "revoked_at": None,
        "first_seen_at": to_text(at),
        "last_seen_at": to_text(at),
        **rows.destination_columns(kept.destination),
    }
