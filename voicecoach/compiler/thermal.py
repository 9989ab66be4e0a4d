"""What is said of heat and cold: the question before, how to lay it on, when to look at the skin, how to end."""

from __future__ import annotations

from voicecoach.compiler import counting, talk
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed
from voicecoach.language import spoken
from voicecoach.language.phrasebook import sentences
from voicecoach.model import ThermalStep

CHECK_EVERY_MS = 300_000
"""How often the skin is looked at where the routine does not say."""
CHECK_BEFORE_END_MS = 10_000
"""Nobody looks at it when the end comes sooner than this."""
ONE_MINUTE_MS = 2500
"""“One minute left” is over by then."""
ANSWER_MS = 4000
"""A question gets so much time."""


def plan_thermal(draft: Draft, item: Performed, step: ThermalStep) -> None:
    title = draft.phrases.say(f"title-{step.kind}")
    draft.open_step(
        step.kind, title, step.location, item=item, prepare_ms=step.prepare_ms, chapter=_chapter(draft, step)
    )
    if step.kind == "heat" and step.contrast_round <= 1:
        ask(draft)
    talk.open_round(draft, item)
    if not step.contrast_second:
        talk.say_round(draft, step.contrast_round, step.contrast_rounds)
    draft.lead_all(step.kind, draft.phrases.say(_on(step)))
    length = spoken.length(item.length_ms, draft.language)
    draft.lead(step.kind, draft.phrases.say("length", length=length))
    counting.count_in(draft, step.count_in)
    draft.cues.append(draft.tone("start", "begin"))
    skin_checks(draft, step, item.length_ms)
    # Who rests wants few numbers: the others are told only where it would be silent for too long (`silence`).
    counting.last_minute(draft, step, item.length_ms)
    draft.cues.append(draft.tone("end", "end", anchor="tail"))
    for off in _off(step):
        draft.tail_all(step.kind, draft.phrases.say(off))


def _chapter(draft: Draft, step: ThermalStep) -> str | None:
    """A whole contrast is one chapter: who begins inside it would miss the question."""
    if not step.contrast_rounds:
        return ""
    return None if step.goes_on else draft.phrases.say("title-contrast")


def ask(draft: Draft) -> None:
    """The 24-hour question, time to answer it, and what to do with the answer."""
    question, *answers = sentences(draft.phrases.say("heat-caution"), draft.language)
    draft.lead("caution", question, pause_ms=ANSWER_MS)
    for answer in answers:
        draft.lead("caution", answer)


def _on(step: ThermalStep) -> str:
    """Inside a contrast the place is that of before."""
    return f"{step.kind}-on-same" if step.goes_on else f"{step.kind}-on-{step.source}"


def _off(step: ThermalStep) -> list[str]:
    """Inside a contrast it is only taken off, as it comes again; in the last round it is put away too."""
    if step.contrast_rounds == 0:
        return [f"{step.kind}-off-{step.source}"]
    if step.contrast_round < step.contrast_rounds:
        return [f"contrast-off-{step.kind}"]
    return ["cold-off-pack"] if step.kind == "cold" else ["contrast-off-heat", "heat-off-pad"]


def _after_minute(at_ms: int, length_ms: int) -> int:
    """When a check is said: at its time, but after “one minute left” where that comes first."""
    minute_ms = length_ms - counting.MINUTE_MS
    return minute_ms + ONE_MINUTE_MS if at_ms <= minute_ms < at_ms + counting.NEAR_MS else at_ms


def skin_checks(draft: Draft, step: ThermalStep, length_ms: int) -> None:
    """At the interval, or at half where that is longer than the step; in the get-ready time where nothing fits."""
    forms = [draft.phrases.say(f"skin-check-{step.kind}"), draft.phrases.say(f"skin-check-{step.kind}-short")]
    every_ms = step.check_every_ms or CHECK_EVERY_MS
    times_ms = range(every_ms, length_ms - CHECK_BEFORE_END_MS, every_ms)
    windows = [(_after_minute(at_ms, length_ms), at_ms, at_ms + 8000) for at_ms in times_ms] or [
        (length_ms // 2, 0, length_ms)
    ]
    before = draft.cue("skin-check", forms[0], anchor="lead", protected=True)
    for wish_ms, earliest_ms, latest_ms in windows:
        draft.work("skin-check", forms, wish_ms, window_ms=(earliest_ms, latest_ms), otherwise=before)
