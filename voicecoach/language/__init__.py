"""The wording room: keys and values come in, text for the ear goes out, in Danish or English.

`da.yaml` and `en.yaml` hold every phrase and the words for numbers and units; `phrasebook` fills a phrase; `spoken`
says numbers, plurals and durations. A language is one more YAML file and one more word in `model.LANGUAGES`.
May import `model`, `units`, `errors` and itself.
"""
