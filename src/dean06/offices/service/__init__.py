"""The face of the offices: it states who sits where on a day, and records changes; it decides nothing."""

from __future__ import annotations

from dean06.offices.service.absences import leader_absences, record_absence
from dean06.offices.service.agencies import agency_name, agency_names
from dean06.offices.service.appointments import appoint, capacities, holders, viewer
from dean06.offices.service.delegations import delegate, delegations_of
from dean06.offices.service.groups import (
    all_groups,
    children,
    create_group,
    group,
    group_by_id,
    groups_seen_by,
    move_day,
)
from dean06.offices.service.powers import acting, facts_about
from dean06.offices.service.seats import found_technical_seats, seat_title, technical_roles
from dean06.offices.succession import end_group, ending, predecessors, same_agencies, successors

__all__ = [
    "acting",
    "agency_name",
    "agency_names",
    "all_groups",
    "appoint",
    "capacities",
    "children",
    "create_group",
    "delegate",
    "delegations_of",
    "end_group",
    "ending",
    "facts_about",
    "found_technical_seats",
    "group",
    "group_by_id",
    "groups_seen_by",
    "holders",
    "leader_absences",
    "move_day",
    "predecessors",
    "record_absence",
    "same_agencies",
    "seat_title",
    "successors",
    "technical_roles",
    "viewer",
]
