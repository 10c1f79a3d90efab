"""A day in the life: what today asks of an agency's data officer, of the police of the territory, of who leads.

Nothing is stored: each is counted from what the rooms hold, and leads to the page where it is done.
"""

from __future__ import annotations

from dean06.flows.day.agency import AgencyDay, Change, agency_day
from dean06.flows.day.expected import Expected, expected
from dean06.flows.day.leading import LeadingDay, Owing, leading_day
from dean06.flows.day.police import PoliceDay, considerers, police_day

__all__ = [
    "AgencyDay",
    "Change",
    "Expected",
    "LeadingDay",
    "Owing",
    "PoliceDay",
    "agency_day",
    "considerers",
    "expected",
    "leading_day",
    "police_day",
]
