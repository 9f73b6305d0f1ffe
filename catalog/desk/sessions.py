"""Sessions that end with the browser, and at a fixed hour at the latest."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.http import HttpRequest


class SessionStore(db.SessionStore):
    """A session with a fixed end still ends with the browser: its cookie names no age."""

    def get_expire_at_browser_close(self) -> bool:
        return settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


def begin_session(request: HttpRequest) -> None:
    """After a log-in: a new key in any case, and an end that use does not move."""
    request.session.cycle_key()
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))
