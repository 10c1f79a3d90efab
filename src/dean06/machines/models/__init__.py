"""Storage of the room: accounts of software, what they asked, and what they are told."""

from __future__ import annotations

from dean06.machines.models.accounts import Answer, Assertion, Call, Machine
from dean06.machines.models.telling import Hook, Parcel

__all__ = ["Answer", "Assertion", "Call", "Hook", "Machine", "Parcel"]
