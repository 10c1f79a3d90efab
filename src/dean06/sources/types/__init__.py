"""What crosses the threshold of the room of sources: deliveries, contracts, disputes; never a person's value."""

from __future__ import annotations

from dean06.sources.types.contracts import (
    DraftInfo,
    NewVersion,
    Trial,
    TrialCount,
    VersionInfo,
    body_digest,
    contract_draft_ref,
    contract_ref,
)
from dean06.sources.types.deliveries import (
    AssignmentInfo,
    Batch,
    BrokenRow,
    BrokenRows,
    Checked,
    ColumnProfile,
    DeliveryInfo,
    NewAssignment,
    NewDelivery,
    Profile,
    Quarantined,
    RuleCount,
    SetAside,
    Skipped,
    delivery_ref,
)
from dean06.sources.types.disputes import (
    DisputeAct,
    DisputeInfo,
    Example,
    NewDispute,
    rule_ref,
)

__all__ = [
    "AssignmentInfo",
    "Batch",
    "BrokenRow",
    "BrokenRows",
    "Checked",
    "ColumnProfile",
    "DeliveryInfo",
    "DisputeAct",
    "DisputeInfo",
    "DraftInfo",
    "Example",
    "NewAssignment",
    "NewDelivery",
    "NewDispute",
    "NewVersion",
    "Profile",
    "Quarantined",
    "RuleCount",
    "SetAside",
    "Skipped",
    "Trial",
    "TrialCount",
    "VersionInfo",
    "body_digest",
    "contract_draft_ref",
    "contract_ref",
    "delivery_ref",
    "rule_ref",
]
