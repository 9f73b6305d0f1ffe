"""The recorded facts about a system: components, training data, data information."""

import pghistory
from django.db import models
from django.db.models import F, Q

from catalog.models.base import FactRecord, Licensed, term_field, word_constraints
from definitions.vocabulary import (
    Answer,
    Availability,
    Completeness,
    ComponentKind,
    Cost,
    DataClass,
    Extent,
    TrainingStage,
    UnshareableReason,
    WeightsForm,
)

WEIGHTS = [ComponentKind.WEIGHTS_FINAL.value, ComponentKind.WEIGHTS_INTERMEDIATE.value]


@pghistory.track()
class Component(FactRecord, Licensed):
    """One component of a system (facts C1 to C12). No row means: unknown."""

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="components")
    kind = models.CharField(max_length=32, choices=ComponentKind.choices())
    availability = term_field(Availability)
    completeness = term_field(Completeness)
    url = models.URLField(max_length=1000, blank=True, default="")
    cost = term_field(Cost)
    form = term_field(WeightsForm, help_text="Of weights only.")
    machine_readable = term_field(Answer)
    open_format = term_field(Answer)
    persistent_id = models.CharField(
        max_length=200, blank=True, default="", help_text="DOI or SWHID"
    )
    peer_reviewed = term_field(Answer, help_text="Of a research paper only.")
    included_in = models.CharField(
        max_length=32, choices=ComponentKind.choices(), blank=True, default=""
    )

    class Meta:
        ordering = ["system", "kind"]
        constraints = [
            *FactRecord.Meta.constraints,
            *Licensed.Meta.constraints,
            *word_constraints(
                kind=ComponentKind,
                availability=Availability,
                completeness=Completeness,
                cost=Cost,
                form=WeightsForm,
                machine_readable=Answer,
                open_format=Answer,
                peer_reviewed=Answer,
            ),
            models.UniqueConstraint(fields=["system", "kind"], name="catalog_component_once"),
            models.CheckConstraint(
                condition=Q(form="unknown") | Q(kind__in=WEIGHTS),
                name="catalog_component_form_of_weights",
                violation_error_message="Only weights have a form.",
            ),
            models.CheckConstraint(
                condition=Q(peer_reviewed="unknown") | Q(kind="research_paper"),
                name="catalog_component_review_of_paper",
                violation_error_message="Only a research paper is peer-reviewed.",
            ),
            models.CheckConstraint(
                condition=~Q(included_in=F("kind")),
                name="catalog_component_not_in_itself",
                violation_error_message="A component is not part of itself.",
            ),
            models.CheckConstraint(
                condition=Q(included_in="") | Q(included_in__in=[k.value for k in ComponentKind]),
                name="catalog_component_included_in_word",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.system}"


@pghistory.track()
class TrainingData(FactRecord):
    """A dataset in the training or evaluation of a system (facts D1 to D5)."""

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="training_data")
    dataset = models.ForeignKey("catalog.Dataset", models.PROTECT, related_name="uses")
    stage = models.CharField(
        max_length=32, choices=TrainingStage.choices(), default=TrainingStage.PRETRAINING.value
    )
    data_class = term_field(DataClass)
    where = models.URLField(max_length=1000, blank=True, default="")
    unshareable_reason = term_field(UnshareableReason)
    contains_pii = term_field(Answer)
    synthetic = term_field(Answer)

    class Meta:
        ordering = ["stage", "dataset"]
        verbose_name_plural = "training data"
        constraints = [
            *FactRecord.Meta.constraints,
            *word_constraints(
                stage=TrainingStage,
                data_class=DataClass,
                unshareable_reason=UnshareableReason,
                contains_pii=Answer,
                synthetic=Answer,
            ),
            models.UniqueConstraint(
                fields=["system", "dataset", "stage"], name="catalog_trainingdata_once"
            ),
            models.CheckConstraint(
                condition=Q(unshareable_reason="unknown") | Q(data_class="unshareable"),
                name="catalog_trainingdata_reason_of_unshareable",
                violation_error_message="Only unshareable data has a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} in {self.system}"


INFORMATION = (
    "provenance",
    "scope",
    "selection",
    "labelling",
    "processing",
    "filtering",
    "covers_all_training_data",
    "follows_datasheet_standard",
)
"""The columns I1 to I8 of the data information, named as in the facts."""


@pghistory.track()
class DataInformation(FactRecord):
    """What the maker tells about all training data (facts I1 to I8)."""

    system = models.OneToOneField(
        "catalog.AISystem", models.CASCADE, related_name="data_information"
    )
    provenance = term_field(Extent)
    scope = term_field(Extent)
    selection = term_field(Extent)
    labelling = term_field(Extent)
    processing = term_field(Extent)
    filtering = term_field(Extent)
    covers_all_training_data = term_field(Extent)
    follows_datasheet_standard = term_field(Extent)

    class Meta:
        verbose_name_plural = "data information"
        constraints = [
            *FactRecord.Meta.constraints,
            *word_constraints(**dict.fromkeys(INFORMATION, Extent)),
        ]

    def __str__(self) -> str:
        return f"Data information of {self.system}"
