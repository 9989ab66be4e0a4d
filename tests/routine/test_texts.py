"""Sentences as people write them: those that a rule of the texts tells, and those that it must leave alone."""

from __future__ import annotations

import json

import pytest

from tests.compiler.compiling import routine_of
from voicecoach.coach.ruling import rule_problems
from voicecoach.model import Language

MOVE = "  - {exercise: hip-circles, duration: 30 s}\n"
HEAT = "  - {heat: pad, duration: 10-15 min}\n"

TELLS_HEAT: dict[Language, list[str]] = {
    "en": [
        "Put a hot-water bottle on your belly.",
        "Place a heating pad under your lower back for thirty minutes.",
        "Heat it with a microwaveable wheat bag.",
        "Apply heat to your lower back.",
        "Use heat for half an hour.",
        "Warm your back with a heat lamp.",
        "Ice your knee for ten minutes.",
        "Put a bag of frozen peas on it.",
        "Take an ice bath afterwards.",
        "Finish with a sauna.",
        "Heat right after an injury speeds healing.",
        "Leave the heat on while you sleep.",
        "Go to bed with the heating pad on.",
        "A warm bath tonight will do you good.",
        "Use a cold pack on your shoulder.",
        "Rest with a heatpad on your back for an hour.",
        "Now lie on your heated blanket.",
        "Heat packs are good for a fresh sprain.",
        "Put something warm on your neck.",
        "Hold something cold against it.",
        "Why not try a hot water bottle?",
        "A heat pad for an hour, no more.",
    ],
    "da": [
        "Læg en varm dunk på lænden.",
        "Brug en varmepude i tredive minutter.",
        "Læg varme på ryggen i en time.",
        "Læg is på knæet.",
        "Slut af med en tur i saunaen.",
        "Tag et varmt bad bagefter.",
        "Læg en varmepude på, mens du sover.",
        "Varme er godt efter en skade.",
        "Sov med varmebæltet på.",
        "Kom en pose frosne ærter på skulderen.",
        "Brug kulde på det ømme sted.",
        "Læg en ispose på i tyve minutter.",
        "Giv ryggen varme i en halv time.",
        "Varm ryggen med en varmelampe.",
        "Lig med varmepuden hele natten.",
        "Læg dig med en varm rispude på nakken.",
        "Læg noget varmt på ryggen i en time.",
        "Sæt dig med en varmeflaske.",
        "Hold noget koldt mod knæet.",
    ],
}
TELLS_NONE: dict[Language, list[str]] = {
    "en": [
        "Time for the warm-up.",
        "You are warm now.",
        "Your body is warm and heavy.",
        "Feel the heat in your muscles.",
        "Feel the burn, feel the warmth spread.",
        "Cold muscles get injured more easily.",
        "It is cold outside, so dress warmly.",
        "Take a cool drink of water.",
        "Ice skaters next.",
        "Break the ice with a smile.",
        "Warm up slowly before you lift.",
        "The heat of summer calls for more water.",
        "Hot yoga is not for everyone.",
        "Move to stay warm, even on a cold day.",
        "Keep warm with a blanket.",
        "Rub your hands together until they are warm.",
        "Stay cool and calm.",
        "Cool down now.",
        "Take a warm shower when you get home.",
        "Hold your hands in front of the fire.",
        "Turn up the heat! Sprint!",
        "In this heat, drink more water.",
    ],
    "da": [
        "Nu varmer vi op.",
        "Du er varm nu.",
        "Hold varmen med en trøje på.",
        "Mærk varmen i musklerne.",
        "Kroppen er varm og tung.",
        "Kolde muskler bliver lettere skadet.",
        "Det er koldt udenfor, så tag en jakke på.",
        "Vi køler ned nu.",
        "Hold dig varm. Få varmen i kroppen.",
        "Opvarmningen er slut.",
        "Brug dine varme muskler til at strække ud.",
        "Drik et glas koldt vand.",
        "Varme muskler strækker sig bedre.",
        "Gnid hænderne varme.",
        "Spis en is bagefter.",
        "Du får varmen af at gå i fem minutter.",
        "Varmen fra opvarmningen er god.",
        "Læg et varmt tæppe over dig.",
        "Isometrisk hold nu.",
    ],
}
BESIDE_HEAT: dict[Language, list[str]] = {
    "en": [
        "Now for the heat. It is pleasant when your lower back is sore.",
        "Switch on the heating pad and lie down.",
        "Ten to fifteen minutes of heat, then you are done.",
        "If you hurt yourself while training, use no heat now. Wait twenty-four hours.",
        "Do not sleep on the pad.",
        "After twenty-four hours you can use the heat pad again.",
        "A heat pad lowers the risk of strained muscles.",
    ],
    "da": [
        "Nu kommer varmen.",
        "Læg varmepuden på lænden, og lig godt.",
        "Varmepuden bliver liggende i ti minutter.",
        "Er du kommet til skade, så spring varmen over.",
        "Sov ikke med varmepuden.",
    ],
}
OTHER_LANGUAGE: dict[Language, list[str]] = {
    "en": [
        "Træk vejret.",
        "Godt gået.",
        "Rejs dig op.",
        "Hvil dig lidt.",
        "Slap af.",
        "Nu skifter vi.",
        "Stræk armene.",
        "Læg dig på ryggen, og træk knæet mod brystet.",
    ],
    "da": [
        "Good job!",
        "Well done, keep going.",
        "Next up: squats and lunges.",
        "Relax your shoulders.",
        "Lie on your back and pull one knee to your chest.",
        "Breathe slowly.",
    ],
}
SAME_LANGUAGE: dict[Language, list[str]] = {
    "en": [
        "Well done, Søren.",
        "Fold over your legs.",
        "Dig your heels in.",
        "Hold fast.",
        "Let go.",
        "Stop.",
        "Cat and cow.",
        "Take the smørrebrød away.",
    ],
    "da": [
        "Godt!",
        "Start",
        "Super flot arbejde!",
        "Kom nu. You can do it!",
        "Lav ti burpees, ti push-ups og ti squats.",
        "Tak.",
        "Bird Dog, Glute bridge og Mountain climbers.",
        "Hop ned i squat, spring ud i push up og jump.",
        "Downward dog.",
        "Gå en tur i by og skov.",
    ],
}


