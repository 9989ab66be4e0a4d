"""What `docs/content-sources.md` cites is heard, and no text that ships is missing there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import texts
from tests.compiler.compiling import library
from voicecoach.language.phrasebook import sentences
from voicecoach.model import LANGUAGES, Language

DOC = (Path(__file__).parent.parent / "docs" / "content-sources.md").read_text(encoding="utf-8")
CITED = re.findall(r"`([a-z-]+): ([a-z]+(?:\[\d\])?)`", DOC)


def test_what_is_cited_exists_and_all_that_ships_is_cited() -> None:
    cited = {f"{key}: {part}" for key, part in CITED if (key, part) != ("key", "part")}
    places = {place for place, _ in texts.shipped_texts() if not place.endswith(": halfway")}
    assert {place for place in cited if "[" in place} <= places
    assert {place for place in cited if "[" not in place} == {place.split("[")[0] for place in places}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_is_cited_is_heard(language: Language) -> None:
    heard = texts.heard(language)
    assert len(CITED) > 150
    unheard = []
    for key, part in CITED:
        cited = f"{key}: {part}"
        for place, text in texts.shipped_texts():
            if place == cited or place.startswith(f"{cited}["):
                said = sentences(text.get(language) or "?")
                unheard += [(place, part) for part in said if not any(part in cue for cue in heard)]
    assert sorted(set(unheard)) == []


def test_the_readme_counts_what_is_whose() -> None:
    readme = re.sub(r"\s+", " ", (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8"))
    numbers = {9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen"}
    ours = sum(not exercise.sources for exercise in library().values())
    whole = len(library())
    assert f"{numbers[len(texts.ROUTINES)]} routines and {whole} exercises" in readme
    assert f"{whole - ours} of the exercises come from one article" in readme
    assert f"{ours} are gentler substitutes of ours" in readme
