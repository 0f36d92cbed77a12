"""The members of staff and their posts, beside the people of the directory."""

from sqlite_utils import Database

from kiosk.adapters.sqlite import rows
from kiosk.adapters.sqlite.directory_rows import read_person
from kiosk.adapters.sqlite.errors import told
from kiosk.domain.credential import Scheme
from kiosk.domain.person import PersonKind
from kiosk.domain.staff import Post
from kiosk.ports.staff import Member

_MEMBERS = f"""SELECT p.person_id, p.kind, {", ".join(f"p.{name}" for name in rows.PERSON)},
    s.staff_number, s.unit, s.position,
    EXISTS (SELECT 1 FROM credential AS c WHERE c.person_id = p.person_id AND c.kind = ?
        AND c.revoked_at IS NULL) AS has_card
FROM staff AS s JOIN person AS p ON p.person_id = s.person_id
ORDER BY p.rowid"""  # noqa: S608 - names of our own columns only
_EMPLOY = (
    "INSERT INTO staff (person_id, staff_number, unit, position) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (person_id) DO UPDATE SET staff_number = excluded.staff_number,"
    " unit = excluded.unit, position = excluded.position"
)


class SqliteStaff:
    """The staff in an open file.

    Thread: the one that opened the file. Every method may raise LogbookError.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def members(self) -> tuple[Member, ...]:
        """Everybody who was ever given a post here."""
        with told():
            return tuple(map(_member, self._db.query(_MEMBERS, [Scheme.STAFF_CARD.value])))

    def employ(self, person_id: str, post: Post) -> None:
        """Mark somebody of the directory as staff with this post."""
        said = map(rows.clean, (post.number, post.unit, post.position))
        with told(), self._db.atomic():
            self._db.execute(
                "UPDATE person SET kind = ? WHERE person_id = ?",
                [PersonKind.STAFF.value, person_id],
            )
            self._db.execute(_EMPLOY, [person_id, *said])


def _member(row: rows.Row) -> Member:
    return Member(
        read_person(row),
        Post(str(row["staff_number"]), str(row["unit"]), str(row["position"])),
        bool(row["has_card"]),
    )
