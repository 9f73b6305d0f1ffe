"""Names that a form is filled with, and rows that somebody tried out."""

import pytest

from definitions.readers.placeholders import placeholder


@pytest.mark.parametrize(
    "name",
    [
        *("Unnamed-Model", "unnamed model 3", "Untitled", "DeepSeek-V3-test", "test", "Test 2"),
        *("My Model", "model", "<model name>", "Model 1", "foo", "foo-bar 7B test", "asdf", "TBD"),
        *("Llama-2-7B copy", "Llama-2-7B (copy)", "dummy", "placeholder-7b", "Test-Llama-3"),
        *("New Model", "Example Model", "sample", "Your Model Name Here", "xxx", "tmp-llama"),
    ],
)
def test_names_that_are_no_names(name: str):
    assert placeholder(name)


@pytest.mark.parametrize(
    "name",
    [
        *("DeepSeek-V3", "Test-Time-Training-1B", "Contest-7B", "TestGen-LLM", "World Models"),
        *("OpenLM-7B", "System 11", "Attest", "悟道", "01-thing", "A.X 3.1", "GPT-4o", "T5", "42"),
        *("Foobarnet", "Demonstrator-2B", "AI21-Jamba", "Samplenet", "Model-Soup-7B", "Draft-1B"),
    ],
)
def test_names_of_systems(name: str):
    assert not placeholder(name)
