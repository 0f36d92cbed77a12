"""A thread of its own for one slow thing: the file, or the printers."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QThread, Signal

Resource = TypeVar("Resource")
Result = TypeVar("Result")

_STOP_WITHIN_MS = 5_000


@dataclass(frozen=True, slots=True)
class _Job(Generic[Resource]):
    do: Callable[[Resource], object]
    then: Callable[[object], None]
    failed: Callable[[Exception], None]


class Worker(QThread, Generic[Resource]):
    """Does jobs on one resource, in the order they were asked, away from the screen's thread.

    Signals:
        opened: the resource is there.
        closed_by: it could not be opened; carries the exception.
    Thread: `ask` and `stop` belong to the thread that made the worker; answers arrive there.
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
        self._answered.connect(_deliver)
        self._failed.connect(_deliver)

    def ask(
        self,
        do: Callable[[Resource], Result],
        then: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue a job; `then` or `failed` is called later in the asking thread."""
        self._jobs.put(_Job(do, then, failed))  # type: ignore[arg-type]

    def stop(self) -> bool:
        """Finish what was asked, close, and answer whether it ended in time."""
        self._jobs.put(None)
        return self.wait(_STOP_WITHIN_MS)

    def run(self) -> None:
        """The thread's own loop."""
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


def _deliver(callback: Callable[[object], None], value: object) -> None:
    callback(value)
