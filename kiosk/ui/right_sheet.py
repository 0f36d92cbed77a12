"""What was written wrong of an arrival is written right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from kiosk.domain.log import Identity
from kiosk.domain.person import Person
from kiosk.domain.screening import Destination
from kiosk.services.late_paper import Paper, late_faults
from kiosk.ui.furnishing import Offers
from kiosk.ui.hand_sheet import HandSheet, said_of
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

_WIDTH = 620
_PLACE = ("unit", "host", "purpose")
_TYPED = ("name", "phone", "id_number")


class RightSheet(HandSheet):
    """Shows what is written; a line that nobody changes stays exactly as it is."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        offers: Offers,
        written: Identity,
        came: datetime,
        taken: Callable[[Person, Destination], None],
    ) -> None:
        super().__init__(theme, over, _WIDTH)
        self._words = words
        self.throw_away = words("desk.sheet.throw_away")
        self._written = written
        self._came = came
        self._taken = taken
        self.entered.connect(self.submit)
        title = words("late.put_right_title", name=written.person.name)
        self.title(title, words("late.put_right_help"))
        self.column.addLayout(self.who(words, offers))
        self.column.addSpacing(theme.px(6))
        self.buttons(words, words("late.put_right_go"), self.submit, Tone.BRAND, "Ctrl Enter")
        self._before = said_in(written)
        self.put_back(self._before)

    def open_over(self) -> None:
        """Cover the window; the name has the focus."""
        super().open_over()
        self.lines["name"].setFocus()

    def content(self) -> object:
        """All that is filled in."""
        return self._said()

    def kept(self) -> object:
        """What is typed so far."""
        return self._said()

    def put_back(self, kept: object) -> None:
        """Type it again."""
        if isinstance(kept, dict):
            for name, text in kept.items():
                self.lines[name].setText(text)

    def submit(self) -> None:
        """Take what was changed, or say what is wrong with it."""
        said = self._said()
        changed = {name for name, text in said.items() if text != self._before[name]}
        place = Destination(**{name: " ".join(said[name].split()) for name in _PLACE})
        paper = Paper(
            name=said["name"],
            birth=said["birth"],
            phone=said["phone"],
            id_number=said["id_number"],
            day=f"{self._came:%d/%m/%Y}",
            time_in=f"{self._came:%H:%M}",
            admitted=True,
        )
        found = late_faults(paper, self._came, self._came.date()).items()
        told = {field.value: self._words(f"late.fault.{fault}") for field, fault in found}
        faults = {name: fault for name, fault in told.items() if name in changed}
        self.tell(faults)
        if not faults:
            self.dismiss()
            if changed:
                self._taken(self._person(paper.person, changed), place)

    def _said(self) -> dict[str, str]:
        return {name: line.text() for name, line in self.lines.items()}

    def _person(self, typed: Person, changed: set[str]) -> Person:
        """As written, but for what was typed over."""
        person = self._written.person
        for name in changed.intersection(_TYPED):
            person = replace(person, **{name: getattr(typed, name)})
        if "birth" in changed:
            person = replace(person, birth_date=typed.birth_date, birth_year=typed.birth_year)
        return person


def said_in(identity: Identity) -> dict[str, str]:
    """What stands in the lines for it."""
    place = {name: getattr(identity.destination, name) for name in _PLACE}
    return {**said_of(identity.person), **place}
