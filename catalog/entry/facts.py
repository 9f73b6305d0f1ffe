"""From rows to facts: what the definitions read about one system.

The value built here travels alone: it holds slugs and addresses, no primary
keys, and the facts of every licence that occurs in it. Whoever has it can
recompute every verdict without this database.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import batched, chain
from typing import Any

from catalog.entry.facts_batch import (
    BaseRow,
    ComponentRow,
    DatasetRow,
    DerivationRow,
    FactRows,
    RulingRow,
    TrainingRow,
)
from catalog.entry.registers import name_of, register_of
from catalog.models import (
    AISystem,
    Component,
    DataInformation,
    Dataset,
    Derivation,
    FactRecord,
    License,
    Organization,
    Ruling,
    SystemMaker,
    TrainingData,
    UsageInformation,
)
from catalog.models.facts import USAGE
from catalog.models.licences import ANSWERS, LISTS
from catalog.models.systems import INFORMATION
from catalog.querysets import AISystemQuerySet
from definitions import facts as f
from definitions.licences import licence_ids
from definitions.topics import OrganizationTopic, SystemTopic, Topic
from definitions.vocabulary import (
    Answer,
    Availability,
    Completeness,
    ComponentKind,
    Cost,
    DataClass,
    DerivationKind,
    Extent,
    Grade,
    LicenceStatus,
    Modality,
    OrganizationKind,
    RulingAnswer,
    Term,
    TrainingStage,
    UnshareableReason,
    UseRestriction,
    WeightsForm,
)

BATCH = 500
"""Systems whose rows are in memory at one time."""


def word[T: Term](terms: type[T], value: str) -> T:
    """The member of a closed list; the database holds no other words."""
    return terms(value)  # type: ignore[call-arg]


def facts_for(system: AISystem, licences: Mapping[str, f.Licence] | None = None) -> f.Facts:
    """The facts of a system that was read with ``with_facts()`` or more.

    One query, for the licences, unless they are given.
    """
    components = list(system.components.all())
    training = list(system.training_data.all())
    names = names_in(components, training)
    known = licence_facts(names) if licences is None else licences
    information: DataInformation | None = getattr(system, "data_information", None)
    usage: UsageInformation | None = getattr(system, "usage_information", None)
    return f.Facts(
        system=identity(system),
        organizations=tuple(organization(maker) for maker in system.makers.all()),
        components={word(ComponentKind, row.kind): component(row) for row in components},
        datasets=tuple(dataset(row) for row in training),
        data_information=data_information(information),
        usage_information=usage_information(usage),
        circumstances=circumstances(system),
        base_systems=tuple(base_system(row) for row in system.derivations.all()),
        licences={name: known[name] for name in sorted(names) if name in known},
        rulings=tuple(ruling(row) for row in system.rulings.all()),
        steward_classes=steward_classes(system),
    )


def facts_for_many(
    systems: AISystemQuerySet, batch: int = BATCH
) -> Iterator[tuple[AISystem, f.Facts]]:
    """Each system of a queryset with its facts; the same few queries for every batch.

    Of a system only what ``fact_rows`` reads is there.
    """
    keys = systems.order_by("pk").values_list("pk", flat=True)
    for pks in batched(keys.iterator(chunk_size=batch), batch, strict=False):
        yield from facts_of_batch(FactRows.of(pks))


def facts_of_batch(rows: FactRows) -> Iterator[tuple[AISystem, f.Facts]]:
    """The same facts as ``facts_for`` gives, from the rows of many systems."""
    licensed = chain[Any](*rows.components.values(), rows.datasets.values())
    known = licence_facts(ids_in([row.licence_expression for row in licensed]))
    makers = {
        pk: organization_of(row, getattr(row, "fact_rows", []))
        for pk, row in rows.organizations.items()
    }
    for system in rows.systems:
        pk = system.pk
        components = rows.components.get(pk, [])
        training = [(row, rows.datasets[row.dataset_id]) for row in rows.training.get(pk, [])]
        expressions = [row.licence_expression for row in components]
        names = ids_in([*expressions, *(data.licence_expression for _, data in training)])
        yield (
            system,
            f.Facts(
                system=identity(system),
                organizations=tuple([makers[maker] for maker in rows.makers.get(pk, [])]),
                components={word(ComponentKind, row.kind): component(row) for row in components},
                datasets=tuple([dataset_of(row, data) for row, data in training]),
                data_information=data_information(rows.information.get(pk)),
                usage_information=usage_information(rows.usage.get(pk)),
                circumstances=circumstances(system),
                base_systems=tuple(
                    [
                        base_of(
                            row,
                            rows.bases[row.base_id] if row.base_id else None,
                            rows.released.get(row.base_id, []) if row.base_id else [],
                        )
                        for row in rows.derivations.get(pk, [])
                    ]
                ),
                licences={name: known[name] for name in sorted(names) if name in known},
                rulings=tuple([ruling(row) for row in rows.rulings.get(pk, [])]),
                steward_classes=steward_classes(system),
            ),
        )


def names_in(components: Iterable[Component], training: Iterable[TrainingData]) -> set[str]:
    """Every licence id in the expressions of a system's rows."""
    expressions = [row.licence_expression for row in components]
    return ids_in([*expressions, *(row.dataset.licence_expression for row in training)])


