"""The editors' desk: every noun opens, saving judges again, faults stay beside their field."""

import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from catalog.evaluation.evaluate import stale
from catalog.models import (
    AISystem,
    CatalogChange,
    Component,
    Dataset,
    FacetBitmap,
    FactsDocument,
    License,
    LicenseAlias,
    Quota,
    Ruling,
    SystemFact,
)
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WITHOUT_DESK = {Quota, CatalogChange, FacetBitmap, FactsDocument}
MODELS = [
    model
    for model in apps.get_app_config("catalog").get_models()
    if not model.__name__.endswith("Event")
    and not model._meta.auto_created
    and model not in WITHOUT_DESK
]
"""The nouns; event models, counters, the index and plain link tables are no desks of their own."""

ON_THE_SYSTEM = {"SystemMaker"}
TICKED = {"checkbox": "on"}


@pytest.fixture
def editor(client: Client) -> Client:
    user = User.objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(user)
    return client


def url(model: type[models.Model], page: str, *arguments: Any) -> str:
    return reverse(f"admin:catalog_{model._meta.model_name}_{page}", args=arguments)


def values_of(html: str) -> dict[str, Any]:
    """The form as a browser would send it back unchanged."""
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        name = attribute(tag, "name")
        kind = attribute(tag, "type")
        ticked = kind not in {"checkbox", "radio"} or " checked" in tag
        if name and ticked and kind not in {"submit", "search", "file", "button"}:
            values.setdefault(name, []).append(attribute(tag, "value") or TICKED.get(kind, ""))
    for name, body in re.findall(
        r'<textarea\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL
    ):
        values[name] = [unescape(body).removeprefix("\n")]
    for head, body in re.findall(r"<select\b([^>]*)>(.*?)</select>", html, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*\bselected', body)
        if chosen:
            values[attribute(head, "name")] = chosen
    return {name: value for name, value in values.items() if not name.startswith("_")}


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found.group(1)) if found else ""


def change(client: Client, row: models.Model, **changes: Any) -> Any:
    """Open a change form, alter some fields, save."""
    address = url(type(row), "change", row.pk)
    form = values_of(client.get(address).content.decode())
    missing = [name for name in changes if name not in form and not changes[name]]
    assert not missing, missing
    return client.post(address, form | {"_save": "Save"} | changes)


def errors(response: Any) -> str:
    found = re.findall(r'class="errorlist[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL)
    return " ".join(found)


def test_every_noun_has_a_desk() -> None:
    registered = set(admin.site._registry)
    missing = {model.__name__ for model in MODELS if model not in registered}

    assert missing == ON_THE_SYSTEM


NOT_ADDED = {
    "Mail",
    "Submission",
    "CatalogState",
    "Evaluation",
    "Link",
    "PossibleDuplicate",
    "SourceRecord",
    "VerdictChange",
}
"""Computed, or found by an import."""


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model.__name__ not in ON_THE_SYSTEM]
)
def test_every_desk_opens_and_searches(editor: Client, model: type[models.Model]) -> None:
    system = make.make_system(components={"weights_final": "MIT"}, training_data={"dolma": {}})
    make.make_claim(system=system)

    assert editor.get(url(model, "changelist"), {"q": "C++ 'x"}).status_code == 200
    expected = 403 if model.__name__ in NOT_ADDED else 200
    assert editor.get(url(model, "add")).status_code == expected
    row = model._default_manager.first()
    if row is not None:
        assert editor.get(url(model, "change", row.pk)).status_code == 200


def test_saving_a_component_judges_its_system_again(editor: Client) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    make.make_licence(spdx_id="LicenseRef-Llama-2")
    row = system.components.get()

    response = change(editor, row, licence_expression="licenseref-llama-2")

    assert response.status_code == 302, errors(response)
    row.refresh_from_db()
    system.refresh_from_db()
    assert row.licence_expression == "LicenseRef-Llama-2"
    assert row.recorded_by == "editor"
    assert [licence.spdx_id for licence in row.licences.all()] == ["LicenseRef-Llama-2"]
    assert system.weights_licence == "LicenseRef-Llama-2"
    assert stale() == []


def test_saving_a_system_with_its_rows_judges_it_again(editor: Client) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"}, family="olmo")

    response = change(
        editor,
        system,
        **{
            "release": "2023-05",
            "version": "1.1",
            "components-0-availability": "not_released",
            "components-0-completeness": "none",
        },
    )

    assert response.status_code == 302, errors(response)
    system.refresh_from_db()
    assert (system.release_date, system.version) == ("2023-05", "1.1")
    assert system.evaluations.get(definition_id="owd-0.3").status == "not_met"
    assert system.components.get().recorded_by == "editor"
    assert stale() == []


def test_a_row_taken_out_judges_the_system_again(editor: Client) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})

    response = change(editor, system, **{"components-0-DELETE": "on"})

    assert response.status_code == 302, errors(response)
    system.refresh_from_db()
    assert system.weights_licence == ""
    assert stale() == []


def test_saving_a_licence_judges_its_systems_again(editor: Client) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    licence = License.objects.get(spdx_id="Apache-2.0")

    response = change(editor, licence, osi_approved="no", commercial="no")

    assert response.status_code == 302, errors(response)
    system.refresh_from_db()
    assert system.commercial_use == "no"
    licence.refresh_from_db()
    assert licence.use_restrictions == []
    assert stale() == []


def test_unknown_restrictions_and_none_are_different(editor: Client) -> None:
    licence = make.make_licence(spdx_id="LicenseRef-Llama-2")

    refused = change(editor, licence, limits_known=[])
    assert "tick this too" in errors(refused)

    accepted = change(editor, licence, limits_known=[], use_restrictions=[])
    assert accepted.status_code == 302, errors(accepted)
    licence.refresh_from_db()
    assert licence.use_restrictions is None


