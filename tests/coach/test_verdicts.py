"""What `check` found of a file is kept, and found anew when something changes on which it depends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import FakeEngine, fake_voice
from voicecoach.coach import checking
from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.config import Config, Speaking
from voicecoach.coach.options import Options
from voicecoach.coach.places import places
from voicecoach.coach.sounds import Sounds
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.spoken import number
from voicecoach.model import Problem, Routine, Timeline
from voicecoach.speech.cache import SpeechCache
from voicecoach.speech.speaker import Speaker

ROUTINE = "title: {{en: Mine {0}}}\nphase: mixed\nlanguage: en\nsteps:\n  - {{exercise: own-{0}, reps: 4}}\n"
EXERCISE = "own-{0}:\n  name: {{en: Turn {0}}}\n  kind: mobility\n  instruction: {{en: Turn.}}\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A person's own folder: three routines, each with an exercise of its own, and one that breaks a rule."""
    folder = tmp_path / "own"
    (folder / "exercises").mkdir(parents=True)
    (folder / "routines").mkdir()
    for name in "abc":
        (folder / "routines" / f"{name}.yaml").write_text(ROUTINE.format(name), encoding="utf-8")
        (folder / "exercises" / f"{name}.yaml").write_text(EXERCISE.format(name), encoding="utf-8")
    (folder / "routines" / "broken.yaml").write_text(ROUTINE.format("none"), encoding="utf-8")
    return folder


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The routines that were judged, and those that were compiled (`a.yaml en`)."""
    found: list[str] = []
    problems, compiled = checking._problems, compile_routine

    def judge(path: Path, *rest: object) -> list[Problem]:
        found.append(path.stem)
        return problems(path, *rest)  # type: ignore[arg-type]

    def compile_(routine: Routine, options: Options, sounds: Sounds) -> Timeline:
        found.append(f"{Path(routine.location.path).stem} {options.language}")
        return compiled(routine, options, sounds)

    monkeypatch.setattr(checking, "_problems", judge)
    monkeypatch.setattr(checking, "compile_routine", compile_)
    return found


class Checker:
    """Checks as another process would: with voices, configuration and memory of its own."""

    def __init__(self, own: Path, judged: list[str]) -> None:
        self.own, self.judged = own, judged
        self.config = Config()
        self.version = "1"
        self.problems: list[str] = []

    def __call__(self) -> list[str]:
        self.judged.clear()
        at = places(cache=self.own.parent / "cache", config=self.own, routines=[])
        voices = [fake_voice("en"), fake_voice("en", id="fake:other")]
        engine = FakeEngine(voices=voices)
        engine.version = self.version
        respell = Lexicon(number, at.own).all_spoken
        speaker = Speaker(engines={"fake": lambda: engine}, cache=SpeechCache(at.cache / "speech"), respell=respell)
        with Sounds(speaker, self.config, at) as sounds:
            found = checking.check_files(sorted((self.own / "routines").glob("*.yaml")), sounds)
        self.problems = [f"{Path(problem.location.path).stem} {problem.rule}" for problem in found]
        return [name for name in self.judged if " " not in name]


@pytest.fixture
def check(own: Path, judged: list[str]) -> Checker:
    return Checker(own, judged)


ALL = ["a", "b", "broken", "c"]


def test_after_a_change_only_what_depends_on_it_is_judged(check: Checker, own: Path) -> None:
    assert check() == ALL
    assert check.judged == ["a", "a en", "b", "b en", "broken", "c", "c en"]
    assert check.problems == ["broken unknown-exercise"]
    assert check() == []
    assert check.problems == ["broken unknown-exercise"]
    (own / "routines" / "b.yaml").write_text(ROUTINE.format("b") + "  - {say: {da: Hej.}}\n", encoding="utf-8")
    assert check() == ["b"]
    assert check.problems == ["b missing-language", "broken unknown-exercise"]
    (own / "exercises" / "c.yaml").write_text(EXERCISE.format("c").replace("Turn.", "Go."), encoding="utf-8")
    assert check() == ["broken", "c"]
    (own / "exercises" / "none.yaml").write_text(EXERCISE.format("none"), encoding="utf-8")
    assert check() == ["broken"]
    assert "broken unknown-exercise" not in check.problems
    (own / "exercises" / "none.yaml").unlink()
    assert check() in ([], ["broken"])
    assert "broken unknown-exercise" in check.problems
    (own / "routines" / "a.yaml").rename(own / "routines" / "d.yaml")
    assert check() == ["d"]
    (own / "routines" / "d.yaml").unlink()
    assert check() == []


def test_where_an_exercise_stands_belongs_to_what_is_told(check: Checker, own: Path) -> None:
    check()
    text = (own / "exercises" / "a.yaml").read_text(encoding="utf-8")
    (own / "exercises" / "a.yaml").write_text(f"# one line more\n{text}", encoding="utf-8")
    assert check() == ["a", "broken"]


def test_who_speaks_and_how_decides(check: Checker, own: Path) -> None:
    """What a voice has no time for is judged with the voice that would speak."""
    assert check() == ALL
    check.config = Config(languages={"en": Speaking(voice="fake:other")})
    assert check() == ALL
    check.config = Config(languages={"en": Speaking(pace=0.8)})
    assert check() == ALL
    check.config = Config()
    assert check() == []
    check.version = "2"
    assert check() == ALL
    (own / "lexicon-en.toml").write_text('turn = "turn around and around"\n', encoding="utf-8")
    assert check() == ALL
    (own / "lexicon-en.toml").write_text('turn = "turn around"\n', encoding="utf-8")
    assert check() == ALL
    assert check() == []


@pytest.mark.parametrize("change", ["own tones", "code"])
def test_sounds_and_code_decide(change: str, check: Checker, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check()
    if change == "code":
        monkeypatch.setattr(checking, "code_digest", lambda module: b"another version")
    else:
        (own / "tones").mkdir()
        (own / "tones" / "side.txt").write_bytes(b"")
    assert check() == ALL
    assert check() == []


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_what_was_kept_may_go_at_any_time(damage: bytes | None, check: Checker, own: Path) -> None:
    """A kill, a full disk, somebody who tidies up: the same is found as at first."""
    check()
    first = check.problems
    for path in sorted((own.parent / "cache" / "read").rglob("*.kept")):
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage)
    assert check() == ALL
    assert check.problems == first


def test_what_failed_is_tried_again(check: Checker, own: Path) -> None:
    (own / "routines" / "a.yaml").write_text(ROUTINE.format("a") + "  - {say: {en: unspeakable}}\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Exception, match="fake"):
            check()
        assert "a" in check.judged
