"""Readers of other registers: from their files to documents in our own form.

An importer only reads and normalises. Matching a document with an entry,
planning and writing are the business of ``catalog.services.importing``, the
same for every source.
"""
