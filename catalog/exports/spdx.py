"""SPDX 3.0.1 as JSON-LD: AI and Dataset profiles, through the bindings of the SPDX project.

What nobody recorded is left out, or says ``noAssertion`` where the model has
the word. The two profiles ask for more than their classes do (a supplier, a
day of release, a place to download from): a document claims a profile only
where all of that is known.
"""

import datetime as dt
import json
import re
from dataclasses import dataclass, field

from spdx_python_model import v3_0_1 as spdx

from catalog.entry.registers import register_of
from catalog.exports.entry import Entry, one_line
from catalog.models import Dataset, Released
from definitions import facts as f
from definitions import tiers
from definitions.business import business_use
from definitions.licences import licence_ids
from definitions.readers.dates import Precision
from definitions.tiers import Standing
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentGroup,
    ComponentKind,
    LicenceStatus,
    Modality,
    TrainingStage,
)

SPEC = "3.0.1"
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""Stands for the day of a record that has none: the specification demands a time."""

PROFILES = ("core", "software", "simpleLicensing")
PURPOSES = {
    ComponentGroup.DATA: "data",
    ComponentGroup.CODE: "source",
    ComponentGroup.MODEL: "model",
    ComponentGroup.DOCUMENTS: "documentation",
    ComponentGroup.POLICIES: "documentation",
    ComponentGroup.ACCESS: "other",
}
DOCUMENTS = (ComponentGroup.DOCUMENTS, ComponentGroup.POLICIES)
DATA_TYPES = {
    Modality.TEXT: "text",
    Modality.IMAGE: "image",
    Modality.AUDIO: "audio",
    Modality.VIDEO: "video",
    Modality.TABULAR: "structured",
    Modality.CODE: "syntactic",
}
ACCESS = {
    Availability.OPEN_DOWNLOAD: "directDownload",
    Availability.GATED_AUTO: "clickthrough",
    Availability.GATED_MANUAL: "registration",
}
PRESENCE = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "noAssertion"}
INDIVIDUALS = spdx.expandedlicensing_IndividualLicensingInfo.NAMED_INDIVIDUALS


def spdx_file(entry: Entry) -> bytes:
    """The whole document: the same facts give the same bytes."""
    data = spdx.JSONLDSerializer().serialize_data(objects(entry), force_at_graph=True)
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def objects(entry: Entry) -> spdx.SHACLObjectSet:
    """The document as a set of SPDX objects."""
    return Writer(entry).write()


def constant(kind: object, name: str) -> str:
    """The address of a word of one of SPDX's closed lists."""
    return str(getattr(kind, name))


def moment(row: Released) -> dt.datetime | None:
    """The day of release; nothing where only the month or the year is known."""
    if row.released_on is None or row.released_precision != Precision.DAY:
        return None
    return dt.datetime.combine(row.released_on, dt.time(), dt.UTC)


