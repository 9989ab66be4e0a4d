"""Texts as they are written, and as an engine gets them."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from voicecoach.errors import SettingsError
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.reading import reader
from voicecoach.language.spoken import number
from voicecoach.language.wording import FOLDER
from voicecoach.model import Language
from voicecoach.resources import shipped
from voicecoach.speech.engine import ENGINES

DANISH = {
    "Hold i 30 sek. Slip så.": "Hold i tredive sekunder. Slip så.",
    "Hold i 30 sek.": "Hold i tredive sekunder.",
    "Hold i 30 sek. og slip": "Hold i tredive sekunder og slip",
    "10-15 min": "ti til femten minutter",
    "10 – 15": "ti til femten",
    "1 min": "et minut",
    "1-2 min": "et til to minutter",
    "1:30 min": "et minut og tredive sekunder",
    "0:45": "fem og fyrre sekunder",
    "kl. 18:30": "klokken atten tredive",
    "2,5 kg": "to komma fem kilo",
    "2.5 kg": "to komma fem kilo",
    "1.500 m": "tusind fem hundrede meter",
    "2½ time": "to og en halv time",
    "1/2 glas": "et halvt glas",
    "3. runde": "tredje runde",
    "Gør 3. Slip": "Gør tre. Slip",
    "3 x 10 reps": "tre gange ti gentagelser",
    "3x10": "tre gange ti",
    "4-7-8": "fire, syv, otte",
    "30s": "tredive sekunder",
    "L4-L5": "L fire L fem",
    "-5 °C": "minus fem grader",
    "007": "nul nul syv",
    "12345678": "en to tre fire fem seks syv otte",
    "Min ryg og min 5 min": "Min ryg og min fem minutter",
    "BIRD-DOG, bird  dog": "børd dogg, børd dogg",
    "Birddog, Cat/Cow, Cat & Cow, catcow": "børd dogg, kætt kaw, kætt kaw, kætt kaw",
    "Glute bridges, Warmups, push-ups": "glut bridsjes, wårm ops, pusj ops",
    "Sænk, sænkes, sænket": "sængk, sængkes, sængket",
    "Kg og reps, kgs": "kilo og gentagelser, kilo",
    "52 s og toogtyve": "to og haltræs sekunder og to og tyve",
    "Fx ca. 5, osv. Slip osv. og": "for eksempel cirka fem, og så videre. Slip og så videre og",
    "fxx og xca.": "fxx og xca.",
    "💪 Godt 💪🏽 klaret! 👍": "Godt klaret!",
    "[[hej]]": "[ [hej]]",
    "": "",
}
ENGLISH = {
    "Hold for 30 sec. Then rest.": "Hold for thirty seconds. Then rest.",
    "1-2 mins": "one to two minutes",
    "a 30-second hold": "a thirty-second hold",
    "2.5 kg": "two point five kilos",
    "1,000 m": "one thousand metres",
    "3rd round, 21st": "third round, twenty-first",
    "e.g. 5 reps, i.e. few": "for example five reps, that is few",
    "at 8:30": "at eight thirty",
    "1/2 cup": "half a cup",
    "50%": "fifty per cent",
}


def danish(text: str, engine: str = "pyttsx3", folder: Path | None = None) -> str:
    return Lexicon(number, folder, tuple(ENGINES)).spoken(text, "da", engine)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [("da", *pair) for pair in DANISH.items()] + [("en", *pair) for pair in ENGLISH.items()],
)
def test_what_the_engine_gets(language: Language, text: str, said: str) -> None:
    assert Lexicon(number).spoken(text, language, "pyttsx3") == said


def test_a_respelling_belongs_to_one_engine() -> None:
    """A neural voice learned how the words sound; what is written short is short for all."""
    assert danish("Planke, ca. 45 kg") == "plangke, cirka fem og fyrre kilo"
    assert danish("Planke, ca. 45 kg", "piper") == "Planke, cirka femogfyrre kilo"
    assert danish("Bird Dog", "piper") == "børd dogg"
    for path in FOLDER.glob("*.lexicon.*.toml"):
        assert path.name.split(".")[2] in ENGINES


def test_letters_that_were_composed_of_two_are_found() -> None:
    assert danish("ho\u0308jre a\u030a") == "höjre å"
    assert danish("hø. side") == "højre side"


def test_a_persons_own_words_win(tmp_path: Path) -> None:
    (tmp_path / "lexicon-da.toml").write_text(
        'piriformis = "piri-formis"\n"bird dog" = "fuglehund"\n[units]\nsek = ["et øjeblik", "øjeblikke"]\n'
        '[pyttsx3]\nplanke = "[[pl\'aNk@]]"\n',
        encoding="utf-8",
    )
    assert danish("Piriformis, Bird Dog", folder=tmp_path) == "piri-formis, fuglehund"
    assert danish("5 sek", folder=tmp_path) == "fem øjeblikke"
    assert danish("Planke", folder=tmp_path) == "[[pl'aNk@]]"
    assert danish("Planken", folder=tmp_path) == "plangken"
    assert danish("Birddog", folder=tmp_path) == "fuglehund"
    assert danish("Planke", "piper", folder=tmp_path) == "Planke"
    assert Lexicon(number, tmp_path).spoken("Bird dog", "en", "pyttsx3") == "Bird dog"


def test_errors_in_a_persons_own_are_told_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "lexicon-da.toml").write_text('a = 1\n\n[unit]\nsek = "x"\n[units]\nkg = ["et"]\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        danish("hej", folder=tmp_path)
    problems = {problem.location.line: problem for problem in caught.value.problems}
    assert set(problems) == {1, 3, 6}
    assert problems[3].hint == "Did you mean `units`?"


def test_every_engine_can_have_words_of_its_own(tmp_path: Path) -> None:
    for engine in ENGINES:
        (tmp_path / "lexicon-da.toml").write_text(f'[{engine}]\nplanke = "x"\n', encoding="utf-8")
        assert danish("planke", engine, tmp_path) == "x"


@pytest.mark.parametrize("part", ["1", "1-", "1,", "1 x ", "a ", "(", "- ", "ca.", "💪", "[", "½"])
def test_long_texts_take_no_time(part: str) -> None:
    start = time.process_time()
    danish(part * (20_000 // len(part)))
    assert time.process_time() - start < 2


def test_the_short_way_for_ordinary_texts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        *DANISH,
        *ENGLISH,
        *re.findall(r"da: (.+?)[,}\n]", shipped("scripts", "exercises", "core.yaml").read_text("utf-8")),
    ]
    languages: tuple[Language, ...] = ("da", "en")
    short = [Lexicon(number).spoken(text, language, "pyttsx3") for text in texts for language in languages]
    monkeypatch.setattr(reader.Reader, "_is_plain", lambda *_: False)
    assert short == [Lexicon(number).spoken(text, language, "pyttsx3") for text in texts for language in languages]