def rules(language: Language, text: str, steps: str = "") -> list[str]:
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    head = f"title: Trial\nlanguage: {language}\nphase: mixed\nsteps:\n{MOVE}"
    return [problem.rule for problem in rule_problems(routine_of(f'{head}  - say: "{said}"\n{steps}'))]


def each(texts: dict[Language, list[str]]) -> list[tuple[Language, str]]:
    return [(language, text) for language, found in texts.items() for text in found]


@pytest.mark.parametrize(("language", "text"), each(TELLS_HEAT))
def test_heat_and_cold_in_a_text_are_told(language: Language, text: str) -> None:
    assert rules(language, text) == ["heat-in-text"]


@pytest.mark.parametrize(("language", "text"), each(TELLS_NONE))
def test_a_warm_body_and_a_cold_day_are_no_treatment(language: Language, text: str) -> None:
    assert rules(language, text) == []


@pytest.mark.parametrize(("language", "text"), each(BESIDE_HEAT))
def test_beside_heat_a_text_may_name_it(language: Language, text: str) -> None:
    assert rules(language, text, HEAT) == []


@pytest.mark.parametrize(("language", "text"), each(OTHER_LANGUAGE))
def test_another_language_is_noticed(language: Language, text: str) -> None:
    assert rules(language, text) == ["text-in-another-language"]


@pytest.mark.parametrize(("language", "text"), each(SAME_LANGUAGE))
def test_names_and_loan_words_are_no_other_language(language: Language, text: str) -> None:
    assert rules(language, text) == []


