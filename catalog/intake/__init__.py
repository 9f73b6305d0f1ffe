"""Two doors: reviewed files, and records of other registers.

``files`` loads the former. ``run`` takes a whole register in, ``record`` one record; ``match``
finds its entry, ``precedence`` decides which source counts; ``record_files`` reads and writes
the records that are kept in our own files; ``merge`` makes two entries one.
"""
