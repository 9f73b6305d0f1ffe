"""The addresses of all public pages, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from catalog.models import (
    AISystem,
    Dataset,
    Framework,
    License,
    Organization,
    Platform,
    ProgrammingLanguage,
)
from catalog.pages.learn.pages import library
from definitions import registry

PLAIN = (
    "home", "systems", "compare", "claims", "changes", "decisions", "charts", "as_of",
    "definitions", "matrix", "agreement", "datasets", "frameworks", "licences",
    "organisations", "languages", "platforms", "data", "sources", "links", "methodology",
    "about", "accessibility", "privacy", "policy", "handbook", "submit_guide", "api", "learn",
    "learn_glossary",
)  # fmt: skip


class PlainPages(Sitemap[str]):
    def items(self) -> list[str]:
        return [*PLAIN]

    def location(self, item: str) -> str:
        return reverse(f"catalog:{item}")


class Themes(Sitemap[str]):
    """The learn pages."""

    def items(self) -> list[str]:
        return list(library())

    def location(self, item: str) -> str:
        return reverse("catalog:learn_page", args=[item])


class Definitions(Sitemap[str]):
    def items(self) -> list[str]:
        return [definition.id for definition in registry.DEFINITIONS]

    def location(self, item: str) -> str:
        return reverse("catalog:definition", args=[item])


class Nouns(Sitemap[str]):
    """All rows of one noun, by their natural key."""

    limit = 5000

    def __init__(self, route: str, rows: QuerySet[Model], key: str = "slug") -> None:
        self.route, self.rows, self.key = route, rows, key

    def items(self) -> QuerySet[Model, str]:
        return self.rows.order_by("pk").values_list(self.key, flat=True)

    def location(self, item: str) -> str:
        return reverse(f"catalog:{self.route}", args=[item])


SITEMAPS: dict[str, Sitemap[str]] = {
    "pages": PlainPages(),
    "definitions": Definitions(),
    "learn": Themes(),
    "systems": Nouns("system", AISystem.objects.published()),
    "datasets": Nouns("dataset", Dataset.objects.all()),
    "frameworks": Nouns("framework", Framework.objects.all()),
    "organisations": Nouns("organisation", Organization.objects.all()),
    "languages": Nouns("language", ProgrammingLanguage.objects.all()),
    "platforms": Nouns("platform", Platform.objects.all()),
    "licences": Nouns("licence", License.objects.all(), "spdx_id"),
}
