"""Dates in words, in the reader's language: `printing.print_date`. The only room that uses Babel's calendars."""
