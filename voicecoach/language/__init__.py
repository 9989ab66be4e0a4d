"""The wording room: keys and values come in, text for the ear goes out, in Danish or English.

`da.yaml` and `en.yaml` hold every phrase and the words for numbers and units; `phrasebook` fills a phrase; `spoken`
says numbers, plurals and durations; `lexicon` and `reading/` are how a text is said, `kept_lexicon` what was made of
texts before; `looked_for` is what rules look for, `imported` the words of other people's workouts; `wording` reads
it all, and tells what a language lacks that is only half there. A language is one more YAML file and the TOML files
beside it: nothing else here knows how many there are. May import the ground and itself.
"""
