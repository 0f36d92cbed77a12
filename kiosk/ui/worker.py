"""A thread of its own for one slow thing: the file, or a printer."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

Resource = TypeVar("Resource")
Result = TypeVar("Result")

STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Job(Generic[Resource]):
    do: Callable[[Resource], object]
    then: Callable[[object], None]
    failed: Callable[[Exception], None]


class Worker(QObject, Generic[Resource]):
    """Does jobs on one resource, in the order they were asked, away from the screen's thread.

    A printer's driver may hang for ever, so the thread is Python's daemon: it never holds up the
    end of the program, where a QThread would abort it.

    Signals:
        opened: the resource is there.
        closed_by: it could not be opened; carries the exception.
    Thread: every call belongs to the thread that made the worker; answers arrive there.
    """

    opened = Signal()
    closed_by = Signal(object)
    _answered = Signal(object, object)
    _failed = Signal(object, object)

    def __init__(
        self,
        open_: Callable[[], Resource],
        close: Callable[[Resource], None],
        trouble: tuple[type[Exception], ...],
        parent: QObject | None = None,
    ) -> None:
        """Prepare, without starting.

        Args:
            open_: makes the resource, in the worker's own thread.
            close: frees it there.
            trouble: exceptions that a job may raise; any other is a bug and ends the program.
            parent: owner.
        """
        super().__init__(parent)
        self._open = open_
        self._close = close
        self._trouble = trouble
        self._jobs: SimpleQueue[_Job[Resource] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._ending = self._stopped = False
        self._unanswered = 0
        self._answered.connect(self._deliver)
        self._failed.connect(self._deliver)

    def start(self) -> None:
        """Open the resource, on the worker's thread, and do what was asked meanwhile."""
        self._thread = Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def ask(
        self,
        do: Callable[[Resource], Result],
        then: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue a job; `then` or `failed` is called later in the asking thread."""
        self._unanswered += 1
        self._jobs.put(_Job(do, then, failed))  # type: ignore[arg-type]

    @property
    def idle(self) -> bool:
        """Whether everything that was asked is answered, and what its answer asks in turn."""
        return not self._unanswered

    def is_alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread is not None and self._thread.is_alive()

    def end(self) -> None:
        """Finish what was asked and close, without anybody waiting for it."""
        if not self._ending:
            self._ending = True
            self._jobs.put(None)

    def stop(self, seconds: float | None = None, *, heard: bool = False) -> bool:
        """End, and wait so long; False where that hangs, and was left alone.

        Args:
            seconds: how long.
            heard: whether who asked is still there for the answers that come meanwhile; later
                ones reach nobody.
        """
        self.end()
        self._stopped = not heard
        if self._thread is not None:
            self._thread.join(STOP_SECONDS if seconds is None else max(0.0, seconds))
        if heard:
            QCoreApplication.sendPostedEvents(self)
        self._stopped = True
        return not self.is_alive()

    def _run(self) -> None:
        try:
            resource = self._open()
        except self._trouble as problem:
            self.closed_by.emit(problem)
            return
        self.opened.emit()
        while (job := self._jobs.get()) is not None:
            self._work(job, resource)
        self._close(resource)

    def _work(self, job: _Job[Resource], resource: Resource) -> None:
        try:
            result = job.do(resource)
        except self._trouble as problem:
            self._failed.emit(job.failed, problem)
            return
        self._answered.emit(job.then, result)

    def _deliver(self, callback: Callable[[object], None], value: object) -> None:
        if not self._stopped:
            callback(value)
        self._unanswered -= 1
