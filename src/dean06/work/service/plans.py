"""The face of work: programmes and plans, their lines, and what became of each."""

from __future__ import annotations

from dean06.work.plan_reading import plan, plan_lines, plan_of, plan_ref, plans, plans_of_group, seen_plans
from dean06.work.planning import (
    approve_plan,
    attach_plan_paper,
    begin_plan,
    drop_plan,
    file_plan,
    issue_plan,
    join_line,
    lines_digest,
    put_lines,
    send_plan_back,
    step_digest,
    submit_plan,
    take_line_out,
)

__all__ = [
    "approve_plan",
    "attach_plan_paper",
    "begin_plan",
    "drop_plan",
    "file_plan",
    "issue_plan",
    "join_line",
    "lines_digest",
    "plan",
    "plan_lines",
    "plan_of",
    "plan_ref",
    "plans",
    "plans_of_group",
    "put_lines",
    "seen_plans",
    "send_plan_back",
    "step_digest",
    "submit_plan",
    "take_line_out",
]
