"""`kiosk prints`: what waits for paper, and what was printed today, while the desk goes on."""

import json
from datetime import UTC
from pathlib import Path

from kiosk.adapters.clock_system import SystemClock
from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sqlite.store import open_store_read_only
from kiosk.adapters.told_prints import FolderOfTold
from kiosk.app import diagnostics
from kiosk.app.folder_trouble import told as told_trouble
from kiosk.domain.log import to_text
from kiosk.ports.logbook import LogbookError
from kiosk.ports.print_jobs import PrintJob
from kiosk.services.back_office import day_bounds
from kiosk.ui import print_words
from kiosk.ui.controls import printable
from kiosk.ui.wording import Words, clock_time

LISTED, FOUND_NOTHING = 0, 1


def prints(data: Path, words: Words, *, as_json: bool) -> int:
    """List them, newest first; the exit code."""
    clock = SystemClock()
    now = clock.now()
    since = day_bounds(now.astimezone(clock.zone()).date(), clock)[0].astimezone(UTC)
    try:
        store = open_store_read_only(DataFolder(data), clock, gate_id="")
        try:
            kept = store.print_jobs.recent(since)
        finally:
            store.close()
        told = FolderOfTold(data).told()
    except LogbookError as problem:
        diagnostics.say(told_trouble(problem, data, words))
        return FOUND_NOTHING
    newer = {job.job_id for job in told}
    jobs = sorted(
        [*told, *(job for job in kept if job.job_id not in newer)],
        key=lambda job: job.asked_at,
        reverse=True,
    )
    for job in jobs:
        if as_json:
            print(json.dumps(_fields(job), ensure_ascii=False))
            continue
        _, state = print_words.state(job, words)
        asked = words(
            "printing.asked",
            time=clock_time(job.asked_at, clock.zone()),
            age=print_words.age(job.asked_at, now, words),
        )
        place = printable(job.printer) or words("printing.pdf")
        print("  ".join((asked, print_words.what(job, words), place, state)))
    if not jobs and not as_json:
        print(words("printing.none_today"))
    return LISTED if jobs else FOUND_NOTHING


def _fields(job: PrintJob) -> dict[str, object]:
    return {
        "job": job.job_id,
        "printed": job.printed,
        "subject": job.subject,
        "printer": job.printer,
        "state": job.state,
        "trouble": job.failure,
        "asked_at": to_text(job.asked_at),
        "reprints": job.reprints,
        "waits": job.waits,
    }
