"""Published definitions of open AI as rule sets: pure functions from facts to verdicts.

This package imports no Django (``apps.py`` alone may), reads no clock, no
file and no network. ``python -m definitions`` is its command line; the
catalogue uses ``registry``, ``facts`` and ``core.evaluate``.
"""
