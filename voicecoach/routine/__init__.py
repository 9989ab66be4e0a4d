"""The reading room: files that people wrote come in, checked `Routine` values go out.

`source` reads text safely · `yaml_tree` turns YAML into values that know their line · `documents` declares the
language (every key of `docs/routines.md`), `values` what may stand there; `described`, `patterns` and `schema` say
both to editors · `faults` says what is wrong, with the words of `hints` and its tables in `meant`, and what is
`nearest`; `pruned` reads on without it · `read` makes the model's values, with `maker` (texts, exercises), `steps`,
`timing` (how long a step is) and `moments` (what is said at which) · `files` finds routines and exercises,
`library` reads them, `kept` what was read before · `check` knows the rules of the coaching itself, `checks/` has
them, `rules` what each is, `problem_lists` how what they find is told · `foreign` knows other people's files,
`importers/` makes routines of them. Problems are values, collected and shown together.
May import the ground, `language/` and itself.
"""
