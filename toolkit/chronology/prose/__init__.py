"""English dates in running text, in four steps: words, their classes, phrases, and what they mean in their place.

`tokens` cuts the text into words; `numbers` decides which numbers may be years; `classes` gives each word one letter,
so that `grammar` can describe phrases as regular expressions over letters; `meaning` and `readings` turn a phrase into
EDTF as far as it says it itself, and `resolution` takes from its neighbours what it leaves out. `chronology.find` is
the way in.
"""
