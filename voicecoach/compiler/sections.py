"""Headings, which stand over the chapters that follow, and silence that is asked for."""

from __future__ import annotations

from voicecoach.compiler import talk
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.performed import Performed
from voicecoach.language.phrasebook import sentence
from voicecoach.model import SectionStep, SilenceStep


def plan_section(draft: Draft, item: Performed, step: SectionStep) -> None:
    heading = draft.text(step.text)
    draft.section = heading
    draft.open_step("section", heading, step.location, item=item)
    talk.open_round(draft, item)
    draft.lead_all("section", sentence(heading), at=step.text.location)


def plan_silence(draft: Draft, item: Performed, step: SilenceStep) -> None:
    """No cue at all; the round that it opens is told after it."""
    draft.open_step("silence", draft.phrases.say("title-silence"), step.location, item=item, chapter=None)
