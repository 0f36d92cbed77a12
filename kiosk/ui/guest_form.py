"""The guest without a phone: one sheet, in the order people speak."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.person import Person, Sex, begins_to_agree
from kiosk.domain.screening import Destination, RuleCard
from kiosk.services.declaration import Field, GuestForm, Question, faults
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import ChoiceRow, Text
from kiosk.ui.furnishing import Offers
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

_WIDTH = 1080
_SEXES = (Sex.MALE, Sex.FEMALE)


class GuestFormSheet(Sheet):
    """Takes the form; what is wrong is said beside the field, and nothing typed is lost."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        rules: RuleCard,
        offers: Offers,
        today: date,
        taken: Callable[[GuestForm], None],
    ) -> None:
        super().__init__(theme, over, _WIDTH)
        self._words = words
        self._rules = rules
        self._today = today
        self._taken = taken
        self._asks = rules.asks_declaration
        self._lines: dict[str, QLineEdit] = {}
        self._faults: dict[Field, Text] = {}
        self._answers: dict[Question, ChoiceRow] = {}
        self._travel = QLineEdit()
        self._all_no = ActionButton(theme, "F9")
        self._sex = ChoiceRow(theme, [words(f"desk.sexes.{sex}") for sex in _SEXES])
        self.title(words("form.title"), words("form.intro", basis=rules.legal_basis))
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(32))
        columns.addLayout(self._person(offers), 1)
        if self._asks:
            columns.addLayout(self._questions(), 1)
        self.column.addLayout(columns)
        self.column.addSpacing(theme.px(6))
        self.buttons(words, words("form.go"), self._submit, Tone.ADMIT, "Ctrl Enter")

    def open_over(self) -> None:
        """Cover the window; the name has the focus."""
        super().open_over()
        self._lines["name"].setFocus()

    def kept(self) -> object:
        """The form as it is filled in."""
        return self.form()

    def put_back(self, kept: object) -> None:
        """Fill it in again, with every answer."""
        if not isinstance(kept, GuestForm):
            return
        for name, value in _values(kept).items():
            self._lines[name].setText(value)
        self._choose_sex(kept.sex)
        for question, yes in kept.answers:
            if question in self._answers:
                self._answers[question].choose(int(yes))
        self._travel.setText(kept.travel)

    def is_about(self, person: Person) -> bool:
        """Whether a document may be the guest's own: what is typed of the name agrees with it."""
        return begins_to_agree(self._lines["name"].text(), person.name)

    def fill_in(self, person: Person) -> None:
        """Take from a document what nobody has typed yet."""
        shown = GuestForm(
            name=person.name,
            phone=person.phone,
            birth_year=str(person.birth_year or ""),
            address=person.address,
            id_number=person.id_number,
        )
        for name, value in _values(shown).items():
            if not self._lines[name].text().strip():
                self._lines[name].setText(value)
        if self._sex.chosen() is None:
            self._choose_sex(person.sex)

    def _choose_sex(self, sex: Sex) -> None:
        if sex in _SEXES:
            self._sex.choose(_SEXES.index(sex))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter on an answer takes the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
            event.accept()
            return
        if event.key() == Qt.Key.Key_F9 and self._asks:
            self._answer_all_no()
            event.accept()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """In a line, Enter goes to the next field; with Ctrl it takes the form."""
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._submit()
            else:
                self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    # --- laying out

    def _person(self, offers: Offers) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.setVerticalSpacing(self.theme.px(6))
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._add(grid, 0, "name", Field.NAME, span=2)
        self._add(grid, 2, "phone", Field.PHONE)
        self._add(grid, 2, "birth_year", Field.BIRTH_YEAR, column=1)
        self._add(grid, 4, "id_number", Field.ID_NUMBER)
        caption, sex = Text("caption"), QVBoxLayout()
        caption.say(self._words("form.sex"))
        sex.setSpacing(self.theme.px(2))
        sex.addWidget(caption)
        sex.addWidget(self._sex)
        sex.addStretch(1)
        grid.addLayout(sex, 4, 1)
        self._add(grid, 6, "address", None, span=2)
        self._add(grid, 8, "unit", None, offers=offers.units)
        self._add(grid, 8, "host", None, column=1, offers=offers.hosts)
        self._add(grid, 10, "purpose", None, span=2, offers=offers.purposes)
        return grid

    def _add(
        self,
        grid: QGridLayout,
        row: int,
        name: str,
        field: Field | None,
        *,
        column: int = 0,
        span: int = 1,
        offers: Sequence[str] = (),
    ) -> None:
        caption, line = Text("caption"), QLineEdit()
        caption.say(self._words(f"form.{name}"))
        caption.setBuddy(line)
        line.setAccessibleName(caption.text())
        line.setMinimumHeight(self.theme.px(44))
        line.setMaxLength(200)
        line.installEventFilter(self)
        if offers:
            completer = QCompleter(list(offers), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        cell = QVBoxLayout()
        cell.setSpacing(self.theme.px(2))
        cell.addWidget(caption)
        cell.addWidget(line)
        if field is not None:
            cell.addWidget(self._fault(field))
        cell.addStretch(1)
        grid.addLayout(cell, row, column, 1, span)
        self._lines[name] = line

    def _fault(self, field: Field) -> Text:
        fault = self._faults[field] = Text("fault")
        fault.setWordWrap(True)
        fault.hide()
        return fault

    def _questions(self) -> QVBoxLayout:
        words, px = self._words, self.theme.px
        column = QVBoxLayout()
        column.setSpacing(px(6))
        head = QHBoxLayout()
        heading = Text("label")
        heading.setWordWrap(True)
        heading.say(words("form.questions"))
        all_no = self._all_no
        all_no.say(words("form.all_no"))
        all_no.setFixedHeight(px(44))
        all_no.clicked.connect(self._answer_all_no)
        head.addWidget(heading, 1)
        head.addWidget(all_no)
        column.addLayout(head)
        for question in Question:
            row, asked = QHBoxLayout(), Text()
            asked.setWordWrap(True)
            asked.say(words(f"form.question.{question}"))
            choice = ChoiceRow(self.theme, [words("form.no"), words("form.yes")])
            choice.setFixedWidth(px(180))
            self._answers[question] = choice
            row.addWidget(asked, 1)
            row.addWidget(choice)
            column.addLayout(row)
            if question is Question.TRAVEL:
                self._travel.setPlaceholderText(words("form.travel_where"))
                self._travel.installEventFilter(self)
                column.addWidget(self._travel)
        column.addWidget(self._fault(Field.QUESTIONS))
        column.addStretch(1)
        return column

    # --- taking

    def _answer_all_no(self) -> None:
        """One deliberate press after all were read aloud; nothing is answered before it."""
        for choice in self._answers.values():
            choice.choose(0)

    def form(self) -> GuestForm:
        """The form as it is filled in."""
        sex = self._sex.chosen()
        answers = [
            (question, choice.chosen() == 1)
            for question, choice in self._answers.items()
            if choice.chosen() is not None
        ]
        value = {name: line.text() for name, line in self._lines.items()}
        return GuestForm(
            name=value["name"],
            phone=value["phone"],
            birth_year=value["birth_year"],
            sex=Sex.UNKNOWN if sex is None else _SEXES[sex],
            address=value["address"],
            id_number=value["id_number"],
            destination=Destination(
                unit=" ".join(value["unit"].split()),
                host=" ".join(value["host"].split()),
                purpose=" ".join(value["purpose"].split()),
            ),
            answers=tuple(answers),
            travel=self._travel.text(),
        )

    def _submit(self) -> None:
        form = self.form()
        found = faults(form, self._today, asked=self._asks)
        for field, text in self._faults.items():
            text.setVisible(field in found)
            if field in found:
                text.say(self._words(f"form.fault.{found[field]}"))
        for name, line in self._lines.items():
            line.setProperty("fault", name in {field.value for field in found})
            QApplication.style().unpolish(line)
            QApplication.style().polish(line)
        if not found:
            self._taken(form)
            self.dismiss()
            return
        first = next((name for name in self._lines if name in {f.value for f in found}), None)
        if first is not None:
            self._lines[first].setFocus()


def _values(form: GuestForm) -> dict[str, str]:
    """What stands in the lines of this form."""
    place = form.destination
    return {
        "name": form.name,
        "phone": form.phone,
        "birth_year": form.birth_year,
        "id_number": form.id_number,
        "address": form.address,
        "unit": place.unit,
        "host": place.host,
        "purpose": place.purpose,
    }
