"""Entered later: an emergency slip is typed in as it was written."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kiosk.domain.admission import refusable
from kiosk.domain.person import Person, begins_to_agree
from kiosk.domain.recognition import Recognised
from kiosk.domain.screening import Declared, Destination, RuleCard
from kiosk.services.late_paper import Paper, contradicts, late_faults
from kiosk.ui.controls import ChoiceRow
from kiosk.ui.furnishing import Offers
from kiosk.ui.hand_sheet import HandSheet, said_of
from kiosk.ui.theme import Theme, Tone
from kiosk.ui.wording import Words, degrees

_WIDTH = 1080
_DECLARED = (Declared.CLEAR, Declared.SIGNS)


class LateSheet(HandSheet):
    """Takes what stands on paper; nothing is answered beforehand but the day."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        words: Words,
        rules: RuleCard,
        offers: Offers,
        slip: Recognised,
        now: Callable[[], datetime],
        taken: Callable[[Paper], None],
    ) -> None:
        super().__init__(theme, over, _WIDTH)
        self._words = words
        self.throw_away = words("desk.sheet.throw_away")
        self._rules = rules
        self._printed_on = slip.slip_day
        self._now = now
        self._taken = taken
        self._person_id: str | None = None
        self._asked_about: Paper | None = None
        self._ticks: dict[str, ChoiceRow] = {}
        self._declared = ChoiceRow(theme, [words(f"late.declared.{said}") for said in _DECLARED])
        self._verdict = ChoiceRow(theme, [words("late.admitted"), words("late.refused")])
        reasons = self._refusable = refusable(rules)
        self._reasons = ChoiceRow(theme, [words(f"reasons.{reason}") for reason in reasons], 2)
        self.entered.connect(self.submit)
        self.title(_title(slip, words), words("late.intro"))
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(32))
        columns.addLayout(self.who(words, offers), 1)
        columns.addLayout(self._what(), 1)
        self.column.addLayout(columns)
        self.column.addSpacing(theme.px(6))
        self.buttons(words, words("late.go"), self.submit, Tone.ADMIT, "Ctrl Enter")
        self.lines["day"].setText(f"{now():%d/%m/%Y}")
        self._verdict.changed.connect(self._show_reasons)
        self.lines["name"].textEdited.connect(self._somebody_else)
        self._show_reasons()

    def open_over(self) -> None:
        """Cover the window; the name has the focus."""
        super().open_over()
        self.lines["name"].setFocus()

    def content(self) -> object:
        """All that is filled in."""
        return self.paper()

    def kept(self) -> object:
        """What is typed so far."""
        return self.paper()

    def put_back(self, kept: object) -> None:
        """Type it again."""
        if not isinstance(kept, Paper):
            return
        self._person_id = kept.person_id
        place = kept.destination
        for name, line in self.lines.items():
            line.setText(getattr(place if name in ("unit", "host", "purpose") else kept, name))
        for name, row in self._ticks.items():
            if getattr(kept, name):
                row.choose(0)
        if kept.declared in _DECLARED:
            self._declared.choose(_DECLARED.index(kept.declared))
        if kept.admitted is not None:
            self._verdict.choose(0 if kept.admitted else 1)
        if kept.refused_for in self._refusable:
            self._reasons.choose(self._refusable.index(kept.refused_for))
        self._show_reasons()

    def take_document(self, person: Person, person_id: str | None = None) -> bool:
        """Fill in what nobody has typed yet; False where another name is typed."""
        if not begins_to_agree(self.lines["name"].text(), person.name):
            return False
        self._person_id = person_id
        for name, text in said_of(person).items():
            if not self.lines[name].text().strip():
                self.lines[name].setText(text)
        return True

    def paper(self) -> Paper:
        """What is typed."""
        said = {name: line.text() for name, line in self.lines.items()}
        place = {name: " ".join(said[name].split()) for name in ("unit", "host", "purpose")}
        declared, verdict = self._declared.chosen(), self._verdict.chosen()
        reason = self._reasons.chosen() if verdict == 1 else None
        ticked = {name for name, row in self._ticks.items() if row.chosen() == 0}
        return Paper(
            name=said["name"],
            birth=said["birth"],
            phone=said["phone"],
            id_number=said["id_number"],
            destination=Destination(**place),
            day=said["day"],
            time_in=said["time_in"],
            time_out=said["time_out"],
            temperature=said.get("temperature", ""),
            mask="mask" in ticked,
            hands="hands" in ticked,
            declared=Declared.NOT_YET if declared is None else _DECLARED[declared],
            admitted=None if verdict is None else verdict == 0,
            refused_for=None if reason is None else self._refusable[reason],
            person_id=self._person_id,
        )

    def submit(self) -> None:
        """Take it, or say what is wrong; what the rules would not do is taken when said twice."""
        paper = self.paper()
        faults = late_faults(paper, self._now(), self._printed_on)
        self.tell({field: self._words(f"late.fault.{fault}") for field, fault in faults.items()})
        doubted = not faults and paper != self._asked_about and contradicts(paper, self._rules)
        self._asked_about = paper if doubted else None
        if doubted:
            self.insist(self._doubt(paper))
        elif faults:
            self.ask_on()
        else:
            self.dismiss()
            self._taken(paper)

    def _doubt(self, paper: Paper) -> str:
        """What on it the rules do not let in, as a question."""
        words, seen, said = self._words, paper.checklist, []
        if seen.readings and seen.readings[-1] >= self._rules.fever_from:
            said.append(words("late.so_warm", reading=degrees(seen.readings[-1], words.language)))
        if seen.declared is Declared.SIGNS:
            said.append(words("late.declared.signs"))
        return words("late.is_it_so", what=" · ".join(said), go=words("late.go"))

    # --- laying out

    def _what(self) -> QGridLayout:
        grid, asked, rules = self.grid(), self._words, self._rules
        for column, name in enumerate(("day", "time_in", "time_out")):
            grid.addWidget(self.line(name, asked(f"late.{name}")), 0, 2 * column, 1, 2)
        row = 1
        if rules.health_step:
            grid.addWidget(self.line("temperature", asked("late.temperature")), 1, 0, 1, 2)
            for column, (name, is_asked) in enumerate(
                (("mask", rules.asks_mask), ("hands", rules.asks_hands)), start=1
            ):
                if is_asked:
                    grid.addWidget(self._tick(name), 1, 2 * column, 1, 2)
            row = 2
        if rules.asks_declaration:
            declared = self.field("declared", asked("late.declaration"), self._declared)
            grid.addWidget(declared, row, 0, 1, 6)
        verdict = self.field("verdict", asked("late.verdict"), self._verdict)
        grid.addWidget(verdict, row + 1, 0, 1, 6)
        grid.addWidget(self._reasons, row + 2, 0, 1, 6)
        grid.setRowStretch(row + 3, 1)
        return grid

    def _tick(self, name: str) -> QWidget:
        words = self._words
        tick = self._ticks[name] = ChoiceRow(self.theme, [words("late.yes"), words("late.no")])
        return self.field(name, words(f"late.{name}"), tick)

    def go_on_filling_in(self) -> None:
        """Something else is typed: what was asked about is no longer asked."""
        super().go_on_filling_in()
        if self._asked_about is not None and self._asked_about != self.paper():
            self._asked_about = None
            self.ask_on()

    def _somebody_else(self) -> None:
        """The name is typed over: it is nobody's card any more."""
        self._person_id = None

    def _show_reasons(self) -> None:
        self._reasons.setVisible(self._verdict.chosen() == 1)


def _title(slip: Recognised, words: Words) -> str:
    if slip.slip_day is None:
        return words("late.title_forgotten")
    return words("late.title", number=slip.slip_number, day=f"{slip.slip_day:%d/%m/%Y}")
