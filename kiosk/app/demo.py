"""`kiosk demo`: a morning at the desk: bundled film, real decoders, real window."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.adapters.data_folder import DataFolder
from kiosk.adapters.sources import open_source
from kiosk.app import bootstrap, demo_results, demo_scenes, diagnostics, paths, run
from kiosk.app.bootstrap import Parts
from kiosk.app.demo_hands import Hands
from kiosk.app.equipment import Equipment, equip
from kiosk.app.folder_trouble import told
from kiosk.domain.desk import (
    Admitted,
    Departed,
    Departing,
    Refused,
    Remeasure,
    Screening,
    State,
    Waiting,
)
from kiosk.domain.screening import Declared
from kiosk.ports.camera import Camera
from kiosk.ports.document import Document
from kiosk.ports.logbook import LogbookError
from kiosk.ports.print_jobs import Printed, PrintJob
from kiosk.services.scan_loop import CameraState
from kiosk.ui.wording import Language, Words

_BEAT_MS = 40
_PATIENCE_S = 45.0
_RECEPTION_S = 0.35
WRONG_USE = 2
_STUCK = 1

Story = Iterator[Callable[[], bool]]


def demo(
    data: Path | None,
    pictures: Path | None,
    resources: Path,
    words: Words,
    language: Language | None,
) -> int:
    """Play the morning; the exit code: 0 when everything came out as it should.

    Args:
        data: a data folder; None for a temporary one, which is kept to be looked at.
        pictures: where pictures of the window go; None for the data folder.
        resources: the program's own files.
        words: sentences for the terminal.
        language: of the window, or None for that of the settings.
    """
    folder = data or Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    if DataFolder(folder).database.exists():  # made-up visits have no place in a desk's log
        diagnostics.say(words("command.demo.not_here", folder=folder))
        return WRONG_USE
    diagnostics.start(folder, words)
    print(words("command.demo.begins", folder=folder), flush=True)
    equipment = equip(folder, resources, language)
    diagnostics.listen_to_qt()
    app = run.application()
    if app.platformName() == "offscreen":
        print(words("command.demo.no_screen"), flush=True)
    bootstrap.dress(app, resources)
    try:
        equipment.data.claim()
    except LogbookError as problem:
        diagnostics.say(told(problem, folder, words))
        return run.REFUSED
    try:
        play = _Play(app, equipment, words, pictures or folder / "pictures")
        stuck = play.run()
    finally:
        equipment.data.release()
    if stuck is not None:
        diagnostics.say(words("command.demo.stuck", what=stuck, picture=play.last_picture))
        return _STUCK
    return demo_results.tell(equipment, words, [*play.papers, play.pictures])


@dataclass(slots=True)
class _Reel:
    """What the demonstration's camera looks at; changed between two openings."""

    source: str


