"""The pages of the second factor: set it up, renew the recovery codes, replace the device.

A secret waits in the session until its first code is shown, so that no one who
was logged in elsewhere has seen it.
"""

import time
from base64 import b32encode

import django_otp
import segno
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.desk import roles, two_factor
from catalog.desk.forms import CurrentCodeForm, FirstCodeForm
from catalog.desk.queues import unrecognised

SECRET = "two_factor_secret"  # noqa: S105 - the name of a place in the session
REPLACING = "two_factor_replacing_until"
TIME_TO_REPLACE = 15 * 60
"""Seconds between the old device's code and the new one's."""


def page(
    request: HttpRequest, template: str, context: dict[str, object], title: str
) -> TemplateResponse:
    """A page that looks like the rest of the desk."""
    request.current_app = admin.site.name
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"desk/{template}.html", context)


@require_safe
def unrecognised_licences(request: HttpRequest) -> HttpResponse:
    """Spellings of licences that no record or alias knows, the most frequent first."""
    if not request.user.has_perm("catalog.view_component"):
        raise PermissionDenied
    context = {
        "spellings": unrecognised(),
        "may_name": request.user.has_perm("catalog.add_licensealias"),
    }
    return page(request, "unrecognised", context, "Licences that are not recognised")


def picture(address: str) -> SafeString:
    """A QR code as SVG without style or script; dark on light in every colour scheme."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(
        scale=5, light="#fff", svgclass="qr", lineclass=None, title="QR code of the secret"
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by us from a secret and a quoted name


def is_replacing(request: HttpRequest) -> bool:
    return bool(request.session.get(REPLACING, 0) > time.time())


def forget(request: HttpRequest) -> None:
    """Drop what an enrolment has left in the session."""
    request.session.pop(SECRET, None)
    request.session.pop(REPLACING, None)


def refuse_unproven(request: HttpRequest) -> HttpResponse | None:
    """Those with a device show its code at the log-in before they come here."""
    if not two_factor.is_on():
        raise Http404
    if two_factor.has_device(request.user) and not two_factor.is_satisfied(request.user):
        return redirect(f"{reverse('admin:login')}?next={request.path}")
    return None


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def two_factor_page(request: HttpRequest) -> HttpResponse:
    """Set up a device where there is none, or where it is being replaced; else what there is."""
    refused = refuse_unproven(request)
    if refused:
        return refused
    enrolled = two_factor.has_device(request.user)
    if enrolled and not is_replacing(request):
        forget(request)
        return overview(request)
    return enrol(request, replacing=enrolled)


def overview(request: HttpRequest, form: CurrentCodeForm | None = None) -> HttpResponse:
    context = {
        "form": form or CurrentCodeForm(request=request),
        "device": two_factor.device_of(request.user),
        "codes_left": two_factor.codes_left(request.user),
        "role": roles.role_of(request.user),
    }
    return page(request, "two_factor", context, "Two-factor log-in")


def enrol(request: HttpRequest, *, replacing: bool) -> HttpResponse:
    user = request.user
    key = request.session.setdefault(SECRET, two_factor.new_key())
    form = FirstCodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        codes = two_factor.enrol(user=user, key=key, code=code, replacing=replacing)
        if codes is not None:
            forget(request)
            request.session.cycle_key()
            django_otp.login(request, two_factor.device_of(user))
            return show_codes(request, codes)
        form.add_error("code", "This code is not right. Is your device’s clock right?")
    device = two_factor.unsaved_device(user, key)
    secret = b32encode(device.bin_key).decode()
    context = {
        "form": form,
        "picture": picture(device.config_url),
        "address": device.config_url,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "replacing": replacing,
    }
    title = "Replace your device" if replacing else "Set up your second factor"
    return page(request, "enrol", context, title)


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The only page that ever shows them."""
    return page(request, "codes", {"codes": codes}, "Your recovery codes")


@sensitive_post_parameters("code")
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    form = with_current_code(request)
    if not isinstance(form, CurrentCodeForm):
        return form
    if not form.is_valid():
        return overview(request, form)
    return show_codes(request, two_factor.renew_codes(user=request.user))


@sensitive_post_parameters("code")
@require_POST
def replace_device(request: HttpRequest) -> HttpResponse:
    """Begin with the old device's code, or stay with it."""
    if "keep" in request.POST:
        forget(request)
        return redirect("admin:two_factor")
    form = with_current_code(request)
    if not isinstance(form, CurrentCodeForm):
        return form
    if not form.is_valid():
        return overview(request, form)
    request.session[SECRET] = two_factor.new_key()
    request.session[REPLACING] = time.time() + TIME_TO_REPLACE
    return redirect("admin:two_factor")


def with_current_code(request: HttpRequest) -> CurrentCodeForm | HttpResponse:
    """The form for a code of the device in use; a way on for those who have none."""
    refused = refuse_unproven(request)
    if refused or not two_factor.has_device(request.user):
        return refused or redirect("admin:two_factor")
    return CurrentCodeForm(request.POST, request=request)
