"""The result of a run as a file: a large one is made by a job, nothing is left behind, each taking is recorded."""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.flows import handing_out
from dean06.jobs import service as jobs
from dean06.jobs import tasks
from dean06.jobs.models import Job
from dean06.reconcile import live as matching
from dean06.reconcile.models import Look
from flows.conftest import at
from web.neighbours import client

PURPOSE = {"muc_dich": "Kiểm tra kết quả đối soát"}
LATER = 25 * 3600


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture
def page(office_hours) -> str:
    """Give the address of our run, with nothing on the shelf of another test."""
    for left in (Path(settings.HOME) / "run" / "downloads").glob("*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return f"/t/{office_hours.ours.group.slug}/doi-soat/luot/{office_hours.mine.run}/"


@pytest.fixture
def large(monkeypatch) -> None:
    monkeypatch.setattr(handing_out, "LARGE", 10)


def shelf() -> Path:
    return Path(settings.HOME) / "run" / "downloads"


def text_of(answer) -> str:
    return answer.content.decode()


def taken(answer) -> bytes:
    return b"".join(answer.streaming_content)


def looks(two) -> int:
    return Look.objects.filter(run_id=two.mine.run, action="result.export").count()


def made(two, page: str):
    """Ask for the workbook as a leader, let the worker make it, and return the browser."""
    browser = client(two.ours)
    browser.post(f"{page}muc-dich/", PURPOSE)
    browser.post(f"{page}tep-ket-qua/lap/")
    tasks.result_file.func(Job.objects.get(kind="result").pk)
    return browser


def test_a_small_result_is_handed_out_at_once_and_leaves_nothing_behind(office_hours, page):
    browser, before = client(office_hours.ours), looks(office_hours)
    browser.post(f"{page}muc-dich/", PURPOSE)
    assert f'href="{page}ket-qua.xlsx"' in text_of(browser.get(page))
    answer = browser.get(f"{page}ket-qua.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(taken(answer))).sheetnames[0] == "Tóm tắt"
    assert looks(office_hours) == before + 1
    assert list(shelf().iterdir()) == []
    assert shelf().stat().st_mode & 0o777 == 0o700


def test_a_download_that_fails_leaves_nothing_behind(office_hours, page, monkeypatch):
    def fails(_parquet, out, *_):
        out.write_bytes(b"half")
        raise Unavailable("Hết chỗ trên đĩa.", "The disk is full.")

    browser = client(office_hours.ours)
    browser.post(f"{page}muc-dich/", PURPOSE)
    monkeypatch.setattr(matching, "write_result", fails)
    assert browser.get(f"{page}ket-qua.csv").status_code == 503
    assert list(shelf().iterdir()) == []


def test_a_large_workbook_is_made_by_a_job_and_taken_when_it_is_ready(office_hours, page, large):
    browser, before = client(office_hours.ours), looks(office_hours)
    wait = f"{page}tep-ket-qua/"
    assert browser.post(f"{wait}lap/").status_code == 422  # no purpose yet
    browser.post(f"{page}muc-dich/", PURPOSE)
    assert f'href="{wait}"' in text_of(browser.get(page))
    assert browser.get(f"{page}ket-qua.xlsx").url == wait
    assert f'action="{wait}lap/"' in text_of(browser.get(wait))
    assert not Job.objects.filter(kind="result").exists()
    assert browser.post(f"{wait}lap/").url == wait
    browser.post(f"{wait}lap/")
    job = Job.objects.get(kind="result")  # asked twice, made once
    assert 'id="lap-tep"' in text_of(browser.get(wait, headers={"HX-Request": "true"}))
    assert "Đang chờ đến lượt" in text_of(browser.get(wait))
    tasks.result_file.func(job.pk)
    assert browser.get(wait, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert looks(office_hours) == before  # nobody has seen a row of it yet
    assert f'href="{page}ket-qua.xlsx"' in text_of(browser.get(wait))
    (file,) = shelf().iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    for times in (1, 2):
        with at(2022, 8, 21, 8 + times):
            assert taken(browser.get(f"{page}ket-qua.xlsx")) == file.read_bytes()
        assert looks(office_hours) == before + times


def test_who_may_not_take_the_result_out_gets_no_file_made_and_no_ready_file(office_hours, page, large):
    made(office_hours, page)
    other = client(office_hours.ours, "secretariat", "TEAM")
    assert other.get(f"{page}ket-qua.xlsx").status_code == 422  # a purpose of one's own is stated first
    assert "Nêu mục đích xem" in text_of(other.get(f"{page}tep-ket-qua/"))
    stranger = client(office_hours.theirs)
    for path in ("tep-ket-qua/", "ket-qua.xlsx"):
        assert stranger.get(f"{page}{path}").status_code == 404
    assert stranger.post(f"{page}tep-ket-qua/lap/").status_code == 404


def test_the_job_decides_again_when_it_runs(office_hours, page, large):
    browser = client(office_hours.ours)
    browser.post(f"{page}muc-dich/", PURPOSE)
    browser.post(f"{page}tep-ket-qua/lap/")
    job = Job.objects.get(kind="result")
    Job.objects.filter(pk=job.pk).update(account=office_hours.theirs.account("leader"))
    tasks.result_file.func(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.problem_vi
    assert job.problem_vi in text_of(browser.get(f"{page}tep-ket-qua/"))
    assert list(shelf().iterdir()) == []


def test_a_workbook_is_held_a_day(office_hours, page, large):
    browser = made(office_hours, page)
    (file,) = shelf().iterdir()
    (left := shelf() / ".dang-tai-bi-ngat").mkdir()
    (left / "ket-qua.csv").write_bytes(b"half")
    jobs.take_up()
    assert file.exists()
    assert left.exists()
    for path in (file, left):
        before = clock.now().timestamp() - LATER
        os.utime(path, (before, before))
    assert re.search(r'action="[^"]+lap/"', text_of(browser.get(f"{page}tep-ket-qua/")))
    jobs.take_up()
    assert list(shelf().iterdir()) == []
