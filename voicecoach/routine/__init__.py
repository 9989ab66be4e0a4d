"""The reading room: files that people wrote come in, checked `Routine` values go out.

`source` reads text safely · `tree` turns YAML into values that know their line · `documents` declares the language
(every key of `docs/routines.md`), `values` what may stand there · `faults` says what is wrong, with the words of
`hints`; `pruned` reads on without it · `read` makes the model's values, with `maker` (texts, exercises) and `steps` ·
`files` finds routines and exercises, `library` reads them · `check` knows the rules of the coaching itself. Problems
are values, collected and shown together.
May import `advice`, `model`, `units`, `errors`, `resources` and itself.
"""
