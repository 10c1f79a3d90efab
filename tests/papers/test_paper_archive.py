"""The archive checked whole: nothing missing, nothing changed, and what a kill left is told."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from dean06.flows import reporting, seating
from dean06.offices.types import NewSeal
from dean06.papers.keeping import store
from dean06.papers.keeping.archive import ELSEWHERE
from dean06.papers.service import archive
from flows.conftest import at, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def office_of_kept(home, tmp_path):
    return found("quang-ninh-2022", "qn", tmp_path, persons=60)


@pytest.fixture
def kept(home, office_of_kept):
    office = office_of_kept
    with at(2022, 8, 3):
        reporting.make(office.account("secretariat"), office.group, "2022-08")
        issued = reporting.issue(office.account("leader"), office.group, "2022-08")
    return home / "papers", issued


def test_an_archive_in_order_is_said_to_be_whole(kept):
    folder, _ = kept
    report = archive.verify_all()
    assert (report.sound, report.missing, report.changed) == (True, (), ())
    assert report.files == len([path for path in folder.rglob("*") if path.is_file()])
    assert report.size == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_lost_and_a_changed_file_are_named(kept):
    _, issued = kept
    lost = store.path_of(issued.docx_sha256, "docx")
    lost.unlink()
    changed = store.path_of(issued.pdf_sha256, "pdf")
    changed.chmod(0o600)
    changed.write_bytes(changed.read_bytes() + b"\n")
    report = archive.verify_all()
    assert not report.sound
    assert report.missing == (issued.docx_sha256,)
    assert report.changed == (f"{issued.pdf_sha256}.pdf",)


def test_what_no_row_names_is_told_and_harms_nobody(kept):
    folder, _ = kept
    sha256 = store.keep(b"left of a kill", "docx")
    half = folder / sha256[:2] / f"{sha256}.7-1.part"
    half.write_bytes(b"half")
    report = archive.verify_all()
    assert report.sound
    assert {f"{sha256}.docx", half.name} <= set(report.unnamed)
    assert report.unnamed_size >= len(b"left of a kill") + 4


def test_every_column_that_names_a_file_is_one_of_the_archive_or_said_to_be_elsewhere():
    columns = {
        (model.__name__, field.name)
        for model in apps.get_app_config("papers").get_models()
        for field in model._meta.get_fields()
        if field.name.endswith("sha256")
    }
    assert columns >= ELSEWHERE
    assert ("Paper", "pdf_sha256") in columns - ELSEWHERE
    assert ("Piece", "sha256") in columns - ELSEWHERE


def test_files_that_other_rooms_keep_are_known_to_the_check():
    kept = {
        (model._meta.label, name)
        for model in apps.get_models()
        for name in {*getattr(model, "kept_files", ())} | {"kept_sha256"}
        if name in {field.name for field in model._meta.get_fields()}
    }
    assert kept >= {
        ("funds.Source", "sha256"),
        ("funds.Payment", "sha256"),
        ("meetings.Vote", "scan_sha256"),
        ("meetings.Absence", "opinion_sha256"),
        ("reports.AgencyFile", "sha256"),
        ("offices.Acknowledgement", "scan"),
        ("work.TaskFile", "kept_sha256"),
    }
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        assert set(getattr(model, "kept_files", ())) <= names, model._meta.label


def test_the_print_of_a_seal_that_is_lost_is_named(kept, office_of_kept):
    with at(2022, 8, 4):
        new = NewSeal(agency="PC", name="Dấu UBND huyện", custodian="Mai Thị Tám", since=date(2022, 8, 1))
        seal = seating.enter_seal(
            office_of_kept.account("secretariat"), office_of_kept.group, new, (b"anh dau", "dau.png")
        )
    assert archive.verify_all().sound
    store.path_of(seal.specimen, seal.suffix).unlink()
    report = archive.verify_all()
    assert (report.sound, report.missing) == (False, (seal.specimen,))
