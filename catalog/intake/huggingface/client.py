"""Questions to the Hugging Face Hub over HTTP, within limits of time and size.

Three addresses are asked: a model's record, its card and the overview of its
owner. ``huggingface_hub`` gives the rules of rate limits. Its ``HfApi`` is not
used for the request itself: it takes answers of any size, keeps one client for
the whole process and describes the machine to the Hub. Nothing is cached and
nothing but a card is ever downloaded.
"""

import json
import os
import threading
import time
from typing import Any, Self
from urllib.parse import quote

import httpx2
from huggingface_hub.utils import (  # type: ignore[attr-defined]  # public, but not in __all__
    parse_ratelimit_headers,
)

from catalog.intake.registers.base import ReadingError
from definitions.readers.addresses import HUB
from definitions.readers.records import RejectedError
from definitions.readers.values import number_or

MAX_RECORD = 8 * 1024 * 1024
"""Bytes of one JSON answer; a repository with 20,000 files stays below."""
MAX_CARD = 1024 * 1024
"""Bytes of one card."""
TIMEOUT = 15.0
"""Seconds for a connection, and between two pieces of an answer."""
DEADLINE = 60.0
"""Seconds for a whole answer, however slowly it drips."""

OK = 200
UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429
SERVER_ERRORS = 500


