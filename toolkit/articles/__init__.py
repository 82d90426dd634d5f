"""Articles: source text -> a draft of a lesson. One file a reader.

A reader takes a source (`sources.Source`) and returns a `manuscript.Manuscript`: the text as blocks of Markdown,
what stands around it (people, places, index terms, references, questions), and an account of every line of
the source. `draft` turns a manuscript into `article.md` and `lesson.yaml`; nothing is invented, and what is
doubtful is kept and marked.
"""
