"""The door: what there is, and performances of it. Each call loads what it needs, so that a list is quick."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.coach.jobs import Failed, Job, Made, failed
from voicecoach.coach.options import AS_USUAL, Choices, Options
from voicecoach.coach.places import places
from voicecoach.coach.progress import Cancelled, Report, quiet
from voicecoach.errors import NotFoundError, OptionError, VoicecoachError
from voicecoach.forking import renew_after_fork
from voicecoach.model import LANGUAGES
from voicecoach.routine.library import find_routine

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from voicecoach.coach.catalog import Entry
    from voicecoach.coach.importing import Import
    from voicecoach.coach.performance import Performance
    from voicecoach.coach.sounds import Sounds
    from voicecoach.language.reading.reader import Reading
    from voicecoach.model import Exercise, Language, Problem, Voice
    from voicecoach.speech.recordings.lines import Line
    from voicecoach.verify.report import Report as Verified


class Coach:
    """One person's voices, routines and configuration. A context manager: leaving it ends what speaks.

    May be used from several threads at once. A forked process may go on with it; another process makes its own, and
    they share the cache.
    """

    def __init__(
        self,
        *,
        cache: str | Path | None = None,
        config: str | Path | None = None,
        routines: Iterable[str | Path] | None = None,
        sounds: Sounds | None = None,
    ) -> None:
        """An argument beats the environment, that the configuration, and that the default.

        `cache` is the folder for what can be made again; `config` the configuration, or the folder with it and with a
        person's own routines, exercises and tones; `routines` files and folders of routines that are found too.
        `sounds` has all of this, and brings voices of its own.
        """
        self.places = sounds.places if sounds else places(cache, config, routines)
        self._sounds = sounds
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        self._lock = threading.Lock()

    @property
    def sounds(self) -> Sounds:
        """The voices and tones. Raises `SettingsError` if the configuration has errors."""
        from voicecoach.coach.sounds import Sounds

        with self._lock:
            if self._sounds is None:
                self._sounds = Sounds(at=self.places)
            return self._sounds

    def close(self) -> None:
        """Ends what speaks. What was made stays; nothing more can be spoken."""
        if self._sounds is not None:
            self._sounds.close()

    def __enter__(self) -> Coach:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # --- performances ---

    def perform(self, routine: str | Path, **chosen: Unpack[Choices]) -> Performance:
        """The routine of an id or a path, as it is chosen: the fields of `Options`, in a person's words or in ours.

        Of what it raises all is a `VoicecoachError`: `RoutineError` with every problem of the routine, `OptionError`,
        `NotFoundError`, `MissingError` where no voice speaks the language, `FitError`. Only a length that is chosen
        needs all words spoken now.
        """
        performance = self.read(routine, Options.of(**chosen))
        if performance.options.fit_ms is not None:
            performance.compiled()
        _ = performance.cue_sheet
        return performance

    def read(self, routine: str | Path, options: Options = AS_USUAL) -> Performance:
        """The routine, read and checked, and not looked at any further: what `perform` raises besides, it raises when
        it is used."""
        from voicecoach.coach.performance import Performance
        from voicecoach.coach.reading import load
        from voicecoach.coach.voices import start_early

        start_early(options, self.sounds)
        loaded, warnings = load(str(routine), self.places, easier=options.easier)
        return Performance(loaded, warnings, options, self.sounds)

    def make(self, job: Job, *, progress: Report | None = None, cancelled: Cancelled | None = None) -> Made | Failed:
        """Makes a file. Never raises for what a person gave, nor for a machine that lacks something."""
        try:
            performance = self.read(job.routine, job.options())
            file, force = job.file(), job.force
            return performance.export(job.out, force=force, progress=progress, cancelled=cancelled, **file)
        except VoicecoachError as error:
            return failed(job, error)
        except OSError as error:
            return failed(job, VoicecoachError(f"{error.filename or job.out}: {error.strerror or error}"))

    def verify(
        self, file: str | Path, routine: str | Path, *, progress: Report | None = None, **chosen: Unpack[Choices]
    ) -> Verified:
        """Whether the sound of a file keeps what the routine promises, with the options it was exported with. Raises
        what `perform` raises, and `VoicecoachError` for a file that cannot be decoded."""
        return self.read(routine, Options.of(**chosen)).verify(file, progress=progress)

    # --- what there is ---

    def find(self, routine: str | Path) -> Path:
        """The file of an id, or the path itself. Raises `NotFoundError` with the nearest id."""
        return find_routine(str(routine), self.files())

    def files(self) -> dict[str, Path]:
        """The files of all routines that have an id, by id; they need not be sound."""
        return self.places.routine_files()

    def routines(self, language: Language | None = None) -> tuple[Entry, ...]:
        """All routines that can be read, with their titles in `language`, or each in its own."""
        return self.catalog(language)[0]

    def catalog(self, language: Language | None = None) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """`routines`, and the paths of those that cannot be read."""
        from voicecoach.coach.catalog import catalog as read_catalog

        if language is not None and language not in LANGUAGES:
            raise OptionError(f"language is {language!r}", hint=f"Choose one of {', '.join(LANGUAGES)}.")
        entries, broken = read_catalog(self.places, language)
        return tuple(entries), tuple(broken)

    def exercises(self) -> tuple[Exercise, ...]:
        """The library, in the order of the ids."""
        from voicecoach.coach.exercise_cards import cards

        return tuple(cards(self.places).exercises.values())

    def check(
        self,
        paths: Iterable[str | Path] | None = None,
        *,
        vars: Mapping[str, str] | None = None,
        progress: Report | None = None,
    ) -> tuple[Problem, ...]:
        """All problems of all files (paths or ids), each at its place; without any, of all routines and exercises
        that there are. Raises `NotFoundError` for an id that there is not."""
        from voicecoach.coach import checking

        told = progress or quiet
        if paths is not None:
            return tuple(checking.check_files([self.find(path) for path in paths], self.sounds, vars or {}, told))
        files = list(self.files().values())
        return (*checking.check_library(self.places), *checking.check_files(files, self.sounds, vars or {}, told))

    def import_file(self, file: str | Path) -> Import:
        """Somebody else's workouts as routines, and what was lost on the way. Raises `VoicecoachError` for a file of
        which none is made."""
        from voicecoach.coach.importing import import_file

        return import_file(file)

    def reading(self, text: str, language: Language) -> Reading:
        """The words that would be spoken for a text, without anybody's lexicon, and what nobody can know in it."""
        from voicecoach.coach.words import words_for

        return words_for(text, language)

    def voices(self) -> tuple[Voice, ...]:
        """Everyone who speaks here, or could."""
        return self.sounds.speaker.voices()

    def record_list(self, routines: Iterable[str | Path], **chosen: Unpack[Choices]) -> tuple[Line, ...]:
        """The lines to record, so that a voice of one's own can lead the routines; only those that are missing in
        `voice`, if that is one of recordings. Raises what `perform` raises."""
        from voicecoach.coach.reading import load
        from voicecoach.coach.recording import lines_to_record

        options = Options.of(**chosen)
        loaded = [load(str(name), self.places, easier=options.easier)[0] for name in routines]
        if not loaded:
            raise NotFoundError("there is no routine to list the lines of", hint="Name at least one.")
        return tuple(lines_to_record(loaded, options, self.sounds)[1])