class Refused(RejectedError):  # noqa: N818 - an answer about one repository, no fault of ours
    """The Hub answers, but does not give this one thing; the others may be read."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, code=code)


class TooLarge(Exception):  # noqa: N818
    """An answer beyond its limit."""


class Hub:
    """One connection to the Hub; used as a context manager."""

    def __init__(
        self,
        endpoint: str | None = None,
        token: str | None = None,
        *,
        timeout: float = TIMEOUT,
        deadline: float = DEADLINE,
        max_record: int = MAX_RECORD,
        max_card: int = MAX_CARD,
        total: float | None = None,
    ) -> None:
        self.endpoint = (endpoint or os.environ.get("HF_ENDPOINT", "").strip() or HUB).rstrip("/")
        if not self.endpoint.startswith(("https://", "http://")):
            raise ReadingError(f"HF_ENDPOINT is “{self.endpoint}”, which is not a web address.")
        token = (token or os.environ.get("HF_TOKEN", "")).strip()
        if not token.isascii() or not all("!" <= letter <= "~" for letter in token):
            raise ReadingError("The access token (HF_TOKEN) has signs that no token has.")
        self.token = token
        self.timeout, self.deadline = timeout, deadline
        self.max_record, self.max_card = max_record, max_card
        self.total, self.over = total, False
        """Seconds for all questions together; None where whoever asks has time."""

    def __enter__(self) -> Self:
        headers = {"user-agent": "glassbox", "accept-encoding": "gzip, deflate"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        try:
            self.client = httpx2.Client(
                headers=headers, timeout=self.timeout, follow_redirects=True, max_redirects=5
            )
        except (ValueError, httpx2.InvalidURL) as error:
            raise ReadingError(f"The connection cannot be set up: {error}.") from error
        if self.total:
            self.clock = threading.Timer(self.total, self.give_up)
            self.clock.daemon = True
            self.clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.total:
            self.clock.cancel()
        self.client.close()

    def give_up(self) -> None:
        """The time for everything is up: close the line, also on an answer that drips in."""
        self.over = True
        self.client.close()

    def record(self, repo: str) -> dict[str, Any]:
        """What the Hub says of one model, its files and their sizes included.

        Refused where it does not show this repository, ReadingError where it
        cannot be asked at all.
        """
        try:
            body = self.get(f"/api/models/{quote(repo)}?blobs=true", self.max_record)
        except TooLarge:
            raise Refused(
                "too_large", f"The Hub's record of {repo} is larger than we read."
            ) from None
        found = decoded(body, repo)
        if not isinstance(found, dict):
            raise Refused("malformed", f"The Hub's record of {repo} is not an object.")
        return found

    def card(self, repo: str, revision: str) -> bytes:
        """The card of one commit; Refused where it cannot be had or is too large."""
        address = f"/{quote(repo)}/resolve/{quote(revision)}/README.md"
        try:
            return self.get(address, self.max_card)
        except TooLarge:
            message = f"The card is larger than {self.max_card // 1024} KB and was not read."
            raise Refused("card_too_large", message) from None

    def owner_name(self, namespace: str) -> str:
        """The full name of an organisation; empty for a person, or where it is not told."""
        try:
            body = self.get(f"/api/organizations/{quote(namespace)}/overview", self.max_record)
            found = decoded(body, namespace)
        except (Refused, TooLarge):
            return ""
        name = found.get("fullname") if isinstance(found, dict) else None
        return name if isinstance(name, str) else ""

    def get(self, address: str, limit: int) -> bytes:
        """The body of a good answer. TooLarge, Refused or ReadingError otherwise."""
        url = f"{self.endpoint}{address}"
        try:
            return self.asked(url, limit)
        except Exception as error:
            if self.over and not isinstance(error, Refused | TooLarge):
                raise ReadingError(f"The Hub did not answer in time ({url}).") from error
            raise

    def asked(self, url: str, limit: int) -> bytes:
        try:
            with self.client.stream("GET", url) as response:
                if response.status_code != OK:
                    raise failure(response, url)
                return self.body(response, limit)
        except httpx2.TimeoutException as error:
            raise ReadingError(f"The Hub did not answer in time ({url}).") from error
        except httpx2.TooManyRedirects as error:
            raise ReadingError(f"The Hub sends us in circles ({url}).") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise ReadingError(f"The Hub cannot be reached ({url}): {error}.") from error

    def body(self, response: httpx2.Response, limit: int) -> bytes:
        """Read piece by piece, so that neither size nor slowness has the last word."""
        end = time.monotonic() + self.deadline
        pieces, size = [], 0
        for piece in response.iter_bytes(64 * 1024):
            size += len(piece)
            if size > limit:
                raise TooLarge
            if time.monotonic() > end:
                raise ReadingError(f"The Hub did not finish its answer in time ({response.url}).")
            pieces.append(piece)
        return b"".join(pieces)


def decoded(body: bytes, name: str) -> Any:
    """The JSON value of an answer; ReadingError where it is a page or cut off."""
    if body.lstrip()[:1] == b"<":
        raise ReadingError(f"The Hub answered with a web page instead of data for {name}.")
    try:
        return json.loads(body)
    except (RecursionError, ValueError):
        raise ReadingError(f"The Hub's answer for {name} is not JSON.") from None


def failure(response: httpx2.Response, url: str) -> Refused | ReadingError:
    """What a bad status means: for one repository, or for the Hub as a whole."""
    status = response.status_code
    code = response.headers.get("X-Error-Code", "")
    said = response.headers.get("X-Error-Message", "")
    if status == TOO_MANY:
        return ReadingError(f"The Hub asks us to slow down{waiting(response)}.")
    if status >= SERVER_ERRORS:
        return ReadingError(f"The Hub has a fault of its own (HTTP {status}, {url}).")
    if said.startswith("Invalid credentials"):
        return ReadingError("The Hub does not accept the access token (HF_TOKEN).")
    if said.startswith("Access to this resource is disabled"):
        return Refused("disabled", "The Hub has disabled access to this repository.")
    if code == "GatedRepo":
        return Refused("gated", "The repository is behind a form, and we have no access.")
    if code == "RepoNotFound" or status in (UNAUTHORISED, NOT_FOUND):
        return Refused("not_found", "The Hub shows no such repository: it is missing or private.")
    if status == FORBIDDEN:
        return Refused("forbidden", "The Hub does not let us read this repository.")
    return Refused("refused", f"The Hub answered with HTTP {status}.")


def waiting(response: httpx2.Response) -> str:
    """For how long, in the words of the Hub: seconds, or a date."""
    after = response.headers.get("Retry-After", "").strip()[:40]
    seconds = number_or(after, None, high=10**9)
    if seconds is not None:
        return f": try again in {seconds} seconds"
    if after:
        return f": try again after {after}"
    limits = parse_ratelimit_headers(response.headers)
    return f": try again in {limits.reset_in_seconds} seconds" if limits else ""
