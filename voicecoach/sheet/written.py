"""A routine and the choice of its lengths → the sheet: what is done, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from voicecoach.compiler.choice import Choice
from voicecoach.compiler.expand import expand
from voicecoach.compiler.missing import missing_text
from voicecoach.compiler.performed import Performed
from voicecoach.compiler.talk import at_hand
from voicecoach.compiler.variables import plain
from voicecoach.errors import RoutineError, assert_never
from voicecoach.language import spoken
from voicecoach.language.phrasebook import phrasebook
from voicecoach.model import (
    ExerciseStep,
    Language,
    Problem,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    SectionStep,
    SilenceStep,
    SourceLocation,
    Step,
    Text,
    ThermalStep,
)
from voicecoach.sheet import thermal
from voicecoach.sheet.dose import dose
from voicecoach.sheet.sheet import Block, Entry, Fact, Group, Labels, Note, Section, Sheet
from voicecoach.sheet.words import Words
from voicecoach.units import format_duration


def sheet(
    routine: Routine, choice: Choice, language: Language, length: str, sources: Sequence[str], url: str = ""
) -> Sheet:
    """The sheet; `length` is what is told of the whole. Raises `RoutineError` for texts that the language lacks."""
    made = _Writer(language, expand(routine, choice), choice)
    words = made.words
    written = Sheet(
        routine=routine.id,
        title=made.text(routine.title),
        language=language,
        about=made.maybe(routine.about),
        facts=tuple(_of_the_whole(routine, made, length)),
        opening=made.texts(routine.intro),
        sections=tuple(_sections(made, routine.steps)),
        closing=made.texts(routine.outro),
        sources=tuple(sources),
        url=url,
        labels=Labels(**{key: words.say(key) for key in ("caution", "tips", "sources", "listen")}),
    )
    if made.problems:
        raise RoutineError(made.problems)
    return written


def sources_of(routine: Routine, choice: Choice) -> list[str]:
    """Those of the routine and of the exercises that are done, each once."""
    done = (item.step.exercise for item in expand(routine, choice) if isinstance(item.step, ExerciseStep))
    return list(dict.fromkeys([*routine.sources, *(source for exercise in done for source in exercise.sources)]))


@dataclass(slots=True)
class _Writer:
    language: Language
    performed: Sequence[Performed]
    choice: Choice
    problems: list[Problem] = field(default_factory=list)
    words: Words = field(init=False)
    by_step: dict[SourceLocation, list[Performed]] = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.language)
        self.by_step = {}
        for item in self.performed:
            self.by_step.setdefault(item.step.location, []).append(item)

    def text(self, text: Text) -> str:
        found = text.get(self.language)
        if found is None and (problem := missing_text(text, self.language)) not in self.problems:
            self.problems.append(problem)
        return " ".join(plain(found or "").split())

    def maybe(self, text: Text | None) -> str:
        return self.text(text) if text else ""

    def texts(self, *texts: Text | None) -> tuple[str, ...]:
        return tuple(self.text(text) for text in texts if text)


def _of_the_whole(routine: Routine, made: _Writer, length: str) -> Iterator[Fact]:
    phrases = phrasebook(made.language)
    yield Fact(label=made.words.say("phase"), value=phrases.say(f"phase-{routine.phase}"))
    yield Fact(label=made.words.say("length"), value=length)
    if things := list(dict.fromkeys(at_hand(made.performed))):
        named = [str(phrases.grammar["equipment"][thing]) for thing in things]
        yield Fact(label=made.words.say("needed"), value=spoken.listed(named, made.language))


def _sections(made: _Writer, steps: Sequence[Step]) -> Iterator[Section]:
    """A heading is over all that follows it, to the next; one inside a `repeat` stands there as a line."""
    title: str | None = None
    for headed, part in groupby(steps, lambda step: isinstance(step, SectionStep)):
        if headed:
            title = " · ".join(made.text(step.text) for step in part if isinstance(step, SectionStep))
        else:
            yield Section(title=title, blocks=tuple(_blocks(made, tuple(part))))


def _blocks(made: _Writer, steps: Iterable[Step]) -> Iterator[Block]:
    for location, alike in groupby(steps, lambda step: step.location):
        together = list(alike)
        step = together[0]
        if isinstance(step, ThermalStep):  # a contrast is several at one place
            applied = [each for each in together if isinstance(each, ThermalStep)]
            lengths_ms = [made.choice.ms(each.duration, each.timing_location) for each in applied]
            yield thermal.entry(made.words, applied, lengths_ms)
        elif isinstance(step, RepeatStep):
            yield Group(title=_over(made, step), blocks=tuple(_blocks(made, step.steps)))
        elif isinstance(step, RestStep):
            yield from _rest(made, step)
        elif isinstance(step, SilenceStep):
            yield Note(text=format_duration(step.length_ms), label=made.words.say("silence"))
        elif isinstance(step, SectionStep):
            yield Note(text=made.text(step.text))
        elif isinstance(step, SayStep):
            yield Note(text=made.text(step.text), label=made.words.say("stop" if step.stop else "say"))
        elif isinstance(step, ExerciseStep):
            yield _exercise(made, step, made.by_step[location])
        else:
            assert_never(step)


def _over(made: _Writer, step: RepeatStep) -> str:
    times = made.words.say("over", times=str(made.choice.rounds(step.rounds)))
    between_ms = made.choice.rest_ms(step.between, step.between_location) if step.between else 0
    if not between_ms or made.choice.rounds(step.rounds) == 1:
        return times
    return f"{times}, {made.words.say('between', time=format_duration(between_ms))}"


def _rest(made: _Writer, step: RestStep) -> Iterator[Note]:
    label = made.text(step.title) if step.title else made.words.say("rest")
    if length_ms := made.choice.rest_ms(step.duration, step.location):
        yield Note(text=format_duration(length_ms), label=label)


def _exercise(made: _Writer, step: ExerciseStep, performed: Sequence[Performed]) -> Entry:
    exercise = step.exercise
    return Entry(
        title=made.text(exercise.name),
        number=performed[0].place,
        facts=tuple(dose(made.words, step, performed[0], made.choice, made.text)),
        texts=made.texts(exercise.setup, exercise.instruction, exercise.ending),
        tips=made.texts(*exercise.tips),
        cautions=made.texts(exercise.caution),
    )
