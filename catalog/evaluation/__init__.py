"""Verdicts: what is kept of them, and what is worked out when somebody reads them."""
