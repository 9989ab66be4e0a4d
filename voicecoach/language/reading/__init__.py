"""Any text → the words a coach would say, in every language by one grammar.

`reader` goes through a text once, from left to right: at each place the first of its rules that knows what stands
there says it. Rules: `clocks` times of the day, dates, telephone numbers · `series` numbers with their units, ranges,
what comes after them · `terms` abbreviations, vertebrae, Roman numerals · `signs` the rest. `values` are the numbers
themselves, `numbers` their words, `tables` what one language has for all of it. Before it `markup` takes off what was
never meant for the ear; after it `punctuation` leaves words and `. , ? !` for who wants no more.
"""
