"""Verdicts: what is kept of them, why one changed, and what is worked out when they are read."""
