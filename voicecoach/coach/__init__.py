"""The only room that joins rooms. Guests (the terminal, a Python program) call it and nothing below it.

`coach` the door: what there is, and a `Performance` of it · `performance` this routine, in this voice, for this
place · `jobs` one file to make, as values · `options` what a person may choose · `config`, `places` their
configuration, and where things lie · `progress` how far it is, and whether to go on.

Inside: `reading`, `ruling` a file → a routine · `voices` who speaks · `planning`, `compiling` a routine → a
timeline · `sounds`, `profiled`, `under` all sounds, as they are, as a profile has them, and what lies under them ·
`production`, `exporting`, `outputs`, `inputs`, `naming` files · `playing`, `verifying` · `catalog`, `entries`,
`checking`, `exercise_cards`, `references`, `sampling`, `warming`, `downloads`, `importing`, `sheets`, `schemas`,
`words`, `meaning`, `writing` what else a person asks for · `recording`, `recorder`, `takes`, `own_voice` a voice of
one's own: what to say, a line after the other, how it was said, where it is kept · `pace`, `heard` what decides how
long words take here.

No two of these files import each other. What loads numpy (`under`, `playing`, `verifying`, `recorder`, `takes`) is
loaded when it is needed: a warm export does without.
"""
