"""The spine: the only module that joins the stages. Read → check → expand → plan → schedule → levels → sound.

Nothing here prints or asks. `cli` (and whatever comes beside it) calls these functions and shows what they return.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypeAlias

from voicecoach.advice import Advice, Option, do
from voicecoach.coach.ruling import rule_problems as rule_problems
from voicecoach.errors import (
    MissingError,
    NotFoundError,
    NotRecordedError,
    RoutineError,
    UnspeakableError,
    VoicecoachError,
)
from voicecoach.model import (
    LANGUAGES,
    Audio,
    Language,
    Level,
    LevelledTimeline,
    Problem,
    Routine,
    Sound,
    SoundLength,
    Timeline,
    Tone,
    Utterance,
    Voice,
)
from voicecoach.reading_files import expanded
from voicecoach.render.defaults import DUCK_DB as DUCK_DB  # these stand here for the command line too
from voicecoach.render.defaults import DUCK_RANGE_DB as DUCK_RANGE_DB
from voicecoach.render.defaults import MUSIC_DB as MUSIC_DB
from voicecoach.render.defaults import MUSIC_RANGE_DB as MUSIC_RANGE_DB
from voicecoach.render.defaults import PROFILE_NAMES as PROFILE_NAMES
from voicecoach.render.defaults import ProfileName
from voicecoach.resources import shipped

if TYPE_CHECKING:
    from voicecoach.coach.config import Config
    from voicecoach.disk_cache import DiskCache
    from voicecoach.model import CueSheet
    from voicecoach.output.base import Format
    from voicecoach.speech.download.index import RemoteVoice
    from voicecoach.speech.speaker import Speaker
    from voicecoach.verify.report import Report

log = logging.getLogger("voicecoach")

VOICES_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where the voices are that can be downloaded; here so that the command line need not load what downloads."""

DEVICE_KINDS = ("default", "null", "simpleaudio")
"""Those of `output.device.DEVICES`, here so that the command line need not load them."""


Stage: TypeAlias = Literal["reading", "speaking", "levels", "music", "writing"]
"""What takes time, in the order in which it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person may choose when a routine is spoken."""

    language: Language | None = None
    voice: str | None = None
    pace: float | None = None
    """A factor on the pace of talk; `None`: as it is configured."""
    level: Level = "normal"
    fit_ms: int | None = None
    easier: bool = False
    """Every exercise that names a gentler substitute is replaced by it."""
    profile: ProfileName = "home"
    """Where it is heard."""
    floor: bool = False
    """A faint noise throughout, so that no Bluetooth speaker falls asleep."""
    music: Path | None = None
    """A sound file, or a folder of them, to lie under the words."""
    music_db: float = MUSIC_DB
    """The music in pauses, beside speech."""
    duck_db: float = DUCK_DB
    """What is added to that while someone speaks."""


