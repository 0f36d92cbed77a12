"""How questions are put over the window: a choice, a line, a sheet of their own, a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from kiosk.ui.sheets import Sheet
from kiosk.ui.theme import Theme
from kiosk.ui.wording import Words


class Choose(Protocol):
    """Opens a sheet with a question and its answers."""

    def __call__(
        self,
        question: Callable[[Words], tuple[str, str]],
        choices: Callable[[Words], Sequence[str]],
        chosen: Callable[[int], None],
        marked: int,
    ) -> None:
        """Call `chosen` with the number of the answer; the one `marked` is Enter's."""


class AskLine(Protocol):
    """Opens a sheet with a line to fill in."""

    def __call__(
        self,
        question: Callable[[Words], tuple[str, str]],
        offers: Sequence[str],
        chosen: Callable[[str], None],
    ) -> None:
        """Call `chosen` with what was typed, or with one of the offers."""


@dataclass(frozen=True, slots=True)
class Ask:
    """How a question is put: `open` takes what makes a sheet, `file` what to do with a file."""

    choose: Choose
    line: AskLine
    open: Callable[[Callable[[Theme, QWidget, Words], Sheet]], None]
    file: Callable[[Callable[[Words], tuple[str, str]], Callable[[Path], None]], None]
