"""Prints in words: which one, how far it has come, and what to do where it does not come out."""

import contextlib
from datetime import date, datetime

from kiosk.ports.print_jobs import COPY, OF_THE_LOG, PrintJob, PrintState
from kiosk.ports.printer import Condition, Trouble
from kiosk.ui.theme import Tone
from kiosk.ui.wording import Words


def what(job: PrintJob, words: Words) -> str:
    """Which one: slip 0012K, the register of 22/11/2026, its copy."""
    subject = job.subject.removesuffix(COPY).removesuffix("-")
    with contextlib.suppress(ValueError):  # a number, not a day
        subject = f"{date.fromisoformat(subject):%d/%m/%Y}"
    one = words(f"printing.what.{job.printed}", subject=subject).strip()
    return words("printing.copy", what=one) if job.subject.endswith(COPY) else one


def state(job: PrintJob, words: Words) -> tuple[Tone, str]:
    """How far it has come."""
    if job.failure == Trouble.INTERRUPTED and job.state is PrintState.FAILED:
        return Tone.REFUSE, words("printing.by_hand")
    if job.failure:
        return Tone.REFUSE, words(f"printing.trouble.{Trouble(job.failure)}")
    if job.state is PrintState.CONFIRMED and not job.printer:
        return Tone.ADMIT, words("printing.saved")
    if job.state is PrintState.SENT and not job.spooled:
        return Tone.ADMIT, words("printing.taken")
    if job.state is PrintState.LOST and job.printed in OF_THE_LOG:
        return Tone.REFUSE, words("printing.anew")
    tone = {PrintState.CONFIRMED: Tone.ADMIT, PrintState.LOST: Tone.REFUSE}
    return tone.get(job.state, Tone.PLAIN), words(f"printing.state.{job.state}")


def condition(name: str, known: Condition | None, words: Words) -> tuple[Tone, str]:
    """What a printer says of itself."""
    if known is None:
        return Tone.PLAIN, words("printing.asking", printer=name)
    if known.troubles:
        said = ", ".join(words(f"printing.trouble.{trouble}") for trouble in known.troubles)
        return Tone.REFUSE, words("printing.printer_trouble", printer=name, trouble=said)
    key = "printing.printer_busy" if known.busy else "printing.printer_ready"
    return Tone.ADMIT, words(key, printer=name)


def age(since: datetime, now: datetime, words: Words) -> str:
    """How long ago, in the largest unit that says enough."""
    minutes = max(0, round((now - since).total_seconds())) // 60
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return words("printing.age_days", count=days)
    if hours:
        return words("printing.age_hours", count=hours)
    if minutes:
        return words("printing.age_minutes", count=minutes)
    return words("printing.age_now")
