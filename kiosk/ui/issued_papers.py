"""Papers with codes of our own, made for them: emergency slips and invitations."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from kiosk.domain.person import Person, one_line
from kiosk.domain.screening import Destination, RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.document import Document, Paper
from kiosk.ports.print_jobs import Printed
from kiosk.services.emergency_slip import PAPERS as EMERGENCY
from kiosk.services.emergency_slip import PER_SHEET, emergency_document
from kiosk.services.invitation import Guest, Host, invitation
from kiosk.services.issuing import Minted
from kiosk.ui.asking import Ask
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.paper_printing import PaperPrinting
from kiosk.ui.wording import Words

_SHEETS = (2, 4, 10, 20)
_PIECES = (5, 10, 20, 50)
_FEW_PIECES = (10, 30)
_INVITED = {"today": (0, 0), "tomorrow": (1, 1), "week": (0, 6)}
"""For which days one is invited: the first and the last, counted from today."""


class IssuedPapers:
    """Asks how many, or for whom; has the codes made, and their pages printed.

    Thread: the screen's.
    """

    def __init__(
        self,
        ask: Ask,
        speech: Callable[[], Speech],
        printing: PaperPrinting,
        furnishing: Furnishing,
        rules: RuleCard,
        clock: Clock,
    ) -> None:
        self._choose = ask.choose
        self._ask_line = ask.line
        self._speech = speech
        self._printing = printing
        self._furnishing = furnishing
        self._rules = rules
        self._clock = clock

    def emergency_slips(self) -> None:
        """Numbered slips for the morning when the computer is dead; asks where and how many."""
        self._printing.choose_printer(self._how_many_slips)

    def _how_many_slips(self) -> None:
        """Whole sheets, or what the printer of visitors' slips takes."""
        roll, own = self._printing.roll, self._furnishing.slip_paper
        if roll:
            offers = [(roll, count) for count in _PIECES]
        else:
            offers = [(Paper.A4, sheets * PER_SHEET) for sheets in _SHEETS]
            offers += [(own, count) for count in _FEW_PIECES if own in EMERGENCY]

        def offered(paper: Paper, count: int, words: Words) -> str:
            if paper is Paper.A4:
                sheets = count // PER_SHEET
                return words("printing.emergency_sheets", sheets=sheets, count=count)
            return words(f"printing.emergency_on.{paper}", count=count)

        self._choose(
            lambda words: (
                words("printing.emergency_title"),
                words("printing.emergency_help"),
            ),
            lambda words: [offered(*offer, words) for offer in offers],
            lambda number: self._emergency_slips(*offers[number]),
            marked=0,
        )

    def _emergency_slips(self, paper: Paper, count: int) -> None:
        def page(slips: Sequence[Minted], _now: datetime) -> Document:
            speech, office = self._speech(), self._furnishing.office
            return emergency_document(
                slips, paper, office, self._rules, speech.words, speech.second
            )

        self._printing.put(
            Printed.EMERGENCY_SLIPS,
            str(count),
            lambda office: office.issuing.emergency_slips(count),
            page,
        )

    def invitation(self) -> None:
        """An invitation; asks who, to where, and for which days."""
        nowhere = self._speech().words("printing.invite_nowhere")
        offers = (nowhere, *self._furnishing.offers.units)

        def to(name: str, unit: str) -> None:
            self._choose(
                lambda words: (words("printing.invite_days"), f"{name} · {unit}"),
                lambda words: [words(f"printing.invite_{days}") for days in _INVITED],
                lambda number: self._invite(
                    name, "" if unit == nowhere else unit, tuple(_INVITED.values())[number]
                ),
                marked=0,
            )

        def named(name: str) -> None:
            self._ask_line(
                lambda words: (words("printing.invite_unit"), name),
                offers,
                lambda unit: to(name, unit),
            )

        self._ask_line(
            lambda words: (words("printing.invite_name"), words("printing.invite_name_help")),
            (),
            named,
        )

    def _invite(self, name: str, unit: str, days: tuple[int, int]) -> None:
        first, last = (self._today() + timedelta(days=number) for number in days)
        person, place = Person(one_line(name)), Destination(unit=one_line(unit))

        def page(minted: Minted, _now: datetime) -> Document:
            speech = self._speech()
            host = Host(self._furnishing.office, self._rules, speech.words, speech.second)
            return invitation(Guest(minted, person.name), host)

        self._printing.print(
            Printed.INVITATION,
            first.isoformat(),
            lambda office: office.issuing.invitation(person, first, last, place),
            page,
        )

    def _today(self) -> date:
        return self._clock.now().astimezone(self._speech().zone).date()
