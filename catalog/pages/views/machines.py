"""What programs ask every site for by a fixed address: its icon, and whom to tell of a weakness."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.pages.views.common import HtmxHttpRequest


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HtmxHttpRequest) -> HttpResponse:
    """The mark, for programs that do not read the page's own ``link``."""
    picture = (settings.BASE_DIR / "static" / "img" / "favicon.ico").read_bytes()
    return HttpResponse(picture, content_type="image/x-icon")


@require_safe
def security(request: HtmxHttpRequest) -> HttpResponse:
    """The contact for reports of weaknesses, as in RFC 9116; 404 where none is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404("This site gives no contact for reports of weaknesses.")
    expires = settings.SECURITY_EXPIRES.strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        *(f"Contact: {address}" for address in settings.SECURITY_CONTACT),
        f"Expires: {expires}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL.rstrip('/')}{reverse('catalog:security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
