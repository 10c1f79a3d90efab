"""The face of work: directives, and matters on their way to a decision."""

from __future__ import annotations

from dean06.work.directing import directive, directives, directives_of_group, record_directive
from dean06.work.settling import (
    escalate,
    matter,
    matter_digest,
    matters,
    matters_of_group,
    raise_matter,
    settle,
    unsettle,
)

__all__ = [
    "directive",
    "directives",
    "directives_of_group",
    "escalate",
    "matter",
    "matter_digest",
    "matters",
    "matters_of_group",
    "raise_matter",
    "record_directive",
    "settle",
    "unsettle",
]
