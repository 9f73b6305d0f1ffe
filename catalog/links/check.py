"""One look at a page: HEAD, then GET where HEAD does not settle it."""

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from catalog.links.fetching import Answer, RefusedError, Trouble, UnreachableError
from catalog.links.politeness import AskedNotToError, Manners
from definitions.readers.values import number_or

GONE = {404, 410}
BUSY = {429, 503}
SIGN_IN = {"login", "signin", "sign-in", "sign_in", "sso", "auth"}
FRONT = re.compile(r"(index|default|home)(\.[a-z]+)?", re.IGNORECASE)
"""Names of a front page itself."""

WEB_SILENCE = {Trouble.NAME, Trouble.CONNECTION, Trouble.CERTIFICATE}
"""Troubles that, day after day, mean that a page is gone."""

WORDS = {
    401: "The page asks who is there (401).",
    403: "The server does not let us see it (403).",
    404: "There is no such page (404).",
    410: "The page was taken down (410).",
    429: "The server asks us to come back later (429).",
    451: "The page is withheld for legal reasons (451).",
}


class Outcome(StrEnum):
    """What a look found."""

    GOOD = "good"
    MOVED = "moved"
    GONE = "gone"
    SILENT = "silent"
    UNSURE = "unsure"
    KEPT_AWAY = "kept away"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one look found. ``status`` is None where there was no answer.

    ``come_back`` is how long the server wants to be left alone.
    """

    outcome: Outcome
    status: int | None = None
    problem: str = ""
    moved_to: str = ""
    etag: str = ""
    last_modified: str = ""
    come_back: dt.timedelta | None = None

    @property
    def answered(self) -> bool:
        """Some server has answered, so our own connection works."""
        return self.status is not None or self.outcome is Outcome.KEPT_AWAY

    @property
    def silent(self) -> bool:
        """There was no answer; the fault may be our own connection's."""
        return self.status is None and self.outcome in {Outcome.SILENT, Outcome.UNSURE}


def look_at(
    url: str, *, manners: Manners, now: dt.datetime, etag: str = "", last_modified: str = ""
) -> Look:
    """Look at a page; never raises for what a server or an address does.

    ``etag`` and ``last_modified`` are those of the last good look.
    """
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in known.items() if value and printable(value)}
    try:
        answer = ask(url, manners, headers)
    except RefusedError as fault:
        return Look(outcome=Outcome.REFUSED, problem=str(fault))
    except AskedNotToError as fault:
        return Look(outcome=Outcome.KEPT_AWAY, problem=str(fault))
    except UnreachableError as fault:
        silent = fault.trouble in WEB_SILENCE
        outcome = Outcome.SILENT if silent else Outcome.UNSURE
        return Look(outcome=outcome, problem=str(fault))
    return judged(url, answer, now)


def ask(url: str, manners: Manners, headers: dict[str, str]) -> Answer:
    """HEAD is enough where it is good or asks for patience; else GET decides."""
    try:
        answer = manners.fetcher.fetch(url, method="HEAD", headers=headers, turn=manners.turn)
        if is_good(answer.status) or answer.status == 429:
            return answer
        if answer.status == 503 and "retry-after" in answer.headers:
            return answer
    except UnreachableError as fault:
        if fault.trouble not in {Trouble.PROTOCOL, Trouble.SIZE}:
            raise
    return manners.fetcher.fetch(url, headers=headers, turn=manners.turn)


def judged(url: str, answer: Answer, now: dt.datetime) -> Look:
    """What an answer says about the page that was asked for."""
    status = answer.status
    if is_good(status):
        return arrived(url, answer)
    if status in GONE:
        return Look(outcome=Outcome.GONE, status=status, problem=WORDS[status])
    common = f"The server has a problem ({status})." if status >= 500 else ""
    return Look(
        outcome=Outcome.UNSURE,
        status=status,
        problem=WORDS.get(status, common or f"The server gives an unusual answer ({status})."),
        come_back=retry_after(answer.headers.get("retry-after", ""), now)
        if status in BUSY
        else None,
    )


def arrived(url: str, answer: Answer) -> Look:
    """A good answer, unless the redirects have led away from the page."""
    problem = led_astray(url, answer.url) if answer.redirects else ""
    if problem:
        return Look(outcome=Outcome.UNSURE, status=answer.status, problem=problem)
    moved = answer.moved_for_good and not same_page(url, answer.url)
    return Look(
        outcome=Outcome.MOVED if moved else Outcome.GOOD,
        status=answer.status,
        moved_to=answer.url if moved else "",
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
    )


def is_good(status: int) -> bool:
    return 200 <= status < 300 or status == 304


def led_astray(asked: str, found: str) -> str:
    """Why a page after redirects is not the one that was asked for; empty if it may be."""
    before, after = urlsplit(asked).path.strip("/"), urlsplit(found).path.strip("/")
    if before and not after and not urlsplit(found).query and not FRONT.fullmatch(before):
        return "The address leads to the front page of a site."
    steps = set(after.lower().split("/"))
    if steps & SIGN_IN and not set(before.lower().split("/")) & SIGN_IN:
        return "The address leads to a page to sign in."
    return ""


def same_page(asked: str, found: str) -> bool:
    """True where two addresses differ in scheme, “www.”, a last slash or spelling alone."""
    return bare(asked) == bare(found)


def bare(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return host, unquote(parts.path).rstrip("/"), unquote(parts.query)


def retry_after(text: str, now: dt.datetime) -> dt.timedelta:
    """How long to stay away: an hour at least, thirty days at most, a day if nothing is said."""
    wait = dt.timedelta(days=1)
    seconds = number_or(text[:9], None, high=10**9)
    if seconds is not None:
        wait = dt.timedelta(seconds=seconds)
    elif text:
        try:
            wait = parsedate_to_datetime(text) - now
        except (ValueError, TypeError, OverflowError):
            wait = dt.timedelta(days=1)
    return min(max(wait, dt.timedelta(hours=1)), dt.timedelta(days=30))


def printable(text: str) -> bool:
    """True for what may be in a header."""
    return text.isascii() and text.isprintable()
