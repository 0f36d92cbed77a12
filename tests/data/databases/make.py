"""Writes the file that this release makes, for all later releases to open: run once a release.

python -m tests.data.databases.make v1
"""

import shutil
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kiosk.domain.admission import Reason, Verdict
from kiosk.domain.credential import Scheme
from kiosk.domain.screening import Checklist, Declared
from kiosk.ports.directory import Declaration, Issue
from kiosk.ports.print_jobs import Printed, PrintJob, PrintState
from tests.fakes_log import HONG, MORNING, PLANNING, RULES, arrival, departure, undo
from tests.stores import opened, temporary_folder

HERE = Path(__file__).parent


def main(name: str) -> None:
    """Write `name`.db and its key."""
    with temporary_folder() as path:
        with opened(path) as store:
            card = store.directory.remember(Scheme.CITIZEN_CARD, HONG.id_number, HONG, MORNING)
            who = {
                "person_id": card.holder.person_id,
                "credential_id": card.credential_id,
            }
            came = arrival(MORNING, **who)
            left = departure(came, MORNING + timedelta(hours=1))
            again = arrival(MORNING + timedelta(hours=2), **who)
            ill = arrival(
                MORNING + timedelta(hours=3),
                health=Checklist((379, 381), mask=True, hands=True, declared=Declared.CLEAR),
                verdict=Verdict.REFER,
                reason=Reason.HIGH_FEVER,
                person_id=None,
                credential_id=None,
            )
            code = replace(
                arrival(person=None, health=None, person_id=None, credential_id=None),
                verdict=Verdict.REFUSE,
                reason=Reason.UNKNOWN_URL,
                scheme=Scheme.URL,
            )
            wrong = departure(again, MORNING + timedelta(hours=4))
            for draft in (came, left, again, ill, code, wrong, undo(wrong, wrong.occurred_at)):
                store.logbook.append(draft)
            store.logbook.keep_rules(RULES, "fever_from = 375\n", MORNING)
            slip = Issue(Scheme.SLIP, "SLIPCODE", date(2026, 11, 22), date(2026, 11, 22), "0012K")
            store.directory.issue(slip, card.holder, MORNING)
            store.directory.declare(
                card.holder.person_id,
                Declaration(MORNING, Declared.CLEAR, (("travel", "no"),), PLANNING, "2022-04"),
            )
            store.print_jobs.ask(PrintJob("j1", Printed.SLIP, "Canon", PrintState.ASKED, MORNING))
        shutil.copyfile(path / "kiosk.db", HERE / f"{name}.db")
        shutil.copyfile(path / "office.key", HERE / f"{name}.key")


if __name__ == "__main__":
    main(sys.argv[1])
