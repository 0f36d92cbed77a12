"""The lines of the log page: visits and what was undone, as rows of finished texts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from kiosk.domain.admission import Verdict
from kiosk.domain.log import Closing, Direction, Entry, Undone, Visit
from kiosk.domain.person import mask_number
from kiosk.services.inside_list import clock
from kiosk.services.why import why
from kiosk.ui.desk_words import Speech
from kiosk.ui.list_words import named
from kiosk.ui.text_rows import Index, TextRows
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words, clock_time, degrees

_COLUMNS = ("in", "out", "name", "number", "unit", "purpose", "temperature", "verdict")
WIDTHS = (80, 124, 220, 156, 230, 148, 110)
"""Of the columns but the last, which takes what they leave."""

Line = Visit | Undone
_OF_THE_UNDOING = "verdict"
"""The column that tells of the undoing, and is not struck through itself."""


class LinesModel(TextRows):
    """Visits, and lines that were undone; these are grey and struck through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(_COLUMNS, parent)
        self._theme = theme
        self._struck = QFont()
        self._struck.setStrikeOut(True)  # the rest is the table's
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line], speech: Speech) -> None:
        """Replace the rows."""
        self._lines = lines
        titles = [speech.words(f"desk.log.col_{name}") for name in _COLUMNS]
        self.show_rows(titles, [_texts(line, speech) for line in lines])

    def line(self, row: int) -> Line:
        """What a row is about."""
        return self._lines[row]

    @property
    def own_row(self) -> int:
        """The row that is marked where nobody has marked one: the newest that stands."""
        last = len(self._lines) - 1
        standing = (row for row in range(last, -1, -1) if isinstance(self._lines[row], Visit))
        return next(standing, last)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, the verdict's colour, and what was undone struck through."""
        line, column = self._lines[index.row()], _COLUMNS[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(line, column)
        if role == Qt.ItemDataRole.FontRole and isinstance(line, Undone):
            return None if column == _OF_THE_UNDOING else self._struck
        return super().data(index, role)

    def _colour(self, line: Line, column: str) -> QColor | None:
        if isinstance(line, Undone):
            return self._theme.colour("soft")
        verdict = line.arrival.draft.verdict
        if column == "verdict" and verdict is not Verdict.ADMIT:
            return self._theme.colour("refer" if verdict is Verdict.REFER else "refuse")
        if column == "out" and line.inside:
            return self._theme.colour("brand")
        return None


def _texts(line: Line, speech: Speech) -> tuple[str, ...]:
    if isinstance(line, Visit):
        came = clock_time(line.arrival.draft.occurred_at, speech.zone)
        times, verdict = (came, _left(line, speech)), _verdict(line, speech.words)
    else:
        passed = clock_time(line.line.draft.occurred_at, speech.zone)
        came_in = line.line.draft.direction is Direction.IN
        times = (passed, "") if came_in else ("", passed)
        verdict = _undoing(line, speech)
    return (*times, *_who(line.arrival, speech.words), verdict)


def _undoing(undone: Undone, speech: Speech) -> str:
    """Why and when, with the day where that is another one."""
    by, words = undone.by.draft, speech.words
    at = clock(by.occurred_at, undone.line.draft.occurred_at, speech.zone)
    return words("desk.log.undone", time=at, reason=words(f"reasons.{by.reason}"))


def _who(arrival: Entry, words: Words) -> tuple[str, ...]:
    """From name to temperature."""
    identity, health = arrival.draft.identity, arrival.draft.health
    place = identity.destination if identity else None
    readings = health.readings if health else ()
    return (
        named(arrival, words),
        mask_number(identity.person.id_number) if identity else "",
        " · ".join(part for part in (place.unit, place.host) if part) if place else "",
        place.purpose if place else "",
        "  ".join(degrees(reading, words.language) for reading in readings),
    )


def _left(visit: Visit, speech: Speech) -> str:
    """When somebody left, as far as it was seen; with the day where that is another one."""
    came, left = visit.arrival.draft.occurred_at, visit.departure
    if visit.inside:
        return speech.words("desk.log.still_inside")
    if left is None:
        return ""
    if visit.closing is Closing.UNSEEN:
        return speech.words("paper.closing.unseen")
    return clock(left.draft.occurred_at, came, speech.zone)


def _verdict(visit: Visit, words: Words) -> str:
    draft = visit.arrival.draft
    admitted = draft.verdict is Verdict.ADMIT
    said = words("desk.admit") if admitted else why(draft, words)
    return f"{said} · {words('late.mark')}" if visit.entered_later else said
