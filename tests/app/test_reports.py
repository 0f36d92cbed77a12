"""`kiosk register` for days that nobody can mean."""

import pytest

from kiosk.app.main import main


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "yesterday", "\x1b[2J"])
def test_a_day_that_is_none_is_told_in_a_sentence(tmp_path, capsys, day):
    assert main(["register", "--data", str(tmp_path), "--lang", "en", "--day", day]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Write year-month-day" in told.err
    assert "\x1b" not in told.err
    assert told.err.count("\n") == 1
