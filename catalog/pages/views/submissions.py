"""What happens to a submission after it was sent: status, answer, withdraw, letters, files."""

from contextlib import suppress

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.entry.rows import rows_of
from catalog.entry.units import changes
from catalog.exports.draft import DraftEntry
from catalog.exports.mof import mof_file
from catalog.models import EventKind, Submission, SubmissionState
from catalog.pages.views.common import HtmxHttpRequest
from catalog.pages.views.private import private, sender_of, submission_of, unlisted
from catalog.pages.views.submit import around, facts_now
from catalog.submissions import drafting
from catalog.submissions.forms.sending import AnswerForm
from catalog.submissions.forms.wording import change_rows
from catalog.submissions.links import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@private
def status(request: HtmxHttpRequest, submission: Submission) -> HttpResponse:
    """The status of a submission, what was said, and what its sender can do now."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and submission.state == SubmissionState.ASKED and form.is_valid():
        try:
            drafting.send(
                submission=submission,
                note=submission.note,
                relation=submission.relation,
                email=submission.email,
                sender=sender_of(request),
                answer=form.cleaned_data["message"],
            )
            return HttpResponseRedirect(address_of(submission))
        except drafting.NotNowError as error:
            form.add_error(None, str(error))
    base = submission.base
    events = submission.events.exclude(kind=EventKind.NOTED.value)
    context = around(submission, "") | {
        "form": form if submission.state == SubmissionState.ASKED else None,
        "events": events,
        "changes": change_rows(changes(base, submission.document, base)),
        "can_withdraw": submission.state in (*drafting.WRITABLE, SubmissionState.SENT.value),
    }
    return render(request, "catalog/submission_detail.html", context)


@require_POST
@private
def withdraw(request: HtmxHttpRequest, submission: Submission) -> HttpResponse:
    """Take it back; where the editors were faster, the status page says so."""
    with suppress(drafting.NotNowError):
        drafting.withdraw(submission=submission)
    return HttpResponseRedirect(address_of(submission))


@require_safe
@private
def facts_file(request: HtmxHttpRequest, submission: Submission) -> HttpResponse:
    """What was typed as a facts document, as ``python -m definitions evaluate`` reads it."""
    facts = facts_now(submission, submission.document)
    response = JsonResponse(facts.to_json(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = slugify(submission.title) or "system"
    response["Content-Disposition"] = f'attachment; filename="{name}.facts.json"'
    return response


@require_safe
@private
def mof(request: HtmxHttpRequest, submission: Submission) -> HttpResponse:
    """What was typed as a model file of the Model Openness Tool."""
    rows = rows_of(submission.document)
    entry = DraftEntry(
        system=rows.system,
        facts=facts_now(submission, submission.document),
        site=request.build_absolute_uri("/").rstrip("/"),
        maker_names=tuple(maker.name for maker in rows.makers),
    )
    response = HttpResponse(mof_file(entry), content_type="application/yaml")
    response["Content-Disposition"] = 'attachment; filename="MOF.yml"'
    return response


# --- letters ---------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HtmxHttpRequest, token: str) -> HttpResponse:
    """The link in the first letter. A click on the page confirms, not the mere visit:
    mail filters open links too."""
    submission = submission_of(token, "confirm")
    if request.method == "POST":
        drafting.confirm_address(submission=submission)
        return unlisted(HttpResponseRedirect(address_of(submission)))
    context = {"submission": submission, "purpose": "confirm"}
    return unlisted(render(request, "catalog/submission_letter.html", context))


@csrf_exempt  # the mail program of the recipient sends it (RFC 8058); the token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def forget_address(request: HtmxHttpRequest, token: str) -> HttpResponse:
    """Delete the address: by a click on the page, or by the mail program in one click."""
    submission = submission_of(token, "forget")
    if request.method == "POST":
        drafting.forget_address(submission=submission)
    context = {
        "submission": submission,
        "purpose": "forget",
        "done": request.method == "POST",
        "home": reverse("catalog:home"),
    }
    return unlisted(render(request, "catalog/submission_letter.html", context))
