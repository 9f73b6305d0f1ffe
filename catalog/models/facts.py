"""Single facts about systems and makers, each with its own evidence (facts S3 to S13, O3 to O7)."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from catalog.models.constraints import extent_field, proved, words
from catalog.models.history import track
from catalog.models.mixins import FactRecord
from definitions.topics import OrganizationTopic, SystemTopic, Topic
from definitions.vocabulary import Extent

NUMBER_REGEX = r"^[0-9]+(\.[0-9]+)?([eE][+]?[0-9]{1,2})?$"
USAGE = ["modalities", "capabilities", "limitations", "integration", "evaluation"]
"""The columns of UsageInformation, in the order of facts U1 to U5."""


def value_is_of_topic(model: str, topics: type[Topic]) -> CheckConstraint:
    """A value is one of its topic's list, or a number where the topic has none."""
    condition = Q()
    for topic in topics:
        if topic.words is None:
            condition |= Q(topic=topic.value, value__regex=NUMBER_REGEX)
        else:
            allowed = [word.value for word in topic.words if word.value != "unknown"]
            condition |= Q(topic=topic.value, value__in=allowed)
    return CheckConstraint(
        condition=condition,
        name=f"{model}_value_of_topic",
        violation_error_message="The value is not one that this fact can have.",
    )


class SingleFact(FactRecord):
    """One fact: its topic and its value, which is never “unknown” (then there is no row)."""

    topics: ClassVar[type[Topic]]
    topic: str
    value = models.CharField(max_length=40)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.topic}: {self.value}"

    @property
    def label(self) -> str:
        return self.topics.of(self.topic).label

    @property
    def value_label(self) -> str:
        """The value as people read it."""
        return self.topics.of(self.topic).value_label(self.value)


@track()
class SystemFact(SingleFact):
    """A fact about a system beside its components, such as how it is paid for."""

    topics = SystemTopic

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="single_facts")
    topic = models.CharField("fact", max_length=40, choices=SystemTopic.choices())

    class Meta:
        verbose_name = "fact about a system"
        verbose_name_plural = "facts about systems"
        ordering = ["system_id", "topic"]
        constraints = [
            UniqueConstraint(
                fields=["system", "topic"],
                name="systemfact_once",
                violation_error_message="This fact is recorded already.",
            ),
            *proved("systemfact"),
            value_is_of_topic("systemfact", SystemTopic),
        ]


@track()
class OrganizationFact(SingleFact):
    """A fact about a maker, such as who funds it."""

    topics = OrganizationTopic

    organization = models.ForeignKey(
        "catalog.Organization",
        models.CASCADE,
        related_name="single_facts",
        verbose_name="organisation",
    )
    topic = models.CharField("fact", max_length=40, choices=OrganizationTopic.choices())

    class Meta:
        verbose_name = "fact about an organisation"
        verbose_name_plural = "facts about organisations"
        ordering = ["organization_id", "topic"]
        constraints = [
            UniqueConstraint(
                fields=["organization", "topic"],
                name="organizationfact_once",
                violation_error_message="This fact is recorded already.",
            ),
            *proved("organizationfact"),
            value_is_of_topic("organizationfact", OrganizationTopic),
        ]


@track()
class UsageInformation(FactRecord):
    """What the maker tells the people who use the system (facts U1 to U5)."""

    system = models.OneToOneField(
        "catalog.AISystem", models.CASCADE, related_name="usage_information"
    )
    modalities = extent_field("what goes in and comes out")
    capabilities = extent_field("what it can do")
    limitations = extent_field("its limits")
    integration = extent_field("how to integrate it")
    evaluation = extent_field("evaluation")

    class Meta:
        verbose_name = "usage information"
        verbose_name_plural = "usage information"
        constraints = [
            *proved("usageinformation"),
            *words("usageinformation", **dict.fromkeys(USAGE, Extent)),
        ]

    def __str__(self) -> str:
        return f"usage information of system {self.system_id}"
