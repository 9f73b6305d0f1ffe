"""Records of other registers: matched with entries, settled against each other, merged.

``running`` takes a whole source in, ``taking`` one record; ``matching`` finds its
entry, ``settling`` decides which source counts; ``filing`` reads and writes the
records that stand in our own files; ``merging`` makes two entries one.
"""