def ids_in(expressions: Iterable[str]) -> set[str]:
    return {name for text in set(expressions) if text for name in licence_ids(text)}


def licence_facts(names: Iterable[str]) -> dict[str, f.Licence]:
    """The facts of these licences, by id. One query, or none for no names."""
    wanted = set(names)
    if not wanted:
        return {}
    return {row.spdx_id: licence(row) for row in License.objects.filter(spdx_id__in=wanted)}


def evidence(row: FactRecord | ComponentRow | TrainingRow | RulingRow) -> f.Evidence | None:
    return f.Evidence(url=row.evidence_url, quote=row.quote) if row.evidence_url else None


def identity(system: AISystem) -> f.System:
    return f.System(
        slug=system.slug,
        name=system.name,
        version=system.version,
        release_date=system.release_date,
        modalities=tuple(sorted(word(Modality, value) for value in system.modalities)),
        verified_on=system.verified_on.isoformat() if system.verified_on else "",
        recorded_by=register_of(system),
    )


def component(row: Component | ComponentRow) -> f.Component:
    return f.Component(
        availability=word(Availability, row.availability),
        completeness=word(Completeness, row.completeness),
        licence=row.licence_expression,
        licence_status=word(LicenceStatus, row.licence_status),
        licence_text=row.licence_text,
        url=row.url,
        licence_url=row.licence_url,
        cost=word(Cost, row.cost),
        form=word(WeightsForm, row.form),
        machine_readable=word(Answer, row.machine_readable),
        open_format=word(Answer, row.open_format),
        persistent_id=row.persistent_id,
        peer_reviewed=word(Answer, row.peer_reviewed),
        included_in=word(ComponentKind, row.included_in) if row.included_in else None,
        recorded_by=whose_word(row),
        evidence=evidence(row),
    )


def whose_word(row: Component | ComponentRow) -> str:
    if isinstance(row, ComponentRow):
        return name_of(row.source__key, row.source__kind, row.source__title)
    return register_of(row)


def dataset(row: TrainingData) -> f.Dataset:
    return dataset_of(row, row.dataset)


def dataset_of(row: TrainingData | TrainingRow, data: Dataset | DatasetRow) -> f.Dataset:
    """One use of a dataset; what the row leaves open is taken from the dataset itself."""
    own = word(DataClass, row.data_class)
    return f.Dataset(
        slug=data.slug,
        name=data.name,
        stage=word(TrainingStage, row.stage),
        data_class=word(DataClass, data.data_class) if own is DataClass.UNKNOWN else own,
        url=row.where or data.homepage,
        unshareable_reason=word(UnshareableReason, row.unshareable_reason),
        licence=data.licence_expression,
        licence_status=word(LicenceStatus, data.licence_status),
        contains_pii=word(Answer, data.contains_pii),
        synthetic=word(Answer, data.synthetic),
        evidence=evidence(row),
    )


