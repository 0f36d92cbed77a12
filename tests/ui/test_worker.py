import threading

from kiosk.ui import worker as module
from kiosk.ui.worker import Worker


class Resource:
    """A file or printer that remembers who touched it."""

    def __init__(self) -> None:
        self.threads = {threading.current_thread()}
        self.closed = 0

    def close(self) -> None:
        self.threads.add(threading.current_thread())
        self.closed += 1

    def work(self, number: int) -> int:
        self.threads.add(threading.current_thread())
        if number < 0:
            raise OSError(number)
        return number * 2


def made(resources: list[Resource]) -> Worker[Resource]:
    def open_() -> Resource:
        resources.append(Resource())
        return resources[-1]

    return Worker(open_, Resource.close, (OSError,))


def test_answers_come_in_order_on_the_asking_thread_and_the_work_is_done_elsewhere(qtbot):
    resources: list[Resource] = []
    worker, told = made(resources), []
    for number in (1, -2, 3):
        worker.ask(
            lambda resource, number=number: resource.work(number),
            lambda answer: told.append((answer, threading.current_thread())),
            lambda problem: told.append((problem.args[0], threading.current_thread())),
        )
    worker.start()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [(answer, threading.main_thread()) for answer in (2, -2, 6)]
    assert worker.stop()
    assert resources[0].closed == 1
    assert threading.main_thread() not in resources[0].threads
    assert len(resources[0].threads) == 1


def test_what_was_asked_before_the_stop_is_done(qtbot):
    resources: list[Resource] = []
    worker = made(resources)
    done: list[int] = []
    worker.start()
    for number in range(200):
        worker.ask(lambda _, number=number: done.append(number), lambda _: None, lambda _: None)
    assert worker.stop()
    assert done == list(range(200))
    assert worker.stop(), "stopping twice is no fault"


def test_an_answer_that_comes_after_the_stop_reaches_nobody(qtbot):
    resources: list[Resource] = []
    worker, told = made(resources), []
    worker.start()
    worker.ask(lambda resource: resource.work(1), told.append, told.append)
    assert worker.stop()
    qtbot.wait(20)
    assert (told, resources[0].closed) == ([], 1)


def test_a_resource_that_cannot_be_opened_is_told(qtbot):
    def open_() -> Resource:
        raise OSError(5)

    worker: Worker[Resource] = Worker(open_, Resource.close, (OSError,))
    told: list[Exception] = []
    worker.closed_by.connect(told.append)
    worker.start()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert worker.stop()


def test_a_job_that_never_returns_does_not_hold_up_the_end(qtbot, monkeypatch):
    monkeypatch.setattr(module, "STOP_SECONDS", 0.1)
    resources: list[Resource] = []
    worker, release = made(resources), threading.Event()
    worker.start()
    worker.ask(lambda _: release.wait(30), lambda _: None, lambda _: None)
    assert not worker.stop()
    release.set()
    qtbot.waitUntil(lambda: resources[0].closed == 1)
