"""What people are told of acts: it follows the ledger, so that no act tells twice and none is forgotten.

An act and its entry are one transaction, and each entry is taken once, in the order of the leaves; so whoever an act
concerns is told of it exactly where it was done. One rule stands for each kind of object whose acts somebody else must
learn of. What the ledger cannot tell, a day that draws near, is told by `due`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from dean06.clock import service as clock
from dean06.flows.news import charter, entries, meetings, papers, people, plans, reports, rules, succession, tasks
from dean06.flows.news.passing_on import Rule
from dean06.ledger import service as ledger
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

LOG = logging.getLogger(__name__)
NAME = "notices"
# What happened longer ago is no news: a demonstration's history, a restored backup, a worker long away.
FRESH = timedelta(days=14)

RULES: Mapping[str, Rule] = {
    "task": tasks.tell_of_task,
    "plan": plans.tell_of_plan,
    "directive": plans.tell_of_directive,
    "matter": plans.tell_of_matter,
    "meeting": meetings.tell_of_meeting,
    "paper": papers.tell_of_paper,
    "incoming": papers.tell_of_incoming,
    "agency_report": reports.tell_of_report,
    "spending": reports.tell_of_spending,
    "estimate": reports.tell_of_estimate,
    "entry": entries.tell_of_entry,
    "register": entries.tell_of_batch,
    "replacement": people.tell_of_replacement,
    "commendation": people.tell_of_commendation,
    "delegation": people.tell_of_delegation,
    "absence": people.tell_of_absence,
    "charter_draft": charter.tell_of_draft,
    "rule": rules.tell_of_rule,
    "contract": rules.tell_of_contract,
    "succession": succession.tell_of_succession,
}

__all__ = ["follow"]


def follow() -> int:
    """Tell of the acts since the last time; returns how many acts that was."""
    return ledger.caught_up(lambda: ledger.follow(NAME, _take))


def _take(acts: Sequence[Followed]) -> None:
    groups = {one.slug: one for one in offices.all_groups()}
    for act in acts:
        group, rule = groups.get(act.scope), RULES.get(act.kind)
        if group is not None and rule is not None and act.done_at > clock.now(group) - FRESH:
            _tell(rule, group, act)


def _tell(rule: Rule, group: GroupInfo, act: Followed) -> None:
    """Follow one rule; what cannot be read now is passed over and told, for it must not stop all others."""
    try:
        with transaction.atomic():
            rule(group, act)
    except Exception as problem:  # noqa: BLE001  whatever it is, it must not silence the others; its words may quote
        LOG.warning("notices: %s %s: %s", group.slug, act.kind, type(problem).__name__)
