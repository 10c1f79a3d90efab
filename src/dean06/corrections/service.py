"""The face of corrections: finding, order, proof. Only a later run closes a finding; nobody can by saying so."""

from __future__ import annotations

from dean06.corrections.causes import cause_of_rule, causes, causes_of, working_days
from dean06.corrections.counting import check_claims, counts
from dean06.corrections.keyring import Keyring
from dean06.corrections.orders import (
    attach_task,
    findings_of_order,
    groups_to_order,
    open_order,
    order_progress,
    reserve,
    withdraw,
)
from dean06.corrections.proposals import (
    DOUBTED,
    decide,
    doubtful,
    grounds,
    one_line,
    papers,
    pending,
    pending_on,
    pending_rows,
    proposal,
    proposals,
    propose,
    reserve_proposal,
    settle,
    take_back,
)
from dean06.corrections.reading import count_by_source, findings, order, orders, paused_count, waiting
from dean06.corrections.runs import record_run, undo_run
from dean06.corrections.succession import carry_task, hand_over_order, held_by_unit, open_by_unit, unordered
from dean06.corrections.tracing import last_recorded, order_of_task, orders_of_tasks, outcome_of

__all__ = [
    "DOUBTED",
    "Keyring",
    "attach_task",
    "carry_task",
    "cause_of_rule",
    "causes",
    "causes_of",
    "check_claims",
    "count_by_source",
    "counts",
    "decide",
    "doubtful",
    "findings",
    "findings_of_order",
    "grounds",
    "groups_to_order",
    "hand_over_order",
    "held_by_unit",
    "last_recorded",
    "one_line",
    "open_by_unit",
    "open_order",
    "order",
    "order_of_task",
    "order_progress",
    "orders",
    "orders_of_tasks",
    "outcome_of",
    "papers",
    "paused_count",
    "pending",
    "pending_on",
    "pending_rows",
    "proposal",
    "proposals",
    "propose",
    "record_run",
    "reserve",
    "reserve_proposal",
    "settle",
    "take_back",
    "undo_run",
    "unordered",
    "waiting",
    "withdraw",
    "working_days",
]
