"""Who speaks."""

from __future__ import annotations

import contextlib

from voicecoach.advice import Advice
from voicecoach.coach.options import AS_USUAL, Options
from voicecoach.coach.sounds import Sounds
from voicecoach.errors import MissingError, NotFoundError, VoicecoachError
from voicecoach.language.wording import name_in_english
from voicecoach.model import LANGUAGES, Language, Routine, Voice
from voicecoach.speech.voice_choice import natural_voice


def choose_voice(routine: Routine, options: Options, sounds: Sounds) -> tuple[Language, Voice]:
    """Voice and language are one choice: a voice named alone brings its language, if it does not speak the routine's;
    else the configured voice of the language speaks, or the best.

    Raises `MissingError` if no voice speaks the language, `NotFoundError` if there is no such voice.
    """
    language = options.language
    if language is None and options.voice:
        named = sounds.speaker.named(options.voice)
        language = named.language if named and not named.speaks(routine.language) else None
    language = language or routine.language
    configured = None if options.voice else sounds.config.speaking(language).voice
    try:
        return language, sounds.speaker.voice_for(language, options.voice or configured)
    except (NotFoundError, MissingError) as error:
        if configured:
            error.hint = f"It is the voice of [{language}] in config.toml. {error.hint}"
        raise


def start_early(options: Options, sounds: Sounds) -> None:
    """Where nothing was ever spoken, the engine starts before the routine is even read, if its language is known."""
    if options.language is None or not sounds.speaker.cache.is_new():
        return
    with contextlib.suppress(VoicecoachError):  # told when the voice is really chosen
        wanted = options.voice or sounds.config.speaking(options.language).voice
        sounds.speaker.start(sounds.speaker.voice_for(options.language, wanted).id)


def default_voices(sounds: Sounds) -> dict[Language, str]:
    """The id of the voice that speaks a language when none is named; a language that nobody speaks is left out."""
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        try:
            found[language] = sounds.speaker.voice_for(language, sounds.config.speaking(language).voice).id
        except VoicecoachError:
            continue
    return found


def natural_voice_to_get(language: Language, sounds: Sounds, options: Options = AS_USUAL) -> str:
    """How to get a natural voice, an `Advice`, where a plain one speaks and nobody chose it; else empty."""
    if options.voice or sounds.config.speaking(language).voice:
        return ""
    with contextlib.suppress(VoicecoachError):
        better = natural_voice(sounds.speaker.voices(), language)
        if better and sounds.speaker.voice_for(language).quality == "basic":
            about = [f"{better.size_mb} MB"] * bool(better.size_mb) + [f"licence {better.licence}"]
            return Advice(f"A natural {name_in_english(language)} voice ({', '.join(about)}): ", better.how_to_get)
    return ""


def voice_named(wanted: str, sounds: Sounds) -> Voice:
    """The voice of an id, whatever it speaks. Raises `NotFoundError` or `MissingError`."""
    speaker = sounds.speaker
    if named := speaker.named(wanted):
        return speaker.voice_for(named.language, wanted)
    for language in LANGUAGES[:-1]:
        try:
            return speaker.voice_for(language, wanted)
        except (NotFoundError, MissingError):
            continue
    return speaker.voice_for(LANGUAGES[-1], wanted)


def introduced(voice_id: str, sounds: Sounds) -> str:
    """“eSpeak Danish (pyttsx3:gmq/da, basic)”: who speaks, in one line."""
    voice = sounds.speaker.named(voice_id)
    if voice is None:
        return voice_id
    filler = sounds.speaker.fill_from(voice_id)
    rest = f"; what is not recorded: {filler}" if filler else ""
    return f"{voice.name} ({voice.id}, {voice.quality}){rest}"
