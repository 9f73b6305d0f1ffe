"""From accepted units to rows of the catalogue."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from catalog.models import (
    AISystem,
    Dataset,
    Derivation,
    Link,
    Organization,
    Source,
    Submission,
    SystemMaker,
)
from catalog.proposals.columns import SYSTEM
from catalog.proposals.rows import MODELS, Rows, rows_of
from catalog.proposals.units import Document, links_in, taken_over
from catalog.services.editing import refresh
from catalog.services.importing.nouns import free_slug
from catalog.services.importing.origin import is_imported
from catalog.services.submissions.duplicates import entries_like, file_pairs
from catalog.services.submissions.effects import Standing
from definitions.readers import naming
from definitions.readers.dates import PartialDate

SOURCE = "reviewed"
"""The key of the source of accepted rows."""


class PublishError(Exception):
    """Why units cannot be taken; the message is for the editor."""


def publish(
    submission: Submission, accepted: Collection[str], standing: Standing | None
) -> AISystem:
    """Write the accepted units into the catalogue; inside the transaction of the decision."""
    current = standing.document if standing else {}
    target = taken_over(current, submission.document, accepted)
    writer = Writer(submission, accepted, standing)
    alike = entries_like(target) if submission.is_new else []
    system = writer.write(target)
    file_pairs(system, alike)
    Link.objects.bulk_create(
        [Link(url=url) for url in sorted(set(links_in(target)))], ignore_conflicts=True
    )
    refresh(rows=[system, *writer.written])
    return AISystem.objects.get(pk=system.pk)


class Writer:
    """Writes one document; only what the accepted units touch."""

    def __init__(
        self, submission: Submission, accepted: Collection[str], standing: Standing | None
    ) -> None:
        self.submission = submission
        self.accepted = set(accepted)
        self.parts = {unit.partition(".")[0] for unit in accepted}
        self.standing = standing
        self.written: list[models.Model] = []
        source, _made = Source.objects.get_or_create(
            key=SOURCE, defaults={"title": "Sent in, and reviewed by our editors", "kind": "editor"}
        )
        self.signature: dict[str, Any] = {
            "source": source,
            "checked_on": timezone.localdate(),
            "recorded_by": f"submission:{submission.pk}",
        }

    def write(self, target: Document) -> AISystem:
        system = self.submission.system if self.standing else None
        rows = rows_of(
            target,
            system.slug if system else "",
            self.standing.facts if self.standing else None,
        )
        entry = self.system(system, rows, target)
        if "organizations" in self.parts:
            self.makers(entry, rows)
        self.nouns(rows)
        for part, kept, identity in (
            ("components", rows.components, ("kind",)),
            ("facts", rows.facts, ("topic",)),
            ("training_data", rows.training, ("dataset_id", "stage")),
            ("derivations", rows.derivations, ("base_id", "base_name", "kind")),
            ("claims", rows.claims, ("claimed", "evidence_url")),
            ("data_information", one(rows.data_information), ()),
            ("usage_information", one(rows.usage_information), ()),
        ):
            if part in self.parts:
                self.rows(entry, kept, identity, MODELS[part])
        return entry

    def system(self, system: AISystem | None, rows: Rows, target: Document) -> AISystem:
        """The entry itself: made, or changed where a unit of its own was accepted."""
        if system is None:
            made = rows.system
            made.slug = slug_for(made.slug, rows)
            sign(made, self.signature)
            made.save()
            self.written.append(made)
            return made
        entry = AISystem.objects.select_for_update().defer("search").get(pk=system.pk)
        columns = {SYSTEM[unit] for unit in self.accepted if unit in SYSTEM}
        for column in columns:
            setattr(entry, column, getattr(rows.system, column))
        if "released" in self.accepted:
            date = PartialDate.kept(target.get("released", ""))
            entry.released_on = date.day if date else None
            entry.released_precision = date.precision.value if date else ""
        if columns or "released" in self.accepted:
            sign(entry, self.signature)
            entry.save()
        elif is_imported(entry.recorded_by):
            # People have had a hand in it now: an import does not rewrite the entry any more.
            entry.recorded_by = self.signature["recorded_by"]
            entry.save(update_fields=["recorded_by"])
        return entry

    def makers(self, entry: AISystem, rows: Rows) -> None:
        """Make the named organisations the makers; those without a record get one."""
        taken = set(Organization.objects.values_list("slug", flat=True))
        pks: list[int] = []
        for organization in rows.makers:
            if organization.pk is None:
                organization.slug = free_slug(organization.slug, taken)
                sign(organization, self.signature)
                organization.evidence_url = organization.homepage or entry.evidence_url
                organization.save()
            if organization.pk not in pks:
                pks.append(organization.pk)
        entry.makers.all().delete()
        SystemMaker.objects.bulk_create(
            SystemMaker(system=entry, organization_id=pk, position=place)
            for place, pk in enumerate(pks)
        )

    def nouns(self, rows: Rows) -> None:
        """Datasets without a record get one."""
        taken: set[str] | None = None
        for row in rows.training:
            dataset: Dataset = row.dataset
            if dataset.pk is None and "training_data" in self.parts:
                if taken is None:
                    taken = set(Dataset.objects.values_list("slug", flat=True))
                dataset.slug = free_slug(dataset.slug, taken)
                sign(dataset, self.signature)
                dataset.evidence_url = row.evidence_url
                dataset.save()
                row.dataset = dataset

    def rows(
        self,
        entry: AISystem,
        wanted: Iterable[Any],
        identity: tuple[str, ...],
        model: Any,
    ) -> None:
        """Make the rows of one model the wanted ones, writing none that nobody touched."""
        stored = {
            tuple(getattr(row, name) for name in identity): row
            for row in model._default_manager.filter(system=entry)
        }
        for row in wanted:
            old = stored.pop(tuple(getattr(row, name) for name in identity), None)
            if old is not None and row.unit not in self.accepted:
                continue
            row.system = entry
            row.pk = old.pk if old is not None else None
            row._state.adding = old is None
            sign(row, self.signature)
            if isinstance(row, Derivation) and row.closes_a_circle():
                raise PublishError(f"“{row.base}” was itself built on “{entry}”.")
            row.save()
            self.written.append(row)
        for row in stored.values():
            if is_imported(row.recorded_by):
                raise PublishError(
                    f"“{row}” follows from another register's record and would come back; "
                    "say what is true instead of taking it away."
                )
            row.delete()


def one[Row](row: Row | None) -> list[Row]:
    return [] if row is None else [row]


def sign(row: Any, signature: dict[str, Any]) -> None:
    """Note on a row who took it in, when, and that an editor has looked."""
    for name, value in signature.items():
        setattr(row, name, value)


def slug_for(wanted: str, rows: Rows) -> str:
    """A slug that no entry has; the maker's name goes before it where it is taken."""
    taken = set(
        AISystem.objects.filter(slug__startswith=wanted[:40]).values_list("slug", flat=True)
    )
    if wanted not in taken:
        return wanted
    for maker in rows.makers:
        longer = f"{naming.slug_of(maker.name)}-{wanted}"[:90].strip("-")
        if not AISystem.objects.filter(slug=longer).exists():
            return longer
    return free_slug(wanted, taken)