def data_information(row: DataInformation | None) -> f.DataInformation:
    if row is None:
        return f.DataInformation()
    extents = {name: word(Extent, getattr(row, name)) for name in INFORMATION}
    return f.DataInformation(**extents, evidence=evidence(row))


def usage_information(row: UsageInformation | None) -> f.UsageInformation:
    if row is None:
        return f.UsageInformation()
    extents = {name: word(Extent, getattr(row, name)) for name in USAGE}
    return f.UsageInformation(**extents, evidence=evidence(row))


def organization(maker: SystemMaker) -> f.Organization:
    return organization_of(maker.organization, getattr(maker, "fact_rows", []))


def organization_of(row: Organization, facts: Iterable[Mapping[str, str]]) -> f.Organization:
    return f.Organization(
        slug=row.slug,
        name=row.name,
        kind=word(OrganizationKind, row.kind),
        country=row.country,
        **single_facts(OrganizationTopic, facts),
    )


def circumstances(system: AISystem) -> f.Circumstances:
    return f.Circumstances(**single_facts(SystemTopic, getattr(system, "fact_rows", [])))


def single_facts(topics: type[Topic], rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """Keyword arguments of a facts value: each topic's word, and the evidence of all."""
    values: dict[str, Any] = {"evidence": {}}
    for row in rows:
        topic = word(topics, row["topic"])
        value = row["value"]
        values[topic.value] = value if topic.words is None else word(topic.words, value)
        page = f.Evidence(url=row["evidence_url"], quote=row["quote"])
        values["evidence"][topic.value] = page
    return values


def base_system(row: Derivation) -> f.BaseSystem:
    return base_of(row, row.base, getattr(row, "base_rows", []))


def base_of(
    row: Derivation | DerivationRow,
    base: AISystem | BaseRow | None,
    rows: Iterable[Mapping[str, Any]],
) -> f.BaseSystem:
    """A base with what was released of it, or its name alone where it has no entry."""
    kind = word(DerivationKind, row.kind)
    if base is None:
        return f.BaseSystem(name=row.base_name, kind=kind)
    released = {part["kind"]: part for part in rows}
    weights = released.get(ComponentKind.WEIGHTS_FINAL, {})
    data = released.get(ComponentKind.PRETRAINING_DATA, {})
    unknown = Availability.UNKNOWN.value
    return f.BaseSystem(
        name=base.name,
        slug=base.slug,
        kind=kind,
        weights=word(Availability, weights.get("availability", unknown)),
        data=word(Availability, data.get("availability", unknown)),
        data_completeness=word(Completeness, data.get("completeness", unknown)),
    )


def steward_classes(system: AISystem) -> dict[str, Grade]:
    """The grades that stewards published, by criterion; of several the newest counts."""
    return {
        f"{row['definition']}/{slug}": word(Grade, grade)
        for row in getattr(system, "grade_rows", [])
        for slug, grade in row["classes"].items()
    }


def ruling(row: Ruling | RulingRow) -> f.Ruling:
    return f.Ruling(
        criterion=row.criterion,
        answer=word(RulingAnswer, row.answer),
        rationale=row.rationale,
        date=row.decided_on.isoformat(),
        evidence=evidence(row),
        judged=tuple(f.JudgedFact(path, value) for path, value in sorted(row.judged.items())),
    )


def licence(row: License) -> f.Licence:
    words: dict[str, Any] = {name: word(Answer, getattr(row, name)) for name in ANSWERS}
    words |= {name: word(terms, getattr(row, name)) for name, terms in LISTS.items()}
    limits = row.use_restrictions
    return f.Licence(
        name=row.name,
        **words,
        use_restrictions=(
            None
            if limits is None
            else tuple(sorted(word(UseRestriction, value) for value in limits))
        ),
    )