def test_saving_a_dataset_judges_its_users_again(editor: Client) -> None:
    make.make_licence(spdx_id="MIT")
    make.make_system(training_data={"dolma": {"data_class": "unknown"}})
    dataset = Dataset.objects.get(slug="dolma")

    response = change(editor, dataset, data_class="open", licence_expression="mit", release="2023")

    assert response.status_code == 302, errors(response)
    dataset.refresh_from_db()
    assert (dataset.licence_expression, dataset.licence_status) == ("MIT", "stated")
    assert dataset.release_date == "2023"
    assert stale() == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"licence_expression": "MIT OR"}, "not a licence expression"),
        ({"licence_expression": "Mystery-1.0"}, "no licence is known"),
        ({"licence_expression": ""}, "needs a licence expression"),
        ({"evidence_url": ""}, "needs evidence"),
        ({"quote": "word " * 26}, "at most 25 words"),
        ({"included_in": "weights_final"}, "not included in itself"),
    ],
)
def test_a_fault_is_a_message_not_a_crash(
    editor: Client, changes: dict[str, Any], message: str
) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})

    response = change(editor, system.components.get(), **changes)

    assert response.status_code == 200
    assert message in errors(response)


def test_a_bad_release_date_is_a_message(editor: Client) -> None:
    response = change(editor, make.make_system(), release="last summer")

    assert response.status_code == 200
    assert "is not a date" in errors(response)


def test_an_alias_is_kept_in_one_spelling(editor: Client) -> None:
    make.make_licence(spdx_id="MIT")

    editor.post(url(LicenseAlias, "add"), {"alias": "Expat", "expression": "mit"})

    assert LicenseAlias.objects.get().expression == "MIT"


@pytest.mark.parametrize("place", ["list", "form"])
def test_re_evaluate_is_at_hand(editor: Client, place: str) -> None:
    system = make.make_system(evaluated=False)
    action = {"action": "reevaluate", "_selected_action": [system.pk], "index": 0}
    address = url(AISystem, "changelist")
    if place == "form":
        address = url(AISystem, "change", system.pk)
        action["CHANGE_FORM-action"] = action.pop("action")
        assert "reevaluate" in editor.get(address).content.decode()
    response = editor.post(address, action, follow=True)

    assert "verdict rows changed" in response.content.decode()
    assert stale() == []
    again = editor.post(address, action, follow=True)
    assert "Every verdict was current already." in again.content.decode()


def test_deleting_judges_again(editor: Client) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0", "training_code": "MIT"})
    weights, code = (
        system.components.get(kind="weights_final"),
        system.components.get(kind="training_code"),
    )

    editor.post(url(Component, "delete", weights.pk), {"post": "yes"})
    assert stale() == []
    editor.post(
        url(Component, "changelist"),
        {"action": "delete_selected", "_selected_action": [code.pk], "post": "yes"},
    )

    assert not system.components.exists()
    assert stale() == []


def test_an_entry_can_be_taken_out_whole(editor: Client) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})

    response = editor.post(url(AISystem, "delete", system.pk), {"post": "yes"})

    assert response.status_code == 302
    assert not AISystem.objects.exists()


def test_a_row_stays_with_its_system(editor: Client) -> None:
    row = make.make_system(components={"weights_final": "MIT"}).components.get()

    html = editor.get(url(Component, "change", row.pk)).content.decode()

    assert 'name="system"' not in html


def ruling_form(system: AISystem, criterion: str) -> dict[str, Any]:
    return {
        "system": system.pk,
        "criterion": criterion,
        "answer": "met",
        "rationale": "Every step is described.",
        "decided_on": "2026-11-23",
        "decided_by": "editors",
        "evidence_url": "https://example.org/paper",
        "checked_on": "2026-11-23",
        "source": make.make_source().pk,
    }


def test_a_ruling_answers_what_needs_judgement_and_moves_the_verdict(editor: Client) -> None:
    system = make.make_system(
        components={"weights_final": {"licence": "Apache-2.0", "form": "quantised_only"}}
    )
    form = ruling_form(system, "owd-0.3/weights-usable-form")

    response = editor.post(url(Ruling, "add"), form)

    assert response.status_code == 302, errors(response)
    assert system.evaluations.get(definition_id="owd-0.3").status == "met"
    again = editor.post(url(Ruling, "change", Ruling.objects.get().pk), form)
    assert again.status_code == 302, errors(again)


def test_nobody_rules_on_what_is_computed(editor: Client) -> None:
    system = make.make_system(
        components={"weights_final": {"availability": "not_released", "completeness": "none"}}
    )

    response = editor.post(url(Ruling, "add"), ruling_form(system, "owd-0.3/weights-included"))

    assert "nothing to rule on: this is computed as “not met”" in errors(response)
    assert not Ruling.objects.exists()


@pytest.mark.parametrize(
    ("topic", "value", "message"),
    [
        ("gpai", "perhaps", "one of: yes, no"),
        ("training_compute", "much", "a number such as 3.8e25"),
        ("training_compute", "3.8e25", ""),
    ],
)
def test_a_single_fact_takes_a_value_of_its_list(
    editor: Client, topic: str, value: str, message: str
) -> None:
    system = make.make_system()
    form = ruling_form(system, "") | {"topic": topic, "value": value}

    response = editor.post(url(SystemFact, "add"), form)

    assert message in errors(response)
    assert SystemFact.objects.exists() == (not message)
