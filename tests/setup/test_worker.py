"""Jobs that a killed worker left behind: done again, but not for ever."""

from __future__ import annotations

from datetime import date

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dean06.clock import service as clock
from dean06.flows import setup
from dean06.flows.setup import Member
from dean06.jobs import service as jobs
from dean06.jobs.models import Job
from dean06.offices import service as offices
from dean06.offices.types import NewGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db, home):
    admin = setup.found_installation("quan-tri", None, "Quản Trị").public_id
    new = NewGroup(
        slug="qn",
        name="Tổ công tác",
        short_name="Tổ",
        level="district",
        unit_code="456",
        unit_on=date(2022, 5, 20),
        charter_line="quang-ninh-2022",
    )
    made = setup.found_group(admin, new, "quang-ninh-2022")
    member = setup.open_account(admin, "bhxh", None, "Lê Ngọc Hoa").public_id
    seat = Member(role="member", agency="BHXH", holder="Lê Ngọc Hoa", account=member, since=new.unit_on)
    setup.seat(admin, made, seat)
    return made, member


def cut_off(group, workers):
    made, member = group
    asked = jobs.ask_intake(made.id, member, 7)
    Job.objects.filter(pk=asked.id).update(state=Job.State.RUNNING)
    result = DBTaskResult.objects.get()
    result.status = TaskResultStatus.RUNNING
    result.worker_ids = [f"w{number}" for number in range(workers)]
    result.save()
    return offices.viewer(member, clock.today()), asked, result


def test_work_that_was_cut_off_is_queued_again(group):
    viewer, asked, result = cut_off(group, jobs.TRIES - 1)
    assert jobs.take_up() == 1
    result.refresh_from_db()
    assert result.status == TaskResultStatus.READY
    assert jobs.job(viewer, asked.id).waiting


def test_work_that_kills_its_workers_is_given_up_and_says_so(group):
    viewer, asked, result = cut_off(group, jobs.TRIES)
    assert jobs.take_up() == 1
    result.refresh_from_db()
    assert result.status == TaskResultStatus.FAILED
    assert result.finished_at is not None
    told = jobs.job(viewer, asked.id)
    assert not told.waiting
    assert "ngắt ba lần" in told.problem_vi


def test_finished_work_is_left_alone(group):
    _, _, result = cut_off(group, 1)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    assert jobs.take_up() == 0
    result.refresh_from_db()
    assert result.status == TaskResultStatus.SUCCESSFUL
