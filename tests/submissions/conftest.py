"""A catalogue with some nouns, and people who send and decide."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from catalog.desk.roles import make_roles
from catalog.models import License, Submission
from catalog.submissions import drafting
from tests import factories as make

OLMO = {
    "name": "Olmix 7B",
    "summary": "A language model with all its data and code.",
    "organizations": [{"name": "Maker"}],
    "modalities": ["text"],
    "tasks": ["text-generation"],
    "parameters": 7000000000,
    "released": "2024-02",
    "huggingface_id": "maker/olmix-7b",
    "repository": "https://github.com/maker/olmix",
    "evidence": "https://huggingface.co/maker/olmix-7b",
    "components": {
        kind: {
            "availability": "open_download",
            "completeness": "full",
            "licence": licence,
            "licence_status": "stated",
            "url": f"https://github.com/maker/olmix/{kind}",
            "evidence": "https://github.com/maker/olmix",
        }
        for kind, licence in {
            "pretraining_data": "ODC-By-1.0",
            "data_preprocessing_code": "Apache-2.0",
            "training_code": "Apache-2.0",
            "evaluation_code": "Apache-2.0",
            "inference_code": "Apache-2.0",
            "model_architecture": "Apache-2.0",
            "weights_final": "Apache-2.0",
            "model_card": "CC-BY-4.0",
            "data_documentation": "CC-BY-4.0",
            "technical_report": "CC-BY-4.0",
            "evaluation_results": "CC-BY-4.0",
        }.items()
    },
    "training_data": [
        {
            "dataset": "Dolmix",
            "stage": "pretraining",
            "data_class": "open",
            "where": "https://example.org/dolmix",
            "evidence": "https://github.com/maker/olmix",
        }
    ],
    "claims": [
        {
            "claimed": "open source",
            "quote": "Our model is fully open source.",
            "evidence": "https://maker.example.org/blog",
        }
    ],
}
"""A new system with nearly everything released."""

LLAMA = {
    "name": "Lhama 3",
    "organizations": [{"name": "Meta", "kind": "company", "country": "US"}],
    "modalities": ["text"],
    "evidence": "https://huggingface.co/meta/lhama-3",
    "components": {
        "weights_final": {
            "availability": "gated_manual",
            "licence": "LicenseRef-Llama-3",
            "licence_status": "stated",
            "evidence": "https://huggingface.co/meta/lhama-3",
        }
    },
}
"""A new system with weights under terms that restrict use."""


@pytest.fixture
def nouns(db: None) -> None:
    """Licences with the facts that the rules read, and a maker."""
    for name in ("Apache-2.0", "MIT", "CC-BY-4.0", "ODC-By-1.0"):
        if not License.objects.filter(spdx_id=name).exists():
            make.make_licence(spdx_id=name)
    License.objects.create(spdx_id="LicenseRef-Llama-3", name="Llama 3 Licence")
    make.make_alias(alias="apache 2", expression="Apache-2.0")
    make.make_organization(slug="maker", name="Maker")


def account(django_user_model: Any, name: str, role: str) -> Any:
    make_roles()
    user = django_user_model.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    return django_user_model.objects.get(pk=user.pk)


@pytest.fixture
def contributor(db: None, django_user_model: Any) -> Any:
    return account(django_user_model, "con", "Contributor")


@pytest.fixture
def editor(db: None, django_user_model: Any) -> Any:
    return account(django_user_model, "eve", "Editor")


@pytest.fixture
def reviewer(db: None, django_user_model: Any) -> Any:
    return account(django_user_model, "vera.of.the.desk", "Reviewer")


def drafted(document: dict[str, Any], **more: Any) -> Submission:
    """A draft with this document in it."""
    sender = drafting.Sender(network="n")
    return drafting.begin(sender=sender, document=document, system=None, **more)


def sent(document: dict[str, Any], email: str = "") -> Submission:
    """A submission that waits for an editor."""
    return drafting.send(
        submission=drafted(document),
        note="",
        relation="none",
        email=email,
        sender=drafting.Sender(network="n"),
    )
