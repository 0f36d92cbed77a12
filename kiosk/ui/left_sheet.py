"""Entered later: when somebody left whose departure nobody recorded."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from kiosk.services.late_paper import departure_fault
from kiosk.ui.hand_sheet import HandSheet
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words


class LeftSheet(HandSheet):
    """Asks for day and time of a departure."""

    enter_takes_it = True

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        who: str,
        came: datetime,
        now: Callable[[], datetime],
        taken: Callable[[str, str], None],
    ) -> None:
        super().__init__(theme, over, 560)
        self._words = words
        self._came = came
        self._now = now
        self._taken = taken
        self.entered.connect(self.submit)
        since = words("late.left_since", time=f"{came:%H:%M}", day=f"{came:%d/%m/%Y}")
        self.title(words("late.left_title", name=who), since)
        grid = self.grid()
        grid.addWidget(self.line("time_out", words("late.left_at")), 0, 0)
        grid.addWidget(self.line("day", words("late.day")), 0, 1)
        self.column.addLayout(grid)
        self.column.addSpacing(theme.px(6))
        self.buttons(words, words("late.left_go"), self.submit, Tone.BRAND)
        self.lines["day"].setText(f"{came:%d/%m/%Y}")

    def open_over(self) -> None:
        """Cover the window; the time has the focus."""
        super().open_over()
        self.lines["time_out"].setFocus()

    def kept(self) -> object:
        """What is typed so far."""
        return {name: line.text() for name, line in self.lines.items()}

    def put_back(self, kept: object) -> None:
        """Type it again."""
        if isinstance(kept, dict):
            for name, text in kept.items():
                self.lines[name].setText(text)

    def submit(self) -> None:
        """Take it, or say what is wrong."""
        day, clock = self.lines["day"].text(), self.lines["time_out"].text()
        fault = departure_fault(day, clock, self._now(), self._came)
        field = "day" if fault == "no_day" else "time_out"
        self.tell({field: self._words(f"late.fault.{fault}")} if fault else {})
        if not fault:
            self.dismiss()
            self._taken(day, clock)
