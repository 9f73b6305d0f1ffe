"""An entry reads in the language of its reader: nothing of a verdict's words is stored."""

from typing import Any

import pytest
from django.test import Client

from catalog.evaluation import explanations
from tests import factories as make

pytestmark = pytest.mark.django_db

GERMAN = {
    "Not Open Source AI": "Keine quelloffene KI",
    "not released": "nicht veröffentlicht",
    "final weights": "endgültige Gewichte",
    "Release the {component} for everybody to download.": "Stellt die {component} allen bereit.",
}


@pytest.fixture
def closed(db: None) -> None:
    weights = {"availability": "not_released", "completeness": "none"}
    make.make_system(slug="one", name="One", components={"weights_final": weights})


def test_verdicts_and_reasons_are_told_in_the_readers_language(
    client: Client, closed: None, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    english = client.get("/systems/one/").text
    monkeypatch.setattr(explanations, "gettext", lambda text: GERMAN.get(text, text))
    settings.USE_I18N = True
    settings.LANGUAGE_CODE = "de"
    german = client.get("/systems/one/").text
    verdict = client.get("/systems/one/verdicts/osaid-1.0/").text

    assert "Not Open Source AI" in english
    assert "Nicht veröffentlicht: endgültige Gewichte" in german
    assert "Keine quelloffene KI" in german
    assert "Keine quelloffene KI" in verdict
    assert "Stellt die endgültige Gewichte allen bereit." in verdict
    settings.LANGUAGE_CODE = "en"
    assert client.get("/systems/one/").text == english
