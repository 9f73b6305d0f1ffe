"""Log-ins that close for a while after too many failures.

One count for each user name from each network, whether the account exists or
not. Wrong passwords and wrong second factors count alike.
"""

from datetime import datetime

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog.submissions.networks import network_of

NOWHERE = "::"
"""Stands for a network that cannot be told."""


class Lockout(AxesDatabaseHandler):
    """Counts without looking at the browser, which a client names as it likes."""

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, object],
        request: HttpRequest | None = None,
        **kwargs: object,
    ) -> None:
        if request is not None:
            request.axes_user_agent = ""  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **kwargs)


def address_of(request: HttpRequest) -> str:
    """The network of a request as one address: what the column can hold."""
    network = network_of(request)
    return NOWHERE if network == "unknown" else network.partition("/")[0]


def count_failure(*, request: HttpRequest, username: str) -> None:
    """Count what Django's own log-in does not: a wrong code, an account without staff rights."""
    AxesProxyHandler.user_login_failed(
        sender=__name__, credentials={"username": username}, request=request
    )


def locked_until(request: HttpRequest, username: str) -> datetime | None:
    """When this name can be tried again from this network; None where it can be now."""
    attempt = AccessAttempt.objects.filter(
        username=username,
        ip_address=address_of(request),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
    ).first()
    if attempt is None:
        return None
    end: datetime = attempt.attempt_time + get_cool_off(request)
    return end if end > timezone.now() else None


def closed_message(until: datetime) -> str:
    return (
        "Too many failed attempts with this user name from your network. "
        f"Try again after {until:%H:%M} UTC on {until.day} {until:%B}."
    )


def answer_closed(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, object] | None = None
) -> HttpResponse:
    """The page that was going to be shown, which says when, as “too many requests”."""
    response.status_code = 429
    response["Retry-After"] = str(int(get_cool_off(request).total_seconds()))
    return response
