"""The guest without a phone: one sheet, in the order people speak, and one key lets in."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from kiosk.domain.person import Person, begins_to_agree
from kiosk.services.form_faults import Field, faults
from kiosk.services.guest_form import GuestForm, child_is_asked, is_child
from kiosk.ui.button import ActionButton
from kiosk.ui.guest_checks import GuestChecks
from kiosk.ui.guest_consent import GuestConsent
from kiosk.ui.guest_go import GuestGo
from kiosk.ui.guest_lines import GuestLines
from kiosk.ui.guest_offers import FormDesk, GuestOffers
from kiosk.ui.guest_questions import GuestQuestions
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words

_WIDTH = 1310
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GuestFormSheet(Sheet):
    """Takes the form; what is wrong is said beside the field, and nothing typed is lost."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        desk: FormDesk,
        taken: Callable[[GuestForm], None],
    ) -> None:
        super().__init__(theme, over, _WIDTH)
        self._words = words
        self._desk = desk
        self._taken = taken
        self.throw_away = words("desk.sheet.throw_away")
        self._asks = desk.rules.asks_declaration
        furnished = desk.furnishing.form
        self.who = GuestLines(theme, words, self, furnished.home)
        self.questions = GuestQuestions(theme, words, self, self._answer_all_no)
        self.consent = GuestConsent(
            theme,
            words,
            desk.rules,
            lambda language: furnished.shown(language, desk.rules, desk.furnishing.office.name),
            asks_remembered=furnished.suggests,
        )
        self.consent.reading.connect(desk.show)
        self.consent.turned.connect(self.questions.speak)
        self.checks = GuestChecks(theme, words, desk.rules, self)
        self._go = GuestGo(theme, words)
        self._offers = GuestOffers(theme, self, self.who, words, desk)
        self._lay_out()
        self._connect()
        self._judge()
        self.consent.read_out()

    def _lay_out(self) -> None:
        px, words = self.theme.px, self._words
        self.column.setContentsMargins(px(24), px(10), px(24), px(10))
        self.column.setSpacing(px(6))
        # the hint is for wider words: as high as they are at this width
        self.card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.title(words("form.title"))
        columns = QHBoxLayout()
        columns.setSpacing(px(28))
        columns.addWidget(self.who, 3)
        if self._asks:
            columns.addWidget(self.questions, 2)
        self.column.addLayout(columns)
        self.column.addWidget(self.consent)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        foot.addWidget(self.checks, 1)
        back, group = ActionButton(self.theme, "Esc"), ActionButton(self.theme, "F7")
        back.say(words("desk.sheet.cancel"))
        back.clicked.connect(self.give_up)
        group.say(words("form.group"))
        group.clicked.connect(self._toggle_group)
        self._go.clicked.connect(self._submit)
        for button, width in ((group, 150), (back, 130), (self._go, 310)):
            button.setFixedSize(px(width), px(52))
            foot.addWidget(button)
        self.column.addLayout(foot)

    def _connect(self) -> None:
        for answered in (self._offers.answered, self.who.sex.picked):
            answered.connect(self.focusNextChild)
        for line in (self.who.lines["birth"], self.checks.reading):
            line.textChanged.connect(self._judge)
        self.who.others.textChanged.connect(self._judge)
        for place in ("unit", "host"):
            self.who.lines[place].textChanged.connect(self._judge)
        for choice in self.questions.answers.values():
            choice.changed.connect(self._judge)
        # not `_judge`: that asks anew, and an answer to what is asked anew is forgotten
        self.consent.reading.connect(lambda _: self._say_go())
        for tick in (self.checks.worn, self.checks.clean):
            tick.clicked.connect(self._judge)

    def open_over(self) -> None:
        """Cover the window; the name has the focus."""
        super().open_over()
        self.who.lines["name"].setFocus()

    def dismiss(self) -> None:
        """Go away, on the visitor's side too."""
        super().dismiss()
        self._desk.show(None)

    # --- what is filled in

    def form(self) -> GuestForm:
        """The form as it is filled in."""
        form = self.who.into(GuestForm(name=""))
        if self._asks:
            form = self.questions.into(form)
        return self.checks.into(self.consent.into(form))

    def content(self) -> object:
        """All that is filled in."""
        return self.form()

    def kept(self) -> object:
        """The form as it is filled in, and which of its lines has the focus."""
        here = self.focusWidget()  # also where the window has lost the focus meanwhile
        at = next((name for name, line in self._stops().items() if line is here), "name")
        return self.form(), at, self.who.is_group

    def put_back(self, kept: object) -> None:
        """Go on where it was left."""
        match kept:
            case (GuestForm() as form, str() as at, bool() as group):
                self.fill_again(form)
                self.who.show_group(shown=group)
                self._stops()[at].setFocus()
            case GuestForm() as form:
                self.fill_again(form)
            case _:
                return

    def fill_again(self, form: GuestForm) -> None:
        """Fill it in as it was, with every answer."""
        self.who.put(form)
        if self._asks:
            self.questions.put(form)
        self.consent.put(form)
        self.checks.put(form)
        self._judge()

    def _stops(self) -> dict[str, QWidget]:
        """Where something is typed, by name."""
        beside = {
            "travel": self.questions.travel,
            "temperature": self.checks.reading,
            "others": self.who.others,
        }
        return {**self.who.lines, **beside}

    def is_about(self, person: Person) -> bool:
        """Whether a document may be the guest's own: what is typed of the name agrees with it."""
        return begins_to_agree(self.who.lines["name"].text(), person.name)

    def take_document(self, person: Person) -> bool:
        """Fill in what nobody has typed yet; in a group, of somebody else, write one more line."""
        if self.is_about(person):
            self._offers.hide()
            self.who.fill_in(person)
        elif self.who.is_group:
            self.who.add_companion(person)
        else:
            return False
        return True

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter beside the lines takes the form; ticks have the keys of the desk."""
        if event.key() in _ENTER:
            self._submit()
        elif not (self._has_key(event.key()) or self.checks.takes(event)):
            super().keyPressEvent(event)
            return
        event.accept()

    def _has_key(self, key: int) -> bool:
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_F6: self.consent.switch,
            Qt.Key.Key_F7: self._toggle_group,
            Qt.Key.Key_F8: self.consent.agree,
        }
        if self._asks:
            acts[Qt.Key.Key_F9] = self._answer_all_no
        if act := acts.get(key):
            act()
        return key in acts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys of the lines: Enter goes on, and from the temperature it takes the form."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() != Qt.Key.Key_Escape:
                self.go_on_filling_in()
            if isinstance(watched, QLineEdit):
                return self._line_key(watched, event)
            if isinstance(watched, QPlainTextEdit) and _is_go(event):
                self._submit()
                return True
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._offers.greet(watched)
        if event.type() is QEvent.Type.FocusOut and not self._offers.underMouse():
            self._offers.hide()  # but a finger on an offer is to reach it
        return super().eventFilter(watched, event)

    def _line_key(self, line: QLineEdit, event: QKeyEvent) -> bool:
        if self._offers.takes_key(line, event):
            return True
        if event.key() in _ENTER:
            if _is_go(event) or line is self.checks.reading:
                self._submit()
            else:
                self.focusNextChild()
            return True
        if line is self.checks.reading and self.checks.refuses(event):
            self.checks.takes(event)
            return True
        return False

    # --- taking

    def _toggle_group(self) -> None:
        self.who.show_group(shown=not self.who.is_group)
        if self.who.is_group:
            self.who.others.setFocus()
        else:
            self.who.lines["name"].setFocus()

    def _answer_all_no(self) -> None:
        """After all were read aloud; what is asked next is the temperature."""
        self.questions.answer_all_no()
        self._judge()
        self.checks.reading.setFocus()
        self.checks.reading.selectAll()

    def _judge(self) -> None:
        """Say on the large button what the rules will make of it, and ask who has to be asked."""
        form = self.form()
        self.consent.about(
            represented=is_child(form, self._desk.today),
            child_asked=child_is_asked(form, self._desk.today),
            group=form.others.strip() != "",
        )
        self._say_go()

    def _say_go(self) -> None:
        self._go.judge(self.form(), self._desk.today, self._desk.rules)

    def _submit(self) -> None:
        form = self.form()
        found = faults(form, self._desk.today, self._desk.rules)
        for part in (self.who, self.questions, self.consent, self.checks):
            part.tell(found)
        if not found:
            self._taken(form)
            self.dismiss()
            return
        self._go_to(next(iter(found)))

    def _go_to(self, field: Field) -> None:
        """The first fault has the focus."""
        self._stops().get(field, self).setFocus()  # consent is answered by F8, typed is nothing


def _is_go(event: QKeyEvent) -> bool:
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.key() in _ENTER and bool(control)
