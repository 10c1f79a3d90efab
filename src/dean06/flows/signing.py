"""The block of the signer: whose title stands under a draft, and in what form the charter lets somebody sign."""

from __future__ import annotations

from dean06.adoption import service as adoption
from dean06.charter.types import Charter
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Answer
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.types import Signature, SignForm

# The seat whose title stands under a draft until somebody signs; the charter says who may.
LEADING = "leader"
LEADING_TITLE = "Tổ trưởng"

__all__ = ["kept_by", "signature", "unsigned"]


def unsigned(group: GroupInfo) -> Signature:
    """Return the block under a draft that nobody has signed."""
    leader = next(iter(offices.holders(group.id, clock.today(group), role=LEADING)), None)
    return Signature(title=leader.title if leader else LEADING_TITLE, post=leader.post if leader else "")


def signature(group: GroupInfo, answer: Answer) -> Signature:
    """Return the block of somebody who may sign, in the form that the decision gives."""
    capacity, decision = answer.capacity, answer.decision.signature or answer.decision
    if capacity is None:
        raise BadInput("Người ký phải giữ một vị trí trong tổ.", "A signer needs a seat in the group.")
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    form = SignForm(decision.sign_form or "own")
    behalf = decision.on_behalf_of or ""
    return Signature(
        form=form,
        collective=" ".join(charter.body.name_lines) if form is SignForm.TM else "",
        signed_for=charter.roles[behalf].title if form is SignForm.KT and behalf in charter.roles else "",
        title=capacity.title,
        post=capacity.post,
        name=capacity.holder,
    )


def kept_by(charter: Charter) -> tuple[str, ...]:
    """Return where the group's papers are kept, as the last line of their recipients says."""
    return tuple(part.strip() for part in charter.body.archive.split(",") if part.strip()) or ("VT",)
