"""The desk for the pages that the catalogue links to: which are gone, and who cites them."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.desk.nouns.base import AnyAdmin, CatalogAdmin
from catalog.links.rows import look_again
from catalog.models import Link
from catalog.pages.presenters.links import copies_of
from catalog.querysets.links import citations
from catalog.tasks import check_due_links

SHOWN_CITING = 8
FOUND = [
    "url", "page", "copies", "cited_by", "state", "status_code", "problem", "redirected_to",
    "last_good_on", "checked_at", "failures", "next_check_at",
]  # fmt: skip
"""What the check writes: shown, and not edited."""


class LinkChangeList(ChangeList):
    """A page of links, each with the entries that cite it: one query more."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        found = citations([link.url for link in self.result_list], public=False)
        for link in self.result_list:
            link.citing = found.get(link.url, [])


@admin.action(description="Check again", permissions=["change"])
def check_again(modeladmin: "AnyAdmin", request: HttpRequest, queryset: QuerySet[Link]) -> None:
    """Make the chosen pages due; a worker looks at once, else the next run of the schedule."""
    pages = look_again(pks=queryset.values_list("pk", flat=True))
    if check_due_links.get_backend().supports_defer:
        check_due_links.enqueue()
        said = f"{pages} pages are due; a worker has been asked to check them now."
    else:
        said = f"{pages} pages are due; the next run of “manage.py check_links” checks them."
    modeladmin.message_user(request, said, messages.SUCCESS)


@admin.register(Link)
class LinkAdmin(CatalogAdmin):
    """Found by the check and not written by hand, but for the archived copy."""

    list_display = [
        "url", "cited_by", "problem", "last_good_on", "checked_at", "failures", "state",
    ]  # fmt: skip
    list_filter = ["state", "status_code", "last_good_on"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["url", "problem"]
    ordering = [F("last_good_on").asc(nulls_first=True), "-failures", "url"]
    actions = [check_again]
    fields = ["archive_url", *FOUND]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return FOUND

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return LinkChangeList

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A page becomes a link where a record cites it."""
        return False

    @admin.display(description="cited by")
    def cited_by(self, link: Link) -> SafeString | str:
        """The entries that link to the page."""
        found = getattr(link, "citing", None)
        if found is None:
            found = citations([link.url], public=False).get(link.url, [])
        rest = len(found) - SHOWN_CITING
        shown = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse(f"catalog:{item.kind}", args=[item.slug]), item.name)
                for item in found[:SHOWN_CITING]
            ),
        )
        more = f" and {rest} more" if rest > 0 else ""
        return format_html("{}{}", shown, more) if found else "no entry any more"

    @admin.display(description="open")
    def page(self, link: Link) -> SafeString:
        return format_html('<a href="{}" rel="nofollow noreferrer">the page</a>', link.url)

    @admin.display(description="copies")
    def copies(self, link: Link) -> SafeString:
        return format_html(
            '<a href="{}" rel="nofollow noreferrer">look for an archived copy</a>',
            copies_of(link.url),
        )
