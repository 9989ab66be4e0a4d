"""What every importer promises, tried with files of each kind: a sound routine, and every loss at its line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.compiler.compiling import compiled, library
from tests.compiler.measures import simple
from voicecoach.coach.importing import Import, import_file
from voicecoach.coach.ruling import rule_problems
from voicecoach.errors import VoicecoachError
from voicecoach.routine import documents, foreign
from voicecoach.routine.importers.recognised import IMPORTERS, MAX_LINES, MAX_TEXT
from voicecoach.routine.read import read_as_far

FILES = Path(__file__).parent / "files"
SOURCES = sorted(path for path in FILES.iterdir() if path.suffix != ".written")


def imported(path: Path) -> str:
    """All that comes of a file, as one text."""
    found = import_file(path)
    told = [f"{path.name}:{loss.line}: lost: {loss.what}\n" for loss in found.losses]
    return "\n".join([routine.text for routine in found.routines]) + "".join(told)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_what_comes_of_a_file(path: Path, update_golden: bool) -> None:
    written = path.with_name(f"{path.name}.written")
    text = imported(path)
    if update_golden:
        written.write_text(text, encoding="utf-8")
    assert text == written.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_it_is_yaml_with_every_text_as_it_was(path: Path) -> None:
    for routine in import_file(path).routines:
        value = yaml.safe_load(routine.text)
        assert value["title"] == routine.title
        assert value["phase"] == "training"
        assert value["steps"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_loss_stands_at_a_line_of_its_file(path: Path) -> None:
    lines = path.read_bytes().count(b"\n") + 1
    assert all(1 <= loss.line <= lines and loss.what for loss in import_file(path).losses)


def test_every_importer_has_a_file_here() -> None:
    """By what `foreign` calls it: an importer that no file reaches is none."""
    used = {ast.literal_eval(name) for name in re.findall(r"importer=(\"\w+\")", Path(foreign.__file__).read_text())}
    assert used == set(IMPORTERS)
    endings = {path.name.split(".", 1)[1] for path in SOURCES}
    assert endings >= {"json", "w2a.yaml", "txt", "yml", "hiit", "md", "csv"}


KNOWN = {"section", "silence"} <= set(documents.STEPS) and {"pace", "sets", "at"} <= set(
    documents.ExerciseStepShape.model_fields
)


@pytest.mark.skipif(not KNOWN, reason="the keys of a training are not there yet")
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_what_is_written_passes_check_and_is_spoken(path: Path, tmp_path: Path) -> None:
    for routine in import_file(path).routines:
        made = tmp_path / "made.yaml"
        made.write_text(routine.text, encoding="utf-8")
        found, problems, whole = read_as_far(made, library())
        assert found is not None, problems
        assert [*problems, *rule_problems(found, whole=whole)] == []
        timeline = compiled(routine.text, simple, found.language)
        assert len(timeline.steps) > 1


# --- files and folders ---


@pytest.fixture
def backup() -> Import:
    return import_file(FILES / "backup.json")


def test_a_folder_gets_a_file_each(backup: Import, tmp_path: Path) -> None:
    assert [path.name for path in backup.write(tmp_path / "mine")] == ["quick-eight.yaml", "evening.yaml"]
    assert (tmp_path / "mine" / "evening.yaml").read_text(encoding="utf-8") == backup.routines[1].text


def test_a_file_gets_the_first(backup: Import, tmp_path: Path) -> None:
    assert backup.write(tmp_path / "one.yaml") == (tmp_path / "one.yaml",)
    assert [path.name for path in tmp_path.iterdir()] == ["one.yaml"]


def test_titles_that_are_alike_have_files_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("Day,Exercise,Reps\nØ,Squat,5\nO e,Squat,5\n", encoding="utf-8")
    assert [made.name for made in import_file(path).write(tmp_path / "x")] == ["days-oe.yaml", "days-o-e.yaml"]
    path.write_text("Day,Exercise,Reps\nA!,Squat,5\nA?,Squat,5\n", encoding="utf-8")
    assert [made.name for made in import_file(path).write(tmp_path / "x")] == ["days-a.yaml", "days-a-2.yaml"]


def test_an_output_is_never_the_input(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("instructions:\n  - {text: Squat, duration_seconds: 30}\n", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(path)
    for output in (path, tmp_path / "link.yaml"):
        with pytest.raises(VoicecoachError, match="is the file that is imported"):
            import_file(path).write(output)
    assert path.read_text(encoding="utf-8").startswith("instructions")


# --- whatever else lies there ---

HOSTILE: dict[str, tuple[bytes, str]] = {
    "bomb.json": (b"[" * 100_000, "JSON"),
    "deep.json": (b'{"sets":' * 50_000, "JSON"),
    "bomb.yaml": (b"a: &a [1]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\naudio_format: [*c,*c]\n", "YAML"),
    "tags.yaml": (b'!!python/object/apply:os.system ["id"]\n', "YAML"),
    "zip.txt": (b"PK\x03\x04" + bytes(99), "an archive"),
    "bytes.txt": (bytes(range(256)) * 9, "no text"),
    "nothing.txt": (b" \n \n", "is empty"),
    "half.txt": (b"\xff\xfe\x00\xd8", "no text"),
    "lines.txt": (b"Squat 3x10\n" * (MAX_LINES + 1), "at most 2,000"),
    "long.txt": (b"Squat 3x10 " * (MAX_TEXT // 10), "at most 400,000"),
    "large.md": (b"x" * 2_100_000, "at most 2 MB"),
    "ours.yaml": (b"title: {en: Calm}\nsteps: [{rest: 5 s}]\n", "a routine already"),
    "other.yaml": (b"apiVersion: 1\nkind: Pod\n", "a program that is not known"),
    "prose.txt": (b"The quick brown fox, and nothing of a workout at all, jumps over the lazy dog.\n", "no exercise"),
    "bike.zwo": (b"<workout_file><name>Legs</name></workout_file>", "a Zwift workout, which is not imported"),
    "icu.json": (b'[{"workout_doc": {}, "name": "x"}]', "Intervals.icu"),
    "plan.ics": (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a calendar says when"),
    "song.mp3": (b"ID3\x04" + bytes(99), "it is sound already"),
    "plan.pdf": (b"%PDF-1.7\n\x00\xff", "a PDF"),
    "run.fit": (bytes([14, 16, 0, 0, 0, 0, 0, 0]) + b".FIT" + bytes(9), "a sports watch"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_other_file_is_one_clear_line(name: str, tmp_path: Path) -> None:
    data, said = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(VoicecoachError, match=re.escape(said)) as told:
        import_file(tmp_path / name)
    assert told.value.exit_code == 1
    assert "\n" not in told.value.message
    assert len(told.value.message) < 400
    assert told.value.hint


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(VoicecoachError, match="there is no file"):
        import_file(tmp_path / "none.md")
    with pytest.raises(VoicecoachError, match="a folder"):
        import_file(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_danish_letters_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("Rygstræk 20 sek\nKnæbøjning 3 x 10\nÅndedræt 1 min\n".encode(encoding))
    text = import_file(path).routines[0].text
    assert all(name in text for name in ("Rygstræk", "Knæbøjning", "Åndedræt", "language: da"))


HARD = [
    "10 reps " * 37, "1 min and " * 30, "Squat " + "1," * 140, "(" * 300, "3 x " * 75, "rest " * 60, "- " * 150,
    "0:0" * 100, "1-" * 150, "[a](" * 75, "**" * 150, "hold for the " * 23, "each side / " * 25,
]  # fmt: skip


@pytest.mark.parametrize("line", HARD, ids=lambda line: line[:12])
def test_a_line_made_to_be_slow_is_not(line: str, tmp_path: Path) -> None:
    """Each pattern of a line is looked for in at most a few hundred characters; a hundred lines are no minute."""
    path = tmp_path / "x.txt"
    path.write_text("Squat 3 x 10\n" + "".join(f"{number} {line}\n" for number in range(20)), encoding="utf-8")
    assert import_file(path).routines
