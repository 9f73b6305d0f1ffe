"""Private links: anyone who has one may go on with a submission; none can be guessed."""

import re
import uuid

from django.core import signing
from django.urls import reverse

from catalog.models import Submission

TOKEN = re.compile(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{20,60}")
SIGNER = "glassbox.submission"


def token_of(submission: Submission, purpose: str = "") -> str:
    """The secret part of a link. It is computed, not stored: the database does not hold it."""
    return signing.Signer(sep=".", salt=f"{SIGNER}{purpose}").sign(submission.key.hex)


def key_in(token: str, purpose: str = "") -> uuid.UUID | None:
    """The submission's key in a genuine token; None for any other."""
    try:
        return uuid.UUID(signing.Signer(sep=".", salt=f"{SIGNER}{purpose}").unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def address_of(submission: Submission, name: str = "submission") -> str:
    """The path of its status page."""
    return reverse(f"catalog:{name}", args=[token_of(submission)])
