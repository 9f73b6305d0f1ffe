"""The parts of a release (facts C1 to C12)."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from catalog.models.constraints import (
    answer_field,
    licensed,
    proved,
    url_field,
    web,
    word_field,
    words,
)
from catalog.models.history import track
from catalog.models.mixins import FactRecord, Licensed
from definitions.vocabulary import (
    Answer,
    Availability,
    Completeness,
    ComponentKind,
    Cost,
    WeightsForm,
)

WEIGHTS = [ComponentKind.WEIGHTS_FINAL.value, ComponentKind.WEIGHTS_INTERMEDIATE.value]
NOT_OUT = [Availability.NOT_RELEASED.value, Availability.NOT_APPLICABLE.value]


@track()
class Component(FactRecord, Licensed):
    """What is recorded of one component of one system. No row means unknown."""

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="components")
    kind = models.CharField(max_length=40, choices=ComponentKind.choices())
    availability = word_field(Availability, Availability.UNKNOWN)
    completeness = word_field(Completeness, Completeness.UNKNOWN)
    url = url_field("where it is")
    cost = word_field(Cost, Cost.UNKNOWN)
    form = word_field(WeightsForm, WeightsForm.UNKNOWN)
    machine_readable = answer_field("machine-readable")
    open_format = answer_field("open format")
    persistent_id = models.CharField(max_length=200, blank=True, default="")
    peer_reviewed = answer_field("peer reviewed")
    included_in = models.CharField(
        max_length=40, blank=True, default="", choices=ComponentKind.choices()
    )

    class Meta:
        ordering = ["system_id", "kind"]
        indexes = [
            models.Index(fields=["kind", "availability"], name="component_kind_availability"),
            models.Index(fields=["kind", "licence_expression"], name="component_kind_licence"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["system", "kind"],
                name="component_once",
                violation_error_message="This system already has a component of this kind.",
            ),
            *proved("component"),
            *licensed("component"),
            *web("component", "url"),
            *words(
                "component",
                kind=ComponentKind,
                availability=Availability,
                completeness=Completeness,
                cost=Cost,
                form=WeightsForm,
                machine_readable=Answer,
                open_format=Answer,
                peer_reviewed=Answer,
            ),
            CheckConstraint(
                condition=Q(included_in__in=["", *(kind.value for kind in ComponentKind)]),
                name="component_included_in_word",
                violation_error_message="“included_in” is not a kind of component.",
            ),
            CheckConstraint(
                condition=~Q(included_in=F("kind")),
                name="component_not_in_itself",
                violation_error_message="A component is not included in itself.",
            ),
            CheckConstraint(
                condition=Q(form=WeightsForm.UNKNOWN.value) | Q(kind__in=WEIGHTS),
                name="component_form_of_weights",
                violation_error_message="Only weights have a form.",
            ),
            CheckConstraint(
                condition=Q(peer_reviewed=Answer.UNKNOWN.value)
                | Q(kind=ComponentKind.RESEARCH_PAPER.value),
                name="component_peer_review_of_paper",
                violation_error_message="Only a research paper is peer reviewed.",
            ),
            CheckConstraint(
                condition=~Q(availability__in=NOT_OUT)
                | Q(completeness__in=[Completeness.UNKNOWN.value, Completeness.NONE.value]),
                name="component_not_out_has_no_extent",
                violation_error_message="What is not released cannot be complete.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