@dataclass
class Writer:
    """Puts one document together; every element's id lies below the entry's address."""

    entry: Entry
    found: spdx.SHACLObjectSet = field(default_factory=spdx.SHACLObjectSet)
    elements: list[spdx.Element] = field(default_factory=list)
    terms: dict[str, spdx.Element] = field(default_factory=dict)
    bare: dict[str, bool] = field(default_factory=lambda: {"ai": True, "dataset": True})

    def write(self) -> spdx.SHACLObjectSet:
        entry = self.entry
        day = entry.checked_on
        self.info = spdx.CreationInfo(_id="_:creation")
        self.info.specVersion = SPEC
        self.info.created = dt.datetime.combine(day, dt.time(), dt.UTC) if day else EPOCH
        self.info.comment = "The day on which the newest fact was checked."
        agent = self.element(spdx.SoftwareAgent, "glassbox", "Glassbox")
        self.info.createdBy.append(agent)
        model = self.model()
        for kind, row in entry.released():
            self.part(model, kind, row)
        self.data(model)
        self.bases(model)
        self.document(model)
        for item in [self.info, *self.elements]:
            self.found.add(item)
        return self.found

    def element[E: spdx.Element](
        self, kind: type[E], place: str, name: str = "", **values: object
    ) -> E:
        item = kind(_id=f"{self.entry.address}#spdx-{place}")
        item.creationInfo = self.info
        for key, value in ({"name": name} | values).items():
            if value not in (None, "", []):
                setattr(item, key, value)
        self.elements.append(item)
        return item

    def relate(
        self, place: str, start: spdx.Element, word: str, *ends: spdx.Element | str
    ) -> spdx.Relationship | None:
        """A relationship; nothing where it would lead nowhere."""
        if not ends:
            return None
        kind = constant(spdx.RelationshipType, word)
        row = self.element(spdx.Relationship, f"{place}-{word}", relationshipType=kind)
        row.from_ = start
        row.to = list(ends)
        return row

    def document(self, model: spdx.Element) -> None:
        licence = self.element(
            spdx.simplelicensing_LicenseExpression,
            "data-licence",
            simplelicensing_licenseExpression="CC-BY-4.0",
        )
        profiles = [*PROFILES, *(name for name, full in self.bare.items() if full)]
        self.element(
            spdx.SpdxDocument,
            "document",
            f"{self.entry.name}: bill of materials",
            rootElement=[model],
            element=list(self.elements),
            dataLicense=licence,
            profileConformance=[constant(spdx.ProfileIdentifierType, name) for name in profiles],
        )

    def organizations(self) -> list[spdx.Organization]:
        return [
            self.element(spdx.Organization, f"maker-{row.slug}", one_line(row.name))
            for row in self.entry.system.maker_list
        ]

    def model(self) -> spdx.ai_AIPackage:
        """The system itself, with the terms of its weights."""
        entry, system = self.entry, self.entry.system
        makers = self.organizations()
        weights = entry.facts.component(ComponentKind.WEIGHTS_FINAL)
        data = [row.contains_pii for row in entry.facts.datasets]
        item = self.element(
            spdx.ai_AIPackage,
            "system",
            entry.name,
            description=one_line(system.summary),
            software_packageVersion=one_line(system.version),
            software_packageUrl=entry.purl,
            software_primaryPurpose=constant(spdx.software_SoftwarePurpose, "model"),
            software_downloadLocation=weights.url or entry.hub,
            software_homePage=system.homepage,
            releaseTime=moment(system),
            suppliedBy=makers[0] if makers else None,
            originatedBy=makers,
            ai_domain=[one_line(task) for task in system.tasks],
            ai_useSensitivePersonalInformation=constant(
                spdx.PresenceType, "yes" if Answer.YES in data else "noAssertion"
            ),
            externalRef=self.references(entry.address),
        )
        needed = (item.suppliedBy, item.software_downloadLocation, item.software_packageVersion)
        self.bare["ai"] = all(needed) and item.releaseTime is not None
        item.comment = f"{entry.standing.words}. Business use: {self.business()}"
        self.terms_of("system", item, self.licence(weights), weights.recorded_by)
        return item

    def business(self) -> str:
        """Whether the terms of the weights let business use them, with whose word that is."""
        standing = tiers.of_business_use(self.entry.facts)
        return f"{business_use(self.entry.facts).label.lower()}{standing.said}."

    def terms_of(
        self, place: str, item: spdx.Element, licence: spdx.Element | str, register: str
    ) -> None:
        """The terms of a thing: declared by its maker, unless another register says so."""
        word = "other" if register else "hasDeclaredLicense"
        relation = self.relate(place, item, word, licence)
        if register and relation is not None:
            told = Standing.of(verified=False, registers=[register]).told
            relation.comment = f"Licence. {told}."

    def references(self, *pages: str) -> list[spdx.ExternalRef]:
        """Where it can be seen."""
        found = []
        for page in dict.fromkeys(filter(None, pages)):
            reference = spdx.ExternalRef()
            reference.externalRefType = constant(spdx.ExternalRefType, "other")
            reference.locator = [page]
            reference.comment = "Evidence"
            found.append(reference)
        return found

    def licence(self, row: f.Component | f.Dataset, text: str = "") -> spdx.Element | str:
        """The terms as the maker declares them, each once in the document."""
        text = text or (row.licence_text if isinstance(row, f.Component) else "")
        if row.licence:
            key = row.licence
            if key not in self.terms:
                self.terms[key] = self.expression(key)
            return self.terms[key]
        if text:
            if text not in self.terms:
                self.terms[text] = self.element(
                    spdx.simplelicensing_SimpleLicensingText,
                    f"licence-{len(self.terms)}",
                    comment="The maker's own words; the licence is not one that we know.",
                    simplelicensing_licenseText=text,
                )
            return self.terms[text]
        none = row.licence_status is LicenceStatus.NONE_STATED
        return INDIVIDUALS["NoneLicense" if none else "NoAssertionLicense"]

    def expression(self, text: str) -> spdx.Element:
        own = [name for name in licence_ids(text) if name.startswith("LicenseRef-")]
        entries = []
        for name in own:
            item = spdx.DictionaryEntry()
            item.key = name
            item.value = self.entry.licence_page(name)
            entries.append(item)
        return self.element(
            spdx.simplelicensing_LicenseExpression,
            f"licence-{len(self.terms)}",
            simplelicensing_licenseExpression=text,
            simplelicensing_customIdToUri=entries,
        )

    def part(self, model: spdx.Element, kind: ComponentKind, row: f.Component) -> None:
        """One released component, as a package that the system contains or is described by."""
        item = self.element(
            spdx.software_Package,
            kind.value,
            f"{self.entry.name}: {kind.label}",
            software_primaryPurpose=constant(spdx.software_SoftwarePurpose, PURPOSES[kind.group]),
            software_downloadLocation=row.url,
            comment=f"{row.availability.label}; completeness: {row.completeness.label}; "
            f"{self.entry.standing_of(row).words}",
            externalRef=self.references(row.evidence.url if row.evidence else ""),
        )
        word = "hasDocumentation" if kind.group in DOCUMENTS else "contains"
        self.relate(kind.value, model, word, item)
        self.terms_of(kind.value, item, self.licence(row), row.recorded_by)

    def data(self, model: spdx.Element) -> None:
        """The datasets, each once, and what they served for."""
        facts = {row.slug: row for row in self.entry.facts.datasets}
        served: dict[bool, list[spdx.Element]] = {True: [], False: []}
        done: dict[str, spdx.Element] = {}
        for use in self.entry.datasets():
            slug = use.dataset.slug
            if slug not in done:
                done[slug] = self.dataset(use.dataset, facts[slug])
                done[slug].externalRef = self.references(
                    *(row.evidence_url for row in self.entry.datasets() if row.dataset.slug == slug)
                )
            package = done[slug]
            rows = served[use.stage != TrainingStage.EVALUATION]
            if package not in rows:
                rows.append(package)
        self.relate("system", model, "trainedOn", *served[True])
        self.relate("system", model, "testedOn", *served[False])
        self.bare["dataset"] = False

    def dataset(self, row: Dataset, facts: f.Dataset) -> spdx.Element:
        """A dataset; its day of making is on no record, so the profile is never claimed."""
        words = [
            DATA_TYPES[word] for word in map(Modality.of, row.modalities) if word in DATA_TYPES
        ]
        access = ACCESS.get(Availability.of(row.availability))
        item = self.element(
            spdx.dataset_DatasetPackage,
            f"dataset-{row.slug}",
            one_line(row.name),
            description=one_line(row.summary),
            software_primaryPurpose=constant(spdx.software_SoftwarePurpose, "data"),
            software_downloadLocation=facts.url,
            software_homePage=row.homepage,
            releaseTime=moment(row),
            dataset_datasetType=[
                constant(spdx.dataset_DatasetType, word) for word in words or ["noAssertion"]
            ],
            dataset_hasSensitivePersonalInformation=constant(
                spdx.PresenceType, PRESENCE[facts.contains_pii]
            ),
            dataset_datasetAvailability=access
            and constant(spdx.dataset_DatasetAvailabilityType, access),
        )
        terms = self.licence(facts, row.licence_text)
        self.terms_of(f"dataset-{row.slug}", item, terms, register_of(row))
        return item

    def bases(self, model: spdx.Element) -> None:
        """The systems that this one was built on."""
        found: dict[tuple[str, str], tuple[str, f.BaseSystem]] = {}
        for row in self.entry.facts.base_systems:
            key = row.slug or re.sub(r"[^a-z0-9]+", "-", row.name.lower())
            found.setdefault((row.slug, row.name), (key, row))
        packages = []
        for number, (key, row) in enumerate(found.values()):
            page = self.entry.link("system", row.slug) if row.slug else ""
            item = self.element(
                spdx.ai_AIPackage,
                f"base-{number}-{key}",
                one_line(row.name),
                software_primaryPurpose=constant(spdx.software_SoftwarePurpose, "model"),
                comment=row.kind.label,
                externalRef=self.references(page),
            )
            packages.append(item)
        if packages:
            self.bare["ai"] = False
        self.relate("system", model, "descendantOf", *packages)
