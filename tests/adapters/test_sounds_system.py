import subprocess
import sys
import time

import pytest

from kiosk.adapters import sounds_system
from kiosk.adapters.sounds_system import SystemSounds
from kiosk.ports.sounds import Sound


def test_a_sound_that_the_system_refuses_is_no_fault_of_the_desk(tmp_path, monkeypatch):
    def refuse(path):
        raise RuntimeError(path)  # as winsound does without a sound card

    monkeypatch.setattr(sounds_system, "_windows_player", lambda: refuse)
    SystemSounds(tmp_path).play(Sound.ADMIT)


@pytest.mark.skipif(sys.platform == "win32", reason="plays through programs on other systems")
def test_players_that_hang_do_not_pile_up(tmp_path, monkeypatch):
    player = tmp_path / "player"
    player.write_text("#!/bin/sh\nexec sleep 60\n")
    player.chmod(0o755)
    monkeypatch.setattr(sounds_system.shutil, "which", lambda _: str(player))
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen
    monkeypatch.setattr(
        sounds_system.subprocess,
        "Popen",
        lambda *args, **how: started.append(begin(*args, **how)) or started[-1],
    )
    sounds = SystemSounds(tmp_path)
    for _ in range(12):
        sounds.play(Sound.READ)
    time.sleep(0.2)
    alive = [process for process in started if process.poll() is None]
    for process in alive:
        process.kill()
        process.wait()
    assert len(alive) <= sounds_system._MOST_AT_ONCE
