"""The words that stand beside a date: one file a language, which is all that a new one needs.

A file has WORDS, and TERRITORIES where a territory has words of its own.
"""
