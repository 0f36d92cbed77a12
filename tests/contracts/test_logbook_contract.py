"""What every logbook promises, the one in memory and the one in SQLite alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.chain import Proved
from kiosk.domain.log import Closing, Undone, of_somebody
from kiosk.domain.person import Person, PersonKind
from kiosk.domain.screening import Checklist, Destination
from tests.fakes_log import (
    HONG,
    MORNING,
    RULES,
    FakeLogbook,
    arrival,
    departure,
    new_id,
    undo,
)
from tests.stores import temporary_store

LATER = MORNING + timedelta(hours=3)
EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
HOSTILE = [
    "Robert'); DROP TABLE log_entry;--",
    'a" OR "1"="1',
    "before\0after",
    "🦠 nhà 👩‍👩‍👧 \U0010ffff",
    "\u202egnaoH\u202c \u200fRTL",
    '=HYPERLINK("http://x")\x1b[31m<b>&amp;%s{}',
    "9" * 7000,
    "  two  spaces\n\tand a tab ",
    "e\u0301 is not \u00e9",
]


@pytest.fixture(params=["fake", "sqlite"])
def logbook(request):
    if request.param == "fake":
        yield FakeLogbook("G1")
        return
    with temporary_store() as store:
        yield store.logbook


def test_an_entry_comes_back_as_it_was_written(logbook):
    draft = arrival()
    entry = logbook.append(draft)
    assert (entry.draft, entry.gate_id, entry.seq) == (draft, "G1", 1)
    assert logbook.entry(draft.entry_id) == entry


def test_an_entry_that_nobody_wrote_is_not_there(logbook):
    assert logbook.entry("01") is None


def test_entries_are_counted_without_gaps(logbook):
    assert [logbook.append(arrival()).seq for _ in range(5)] == [1, 2, 3, 4, 5]


def test_the_same_draft_again_is_the_same_entry(logbook):
    draft = arrival()
    first = logbook.append(draft)
    logbook.append(arrival())
    assert logbook.append(draft) == first
    assert [entry.seq for entry in logbook.latest(10)] == [2, 1]


def test_an_entry_without_a_person_and_health_is_kept(logbook):
    draft = arrival(
        person=None,
        health=None,
        verdict=Verdict.REFUSE,
        reason=Reason.UNKNOWN_URL,
        person_id=None,
        credential_id=None,
    )
    assert logbook.append(draft).draft == draft


def test_a_person_of_whom_little_was_said_comes_back(logbook):
    draft = arrival(
        person=Person("Sơn"), destination=Destination(), health=Checklist(), kind=PersonKind.STAFF
    )
    assert logbook.append(draft).draft == draft


def test_every_reading_is_kept_in_order(logbook):
    draft = arrival(health=Checklist((379, 366, 381)))
    assert logbook.append(draft).draft.health == draft.health


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(logbook, text):
    draft = replace(
        arrival(
            person=replace(HONG, name=text, address=text, id_number=text, phone=text),
            destination=Destination(text, text, text),
        ),
        officer=text,
    )
    assert logbook.append(draft).draft == draft
    assert [v.arrival.draft for v in logbook.find(text, *EVER)] == [draft]
    assert isinstance(logbook.check(), Proved)


def test_times_are_kept_to_the_millisecond_in_utc(logbook):
    hanoi = datetime(2026, 11, 22, 8, 12, 5, 120_987, tzinfo=timezone(timedelta(hours=7)))
    kept = logbook.append(arrival(hanoi)).draft.occurred_at
    assert kept == datetime(2026, 11, 22, 1, 12, 5, 120_000, tzinfo=UTC)
    assert kept.utcoffset() == timedelta(0)


def test_the_latest_entries_come_newest_first_with_corrections(logbook):
    first, second = arrival(), arrival()
    drafts = [first, second, undo(second, LATER)]
    for draft in drafts:
        logbook.append(draft)
    assert [entry.draft for entry in logbook.latest(2)] == [drafts[2], drafts[1]]
    assert len(logbook.latest(99)) == 3
    assert list(logbook.latest(0)) == []


def test_an_arrival_opens_a_visit_and_a_departure_closes_it(logbook):
    came = arrival()
    logbook.append(came)
    assert logbook.open_visit("p1").arrival.draft == came
    assert [v.arrival.draft for v in logbook.inside()] == [came]
    left = departure(came, LATER)
    logbook.append(left)
    assert logbook.open_visit("p1") is None
    assert list(logbook.inside()) == []
    (visit,) = logbook.visits(MORNING, LATER)
    assert (visit.arrival.draft, visit.departure.draft) == (came, left)
    assert visit.closing is Closing.DEPARTURE


def test_a_refusal_is_a_visit_that_never_began(logbook):
    logbook.append(arrival(verdict=Verdict.REFUSE, reason=Reason.FEVER))
    assert list(logbook.inside()) == []
    assert logbook.open_visit("p1") is None
    assert logbook.last_visit("p1") is None
    assert logbook.last_arrival("p1").arrival.draft.reason is Reason.FEVER
    assert logbook.visit_count("p1") == 0
    assert len(logbook.visits(*EVER)) == 1


def test_an_undone_arrival_is_gone(logbook):
    came = arrival()
    logbook.append(came)
    logbook.append(undo(came, LATER))
    assert list(logbook.visits(*EVER)) == []
    assert list(logbook.inside()) == []
    assert logbook.last_arrival("p1") is None
    assert logbook.visit_count("p1") == 0


def test_only_what_a_correction_names_is_undone(logbook):
    came, stays = arrival(), arrival()
    for draft in (came, stays, undo(came, LATER)):
        logbook.append(draft)
    assert logbook.is_undone(came.entry_id)
    assert not logbook.is_undone(stays.entry_id)
    assert not logbook.is_undone("nobody's")


def test_an_undone_departure_brings_the_visitor_back_in(logbook):
    came = arrival()
    left = departure(came, LATER)
    for draft in (came, left, undo(left, LATER)):
        logbook.append(draft)
    assert [v.arrival.draft for v in logbook.inside()] == [came]
    again = departure(came, LATER + timedelta(minutes=1))
    logbook.append(again)
    (visit,) = logbook.visits(*EVER)
    assert visit.departure.draft == again


def test_undone_lines_are_still_there_with_the_entry_that_reversed_them(logbook):
    came, refused = arrival(), arrival(LATER, verdict=Verdict.REFUSE, reason=Reason.FEVER)
    left = departure(came, LATER + timedelta(minutes=1))
    reversals = [undo(wrong, LATER + timedelta(hours=1)) for wrong in (refused, left)]
    for draft in (came, left, refused, *reversals):
        logbook.append(draft)
    first, second = logbook.undone(*EVER)
    assert (first.line.draft, first.by.draft, first.arrival.draft) == (
        *(refused, reversals[0], refused),
    )
    assert (second.line.draft, second.by.draft, second.arrival.draft) == (
        *(left, reversals[1], came),
    )
    assert list(logbook.undone(MORNING, LATER)) == [], "by the time of the line"
    assert len(logbook.undone(*EVER, "hong nguyen")) == 2, "a departure by its arrival's name"
    assert list(logbook.undone(*EVER, "hong x")) == []


def test_what_was_put_right_is_not_undone(logbook):
    wrong = arrival()
    right = replace(wrong, entry_id=new_id(LATER), noted_at=LATER)
    for draft in (wrong, right, replace(undo(wrong, LATER), reason=Reason.PUT_RIGHT)):
        logbook.append(draft)
    assert list(logbook.undone(*EVER)) == []


def test_an_open_visit_is_found_whenever_it_began(logbook):
    came = arrival(MORNING - timedelta(days=900))
    logbook.append(came)
    assert logbook.open_visit("p1").arrival.draft == came
    assert len(logbook.inside()) == 1


def test_the_newest_of_several_open_visits_counts(logbook):
    logbook.append(arrival())
    second = arrival(LATER)
    logbook.append(second)
    assert logbook.open_visit("p1").arrival.draft == second
    assert logbook.last_visit("p1").arrival.draft == second
    assert logbook.last_arrival("p1").arrival.draft == second


def test_visits_lie_in_a_half_open_span(logbook):
    drafts = [arrival(MORNING + timedelta(minutes=n)) for n in range(4)]
    for draft in drafts:
        logbook.append(draft)
    found = logbook.visits(drafts[1].occurred_at, drafts[3].occurred_at)
    assert [v.arrival.draft for v in found] == drafts[1:3]


def test_visits_come_in_the_order_of_the_log_when_the_clock_was_set_back(logbook):
    drafts = [arrival(LATER), arrival(MORNING)]
    for draft in drafts:
        logbook.append(draft)
    assert [v.arrival.draft for v in logbook.visits(*EVER)] == drafts


def test_what_is_entered_later_comes_back_with_both_times(logbook):
    draft = replace(arrival(MORNING), noted_at=LATER)
    assert logbook.append(draft).draft == draft
    assert isinstance(logbook.check(), Proved)


def test_visits_entered_later_stand_where_their_time_belongs(logbook):
    early, noon = arrival(MORNING), arrival(LATER)
    between = replace(arrival(MORNING + timedelta(hours=1)), noted_at=LATER)
    first = replace(arrival(MORNING - timedelta(hours=1)), noted_at=LATER)
    left = replace(departure(first, MORNING), noted_at=LATER)
    for draft in (early, noon, between, first, left):
        logbook.append(draft)
    visits = logbook.visits(*EVER)
    assert [v.arrival.draft for v in visits] == [first, early, between, noon]
    assert [v.entered_later for v in visits] == [True, False, True, False]
    assert visits[0].departure.draft == left
    assert [v.arrival.draft for v in logbook.inside()] == [early, between, noon]
    assert logbook.count_inside() == 3
    assert logbook.count_arrivals(MORNING, LATER) == 2


def test_a_departure_entered_later_closes_its_visit_at_its_own_time(logbook):
    came = arrival(MORNING)
    logbook.append(came)
    left = replace(departure(came, MORNING + timedelta(minutes=5)), noted_at=LATER)
    logbook.append(left)
    (visit,) = logbook.visits(*EVER)
    assert (visit.departure.draft, visit.closing) == (left, Closing.DEPARTURE)
    assert visit.entered_later


def test_whoever_shows_a_slip_and_after_the_rest_a_card_has_come_with_both(logbook):
    first = arrival(credential_id="slip", verdict=Verdict.REFUSE, reason=Reason.FEVER)
    second = arrival(LATER, credential_id="card", visit_id=first.visit_id)
    for draft in (first, second):
        logbook.append(draft)
    for shown in ("slip", "card"):
        assert [visit.arrival.draft for visit in logbook.visits_with(shown)] == [second]
    logbook.append(undo(second, LATER))
    assert [*logbook.visits_with("card")] == []
    assert [visit.arrival.draft for visit in logbook.visits_with("slip")] == [first]


def test_a_slip_is_traced_to_the_visits_made_with_it(logbook):
    with_slip, without = arrival(credential_id="slip"), arrival(credential_id="card")
    refused = arrival(credential_id="slip", verdict=Verdict.REFUSE, reason=Reason.FEVER)
    for draft in (with_slip, without, departure(with_slip, LATER), refused):
        logbook.append(draft)
    assert [visit.arrival.draft for visit in logbook.visits_with("slip")] == [with_slip, refused]
    assert not any(visit.inside for visit in logbook.visits_with("slip"))
    assert [*logbook.visits_of(with_slip.person_id)] == [*logbook.visits(*EVER)]
    assert [*logbook.visits_of("nobody")] == []


def test_the_visits_of_a_person_may_begin_with_those_of_a_day(logbook):
    before, then, after = (arrival(MORNING + timedelta(hours=n)) for n in range(3))
    refused = replace(then, verdict=Verdict.REFUSE, reason=Reason.FEVER)
    for draft in (before, refused, after, undo(after, LATER)):
        logbook.append(draft)
    found = logbook.visits_of(before.person_id, then.occurred_at)
    assert [visit.arrival.draft for visit in found] == [refused]


def test_admitted_visits_of_a_person_are_counted(logbook):
    for n in range(3):
        came = arrival(MORNING + timedelta(days=n))
        logbook.append(came)
        logbook.append(departure(came, came.occurred_at + timedelta(hours=1)))
    logbook.append(arrival(person_id="p2"))
    assert logbook.visit_count("p1") == 3
    assert logbook.last_visit("p1").arrival.draft == came


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nguyen hong", 1),
        ("HỒNG Nguyễn", 1),
        ("dang van dat", 1),
        ("ke hoach 091185", 1),
        ("912345678", 1),
        ("hong nobody", 0),
        ("%", 0),
        ("_", 0),
        ("*", 0),
        ("n'guyen", 0),
        ("", 2),
        ("  ", 2),
    ],
)
def test_a_search_needs_every_word_and_no_diacritics(logbook, words, found):
    logbook.append(arrival())
    logbook.append(arrival(person=Person("Trần Văn Bình"), destination=Destination("Kho")))
    assert len(logbook.find(words, *EVER)) == found


def test_a_search_stays_in_its_span(logbook):
    logbook.append(arrival())
    assert list(logbook.find("hong", LATER, LATER + timedelta(days=1))) == []


def test_a_rule_card_is_kept_once_under_its_version(logbook):
    assert logbook.takes_rules(RULES, "fever_from = 380")
    logbook.keep_rules(RULES, "fever_from = 375", MORNING)
    logbook.keep_rules(RULES, "fever_from = 375", LATER)
    assert logbook.takes_rules(RULES, "fever_from = 375")
    assert not logbook.takes_rules(RULES, "fever_from = 380")
    with pytest.raises(ValueError, match="2022-04"):
        logbook.keep_rules(RULES, "fever_from = 380", LATER)


def test_an_empty_log_is_proved(logbook):
    assert logbook.check() == Proved(0, "")


def test_a_written_log_is_proved_with_the_fingerprint_of_its_last_entry(logbook):
    for _ in range(3):
        last = logbook.append(arrival())
    proved = logbook.check()
    assert proved.rows == 3
    assert proved.fingerprint.replace("-", "").lower() == last.hash[:16]


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["arrive", "refuse", "leave", "leave again", "undo", "repeat"]),
        st.integers(0, 5),  # who, or which of the entries so far
        st.integers(-40, 300),  # minutes until it happens: clocks are also set back
        st.booleans(),  # entered later
    ),
    max_size=14,
)


def _draft(move, pick, at, written):
    """The next entry of a walk, or None where there is nothing to do it to."""
    if move in ("arrive", "refuse"):
        verdict = Verdict.ADMIT if move == "arrive" else Verdict.REFUSE
        return arrival(at, person_id=f"p{pick % 3}", credential_id=f"c{pick % 2}", verdict=verdict)
    if not written:
        return None
    chosen = written[-1 - pick % len(written)]
    if move == "undo":
        return undo(chosen, at)
    if move == "repeat":
        return chosen
    return departure(chosen, at)


def _without_hashes(answer):
    """An answer of a logbook that another logbook can be compared with."""
    if answer is None or isinstance(answer, int):
        return answer
    if isinstance(answer, tuple | list):
        return [_without_hashes(one) for one in answer]
    if isinstance(answer, Undone):
        return [_without_hashes(one) for one in (answer.line, answer.by, answer.arrival)]
    if hasattr(answer, "arrival"):
        return (_without_hashes(answer.arrival), _without_hashes(answer.departure))
    return replace(answer, hash="")


def _questions(logbook, at):
    yield logbook.latest(5)
    yield logbook.visits(MORNING, at)
    yield logbook.inside()
    yield logbook.find("hong", MORNING - timedelta(hours=5), at)
    yield logbook.undone(MORNING - timedelta(hours=5), at, "hong")
    for n in range(3):
        yield logbook.open_visit(f"p{n}")
        yield logbook.last_visit(f"p{n}")
        yield logbook.visits_with(f"c{n}")
        yield logbook.visit_count(f"p{n}")


def _assert_same_answers(fake, real, at):
    for expected, told in zip(_questions(fake, at), _questions(real, at), strict=True):
        assert _without_hashes(expected) == _without_hashes(told)


def _ids(store, view):
    return sorted(row[0] for row in store.database.execute(f"SELECT visit_id FROM {view}"))


def _visit_ids(visits):
    return sorted(visit.arrival.draft.visit_id for visit in visits)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves=MOVES, ask_from=st.integers(0, 14))
def test_both_logbooks_tell_the_same_of_any_walk(moves, ask_from):
    fake, at, written = FakeLogbook("G1"), MORNING, []
    with temporary_store() as store:
        for step, (move, pick, minutes, later) in enumerate(moves):
            at += timedelta(minutes=minutes)
            draft = _draft(move, pick, at, written)
            if draft is None:
                continue
            if later and move != "repeat":
                early = timedelta(minutes=200)
                draft = replace(draft, occurred_at=at - early, noted_at=at)
            expected, told = fake.append(draft), store.logbook.append(draft)
            assert _without_hashes(expected) == _without_hashes(told)
            written.append(draft)
            if step >= ask_from:
                _assert_same_answers(fake, store.logbook, at)
        _assert_same_answers(fake, store.logbook, at)
        assert _ids(store, "register") == _visit_ids(fake.visits(*EVER))
        assert _ids(store, "inside") == _visit_ids(fake.inside())
        assert store.logbook.check().rows == len(fake.entries)


def test_a_search_of_a_thousand_words_is_answered(logbook):
    draft = arrival()
    logbook.append(draft)
    assert [v.arrival.draft for v in logbook.find("hong " * 2000, *EVER)] == [draft]
    many = " ".join(f"w{number}" for number in range(2000))
    assert list(logbook.find(many, *EVER)) == []


def test_who_is_inside_and_who_arrived_is_counted(logbook):
    stays, goes, undone = arrival(), arrival(), arrival()
    refused = arrival(verdict=Verdict.REFUSE, reason=Reason.FEVER)
    code = arrival(verdict=Verdict.REFUSE, reason=Reason.UNKNOWN_URL, person=None)
    for draft in (stays, goes, undone, refused, code, departure(goes, LATER), undo(undone, LATER)):
        logbook.append(draft)
    assert logbook.count_inside() == len(logbook.inside()) == 1
    assert logbook.count_arrivals(MORNING, MORNING + timedelta(days=1)) == 3
    assert len(of_somebody(logbook.visits(*EVER))) == 3, "a code that names nobody is no visit"
    assert logbook.count_arrivals(LATER + timedelta(days=1), LATER + timedelta(days=2)) == 0


def test_whoever_is_measured_again_after_a_rest_came_once(logbook):
    """The register had two rows of them, one of which said "not let in"."""
    first = arrival(verdict=Verdict.REFUSE, reason=Reason.FEVER, health=Checklist((382,)))
    both = Checklist((382, 368), mask=True)
    second = arrival(LATER, health=both, visit_id=first.visit_id)
    between = arrival(MORNING + timedelta(hours=1), person_id="p2")
    for draft in (first, between, second):
        logbook.append(draft)
    day = (MORNING, MORNING + timedelta(days=1))
    assert [v.arrival.draft for v in logbook.visits(*day)] == [between, second]
    assert [v.arrival.draft for v in logbook.inside()] == [between, second]
    assert logbook.count_arrivals(*day) == logbook.count_inside() == 2
    assert logbook.open_visit("p1").arrival.draft == second
    assert logbook.last_arrival("p1").arrival.draft == second
    assert logbook.visit_count("p1") == 1
    assert len(logbook.latest(9)) == 3, "the log keeps both entries"
    logbook.append(undo(second, LATER))
    assert logbook.last_arrival("p1").arrival.draft == first
    assert logbook.count_inside() == 1


def test_a_visits_arrival_is_found_also_where_it_was_undone(logbook):
    undone = arrival()
    logbook.append(undone)
    logbook.append(undo(undone, LATER))
    assert logbook.arrival(undone.visit_id).draft == undone
    assert logbook.arrival("another") is None


def test_a_fingerprint_of_earlier_names_its_entry(logbook):
    logbook.append(arrival())
    signed = logbook.fingerprint()
    logbook.append(arrival())
    assert logbook.signed(signed).seq == 1
    assert logbook.signed("3F9A-0C1B-77D2-E4A8") is None


def test_the_fingerprint_is_the_one_that_a_check_gives(logbook):
    assert logbook.fingerprint() == ""
    logbook.append(arrival())
    assert logbook.fingerprint() == logbook.check().fingerprint != ""


def test_the_open_visits_are_known_by_id_and_the_oldest_come_first(logbook):
    came = [arrival(MORNING + timedelta(minutes=n), person_id=f"p{n}") for n in range(4)]
    for draft in came:
        logbook.append(draft)
    logbook.append(departure(came[1], MORNING + timedelta(hours=1)))
    assert logbook.open_visits() == {came[n].visit_id for n in (0, 2, 3)}
    oldest = [visit.arrival.draft.visit_id for visit in logbook.oldest_inside(2)]
    assert oldest == [came[0].visit_id, came[2].visit_id]
    assert list(logbook.oldest_inside(0)) == []
