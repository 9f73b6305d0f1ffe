"""Writes: every change of the catalogue is a keyword-only function in here.

Each is one transaction, ends with the verdicts that depend on what it changed,
and counts the catalogue's version up. Permissions are the caller's business.
"""
