"""Storage of who is who, one module a noun."""

from __future__ import annotations

from dean06.offices.models.absences import Absence
from dean06.offices.models.acknowledgements import Acknowledgement, Reminder
from dean06.offices.models.agencies import Agency, AgencyName, Post, Service
from dean06.offices.models.appointments import Appointment
from dean06.offices.models.delegations import Delegation
from dean06.offices.models.groups import Group
from dean06.offices.models.seals import Seal
from dean06.offices.models.seats import InstallationSeat, Seat

__all__ = [
    "Absence",
    "Acknowledgement",
    "Agency",
    "AgencyName",
    "Appointment",
    "Delegation",
    "Group",
    "InstallationSeat",
    "Post",
    "Reminder",
    "Seal",
    "Seat",
    "Service",
]
