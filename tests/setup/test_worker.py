"""Jobs that a killed worker left behind: done again, but not for ever."""

from __future__ import annotations

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dean06.cli.worker_process import TRIES, put_back_cut_off_jobs

pytestmark = pytest.mark.django_db


def job(status, workers=1):
    return DBTaskResult.objects.create(
        status=status,
        worker_ids=[f"w{number}" for number in range(workers)],
        args_kwargs={"args": [], "kwargs": {}},
        task_path="dean06.jobs.none",
        queue_name="default",
        backend_name="default",
        exception_class_path="",
        traceback="",
    )


def test_a_job_that_was_cut_off_is_queued_again():
    cut_off, done = job(TaskResultStatus.RUNNING), job(TaskResultStatus.SUCCESSFUL)
    assert put_back_cut_off_jobs() == 1
    cut_off.refresh_from_db()
    done.refresh_from_db()
    assert cut_off.status == TaskResultStatus.READY
    assert done.status == TaskResultStatus.SUCCESSFUL


def test_a_job_that_kills_its_workers_is_given_up():
    deadly = job(TaskResultStatus.RUNNING, workers=TRIES)
    put_back_cut_off_jobs()
    deadly.refresh_from_db()
    assert deadly.status == TaskResultStatus.FAILED
    assert deadly.finished_at is not None
