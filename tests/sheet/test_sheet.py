"""A sheet says all that is done and all that must be heeded, in every format and language."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.running import run
from voicecoach.coach.coach import Coach
from voicecoach.coach.references import reference
from voicecoach.compiler.choice import LEVEL_CHOICES
from voicecoach.compiler.expand import expand
from voicecoach.language.phrasebook import phrasebook
from voicecoach.model import LANGUAGES, ExerciseStep, Language, Routine, SayStep, ThermalStep
from voicecoach.resources import shipped
from voicecoach.sheet.formats import FORMATS
from voicecoach.units import format_duration

ROUTINES = sorted(path.stem for path in shipped("scripts", "routines").glob("*.yaml"))
BOTH = {"da": "begge sider", "en": "both sides"}
ONE = {("da", "left"): "venstre", ("da", "right"): "højre", ("en", "left"): "left", ("en", "right"): "right"}


class Page(HTMLParser):
    """The words of a page, and whether it is whole."""

    VOID = ("meta", "br", "path")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)


def words_of(path: Path) -> str:
    """What a person reads, in one line and in small letters."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = " ".join(Page(text).words)
    if path.suffix == ".md":
        text = re.sub(r"^> ", "", re.sub(r"\\(.)", r"\1", text), flags=re.MULTILINE)
    return " ".join(text.split()).lower()


def plain(text: str | None) -> str:
    assert text
    return " ".join(text.split()).lower()


@pytest.fixture(scope="module")
def coach() -> Iterator[Coach]:
    with Coach() as opened:
        yield opened


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROUTINES)
def test_every_shipped_routine_is_told_in_full(name: str, language: Language, coach: Coach) -> None:
    performance = coach.perform(name, language=language)
    for ending in FORMATS:
        said = words_of(performance.sheet(f"{name}{ending}"))
        for wanted in all_that_matters(performance.routine, language):
            assert wanted in said, (ending, wanted)


def all_that_matters(routine: Routine, language: Language) -> Iterator[str]:
    say = phrasebook(language).say
    yield plain(routine.title.get(language))
    yield plain(say(f"phase-{routine.phase}"))
    for item in expand(routine, LEVEL_CHOICES["normal"]):
        step = item.step
        if isinstance(step, ExerciseStep):
            exercise = step.exercise
            texts = [exercise.name, exercise.setup, exercise.instruction, exercise.ending, exercise.caution]
            yield from (plain(text.get(language)) for text in [*texts, *exercise.tips] if text)
            if item.length_ms:
                yield format_duration(item.length_ms)
            if step.sides in ("both", "alternate"):
                yield BOTH[language]
            elif step.sides != "none":
                yield ONE[language, step.sides]
            yield from (plain(reference(source, language)) for source in exercise.sources)
        elif isinstance(step, ThermalStep):
            phrases = [f"{step.kind}-on-{step.source}", f"skin-check-{step.kind}", f"{step.kind}-off-{step.source}"]
            yield from (plain(say(key)) for key in [*phrases, *(["heat-caution"] if step.kind == "heat" else [])])
        elif isinstance(step, SayStep):
            yield plain(step.text.get(language))
        else:
            yield format_duration(item.length_ms)
    yield from (plain(text.get(language)) for text in (routine.about, routine.intro, routine.outro) if text)
    yield from (plain(reference(source, language)) for source in routine.sources)


ALL = """
title: {en: Everything <b> & "more"}
language: en
intro: {en: "1. Breathe *calmly* <i>"}
steps:
  - exercise:
      name: {en: Side <bend>}
      kind: stretch
      limb: {en: hip}
      caution: {en: "Stop & rest if it hurts. Then call."}
      sources: [nadler-2003, A book & a pen]
    hold: 20-30 s
    sides: both
    breathing: {in: 4 s, hold_in: 1 s, out: 6 s}
  - repeat: 2-4
    between: 20-40 s
    steps:
      - exercise: {name: {en: Push}, kind: strength, limb: {en: arm}}
        reps: 7
        tempo: {up: 3 s, down: 1 s}
        sides: left
      - exercise: {name: {en: Pull}, kind: strength}
        reps: 5
        hold: 3 s
        sides: alternate
  - section: {en: With weights}
  - exercise: {name: {en: Row}, kind: strength}
    sets: 3
    rest: 60-90 s
    reps: 8-12
    pace: own
    load: 60 kg
    note: {en: RPE 7}
  - exercise: {name: {en: Hang}, kind: strength}
    reps: max
    time: 45 s
  - exercise: {name: {en: Lunge}, kind: stretch}
    hold: {left: 90 s, right: 2 min}
    sides: both
  - exercise: {name: {en: Rest pose}, kind: stretch}
    hold: 4-6 breaths
    breathing: {in: 4 s, out: 6 s}
  - silence: 7 s
  - rest: 1-2 min
    title: {en: Water}
  - contrast: {heat: 3 min, cold: 1 min, rounds: 3}
  - cold: pack
    duration: 4 min
  - stop: {en: Train now.}
  - say: {en: "Well < done"}
"""
TOLD = {
    "gentle": [
        "hold: 20 s",
        "2 times over, with 40 s of rest",
        "sets: 3, with 1 min 30 s of rest between",
        "water: 2 min",
    ],
    "full": ["hold: 30 s", "4 times over, with 20 s of rest", "sets: 3, with 1 min of rest between", "water: 1 min"],
}


