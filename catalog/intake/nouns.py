"""Makers, datasets and families that imported records name: found, or made with their source."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.intake.origin import Origin
from catalog.intake.registers.base import Document
from catalog.models import (
    Dataset,
    Framework,
    Organization,
    Platform,
    PlatformProfile,
    Source,
    SystemFamily,
)
from definitions.licence_book import folded
from definitions.readers import naming
from definitions.readers.values import host_and_path

SEPARATORS = (", and ", ", ", " and ", "; ")
PARENTHESIS = re.compile(r"\s*\([^()]*\)$")


def address_key(address: str) -> str:
    """An address without what does not tell two pages apart."""
    host, steps = host_and_path(address.lower())
    return "/".join([host, *steps]) if host else ""


@dataclass(slots=True)
class Nouns:
    """What is known by name and address; kept up to date while a run adds to it."""

    organizations: dict[str, int] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    datasets: dict[str, int] = field(default_factory=dict)
    dataset_slugs: set[str] = field(default_factory=set)
    organization_slugs: set[str] = field(default_factory=set)
    families: dict[str, int] = field(default_factory=dict)
    frameworks: dict[str, int] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Nouns":
        """Everything there is. Six queries."""
        nouns = cls()
        for pk, slug, name, others, home in Organization.objects.values_list(
            "pk", "slug", "name", "other_names", "homepage"
        ):
            nouns.organization_slugs.add(slug)
            for spelled in (name, *others):
                nouns.organizations.setdefault(folded(spelled), pk)
            if address_key(home):
                nouns.homes.setdefault(address_key(home), pk)
        for owner, pk in PlatformProfile.objects.filter(platform__slug="huggingface").values_list(
            "handle", "organization_id"
        ):
            nouns.owners.setdefault(owner.lower(), pk)
        for pk, slug, home in Dataset.objects.values_list("pk", "slug", "homepage"):
            nouns.dataset_slugs.add(slug)
            if address_key(home):
                nouns.datasets.setdefault(address_key(home), pk)
        nouns.families = {
            folded(name): pk for name, pk in SystemFamily.objects.values_list("name", "pk")
        }
        nouns.frameworks = {
            folded(spelled): pk
            for slug, name, pk in Framework.objects.values_list("slug", "name", "pk")
            for spelled in (slug, name)
        }
        nouns.sources = {source.key: source for source in Source.objects.all()}
        return nouns

    # --- makers ------------------------------------------------------------------------------

    def makers(self, document: Document, origin: Origin) -> list[int]:
        """The makers that a document names, made where nobody knows them yet."""
        found: list[int] = []
        for row in document.get("organizations", []):
            found += self.maker(row, origin)
        return list(dict.fromkeys(found))

    def known_makers(self, document: Document) -> set[int]:
        """The makers that a document names, as far as they are known."""
        found: set[int] = set()
        for row in document.get("organizations", []):
            found |= set(self.look_up(row) or ())
        owner = document.get("huggingface_id", "").partition("/")[0].lower()
        return found | ({self.owners[owner]} if owner in self.owners else set())

    def look_up(self, row: dict[str, Any]) -> list[int] | None:
        """By the owner on the Hub, by one known name or several, or by home page."""
        handles = (profile["handle"].lower() for profile in row.get("profiles", []))
        owner = next((self.owners[handle] for handle in handles if handle in self.owners), None)
        if owner is not None:
            return [owner]
        name = folded(row["name"])
        found = self.named(name) or self.named(PARENTHESIS.sub("", name))
        if found:
            return found
        home = address_key(row.get("homepage", ""))
        return [self.homes[home]] if home in self.homes else None

    def named(self, name: str) -> list[int]:
        """One known name, or several joined by comma or “and”; nothing if any is not known."""
        if name in self.organizations:
            return [self.organizations[name]]
        for separator in SEPARATORS:
            head, found, rest = name.partition(separator)
            while found:
                if head in self.organizations and (others := self.named(rest)):
                    return [self.organizations[head], *others]
                more, found, rest = rest.partition(separator)
                head = f"{head}{separator}{more}"
        return []

    def maker(self, row: dict[str, Any], origin: Origin) -> list[int]:
        found = self.look_up(row)
        if found is not None:
            return found
        made = Organization.objects.create(
            slug=free_slug(naming.slug_of(row["name"]) or "organisation", self.organization_slugs),
            name=row["name"],
            kind=row.get("kind", "unknown"),
            country=row.get("country", ""),
            homepage=row.get("homepage", ""),
            **origin.columns(),
        )
        self.organizations[folded(made.name)] = made.pk
        platforms = dict(Platform.objects.values_list("slug", "pk"))
        for profile in row.get("profiles", []):
            if profile["platform"] in platforms:
                made.profiles.create(
                    platform_id=platforms[profile["platform"]],
                    handle=profile["handle"],
                    url=profile["url"],
                )
                self.owners[profile["handle"].lower()] = made.pk
        if address_key(made.homepage):
            self.homes[address_key(made.homepage)] = made.pk
        return [made.pk]

    # --- data --------------------------------------------------------------------------------

    def dataset(self, row: dict[str, str], origin: Origin) -> int:
        """The dataset at an address, made where it has no record."""
        key = address_key(row["homepage"])
        if key in self.datasets:
            return self.datasets[key]
        owner = naming.dataset_id(row["homepage"]).partition("/")[0]
        wanted = naming.slug_of(row["name"]) or "dataset"
        if wanted in self.dataset_slugs and owner:
            wanted = f"{naming.slug_of(owner)}-{wanted}"
        made = Dataset.objects.create(
            slug=free_slug(wanted, self.dataset_slugs),
            name=row["name"][:200],
            homepage=row["homepage"],
            **origin.columns(),
        )
        if owner.lower() in self.owners:
            made.organizations.add(self.owners[owner.lower()])
        self.datasets[key] = made.pk
        return made.pk

    def family(self, document: Document) -> int | None:
        """The family that the source names, where there is one of that name already."""
        return self.families.get(folded(document.get("family", "")))


def entry_slugs(name: str, owners: Iterable[str]) -> list[str]:
    """The slugs that a new entry may have, the best first: its name, then with an owner before."""
    wanted = naming.slug_of(name) or "system"
    longer = [f"{naming.slug_of(owner)}-{wanted}"[:90].strip("-") for owner in owners if owner]
    return list(dict.fromkeys([wanted, *longer]))


def first_free(slugs: Sequence[str], taken: set[str]) -> str:
    """The first of these that is free, else the first with a number; takes it."""
    return free_slug(next((slug for slug in slugs if slug not in taken), slugs[0]), taken)


def free_slug(wanted: str, taken: set[str]) -> str:
    """A slug that nobody has: the wanted one, or with a number behind it; takes it."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    taken.add(slug)
    return slug


def row_columns(values: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The values that a row states, under the names of our columns."""
    return {column: values[name] for name, column in names.items() if values.get(name)}
