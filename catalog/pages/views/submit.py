"""The submission form: begin, the steps, check, send."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.entry.units import Document, changes, tidy
from catalog.models import AISystem, Submission, SubmissionState
from catalog.pages.presenters import strip, verdicts
from catalog.pages.views.common import HtmxHttpRequest
from catalog.pages.views.page_cache import wants_fragment
from catalog.pages.views.private import private, sender_of, unlisted
from catalog.submissions import drafting, duplicates, filling, proof, quotas
from catalog.submissions.effects import facts_after, judged, standing_of, unsaved
from catalog.submissions.forms.sending import FILE, HUB, SendForm, StartForm
from catalog.submissions.forms.steps import (
    BLANK_ROWS,
    STEPS,
    Bound,
    Step,
    bumped,
    grouped,
    replaced,
)
from catalog.submissions.forms.wording import change_rows
from catalog.submissions.links import address_of, token_of
from catalog.submissions.uploads import UploadError, read_upload
from definitions.facts import Facts
from definitions.readers.values import number_or
from definitions.strip import strip as strip_of

ROWS_MORE = 3
MOST_TOLD = 20
"""Messages about what a file says and the form cannot take."""
CHECK, SEND = "check", "send"
ORDER = (*STEPS, CHECK, SEND)
TITLES = {key: step.title for key, step in STEPS.items()}


# --- begin -----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HtmxHttpRequest) -> HttpResponse:
    """Begin: with a repository, a file or nothing; or, with ``correct``, with an entry."""
    slug = request.GET.get("correct", "")
    system = get_object_or_404(AISystem.objects.published(), slug=slug) if slug else None
    form = StartForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not (system or form.is_valid()):
        return start_page(request, form, system)
    if flooded() and not proof.solved(request.POST.get("altcha", "")):
        return start_page(request, form, system, refused=busy())
    sender = sender_of(request)
    if quotas.use(quotas.DRAFTS, sender.network) > quotas.DRAFTS.most:
        return start_page(request, form, system, refused=too_often(quotas.DRAFTS))
    document, origin, told = ({}, "", []) if system else filled_in(form)
    hub = "" if system else repository_in(form, sender.network)
    if not system and form.errors:
        return start_page(request, form, system)
    draft = drafting.begin(sender=sender, document=document, origin=origin, system=system)
    quotas.use(quotas.ALL_DRAFTS)
    if hub:
        filling.ask(submission=draft, repository=hub)
    for text in told[:MOST_TOLD]:
        messages.info(request, text[:300])
    return unlisted(HttpResponseRedirect(page_of(draft, "identify")))


def start_page(
    request: HtmxHttpRequest, form: StartForm, system: AISystem | None, *, refused: str = ""
) -> HttpResponse:
    context = {"form": form, "system": system, "refused": refused, "needs_proof": flooded()}
    status = 429 if refused else 200
    return unlisted(render(request, "catalog/submit_start.html", context, status=status))


def flooded() -> bool:
    """Whether so many drafts were begun that each new one needs a proof of work. One query."""
    return quotas.used(quotas.ALL_DRAFTS) >= quotas.ALL_DRAFTS.most


def busy() -> str:
    return _(
        "A great many forms were started within the last hour. Your browser has to solve a small "
        "task first; it does so by itself with JavaScript. Without, come back in %(n)d minutes."
    ) % {"n": minutes_to(quotas.ALL_DRAFTS)}


def too_often(limit: quotas.Limit) -> str:
    text = _("That is too often for one network. Try again in %(n)d minutes.")
    return text % {"n": minutes_to(limit)}


def minutes_to(limit: quotas.Limit) -> int:
    """Until the limit counts anew."""
    return -(-limit.wait(timezone.now()) // 60)


def filled_in(form: StartForm) -> tuple[Document, str, list[str]]:
    """The document to begin with, where it came from, and what was not taken."""
    if form.cleaned_data["way"] != FILE:
        return {}, "", []
    file = form.cleaned_data["file"]
    try:
        document, told = read_upload(file.name, file.read())
    except UploadError as error:
        place = f" ({error.path})" if error.path and error.path not in str(error) else ""
        form.add_error("file", f"{error}{place}")
        return {}, "", []
    return document, _("a file"), told


def repository_in(form: StartForm, network: str) -> str:
    """The repository that the Hub is to be asked for; the form gets the reason where it is not."""
    if form.cleaned_data["way"] != HUB:
        return ""
    if quotas.use(quotas.FETCHES, network) > quotas.FETCHES.most:
        form.add_error("repository", too_often(quotas.FETCHES))
    return str(form.cleaned_data["repository"])


@require_POST
@private
def ask(request: HtmxHttpRequest, submission: Submission) -> HttpResponse:
    """Ask the Hub once more, or go on without it; what is in the form stays there."""
    asked = filling.filling_of(submission)
    network = sender_of(request).network
    if asked and request.POST.get("go") == "again":
        if quotas.use(quotas.FETCHES, network) <= quotas.FETCHES.most and not asked.is_waiting:
            filling.ask(submission=submission, repository=asked.repository)
    elif asked:
        filling.leave(submission=submission)
    return HttpResponseRedirect(page_of(submission, "identify"))


# --- the steps -------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@private
def step(request: HtmxHttpRequest, submission: Submission, key: str) -> HttpResponse:
    """One step: shown as it is, saved as it is typed, and on to the next."""
    if submission.state not in drafting.WRITABLE:
        return HttpResponseRedirect(address_of(submission))
    chosen = step_of(key)
    if request.method == "POST":
        return save(request, submission, chosen)
    asked = filling.filling_of(submission)
    if asked and asked.is_waiting:
        return waiting(request, submission, asked, chosen)
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": page_of(submission, key)})
    typed = submission.typed.get(key)
    bound = chosen.forms(submission.document, typed, blank=blank_rows(request))
    return step_page(request, submission, chosen, bound)


def step_page(
    request: HtmxHttpRequest,
    submission: Submission,
    chosen: Step,
    bound: Bound,
    *,
    refused: str = "",
) -> HttpResponse:
    """The page of one step, with the verdicts of what is kept so far."""
    context = {"bound": bound, "step": chosen, "groups": groups_of(bound), "too_often": refused}
    context |= around(submission, chosen.key) | shown(submission, submission.document)
    context["asked"] = filling.filling_of(submission)
    if chosen.key == "identify" and submission.is_new:
        context["alike"] = duplicates.entries_like(submission.document)
    status = 429 if refused else 200
    return render(request, "catalog/submit_step.html", context, status=status)


def waiting(
    request: HtmxHttpRequest, submission: Submission, asked: filling.Filling, chosen: Step
) -> HttpResponse:
    """While the Hub is asked: the page looks again by itself, or by its link."""
    context = around(submission, chosen.key) | {"step": chosen, "asked": asked}
    name = "catalog/submit_waiting.html"
    return render(request, f"{name}#waiting" if wants_fragment(request) else name, context)


def step_of(key: str) -> Step:
    if key not in STEPS:
        raise Http404("There is no such step.")
    return STEPS[key]


def groups_of(bound: Bound) -> list[Any]:
    return grouped(bound.keyed.get("components", {})) if "components" in bound.keyed else []


def blank_rows(request: HttpRequest) -> int:
    return min(number_or(request.GET.get("rows", ""), BLANK_ROWS, high=99), 20)


def save(request: HtmxHttpRequest, submission: Submission, chosen: Step) -> HttpResponse:
    """Keep what was typed; the next page depends on the button."""
    data = typed_in(request)
    go, more = request.POST.get("go", "next"), request.POST.get("more", "")
    if quotas.use(quotas.SAVES, sender_of(request).network) > quotas.SAVES.most:
        bound = chosen.forms(submission.document, data)
        return step_page(request, submission, chosen, bound, refused=too_often(quotas.SAVES))
    if f"{more}-TOTAL_FORMS" in data:
        drafting.save_step(submission=submission, step=chosen, data=bumped(data, more, ROWS_MORE))
        here = page_of(submission, chosen.key)
        return HttpResponseRedirect(f"{here}?rows={ROWS_MORE + 2}#{more}")
    bound = drafting.save_step(submission=submission, step=chosen, data=data)
    place = ORDER.index(chosen.key)
    if go == "back":
        key = ORDER[max(place - 1, 0)]
    elif not bound.is_valid():
        key = chosen.key
    else:
        key = go if go in ORDER else ORDER[place + 1]
    return HttpResponseRedirect(page_of(submission, key))


OURS = ("csrfmiddlewaretoken", "go", "more")


def typed_in(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed, by field, without what no column can hold."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in request.POST.getlist(name)]
        for name in request.POST
        if name not in OURS
    }


def page_of(submission: Submission, key: str) -> str:
    token = token_of(submission)
    if key in (CHECK, SEND):
        return reverse(f"catalog:submit_{key}", args=[token])
    return reverse("catalog:submit_step", args=[token, key])


def around(submission: Submission, key: str) -> dict[str, Any]:
    """What every page of the form shows around its own part."""
    token = token_of(submission)
    titles = TITLES | {CHECK: _("Check"), SEND: _("Send")}
    return {
        "submission": submission,
        "token": token,
        "key": key,
        "steps": [
            (name, titles[name], page_of(submission, name), name in submission.typed)
            for name in ORDER
        ],
        "private_path": address_of(submission),
    }


def facts_now(submission: Submission, document: Document) -> Facts:
    """The facts of what is in the form; of a correction, with the entry's rulings."""
    system = None if submission.is_new else submission.system
    return facts_after(document, system.slug if system else "", standing_of(system))


