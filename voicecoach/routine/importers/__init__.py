"""Other people's workouts → ours. One file an importer; `recognised.IMPORTERS` names them all.

`workout` what every importer gives · `clean`, `moves` what they share · `amounts` what one line says, with
`expressions`, `how_long`, `beside`, `called` · `lines`, `phrases`, `in_turn`, `nodes`, `outline`, `blocks`, `titled`,
`timestamps`, `prose` Markdown and plain text · `table`, `rows` tables of those and of CSV · `spreadsheet` CSV ·
`interval_json`, `w2a`, `timers` formats of programs · `recognised` which of them a file is for · `written` a workout
as YAML.
"""
