"""Both languages know the same phrases, and neither slips into the other."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import voicecoach
from tests.compiler.compiling import VOICES, library
from voicecoach.coach.pipeline import Options, plan_routine
from voicecoach.compiler.estimate import estimate
from voicecoach.compiler.schedule import schedule
from voicecoach.errors import LanguageError
from voicecoach.language.phrasebook import capitalised, phrasebook, sentence, sentences
from voicecoach.model import LANGUAGES, LEVELS, Language, Utterance
from voicecoach.resources import shipped
from voicecoach.routine.library import load_library, load_routine

SHIPPED = sorted(shipped("scripts", "routines").glob("*.yaml"))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_the_phrasebooks_have_the_same_phrases_with_the_same_places_to_fill() -> None:
    da, en = phrasebook("da"), phrasebook("en")
    assert {key: placeholders(text) for key, text in da.phrases.items()} == {
        key: placeholders(text) for key, text in en.phrases.items()
    }
    assert {unit: {form: placeholders(text) for form, text in forms.items()} for unit, forms in da.units.items()} == {
        unit: {form: placeholders(text) for form, text in forms.items()} for unit, forms in en.units.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_file_says_which_it_is(language: Language) -> None:
    assert phrasebook(language).language == phrasebook(language).grammar.get("language", language) == language


def test_every_phrase_is_used() -> None:
    """A phrase that no one says is one that no one checks."""
    literals, patterns = _strings_of_the_code()
    for key in phrasebook("en").phrases:
        assert key in literals or any(re.fullmatch(pattern, key) for pattern in patterns), key


def _strings_of_the_code() -> tuple[set[str], list[str]]:
    """The texts in the code, and the patterns of those it makes: `f"title-{side}"` is `title-[a-z-]+`."""
    literals, patterns = set(), []
    for path in Path(voicecoach.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z-]+"
                    for part in node.values
                ]
                patterns.append("".join(parts))
    return literals, [pattern for pattern in patterns if len(pattern.replace("[a-z-]+", "")) > 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_has_digits_or_abbreviations(language: Language) -> None:
    for key, text in phrasebook(language).phrases.items():
        assert not re.search(r"\d|\b(min|sek|sec|ca|approx|nr|no)\.", text), key


def test_a_key_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(LanguageError, match="no-such-key"):
        phrasebook("da").say("no-such-key")


def test_sentences_begin_with_a_capital() -> None:
    assert capitalised("ro nu. ånd ud! og? ja") == "Ro nu. Ånd ud! Og? Ja"


@pytest.mark.parametrize(
    ("key", "name", "said"),
    [
        ("name-next", "Ready?", "Next, Ready?"),
        ("name-next", "Go!", "Next, Go!"),
        ("name-next", "“Ready?”", "Next, “Ready?”"),
        ("name-next", "And rest…", "Next, And rest…"),
        ("name-next", "Plank. ", "Next, Plank."),
        ("name-next", "Plank", "Next, Plank."),
        ("title-left", "Plank.", "Plank, left"),
        ("title-left", "Ben, arme m.m.", "Ben, arme m.m., left"),
        ("name", "bækkenløft m. tåløft", "Bækkenløft m. tåløft."),
        ("name-next", "1. løb", "Next, 1. løb."),
        ("name", "hop! og ned", "Hop! og ned."),
        ("name", "øvelse {n}", "Øvelse {n}."),
    ],
)
def test_what_is_filled_in_stays_as_it_was_written(key: str, name: str, said: str) -> None:
    assert phrasebook("en").say(key, name=name) == said


def test_a_value_at_the_beginning_of_a_sentence_has_a_capital() -> None:
    said = phrasebook("en").say("length", length="ten minutes")
    assert said == "Ten minutes."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ro", "Ro."),
        ("Klar?", "Klar?"),
        ("Ro …", "Ro …"),
        ("Sig “nu!”", "Sig “nu!”"),
        ("(Ro.)", "(Ro.)"),
        ("3,5", "3,5."),
    ],
)
def test_a_sentence_has_one_end(text: str, said: str) -> None:
    assert sentence(text) == said


def test_sentences_are_said_one_at_a_time() -> None:
    assert sentences(" En. To!  Tre? Fire… Fem 1.5 ") == ["En.", "To!", "Tre?", "Fire…", "Fem 1.5"]


# --- one language at a time ----------------------------------------------------------------------------------


def words_of(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]+", re.sub(r"\{[^}]*\}", " ", text))}


def texts_in(value: Any, language: Language) -> Iterator[str]:
    """Every text in the language in a document of {da: …, en: …}."""
    if isinstance(value, dict):
        if isinstance(value.get(language), str):
            yield value[language]
        for item in value.values():
            yield from texts_in(item, language)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item, language)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def vocabulary(language: Language) -> set[str]:
    book = phrasebook(language)
    grammar = {key: value for key, value in book.grammar.items() if key not in ("name", "language")}
    said = {word for text in strings([dict(book.phrases), dict(book.units), grammar]) for word in words_of(text)}
    for path in [*SHIPPED, *shipped("scripts", "exercises").glob("*.yaml")]:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        said |= {word for text in texts_in(document, language) for word in words_of(text)}
    return said


@pytest.mark.parametrize(("language", "other"), [("da", "en"), ("en", "da")])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_routine_in_one_language_speaks_no_word_of_the_other(
    path: Path, language: Language, other: Language
) -> None:
    """Words that both languages have, such as “let” and “plank”, are no sign of either."""
    foreign = vocabulary(other) - vocabulary(language)
    assert len(foreign) > 200
    routine, _ = load_routine(path, load_library())
    for level in LEVELS:
        sheet = plan_routine(routine, Options(language=language, level=level), language, VOICES[language])
        for clip in schedule(sheet, estimate).clips:
            if isinstance(clip.sound, Utterance):
                assert clip.sound.language == language
                assert not words_of(clip.sound.text) & foreign, clip.sound.text


def test_every_exercise_speaks_both_languages() -> None:
    for exercise in library().values():
        for text in (exercise.name, exercise.setup, exercise.instruction, exercise.caution, *exercise.tips):
            assert text is None or set(text.by_language) == set(LANGUAGES), exercise.id


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Har du ondt? Så stop. Hvil!", ["Har du ondt?", "Så stop.", "Hvil!"]),
        ("Træn d. 3. maj kl. 8:30, ca. 20 min. om dagen.", ["Træn d. 3. maj kl. 8:30, ca. 20 min. om dagen."]),
        ("Nu kommer 3. runde. Klar?", ["Nu kommer 3. runde.", "Klar?"]),
        ("Hold 30 sek. Hvil så.", ["Hold 30 sek.", "Hvil så."]),
        ("Drink water. 3 sips will do… Good.", ["Drink water.", "3 sips will do…", "Good."]),
        (
            "Ask Dr. Smith, e.g. at 8:30 a.m. on the 3rd. Rest.",
            ["Ask Dr. Smith, e.g. at 8:30 a.m. on the 3rd.", "Rest."],
        ),
        ("Do No. 2. No. Stop!", ["Do No. 2.", "No.", "Stop!"]),
        ("“Hej.” (Ja.) Nej", ["“Hej.”", "(Ja.)", "Nej"]),
        ("Hej", ["Hej"]),
        ("1. Løb", ["1. Løb"]),
        ("1. Løb på stedet. 2. Hop. B. Stræk.", ["1. Løb på stedet.", "2. Hop.", "B. Stræk."]),
        ("Nu: 1.2. Løb.", ["Nu: 1.2. Løb."]),
        ("Tæl til 10. Hvil.", ["Tæl til 10.", "Hvil."]),
    ],
)
def test_sentences_end_where_a_reader_breathes(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
