"""Proof of work by the ALTCHA protocol, served by ourselves: no third party sees anybody."""

import base64
import datetime as dt
import json

from altcha import v1 as altcha
from django.conf import settings
from django.utils import timezone

from catalog.submissions.quotas import first_time

HARDEST = 60_000
"""A browser tries half of these hashes on average: a second or two."""

GOOD_FOR = dt.timedelta(minutes=20)


def key() -> str:
    return f"altcha:{settings.SECRET_KEY}"


def challenge() -> dict[str, object]:
    """A task for a browser."""
    made = altcha.create_challenge(
        altcha.ChallengeOptions(
            hmac_key=key(), max_number=HARDEST, expires=timezone.now() + GOOD_FOR
        )
    )
    return made.to_dict()


def solved(payload: str) -> bool:
    """Whether a solution is right, in time, and handed in for the first time.

    The challenge is remembered, not the text that carries it: the same solution
    can be written in many ways.
    """
    if not payload or len(payload) > 2000:
        return False
    try:
        good, _reason = altcha.verify_solution(payload, key(), check_expires=True)
        challenge = str(json.loads(base64.b64decode(payload))["challenge"]) if good else ""
    except (ValueError, TypeError, KeyError):
        return False
    return good and first_time(f"proof:{challenge}", 2 * GOOD_FOR)
