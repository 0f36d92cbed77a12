"""Papers that are asked for by name: lists, closing sheet, poster, test page, and issued ones."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from kiosk.domain.log import Visit
from kiosk.domain.screening import RuleCard
from kiosk.ports.clock import Clock
from kiosk.ports.document import Document, Paper
from kiosk.ports.print_jobs import Printed, copy_of
from kiosk.services.back_office import BackOffice
from kiosk.services.closing import closing_document
from kiosk.services.inside_list import inside_document
from kiosk.services.letterhead import as_copy
from kiosk.services.poster import PAPERS as POSTERS
from kiosk.services.poster import poster
from kiosk.services.register import register_document
from kiosk.services.test_page import test_page
from kiosk.ui.asking import Ask
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.issued_papers import IssuedPapers
from kiosk.ui.paper_printing import PaperPrinting
from kiosk.ui.print_desk import PrintDesk
from kiosk.ui.worker import Worker

_RESOLUTIONS = (203, 300, 600)
_OfDay = tuple[Sequence[Visit], int, str]
"""Visits, how many lines were undone, and the fingerprint of the log."""


class Papers:
    """What the Print page and the log page offer.

    Attributes:
        printing: the way of each to its printer.
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
        self._speech = speech
        self._furnishing = furnishing
        self._clock = clock
        self.printing = PaperPrinting(
            *(ask, speech, office, print_desk, furnishing.rolls, clock, not_read)
        )
        self._issued = IssuedPapers(ask, speech, self.printing, furnishing, rules, clock)

    def ask(self, name: str) -> None:
        """What the Print page offers, by its name there."""
        asked: dict[str, Callable[[], None]] = {
            "register": lambda: self.register(self._today()),
            "copy": lambda: self.register(self._today(), copy=True),
            "inside": self.inside,
            "closing": lambda: self.closing(self._today()),
            "emergency": self._issued.emergency_slips,
            "test": self.test_page,
            "invitation": self._issued.invitation,
            "poster": self.poster,
        }
        asked[name]()

    def register(self, day: date, *, copy: bool = False) -> None:
        """The register of a day, or a copy of it."""

        def fetch(office: BackOffice) -> _OfDay:
            found = office.day(day)
            return found.visits, found.undone, office.logbook.fingerprint()

        def page(answer: _OfDay, now: datetime) -> Document:
            visits, undone, mark = answer
            speech, office = self._speech(), self._furnishing.office
            words, zone = speech.words, speech.zone
            document = register_document(visits, office, day, now, mark, words, zone, undone)
            return as_copy(document, words) if copy else document

        iso = day.isoformat()
        subject = copy_of(iso) if copy else iso
        self.printing.print(Printed.REGISTER, subject, fetch, page, subject)

    def closing(self, day: date) -> None:
        """The closing sheet of a day."""

        def fetch(office: BackOffice) -> _OfDay:
            return office.to_close(day), office.undone(day), office.logbook.fingerprint()

        def page(answer: _OfDay, now: datetime) -> Document:
            visits, undone, mark = answer
            speech, office = self._speech(), self._furnishing.office
            words, zone = speech.words, speech.zone
            return closing_document(visits, office, day, now, mark, words, zone, undone)

        self.printing.print(Printed.CLOSING, day.isoformat(), fetch, page, day.isoformat())

    def inside(self) -> None:
        """Who is inside."""

        def page(visits: Sequence[Visit], now: datetime) -> Document:
            speech = self._speech()
            return inside_document(visits, self._furnishing.office, now, speech.words, speech.zone)

        self.printing.print(Printed.INSIDE, "", lambda office: office.logbook.inside(), page)

    def test_page(self) -> None:
        """Every letter and a ladder of codes; asks how fine the printer is."""

        def chosen(number: int) -> None:
            dpi = _RESOLUTIONS[number]
            self.printing.print(
                Printed.TEST_PAGE,
                "",
                lambda _office: dpi,
                lambda dpi, _now: test_page(
                    self.printing.roll or Paper.A4, dpi, self._speech().words
                ),
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
            lambda number: self.printing.print(
                Printed.POSTER, "", lambda _office: POSTERS[number], page
            ),
            marked=0,
        )

    def _today(self) -> date:
        return self._clock.now().astimezone(self._speech().zone).date()
