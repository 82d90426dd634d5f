"""Dates in words, in the reader's language: `printing.print_date`. Events from and to files: `interchange`.

The only room that uses Babel's calendars.
"""
