"""Dates in words, in the reader's language (`printing.print_date`), in English prose (`find.find`), and on a line.

Events go to the files of other programs, and come from them, through `interchange`. The only room that uses
Babel's calendars.
"""
