"""What is offered below the lines of the form: the office's lists, places, people known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from kiosk.domain.screening import RuleCard
from kiosk.ports.directory import Known
from kiosk.services.offers import Found, Offer, find_offers
from kiosk.ui.consent_panel import Reading
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.guest_lines import GuestLines
from kiosk.ui.known_words import known_words
from kiosk.ui.line_sheet import meant
from kiosk.ui.offer_list import MOST_NUMBERED, OfferList, Row
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words

_WHOSE = frozenset({"name", "birth", "id_number"})
_FIND_BY = frozenset({"name", "phone", "id_number"})
_GREETED = frozenset({"unit", "host", "purpose"})
_FIRST_LETTERS = 2
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)

Find = Callable[[str, Callable[[Sequence[Known]], None]], None]
"""Looks for people whom the office remembers; answers later."""


@dataclass(frozen=True, slots=True)
class FormDesk:
    """What the form is filled in with at this desk.

    Attributes:
        rules: the rule card in force.
        furnishing: the office's lists and texts.
        today: the local day.
        find: looks for people known.
        wards: looks for wards of a province that were named at this desk before.
        show: shows a text on the visitor's side, or takes it away.
    """

    rules: RuleCard
    furnishing: Furnishing
    today: date
    find: Find
    wards: Callable[[str, Callable[[Sequence[str]], None]], None]
    show: Callable[[Reading | None], None]


class GuestOffers(OfferList):
    """Follows what is typed; the file is asked for people, and nobody waits for its answer."""

    def __init__(
        self, theme: Theme, sheet: QWidget, who: GuestLines, words: Words, desk: FormDesk
    ) -> None:
        super().__init__(theme, sheet)
        self._who = who
        self._words = words
        self._desk = desk
        self._wards: Sequence[Offer] = ()
        self._names = {line: name for name, line in who.lines.items()}
        for name, line in who.lines.items():
            line.textEdited.connect(lambda typed, name=name: self._typed(name, typed))

    def takes_key(self, line: QLineEdit, event: QKeyEvent) -> bool:
        """Whether this key goes no further than the offers; Enter and Tab take and go on."""
        if not self.offers_for(line) and event.text().isdecimal():
            self.greet(line)  # never a unit of one digit, also where the list was closed
        if self.takes_digit(line, event):
            return True
        if event.key() in _TAKING and self.offers_for(line):
            self.take_marked()
            return False
        if self.offers_for(line):
            return self.takes(event)
        if event.key() == Qt.Key.Key_Down:
            self._offer_all(line)
            self.setCurrentRow(0)
            return True
        return False

    def greet(self, line: QLineEdit) -> None:
        """The line has the focus: while it is empty, what can be had for a digit."""
        if self._names.get(line) == "ward":
            self._ask_wards(line)
        elif not line.text().strip() and self._names.get(line) in _GREETED:
            self._offer_all(line)

    def _ask_wards(self, line: QLineEdit) -> None:
        """Those of the province that stands in the form; they are places, and nobody's."""

        def found(wards: Sequence[str]) -> None:
            self._wards = [Offer(ward) for ward in wards]
            if isValid(self) and line.hasFocus() and wards and not line.text().strip():
                self._offer_all(line)

        self._wards = []
        self._desk.wards(self._who.lines["province"].text(), found)

    def _among(self, name: str) -> Sequence[Offer]:
        return self._wards if name == "ward" else self._desk.furnishing.offered(name)

    def _typed(self, name: str, typed: str) -> None:
        """Offer what fits, as far as it is typed."""
        line = self._who.lines[name]
        if name in _WHOSE:
            self._who.person_id = None  # typed over: somebody else, until chosen again
        if among := self._among(name):
            if not typed.strip():
                self._offer_all(line)
                return
            found = find_offers(typed, among)
            values = [one.offer.value for one in found]
            self.show_below(line, self._rows_of(found, line), meant(typed, values))
        elif name in _FIND_BY and self._desk.furnishing.form.suggests:
            self._find(line, typed)

    def _offer_all(self, line: QLineEdit) -> None:
        among = self._among(self._names.get(line, ""))
        self.show_numbered(line, self._rows_of(find_offers("", among, MOST_NUMBERED), line))

    def _rows_of(self, found: Sequence[Found], line: QLineEdit) -> list[Row]:
        def row(one: Found) -> Row:
            name, former = one.offer.value, one.former
            shown = name
            if former and self._names.get(line) == "nationality":  # a name in another language
                shown = f"{name} ({former})"
            elif former:
                shown = self._words("form.formerly", name=name, former=former)

            def take() -> None:
                line.setText(name)
                line.setCursorPosition(0)  # a long name is read from its beginning

            return Row(shown, take)

        return [row(one) for one in found]

    def _find(self, line: QLineEdit, typed: str) -> None:
        if len(typed.strip()) < _FIRST_LETTERS:
            self.hide()
            return

        def found(people: Sequence[Known]) -> None:
            if isValid(self) and line.text() == typed and line.hasFocus():
                self.show_below(line, [self._known(known) for known in people])

        self._desk.find(typed, found)

    def _known(self, known: Known) -> Row:
        return Row(
            known_words(known.person), lambda: self._who.choose(known.person_id, known.person)
        )
