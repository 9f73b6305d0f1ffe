"""The editors' desk as an admin site: who may enter, and the way in."""

from collections.abc import Callable, Iterable
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, URLPattern, URLResolver, path, resolve, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django_otp.plugins.otp_static.models import StaticDevice

from catalog.desk import two_factor, views
from catalog.desk.forms import DeskLoginForm
from catalog.desk.lookups import FilteredAlone
from catalog.desk.queues import waiting
from catalog.desk.sessions import begin_session

type View = Callable[..., HttpResponseBase]
type Models = type[Model] | Iterable[type[Model]]


class Desk(AdminSite):
    """Staff alone, and with a second factor where the site asks for one."""

    login_form = DeskLoginForm
    login_template = "desk/login.html"

    def register(
        self,
        model_or_iterable: Models,
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: object,
    ) -> None:
        """Like Django's, and the list takes no other look-ups than those of its filters."""
        admin_class = admin_class or ModelAdmin
        guarded = type(admin_class.__name__, (FilteredAlone, admin_class), {})
        super().register(model_or_iterable, guarded, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and two_factor.is_satisfied(request.user)

    def admin_view[V: View](self, view: V, cacheable: bool = False) -> V:  # noqa: FBT001, FBT002
        """Every page of the desk leads to the enrolment until that is done."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if two_factor.must_enrol(request.user):
                return redirect("admin:two_factor")
            return guarded(request, *args, **kwargs)

        return cast("V", inner)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [
            path("logout/", halfway(self.logout), name="logout"),
            path("two-factor/", halfway(views.two_factor_page), name="two_factor"),
            path("two-factor/codes/", halfway(views.renew_codes), name="two_factor_codes"),
            path("two-factor/replace/", halfway(views.replace_device), name="two_factor_replace"),
            path(
                "licences/unrecognised/",
                self.admin_view(views.unrecognised_licences),
                name="unrecognised_licences",
            ),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The list of nouns is for those who may open them."""
        context = super().each_context(request)
        if not context["has_permission"]:
            context["available_apps"] = []
        return context | {"two_factor": two_factor.is_on()}

    def index(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> TemplateResponse:
        """The first page: what waits, then the nouns."""
        user = cast("User", request.user)
        return super().index(request, (extra_context or {}) | {"queues": waiting(user)})

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        if request.method == "GET" and two_factor.must_enrol(request.user):
            return redirect("admin:two_factor")
        put_right(request)
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            begin_session(request)
            if isinstance(getattr(request.user, "otp_device", None), StaticDevice):
                left = two_factor.codes_left(request.user)
                messages.warning(request, f"That recovery code is used up; {left} are left.")
        return response


POSTED = ("two_factor_codes", "two_factor_replace", "logout")
"""Pages of the desk that cannot be opened, only sent to."""


def put_right(request: HttpRequest) -> None:
    """Let ``next`` lead to the first page of the desk where it leads to no page of ours."""
    for name in ("GET", "POST"):
        data = getattr(request, name)
        if REDIRECT_FIELD_NAME in data and not is_page(data[REDIRECT_FIELD_NAME]):
            mended = data.copy()
            mended[REDIRECT_FIELD_NAME] = reverse("admin:index")
            setattr(request, name, mended)


def is_page(address: str) -> bool:
    """Whether an address is that of a page here which can be opened."""
    if not address.startswith("/") or not address.isprintable():
        return False
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return False
    return found.url_name not in (*POSTED, None)  # what catches all other addresses has no name


def halfway(view: View) -> View:
    """For staff who have not shown a second factor yet; others are led to the log-in."""

    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user = request.user
        if not (user.is_active and user.is_staff):
            return redirect("admin:login")
        return view(request, *args, **kwargs)

    return never_cache(csrf_protect(inner))