class Sounds:
    """All sounds, spoken and made: their audio, and their lengths. And how the person wants them: the configuration,
    read from its file if none is given (`SettingsError` if it has errors)."""

    def __init__(self, speaker: Speaker | None = None, config: Config | None = None) -> None:
        from voicecoach.coach.config import load_config

        self.config = load_config() if config is None else config
        self.speaker = _speaker() if speaker is None else speaker
        self._tones: dict[Tone, Audio] = {}
        self._tone_identities: dict[Tone, bytes] = {}
        self.kept = _kept_renderings()
        self.progress: Callable[[Stage, int, int], None] = lambda stage, done, total: None
        """Told what is being done, how much of it is done and how much there is to do; 0 of 0: nobody knows."""

    def audio(self, sound: Sound) -> Audio:
        if isinstance(sound, Utterance):
            return self.speaker.audio(sound)
        if sound not in self._tones:
            from voicecoach.render.tone import tone_audio
            from voicecoach.routine.library import own_folder

            self._tones[sound] = tone_audio(sound, own_folder() / "tones")
        return self._tones[sound]

    def length(self, sound: Sound) -> SoundLength:
        if isinstance(sound, Utterance):
            return self.speaker.length(sound)
        from voicecoach.render.tone import tone_length
        from voicecoach.routine.library import own_folder

        return tone_length(sound, own_folder() / "tones")

    def identity(self, sound: Sound) -> bytes:
        """Equal for two sounds only if their audio is the same, and is meant to be as loud. Reads no audio that was
        ever made before."""
        if isinstance(sound, Utterance):
            return self.speaker.identity(sound)
        if sound not in self._tone_identities:
            from voicecoach.render.tone import tone_identity
            from voicecoach.routine.library import own_folder

            self._tone_identities[sound] = tone_identity(sound, own_folder() / "tones")
        return self._tone_identities[sound]

    def prepare(self, utterances: Iterable[Utterance]) -> int:
        """Speaks what was never spoken; returns how many that were. Raises `SpeechError`."""
        return self.speaker.prepare(utterances, lambda done, total: self.progress("speaking", done, total))

    def close(self) -> None:
        self.speaker.close()

    def __enter__(self) -> Sounds:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _kept_renderings() -> DiskCache:
    """Beside the spoken words, a tenth of their room: encoded they are that much smaller."""
    from voicecoach.disk_cache import DiskCache
    from voicecoach.speech.cache import cache_limit_bytes
    from voicecoach.speech.folders import cache_folder

    return DiskCache(cache_folder() / "rendered", cache_limit_bytes() // 10)


def _speaker() -> Speaker:
    """A speaker that knows the words of numbers, a person's own words and recordings."""
    from voicecoach.coach.config import config_folder
    from voicecoach.language.lexicon import Lexicon
    from voicecoach.language.spoken import number
    from voicecoach.speech.engine import ENGINES
    from voicecoach.speech.recordings.engine import RecordingsEngine
    from voicecoach.speech.speaker import Speaker

    engines = {**ENGINES, "recordings": lambda: RecordingsEngine(_read_audio)}
    return Speaker(engines=engines, respell=Lexicon(number, config_folder(), tuple(ENGINES)).spoken)


def _read_audio(path: Path) -> Audio:
    from voicecoach.render.segment import read_audio

    return read_audio(path)


@contextlib.contextmanager
def timed(stage: str) -> Iterator[None]:
    """Logs how long a stage took, which `-vv` shows."""
    start = time.perf_counter()
    try:
        yield
    finally:
        log.debug("%-10s %6.0f ms", stage, (time.perf_counter() - start) * 1000)


# --- reading and checking ------------------------------------------------------------------------------------


def load(name: str, options: Options | None = None) -> tuple[Routine, list[Problem]]:
    """The routine of an id or a path, with its warnings. Raises `NotFoundError`, or `RoutineError` with everything
    that is wrong with it, the rules of the coaching included."""
    from voicecoach.compiler.easier import with_substitutes
    from voicecoach.routine.kept import load_kept
    from voicecoach.routine.library import find_routine

    with timed("read"):
        routine, problems, library = load_kept(find_routine(name), _kept_renderings(), rule_problems)
    if any(problem.severity == "error" for problem in problems):
        raise RoutineError(problems)
    if options and options.easier:
        routine = with_substitutes(routine, library.exercises)
    return routine, problems


def spoken_languages(routine: Routine) -> list[Language]:
    """The languages a routine sets out to speak: its own, and those of its title."""
    return [language for language in LANGUAGES if language == routine.language or routine.title.get(language)]


# --- compiling -----------------------------------------------------------------------------------------------


def choose_voice(routine: Routine, options: Options, sounds: Sounds) -> tuple[Language, Voice]:
    """Voice and language are one choice: a voice named alone brings its language; else the configured voice of the
    language speaks, or the best.

    Raises `MissingError` if no voice speaks the language, `NotFoundError` if there is no such voice.
    """
    language = options.language
    if language is None and options.voice:
        named = sounds.speaker.named(options.voice)
        language = named.language if named else None
    language = language or routine.language
    configured = None if options.voice else sounds.config.speaking(language).voice
    try:
        return language, sounds.speaker.voice_for(language, options.voice or configured)
    except (NotFoundError, MissingError) as error:
        if configured:
            error.hint = Advice(f"It is the voice of [{language}] in config.toml. ", error.hint)
        raise


def start_early(options: Options, sounds: Sounds) -> None:
    """Where nothing was ever spoken, the engine starts before the routine is even read, if its language is known."""
    if options.language is None or not sounds.speaker.cache.is_new():
        return
    with contextlib.suppress(VoicecoachError):  # told when the voice is really chosen
        wanted = options.voice or sounds.config.speaking(options.language).voice
        sounds.speaker.start(sounds.speaker.voice_for(options.language, wanted).id)


def compile_routine(routine: Routine, options: Options, sounds: Sounds) -> Timeline:
    """The timeline of a routine, measured with the voice that will speak it.

    Raises `RoutineError` for texts that are missing in the language, `FitError`, `MissingError`, `SpeechError`.
    """
    from voicecoach.coach.sounding import awake, heard
    from voicecoach.compiler.fit import fit
    from voicecoach.compiler.schedule import schedule, utterances

    length = heard(options, sounds).length

    def build(sheet: CueSheet, padding_ms: int = 0) -> Timeline:
        with timed("speech"), told_at_its_line(sheet):
            sounds.prepare(utterances(sheet))
        with timed("schedule"), told_at_its_line(sheet):
            return awake(schedule(sheet, length, padding_ms=padding_ms), options, sounds)

    if options.fit_ms is None:
        return build(cue_sheet(routine, options, sounds))
    return fit(
        routine,
        options.fit_ms,
        lambda choice, padding_ms, fit_ms: build(
            cue_sheet(routine, replace(options, fit_ms=fit_ms), sounds, choice), padding_ms=padding_ms
        ),
    )


def cue_sheet(routine: Routine, options: Options, sounds: Sounds, choice: object = None) -> CueSheet:
    """The cue sheet in the voice that was chosen. Raises what `compile_routine` raises, but speaks nothing."""
    from voicecoach.coach.sounding import in_profile

    language, voice = choose_voice(routine, options, sounds)
    own = voice.quality == "own"  # has the one pace in which it was recorded
    pace = 1.0 if own else options.pace or sounds.config.speaking(language).pace
    sheet = in_profile(plan_routine(routine, options, language, voice, choice, pace), options)
    return _recorded(sheet, routine, sounds.speaker) if own else sheet


def _recorded(sheet: CueSheet, routine: Routine, speaker: Speaker) -> CueSheet:
    """What was recorded of the cue sheet. Raises `NotRecordedError` with every line that is missing."""
    from voicecoach.routine.library import routine_files
    from voicecoach.speech.recordings.lines import recorded_only

    sheet, missing = recorded_only(sheet, speaker.gap)
    if missing:
        path = routine.location.path
        name = routine.id if str(routine_files().get(routine.id)) == path else path
        count = "1 line is" if len(missing) == 1 else f"{len(missing)} lines are"
        lines = "".join(f"\n  “{text}” ({why})" for text, why in missing.items())
        command = do("record-list", name, Option("voice", str(sheet.voice)))
        hint = Advice("List what to record: ", command)
        raise NotRecordedError(f"{count} missing in {sheet.voice}:{lines}", hint=hint)
    return sheet


@contextlib.contextmanager
def told_at_its_line(sheet: CueSheet) -> Iterator[None]:
    """A text that no voice can say becomes a problem of the routine, at the line where it stands."""
    try:
        yield
    except UnspeakableError as error:
        cues = (cue for cue in sheet.cues if isinstance(cue.sound, Utterance) and cue.sound.text == error.text)
        location = next((cue.location for cue in cues), None)
        if location is None:
            raise
        problem = Problem(
            rule="unspeakable", severity="error", message=error.message, location=location, hint=error.hint
        )
        raise RoutineError([problem]) from error


def plan_routine(
    routine: Routine,
    options: Options,
    language: Language,
    voice: Voice,
    choice: object = None,
    pace: float = 1.0,
) -> CueSheet:
    """The cue sheet. The total time that the introduction tells is estimated from the words alone."""
    from voicecoach.compiler.choice import LEVEL_CHOICES, Choice
    from voicecoach.compiler.estimate import estimate
    from voicecoach.compiler.expand import expand
    from voicecoach.compiler.planner import plan
    from voicecoach.compiler.schedule import schedule

    with timed("plan"):
        chosen = choice if isinstance(choice, Choice) else LEVEL_CHOICES[options.level]
        performed = expand(routine, chosen)

        def length_ms(sheet: CueSheet) -> int:
            return options.fit_ms or schedule(sheet, estimate).duration_ms

        return plan(routine, performed, language=language, voice=voice.id, length_ms=length_ms, pace=pace)


def levelled(timeline: Timeline, sounds: Sounds, options: Options = Options()) -> LevelledTimeline:
    """The timeline with the gain of every clip set, so that the programme has its loudness."""
    from voicecoach.coach.sounding import heard, target_lufs
    from voicecoach.render.kept_levels import with_kept_levels

    sounds.progress("levels", 0, 0)
    with timed("levels"):
        as_heard, target = heard(options, sounds), target_lufs(timeline, options, sounds)
        return with_kept_levels(timeline, as_heard.audio, as_heard.identity, sounds.kept, target_lufs=target)


def estimated_ms(routine: Routine, options: Options) -> int:
    """How long a routine lasts, about: no voice is asked."""
    from voicecoach.compiler.choice import LEVEL_CHOICES
    from voicecoach.compiler.estimate import estimate
    from voicecoach.compiler.expand import expand
    from voicecoach.compiler.planner import plan
    from voicecoach.compiler.schedule import schedule
    from voicecoach.compiler.talk import USUAL_MS

    performed = expand(routine, LEVEL_CHOICES[options.level])
    language = options.language or routine.language
    sheet = plan(routine, performed, language=language, voice="", length_ms=lambda sheet: USUAL_MS)
    return schedule(sheet, estimate).duration_ms


# --- what there is -------------------------------------------------------------------------------------------


def find_routine(name: str) -> Path:
    from voicecoach.routine.library import find_routine as find

    return find(name)


def all_routines() -> list[Path]:
    from voicecoach.routine.library import routine_files

    return list(routine_files().values())


def meant_word(key: str, written: str, words: Sequence[str]) -> str | None:
    """The one of `words` that was meant by another at `key`: `da` by `dk`."""
    from voicecoach.routine.meant import other_word
    from voicecoach.routine.nearest import really_near

    ours = other_word(key, written)
    return ours if ours in words else really_near(written, words)


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    from voicecoach.compiler.as_json import as_json

    return as_json(timeline)


def write_template(path: Path) -> None:
    """Writes the commented routine that `new` gives. Raises `OutputError`."""
    write_text(path, shipped("scripts", "template.yaml").read_text(encoding="utf-8"))


def other_text(path: Path, text: str) -> list[tuple[Path, str]]:
    """The file, and what it is, if something else than `text` is there."""
    with contextlib.suppress(OSError):
        path = expanded(path)
        if os.path.isfile(path) and path.read_bytes() != text.encode():
            return [(path, "not what would be written")]
    return []


def write_text(path: Path, text: str) -> None:
    """Writes a text file, whole or not at all. Raises `OutputError`."""
    from voicecoach.output.files import write_whole

    def write(file: BinaryIO) -> None:
        file.write(text.encode())

    write_whole(path, write)


# --- voices to download ----------------------------------------------------------------------------------------


def voices_url() -> str:
    """Where voices are fetched from: as it is configured, or the usual place. Raises `SettingsError`."""
    from voicecoach.coach.config import load_config

    return load_config().voices_base_url or VOICES_URL


def has_voice(voice: str) -> bool:
    from voicecoach.speech.download.voices import is_here

    return is_here(voice)


def find_voice(voice: str, base_url: str = VOICES_URL) -> RemoteVoice:
    """What there is to download of a voice. Raises `NotFoundError` with the nearest, `DownloadError`."""
    from voicecoach.speech.download.voices import find_voice as find

    return find(voice, base_url=base_url)


def add_voice(voice: RemoteVoice, base_url: str, progress: Callable[[int], None] = lambda done_bytes: None) -> Path:
    """Downloads a voice, whole or not at all; the path of its model. Raises `DownloadError`."""
    from voicecoach.speech.download.voices import add_voice as add

    return add(voice, base_url=base_url, progress=progress)


def remove_voice(voice: str) -> Path:
    """Deletes a voice that was added; the folder it lay in. Raises `NotFoundError`."""
    from voicecoach.speech.download.voices import remove_voice as remove

    return remove(voice)


def speech_extra_hint() -> str:
    """The command that makes downloaded voices speak; empty if they can."""
    from voicecoach.speech.piper.voices import GET_EXTRA, has_extra

    return "" if has_extra() else GET_EXTRA


# --- sound ---------------------------------------------------------------------------------------------------


def format_for(path: str, ending: str | None = None) -> Format:
    """The format of a file by its ending, or by the one that was named. Raises `OutputError`."""
    from voicecoach.output.formats import format_of

    return format_of(f"x.{ending.lstrip('.')}" if ending else path)


def export(
    timeline: Timeline,
    sounds: Sounds,
    path: str,
    ending: str | None = None,
    progress: Callable[[int], None] = lambda done_ms: None,
) -> None:
    """`exporting.export` of the plain programme."""
    from voicecoach.coach import exporting

    exporting.export(timeline, sounds, path, ending, progress)


def verify(path: Path, routine: Routine, options: Options, sounds: Sounds) -> Report:
    """Listens to an exported file: whether its sound keeps what the routine promises.

    Raises what `compile_routine` raises, and `NotFoundError` or `VoicecoachError` for a file that cannot be decoded.
    """
    from voicecoach.coach.sounding import heard, target_lufs
    from voicecoach.render.clip import clip_samples
    from voicecoach.render.loudness import energy_by_ms, gated_lufs, true_peak_dbtp
    from voicecoach.speech.onset import perceptual_onset_ms
    from voicecoach.verify.decode import decode
    from voicecoach.verify.instruments import Instruments
    from voicecoach.verify.verify import verify as verify_

    blocks = decode(path)  # a wrong file is told before anything is spoken
    timeline = levelled(compile_routine(routine, options, sounds), sounds, options)
    audio_of = heard(options, sounds).audio
    instruments = Instruments(
        samples_of=lambda sound, gain_db: clip_samples(audio_of(sound), gain_db),
        perceived_onset_ms=perceptual_onset_ms,
        energy_by_ms=energy_by_ms,
        gated_lufs=gated_lufs,
        true_peak_dbtp=true_peak_dbtp,
        target_lufs=target_lufs(timeline, options, sounds),
    )
    with timed("verify"):
        return verify_(str(path), blocks, timeline, instruments)
