"""Dates in words, in the reader's language: `printing.print_date`; dates in English prose: `find.find`.

The only room that uses Babel's calendars.
"""
