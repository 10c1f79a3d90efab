"""Numbers are given at issue, by the register: never typed, never reused, no hole, even by many clerks at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from dean06.flows import reporting
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.keeping import store
from dean06.papers.service import documents
from dean06.papers.types import Signature
from flows.conftest import SINCE, at, found

CLERKS = 6


@pytest.mark.django_db(transaction=True)
def test_clerks_issuing_at_once_never_share_a_number(home, tmp_path):
    office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    for month in range(1, CLERKS + 1):
        with at(2022, 12, month):
            reporting.make(office.account("secretariat"), office.group, f"2022-{month + 5:02d}")
    failures: list[BaseException] = []

    def clerk(month: int) -> None:
        try:
            with at(2022, 12, 20, month):
                reporting.issue(office.account("leader"), office.group, f"2022-{month + 5:02d}")
        except BaseException as problem:  # noqa: BLE001  told to the test below
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=(month,)) for month in range(1, CLERKS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(models.Paper.objects.values_list("number", flat=True)) == list(range(1, CLERKS + 1))


@pytest.mark.django_db
def test_a_failed_issue_leaves_no_hole(home, tmp_path, monkeypatch):
    office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    for month in ("2022-07", "2022-08"):
        with at(2022, 8, 3, int(month[-2:])):
            reporting.make(office.account("secretariat"), office.group, month)

    def full_disk(_content: bytes, _suffix: str) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(store.os, "fsync", lambda _descriptor: full_disk(b"", ""))
        with at(2022, 8, 4), pytest.raises(Exception, match="giải phóng chỗ"):
            reporting.issue(office.account("leader"), office.group, "2022-07")
    assert not list((home / "papers").rglob("*.part"))
    with at(2022, 8, 5):
        assert reporting.issue(office.account("leader"), office.group, "2022-08").label == "01/BC-TCTĐA"


@pytest.mark.django_db
def test_a_changed_byte_in_the_archive_is_refused(home, tmp_path):
    office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    with at(2022, 8, 3):
        report = reporting.make(office.account("secretariat"), office.group, "2022-08")
    viewer = offices.viewer(office.account("leader"), SINCE)
    path = documents.file(viewer, report.paper_id, "pdf")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"#")
    with pytest.raises(Exception, match="đã bị đổi"):
        documents.file(viewer, report.paper_id, "pdf")


@pytest.mark.django_db
def test_a_draft_is_for_the_group_alone(home, tmp_path):
    office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    with at(2022, 8, 3):
        report = reporting.make(office.account("secretariat"), office.group, "2022-08")
    stranger = offices.viewer("00000000-0000-4000-8000-000000000009", SINCE)
    assert documents.papers(stranger, office.group.id) == []
    assert documents.file(stranger, report.paper_id, "pdf") is None
    assert Signature(title="Tổ trưởng").name == ""
