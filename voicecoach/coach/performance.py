"""This routine, in this voice, for this place: what is asked for once, and then heard, written, shown or verified."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.exporting import write_file, write_tracks
from voicecoach.coach.jobs import Made
from voicecoach.coach.options import PLAIN_FILE, FileChoices, FileOptions, Options
from voicecoach.coach.outputs import check_output, foreign_files, refuse_if_read
from voicecoach.coach.planning import plan_cues
from voicecoach.coach.progress import Cancelled, Report, cancellable
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.voices import choose_voice, introduced
from voicecoach.compiler.as_json import as_json as timeline_json
from voicecoach.compiler.variables import unused
from voicecoach.errors import OutputError
from voicecoach.forking import renew_after_fork
from voicecoach.model import CueSheet, Dropped, Language, Problem, Routine, Timeline, Voice
from voicecoach.output.sidecar import sidecar_kinds
from voicecoach.routine.problem_lists import unanswered

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from voicecoach.playback.player import Player
    from voicecoach.verify.report import Report as Verified


class Performance:
    """A routine with its options and the sounds that speak it. `Coach.perform` makes one.

    Nothing is spoken before the timeline, a file or the sound is asked for. May be used from several threads: what
    two of them want is made once. It lasts as long as its coach.
    """

    def __init__(self, routine: Routine, warnings: Sequence[Problem], options: Options, sounds: Sounds) -> None:
        self.routine, self.options = routine, options
        self.warnings = (*warnings, *unanswered(routine, unused(routine, options.vars)))
        """What the article advises against, known before a word is spoken."""
        self._sounds = sounds
        self._timeline: Timeline | None = None
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        self._lock = threading.RLock()

    # --- what it is ---

    @property
    def voice(self) -> Voice:
        """Who speaks. Raises `MissingError` if nobody here does, `NotFoundError` if there is no such voice."""
        return self._speaking[1]

    @property
    def language(self) -> Language:
        return self._speaking[0]

    @cached_property
    def _speaking(self) -> tuple[Language, Voice]:
        return choose_voice(self.routine, self.options, self._sounds)

    @property
    def introduction(self) -> str:
        """“eSpeak Danish (pyttsx3:gmq/da, basic)”: who speaks, in one line."""
        return introduced(self.voice.id, self._sounds)

    @cached_property
    def cue_sheet(self) -> CueSheet:
        """All that is said, without times; of a length that was chosen, before it is met.

        Raises what `voice` raises, `RoutineError` for texts that are missing in the language, `NotRecordedError`.
        """
        return plan_cues(self.routine, self.options, self._sounds)

    @property
    def timeline(self) -> Timeline:
        """Everything that will be heard and when. The first time, all words that were never spoken are."""
        return self.compiled()

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What there is no room for."""
        return self.timeline.dropped

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that the author should know: `warnings`, and what the timeline had to do."""
        return (*self.warnings, *unanswered(self.routine, self.timeline.problems))

    def compiled(self, progress: Report | None = None, cancelled: Cancelled | None = None) -> Timeline:
        """The timeline, with progress told while it is made.

        Raises what `cue_sheet` raises, `FitError`, `SpeechError`, and `RoutineError` for what no voice can say.
        """
        with self._lock:
            if self._timeline is None:
                report, sheet = cancellable(progress, cancelled), self.cue_sheet
                self._timeline = compile_routine(self.routine, self.options, self._sounds, report, sheet)
            return self._timeline

    def as_json(self) -> dict[str, Any]:
        """The object of `show --json`."""
        return timeline_json(self.timeline)

    # --- what is done with it ---

    def export(
        self,
        path: str | Path,
        *,
        force: bool = False,
        progress: Report | None = None,
        cancelled: Cancelled | None = None,
        **file: Unpack[FileChoices],
    ) -> Made:
        """Writes a file, whole or not at all; its ending, or `format`, chooses the format.

        `progress` is called in this thread; what it raises, or `CancelledError` once `cancelled` says so, leaves
        nothing half-written. What is there already is replaced if it is an export of the same routine, or with
        `force`. Raises `OutputError`, `RenderError`, and what `timeline` raises.
        """
        if not force:
            _refuse(self.in_the_way(path, **file))
        report = cancellable(progress, cancelled)
        return write_file(self.compiled(report), self._sounds, str(path), self.options, self._file(file), report)

    def export_album(
        self,
        folder: str | Path,
        *,
        force: bool = False,
        progress: Report | None = None,
        cancelled: Cancelled | None = None,
        **file: Unpack[FileChoices],
    ) -> list[Made]:
        """Writes a folder with a track a chapter and a playlist, whole or not at all; otherwise as `export`."""
        if not force:
            _refuse(self.in_the_way(folder, split=True, **file))
        report = cancellable(progress, cancelled)
        return write_tracks(self.compiled(report), self._sounds, str(folder), self.options, self._file(file), report)

    def in_the_way(
        self, path: str | Path, *, split: bool = False, **file: Unpack[FileChoices]
    ) -> list[tuple[Path, str]]:
        """The files that an export (`split`: an album) would replace although they are something else, and what each
        is. Speaks nothing. Raises `OutputError` where nothing can or may be written."""
        chosen, target = self._file(file), str(path)
        check_output(target, self.options, chosen, split=split)
        beside = PLAIN_FILE if split else chosen  # the sidecars of an album lie in its folder
        read = [self.routine.location.path]
        refuse_if_read(target, read, self.voice.id, self.options, self._sounds, beside)
        return foreign_files(target, self.routine.id, beside, split=split)

    def sheet(self, path: str | Path, *, url: str = "", force: bool = False, progress: Report | None = None) -> Path:
        """Writes a page to print, whole or not at all; its ending chooses between HTML, Markdown and plain text. With
        `url`, a code leads there. No voice is needed, unless a length is chosen. Otherwise as `export`."""
        if not force:
            _refuse(self.in_the_way_of_sheet(path))
        report = cancellable(progress, None)
        from voicecoach.coach.sheets import write_sheet  # a file of sound does without

        return write_sheet(str(path), self.routine, self.options, self._sounds, url, report)

    def in_the_way_of_sheet(self, path: str | Path) -> list[tuple[Path, str]]:
        """As `in_the_way`, of a sheet."""
        from voicecoach.coach.sheets import in_the_way

        return in_the_way(str(path), self.routine, self.options, self._sounds)

    def play(self, device: str = "default", *, start: int = 0, progress: Report | None = None) -> Player:
        """A player that plays from the step `start` on; a context manager: leaving it ends the sound.

        Raises what `player` raises, `NotFoundError` for a step and `DeviceError` for a device that there is not.
        """
        player = self.player(device, progress=progress)
        try:
            player.play(player.start_of(start) if start else 0)
        except BaseException:
            player.close()
            raise
        return player

    def player(self, device: str = "default", *, progress: Report | None = None) -> Player:
        """A player that waits for its `play`; a context manager. The first words are heard while the rest is spoken.

        Raises what `timeline` raises, and `MissingError` for a kind of device that there is not.
        """
        from voicecoach.coach.playing import opened  # loads numpy

        report = cancellable(progress, None)
        return opened(self.routine, self.options, self._sounds, self.cue_sheet, device, report)

    def verify(
        self, file: str | Path, *, progress: Report | None = None, cancelled: Cancelled | None = None
    ) -> Verified:
        """Listens to an exported file: whether its sound keeps what the routine promises.

        Raises what `timeline` raises, and `NotFoundError` or `VoicecoachError` for a file that cannot be decoded.
        """
        from voicecoach.coach.verifying import verified  # loads numpy

        report = cancellable(progress, cancelled)
        return verified(Path(file), lambda: self.compiled(report), self.options, self._sounds, report)

    def _file(self, chosen: FileChoices) -> FileOptions:
        """With what the routine itself says of its files. Raises `OutputError` for a sidecar that there is not."""
        kinds = chosen.get("sidecars") or ()
        return FileOptions(
            format=chosen.get("format"),
            year=chosen.get("year"),
            stereo=chosen.get("stereo", False),
            sidecars=sidecar_kinds(kinds if isinstance(kinds, str) else ",".join(kinds)),
            phase=self.routine.phase,
            about=self.routine.about,
        )


def _refuse(found: Sequence[tuple[Path, str]]) -> None:
    for path, what in found:
        raise OutputError(f"{path} is already there, and is {what}", hint="Choose another name.")