def shown(submission: Submission, document: Document) -> dict[str, Any]:
    """The live part: the strip and the verdicts of what is entered so far."""
    facts = facts_now(submission, document)
    found = judged(facts)
    cards = verdicts.cards(unsaved(found), lambda definition: found[definition.id])
    return {"cells": cards, "strip": strip_of(facts), "facts": facts}


@require_POST
@private
def preview(request: HtmxHttpRequest, submission: Submission, key: str) -> HttpResponse:
    """The verdicts with what is in the fields now; nothing is kept."""
    chosen = step_of(key)
    if quotas.use(quotas.SAVES, sender_of(request).network) > quotas.SAVES.most:
        return HttpResponse(status=204)
    bound = chosen.forms(submission.document, typed_in(request))
    valid = bound.is_valid()
    document = tidy(replaced(submission.document, chosen, bound.part()))
    context = {"submission": submission, "token": token_of(submission), "step": chosen}
    context |= shown(submission, document) | {"left_out": 0 if valid else bound.error_count}
    if key == "identify" and submission.is_new:
        context |= {"alike": duplicates.entries_like(document), "with_alike": True}
    return render(request, "components/submit_preview.html", context)


# --- check and send --------------------------------------------------------------------------


@require_safe
@private
def check(request: HtmxHttpRequest, submission: Submission) -> HttpResponse:
    """All verdicts with their reasons, and what is not right yet, before anything is sent."""
    if submission.state not in drafting.WRITABLE:
        return HttpResponseRedirect(address_of(submission))
    wrong = drafting.problems(submission)
    context = around(submission, CHECK) | shown(submission, submission.document)
    cells = context["strip"]
    base = submission.base
    context |= {
        "wrong": [(STEPS[name], page_of(submission, name), wrong[name]) for name in wrong],
        "strip_groups": strip.large(cells, {}),
        "changes": change_rows(changes(base, submission.document, base)),
        "alike": duplicates.entries_like(submission.document) if submission.is_new else [],
    }
    return render(request, "catalog/submit_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def send(request: HtmxHttpRequest, submission: Submission) -> HttpResponse:
    """The last page: who sends it and how to reach them; then it goes to the editors."""
    if submission.state != SubmissionState.DRAFT:
        return HttpResponseRedirect(address_of(submission))
    if drafting.problems(submission):
        return HttpResponseRedirect(page_of(submission, CHECK))
    sender = sender_of(request)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refused = refusal(form, sender.network)
        if not refused:
            return sent(submission, form, sender)
        form.add_error(None, refused)
    context = around(submission, SEND) | {
        "form": form,
        "needs_proof": needs_proof(quotas.used(quotas.SENDS, sender.network) + 1),
    }
    status = 429 if form.non_field_errors() else 200
    return render(request, "catalog/submit_send.html", context, status=status)


def needs_proof(number: int) -> bool:
    """From the second try an hour on, and for everybody when there are very many."""
    return number > quotas.FREE_SENDS or quotas.used(quotas.ALL_SENDS) >= quotas.ALL_SENDS.most


def refusal(form: SendForm, network: str) -> str:
    """Why a submission does not go out now; empty where it does.

    A try is counted before it is judged, so that many at once are counted one by one.
    """
    number = quotas.use(quotas.SENDS, network)
    if number > quotas.SENDS.most:
        return too_often(quotas.SENDS)
    if needs_proof(number) and not proof.solved(form.cleaned_data.get("altcha", "")):
        return _(
            "This network has sent something within the last hour. Your browser has to solve a "
            "small task first; it does so by itself with JavaScript. Without, send this in "
            "%(n)d minutes: your draft stays."
        ) % {"n": minutes_to(quotas.SENDS)}
    return ""


def sent(submission: Submission, form: SendForm, sender: drafting.Sender) -> HttpResponse:
    """Hand it to the editors. What looks like spam is not refused: it waits apart."""
    age = (timezone.now() - submission.created_at).total_seconds()
    data = form.cleaned_data
    try:
        drafting.send(
            submission=submission,
            note=data["note"],
            relation=data["relation"],
            email=data["email"],
            sender=sender,
            suspect=form.trapped or age < settings.SUBMISSION_SECONDS,
        )
    except drafting.NotNowError:
        return HttpResponseRedirect(page_of(submission, CHECK))
    quotas.use(quotas.ALL_SENDS)
    return HttpResponseRedirect(address_of(submission))


# --- live search -----------------------------------------------------------------------------

KINDS = ("licences", "organisations", "datasets", "systems")


@require_safe
def options(request: HtmxHttpRequest, kind: str) -> HttpResponse:
    """Options of a datalist for what is typed so far. One query."""
    if kind not in KINDS:
        raise Http404("There is no such list.")
    typed = next((str(value) for value in request.GET.values() if value), "")
    context = {"options": duplicates.choices(kind, typed)}
    return render(request, "components/submit_options.html", context)


@require_safe
def challenge(request: HttpRequest) -> JsonResponse:
    """A task for a browser whose first one ran out."""
    response = JsonResponse(proof.challenge())
    unlisted(response)
    return response
