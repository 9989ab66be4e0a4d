"""Spellings that are kept: the same as those that are made anew, and made anew where anything else decides."""

from pathlib import Path

import pytest

from voicecoach.disk_cache import DiskCache
from voicecoach.errors import SettingsError
from voicecoach.language.kept_lexicon import KeptLexicon
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.spoken import number

TEXTS = [f"{n} reps, Piriformis, 2½ kg & {n} × 10 m" for n in range(1, 11)]


def lexicon(tmp_path: Path) -> KeptLexicon:
    return KeptLexicon(DiskCache(tmp_path / "kept", 1_000_000), tmp_path, ("pyttsx3", "piper"))


def was_read(lexicon: KeptLexicon) -> bool:
    return "_lexicon" in vars(lexicon)


def test_what_is_kept_is_what_the_lexicon_says_and_reads_none(tmp_path: Path) -> None:
    made = Lexicon(number).all_spoken(TEXTS, "da", "pyttsx3")
    first, second = lexicon(tmp_path), lexicon(tmp_path)
    assert first.spoken(TEXTS, "da", "pyttsx3") == made
    assert second.spoken(TEXTS, "da", "pyttsx3") == made
    assert was_read(first)
    assert not was_read(second)


@pytest.mark.parametrize(
    ("language", "engine", "cut"), [("en", "pyttsx3", 0), ("da", "piper", 0), ("da", "pyttsx3", 1)]
)
def test_another_language_engine_or_text_is_made_anew(tmp_path: Path, language: str, engine: str, cut: int) -> None:
    lexicon(tmp_path).spoken(TEXTS, "da", "pyttsx3")
    other = lexicon(tmp_path)
    said = other.spoken(TEXTS[cut:], language, engine)
    assert was_read(other)
    assert said == Lexicon(number).all_spoken(TEXTS[cut:], language, engine)


def test_a_person_s_own_words_count_at_once(tmp_path: Path) -> None:
    lexicon(tmp_path).spoken(TEXTS, "da", "pyttsx3")
    (tmp_path / "lexicon-da.toml").write_text('piriformis = "sædemusklen"\n', encoding="utf-8")
    assert all("sædemusklen" in said for said in lexicon(tmp_path).spoken(TEXTS, "da", "pyttsx3"))
    (tmp_path / "lexicon-da.toml").unlink()
    assert not any("sædemusklen" in said for said in lexicon(tmp_path).spoken(TEXTS, "da", "pyttsx3"))


def test_errors_in_a_person_s_own_words_are_told_each_time(tmp_path: Path) -> None:
    (tmp_path / "lexicon-da.toml").write_text("piriformis = 3\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(SettingsError):
            lexicon(tmp_path).spoken(TEXTS, "da", "pyttsx3")


def test_of_a_few_texts_nothing_is_kept(tmp_path: Path) -> None:
    few = lexicon(tmp_path)
    assert few.spoken(TEXTS[:1], "da", "pyttsx3") == Lexicon(number).all_spoken(TEXTS[:1], "da", "pyttsx3")
    assert not (tmp_path / "kept").exists()
