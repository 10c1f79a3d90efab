"""Who reads a paper: everybody of its group, or a circle that its drafter or the group's house of papers names.

The roles that read every paper, restricted or not, are those whom the installation's charter lets number them.
"""

from __future__ import annotations

from collections.abc import Iterable

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import circulation, documents
from dean06.papers.types import Circle, PaperInfo

ACTION, NUMBERING = "document.restrict", "document.number"

__all__ = ["answer", "keepers", "open_again", "restrict"]


def keepers() -> frozenset[str]:
    """Return the roles that read every paper of their group, for they number and keep it."""
    norms = adoption.installation_charter().norms
    return frozenset(bearer.role for norm in norms if norm.action == NUMBERING for bearer in norm.bearers)


def _act(account: str, group: GroupInfo, paper: PaperInfo, obj: ObjectRef) -> Act:
    facts = {"draft.is_own": paper.drafter == account}
    return Act(account=account, group=group, action=ACTION, obj=obj, facts=facts)


def answer(account: str, group: GroupInfo, paper: PaperInfo) -> Answer:
    """Return whether an account may say who reads a paper."""
    return ask(_act(account, group, paper, circulation.restrict_ref(paper.id, paper.circle)))


def restrict(account: str, group: GroupInfo, paper_id: int, agencies: Iterable[str]) -> PaperInfo:
    """Make a paper for its drafter, its signers, the group's house of papers and the people of some agencies alone."""
    named = frozenset(agencies)
    unknown = named - offices.agency_names(group.id).keys()
    if unknown:
        raise BadInput(f"Tổ không có cơ quan {', '.join(sorted(unknown))}.", f"No such agency: {sorted(unknown)}.")
    return _set(account, group, paper_id, Circle(roles=keepers(), agencies=named))


def open_again(account: str, group: GroupInfo, paper_id: int) -> PaperInfo:
    """Open a paper to everybody of its group."""
    return _set(account, group, paper_id, None)


def _set(account: str, group: GroupInfo, paper_id: int, circle: Circle | None) -> PaperInfo:
    paper = documents.for_work(paper_id)
    if paper.group_id != group.id:
        raise BadInput("Không có văn bản này trong tổ.", "There is no such paper in this group.")
    by = permit(_act(account, group, paper, circulation.restrict_ref(paper_id, circle)))
    return circulation.restrict(by, paper_id, circle)
