"""A paper from the choice of its form to a text that can be put before a signer: facts, words, versions, opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dean06.charter.types import Charter, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import paper_house, paper_signing
from dean06.flows.authority import Act, permit
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents, drafts, editing
from dean06.papers.service.drafts import AppraisalInfo, CommentInfo
from dean06.papers.types import Paper, PaperInfo

# What a drafter says of a paper, beside what the platform knows of it by itself.
SAID = "document."
KNOWN = frozenset({"document.kind", "document.serves_group_task", "document.appraised_by_office"})

__all__ = [
    "appraise",
    "begin",
    "comment",
    "drop",
    "refill",
    "restore",
    "reword",
    "settle",
    "statable",
    "take_docx",
]


def begin(
    account: str, group: GroupInfo, code: str, facts: Mapping[str, object], *, reply_to: int | None = None
) -> PaperInfo:
    """Make a draft of a form from what is known; what is missing stays blank on it.

    Args:
        account: who drafts it.
        group: whose paper it is.
        code: the form.
        facts: what is known, by the codes of the form's facts.
        reply_to: the incoming paper that it answers.
    """
    document = paper_house.composed(account, group, code, facts)
    return _keep(account, group, document, form=code, facts=facts, reply_to=reply_to)


def refill(
    account: str, group: GroupInfo, paper_id: int, facts: Mapping[str, object], stated: Iterable[str] = ()
) -> PaperInfo:
    """Take other facts; a section whose words the clerk changed keeps them, the others follow the facts."""
    paper = _own(group, paper_id)
    words = _unknown(group, paper, stated)
    before = paper_house.composed(account, group, paper.form, documents.given(paper_id))
    after = paper_house.composed(account, group, paper.form, facts)
    document = editing.carried(before, documents.content(paper_id), after)
    return _keep(account, group, document, paper=paper, facts=facts, stated=words)


def reword(account: str, group: GroupInfo, paper_id: int, given: Mapping[str, tuple[str, str]]) -> PaperInfo:
    """Take the clerk's titles and texts, box by box."""
    paper = _own(group, paper_id)
    return _keep(account, group, editing.rewritten(documents.content(paper_id), given), paper=paper)


def take_docx(account: str, group: GroupInfo, paper_id: int, data: bytes) -> PaperInfo:
    """Take the text of an edited .docx; what does not fit the structure of the paper is refused by name."""
    paper = _own(group, paper_id)
    return _keep(account, group, editing.from_docx(data, documents.content(paper_id)), paper=paper)


def restore(account: str, group: GroupInfo, paper_id: int, number: int) -> PaperInfo:
    """Take an earlier version up again; it becomes the newest one, and none is lost."""
    paper = _own(group, paper_id)
    document = drafts.version(paper_id, number)
    if document is None:
        raise BadInput(f"Văn bản không có bản {number}.", f"The paper has no version {number}.")
    return _keep(account, group, document, paper=paper)


def _keep(
    account: str,
    group: GroupInfo,
    document: Paper,
    *,
    paper: PaperInfo | None = None,
    form: str = "",
    facts: Mapping[str, object] | None = None,
    stated: Iterable[str] | None = None,
    reply_to: int | None = None,
) -> PaperInfo:
    rendered = documents.render(
        document,
        clock.now(group),
        paper.annex_sha256 if paper else "",
        annex_kind=paper.annex_kind if paper else "xlsx",
        form=paper.form if paper else form,
        facts=facts if facts is not None else (documents.given(paper.id) if paper else {}),
        stated=stated if stated is not None else (paper.stated if paper else ()),
        reply_to=paper.reply_to if paper else reply_to,
    )
    name = str(paper.id) if paper else f"{group.slug}:van-ban:{form}"
    obj = ObjectRef(kind="paper", id=name, digest=rendered.digest())
    by = permit(Act(account=account, group=group, action="document.draft", obj=obj))
    return documents.draft(by, group.id, rendered, paper_id=paper.id if paper else None)


def _own(group: GroupInfo, paper_id: int) -> PaperInfo:
    """Return a draft that is changed here; the month's report and the like are changed where they are made."""
    paper = documents.for_work(paper_id)
    if paper.group_id != group.id or not paper.form:
        raise BadInput(
            "Văn bản này lập ở trang khác (báo cáo, tờ trình quy chế): sửa ở trang ấy.",
            "This paper is made on another page (report, submission): change it there.",
        )
    return paper


def statable(text: Charter, action: str) -> tuple[str, ...]:
    """Return what only a drafter can say of a paper among what a charter's clauses on signing it ask."""
    asked = [
        name.lstrip("!")
        for norm in text.norms
        if action in {norm.action, *norm.extends_to}
        for group in norm.when
        for name in group
    ]
    return tuple(dict.fromkeys(name for name in asked if name.startswith(SAID) and name not in KNOWN))


def _unknown(group: GroupInfo, paper: PaperInfo, stated: Iterable[str]) -> tuple[str, ...]:
    known = statable(paper_house.charter(group), paper_signing.signing_action(paper))
    return tuple(word for word in known if word in set(stated))


def comment(account: str, group: GroupInfo, paper_id: int, text: str, *, section: str = "") -> CommentInfo:
    """Say something of a draft, at a section of it or of the whole."""
    text = " ".join(text.split())[:2000]
    obj = ObjectRef(kind="paper_comment", id=str(paper_id), digest=drafts.said_digest(paper_id, section, text))
    by = permit(Act(account=account, group=group, action="document.comment", obj=obj))
    return drafts.comment(by, paper_id, text, _who(account, group), section=section)


def settle(account: str, group: GroupInfo, paper_id: int, comment_id: int) -> CommentInfo:
    """Mark a comment as dealt with."""
    found = next((one for one in drafts.comments(paper_id) if one.id == comment_id), None)
    if found is None:
        raise BadInput("Không có lời góp ý này.", "There is no such comment.")
    digest = drafts.said_digest(paper_id, found.section, found.text)
    obj = ObjectRef(kind="paper_comment", id=str(paper_id), digest=digest)
    by = permit(Act(account=account, group=group, action="document.comment", obj=obj))
    return drafts.settle(by, comment_id)


def appraise(account: str, group: GroupInfo, paper_id: int, text: str, *, agrees: bool) -> AppraisalInfo:
    """Give the opinion that a charter wants before a paper lies before the leader."""
    paper = documents.for_work(paper_id)
    text = " ".join(text.split())[:2000]
    digest = digest_of(docx=paper.docx_sha256, text=text, agrees=agrees)
    obj = ObjectRef(kind="appraisal", id=str(paper_id), digest=digest)
    by = permit(Act(account=account, group=group, action="appraisal.perform", obj=obj))
    return drafts.appraise(by, paper_id, text, _who(account, group), agrees=agrees)


def drop(account: str, group: GroupInfo, paper_id: int) -> PaperInfo:
    """Drop a draft."""
    paper = _own(group, paper_id)
    obj = ObjectRef(kind="paper", id=str(paper_id), digest=digest_of(docx=paper.docx_sha256))
    return drafts.drop(permit(Act(account=account, group=group, action="document.drop", obj=obj)), paper_id)


def _who(account: str, group: GroupInfo) -> str:
    seats = offices.capacities(account, group.id, clock.today(group))
    if not seats:
        return ""
    seat = seats[0]
    return ", ".join(part for part in (seat.holder, seat.title, seat.post) if part)
