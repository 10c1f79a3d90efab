"""The face of long work: ask for it, watch it, and take it up again after a kill."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.flows import handing_out
from dean06.jobs import tasks
from dean06.jobs.following import follow
from dean06.jobs.forgetting import Forgetting
from dean06.jobs.hooks import Hooks
from dean06.jobs.models import Job
from dean06.jobs.notices import Letters
from dean06.jobs.post import Post
from dean06.jobs.pulling import Pullers
from dean06.offices.types import Viewer
from dean06.sources import service as sources

__all__ = [
    "Forgetting",
    "Hooks",
    "JobInfo",
    "Letters",
    "Post",
    "Pullers",
    "ask_intake",
    "ask_post",
    "ask_result",
    "ask_ways_back",
    "follow",
    "for_object",
    "job",
    "take_up",
]

TRIES = 3
LIVE = (Job.State.WAITING, Job.State.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobInfo:
    """A job as the page that waits for it knows it."""

    id: int
    kind: str
    object_id: str
    state: str
    step: str
    share: float
    result_id: str
    problem_vi: str
    problem_en: str

    @property
    def waiting(self) -> bool:
        """Say whether the work is still to be finished."""
        return self.state in LIVE


def _info(row: Job) -> JobInfo:
    return JobInfo(
        id=row.pk,
        kind=row.kind,
        object_id=row.object_id,
        state=row.state,
        step=row.step,
        share=row.share,
        result_id=row.result_id,
        problem_vi=row.problem_vi,
        problem_en=row.problem_en,
    )


def ask_intake(group_id: int, account: str, delivery_id: int) -> JobInfo:
    """Ask for a delivery to be read, matched and carried to its corrections; one that waits is not asked twice."""
    return _ask("intake", tasks.intake, group_id, account, delivery_id)


def ask_ways_back(accounts: list[str], link: str) -> None:
    """Ask for the letters of a forgotten password to be sent; whether anybody gets one, the asker cannot tell."""
    tasks.ways_back.enqueue(accounts, link)


def ask_result(group_id: int, account: str, run_id: int) -> JobInfo:
    """Ask for the workbook of a large run to be made; one that is being made is not asked for twice."""
    return _ask("result", tasks.result_file, group_id, account, run_id)


def ask_post(group_id: int, account: str) -> JobInfo:
    """Ask for a group's papers to be taken in and carried at once; asked for already, it is not asked for twice."""
    return _ask("post", tasks.post, group_id, account, group_id)


def _ask(kind: str, work: Task[[int], None], group_id: int, account: str, object_id: int) -> JobInfo:
    """Write the job and its place in the queue together: none is left that nobody will ever take."""
    with transaction.atomic():
        known = Job.objects.filter(kind=kind, object_id=str(object_id), state__in=LIVE).order_by("-pk").first()
        if known is not None:
            return _info(known)
        row = Job.objects.create(
            group_id=group_id, kind=kind, object_id=str(object_id), account=account, asked_at=clock.now()
        )
        work.enqueue(row.pk)
    return _info(row)


def job(viewer: Viewer, job_id: int) -> JobInfo | None:
    """Return one job if the reader sits in its group."""
    row = Job.objects.filter(pk=job_id, group_id__in=viewer.groups).first()
    return _info(row) if row else None


def for_object(viewer: Viewer, kind: str, object_id: str) -> JobInfo | None:
    """Return the newest job on an object, if the reader sits in its group."""
    row = Job.objects.filter(kind=kind, object_id=object_id, group_id__in=viewer.groups).order_by("-pk").first()
    return _info(row) if row else None


def take_up() -> int:
    """Queue again the work a killed worker left; what was cut off three times is given up and says so.

    Called once, by the only worker of the installation, before it takes anything: whatever is marked as running then
    was cut off. A file that was received when the power went, before anybody asked for its work, is asked for now.
    Returns how many were found.
    """
    cut_off = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
    for result in cut_off:
        if len(result.worker_ids) < TRIES:
            result.status = TaskResultStatus.READY
        else:
            result.status = TaskResultStatus.FAILED
            result.finished_at = clock.now()
            result.exception_class_path = f"{Unavailable.__module__}.{Unavailable.__qualname__}"
            for job_id in result.args_kwargs["args"]:
                tasks.give_up(job_id)
        result.save(update_fields=["status", "finished_at", "exception_class_path"])
    handing_out.sweep()
    SessionStore.clear_expired()  # words that a reader looked for in a list end with the session that kept them
    return len(cut_off) + _ask_for_forgotten()


def _ask_for_forgotten() -> int:
    """Ask for the work on files that nobody ever asked for; returns how many there were."""
    asked = set(Job.objects.filter(kind="intake").values_list("object_id", flat=True))
    forgotten = [one for one in sources.unfinished() if str(one[1]) not in asked]
    for group_id, delivery_id, account in forgotten:
        ask_intake(group_id, account, delivery_id)
    return len(forgotten)
