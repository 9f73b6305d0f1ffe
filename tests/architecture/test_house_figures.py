"""What ``scripts/house`` counts, on a house of three rooms."""

from pathlib import Path

import pytest

from scripts import house

FILES = {
    "catalog/__init__.py": "",
    "catalog/urls.py": "from catalog.pages.views import home\nfrom catalog.models import System\n",
    "catalog/pages/views.py": "import catalog.models.systems\nfrom catalog.pages import words\n",
    "catalog/pages/words.py": "from typing import Any\nanything: Any = 1\n",
    "catalog/models/__init__.py": "from catalog.models.systems import System\n",
    "catalog/models/systems.py": "class System:\n    persistent_id = 1\n",
    "catalog/migrations/0001_initial.py": "persistent_id = 1\n",
    "definitions/facts.py": "from catalog import nothing\n",
    "templates/a.html": "<p>\n  word\n\n</p>   \n",
    "tests/pages/test_views.py": "",
}


@pytest.fixture(autouse=True)
def _house_of_three_rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(house, "ROOT", tmp_path)
    monkeypatch.setattr(house, "CATALOG", tmp_path / "catalog")
    for counted in (house.modules, house.text, house.template_lines):
        counted.cache_clear()


def test_a_room_is_a_package_or_a_module_beside_them():
    assert house.rooms() == {"models", "pages", "urls"}


def test_an_arrow_counts_once_and_never_within_a_room():
    assert house.arrows() == {("urls", "pages"), ("urls", "models"), ("pages", "models")}


def test_migrations_count_for_nothing():
    assert house.namers_of_a_column() == 1


def test_any_is_counted_with_its_import():
    assert house.any_per_thousand() == pytest.approx(2000 / 9, abs=0.1)


def test_blank_lines_and_blanks_at_the_end_do_not_make_lines_shorter_or_longer():
    assert house.template_lines() == (3, 6, 4)


def test_a_package_with_a_folder_of_tests_has_tests():
    assert house.without_a_test() == 1


def test_every_figure_but_the_size_has_a_limit_and_every_limit_a_figure():
    limited = set(house.FIGURES) - {"modules", "lines"}
    assert limited == set(house.tomllib.loads(house.LIMITS.read_text()))
