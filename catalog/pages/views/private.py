"""Pages behind private links: not cached, not indexed, and sent to no other site."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_variables

from catalog.models import Submission
from catalog.pages.views.common import HtmxHttpRequest
from catalog.submissions.drafting import Sender
from catalog.submissions.links import key_in
from catalog.submissions.networks import network_of
from catalog.submissions.quotas import hashed

type PrivateView = Callable[..., HttpResponse]


def unlisted(response: HttpResponse) -> HttpResponse:
    """Not stored by browsers or proxies, not indexed, its address never sent along.

    ``strict-origin`` and not ``no-referrer``: with the latter browsers send
    ``Origin: null`` with a form, which Django rightly refuses.
    """
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "strict-origin"
    return response


def private(view: PrivateView) -> PrivateView:
    """Hand the view the submission of its token; 404 for a token that is none of ours."""

    @wraps(view)
    @sensitive_variables("token")
    def wrapper(
        request: HtmxHttpRequest, token: str, *args: object, **kwargs: object
    ) -> HttpResponse:
        submission = submission_of(token)
        return unlisted(view(request, submission, *args, **kwargs))

    return wrapper


def submission_of(token: str, purpose: str = "") -> Submission:
    """The submission of a private link, or Http404."""
    key = key_in(token, purpose)
    found = Submission.objects.select_related("system").filter(key=key).first() if key else None
    if found is None:
        raise Http404("There is no such submission.")
    return found


def sender_of(request: HtmxHttpRequest) -> Sender:
    """Who sends a form; an account is looked up only where there is a session."""
    account = getattr(request, "user", None)
    signed_in = account is not None and account.is_authenticated
    return Sender(network=hashed(network_of(request)), account=account if signed_in else None)
