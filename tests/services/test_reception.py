"""The desk's dealings with directory and log: recognise, record, undo."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest

from kiosk.adapters.certificates.issuers import Issuers
from kiosk.adapters.certificates.judge import CertificateJudge
from kiosk.domain import issued as codes
from kiosk.domain.admission import SET_ASIDE, Decision, Reason, Verdict, turned_away
from kiosk.domain.credential import Scheme, Verified
from kiosk.domain.desk import RecordArrival, RecordDeparture
from kiosk.domain.issued import IssuedKind
from kiosk.domain.log import Closing, Direction, Identity
from kiosk.domain.payload.issued import SCHEMES
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.recognition import Recognised, Standing
from kiosk.domain.screening import NOWHERE, Checklist, Declared, Destination, RuleCard
from kiosk.ports.directory import Declaration, Issue
from kiosk.ports.logbook import LogbookError, Trouble
from kiosk.services.credential_reader import CredentialReader
from kiosk.services.declaration import Declarations, Issued
from kiosk.services.guest_form import GuestForm
from kiosk.services.issuing import Issuing
from kiosk.services.reception import Reception
from kiosk.services.recogniser import Desk, Recogniser
from tests.fakes_consents import FakeConsents
from tests.fakes_log import RULES, FakeDirectory, FakeLogbook, ManualClock

CARD = "091190000018||Nguyễn Thị Hồng|02091990|Nữ|Minh Lương, Kiên Giang|15042021".encode()
NATIONAL = b"091190000018|NGUYEN THI HONG|1990-09-02|0|169000000000000018|<2<00<0900000018"
PASSPORT = b"C0000045|LE ANH SON|1983-08-12|0|169000000000000045|<1<<"
VECTORS = Path(__file__).parents[1] / "data" / "payloads"
KEY = b"k" * 32
FULL = "no space left on device"
EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
OFFICE = Destination(unit="Văn phòng", purpose="Họp")
WELL = Checklist((366,), mask=True, hands=True, declared=Declared.CLEAR)
ADMIT = Decision(Verdict.ADMIT, Reason.RULES_MET)
REFUSE = Decision(Verdict.REFUSE, Reason.FEVER)


class WatchfulLogbook(FakeLogbook):
    """Refuses the next so many entries."""

    failures = 0

    def append(self, draft):
        if self.failures:
            self.failures -= 1
            raise LogbookError(FULL)
        return super().append(draft)


class WatchfulDirectory(FakeDirectory):
    """Refuses to mark the kind the next so many times."""

    failures = 0

    def set_kind(self, person_id, kind):
        if self.failures:
            self.failures -= 1
            raise LogbookError(FULL)
        super().set_kind(person_id, kind)


@dataclass
class Bench:
    """A reception on fakes, and the short ways of these tests."""

    clock: ManualClock = field(default_factory=ManualClock)
    logbook: WatchfulLogbook = field(default_factory=WatchfulLogbook)
    directory: WatchfulDirectory = field(default_factory=WatchfulDirectory)

    rules: RuleCard = RULES

    def __post_init__(self):
        numbers = count(1)
        self.desk = Desk("Trực ban", self.rules, KEY, recent=timedelta(minutes=1))
        self.entropy = lambda size: next(numbers).to_bytes(size, "big")
        reader = CredentialReader(CertificateJudge(Issuers()), self.clock)
        self.recogniser = Recogniser(self.logbook, self.directory, self.clock, self.desk, reader)
        self.reception = Reception(
            self.logbook, self.directory, self.clock, self.entropy, self.desk
        )
        self.consents = FakeConsents(self.directory)
        self.declarations = Declarations(
            *(self.recogniser, self.directory, self.consents),
            *(self.clock, self.entropy, self.desk),
        )

    def scan(self, payload: bytes, waited: float = 0.0) -> Recognised:
        """As the desk asks: when its turn comes, with the moment in which it was shown."""
        shown_at = self.clock.now() - timedelta(seconds=waited)
        return self.recogniser.recognise(payload, shown_at)

    def type(self, text: str) -> Recognised:
        return self.recogniser.recognise_typed(text)

    def admit(self, who: Recognised, destination: Destination = OFFICE):
        return self.reception.record(RecordArrival(who, ADMIT, WELL, destination))

    def leave(self, who: Recognised):
        return self.reception.record(RecordDeparture(who, who.presence))

    def slip(self, **said) -> Issued:
        (issued,) = self.declarations.take(GuestForm(name="Lê Anh Sơn", **said))
        return issued


@pytest.fixture
def bench() -> Bench:
    return Bench()


# --- recognise --------------------------------------------------------------------------------


def test_a_card_seen_for_the_first_time_is_recognised(bench):
    who = bench.scan(CARD)
    assert who.standing is Standing.RECOGNISED
    assert who.person.name == "Nguyễn Thị Hồng"
    assert (who.person_id, who.credential_id) == (None, None), "nobody is kept before the entry"
    assert bench.directory.find_person(who.person.id_number) is None
    assert (who.kind, who.presence, who.visits_before) == (PersonKind.VISITOR, None, 0)
    assert (who.declared, who.destination) == (Declared.NOT_YET, NOWHERE)


def test_card_and_national_qr_of_one_person_name_the_same_person(bench):
    came = bench.admit(bench.scan(CARD))
    assert bench.scan(NATIONAL).person_id == came.draft.person_id
    assert bench.scan(NATIONAL).person.name == "Nguyễn Thị Hồng"


def test_a_code_that_was_put_aside_leaves_nothing_behind(bench):
    bench.admit(replace(bench.scan(CARD), kind=PersonKind.STAFF))
    other = CARD.replace("Nguyễn Thị Hồng".encode(), "Kẻ Giả Mạo".encode())
    who = bench.scan(other)
    assert who.credential.warnings == ("known_under_another_name",)
    assert bench.directory.find_person("091190000018").person.name == "Nguyễn Thị Hồng"
    bench.reception.record(RecordArrival(who, REFUSE, WELL, OFFICE))
    assert bench.directory.find_person("091190000018").person.name == "Nguyễn Thị Hồng"


SAME_BY_NAME = b"C0000018|NGUYEN THI HONG|1990-09-02|0|169000000000000999|<2<"


def test_somebody_with_the_same_name_and_birth_date_is_offered_and_not_assumed(bench):
    came = bench.admit(bench.scan(CARD))
    bench.leave(bench.scan(CARD))
    who = bench.scan(SAME_BY_NAME)
    assert (who.person_id, who.visits_before, who.destination) == (None, 0, NOWHERE)
    assert who.likely.known.id_number == "091190000018"
    then = who.likely.then
    assert (then.person_id, then.tied) == (came.draft.person_id, True)
    assert (then.visits_before, then.destination) == (1, OFFICE)
    assert then.last_here == came.draft.occurred_at


def test_whoever_is_not_said_to_be_the_same_is_somebody_else_from_then_on(bench):
    came = bench.admit(bench.scan(CARD))
    other = bench.admit(bench.scan(SAME_BY_NAME))
    assert other.draft.person_id != came.draft.person_id
    again = bench.scan(SAME_BY_NAME)
    assert (again.person_id, again.likely) == (other.draft.person_id, None)


def test_a_credential_that_was_tied_names_that_person_from_then_on(bench):
    bench.admit(bench.scan(CARD))
    bench.leave(bench.scan(CARD))
    tied = bench.admit(bench.scan(SAME_BY_NAME).likely.then)
    known = bench.scan(CARD)
    assert (tied.draft.person_id, known.visits_before) == (known.person_id, 2)
    again = bench.scan(SAME_BY_NAME)
    assert (again.person_id, again.likely, again.tied) == (known.person_id, None, False)
    assert again.credential_id == tied.draft.credential_id
    assert again.person.name == "Nguyễn Thị Hồng"


def test_whoever_is_inside_leaves_with_the_credential_that_was_tied(bench):
    came = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(3600)
    left = bench.leave(bench.scan(SAME_BY_NAME).likely.then)
    assert left.draft.visit_id == came.draft.visit_id
    assert bench.logbook.inside() == ()
    assert bench.scan(SAME_BY_NAME).person_id == came.draft.person_id


def test_a_refusal_ties_nothing(bench):
    bench.admit(bench.scan(CARD))
    bench.leave(bench.scan(CARD))
    same = bench.scan(SAME_BY_NAME).likely.then
    bench.reception.record(RecordArrival(same, REFUSE, WELL, OFFICE))
    assert bench.scan(SAME_BY_NAME).person_id is None


def test_a_guest_of_the_form_may_be_somebody_known(bench):
    first = bench.slip(birth="1983", phone="0900000045", destination=OFFICE)
    bench.admit(first.who)
    bench.clock.pass_by(3600)
    bench.leave(bench.scan(first.code.encode()))
    again = bench.slip(birth="1983", phone="0900000045")
    assert again.who.person_id != first.who.person_id
    then = again.who.likely.then
    assert (then.person_id, then.destination) == (first.who.person_id, OFFICE)
    assert then.slip_number == again.number
    bench.admit(then)
    who = bench.scan(again.code.encode())
    assert (who.person_id, who.visits_before) == (first.who.person_id, 2)


def test_a_guest_of_the_form_who_is_known_and_inside_is_asked(bench):
    bench.admit(bench.slip(birth="1983", phone="0900000045").who)
    bench.clock.pass_by(3600)
    then = bench.slip(birth="1983", phone="0900000045").who.likely.then
    assert then.presence.overnight


@pytest.mark.parametrize(
    ("born", "warned"), [("02092010", False), ("23112010", True), ("01012020", True)]
)
def test_a_child_comes_with_a_representative(bench, born, warned):
    child = f"091210000018||Nguyễn Thị Hồng|{born}|Nữ|Kiên Giang|15042025".encode()
    for _ in range(2):
        assert ("needs_representative" in bench.scan(child).credential.warnings) is warned
        bench.admit(bench.scan(child))


def test_a_child_that_may_be_somebody_known_is_warned_of_once(bench):
    bench.admit(bench.scan(SAME_BY_NAME.replace(b"1990", b"2015")))
    other = SAME_BY_NAME.replace(b"1990", b"2015").replace(b"C0000018", b"C0000019")
    then = bench.scan(other.replace(b"0999", b"0998")).likely.then
    assert then.credential.warnings == ("needs_representative",)


@pytest.mark.parametrize(
    ("payload", "scheme"),
    [
        (b"https://example.org", Scheme.URL),
        (b"hello", Scheme.TEXT),
        (b"\x00\xff\x01", Scheme.BINARY),
    ],
)
def test_what_identifies_nobody_is_unknown_and_nobody_is_remembered(bench, payload, scheme):
    who = bench.scan(payload)
    assert (who.standing, who.credential.scheme) == (Standing.UNKNOWN, scheme)
    assert (who.person, who.person_id) == (None, None)


def test_whoever_was_here_before_is_offered_where_they_went(bench):
    bench.leave(inside_after(bench, CARD))
    who = bench.scan(CARD)
    assert (who.visits_before, who.destination) == (1, OFFICE)


def inside_after(bench: Bench, payload: bytes, seconds: float = 3600) -> Recognised:
    """Somebody who came in and, so much later, shows the code again."""
    bench.admit(bench.scan(payload))
    bench.clock.pass_by(seconds)
    return bench.scan(payload)


def test_whoever_is_inside_has_a_presence(bench):
    who = inside_after(bench, CARD)
    assert who.presence.since == bench.logbook.entries[0].draft.occurred_at
    assert not who.presence.recent


def test_a_code_shown_again_at_once_is_recent(bench):
    assert inside_after(bench, CARD, seconds=59).presence.recent
    assert not inside_after(Bench(), CARD, seconds=60).presence.recent


@pytest.mark.parametrize("by", ["card", "slip", "national"])
def test_a_code_that_waited_is_judged_by_when_it_was_shown(bench, by):
    card = {"card": CARD, "national": NATIONAL}.get(by) or bench.slip().code.encode()
    assert not inside_after(bench, card, seconds=61).presence.recent
    assert bench.scan(card, waited=2).presence.recent
    bench.leave(bench.scan(card))
    bench.clock.pass_by(60)
    assert bench.scan(card, waited=46).just_left, "it was held up on leaving, and not since"
    assert not bench.scan(card, waited=44).just_left
    assert bench.scan(card, waited=70).just_left, "and so it was before"


def test_whoever_comes_back_for_a_thing_forgotten_need_not_wait_as_long(bench):
    bench.leave(inside_after(bench, CARD))
    bench.clock.pass_by(16)
    who = bench.scan(CARD)
    assert (who.just_left, who.presence) == (False, None)


def test_whoever_was_refused_is_not_inside(bench):
    bench.reception.record(RecordArrival(bench.scan(CARD), REFUSE, WELL, OFFICE))
    who = bench.scan(CARD)
    assert (who.presence, who.visits_before) == (None, 0)


def test_todays_declaration_is_known_and_yesterdays_is_not(bench):
    bench.leave(inside_after(bench, CARD))
    made_at = bench.clock.now()
    said = Declaration(made_at, Declared.CLEAR, (), Destination(host="Bà Lan"), "2022-04")
    bench.directory.declare(bench.scan(CARD).person_id, said)
    again = bench.scan(CARD)
    assert again.declared is Declared.CLEAR
    assert again.destination == Destination(host="Bà Lan")
    bench.clock.pass_by(24 * 3600)
    assert bench.scan(CARD).declared is Declared.NOT_YET


def test_a_declaration_that_says_nothing_of_where_leaves_the_last_visit_to_offer(bench):
    bench.leave(inside_after(bench, CARD))
    said = Declaration(bench.clock.now(), Declared.CLEAR, (), NOWHERE, "2022-04")
    bench.directory.declare(bench.scan(CARD).person_id, said)
    assert bench.scan(CARD).destination == OFFICE


def test_the_day_begins_at_midnight_of_the_desk(bench):
    bench.clock.zone = lambda: timezone(timedelta(hours=7))
    bench.clock.wall = bench.clock.wall.replace(hour=18)  # one in the morning at the desk
    assert bench.recogniser.today().day == bench.clock.wall.day + 1
    assert bench.recogniser.day_began().isoformat() == "2026-11-23T00:00:00+07:00"


# --- slips ------------------------------------------------------------------------------------


def test_a_slip_lets_its_holder_in_and_out_once(bench):
    code = bench.slip().code.encode()
    who = bench.scan(code)
    assert (who.standing, who.person.name) == (Standing.RECOGNISED, "Lê Anh Sơn")
    bench.admit(who)
    bench.clock.pass_by(3600)
    inside = bench.scan(code)
    assert inside.presence is not None
    bench.leave(inside)
    assert bench.scan(code).standing is Standing.USED


def test_a_slip_whose_admission_was_undone_serves_again(bench):
    code = bench.slip().code.encode()
    came = bench.admit(bench.scan(code))
    bench.reception.undo(came.draft.entry_id, Reason.UNDO_NOT_THROUGH)
    assert bench.scan(code).standing is Standing.RECOGNISED


def test_a_refused_slip_is_not_used_up(bench):
    code = bench.slip().code.encode()
    bench.reception.record(RecordArrival(bench.scan(code), REFUSE, WELL, OFFICE))
    assert bench.scan(code).standing is Standing.RECOGNISED


def test_a_slip_of_another_office_is_forged(bench):
    forged = codes.mint(IssuedKind.SLIP, bench.recogniser.today(), bytes(16), b"x" * 32)
    assert bench.scan(forged.encode()).standing is Standing.FORGED


def test_a_slip_that_nobody_keeps_is_not_found(bench):
    genuine = codes.mint(IssuedKind.SLIP, bench.recogniser.today(), bytes(16), KEY)
    assert bench.scan(genuine.encode()).standing is Standing.NOT_FOUND


def test_yesterdays_slip_lets_nobody_in(bench):
    issued = bench.slip()
    bench.clock.pass_by(24 * 3600)
    who = bench.scan(issued.code.encode())
    assert (who.standing, who.slip_day) == (Standing.OTHER_DAY, issued.day)


def test_whoever_stayed_over_night_may_leave_with_yesterdays_slip(bench):
    code = bench.slip().code.encode()
    bench.admit(bench.scan(code))
    bench.clock.pass_by(24 * 3600)
    who = bench.scan(code)
    assert who.standing is Standing.RECOGNISED
    assert who.presence is not None


# --- our other codes --------------------------------------------------------------------------


def kept_code(bench, kind, day=0, until=None, name="Lê Anh Sơn"):
    """A code that was issued for so many days from today."""
    today = bench.recogniser.today()
    first = today + timedelta(days=day)
    code = codes.mint(kind, first, bench.entropy(16), KEY)
    last = None if until is None else today + timedelta(days=until)
    holder = bench.directory.add(Person(name), bench.clock.now())
    new = Issue(SCHEMES[kind], code, first, last, "0012K")
    bench.directory.issue(new, holder, bench.clock.now())
    return code.encode()


@pytest.mark.parametrize(
    ("day", "until", "standing", "told"),
    [
        (0, 0, Standing.RECOGNISED, 0),
        (-2, 3, Standing.RECOGNISED, -2),
        (1, 3, Standing.NOT_YET, 1),
        (-3, -1, Standing.OVER, -1),
    ],
)
def test_an_invitation_serves_from_its_first_to_its_last_day(bench, day, until, standing, told):
    who = bench.scan(kept_code(bench, IssuedKind.INVITATION, day, until))
    assert who.standing is standing
    assert who.slip_day == bench.recogniser.today() + timedelta(days=told)


def test_a_code_that_is_held_up_too_long_on_leaving_is_neither_refused_nor_an_arrival(bench):
    for code in (bench.slip().code.encode(), CARD):
        bench.leave(inside_after(bench, code))
        bench.clock.pass_by(3)
        assert bench.scan(code).just_left
        bench.clock.pass_by(60)
        assert not bench.scan(code).just_left


def test_a_business_card_without_a_number_may_be_that_of_a_namesake_inside(bench):
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Pham Van Tu\nEND:VCARD"
    bench.admit(bench.scan(card))
    bench.clock.pass_by(3600)
    same = bench.scan(card).likely.then
    bench.leave(same)
    assert bench.logbook.count_inside() == 0
    bench.clock.pass_by(3600)
    assert bench.scan(card).likely is None, "nobody of that name is inside"


def test_nobody_is_let_out_by_an_invitation_without_a_question(bench):
    code = kept_code(bench, IssuedKind.INVITATION, until=0)
    bench.admit(bench.scan(code))
    bench.clock.pass_by(3600)
    assert bench.scan(code).presence.overnight, "it can be sent on: another may hold it up"


def test_an_invitation_that_is_over_lets_out_after_a_question_and_nobody_in(bench):
    code = kept_code(bench, IssuedKind.INVITATION, until=0)
    bench.admit(bench.scan(code))
    bench.clock.pass_by(24 * 3600)
    presence = bench.scan(code).presence
    assert (presence.recent, presence.overnight) == (True, False)


def test_an_invitation_that_was_used_today_says_so_and_is_fresh_tomorrow(bench):
    code = kept_code(bench, IssuedKind.INVITATION, until=1)
    said = [bench.scan(code).credential.warnings]
    bench.leave(inside_after(bench, code))
    said.append(bench.scan(code).credential.warnings)
    bench.clock.pass_by(24 * 3600)
    said.append(bench.scan(code).credential.warnings)
    assert said == [(), ("invitation_used_today",), ()]


def test_who_came_with_an_invitation_leaves_by_a_card_that_is_known_of_old(bench):
    """Else both are inside, and the visit of the invitation never ends."""
    bench.leave(inside_after(bench, CARD))
    code = kept_code(bench, IssuedKind.INVITATION, until=3, name="Nguyễn Thị Hồng")
    bench.admit(bench.scan(code))
    bench.clock.pass_by(3600)
    same = bench.scan(CARD).likely.then
    assert same.presence is not None
    bench.leave(same)
    assert bench.logbook.count_inside() == 0
    assert bench.scan(code).presence is None


@pytest.mark.parametrize("year", [1970, 2015, 2099])
def test_a_clock_that_no_code_can_say_is_told_and_nothing_is_kept(bench, year):
    bench.clock.wall = bench.clock.wall.replace(year=year)
    issuing = Issuing(bench.directory, None, bench.clock, bench.entropy, KEY)
    for mint in (bench.slip, lambda: issuing.emergency_slips(1)):
        with pytest.raises(LogbookError) as told:
            mint()
        assert told.value.trouble is Trouble.CLOCK
    assert bench.directory.slips_on(bench.recogniser.today()) == 0


def test_a_staff_card_serves_until_it_is_revoked(bench):
    card = kept_code(bench, IssuedKind.STAFF_CARD, day=-400)
    bench.leave(inside_after(bench, card))
    assert bench.scan(card).standing is Standing.RECOGNISED
    bench.directory.revoke(card.decode(), bench.clock.now())
    assert bench.scan(card).standing is Standing.REVOKED


def test_whoever_is_inside_may_leave_with_a_card_that_was_revoked_meanwhile(bench):
    card = kept_code(bench, IssuedKind.STAFF_CARD)
    bench.admit(bench.scan(card))
    bench.directory.revoke(card.decode(), bench.clock.now())
    who = bench.scan(card)
    assert (who.standing, who.presence.overnight) == (Standing.RECOGNISED, False)


@pytest.mark.parametrize("kind", IssuedKind)
def test_a_code_in_which_a_day_was_changed_is_altered(bench, kind):
    code = kept_code(bench, kind, until=0).decode()
    other = codes.mint(kind, bench.recogniser.today() - timedelta(days=1), bytes(16), KEY)
    who = bench.scan((other[:7] + code[7:]).encode())
    assert (who.standing, who.credential.scheme) == (Standing.ALTERED, SCHEMES[kind])


# --- typed ------------------------------------------------------------------------------------


def test_the_short_number_of_a_slip_is_as_good_as_its_code(bench):
    issued = bench.slip()
    for typed in (issued.number, f" {issued.number.lower()} "):
        who = bench.type(typed)
        assert (who.standing, who.person.name) == (Standing.RECOGNISED, "Lê Anh Sơn")
        assert (who.slip_number, who.slip_day) == (issued.number, issued.day)


@pytest.mark.parametrize("typed", ["0012K", "what is this?", "B1234567", "00020101021238540010A"])
def test_what_is_nobodys_was_mistyped_and_writes_nothing(bench, typed):
    who = bench.type(typed)
    assert (who.standing, who.credential.text) == (Standing.MISTYPED, typed)
    assert (who.person, turned_away(who), who.standing in SET_ASIDE) == (None, None, True)


def test_one_wrong_character_of_a_code_is_a_slip_of_the_finger_only_where_it_was_typed(bench):
    code = bench.slip().code
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert bench.type(wrong).standing is Standing.MISTYPED
    assert bench.scan(wrong.encode()).standing is Standing.ALTERED
    foreign = codes.mint(IssuedKind.SLIP, bench.recogniser.today(), bytes(16), b"x" * 32)
    assert bench.type(foreign).standing is Standing.MISTYPED
    assert bench.scan(foreign.encode()).standing is Standing.FORGED


def test_a_typed_code_of_another_day_is_refused_as_if_it_were_shown(bench):
    issued = bench.slip()
    bench.clock.pass_by(24 * 3600)
    assert bench.type(issued.code).standing is Standing.OTHER_DAY


@pytest.mark.parametrize(
    ("payload", "typed"),
    [(CARD, "091190000018"), (CARD, "0911 9000 0018"), (PASSPORT, "c0000045")],
)
def test_the_document_number_of_somebody_known_is_enough(bench, payload, typed):
    came = bench.admit(bench.scan(payload))
    who = bench.type(typed)
    assert (who.person_id, who.person) == (came.draft.person_id, came.draft.identity.person)
    assert who.credential.scheme is Scheme.TYPED


def test_the_document_number_of_a_guest_of_the_form_is_enough(bench):
    issued = bench.slip(id_number="B12345678X")
    assert bench.type("b1234 5678x").person_id == issued.who.person_id


def test_whoever_stayed_over_night_may_leave_with_yesterdays_short_number(bench):
    issued = bench.slip()
    bench.admit(issued.who)
    bench.clock.pass_by(24 * 3600)
    who = bench.type(issued.number)
    assert who.standing is Standing.RECOGNISED
    assert (who.presence is not None, who.presence.overnight) == (True, False)


def test_yesterdays_short_number_of_somebody_who_left_is_nobodys(bench):
    issued = bench.slip()
    bench.clock.pass_by(24 * 3600)
    assert bench.type(issued.number).standing is Standing.MISTYPED


def test_a_slips_code_typed_in_groups_is_its_code(bench):
    code = bench.slip().code.lower()
    assert bench.type(f"{code[:5]} {code[5:20]} {code[20:]}").standing is Standing.RECOGNISED


@pytest.mark.parametrize("typed", ["091190000018", "370000018", "C0000045"])
def test_the_document_number_of_a_stranger_is_nobodys(bench, typed):
    assert bench.type(typed).standing is Standing.MISTYPED


def test_a_whole_code_that_is_typed_or_pasted_is_a_scan(bench):
    assert bench.type(CARD.decode()).person.name == "Nguyễn Thị Hồng"
    assert bench.type(bench.slip().code).standing is Standing.RECOGNISED


def test_half_a_character_that_is_pasted_does_no_harm(bench):
    assert bench.type("\ud83d").standing is Standing.MISTYPED


# --- record -----------------------------------------------------------------------------------


def test_an_arrival_is_recorded_whole(bench):
    who = bench.scan(CARD)
    draft = bench.admit(who).draft
    assert (draft.direction, draft.verdict, draft.reason) == (
        Direction.IN,
        Verdict.ADMIT,
        Reason.RULES_MET,
    )
    known = bench.scan(CARD)
    assert (draft.person_id, draft.credential_id) == (known.person_id, known.credential_id)
    assert None not in (draft.person_id, draft.credential_id)
    assert (draft.scheme, draft.officer, draft.rules_version) == (
        Scheme.CITIZEN_CARD,
        "Trực ban",
        "2022-04",
    )
    assert draft.identity == Identity(who.person, PersonKind.VISITOR, OFFICE)
    assert draft.health == WELL
    assert len({draft.entry_id, draft.visit_id}) == 2


def test_an_unknown_code_is_recorded_without_what_it_holds(bench):
    who = bench.scan(b"https://example.org/secret")
    refuse = Decision(Verdict.REFUSE, Reason.UNKNOWN_URL)
    entry = bench.reception.record(RecordArrival(who, refuse, Checklist(), NOWHERE))
    assert (entry.draft.identity, entry.draft.health) == (None, None)
    assert "secret" not in repr(entry)


def test_a_departure_closes_the_visit(bench):
    who = inside_after(bench, CARD)
    draft = bench.leave(who).draft
    assert (draft.direction, draft.verdict, draft.reason) == (Direction.OUT, None, Reason.LEFT)
    assert draft.visit_id == who.presence.visit_id
    assert (draft.identity, draft.health) == (None, None)
    assert bench.logbook.inside() == ()


def test_the_same_record_tried_again_is_one_entry(bench):
    bench.logbook.failures = 2
    record = RecordArrival(bench.scan(CARD), ADMIT, WELL, OFFICE)
    for _ in range(2):
        with pytest.raises(LogbookError):
            bench.reception.record(record)
    first_tried_at = bench.clock.now()
    bench.clock.pass_by(30)
    entry = bench.reception.record(record)
    assert bench.logbook.entries == [entry]
    assert entry.draft.occurred_at == first_tried_at


def test_a_directory_that_fails_after_the_entry_makes_no_second_entry(bench):
    who = replace(bench.scan(CARD), kind=PersonKind.STAFF)
    bench.directory.failures = 1
    record = RecordArrival(who, ADMIT, WELL, OFFICE)
    with pytest.raises(LogbookError):
        bench.reception.record(record)
    bench.reception.record(record)
    assert len(bench.logbook.entries) == 1
    assert bench.scan(CARD).kind is PersonKind.STAFF


def test_two_equal_records_are_two_entries(bench):
    who = bench.scan(CARD)
    for _ in range(2):
        bench.reception.record(RecordArrival(who, REFUSE, WELL, OFFICE))
    assert len(bench.logbook.entries) == 2


def test_nobody_is_inside_twice(bench):
    first = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(24 * 3600)
    second = bench.admit(replace(bench.scan(CARD), presence=None))
    closed, open_ = bench.logbook.visits(*EVER)
    assert (closed.arrival, closed.closing) == (first, Closing.UNSEEN)
    assert (open_.arrival, open_.inside) == (second, True)
    assert bench.logbook.count_inside() == 1


def test_an_arrival_that_failed_half_way_is_finished_without_doubles(bench):
    bench.admit(bench.scan(CARD))
    bench.clock.pass_by(24 * 3600)
    record = RecordArrival(replace(bench.scan(CARD), presence=None), ADMIT, WELL, OFFICE)
    bench.directory.failures = 1
    with pytest.raises(LogbookError):
        bench.reception.record(record)
    bench.reception.record(record)
    assert len(bench.logbook.entries) == 3


def test_a_visit_of_an_earlier_day_that_is_open_is_told(bench):
    bench.admit(bench.scan(CARD))
    bench.clock.pass_by(24 * 3600)
    assert bench.scan(CARD).presence.overnight


def test_a_guest_who_is_inside_and_takes_a_new_slip_is_not_sent_out(bench):
    bench.admit(bench.slip(id_number="C0000045").who)
    bench.clock.pass_by(600)
    assert bench.slip(id_number="C0000045").who.presence.overnight


def test_no_health_is_kept_without_a_health_step():
    bench = Bench(rules=replace(RULES, health_step=False))
    assert bench.admit(bench.scan(CARD)).draft.health is None


def test_no_health_is_kept_of_whoever_was_not_screened(bench):
    code = bench.slip().code.encode()
    bench.leave(inside_after(bench, code))
    refused = Decision(Verdict.REFUSE, Reason.SLIP_USED)
    entry = bench.reception.record(RecordArrival(bench.scan(code), refused, Checklist(), NOWHERE))
    assert entry.draft.identity is not None
    assert entry.draft.health is None


def test_whom_the_receptionist_marks_as_staff_is_staff_next_time(bench):
    bench.admit(replace(bench.scan(CARD), kind=PersonKind.STAFF))
    assert bench.scan(CARD).kind is PersonKind.STAFF


# --- undo -------------------------------------------------------------------------------------


def test_an_undo_is_a_new_entry_that_names_the_wrong_one(bench):
    wrong = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(20)
    undone = bench.reception.undo(wrong.draft.entry_id, Reason.UNDO_WRONG_PERSON)
    draft = undone.draft
    assert draft.corrects == wrong.draft.entry_id
    assert (draft.verdict, draft.reason) == (None, Reason.UNDO_WRONG_PERSON)
    assert (draft.identity, draft.health) == (None, None)
    assert draft.occurred_at == bench.clock.now()
    assert draft.visit_id == wrong.draft.visit_id
    assert bench.logbook.entries == [wrong, undone]
    assert bench.logbook.inside() == ()


def test_a_departure_undone_puts_the_person_back_inside(bench):
    left = bench.leave(inside_after(bench, CARD))
    bench.reception.undo(left.draft.entry_id, Reason.UNDO_WRONG_KEY)
    assert bench.scan(CARD).presence is not None


def test_a_departure_is_not_undone_once_the_person_has_come_in_again(bench):
    left = bench.leave(inside_after(bench, CARD))
    bench.admit(bench.scan(CARD))
    assert bench.reception.undo(left.draft.entry_id, Reason.UNDO_WRONG_KEY) is None
    assert bench.logbook.count_inside() == 1


def test_an_arrival_is_not_undone_while_its_departure_stands(bench):
    came = bench.admit(bench.scan(CARD))
    bench.clock.pass_by(3600)
    left = bench.leave(bench.scan(CARD))
    assert bench.reception.undo(came.draft.entry_id, Reason.UNDO_WRONG_PERSON) is None
    (visit,) = bench.logbook.visits(*EVER)
    assert (visit.arrival, visit.departure) == (came, left)
    bench.reception.undo(left.draft.entry_id, Reason.UNDO_WRONG_PERSON)
    assert bench.reception.undo(came.draft.entry_id, Reason.UNDO_WRONG_PERSON)
    assert bench.logbook.visits(*EVER) == ()


def test_the_same_entry_is_undone_only_once(bench):
    wrong = bench.admit(bench.scan(CARD))
    undone = bench.reception.undo(wrong.draft.entry_id, Reason.UNDO_WRONG_KEY)
    assert bench.reception.undo(wrong.draft.entry_id, Reason.UNDO_WRONG_KEY) is None
    assert bench.logbook.entries == [wrong, undone]


def test_an_undo_is_not_undone_and_nothing_is_undone_by_a_wrong_id(bench):
    wrong = bench.admit(bench.scan(CARD))
    undone = bench.reception.undo(wrong.draft.entry_id, Reason.UNDO_WRONG_KEY)
    assert bench.reception.undo(undone.draft.entry_id, Reason.UNDO_WRONG_KEY) is None
    assert bench.reception.undo("nobody's", Reason.UNDO_WRONG_KEY) is None
    assert len(bench.logbook.entries) == 2


def test_a_person_without_a_name_on_the_slip_is_still_somebody(bench):
    known = bench.directory.add(Person("Sơn"), bench.clock.now())
    kept = bench.directory.issue(
        Issue(Scheme.SLIP, "x", bench.recogniser.today(), number="0001B"), known, bench.clock.now()
    )
    assert bench.recogniser.at_desk(kept).person == Person("Sơn")


# --- certificates -----------------------------------------------------------------------------


def chunks() -> list[bytes]:
    """A health card in seventeen symbols."""
    vectors = json.loads((VECTORS / "smart-health-cards.json").read_text("utf-8"))["numeric"]
    texts = [text.strip() for name, text in vectors.items() if "chunk_too_small" in name]
    return [text.encode() for text in sorted(texts, key=lambda text: int(text.split("/")[1]))]


def test_a_card_in_parts_names_its_holder_with_the_last_part_in_any_order(bench):
    parts = list(reversed(chunks()))
    for number, part in enumerate(parts[:-1], start=1):
        who = bench.scan(part)
        assert (who.standing, who.credential.chunk) == (Standing.PARTIAL, (number, 17))
        assert (who.person, who.credential.text) == (None, "")
    who = bench.scan(parts[-1])
    assert (who.standing, who.credential.chunk) == (Standing.RECOGNISED, None)
    assert who.person.name == "Anyperson John B."
    assert who.credential.verified is Verified.UNKNOWN_ISSUER
    assert who.credential.text == "", "health content goes no further"


def test_a_part_shown_twice_counts_once_and_parts_are_forgotten_after_a_minute(bench):
    first, second, *_ = chunks()
    bench.scan(first)
    assert bench.scan(first).credential.chunk == (1, 17)
    bench.clock.pass_by(61)
    assert bench.scan(second).credential.chunk == (1, 17)


def test_parts_of_two_cards_are_not_mixed(bench):
    first, second, *_ = chunks()
    bench.scan(first)
    bench.scan(second)
    other = first[:-2] + (b"00" if first[-2:] != b"00" else b"11")
    assert bench.scan(other).credential.chunk == (1, 17)
    assert bench.scan(b"shc:/1/3/5676").credential.chunk == (1, 3)


def test_whose_card_comes_after_half_of_another_is_asked_for_all_parts_and_not_refused(bench):
    first, *others = chunks()
    bench.scan(first[:-2] + (b"00" if first[-2:] != b"00" else b"11"))  # who gave up
    for part in others:
        who = bench.scan(part)
    assert (who.standing, who.credential.chunk) == (Standing.PARTIAL, (1, 17))
    for part in (first, *others[:-1]):
        who = bench.scan(part)
    assert (who.standing, who.person.name) == (Standing.RECOGNISED, "Anyperson John B.")


def test_a_card_in_parts_that_is_broken_is_refused_when_all_were_shown_twice(bench):
    first, *others = chunks()
    parts = (first[:-2] + (b"00" if first[-2:] != b"00" else b"11"), *others)
    shown = [bench.scan(part).standing for part in (*parts, *parts[:-1])]
    assert shown == [Standing.PARTIAL] * 32 + [Standing.BROKEN]


def test_a_broken_certificate_is_worth_nothing_and_names_nobody(bench):
    who = bench.scan(b"HC1:" + b"NCFOXN" * 9)
    assert (who.standing, who.person) == (Standing.BROKEN, None)


def test_a_certificate_names_its_holder_and_is_known_again(bench):
    payload = json.loads((VECTORS / "payloads.json").read_text("utf-8"))["hc1_selfsigned"].encode()
    who = bench.scan(payload)
    assert who.person.name.upper() == "NGUYỄN THỊ HỒNG"
    came = bench.admit(who)
    assert came.draft.scheme is Scheme.EU_CERTIFICATE
    bench.clock.pass_by(3600)
    assert bench.scan(payload).presence is not None
