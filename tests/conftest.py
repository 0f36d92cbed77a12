"""Set up for every test: no screen is needed, and no thread is left behind."""

import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# deadline: other tests run beside this one; HYPOTHESIS_EXAMPLES=5000 for a long night
hypothesis_settings.register_profile(
    "kiosk",
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "50")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("kiosk")

PATIENCE = 3.0
"""Seconds that a thread may take to end after its test."""


@pytest.fixture(autouse=True)
def no_thread_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test after which a thread of ours or a QThread still runs.

    A test that must leave one (a driver that never returns) says `@pytest.mark.leaves_thread`.
    """
    before = set(threading.enumerate())
    started = _qthreads_started() if "PySide6.QtCore" in sys.modules else None
    qthreads = next(started) if started else []
    yield
    if started:
        next(started, None)
    if request.node.get_closest_marker("leaves_thread"):
        return
    give_up_at = time.monotonic() + PATIENCE
    while (left := _left(before, qthreads)) and time.monotonic() < give_up_at:
        time.sleep(0.01)
    assert not left, f"threads were left behind: {', '.join(left)}"


def _left(before, qthreads) -> list[str]:
    threads = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    return threads + [type(thread).__name__ for thread in qthreads if thread.isRunning()]


def _qthreads_started():
    """Yields the list to which every QThread is added when it is started; then puts it back."""
    from PySide6.QtCore import QThread  # noqa: PLC0415 - most tests need no Qt

    started: list[QThread] = []
    start = QThread.start

    def noted(thread, *args):
        started.append(thread)
        start(thread, *args)

    QThread.start = noted
    yield started
    QThread.start = start
