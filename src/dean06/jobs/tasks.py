"""The work itself, as the worker runs it."""

from __future__ import annotations

from django_tasks import task

from dean06.clock import service as clock
from dean06.clock.errors import HouseError
from dean06.flows import intake as journey
from dean06.jobs.models import Job

UNKNOWN = (
    "Việc này dừng vì một lỗi ngoài dự kiến; dữ liệu chưa bị thay đổi nửa chừng: bấm chạy lại hoặc báo người vận hành.",
    "The work stopped on an unexpected fault; nothing is half-changed: run it again or tell the operator.",
)

TOO_OFTEN = (
    "Việc này bị ngắt ba lần liền nên không chạy lại nữa; tệp đã nộp còn nguyên: bấm chạy lại hoặc báo người vận hành.",
    "The work was cut off three times and is given up; the file handed in is kept: run it again, or tell the operator.",
)


@task()
def intake(job_id: int) -> None:
    """Carry one delivery through; every step may be repeated."""
    row = Job.objects.select_related("group").get(pk=job_id)
    if row.state == Job.State.DONE:
        return
    row.state = Job.State.RUNNING
    row.save(update_fields=["state"])

    def tell(step: str, share: float) -> None:
        Job.objects.filter(pk=job_id).update(step=step, share=share)

    try:
        run = journey.process(str(row.account), int(row.object_id), tell)
    except HouseError as problem:
        _end(row, Job.State.FAILED, problem=(problem.vi, problem.en))
    except BaseException:
        _end(row, Job.State.FAILED, problem=UNKNOWN)
        raise
    else:
        _end(row, Job.State.DONE, result=str(run.id) if run else "")


def give_up(job_id: int) -> None:
    """Say of work cut off too often that it is not tried again."""
    row = Job.objects.select_related("group").get(pk=job_id)
    _end(row, Job.State.FAILED, problem=TOO_OFTEN)


def _end(row: Job, state: Job.State, *, result: str = "", problem: tuple[str, str] = ("", "")) -> None:
    Job.objects.filter(pk=row.pk).update(
        state=state,
        share=1.0 if state == Job.State.DONE else row.share,
        finished_at=clock.now(row.group),
        result_id=result,
        problem_vi=problem[0][:600],
        problem_en=problem[1][:600],
    )