def test_what_is_chosen_is_told(here: Path) -> None:
    (here / "all.yaml").write_text(ALL)
    done = run("sheet", "all.yaml", "-o", "x.txt", "--level", "full")
    assert done.code == 0, done.err
    said = words_of(here / "x.txt")
    for wanted in [
        *TOLD["full"],
        "sides: both sides, first all of the left, then all of the right (hip)",
        "breathing: in 4 s, pause 1 s, out 6 s",
        "repetitions: 7",
        "tempo: 3 s up, 1 s down",
        "sides: left arm",
        "repetitions: 5, each held for 3 s",
        "both sides in turn",
        "rounds: 3 × (heat 3 min, cold 1 min)",
        "check your skin: half-way",
        "pause: train now.",
        "with weights ------------",
        "repetitions: 12",
        "pace: your own",
        "load: 60 kg",
        "note: rpe 7",
        "repetitions: as many as you can",
        "pace: your own, within 45 s",
        "hold: left side 1 min 30 s, right side 2 min",
        "hold: 6 breaths (1 min)",
        "silence: 7 s",
        "message: well < done",
        "take care: stop & rest if it hurts. then call.",
    ]:
        assert wanted in said, wanted
    assert said.index("a book & a pen") < said.index("nadler, s. f.")  # by author
    assert run("sheet", "all.yaml", "-o", "x.txt", "--level", "gentle").code == 0
    assert [wanted for wanted in TOLD["gentle"] if wanted not in words_of(here / "x.txt")] == []


def test_a_variable_is_filled(here: Path) -> None:
    (here / "for.yaml").write_text("title: {en: 'For {name}'}\nlanguage: en\nsteps:\n  - say: {en: 'Hi, {name}.'}\n")
    assert run("sheet", "for.yaml", "-o", "x.txt", "--var", "name=Anna").code == 0
    assert (here / "x.txt").read_text(encoding="utf-8").startswith("For Anna\n========\n")
    done = run("sheet", "for.yaml", "-o", "y.txt")
    assert (done.code, "missing-var" in done.err) == (1, True)


def test_a_length_that_is_chosen_is_that_of_the_export(coach: Coach) -> None:
    performance = coach.perform("back-cool-down-short", language="en", fit="13 min")
    said = words_of(performance.sheet("x.txt"))
    assert "in all: 13 min" in said
    for step in performance.timeline.steps:
        if step.work == "hold":
            assert f"hold: {format_duration(step.work_end_ms - step.work_start_ms)}" in said


def test_easier_exercises_are_those_of_the_sheet(coach: Coach) -> None:
    performance = coach.perform("core-short", language="en", easier=True)
    said = words_of(performance.sheet("x.txt"))
    for item in expand(performance.routine, LEVEL_CHOICES["normal"]):
        if isinstance(item.step, ExerciseStep):
            assert plain(item.step.exercise.name.get("en")) in said


def test_a_page_is_whole_and_needs_nothing_else(here: Path) -> None:
    (here / "all.yaml").write_text(ALL)
    assert run("sheet", "all.yaml", "-o", "x.html", "--url", "https://example.org/a?b='1'&c=2").code == 0
    text = (here / "x.html").read_text(encoding="utf-8")
    page = Page(text)
    assert dict(page.tags)["html"] == {"lang": "en"}
    outside = {"src", "srcset", "data", "action", "poster"}
    assert not [tag for tag, attrs in page.tags if outside & set(attrs) or tag in ("link", "script", "img", "iframe")]
    assert [attrs["href"] for _, attrs in page.tags if "href" in attrs] == ["https://example.org/a?b='1'&c=2"]
    assert "url(" not in text
    assert "@import" not in text
    assert "<b>" not in text
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert re.search(r"article \{[^}]*break-inside: avoid", text)
    assert min(float(size) for size in re.findall(r"([\d.]+)pt", text.partition(".qr")[0])) >= 11
    assert any(tag == "svg" and attrs["role"] == "img" for tag, attrs in page.tags)


