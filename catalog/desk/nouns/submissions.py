"""The desk for what strangers send in: the queue, and one page on which to decide."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.desk.nouns import bulk
from catalog.desk.nouns.base import ReadOnly
from catalog.desk.roles import role_of
from catalog.models import Link, Mail, RejectReason, Submission
from catalog.models.submissions import NOTE_LENGTH
from catalog.submissions import deciding
from catalog.submissions.duplicates import entries_like, submissions_like
from catalog.submissions.effects import effect_of
from catalog.submissions.forms.wording import change_rows, pages_of
from definitions.readers.values import LARGEST_NUMBER, number_or

ACCEPT, ASK, REJECT, NOTE = "accept", "ask", "reject", "note"
PATTERNS = (
    "Please name the page that holds the licence text itself; a tag is not enough.",
    "The quoted words are not on the page that you name. Which page shows them?",
    "The page that you name cannot be opened. Is there another one that shows it?",
)


DECISIONS = [
    (ACCEPT, _("Accept the ticked parts")),
    (ASK, _("Ask the submitter")),
    (REJECT, _("Reject")),
    (NOTE, _("Only leave a note for other editors")),
]


def offered_to(user: Any, submission: Submission) -> list[str]:
    """The decisions this account may take: who may not decide can ask or leave a note."""
    if not deciding.refusal(submission, user):
        return [ACCEPT, ASK, REJECT, NOTE]
    if not user.has_perm(deciding.DECIDE):
        return []
    return [NOTE] if deciding.is_own(submission, user) else [ASK, NOTE]


class DecisionForm(forms.Form):
    """One decision, of those that are ``offered``; the parts to accept come beside it."""

    decision = forms.ChoiceField(choices=DECISIONS, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        choices=[("", _("Reason for a rejection")), *RejectReason.choices], required=False
    )
    message = forms.CharField(
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "The submitter reads it. Sober words: what is missing, which page would show it."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = cast("forms.ChoiceField", self.fields["decision"])
        decision.choices = [choice for choice in DECISIONS if choice[0] in offered]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision in (ASK, REJECT, NOTE) and not (cleaned.get("message") or "").strip():
            self.add_error("message", _("Write why."))
        if decision == REJECT and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason."))
        return cleaned


@admin.register(Submission)
class SubmissionAdmin(ReadOnly):
    """The queue: what waits longest comes first; likely spam has its own filter.

    What a stranger wrote is not edited; decisions are made on the review page.
    """

    list_display = [
        "title", "state", "is_new", "high_impact", "verdicts_changed", "units_changed", "sent_at",
    ]  # fmt: skip
    list_filter = ["state", "suspect", "is_new", "high_impact", "relation"]
    search_fields = ["title", "system__slug"]
    ordering = ["sent_at", "id"]
    show_full_result_count = False
    list_per_page = 50
    actions = [bulk.ACCEPT, bulk.REJECT]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(deciding.DECIDE)

    @admin.action(
        description=_("Accept all of them (shows first what changes)"), permissions=["decide"]
    )
    def accept_many(
        self, request: HttpRequest, queryset: QuerySet[Submission]
    ) -> HttpResponse | None:
        return bulk.decide_many(self, request, queryset, bulk.ACCEPT)

    @admin.action(description=_("Reject all of them (asks for the reason)"), permissions=["decide"])
    def reject_many(
        self, request: HttpRequest, queryset: QuerySet[Submission]
    ) -> HttpResponse | None:
        return bulk.decide_many(self, request, queryset, bulk.REJECT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        heavy = ("document", "base", "typed")
        found = super().get_queryset(request).exclude(state="draft")
        return found if request.POST.get("action") == bulk.ACCEPT else found.defer(*heavy)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Without a filter the desk shows what waits."""
        if request.method == "GET" and not request.GET and self.has_view_permission(request):
            return HttpResponseRedirect(f"{request.path}?state__exact=sent&suspect__exact=0")
        return super().changelist_view(request, extra_context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The review page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = number_or(object_id, 0, high=LARGEST_NUMBER)
        rows = Submission.objects.exclude(state="draft").select_related("system")
        submission: Submission = get_object_or_404(rows, pk=pk)
        form = DecisionForm(request.POST or None, offered=offered_to(request.user, submission))
        if request.method == "POST" and form.is_valid():
            try:
                self.decide(request, submission, form.cleaned_data)
                return HttpResponseRedirect(reverse("admin:catalog_submission_changelist"))
            except deciding.DecisionError as error:
                form.add_error(None, str(error))
                submission.refresh_from_db()
        return self.review(request, submission, form)

    def decide(self, request: HttpRequest, submission: Submission, data: dict[str, Any]) -> None:
        user: Any = request.user
        common = {"submission": submission, "user": user, "role": role_of(user) or "Editor"}
        message = data["message"].strip()
        decision = data["decision"]
        if decision == NOTE:
            deciding.note(**common, message=message)
        elif decision == ASK:
            deciding.ask(**common, revision=data["revision"], message=message)
        elif decision == REJECT:
            deciding.reject(
                **common, revision=data["revision"], reason=data["reason"], message=message
            )
        else:
            system = deciding.accept(
                **common,
                units=request.POST.getlist("unit"),
                revision=data["revision"],
                seen=data["seen"],
                message=message,
            )
            self.message_user(request, _("Published: %s") % system.name, messages.SUCCESS)
            return
        self.message_user(request, _("Noted."), messages.SUCCESS)

    def review(
        self, request: HttpRequest, submission: Submission, form: DecisionForm
    ) -> HttpResponse:
        user: Any = request.user
        effect = effect_of(submission)
        links = Link.objects.in_bulk(sorted(pages_of(effect.changes)), field_name="url")
        ticked = request.POST.getlist("unit") if request.method == "POST" else None
        others = Submission.objects.of_network(submission.network).exclude(pk=submission.pk)
        context = self.admin_site.each_context(request) | {
            "title": submission.title or _("Submission"),
            "opts": self.opts,
            "submission": submission,
            "form": form,
            "effect": effect,
            "rows": [
                (row, row.change.unit in ticked if ticked is not None else not row.change.conflict)
                for row in change_rows(effect.changes, links)
            ],
            "seen": effect.standing.facts.fingerprint if effect.standing else "",
            "refusal": deciding.refusal(submission, user),
            "alike": entries_like(submission.document) if submission.is_new else [],
            "same": submissions_like(submission),
            "others": list(others.exclude(state="draft")[:10]),
            "events": submission.events.select_related("actor"),
            "contact": submission.email if user.has_perm("catalog.see_contact") else "",
            "patterns": PATTERNS,
        }
        return TemplateResponse(request, "admin/catalog/submission/review.html", context)


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """Letters: which went out, which wait and why. Written by decisions, read here."""

    list_display = ["subject", "template", "created_at", "sent_at", "attempts", "failure"]
    list_filter = ["template", "sent_at"]
    search_fields = ["subject"]
    show_full_result_count = False
    fields = [
        "template", "subject", "created_at", "sent_at", "attempts", "next_attempt_at", "failure",
    ]  # fmt: skip