AGAINST: list[tuple[Language, str, str]] = [
    ("en", "Hold for half a minute.", "hold: 20 s"),
    ("en", 'Hold 30" each.', "hold: 20 s"),
    ("en", "Hold 2'30\" now.", "duration: 2 min"),
    ("en", "0:30 on the clock.", "hold: 20 s"),
    ("en", "Do 3x10.", "reps: 8"),
    ("en", "Do 3x8.", "reps: 8"),
    ("en", "Do 3 sets of 10 reps.", "reps: 8"),
    ("en", "Repeat ten times.", "reps: 8"),
    ("en", "Twenty-five-second hold.", "hold: 20 s"),
    ("en", "Hold for a minute and a half.", "duration: 60 s"),
    ("en", "Stay for 1.5 minutes.", "duration: 60 s"),
    ("en", "45 s on each leg.", "hold: 20 s"),
    ("da", "Bliv i et halvt minut.", "hold: 20 s"),
    ("da", "30 sekunders planke.", "hold: 20 s"),
    ("da", "Gør det på begge sider.", "hold: 20 s"),
    ("da", "Otte til hver side.", "reps: 8"),
    ("da", "Lav 12 gentagelser.", "reps: 8"),
    ("da", "Hold i 1½ minut.", "duration: 60 s"),
    ("da", "3 x 10.", "reps: 8"),
]
AS_DONE: list[tuple[Language, str, str]] = [
    ("en", "Keep the second leg long, first things first.", "reps: 8"),
    ("en", 'Rest one hand on a 12" step.', "reps: 8"),
    ("en", "Turn to both sides in turn.", "duration: 30 s"),
    ("en", "Hands on both sides of your head.", "hold: 20 s"),
    ("en", "Do 8 reps.", "reps: 8"),
    ("en", "Two seconds up, two seconds down.", "reps: 8"),
    ("en", "Hold the pose for twenty seconds.", "hold: 20-30 s"),
    ("en", "A 2x4 under the heels. Tempo 3-1-2.", "reps: 8"),
    ("en", 'Say "level 30" aloud, at 7:30.', "hold: 20 s"),
    ("en", "Make every rep count. One more time.", "reps: 8"),
    ("en", "In half an hour you will thank me.", "duration: 10 min"),
    ("da", "Hold hænderne på hver side af kroppen.", "hold: 20 s"),
    ("da", "Drej til begge sider.", "duration: 30 s"),
    ("da", "Hvert sekund tæller. Min ryg er din.", "duration: 30 s"),
    ("da", "Gå ned på tre, op på to.", "reps: 8"),
    ("da", "Skift om et minut.", "duration: 2 min"),
]


def against(language: Language, text: str, step: str) -> list[str]:
    exercise = f"exercise: {{name: X, kind: strength, instruction: {json.dumps(text, ensure_ascii=False)}}}"
    head = f"title: Trial\nlanguage: {language}\nphase: mixed\nsteps:\n{MOVE}"
    return [problem.rule for problem in rule_problems(routine_of(f"{head}  - {exercise}\n    {step}\n"))]


@pytest.mark.parametrize(("language", "text", "step"), AGAINST)
def test_a_text_against_its_step_is_told(language: Language, text: str, step: str) -> None:
    assert against(language, text, step) == ["text-contradicts-timing"]


@pytest.mark.parametrize(("language", "text", "step"), AS_DONE)
def test_a_text_that_says_what_is_done_is_not(language: Language, text: str, step: str) -> None:
    assert against(language, text, step) == []


def test_sets_that_a_repeat_does_are_done() -> None:
    steps = "  - repeat: 3\n    steps:\n      - exercise: {name: Squat 3x8, kind: strength}\n        reps: 8\n"
    assert rules("en", "Go.", steps) == []
    assert rules("en", "Go.", steps.replace("repeat: 3", "repeat: 2")) == ["text-contradicts-timing"]


def test_heat_is_told_in_a_text_of_the_wrong_language_too() -> None:
    found = rules("en", "Læg en varm dunk på lænden, mens du sover.")
    assert sorted(found) == ["heat-in-text", "text-in-another-language"]
