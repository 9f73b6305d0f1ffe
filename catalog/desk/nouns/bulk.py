"""Decisions on many submissions at once: first a page that says what would happen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.desk.roles import role_of
from catalog.models import RejectReason, Submission, SubmissionState
from catalog.models.submissions import NOTE_LENGTH
from catalog.submissions import deciding
from catalog.submissions.effects import Effect, effect_of
from definitions.readers.values import number_or

ACCEPT, REJECT = "accept_many", "reject_many"
MOST = {ACCEPT: 20, REJECT: 500}
"""How many at once: each acceptance is judged before it is shown."""


class ManyForm(forms.Form):
    """What is said to all of them."""

    reason = forms.ChoiceField(
        choices=[("", _("Reason for the rejections")), *RejectReason.choices], required=False
    )
    message = forms.CharField(
        max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, action: str, data: Any = None) -> None:
        super().__init__(data)
        self.action = action
        if action == ACCEPT:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.action == REJECT:
            if not cleaned.get("reason"):
                self.add_error("reason", _("Choose a reason."))
            if not (cleaned.get("message") or "").strip():
                self.add_error("message", _("Say why; every submitter reads it."))
        return cleaned


@dataclass(frozen=True, slots=True)
class Planned:
    """One submission, what the decision would do to it, and why it cannot be taken, if so."""

    submission: Submission
    effect: Effect | None
    refusal: str

    @property
    def seen(self) -> str:
        standing = self.effect.standing if self.effect else None
        return standing.facts.fingerprint if standing else ""


def planned(submission: Submission, user: Any, action: str) -> Planned:
    """What would happen. About twenty queries for an acceptance, none for a rejection."""
    if submission.state != SubmissionState.SENT:
        return Planned(submission, None, "It does not wait for a decision.")
    if action == REJECT:
        return Planned(submission, None, deciding.refusal(submission, user))
    effect = effect_of(submission)
    refusal = deciding.refusal(submission, user, high=effect.high_impact)
    if any(change.conflict for change in effect.changes):
        refusal = refusal or "It is in conflict with a newer change; decide on its own page."
    if not effect.changes:
        refusal = refusal or "It would change nothing."
    return Planned(submission, effect, refusal)


def decide_many(
    modeladmin: Any, request: HttpRequest, queryset: QuerySet[Submission], action: str
) -> HttpResponse | None:
    """The preview; or, where that was answered, the decisions, each in a transaction of its own."""
    most = MOST[action]
    rows = list(queryset.order_by("sent_at", "id").select_related("system")[:most])
    form = ManyForm(action, request.POST if "apply" in request.POST else None)
    if "apply" in request.POST and form.is_valid():
        carry_out(modeladmin, request, rows, form)
        return None
    plan = [planned(row, request.user, action) for row in rows]
    context = modeladmin.admin_site.each_context(request) | {
        "title": _("Accept these submissions?") if action == ACCEPT else _("Reject these?"),
        "opts": modeladmin.opts,
        "form": form,
        "plan": plan,
        "action": action,
        "possible": sum(1 for item in plan if not item.refusal),
        "left_out": max(0, queryset.count() - most),
        "box": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/catalog/submission/many.html", context)


def carry_out(
    modeladmin: Any, request: HttpRequest, rows: Iterable[Submission], form: ManyForm
) -> None:
    """Decide one by one on what the preview showed; what has changed since is only reported."""
    done, refused = 0, []
    for row in rows:
        revision = number_or(request.POST.get(f"revision-{row.pk}", ""), None, high=10**9)
        if revision is None:
            continue  # the preview said that it cannot be decided here
        try:
            decide_one(request, row, form, revision)
            done += 1
        except deciding.DecisionError as error:
            refused.append(f"{row}: {error}")
    said = ngettext("%d submission decided.", "%d submissions decided.", done) % done
    modeladmin.message_user(request, said, messages.SUCCESS if done else messages.WARNING)
    for text in refused[:20]:
        modeladmin.message_user(request, text, messages.WARNING)


def decide_one(request: HttpRequest, row: Submission, form: ManyForm, revision: int) -> None:
    user: Any = request.user
    common: dict[str, Any] = {
        "submission": row,
        "user": user,
        "role": role_of(user) or "Editor",
        "revision": revision,
        "message": form.cleaned_data["message"].strip(),
    }
    if form.action == REJECT:
        deciding.reject(**common, reason=form.cleaned_data["reason"])
        return
    units = request.POST.getlist(f"unit-{row.pk}")
    deciding.accept(**common, units=units, seen=request.POST.get(f"seen-{row.pk}", ""))
