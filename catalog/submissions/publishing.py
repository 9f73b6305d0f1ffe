"""From accepted units to rows of the catalogue."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.entry.parts import BY_DOCUMENT, SYSTEM, TRAINING_DATA
from catalog.entry.rows import Rows, rows_of
from catalog.entry.shape import Columns, Key, Part, by_key, key_of
from catalog.entry.units import Document, links_in, taken_over
from catalog.entry.write import Hand, assign, is_imported, write, write_links
from catalog.intake.editing import refresh
from catalog.intake.nouns import entry_slugs, first_free, free_slug
from catalog.models import (
    AISystem,
    Dataset,
    Derivation,
    Link,
    Organization,
    Source,
    Submission,
)
from catalog.submissions.duplicates import entries_like, file_pairs
from catalog.submissions.effects import Standing

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
        self.signature: dict[str, object] = {
            "source_id": source.pk,
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
        entry = self.system(system, rows)
        if "organizations" in self.parts:
            self.makers(entry, rows)
        self.nouns(rows)
        for part in BY_DOCUMENT.values():
            if part.document in self.parts:
                self.rows(entry, part, rows)
        return entry

    def system(self, system: AISystem | None, rows: Rows) -> AISystem:
        """The entry itself: made, or changed where a unit of its own was accepted."""
        if system is None:
            made = assign(rows.system, self.signature)
            made.slug = slug_for(rows)
            made.save()
            self.written.append(made)
            return made
        entry = AISystem.objects.select_for_update().defer("search").get(pk=system.pk)
        names = [SYSTEM.words[unit] for unit in self.accepted if unit in SYSTEM.words]
        if "released" in self.accepted:
            names += ["released_on", "released_precision"]
        columns: dict[str, object] = {name: getattr(rows.system, name) for name in names}
        if columns:
            columns |= self.signature
        elif is_imported(entry.recorded_by):
            # People have had a hand in it now: an import does not rewrite the entry any more.
            columns["recorded_by"] = self.signature["recorded_by"]
        write(AISystem, {(entry.slug,): columns}, [entry], hand=Hand.PERSON)
        return entry

    def makers(self, entry: AISystem, rows: Rows) -> None:
        """Make the named organisations the makers; those without a record get one."""
        taken = set(Organization.objects.values_list("slug", flat=True))
        pks: list[int] = []
        for organization in rows.makers:
            if organization.pk is None:
                organization.slug = free_slug(organization.slug, taken)
                assign(organization, self.signature)
                organization.evidence_url = organization.homepage or entry.evidence_url
                organization.save()
            if organization.pk not in pks:
                pks.append(organization.pk)
        write_links(AISystem, "organizations", {entry.pk: pks})

    def nouns(self, rows: Rows) -> None:
        """Datasets without a record get one."""
        taken: set[str] | None = None
        for row in rows.of(TRAINING_DATA):
            dataset: Dataset = row.dataset
            if dataset.pk is None and "training_data" in self.parts:
                if taken is None:
                    taken = set(Dataset.objects.values_list("slug", flat=True))
                dataset.slug = free_slug(dataset.slug, taken)
                assign(dataset, self.signature)
                dataset.evidence_url = row.evidence_url
                dataset.save()
                row.dataset = dataset

    def rows(self, entry: AISystem, part: Part, rows: Rows) -> None:
        """Make the rows of one part the wanted ones, writing none that nobody touched."""
        stored = by_key(part.model._default_manager.filter(system=entry))
        wanted: dict[Key, Columns] = {}
        for row in rows.of(part):
            row.system = entry
            key = key_of(row)
            if key in stored and row.unit not in self.accepted:
                wanted[key] = {}
                continue
            if isinstance(row, Derivation) and row.closes_a_circle():
                raise PublishError(f"“{row.base}” was itself built on “{entry}”.")
            wanted[key] = part.columns_of(row) | self.signature
        changes = write(part.model, wanted, stored.values(), hand=Hand.PERSON)
        for left in changes.left:
            raise PublishError(
                f"“{left}” follows from another register's record and would come back; "
                "say what is true instead of taking it away."
            )
        self.written += changes.written


def slug_for(rows: Rows) -> str:
    """A slug that no entry has; the maker's name goes before it where it is taken. One query."""
    slugs = entry_slugs(rows.system.name, [maker.name for maker in rows.makers])
    near = AISystem.objects.filter(Q(slug__startswith=slugs[0][:40]) | Q(slug__in=slugs))
    return first_free(slugs, set(near.values_list("slug", flat=True)))
