"""Which CUPS server and which printer, by the files and variables of CUPS' own commands."""

from pathlib import Path

import pytest

from kiosk.adapters import cups_place
from kiosk.adapters.cups_place import Place, find_server, place, preferred


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CUPS_SERVER", "LPDEST", "PRINTER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".cups").mkdir()
    return tmp_path / ".cups"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/run/a.sock", Place(socket="/run/a.sock")),
        ("may-in.so.vn", Place("may-in.so.vn")),
        ("10.0.0.5:8631", Place("10.0.0.5", 8631)),
        ("10.0.0.5:8631/version=1.1", Place("10.0.0.5", 8631)),
        ("may-in/version=1.1", Place("may-in")),
        ("[fe80::1]:632", Place("fe80::1", 632)),
        ("[fe80::1]", Place("fe80::1")),
        ("may-in:cổng", Place("may-in:cổng")),
    ],
)
def test_a_server_s_name(name: str, expected: Place) -> None:
    assert place(name) == expected


def test_the_variable_comes_before_the_person_s_file_and_that_before_the_socket(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket = home / "sock"
    monkeypatch.setattr(cups_place, "_SOCKETS", (str(socket),))
    assert find_server() == Place()
    socket.touch()
    assert find_server() == Place(socket=str(socket))
    (home / "client.conf").write_text("# máy chủ\nEncryption Never\nServerName may-in:632\n")
    assert find_server() == Place("may-in", 632)
    monkeypatch.setenv("CUPS_SERVER", "khac")
    assert find_server() == Place("khac")


def test_the_preferred_printer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert preferred() == ""
    (home / "lpoptions").write_text("Dest A\nDefault Quay-1/ban-2 sides=one-sided\n")
    assert preferred() == "Quay-1"
    monkeypatch.setenv("PRINTER", "lp")
    assert preferred() == "Quay-1"
    monkeypatch.setenv("PRINTER", "B")
    assert preferred() == "B"
    monkeypatch.setenv("LPDEST", "C")
    assert preferred() == "C"


def test_a_file_of_other_bytes_and_a_folder_in_its_place_do_no_harm(home: Path) -> None:
    (home / "client.conf").mkdir()
    (home / "lpoptions").write_bytes(b"\xff\xfe\nDefault\n")
    assert preferred() == ""
    assert find_server().host == "localhost"
