"""From a draft to the text in force: the leader's word on it, then two people who enter number and days.

A text may say who considers or decides an amendment of it (Quảng Ninh and Xuân Trường: Điều 11 khoản 3). Where it does,
that is the clause of the act: for a group that issues its own text a step of its own, for a text issued above the
signing of the submission. Where the text says nothing, or binds nobody yet, no word of the leader is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption, DraftInfo
from dean06.charter.errors import Refused
from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.flows import chartering, draft_bases
from dean06.flows.authority import Act, Answer, ask, grant, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

# The words of a charter for it, the stronger first.
ACTIONS = ("charter.amend_decide", "charter.amend_consider")
ON_FILE: dict[str, Fact] = {"amendment.proposal_filed": True}  # the draft is the proposal

__all__ = ["Word", "agree", "confirm", "refuse", "submitting_permit", "word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """How a draft stands with the leader: what this account is answered, and whether it is agreed as it is now."""

    answer: Answer
    agreed: bool


def _spoken(group: GroupInfo) -> tuple[str, ...]:
    """Return the acts of amending on which the text in force speaks, the stronger first."""
    told = {norm.action for norm in chartering.current(group).norms}
    return tuple(one for one in ACTIONS if one in told)


def _asked(
    account: str, group: GroupInfo, draft: DraftInfo, *, agreed: bool = True, note: str = ""
) -> tuple[Act, Answer] | None:
    """Return the act of the leader's word and what this account is answered; None where none is asked for by itself."""
    spoken = _spoken(group)
    if not spoken or chartering.needs_submission(group):
        return None
    obj = ObjectRef(
        kind="charter_draft",
        id=adoption.draft_ref(group.slug, str(draft.id)),
        digest=adoption.decision_digest(draft.id, draft.revision, note, agreed=agreed),
    )
    act = Act(account=account, group=group, action=spoken[0], obj=obj, facts=ON_FILE)
    answer = ask(act)
    return None if answer.decision.outcome == "not_in_force" else (act, answer)


def word(account: str, group: GroupInfo, draft: DraftInfo) -> Word | None:
    """Return how a draft stands with the leader; None where no word of theirs is asked for by itself."""
    asked = _asked(account, group, draft)
    return None if asked is None else Word(answer=asked[1], agreed=draft.is_agreed)


def _require_agreed(account: str, group: GroupInfo, draft: DraftInfo) -> None:
    """Refuse to go on where the leader's word is asked for and not given on the draft as it is now."""
    known = word(account, group, draft)
    if known is not None and not known.agreed:
        raise BadInput(
            "Tổ trưởng chưa đồng ý bản thảo này như nó đang có: trình Tổ trưởng xem xét trước.",
            "The leader has not agreed to this draft as it is now: put it before the leader first.",
        )


def agree(account: str, group: GroupInfo, draft: DraftInfo, *, seen: int) -> DraftInfo:
    """Record that the leader agrees to the draft in the revision that they read (`seen`)."""
    return _decide(account, group, draft, agreed=True, note="", seen=seen)


def refuse(account: str, group: GroupInfo, draft: DraftInfo, note: str, *, seen: int) -> DraftInfo:
    """Record that the leader does not agree, and why; the draft is set aside and stays readable."""
    if not note.strip():
        raise BadInput("Ghi lý do không đồng ý.", "Say why you do not agree.")
    return _decide(account, group, draft, agreed=False, note=note.strip(), seen=seen)


def _decide(account: str, group: GroupInfo, draft: DraftInfo, *, agreed: bool, note: str, seen: int) -> DraftInfo:
    chartering.candidate(draft)
    asked = _asked(account, group, replace(draft, revision=seen), agreed=agreed, note=note)
    if asked is None:
        raise BadInput(
            "Quy chế đang hiệu lực không cần Tổ trưởng cho ý kiến riêng về bản thảo.",
            "The text in force asks for no word of the leader's own on a draft.",
        )
    act, answer = asked
    if not answer.allowed:  # a word that is the leader's is nobody else's, whatever reason they give
        raise Refused(answer.decision)
    return adoption.decide_draft(grant(act, answer), draft.id, note, agreed=agreed, seen=seen)


def submitting_permit(act: Act) -> Permit:
    """Return the permit to submit: under the clause on amendments of the text in force where it lets this person."""
    for action in _spoken(act.group) if act.group else ():
        own = replace(act, action=action, facts={**act.facts, **ON_FILE})
        answer = ask(own)
        if answer.allowed:
            return grant(own, answer)
    return permit(act)


def confirm(account: str, group: GroupInfo, draft: DraftInfo, adopted: Adoption) -> DraftInfo:
    """Confirm that a draft is adopted under a number, from a day on; with the second person it is."""
    chartering.answered(group, draft)
    _require_agreed(account, group, draft)
    draft_bases.demand_own_words(draft)
    if sum(one.charter_line == group.charter_line and one.ending is None for one in offices.all_groups()) > 1:
        raise BadInput(
            "Văn bản này đang dùng chung cho nhiều tổ: sao thành quy chế riêng của tổ rồi sửa.",
            "Several groups share this text: copy it as the group's own charter first.",
        )
    if adopted.in_force_from < adopted.signed_on:
        raise BadInput("Ngày hiệu lực không trước ngày ký.", "It cannot come into force before it is signed.")
    made = chartering.candidate(draft, adopted)
    if made.line != group.charter_line:
        raise BadInput(
            f"Phần đầu của bản thảo ghi mã «{made.line}»: sửa lại thành «{group.charter_line}».",
            f"The head of the draft names the line {made.line!r}: set it to {group.charter_line!r}.",
        )
    obj = ObjectRef(
        kind="charter_draft",
        id=adoption.draft_ref(group.slug, str(draft.id)),
        digest=adoption.adoption_digest(made.hash, adopted),
    )
    by = permit(Act(account=account, group=group, action="charter.adopt", obj=obj))
    return adoption.confirm_adoption(by, draft.id, made, adopted)
