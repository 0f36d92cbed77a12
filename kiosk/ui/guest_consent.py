"""What the visitor reads of their data on the guest's form, and what they answer to it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.screening import RuleCard
from kiosk.services.consent_text import ConsentText
from kiosk.services.form_faults import Fault, Field
from kiosk.services.guest_form import Agreed, GuestForm
from kiosk.ui.button import ActionButton
from kiosk.ui.consent_panel import Reading
from kiosk.ui.controls import ChoiceRow, Text
from kiosk.ui.fault_caption import FaultCaption
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Language, Words

_ASKED = ("visit", "child", "remembered")
_YES, _NO = 0, 1


class GuestConsent(QWidget):
    """The text in the visitor's language. Nothing is ticked; no about being remembered is no harm.

    Where an order of the law is followed it is shown instead, and there is nothing to agree to.

    Signals:
        reading: a Reading for the visitor's side.
        turned: the Words of another language, in which the visitor is asked from now on.

    Attributes:
        choices: by what is asked.
        questions: the same; a fault is told in the first.
        language: the visitor's.
    """

    reading = Signal(object)
    turned = Signal(object)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        rules: RuleCard,
        text: Callable[[Language], tuple[ConsentText, str]],
        *,
        asks_remembered: bool,
    ) -> None:
        """Lay out the text and the questions.

        Args:
            theme: sizes.
            words: the screen's language, in which faults are told.
            rules: say whether consent is asked.
            text: the text of a language, and how it reads with the office's names.
            asks_remembered: whether the office offers to remember people.
        """
        super().__init__()
        self._words = words
        self._rules = rules
        self._text = text
        self._asks_remembered = asks_remembered
        self._represented = self._child_asked = self._group = False
        self.language = words.language
        self._spoken = words
        self._shown = Text("soft")
        self._shown.setWordWrap(True)
        self._switch = ActionButton(theme, "F6")
        self._switch.setFixedSize(theme.px(150), theme.px(48))
        self._switch.icon_name = "languages"
        self._switch.clicked.connect(self.switch)
        self.choices: dict[str, ChoiceRow] = {}
        self.questions: dict[str, FaultCaption] = {}
        self._cells: dict[str, QWidget] = {}
        self._asked: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        top.addWidget(self._shown, 1)
        top.addWidget(self._switch)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(theme.px(24))
        for name in _ASKED:
            row.addWidget(self._question(theme, name), 1)
        column.addLayout(row)
        self._render()

    def _question(self, theme: Theme, name: str) -> QWidget:
        cell = self._cells[name] = QWidget()
        inner = QHBoxLayout(cell)
        inner.setContentsMargins(0, 0, 0, 0)
        asked = self.questions[name] = FaultCaption("", "")
        keys = () if name == "remembered" else ("F8",)
        choice = ChoiceRow(theme, _answers(self._spoken), keys=keys)
        choice.setFixedWidth(theme.px(210))
        choice.changed.connect(lambda: asked.tell(""))
        choice.changed.connect(self.read_out)
        self.choices[name] = choice
        inner.addWidget(asked, 1)
        inner.addWidget(choice)
        return cell

    def switch(self) -> None:
        """All in the other language, to be agreed to anew; a no stays."""
        refused = [name for name in _ASKED if self.choices[name].chosen() == _NO]
        self._spoken = self._spoken.in_other()
        self.language = self._spoken.language
        for choice in self.choices.values():
            choice.say(_answers(self._spoken))
        self._render()
        self.turned.emit(self._spoken)
        for name in refused:
            self.choices[name].choose(_NO)

    def agree(self) -> None:
        """One yes that was spoken, to what is asked next: the visit, then the child itself.

        Each answer is somebody's own, and a no is taken back at its own button only.
        """
        asked = [name for name in ("visit", "child") if not self._cells[name].isHidden()]
        for name in asked:
            said_no = self.choices[name].chosen() == _NO
            self.questions[name].tell(self._words("form.said_no") if said_no else "")
        unanswered = [name for name in asked if self.choices[name].chosen() is None]
        if unanswered:
            self.choices[unanswered[0]].choose(_YES)

    def about(self, *, represented: bool, child_asked: bool, group: bool) -> None:
        """Who is asked: a guest, with whoever comes along, a child's representative, the child."""
        self._represented, self._child_asked, self._group = represented, child_asked, group
        self._render()

    def _render(self) -> None:
        text, shown = self._text(self.language)
        self._shown.setText(shown)
        self._switch.say(self._words(f"form.read_in.{self.language.other}"))
        alone = text.group_question if self._group else text.visit_question
        asked = {
            "visit": text.guardian_question if self._represented else alone,
            "child": text.child_question,
            "remembered": text.remembered_question,
        }
        wanted = {
            "visit": self._rules.asks_consent,
            "child": self._rules.asks_consent and self._child_asked,
            "remembered": self._asks_remembered,
        }
        for name, question in asked.items():
            if self._asked.get(name, question) != question:
                self.choices[name].forget()  # it was said to another text, or by somebody else
            self._asked[name] = question
            self.questions[name].name(question)
            self.choices[name].setAccessibleName(question)
            self._cells[name].setVisible(wanted[name])
        self.read_out()

    def read_out(self) -> None:
        """Put text, questions and answers on the visitor's side, in the visitor's language."""
        yes, no = _answers(self._spoken)
        said = {_YES: yes, _NO: no, None: ""}
        asked = (
            (self._asked[name], said[self.choices[name].chosen()])
            for name in _ASKED
            if name in self._asked and not self._cells[name].isHidden()
        )
        self.reading.emit(Reading(self._shown.text(), tuple(asked)))

    def into(self, form: GuestForm) -> GuestForm:
        """`form` with what was answered, and to which text."""
        said = {name: self._answer(name) for name in _ASKED}
        text, _ = self._text(self.language)
        version = text.version_under(self._rules)
        return replace(form, agreed=Agreed(**said, text=version, language=text.language))

    def _answer(self, name: str) -> bool | None:
        chosen = self.choices[name].chosen()
        return None if chosen is None or self._cells[name].isHidden() else chosen == _YES

    def put(self, form: GuestForm) -> None:
        """Answer it again."""
        if form.agreed.language and form.agreed.language != self.language:
            self.switch()
        said: Mapping[str, bool | None] = {name: getattr(form.agreed, name) for name in _ASKED}
        for name, yes in said.items():
            if yes is not None:
                self.choices[name].choose(_YES if yes else _NO)

    def tell(self, found: dict[Field, Fault]) -> None:
        """Say what is wrong with the answers."""
        fault = found.get(Field.CONSENT)
        self.questions["visit"].tell(self._words(f"form.fault.{fault.code}") if fault else "")


def _answers(words: Words) -> tuple[str, str]:
    return words("form.agree"), words("form.disagree")
