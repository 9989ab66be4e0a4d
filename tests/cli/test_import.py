"""`voicecoach import`, as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run

TEXT = "Squats 3 x 10, rest 60s\nPlank 45\n"
DAYS = "## Day 1\n- Squats 3x10\n\n## Day 2\n- Plank 60s\n\n## Notes\n- Sleep\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "legs.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "days.md").write_text(DAYS, encoding="utf-8")
    return tmp_path


def test_the_routine_is_printed_and_nothing_else() -> None:
    done = run("import", "legs.txt")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# From legs.txt.")
    assert "reps: 10" in done.out


def test_a_loss_is_a_line_and_no_failure() -> None:
    done = run("import", "days.md")
    assert done.code == 0
    assert "days.md:7: lost: “Notes”" in done.err
    assert "days.md holds more: “Days: Day 2”" in done.err
    assert "Squats" in done.out
    assert "Plank" not in done.out


def test_it_is_written_and_the_next_step_is_named(here: Path) -> None:
    done = run("import", "legs.txt", "-o", "legs.yaml")
    assert done.code == 0
    assert done.out == ""
    assert "voicecoach check legs.yaml && voicecoach play legs.yaml" in done.err
    assert (here / "legs.yaml").read_text(encoding="utf-8") == run("import", "legs.txt").out


def test_of_several_a_folder_gets_all(here: Path) -> None:
    done = run("import", "days.md", "-o", "mine")
    assert sorted(path.name for path in (here / "mine").iterdir()) == ["days-day-1.yaml", "days-day-2.yaml"]
    assert "holds more" not in done.err


def test_what_is_there_is_replaced_only_if_one_says_so(here: Path) -> None:
    (here / "mine.yaml").write_text("mine\n", encoding="utf-8")
    done = run("import", "legs.txt", "-o", "mine.yaml")
    assert (done.code, "already there" in done.err) == (1, True)
    assert (here / "mine.yaml").read_text(encoding="utf-8") == "mine\n"
    assert run("import", "legs.txt", "-o", "mine.yaml", "--force").code == 0
    assert run("import", "legs.txt", "-o", "mine.yaml").code == 0  # the same again
    (here / "all").mkdir()
    (here / "all" / "days-day-2.yaml").write_text("mine\n", encoding="utf-8")
    assert run("import", "days.md", "-o", "all").code == 1
    assert [path.name for path in (here / "all").iterdir()] == ["days-day-2.yaml"]


def test_what_cannot_be_imported_is_told_by_name(here: Path) -> None:
    (here / "bike.zwo").write_text("<workout_file><name>x</name></workout_file>", encoding="utf-8")
    done = run("import", "bike.zwo", "-o", "x.yaml")
    assert (done.code, done.out) == (1, "")
    assert "bike.zwo is a Zwift workout, which is not imported: it steers a bicycle" in done.err
    assert not (here / "x.yaml").exists()


def test_the_hint_of_check_is_true(here: Path) -> None:
    told = run("check", "legs.txt")
    assert "voicecoach import legs.txt -o legs.yaml" in told.out
    assert run("import", "legs.txt", "-o", "legs.yaml").code == 0
