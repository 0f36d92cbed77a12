"""A question that is answered with one line; the office's own answers are offered below it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.domain.admission import LONGEST_OWN_WORDS, own_words
from kiosk.domain.person import fold
from kiosk.ui.button import ActionButton
from kiosk.ui.choice_sheet import NONE_MARKED
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words

_MOST_OFFERS = 9


class LineSheet(Sheet):
    """One line of text; with offers, typing narrows them and a press takes one."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        question: tuple[str, str],
        offers: Sequence[str],
        chosen: Callable[[str], None],
    ) -> None:
        super().__init__(theme, over, 560)
        self._offers = tuple(offers)
        self._chosen = chosen
        self._words = words
        self.title(*question)
        self.line = QLineEdit()
        self.line.setMinimumHeight(theme.px(48))
        if offers:
            self.line.setPlaceholderText(words("desk.sheet.type_or_choose"))
        self.column.addWidget(self.line)
        self._buttons: list[ActionButton] = []
        for _ in self._offers[:_MOST_OFFERS]:
            button = ActionButton(theme)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFixedHeight(theme.px(44))
            button.clicked.connect(lambda _=False, button=button: self._choose(button.title))
            self._buttons.append(button)
            self.column.addWidget(button)
        self.column.addSpacing(theme.px(6))
        self.buttons(words, words("desk.sheet.ok"), self._enter, Tone.BRAND)
        self.line.textChanged.connect(self._narrow)
        self.line.installEventFilter(self)
        self._marked = NONE_MARKED
        self._narrow("")

    def open_over(self) -> None:
        """Cover the window; the line has the focus."""
        super().open_over()
        self.line.setFocus()

    def kept(self) -> object:
        """What is in the line."""
        return self.line.text()

    def put_back(self, kept: object) -> None:
        """Write it again."""
        self.line.setText(str(kept))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows, digits, Enter and Escape while the line has the focus."""
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
        ):
            return self._line_key(event)
        return super().eventFilter(watched, event)

    def _line_key(self, event: QKeyEvent) -> bool:
        shown = self._shown()
        number = event.key() - Qt.Key.Key_1
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._mark((self._marked + step) % len(shown))
        elif not self.line.text() and 0 <= number < len(shown):
            self._choose(shown[number].title)
        else:
            return False
        return True

    def _narrow(self, typed: str) -> None:
        """Show the offers that hold what was typed, without looking at diacritics."""
        found = [offer for offer in self._offers if fold(typed) in fold(offer)]
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(found))
            if number < len(found):
                button.key = "" if typed else str(number + 1)
                button.say(found[number])
        self._mark(meant(typed, found))
        self.ask_on()

    def _shown(self) -> list[ActionButton]:
        return [button for button in self._buttons if not button.isHidden()]

    def _mark(self, number: int) -> None:
        self._marked = number
        for at, button in enumerate(self._shown()):
            button.paint_as(Tone.BRAND if at == number else Tone.PLAIN, full=False)

    def _enter(self) -> None:
        shown = self._shown()
        if 0 <= self._marked < len(shown):
            self._choose(shown[self._marked].title)
        else:
            self._choose(self.line.text())

    def _choose(self, text: str) -> None:
        if not text.strip():
            self.insist(self._words("desk.sheet.empty"))
            return
        self.dismiss()
        self._chosen(" ".join(text.split()))


def meant(typed: str, found: Sequence[str]) -> int:
    """Which offer Enter takes: none where whole words, spelled out, may be meant as they stand."""
    wanted = " ".join(fold(typed).split())
    said = [" ".join(fold(offer).split()) for offer in found]
    if not wanted or not found:
        return NONE_MARKED
    if wanted in said:
        return said.index(wanted)
    as_written = f" {' '.join(typed.casefold().split())} "
    whole_words = any(as_written in f" {offer.casefold()} " for offer in found)
    return NONE_MARKED if whole_words else 0


class CodeSheet(LineSheet):
    """Where a slip's or a document's number is typed; a code that is shown answers it, too."""

    def __init__(
        self, theme: Theme, over: QWidget, words: Words, chosen: Callable[[str], None]
    ) -> None:
        question = words("desk.sheet.typed_title"), words("desk.sheet.typed_help")
        super().__init__(theme, over, words, question, (), chosen)


class OwnWordsSheet(LineSheet):
    """Why somebody is turned away, in the receptionist's own words: short, and with letters."""

    def __init__(
        self, theme: Theme, over: QWidget, words: Words, chosen: Callable[[str], None]
    ) -> None:
        question = words("desk.sheet.own_words_title"), words("desk.sheet.own_words_help")
        super().__init__(theme, over, words, question, (), chosen)
        self.line.setMaxLength(LONGEST_OWN_WORDS)

    def _choose(self, text: str) -> None:
        said = own_words(text)
        super()._choose(said if any(map(str.isalpha, said)) else "")
