"""Staff on the Print page: a list is imported, a card issued anew, a card or code taken back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kiosk.domain.person import fold
from kiosk.ports.document import Document
from kiosk.ports.print_jobs import Printed
from kiosk.ports.staff import Member
from kiosk.services.back_office import BackOffice
from kiosk.services.staff_cards import staff_cards
from kiosk.services.staff_import import Printable
from kiosk.services.staff_office import Holder, Preview, meant
from kiosk.ui.asking import Ask
from kiosk.ui.choice_sheet import NONE_MARKED
from kiosk.ui.desk_words import Speech
from kiosk.ui.furnishing import Furnishing
from kiosk.ui.papers import Papers
from kiosk.ui.print_desk import PrintDesk
from kiosk.ui.staff_sheets import StaffListSheet, TakeBackSheet
from kiosk.ui.staff_words import totals
from kiosk.ui.theme import Tone
from kiosk.ui.worker import Worker


class StaffErrands(QObject):
    """Asks, shows what would be done, and does it after a press.

    Signals:
        told: key, Tone and values of a sentence, for the notice.
        changed: people or cards are other ones now.
    Thread: the screen's.
    """

    told = Signal(str, object, object)
    changed = Signal()

    def __init__(
        self,
        ask: Ask,
        papers: Papers,
        speech: Callable[[], Speech],
        office: Worker[BackOffice],
        print_desk: PrintDesk,
        furnishing: Furnishing,
    ) -> None:
        super().__init__()
        self._ask = ask
        self._papers = papers
        self._speech = speech
        self._office = office
        self._print_desk = print_desk
        self._furnishing = furnishing

    def open(self) -> None:
        """What is to be done?"""
        errands = {"import": self._import, "anew": self._anew, "back": self._back}
        names = tuple(errands)
        self._ask.choose(
            lambda words: (words("cards.desk.title"), ""),
            lambda words: [words(f"cards.desk.{name}") for name in names],
            lambda number: errands[names[number]](),
            marked=0,
        )

    # --- a list

    def _import(self) -> None:
        self._ask.file(
            lambda words: (words("cards.desk.file"), words("cards.desk.kinds")), self.read
        )

    def read(self, path: Path) -> None:
        """Look at the list in this file, aside from the desk's own file."""

        def rows_read(rows: Sequence[Sequence[str]] | str) -> None:
            if isinstance(rows, str):
                self._tell(f"cards.file.{rows}", Tone.REFUSE, file=path.name)
                return
            self._look_at(rows, path.name)

        self._print_desk.read_list(path, rows_read)

    def _look_at(self, rows: Sequence[Sequence[str]], name: str) -> None:
        """Show what keeping the list would do; looked at anew where another sheet came first."""

        def looked_at(preview: Preview | None) -> None:
            if preview is None:
                self._tell("cards.list.no_headings", Tone.REFUSE)
                return
            self._ask.open_in_turn(
                lambda theme, over, words: StaffListSheet(
                    theme, over, words, name, preview, lambda: self._keep(preview)
                ),
                lambda: self._look_at(rows, name),
            )

        self._office.ask(lambda office: office.staff.look_at(rows), looked_at, self._lost)

    def _keep(self, preview: Preview) -> None:
        found = totals(preview.planned)

        def kept(_cards: tuple[Printable, ...]) -> None:
            self._tell("cards.list.kept_without_cards", people=found["people"])
            self.changed.emit()

        if found["cards"]:
            self._tell("cards.list.not_kept_yet", people=found["people"])
            self._print(str(found["cards"]), lambda office: office.staff.keep(preview.planned))
        else:
            self._office.ask(lambda office: office.staff.keep(preview.planned), kept, self._lost)

    # --- one card, one code

    def _anew(self) -> None:
        def known(members: Sequence[Member]) -> None:
            offers: dict[str, list[Member]] = {}
            for member in members:
                offers.setdefault(_offer(member), []).append(member)
            self._ask.line(
                lambda words: (words("cards.desk.anew_title"), words("cards.desk.anew_help")),
                sorted(offers),
                lambda typed: self._issue_anew(typed, _said(typed, offers)),
            )

        self._office.ask(lambda office: office.staff.members(), known, self._lost)

    def _issue_anew(self, typed: str, found: Sequence[Member]) -> None:
        if len(found) != 1:
            self._none_or_several(typed, len(found))
            return
        self._print("1", lambda office: (office.staff.card_anew(found[0]),))

    def _back(self) -> None:
        def looked_up(typed: str, holders: Sequence[Holder]) -> None:
            if len(holders) == 1:
                self._take_back(holders[0])
            else:
                self._none_or_several(typed, len(holders))

        def chosen(typed: str) -> None:
            self._office.ask(
                lambda office: office.staff.holders(typed),
                lambda holders: looked_up(typed, holders),
                self._lost,
            )

        def shown(code: str, sheet: TakeBackSheet) -> None:
            def known(holders: Sequence[Holder]) -> None:
                if sheet.is_gone:
                    return
                if len(holders) != 1:  # anybody's card may come into view: nothing of it is told
                    self._tell("cards.desk.not_ours", Tone.REFUSE)
                    return
                sheet.dismiss()
                self._take_back(holders[0])

            self._office.ask(lambda office: office.staff.holders(code), known, self._lost)

        self._ask.open(lambda theme, over, words: TakeBackSheet(theme, over, words, chosen, shown))

    def _take_back(self, holder: Holder) -> None:
        def what() -> str:
            scheme = holder.credential.scheme if holder.credential else "staff_card"
            number = holder.credential.number if holder.credential else ""
            said = (self._speech().words(f"schemes.{scheme}"), number, holder.name)
            return " · ".join(filter(None, said))

        def taken_back() -> None:
            self._tell("cards.desk.taken_back", what=what())
            self.changed.emit()

        self._ask.choose(
            lambda words: (words("cards.desk.back_sure"), what()),
            lambda words: [words("cards.desk.back_go")],
            lambda _number: self._office.ask(
                lambda office: office.staff.take_back(holder),
                lambda done: taken_back() if done else self._none_or_several(holder.name, 0),
                self._lost,
            ),
            marked=NONE_MARKED,  # a code in view may have opened this
        )

    def _none_or_several(self, typed: str, count: int) -> None:
        key = "cards.staff.several" if count else "cards.desk.not_found"
        self._tell(key, Tone.REFUSE, who=f"“{typed}”", **({"count": count} if count else {}))

    def _print(self, subject: str, fetch: Callable[[BackOffice], tuple[Printable, ...]]) -> None:
        def page(cards: tuple[Printable, ...], _now: datetime) -> Document:
            self.changed.emit()  # whoever had a card before has another one
            speech = self._speech()
            return staff_cards(cards, self._furnishing.office, speech.words, speech.second)

        self._papers.printing.print(Printed.STAFF_CARDS, subject, fetch, page)

    def _lost(self, _problem: Exception) -> None:
        self._tell("desk.no_answer", Tone.REFUSE)

    def _tell(self, key: str, tone: Tone = Tone.PLAIN, **values: object) -> None:
        self.told.emit(key, tone, values)


def _offer(member: Member) -> str:
    """Told apart by number and unit; as it is offered, and found again by."""
    post = member.post
    said = " · ".join(filter(None, (member.known.person.name, post.number, post.unit)))
    return " ".join(said.split())


def _said(typed: str, offers: Mapping[str, Sequence[Member]]) -> Sequence[Member]:
    """Whom an offer means, or a number or name; else everybody who is offered for a part of it."""
    if typed in offers:
        return offers[typed]  # two of one name without numbers stand there as one
    everybody = [member for members in offers.values() for member in members]
    parts = [member for member in everybody if fold(typed) in fold(_offer(member))]
    return meant(typed, everybody) or parts
