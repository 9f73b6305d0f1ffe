"""Points about single facts, about what the makers tell, and about all the training data."""

import pytest

from definitions.answers import (
    UNRECORDED_TOPIC,
    circumstance_point,
    coverage_point,
    data_information_points,
    data_terms_points,
    training_data_points,
    training_kinds,
    training_rows,
)
from definitions.checks import TermTexts
from definitions.licences import osi_approved
from definitions.vocabulary import Answer, ComponentKind, Extent, Status
from tests.definitions.build import DESCRIBED, also, component, dataset, facts, open_facts

PRETRAINING = ComponentKind.PRETRAINING_DATA
TEXTS = TermTexts(met="approved", not_met="not approved", remedy="License {component}.")
PAGE = {"url": "https://example.org/sdg"}


def sdg(**around: object):
    texts = {Answer.YES: (Status.MET, "relevant")}
    return circumstance_point("sdg_relevance", facts(circumstances=around), texts, remedy="Say so.")


def test_a_circumstance_is_read_with_its_own_evidence():
    point = sdg(sdg_relevance="yes", evidence={"sdg_relevance": PAGE})
    assert (point.status, point.text, point.remedy) == ("met", "relevant", "Say so.")
    assert point.evidence is not None
    assert point.evidence.url == PAGE["url"]
    assert point.used == ("circumstances.sdg_relevance",)


@pytest.mark.parametrize("value", ["no", "unknown"])
def test_a_value_that_the_table_does_not_have_is_unknown(value: str):
    point = sdg(sdg_relevance=value)
    assert (point.status, point.text) == ("unknown", UNRECORDED_TOPIC["sdg_relevance"])


@pytest.mark.parametrize(
    ("extent", "status"),
    [
        ("yes", "met"),
        ("partly", "needs_judgement"),
        ("no", "not_met"),
        ("unknown", "unknown"),
        ("not_applicable", "not_applicable"),
    ],
)
def test_what_the_makers_tell_is_one_point_per_subject(extent: str, status: str):
    points = data_information_points(facts(data_information=DESCRIBED | {"filtering": extent}))
    assert len(points) == 6
    assert [point.status for point in points[:-1]] == ["met"] * 5
    assert points[-1].status == status
    assert points[-1].used == ("data_information.filtering",)


@pytest.mark.parametrize(
    ("extent", "text"),
    [
        (Extent.YES, "the maker describes all training data"),
        (Extent.PARTLY, "the maker describes only a part of the training data"),
        (Extent.NO, "the maker does not describe all training data"),
        (Extent.UNKNOWN, "nobody has recorded whether the list of training data is complete"),
    ],
)
def test_coverage_of_the_list_of_data(extent: Extent, text: str):
    assert coverage_point(extent, facts()).text == text


def test_evaluation_data_is_no_training_data():
    of = facts(datasets=[dataset(), dataset(slug="test", stage="evaluation")])
    assert [row.slug for row in training_rows(of)] == ["corpus"]


def test_pretraining_data_always_counts_and_tuning_data_once_recorded():
    assert [kind for kind, _ in training_kinds(facts())] == [PRETRAINING]
    tuned = facts(components={"finetuning_data": {"availability": "not_released"}})
    assert len(training_kinds(tuned)) == 2
    licensed = facts(components={"finetuning_data": {"licence_status": "none_stated"}})
    assert len(training_kinds(licensed)) == 2


def test_nothing_more_is_asked_of_data_that_is_withheld():
    closed = open_facts(pretraining_data=component(availability="not_released"))
    points = training_data_points(closed, whole=True, term=osi_approved, texts=TEXTS)
    assert [point.text for point in points] == ["not released"]


def test_availability_wholeness_and_terms_are_asked_in_turn():
    points = training_data_points(open_facts(), whole=True, term=osi_approved, texts=TEXTS)
    assert [point.text for point in points] == ["anybody can download", "complete", "approved"]
    bare = training_data_points(open_facts(), whole=False)
    assert [point.text for point in bare] == ["anybody can download"]


@pytest.mark.parametrize(
    ("terms", "status", "text", "of"),
    [
        (
            {"licence": "Apache-2.0", "licence_status": "stated"},
            "met",
            "approved",
            "Corpus (Apache-2.0)",
        ),
        (
            {"licence": "CC-BY-4.0", "licence_status": "stated"},
            "not_met",
            "not approved",
            "Corpus (CC-BY-4.0)",
        ),
        ({}, "unknown", "licence of the data not known well enough", "Corpus"),
    ],
)
def test_datasets_answer_for_a_release_without_terms(
    terms: dict[str, str], status: str, text: str, of: str
):
    row = component(licence="", licence_status="unknown")
    mixed = also(open_facts(pretraining_data=row), datasets=[dataset(**terms)])
    release = mixed.component(PRETRAINING)
    (point,) = data_terms_points(PRETRAINING, release, mixed, osi_approved, TEXTS)
    assert (point.status, point.text, point.of) == (status, text, of)
    assert point.remedy == "License Corpus."


def test_terms_of_the_release_go_before_those_of_its_datasets():
    of = open_facts()
    (point,) = data_terms_points(PRETRAINING, of.component(PRETRAINING), of, osi_approved, TEXTS)
    assert point.used[0] == "components.pretraining_data.licence"
