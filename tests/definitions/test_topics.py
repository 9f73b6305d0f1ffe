"""Single facts and the closed lists from which their values are taken."""

from dataclasses import fields

import pytest

from definitions.answers import UNRECORDED_TOPIC
from definitions.facts import Circumstances, Organization
from definitions.topics import OrganizationTopic, SystemTopic, flop


def test_every_topic_is_a_field_of_the_facts():
    circumstances = {field.name for field in fields(Circumstances)} - {"evidence"}
    assert {topic.value for topic in SystemTopic} == circumstances
    assert {topic.value for topic in OrganizationTopic} <= {
        field.name for field in fields(Organization)
    }
    assert set(UNRECORDED_TOPIC) <= circumstances


@pytest.mark.parametrize("topic", [*SystemTopic, *OrganizationTopic], ids=lambda t: t.value)
def test_unknown_is_never_recorded(topic: SystemTopic | OrganizationTopic):
    assert not topic.accepts("unknown")
    assert not topic.accepts("perhaps")


@pytest.mark.parametrize("topic", [*SystemTopic, *OrganizationTopic], ids=lambda t: t.value)
def test_every_other_word_of_the_list_is_accepted_and_has_a_label(
    topic: SystemTopic | OrganizationTopic,
):
    for word in topic.words or ():
        assert topic.accepts(word.value) is (word.value != "unknown")
        assert topic.value_label(word.value) == word.label


def test_compute_is_a_number():
    assert SystemTopic.TRAINING_COMPUTE.accepts("3.8e25")
    assert SystemTopic.TRAINING_COMPUTE.value_label("3.8e25") == "3.8e25"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.8e25", 3.8e25),
        ("1000", 1000.0),
        ("0", None),
        ("-1e20", None),
        ("inf", None),
        ("nan", None),
        ("", None),
        ("much", None),
    ],
)
def test_floating_point_operations_are_a_positive_finite_number(text: str, number: float | None):
    assert flop(text) == number
