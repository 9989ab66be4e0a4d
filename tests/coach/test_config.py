"""The configuration: what it may say, and what is told of one that says something else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import FakeEngine, fake_voice
from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.config import Config, Speaking, load_config
from voicecoach.coach.options import Options
from voicecoach.coach.pace import parse_pace
from voicecoach.coach.reading import load
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.voices import choose_voice
from voicecoach.errors import MissingError, NotFoundError, SettingsError
from voicecoach.model import Timeline, Utterance
from voicecoach.speech.speaker import Speaker

VOICES = (
    fake_voice("da"),
    fake_voice("da", id="fake:other"),
    fake_voice("en"),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def sounds(config: Config) -> Sounds:
    engine = FakeEngine(voices=VOICES)
    return Sounds(Speaker(engines={"fake": lambda: engine}), config)


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    config = load_config(tmp_path / "config.toml")
    assert config == Config()
    assert config.speaking("da") == Speaking(voice=None, pace=1.0, loudness_lu=0.0)


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    text = (
        '[da]\nvoice = "recordings:mor"\npace = "calm"\nloudness = -3\n[en]\npace = 1.1\n'
        '[voices]\nbase_url = "https://example.org/voices"\n'
    )
    config = load_config(written(tmp_path, text))
    assert config.speaking("da") == Speaking(voice="recordings:mor", pace=0.85, loudness_lu=-3)
    assert config.speaking("en") == Speaking(pace=1.1)
    assert config.voices_base_url == "https://example.org/voices"


def test_every_problem_is_told_at_its_line(tmp_path: Path) -> None:
    text = (
        "# mine\n[da]\nvoise = 'x'\npace = 'slow'\nloudness = 40\n\n[dk]\n[en]\nvoice = 3\npace = true\n"
        "[voices]\nbase_url = 'example'\n"
    )
    with pytest.raises(SettingsError) as caught:
        load_config(written(tmp_path, text))
    problems = {problem.location.line: problem for problem in caught.value.problems}
    assert sorted(problems) == [3, 4, 5, 7, 9, 10, 12]
    assert problems[3].hint == "Did you mean `voice`?"
    assert "calm, normal, brisk" in problems[4].hint
    assert caught.value.exit_code == 1
    assert "7 errors in config.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [("[da\n", 1), ("[da]\nvoice = \n", 2), ("a = 1\na = 2\n", 2), ("[da]\n\nx = '", 3), ("da = 1", 1)],
)
def test_what_is_no_configuration_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(SettingsError) as caught:
        load_config(written(tmp_path, text))
    assert caught.value.problems[0].location.line == line


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(SettingsError, match="1 error in"):
        load_config(tmp_path / "config.toml")
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "config.toml").write_bytes(b"[da]\nvoice = '\xe6'\n")
    with pytest.raises(SettingsError) as caught:
        load_config(tmp_path / "latin" / "config.toml")
    assert caught.value.problems[0].location.line == 2


@pytest.mark.parametrize(
    ("value", "pace"), [("calm", 0.85), ("normal", 1.0), ("brisk", 1.15), (0.7, 0.7), ("1.5", 1.5)]
)
def test_paces(value: object, pace: float) -> None:
    assert parse_pace(value) == pace


@pytest.mark.parametrize("value", ["", "fast", 0.69, 1.51, 0, -1, "nan", "inf", True, None, [1]])
def test_what_is_no_pace(value: object) -> None:
    with pytest.raises(ValueError, match="calm"):
        parse_pace(value)


# --- how it is heard -----------------------------------------------------------------------------------------


def timeline(config: Config, options: Options) -> Timeline:
    routine, _ = load("back-cool-down")
    with sounds(config) as made:
        return compile_routine(routine, options, made)


def introduction_ms(timeline: Timeline) -> int:
    """From the first word to the last."""
    clips = [clip for clip in timeline.clips if clip.role == "intro"]
    return clips[-1].end_ms - clips[0].start_ms


def said(timeline: Timeline) -> list[Utterance]:
    return [clip.sound for clip in timeline.clips if isinstance(clip.sound, Utterance)]


def test_the_configured_voice_speaks_unless_another_is_named() -> None:
    config = Config(languages={"da": Speaking(voice="fake:other")})
    assert {u.voice for u in said(timeline(config, Options(language="da")))} == {"fake:other"}
    assert {u.voice for u in said(timeline(config, Options(voice="fake:da")))} == {"fake:da"}
    assert {u.voice for u in said(timeline(config, Options(language="en")))} == {"fake:en"}


def test_a_configured_voice_that_is_not_there_says_where_it_was_named() -> None:
    config = Config(languages={"da": Speaking(voice="fake:nobody")})
    routine, _ = load("back-cool-down")
    with sounds(config) as made, pytest.raises((NotFoundError, MissingError)) as caught:
        choose_voice(routine, Options(), made)
    assert "[da] in config.toml" in caught.value.hint


@pytest.mark.parametrize(("config", "options"), [(0.85, None), (1.2, 0.85)])
def test_the_pace_is_that_of_all_talk(config: float, options: float | None) -> None:
    """Half of a calm one is in the words, the rest in the pauses."""
    calm = timeline(Config(languages={"da": Speaking(pace=config)}), Options(language="da", pace=options))
    assert min(u.pace for u in said(calm)) == 0.925
    assert {u.pace for u in said(calm)} <= {0.925, 1.4}  # a count that would not fit its second is said faster
    normal = timeline(Config(), Options(language="da"))
    assert introduction_ms(calm) * 0.85 >= introduction_ms(normal)
    assert [clip.duration_ms for clip in calm.clips] != [clip.duration_ms for clip in normal.clips]
    held = [
        [step.work_end_ms - step.work_start_ms for step in each.steps if step.kind == "exercise"]
        for each in (calm, normal)
    ]
    assert held[0] == held[1]


def test_no_toml_reader_is_loaded_without_a_file(tmp_path: Path) -> None:
    code = (
        "import sys; from voicecoach.coach.config import load_config; from pathlib import Path\n"
        f"load_config(Path({str(tmp_path)!r}) / 'config.toml')\n"
        "print(sorted({'tomllib', 'tomli', 'numpy', 'pydantic'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
