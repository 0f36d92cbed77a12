"""The lines of the guest's form, in the order people speak, each with its fault below it."""

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.person import Person, Sex
from kiosk.domain.screening import Destination
from kiosk.services.form_faults import Fault, Field
from kiosk.services.guest_form import GuestForm
from kiosk.ui.controls import ChoiceRow
from kiosk.ui.fault_caption import FaultCaption
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words

LINES = (
    *(("name", 0, 0, 4), ("birth", 0, 4, 2)),
    *(("phone", 1, 0, 2), ("unit", 1, 2, 2), ("host", 1, 4, 2)),
    *(("purpose", 2, 0, 2), ("id_number", 2, 2, 2)),
    *(("nationality", 3, 0, 2), ("province", 3, 2, 2), ("ward", 3, 4, 2)),
    *(("address", 4, 0, 4), ("spoken_by", 4, 4, 2)),
)
"""Name, row, first column and width in sixths."""

_SEXES = (Sex.MALE, Sex.FEMALE)
_SIXTHS = 6
_FINGER = 48
_GROUP_HEIGHT = 84
_YEAR_DIGITS = 4


class GuestLines(QWidget):
    """Who the guest is and where to; whoever comes along, one a line.

    Attributes:
        lines: by name.
        captions: by name; faults are told in them.
        sex: its answers.
        others: the lines of those who come along; hidden until it is a group.
        person_id: who was chosen from those whom the directory knows.
    """

    def __init__(self, theme: Theme, words: Words, keys: QObject, home: str) -> None:
        """Lay out the lines.

        Args:
            theme: sizes.
            words: the screen's language.
            keys: sees every key of a line first.
            home: the nationality that stands there at first.
        """
        super().__init__()
        self._theme = theme
        self._words = words
        self.lines: dict[str, QLineEdit] = {}
        self.captions: dict[str, FaultCaption] = {}
        self.person_id: str | None = None
        self.others = QPlainTextEdit()
        self.sex = ChoiceRow(
            theme, [words(f"desk.sexes.{sex}") for sex in _SEXES], keys=("1", "2")
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(6))
        for column in range(_SIXTHS):
            self._grid.setColumnStretch(column, 1)
        for name, row, column, width in LINES:
            line = self.lines[name] = QLineEdit()
            line.setMinimumHeight(theme.px(_FINGER))
            line.setMaxLength(200)
            self._add(name, line, keys, row, column, width)
            if name == "id_number":
                self._add("sex", self.sex, keys, row, 4, 2)
        self.lines["nationality"].setText(home)
        self.others.setTabChangesFocus(True)
        self.others.setMinimumHeight(theme.px(_FINGER))
        self.others.setMaximumHeight(theme.px(_GROUP_HEIGHT))
        self.others.setPlaceholderText(words("form.others_hint"))
        self._group = self._add("others", self.others, keys, 5, 0, _SIXTHS)
        self._grid.setRowStretch(6, 1)
        self.show_group(shown=False)

    def _add(
        self, name: str, field: QWidget, keys: QObject, row: int, column: int, width: int
    ) -> QWidget:
        cell = QWidget()
        caption = self.captions[name] = FaultCaption(self._words(f"form.{name}"))
        caption.setBuddy(field)
        field.setAccessibleName(caption.text())
        field.installEventFilter(keys)
        inner = QVBoxLayout(cell)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(self._theme.px(2))
        inner.addStretch(1)
        inner.addWidget(caption)
        inner.addWidget(field)
        self._grid.addWidget(cell, row, column, 1, width)
        return cell

    def show_group(self, *, shown: bool) -> None:
        """The lines of a group, or a guest alone; nobody who is written there is hidden."""
        self._group.setVisible(shown or self.others.toPlainText().strip() != "")

    @property
    def is_group(self) -> bool:
        """Whether the lines of a group are open."""
        return not self._group.isHidden()

    def into(self, form: GuestForm) -> GuestForm:
        """`form` with what is typed here."""
        said = {name: line.text() for name, line in self.lines.items()}
        place = {name: " ".join(said[name].split()) for name in ("unit", "host", "purpose")}
        sex = self.sex.chosen()
        return replace(
            form,
            name=said["name"],
            birth=said["birth"],
            phone=said["phone"],
            id_number=said["id_number"],
            nationality=said["nationality"],
            province=said["province"],
            ward=said["ward"],
            address=said["address"],
            spoken_by=said["spoken_by"],
            destination=Destination(**place),
            sex=Sex.UNKNOWN if sex is None else _SEXES[sex],
            others=self.others.toPlainText() if self.is_group else "",
            person_id=self.person_id,
        )

    def put(self, form: GuestForm) -> None:
        """Write it all again."""
        for name, line in self.lines.items():
            line.setText(_value(form, name))
        self._choose_sex(form.sex)
        self.others.setPlainText(form.others)
        self.show_group(shown=bool(form.others))
        self.person_id = form.person_id

    def fill_in(self, person: Person) -> None:
        """Take from a document what nobody has typed yet.

        Where it contradicts somebody chosen from those known, it is another person's: all it says
        then counts.
        """
        said = {
            "name": person.name,
            "birth": _birth(person),
            "phone": person.phone,
            "id_number": person.id_number,
            "address": person.address,
        }
        other = self.person_id is not None and self._contradicts(person)
        if other:
            self.person_id = None
        for name, value in said.items():
            if (other and value) or not self.lines[name].text().strip():
                self.lines[name].setText(value)
        if self.sex.chosen() is None:
            self._choose_sex(person.sex)

    def choose(self, person_id: str, person: Person) -> None:
        """The guest is somebody known: their name as it is kept, and what was not typed."""
        self.person_id = None
        self.lines["name"].setText(person.name)
        self.fill_in(person)
        self.person_id = person_id

    def _contradicts(self, person: Person) -> bool:
        """Whether number or year of birth are not those in the form."""
        number, birth = (self.lines[name].text().strip() for name in ("id_number", "birth"))
        years = {birth[-_YEAR_DIGITS:], _birth(person)[-_YEAR_DIGITS:]} - {""}
        return len({number, person.id_number} - {""}) > 1 or len(years) > 1

    def add_companion(self, person: Person) -> None:
        """One more line."""
        year = person.birth_year or (person.birth_date.year if person.birth_date else None)
        said = " ".join(filter(None, (person.name, str(year or ""), person.id_number)))
        before = self.others.toPlainText().rstrip("\n")
        self.others.setPlainText(f"{before}\n{said} " if before else f"{said} ")

    def tell(self, found: dict[Field, Fault]) -> None:
        """Say beside each field what is wrong with it."""
        told = {
            field.value: self._words(f"form.fault.{fault.code}", detail=fault.detail)
            for field, fault in found.items()
        }
        for name, caption in self.captions.items():
            caption.tell(told.get(name, ""))
        for name, line in self.lines.items():
            line.setProperty("fault", name in found)
            QApplication.style().unpolish(line)
            QApplication.style().polish(line)

    def _choose_sex(self, sex: Sex) -> None:
        if sex in _SEXES:
            self.sex.choose(_SEXES.index(sex))


def _value(form: GuestForm, name: str) -> str:
    held = form.destination if name in ("unit", "host", "purpose") else form
    return str(getattr(held, name))


def _birth(person: Person) -> str:
    if person.birth_date is not None:
        return f"{person.birth_date:%d/%m/%Y}"
    return str(person.birth_year or "")
