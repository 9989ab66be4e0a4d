"""Other people's workouts → ours. One file an importer; `recognised.IMPORTERS` names them all.

`workout` what every importer gives · `clean`, `moves` what they share · `amounts` what one line says, with
`expressions`, `how_long`, `beside`, `called` · `lines`, `phrases`, `nodes`, `outline`, `table`, `timestamps`, `prose`
Markdown and plain text · `spreadsheet` CSV · `interval_json`, `w2a`, `timers` formats of programs · `recognised`
which of them a file is for · `written` a workout as YAML.
"""
