"""The work itself, as the worker runs it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django_tasks import task

from dean06.clock import service as clock
from dean06.clock.errors import HouseError, Unavailable
from dean06.flows import handing_out, own_account
from dean06.flows import intake as journey
from dean06.jobs.models import Job
from dean06.jobs.post import tend
from dean06.offices import service as offices

LEAST = 0.01
HOUSE = Path(__file__).parents[1]

UNKNOWN = (
    "Việc này dừng vì một lỗi ngoài dự kiến; dữ liệu chưa bị thay đổi nửa chừng: bấm chạy lại hoặc báo người vận hành.",
    "The work stopped on an unexpected fault; nothing is half-changed: run it again or tell the operator.",
)

TOO_OFTEN = (
    "Việc này bị ngắt ba lần liền nên không chạy lại nữa; tệp đã nộp còn nguyên: bấm chạy lại hoặc báo người vận hành.",
    "The work was cut off three times and is given up; the file handed in is kept: run it again, or tell the operator.",
)


Tell = Callable[[str, float], None]


@task()
def intake(job_id: int) -> None:
    """Carry one delivery through; every step may be repeated."""

    def work(row: Job, tell: Tell) -> str:
        run = journey.process(str(row.account), int(row.object_id), tell)
        return str(run.id) if run else ""

    _carry(job_id, work)


@task()
def result_file(job_id: int) -> None:
    """Make the workbook of a large run."""

    def work(row: Job, tell: Tell) -> str:
        handing_out.make(str(row.account), int(row.object_id), tell)
        return row.object_id

    _carry(job_id, work)


@task()
def post(job_id: int) -> None:
    """Take in and carry a group's papers at once, not at the next minute."""

    def work(row: Job, _tell: Tell) -> str:
        tend(offices.group_by_id(row.group_id))
        return ""

    _carry(job_id, work)


@task()
def ways_back(accounts: list[str], link: str) -> None:
    """Send the owners of accounts the link to another password; the link is made here and kept nowhere."""
    own_account.send_ways_back(accounts, link)


def _carry(job_id: int, work: Callable[[Job, Tell], str]) -> None:
    """Do the work of a job, tell where it stands, and keep how it ended."""
    row = Job.objects.get(pk=job_id)
    if row.state == Job.State.DONE:
        return
    row.state = Job.State.RUNNING
    row.save(update_fields=["state"])

    told = Told()

    def tell(step: str, share: float) -> None:
        if told.is_news(step, share):
            Job.objects.filter(pk=job_id).update(step=step, share=share)

    try:
        result = work(row, tell)
    except HouseError as problem:
        _end(row, Job.State.FAILED, problem=(problem.vi, problem.en))
        return
    except Exception as problem:  # noqa: BLE001  whatever it is, its words may quote a person and must not be kept
        where = _place(problem)
    else:
        _end(row, Job.State.DONE, result=result)
        return
    _end(row, Job.State.FAILED, problem=UNKNOWN)
    raise Unavailable(f"{UNKNOWN[0]} ({where})", f"{UNKNOWN[1]} ({where})")


@dataclass(slots=True)
class Told:
    """What was last written of a job's progress; each writing is a transaction, so small steps are passed over."""

    step: str = ""
    share: float = 0.0

    def is_news(self, step: str, share: float) -> bool:
        """Say whether this is worth writing, and take it as written."""
        if step == self.step and share - self.share < LEAST:
            return False
        self.step, self.share = step, share
        return True


def _place(problem: Exception) -> str:
    """Return the kind of an unexpected fault and where in the code it arose; never its words."""
    frames = traceback.extract_tb(problem.__traceback__)
    last = frames[-1]
    own = next((one for one in reversed(frames) if HOUSE in Path(one.filename).parents), last)
    return f"{type(problem).__name__}, {Path(own.filename).name}:{own.lineno}"


def give_up(job_id: int) -> None:
    """Say of work cut off too often that it is not tried again."""
    row = Job.objects.get(pk=job_id)
    _end(row, Job.State.FAILED, problem=TOO_OFTEN)


def _end(row: Job, state: Job.State, *, result: str = "", problem: tuple[str, str] = ("", "")) -> None:
    Job.objects.filter(pk=row.pk).update(
        state=state,
        share=1.0 if state == Job.State.DONE else row.share,
        finished_at=clock.now(),
        result_id=result,
        problem_vi=problem[0][:600],
        problem_en=problem[1][:600],
    )