def test_markup_in_a_text_stays_a_text(here: Path) -> None:
    (here / "all.yaml").write_text(ALL)
    assert run("sheet", "all.yaml", "-o", "x.md").code == 0
    text = (here / "x.md").read_text(encoding="utf-8")
    assert '# Everything \\<b\\> \\& "more"' in text
    assert "\n1\\. Breathe \\*calmly\\* \\<i\\>\n" in text


@pytest.mark.parametrize("ending", FORMATS)
def test_a_code_leads_there(ending: str, here: Path) -> None:
    assert run("sheet", "screening", "-o", f"x{ending}", "--url", "https://example.org/a").code == 0
    text = (here / f"x{ending}").read_text(encoding="utf-8")
    assert "https://example.org/a" in text
    assert {".html": "<svg", ".md": "data:image/svg+xml", ".txt": "█▀▀▀▀▀█"}[ending] in text


@pytest.mark.parametrize(
    "url", ["example.org", "javascript:alert(1)", "ftp://x/y", "https://", "https://a b", 'https://a/"', "http://[x"]
)
def test_what_is_no_address_is_wrong_usage(url: str, here: Path) -> None:
    done = run("sheet", "screening", "-o", "x.html", "--url", url)
    assert (done.code, "is no address" in done.err) == (2, True)
    assert list(here.iterdir()) == []
    assert run("sheet", "screening", "-o", "x.html", "--url", f"https://x/{'y' * 4000}").code == 2


def test_without_segno_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    done = run("sheet", "screening", "-o", "x.html", "--url", "https://example.org")
    assert done.code == 3
    assert "voicecoach[qr]" in done.err
    assert list(here.iterdir()) == []
    assert run("sheet", "screening", "-o", "x.html").code == 0


@pytest.mark.parametrize("name", ["x.pdf", "x", "-", "x.mp3"])
def test_another_ending_is_wrong_usage(name: str, here: Path) -> None:
    done = run("sheet", "screening", "-o", name)
    assert (done.code, ".html" in done.err) == (2, True)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_only_a_sheet_of_ours_is_replaced(ending: str, here: Path) -> None:
    shutil.copy(shipped("scripts", "routines", "core-short.yaml"), here / "mom's & dad's.yaml")
    for _ in range(2):
        assert run("sheet", "mom's & dad's.yaml", "-o", f"x{ending}").code == 0
    before = (here / f"x{ending}").read_bytes()
    done = run("sheet", "screening", "-o", f"x{ending}")
    assert (done.code, "an export of the routine “mom's & dad's”" in done.err) == (1, True), done.err
    assert (here / f"x{ending}").read_bytes() == before
    (here / f"x{ending}").write_text("voicecoach screening")
    assert run("sheet", "screening", "-o", f"x{ending}").code == 1
    assert run("sheet", "screening", "-o", f"x{ending}", "--force").code == 0


def test_no_sheet_is_written_over_what_is_read(here: Path) -> None:
    shutil.copy(shipped("scripts", "routines", "core-short.yaml"), here / "mine.yaml")
    (here / "x.txt").symlink_to("mine.yaml")
    done = run("sheet", "mine.yaml", "-o", "x.txt", "--force")
    assert (done.code, "is read for this" in done.err) == (1, True)


def test_a_text_that_is_missing_is_told_at_its_line(here: Path) -> None:
    (here / "one.yaml").write_text("title: {en: One}\nlanguage: en\nsteps:\n  - say: {en: Hi.}\n")
    done = run("sheet", "one.yaml", "-o", "x.md", "--lang", "da")
    assert (done.code, "one.yaml:4" in done.err) == (1, True)
    assert not (here / "x.md").exists()


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(not CHROMIUM or not shutil.which("pdfinfo"), reason="no browser here that prints")
def test_it_prints_on_a4(here: Path) -> None:
    assert run("sheet", "back-cool-down", "-o", "x.html").code == 0
    printing = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=x.pdf", "x.html"]
    subprocess.run(printing, check=True, capture_output=True, timeout=120)
    said = subprocess.run(["pdfinfo", "x.pdf"], check=True, capture_output=True, text=True).stdout
    assert "A4" in said
    assert int(re.findall(r"Pages:\s*(\d+)", said)[0]) <= 3
