"""What is said, against data: tests/language/da.yaml and en.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from num2words import num2words

from voicecoach.language import spoken
from voicecoach.model import LANGUAGES, Language


@cache
def expected(language: Language) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8"))
    return data


def cases(table: str) -> list[Any]:
    return [
        pytest.param(language, key, text, id=f"{language}-{key}")
        for language in LANGUAGES
        for key, text in expected(language)[table].items()
    ]


@pytest.mark.parametrize(("language", "n", "text"), cases("numbers"))
def test_numbers(language: Language, n: int, text: str) -> None:
    assert spoken.number(n, language) == text


@pytest.mark.parametrize(("language", "n", "text"), cases("places"))
def test_places(language: Language, n: int, text: str) -> None:
    assert spoken.place(n, language) == text


@pytest.mark.parametrize(("language", "ms", "text"), cases("durations"))
def test_durations(language: Language, ms: int, text: str) -> None:
    assert spoken.duration(ms, language) == text


@pytest.mark.parametrize(("language", "ms", "text"), cases("about"))
def test_about(language: Language, ms: int, text: str) -> None:
    assert spoken.about(ms, language) == text


@pytest.mark.parametrize(("language", "ms", "text"), cases("lengths"))
def test_lengths(language: Language, ms: int, text: str) -> None:
    assert spoken.length(ms, language) == text


@pytest.mark.parametrize(("language", "unit", "forms"), cases("plurals"))
def test_plurals(language: Language, unit: str, forms: dict[int, str]) -> None:
    for n, text in forms.items():
        assert spoken.counted(n, unit, language) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_below_a_hundred_is_built_of_its_ten_and_its_unit(language: Language) -> None:
    data = expected(language)
    for n in range(21, 100):
        ten, unit = data["tens"][n // 10], spoken.number(n % 10, language)
        assert spoken.number(n, language) == (data["ten-and-unit"].format(ten=ten, unit=unit) if n % 10 else ten)


def test_english_agrees_with_num2words() -> None:
    for n in range(1000):
        assert spoken.number(n, "en") == num2words(n, lang="en").replace(",", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_numbers_sound_alike(language: Language) -> None:
    assert len({spoken.number(n, language) for n in range(3000)}) == 3000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [-1, 1_000_000])
def test_other_numbers_are_refused(language: Language, n: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        spoken.number(n, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_digit_is_ever_left_to_the_voice(language: Language) -> None:
    for ms in [*range(100, 200_000, 700), *range(200_000, 90_000_000, 777_777)]:
        for text in (spoken.duration(ms, language), spoken.about(ms, language)):
            assert text
            assert not any(character.isdigit() for character in text)
