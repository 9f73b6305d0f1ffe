"""What an entry is: its parts and their values, whichever door they come in by.

``parts`` states each part once; ``values`` and ``checks`` read and refuse; ``document`` is what
the four doors make, ``units`` cuts it into what can be accepted one by one, ``rows`` makes
unsaved rows of it, ``write`` makes stored rows the wanted ones, ``facts`` what the rules read,
``reviewed`` a file.
"""
