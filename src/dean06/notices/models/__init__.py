"""Storage of notices: what was told to whom, what each reader chose, and the letters that carry it."""

from __future__ import annotations

from dean06.notices.models.letters import Letter, Mailbox
from dean06.notices.models.notices import Choice, Notice

__all__ = ["Choice", "Letter", "Mailbox", "Notice"]
