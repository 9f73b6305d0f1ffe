"""The access log, written by the application: the same with every server, and without secrets.

A line holds the method, the path, the status, the time it took and the page that led
here. It holds no address of a reader, no parameters, no cookie.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

logger = logging.getLogger("glassbox.access")
QUIET = ("/healthz", "/readyz")


def logged(application: Application) -> Application:
    """The application, with a line in the log for each request."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        began, status = time.perf_counter(), ["000"]

        def start(line: str, *rest: Any) -> Any:
            status[0] = line[:3]
            return start_response(line, *rest)

        try:
            return application(environ, start)
        finally:
            if environ.get("PATH_INFO") not in QUIET:
                tell(environ, int(status[0]), round((time.perf_counter() - began) * 1000))

    return answer


def tell(environ: dict[str, Any], status: int, milliseconds: int) -> None:
    path = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace").decode("utf-8", "replace")
    seen = {
        "method": str(environ.get("REQUEST_METHOD", ""))[:20],
        "path": path[:500].encode("unicode_escape").decode(),
        "status": status,
        "milliseconds": milliseconds,
        "from": origin(str(environ.get("HTTP_REFERER", ""))),
    }
    logger.info("{method} {path} {status} {milliseconds} ms".format(**seen), extra={"access": seen})


def origin(referer: str) -> str:
    """Where a link led here from: scheme and host, no path."""
    try:
        parts = urlsplit(referer)
        return f"{parts.scheme}://{parts.hostname}"[:200] if parts.hostname else ""
    except ValueError:
        return ""
