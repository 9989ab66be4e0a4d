"""Listens to a finished audio file and holds it against the timeline that it should be.

In: the path of a file and a `Timeline` with its levels. Out: a `Report`, a `Promise` a line.

The file is decoded by a program that did not encode it, once, from beginning to end. What is judged is the sound:
every cue is looked for around its place, whatever the timeline says. `decode` file → blocks · `reel` windows of the
blocks · `survey` measures of the whole · `cues` what ought to sound, and what is heard of it · `match` one cue
· `stretches` times between two tones · `placed`, `timed`, `rests`, `whole` findings → promises
· `report` what comes out. `verify` conducts.

May import `model`, `units`, `errors` and itself. The measures of other rooms (the perceived onset, the loudness) and
the sounds come in as functions: `instruments`.
"""
