"""How questions are put over the window: a choice, a line, a sheet of their own, a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kiosk.ui.choice_sheet import NONE_MARKED, ChoiceSheet
from kiosk.ui.file_question import FileQuestion
from kiosk.ui.line_sheet import LineSheet
from kiosk.ui.sheet_place import SheetPlace
from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words

MakeSheet = Callable[[Theme, QWidget, Words], Sheet]
"""Makes a sheet over the window, in light, scale and language in force."""


class Ask:
    """Puts one question at a time; one that is asked under a sheet is not asked.

    Thread: the screen's.
    """

    def __init__(
        self, window: QWidget, place: SheetPlace, style: Callable[[], tuple[Theme, Words]]
    ) -> None:
        """Ask nothing yet.

        Args:
            window: what is covered.
            place: where sheets lie.
            style: what is in force, whenever a sheet is made.
        """
        self._window = window
        self._place = place
        self._style = style
        self._files = FileQuestion(window, place)

    def choose(
        self,
        question: Callable[[Words], tuple[str, str]],
        choices: Callable[[Words], Sequence[str]],
        chosen: Callable[[int], None],
        marked: int = NONE_MARKED,
    ) -> None:
        """Call `chosen` with the number of the answer; the one `marked` is Enter's."""

        def make(theme: Theme, over: QWidget, words: Words) -> Sheet:
            back = words("desk.sheet.cancel")
            asked, answers = question(words), choices(words)
            return ChoiceSheet(theme, over, asked, answers, chosen, back, marked)

        self.open(make)

    def line(
        self,
        question: Callable[[Words], tuple[str, str]],
        offers: Sequence[str],
        chosen: Callable[[str], None],
    ) -> None:
        """Call `chosen` with what was typed, or with one of the offers."""
        self.open(
            lambda theme, over, words: LineSheet(
                theme, over, words, question(words), offers, chosen
            )
        )

    def open(self, make: MakeSheet) -> None:
        """Show the sheet that `make` makes."""
        self._place.open(lambda: self._made(make))

    def open_in_turn(self, make: MakeSheet, again: Callable[[], None]) -> None:
        """Show it, or call `again` once nothing covers the window: it may be out of date then."""
        self._place.open_in_turn(lambda: self._made(make), again)

    def file(
        self, question: Callable[[Words], tuple[str, str]], chosen: Callable[[Path], None]
    ) -> None:
        """Call `chosen` with a file; `question` is the title and the kinds of files."""
        _, words = self._style()
        self._files.ask(question(words), chosen)

    def _made(self, make: MakeSheet) -> Sheet:
        theme, words = self._style()
        return make(theme, self._window, words)
