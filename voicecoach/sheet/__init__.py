"""A routine on paper: what is done, in order, to print and hand over.

In: a `Routine`, the choice of its lengths, a language. Out: the text of a file. `written.py` makes one `Sheet` of
the routine (`sheet.py` has the type, `dose.py` and `thermal.py` its facts, `words.py` what it calls them);
`html.py`, `markdown.py` and `text.py` write it down, with the code of `qr.py`; `formats.py` knows them by their
endings. Templates are short enough to stand in the code, so no library is needed: what a person wrote is escaped in
one place of each file.
"""
