"""The questions of the health declaration on the guest's form, each with yes and no."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.services.form_faults import Fault, Field
from kiosk.services.guest_form import GuestForm, Question
from kiosk.ui.button import ActionButton
from kiosk.ui.controls import ChoiceRow, Text
from kiosk.ui.fault_caption import FaultCaption
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words

_FINGER = 48


class GuestQuestions(QWidget):
    """None is answered by the program; one press answers all with no, once they were read aloud.

    Questions and answers are in the visitor's language; what is the receptionist's stays.

    Attributes:
        answers: by question.
        heading: a fault is told in it.
    """

    def __init__(
        self, theme: Theme, words: Words, keys: QObject, all_no: Callable[[], None]
    ) -> None:
        super().__init__()
        self._words = words
        self.answers: dict[Question, ChoiceRow] = {}
        self._asked: dict[Question, Text] = {}
        self.travel = QLineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        head = QHBoxLayout()
        self.heading = FaultCaption("", "label")
        button = ActionButton(theme, "F9")
        button.say(words("form.all_no"))
        button.setFixedHeight(theme.px(_FINGER))
        button.clicked.connect(all_no)
        head.addWidget(self.heading, 1)
        head.addWidget(button)
        column.addLayout(head)
        for question in Question:
            row, asked = QHBoxLayout(), Text()
            asked.setWordWrap(True)
            self._asked[question] = asked
            choice = ChoiceRow(theme, _answers(words))
            choice.setFixedWidth(theme.px(180))
            choice.changed.connect(self._answered)
            self.answers[question] = choice
            row.addWidget(asked, 1)
            row.addWidget(choice)
            column.addLayout(row)
            if question is Question.TRAVEL:
                self.travel.setMinimumHeight(theme.px(_FINGER))
                self.travel.setMaxLength(200)
                self.travel.installEventFilter(keys)
                column.addWidget(self.travel)
        column.addStretch(1)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Ask in the language of `words`; what was answered stays."""
        self.heading.name(words("form.questions"))
        for question, asked in self._asked.items():
            asked.say(words(f"form.question.{question}"))
            self.answers[question].say(_answers(words))
        self.travel.setPlaceholderText(words("form.travel_where"))
        self.travel.setAccessibleName(words("form.travel_where"))

    def answer_all_no(self) -> None:
        """One deliberate press after all were read aloud; a yes that was said stays a yes."""
        for choice in self.answers.values():
            if choice.chosen() is None:
                choice.choose(0)

    def into(self, form: GuestForm) -> GuestForm:
        """`form` with the answers."""
        said = ((question, choice.chosen()) for question, choice in self.answers.items())
        answers = tuple((question, number == 1) for question, number in said if number is not None)
        return replace(form, answers=answers, travel=self.travel.text())

    def put(self, form: GuestForm) -> None:
        """Give the answers again."""
        for question, yes in form.answers:
            self.answers[question].choose(int(yes))
        self.travel.setText(form.travel)

    def _answered(self) -> None:
        if all(choice.chosen() is not None for choice in self.answers.values()):
            self.heading.tell("")

    def tell(self, found: dict[Field, Fault]) -> None:
        """Say what is wrong with the answers."""
        fault = found.get(Field.QUESTIONS)
        self.heading.tell(self._words(f"form.fault.{fault.code}") if fault else "")


def _answers(words: Words) -> tuple[str, str]:
    return words("form.no"), words("form.yes")
