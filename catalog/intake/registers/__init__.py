"""Importers of other registers: they find files or ask the Hub, and give readings of a source.

What a file says is read in ``definitions.readers``, without Django. Matching a record with
an entry, planning and writing are the business of ``catalog.intake``, the same
for every source.
"""
