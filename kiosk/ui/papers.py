"""Papers that are asked for: lists, closing sheet, slips, invitation, poster, test page."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from kiosk.domain.log import Visit
from kiosk.domain.person import Person, one_line
from kiosk.domain.screening import Destination, RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.document import Document, Paper
from kiosk.ports.print_jobs import Printed, copy_of
from kiosk.services.back_office import BackOffice
from kiosk.services.closing import closing_document
from kiosk.services.emergency_slip import PAPERS as EMERGENCY
from kiosk.services.emergency_slip import PER_SHEET, emergency_document
from kiosk.services.inside_list import inside_document
from kiosk.services.invitation import Guest, Host, invitation
from kiosk.services.issuing import Minted
from kiosk.services.letterhead import as_copy
from kiosk.services.poster import PAPERS as POSTERS
from kiosk.services.poster import poster
from kiosk.services.register import register_document
from kiosk.services.test_page import test_page
from kiosk.ui.asking import Ask
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.print_desk import Errand, PrintDesk
from kiosk.ui.wording import Words
from kiosk.ui.worker import Worker

Answer = TypeVar("Answer")

_SHEETS = (2, 4, 10, 20)
_PIECES = (5, 10, 20, 50)
_FEW_PIECES = (10, 30)
_INVITED = {"today": (0, 0), "tomorrow": (1, 1), "week": (0, 6)}
"""For which days one is invited: the first and the last, counted from today."""

_RESOLUTIONS = (203, 300, 600)


class Papers:
    """Asks where to print, fetches what goes on the page, and hands it to the print desk.

    Thread: the screen's.
    """

    def __init__(
        self,
        ask: Ask,
        speech: Callable[[], Speech],
        office: Worker[BackOffice],
        print_desk: PrintDesk,
        furnishing: Furnishing,
        rules: RuleCard,
        clock: Clock,
        not_read: Callable[[Exception], None],
    ) -> None:
        self._choose = ask.choose
        self._ask_line = ask.line
        self._speech = speech
        self._office = office
        self._print_desk = print_desk
        self._furnishing = furnishing
        self._rules = rules
        self._clock = clock
        self._not_read = not_read
        self._last: str | None = None

    def ask(self, name: str) -> None:
        """What the Print page offers, by its name there."""
        asked: dict[str, Callable[[], None]] = {
            "register": lambda: self.register(self._today()),
            "copy": lambda: self.register(self._today(), copy=True),
            "inside": self.inside,
            "closing": lambda: self.closing(self._today()),
            "emergency": self.emergency_slips,
            "test": self.test_page,
            "invitation": self.invitation,
            "poster": self.poster,
        }
        asked[name]()

    def register(self, day: date, *, copy: bool = False) -> None:
        """The register of a day, or a copy of it."""

        def fetch(office: BackOffice) -> tuple[Sequence[Visit], str]:
            return office.day(day), office.logbook.fingerprint()

        def page(answer: tuple[Sequence[Visit], str], now: datetime) -> Document:
            visits, mark = answer
            speech, office = self._speech(), self._furnishing.office
            words = speech.words
            document = register_document(visits, office, day, now, mark, words, speech.zone)
            return as_copy(document, words) if copy else document

        iso = day.isoformat()
        subject = copy_of(iso) if copy else iso
        self.print(Printed.REGISTER, subject, fetch, page, subject)

    def closing(self, day: date) -> None:
        """The closing sheet of a day."""

        def fetch(office: BackOffice) -> tuple[Sequence[Visit], str]:
            return office.to_close(day), office.logbook.fingerprint()

        def page(answer: tuple[Sequence[Visit], str], now: datetime) -> Document:
            visits, mark = answer
            speech, office = self._speech(), self._furnishing.office
            return closing_document(visits, office, day, now, mark, speech.words, speech.zone)

        self.print(Printed.CLOSING, day.isoformat(), fetch, page, day.isoformat())

    def inside(self) -> None:
        """Who is inside."""

        def page(visits: Sequence[Visit], now: datetime) -> Document:
            speech = self._speech()
            return inside_document(visits, self._furnishing.office, now, speech.words, speech.zone)

        self.print(Printed.INSIDE, "", lambda office: office.logbook.inside(), page)

    def emergency_slips(self) -> None:
        """Numbered slips for the morning when the computer is dead; asks where and how many."""
        self.choose_printer(self._how_many_slips)

    def _how_many_slips(self) -> None:
        """Whole sheets, or what the printer of visitors' slips takes."""
        roll, own = self._roll(), self._furnishing.slip_paper
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

        self._put(
            Printed.EMERGENCY_SLIPS,
            str(count),
            lambda office: office.issuing.emergency_slips(count),
            page,
        )

    def test_page(self) -> None:
        """Every letter and a ladder of codes; asks how fine the printer is."""

        def chosen(number: int) -> None:
            dpi = _RESOLUTIONS[number]
            self.print(
                Printed.TEST_PAGE,
                "",
                lambda _office: dpi,
                lambda dpi, _now: test_page(self._roll() or Paper.A4, dpi, self._speech().words),
            )

        self._choose(
            lambda words: (words("printing.test_title"), words("printing.test_help")),
            lambda words: [words("printing.test_dpi", dpi=dpi) for dpi in _RESOLUTIONS],
            chosen,
            marked=_RESOLUTIONS.index(600),
        )

    def poster(self) -> None:
        """The poster of the place; asks on which paper."""

        def page(paper: Paper, _now: datetime) -> Document:
            speech, at = self._speech(), self._furnishing
            text, row = at.poster_text, at.poster_signs
            return poster(text, row, at.office, paper, speech.words, speech.second)

        self._choose(
            lambda words: (words("poster.choose_title"), words("poster.choose_help")),
            lambda _words: [paper.value.upper() for paper in POSTERS],
            lambda number: self.print(Printed.POSTER, "", lambda _office: POSTERS[number], page),
            marked=0,
        )

    def _roll(self) -> Paper | None:
        """Of the chosen printer, where it has one."""
        return self._furnishing.rolls.get(self._last or "")

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

        self.print(
            Printed.INVITATION,
            first.isoformat(),
            lambda office: office.issuing.invitation(person, first, last, place),
            page,
        )

    def _today(self) -> date:
        return self._clock.now().astimezone(self._speech().zone).date()

    def print(
        self,
        printed: Printed,
        subject: str,
        fetch: Callable[[BackOffice], Answer],
        page: Callable[[Answer, datetime], Document],
        named: str = "",
    ) -> None:
        """Ask where, fetch what goes on the page, and print it."""
        self.choose_printer(lambda: self._put(printed, subject, fetch, page, named))

    def _put(
        self,
        printed: Printed,
        subject: str,
        fetch: Callable[[BackOffice], Answer],
        page: Callable[[Answer, datetime], Document],
        named: str = "",
    ) -> None:
        """Fetch what goes on the page, and print it where was chosen."""

        def fetched(answer: Answer) -> None:
            now = self._clock.now()
            name = named or f"{now.astimezone(self._speech().zone):%Y-%m-%d-%H%M%S}"
            errand = Errand(page(answer, now), printed, subject, f"{printed}-{name}.pdf")
            self._print_desk.print(errand, self._last or "")

        self._office.ask(fetch, fetched, self._not_read)

    def choose_printer(self, go: Callable[[], None]) -> None:
        """Ask where; the printer used last is Enter's."""
        wanted = self._print_desk.target if self._last is None else self._last
        names = self.places(wanted)

        def chosen(number: int) -> None:
            self._last = names[number]
            go()

        self._choose(
            lambda words: (words("desk.sheet.print_title"), ""),
            lambda words: [name or words("desk.sheet.print_to_pdf") for name in names],
            chosen,
            marked=0,
        )

    def places(self, first: str) -> list[str]:
        """The printers and, as "", the PDF file; `first` before the others."""
        names = [*self._print_desk.printers.names, ""]
        return sorted(names, key=lambda name: name != first)