class _Play:
    """The receptionist's part, played with the keys of the real window."""

    def __init__(
        self, app: QApplication, equipment: Equipment, words: Words, pictures: Path
    ) -> None:
        self._app = app
        self._words = words
        self._equipment = equipment
        self._folder = equipment.data.path
        self._reel = _Reel(str(demo_scenes.film(equipment.resources)))
        self._parts = bootstrap.furnish(app, equipment, self._camera, self._folder / paths.PRINTS)
        self._parts.print_desk.target = ""
        self._hands = Hands(self._parts.window)
        self._step = ""
        self.pictures = pictures
        self._taken = 0
        self.last_picture: Path | None = None
        self.papers: list[Path] = []
        self._slips: list[Document] = []
        self._parts.print_desk.following.done.connect(self._printed)

    def _camera(self, wait: Callable[[float], object]) -> Camera:
        return open_source(self._reel.source, self._equipment.clock, wait)

    def run(self) -> str | None:
        """Play to the end; None, or the step at which it stopped."""
        parts, app = self._parts, self._app
        parts.office.start()
        parts.printing.start()
        parts.window.resize(1366, 768)
        parts.window.show()
        story = self._story(parts)
        outcome: list[str | None] = []
        director = QTimer()
        steady = self._equipment.clock.steady
        until: list[Callable[[], bool]] = [next(story)]
        asked_at = [steady()]

        def direct() -> None:
            if until[0]():
                try:
                    until[0] = next(story)
                except StopIteration:
                    outcome.append(None)
                    app.exit(0)
                asked_at[0] = steady()
            elif steady() - asked_at[0] > _PATIENCE_S:
                self._picture("stopped")
                outcome.append(self._step)
                app.exit(0)

        director.timeout.connect(direct)
        director.start(_BEAT_MS)
        app.exec()
        director.stop()
        self._hands.rest()
        parts.stop()
        parts.window.close_for_good()
        return outcome[0] if outcome else self._step

    # --- the story: each `yield` waits until what it says is true

    def _story(self, parts: Parts) -> Story:
        controller, capture = parts.controller, parts.capture
        assert capture is not None  # noqa: S101  (the play has a camera)
        yield parts.window.isVisible
        self._begin("film")
        controller.newest.refresh()
        self._picture("invitation")
        capture.start()
        yield from self._arrival(parts, "366", picture="checklist")
        yield from self._fever(parts, "379", "376")
        yield from self._arrival(parts, "364")
        yield from self._arrival(parts, "367")
        yield lambda: isinstance(controller.state, Refused)
        self._picture("unknown-code")
        yield from self._departure(parts)
        self._picture("departure")
        yield lambda: capture.state is CameraState.ENDED
        capture.stop()
        self._begin("guest")
        yield from self._guest(parts)
        self._begin("slip_in")
        self._hold_up_slip()
        capture.start()
        yield from self._arrival(parts, "365", picture="slip")
        self._begin("slip_out")
        yield from self._departure(parts)
        capture.stop()
        self._begin("register")
        yield from self._register(parts)

    def _arrival(self, parts: Parts, typed: str, picture: str = "") -> Story:
        controller = parts.controller
        yield lambda: isinstance(controller.state, Screening)
        yield self._pause()
        self._hands.type(typed + ("ks" if _declared(controller.state) else "ksh"))
        yield self._hands.idle
        if picture:
            self._picture(picture)
        self._hands.press("Return")
        yield lambda: isinstance(controller.state, Admitted)
        yield self._pause()
        if picture:
            self._picture(f"{picture}-verdict")

    def _departure(self, parts: Parts) -> Story:
        """Nobody stays long in a film, so the desk asks whether they leave."""
        controller = parts.controller
        yield lambda: isinstance(controller.state, Departing | Departed)
        if isinstance(controller.state, Departing):
            self._hands.press("Return")
        yield lambda: isinstance(controller.state, Departed)

    def _fever(self, parts: Parts, first: str, second: str) -> Story:
        controller = parts.controller
        yield lambda: isinstance(controller.state, Screening)
        self._hands.type(first)
        self._hands.press("Return")
        yield lambda: isinstance(controller.state, Remeasure)
        yield self._hands.idle
        self._picture("measure-again")
        self._hands.type(second)
        yield self._hands.idle
        self._picture("fever")
        self._hands.press("Return")
        yield lambda: parts.window.errands.busy  # nobody rests five minutes in a film
        self._hands.type("1")
        yield lambda: isinstance(controller.state, Refused)
        self._picture("refused")

    def _guest(self, parts: Parts) -> Story:
        controller = parts.controller
        yield lambda: isinstance(controller.state, Waiting | Departed)
        self._hands.press("F2")
        yield lambda: parts.window.errands.busy
        for line in ("Trần Thị Mai", "1952", "0900000045"):
            self._hands.type(line)
            self._hands.press("Return")
        self._hands.press("F8")
        self._hands.press("F9")
        yield self._hands.idle
        self._picture("guest-form")
        self._hands.press("Ctrl+Return")
        yield lambda: bool(self._slips) and isinstance(controller.state, Screening)
        self._picture("guest-checklist")
        self._hands.press("Escape")
        yield lambda: isinstance(controller.state, Waiting)

    def _register(self, parts: Parts) -> Story:
        papers = len(self.papers)
        self._hands.press("F5")
        yield self._pause()
        self._hands.press("Ctrl+P")
        yield lambda: parts.window.errands.busy
        self._hands.press("Return")
        yield lambda: len(self.papers) > papers
        yield self._pause()
        self._picture("log")
        self._hands.press("F6")
        yield self._hands.idle
        self._picture("visitor")

    # --- small things

    def _begin(self, step: str) -> None:
        self._step = self._words(f"command.demo.{step}")
        print(self._words("command.demo.step", what=self._step), flush=True)

    def _pause(self) -> Callable[[], bool]:
        steady = self._equipment.clock.steady
        began = steady()
        return lambda: self._hands.idle() and steady() - began > _RECEPTION_S

    def _picture(self, name: str) -> None:
        self.pictures.mkdir(parents=True, exist_ok=True)
        self._taken += 1
        self.last_picture = self.pictures / f"{self._taken:02d}-{name}.png"
        self._parts.window.grab().save(str(self.last_picture))

    def _printed(self, job: PrintJob, where: str, document: Document) -> None:
        self.papers.append(Path(where))
        if job.printed is Printed.SLIP:
            self._slips.append(document)

    def _hold_up_slip(self) -> None:
        """The slip that was printed, photographed: from now on the camera sees it come and go."""
        scenes = self._folder / "scenes"
        fonts = self._equipment.resources / "fonts"
        demo_scenes.hold_up(self._slips[-1], fonts, self._equipment.resources, scenes)
        self._reel.source = str(scenes)


def _declared(state: State) -> bool:
    """Whether the form has answered already what H would tick."""
    return isinstance(state, Screening) and state.checklist.declared is not Declared.NOT_YET
