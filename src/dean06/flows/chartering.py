"""Writing and amending a group's charter: begin from a text, change its files, check, try, adopt by two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption, DraftInfo, NewDraft, SubmissionInfo
from dean06.charter import service as charters
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.types import Charter, Citation, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import draft_bases, draft_from_file
from dean06.flows.authority import Act, ask, bind, grant, permit
from dean06.flows.draft_bases import HEAD
from dean06.flows.draft_from_file import PROPOSED, UNTRANSLATED
from dean06.flows.draft_values import items
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

CURRENT = "hien-hanh"
SCENARIOS = "scenarios"  # and questions tried on the draft, with the answers that were kept

__all__ = [
    "CURRENT",
    "HEAD",
    "PROPOSED",
    "UNTRANSLATED",
    "Review",
    "add_article",
    "answered",
    "begin",
    "begin_from_file",
    "candidate",
    "changing",
    "drop",
    "dropping",
    "faults_in",
    "is_before_others",
    "is_stale",
    "needs_submission",
    "newest",
    "package",
    "proposals",
    "review",
    "save",
    "touched_tasks",
    "unsigned",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A draft as it would be: the charter it makes, or its faults; what is wanting, what changes, whom it meets."""

    charter: Charter | None
    faults: tuple[Fault, ...]
    advice: tuple[charters.Advice, ...]
    comparison: charters.Comparison | None
    tasks: tuple[TaskInfo, ...]


def current(group: GroupInfo) -> Charter:
    """Return the text the group is under today."""
    return adoption.charter_of(group.charter_line, clock.today(group))


def newest(group: GroupInfo) -> Charter:
    """Return the text that an amendment amends: the one adopted last, in force or not yet."""
    return adoption.latest(group.charter_line)


def is_stale(group: GroupInfo, draft: DraftInfo) -> bool:
    """Say whether another text was adopted after an open draft was written."""
    return draft.is_open and draft.follows != newest(group).hash


def begin(account: str, group: GroupInfo, base: str, clause: str = "", reason: str = "") -> DraftInfo:
    """Begin a draft from the newest text, or from a shipped package; either way it continues the group's own line.

    An amendment names its clause and why; a new text says why.
    """
    text = newest(group) if base == CURRENT else charters.load(base)
    _grounded(text, clause, reason, amends=base == CURRENT)
    files = charters.sources_of(text)
    head = dict(_mapping(files[HEAD]))
    if base != CURRENT:
        mine = _mapping(charters.sources_of(newest(group))[HEAD])
        head = draft_bases.from_template(group, head, mine, clock.today(group))
    head |= {"line": group.charter_line, "version": adoption.next_number(group.charter_line)}
    new = NewDraft(
        title=str(head["title"]),
        files={**files, HEAD: head},
        base_hash=text.hash if base == CURRENT else "",
        follows=newest(group).hash,
        clause=clause,
        reason=reason,
    )
    return adoption.begin_draft(_proposing(_writing(account, group, "moi", new), about=clause), group.id, new)


def _grounded(text: Charter, clause: str, reason: str, *, amends: bool) -> None:
    if amends and not clause:
        raise BadInput(
            "Ghi điều khoản đề nghị sửa: bản sửa đổi phải nêu điều khoản và lý do.",
            "Name the clause to amend: an amendment names its clause and the reason.",
        )
    if amends:
        charters.provision(text, Citation.parse(clause))
    if not reason.strip():
        raise BadInput("Ghi vì sao cần bản thảo này.", "Say why this draft is needed.")


def _proposing(act: Act, *, about: str) -> Permit:
    """Return the permit to begin: a member's report of a difficulty under the text where it is about a clause of it."""
    reporting = replace(act, action="charter.report_difficulty")
    answer = ask(reporting) if about else None
    return grant(reporting, answer) if answer is not None and answer.allowed else permit(act)


def begin_from_file(account: str, group: GroupInfo, file: Path, name: str, reason: str = "") -> DraftInfo:
    """Begin a draft from a regulation's file: its clauses in its own words, its norms as proposals nobody has taken.

    Body, agencies, seals and the posts of known roles come from the newest text; what the file holds wins.
    """
    text = newest(group)
    files = draft_from_file.read(file, _mapping(charters.sources_of(text)[HEAD]), clock.today(group))
    head = {**_mapping(files[HEAD]), "line": group.charter_line, "version": adoption.next_number(group.charter_line)}
    why = f"{reason} (từ tệp {name})" if reason else f"từ tệp {name}"
    new = NewDraft(title=str(head["title"]), files={**files, HEAD: head}, follows=text.hash, reason=why[:1000])
    return adoption.begin_draft(permit(_writing(account, group, "moi", new)), group.id, new)


def proposals(draft: DraftInfo, article: str) -> list[dict[str, object]]:
    """Return the proposed norms of an article that no norm of it has taken yet, in the order of the text."""
    kept = next(
        (_mapping(one) for one in draft.files.values() if isinstance(one, dict) and one.get("article") == article), {}
    )
    taken = {(norm.get("cite"), norm.get("action")) for norm in map(_mapping, items(kept.get("norms")))}
    listed = [dict(_mapping(one)) for one in items(draft.files.get(PROPOSED))]
    mine = [one for one in listed if str(one["cite"]).split(".")[0] == article]
    return [one for one in mine if (one["cite"], one.get("action")) not in taken]


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise BadInput("Phần đầu của bản thảo hỏng.", "The head of the draft is broken.")
    return value


def _writing(account: str, group: GroupInfo, name: str, new: NewDraft) -> Act:
    ref = adoption.draft_ref(group.slug, name)
    obj = ObjectRef(kind="charter_draft", id=ref, digest=adoption.draft_digest(new))
    return Act(account=account, group=group, action="charter.draft", obj=obj)


def is_before_others(draft: DraftInfo) -> bool:
    """Say whether others have a draft before them as it is: submitted, agreed to by the leader, or confirmed by one."""
    return draft.submitted_at is not None or draft.is_agreed or bool(draft.confirmed_by)


def changing(account: str, group: GroupInfo, draft: DraftInfo, new: NewDraft, *, again: bool) -> Permit:
    """Return the permit to change a draft; one that others have before them is changed only to be submitted again."""
    act = _writing(account, group, str(draft.id), new)
    if is_before_others(draft):
        act = replace(act, action="charter.redraft", facts={"draft.will_be_resubmitted": again})
    return permit(act)


def save(
    account: str, group: GroupInfo, draft: DraftInfo, file: str, value: object, *, seen: int, again: bool = False
) -> DraftInfo:
    """Put one file of a draft in place of what stood there; None takes the file out.

    `again` says that whoever changes a submitted draft knows that it must be submitted again.
    """
    files = {name: kept for name, kept in draft.files.items() if name != file}
    if value is not None:
        files[file] = value
    head = files.get(HEAD)
    title = str(head["title"]) if isinstance(head, dict) and head.get("title") else draft.title
    looked_at = {one for one in draft.to_check if one.partition(":")[0] == file}
    new = NewDraft(
        title=title[:300],
        files=files,
        base_hash=draft.base_hash,
        clause=draft.clause,
        reason=draft.reason,
        to_check=tuple(one for one in draft.to_check if one not in looked_at),
    )
    by = changing(account, group, draft, new, again=again)
    return adoption.save_draft(by, draft.id, new, seen=seen)


def add_article(
    account: str, group: GroupInfo, draft: DraftInfo, label: str, chapter: str, heading: str, *, again: bool = False
) -> DraftInfo:
    """Add an empty article at the end of a chapter."""
    name = charters.file_of(label)
    if name in draft.files or not label.strip() or not heading.strip():
        raise BadInput("Điều mới cần số chưa dùng và tên điều.", "A new article needs an unused number and a heading.")
    head = dict(_mapping(draft.files[HEAD]))
    chapters = [dict(_mapping(one)) for one in items(head["chapters"])]
    for one in chapters:
        if one["label"] == chapter:
            one["articles"] = [*items(one["articles"]), label]
    head["chapters"] = chapters
    article = {
        "article": label,
        "heading": heading.strip(),
        "last_checked": clock.today(group).isoformat(),
        "clauses": [],
        "norms": [],
    }
    new = NewDraft(
        title=draft.title,
        files={**draft.files, HEAD: head, name: article},
        base_hash=draft.base_hash,
        clause=draft.clause,
        reason=draft.reason,
        to_check=draft.to_check,
    )
    by = changing(account, group, draft, new, again=again)
    return adoption.save_draft(by, draft.id, new, seen=draft.revision)


def package(draft: DraftInfo) -> dict[str, object]:
    """Return the files of a draft that make a package, without what stands beside them."""
    return {name: value for name, value in draft.files.items() if name not in (PROPOSED, SCENARIOS)}


def candidate(draft: DraftInfo, adopted: Adoption | None = None) -> Charter:
    """Compile a draft, with the number and days under which it is adopted; refused with every fault and its place.

    The number of the version is set by the adoption: it is the next one of the line then.
    """
    files = package(draft)
    if adopted is not None:
        head = dict(_mapping(files[HEAD]))
        instrument = dict(_mapping(head["instrument"]))
        instrument |= {"kind": "decision", "number": adopted.instrument, "date": adopted.signed_on.isoformat()}
        head |= {"instrument": instrument, "in_force": {"from": adopted.in_force_from.isoformat()}}
        head["version"] = adoption.next_number(str(head["line"]))
        files[HEAD] = head
    return charters.compile_sources(files)


def unsigned(draft: DraftInfo) -> Charter:
    """Compile a draft as a text that nobody has issued: without the number and days of the text it amends."""
    files = package(draft)
    head = dict(_mapping(files[HEAD]))
    instrument = dict(_mapping(head["instrument"])) | {"number": None, "date": None}
    return charters.compile_sources({**files, HEAD: head | {"instrument": instrument, "in_force": {"from": None}}})


def faults_in(draft: DraftInfo, file: str, value: object) -> tuple[Fault, ...]:
    """Return every fault of a draft as it would be with one file in place of what stands there; nothing is kept."""
    try:
        charters.compile_sources({**package(draft), file: value})
    except CharterInvalid as refused:
        return refused.faults
    return ()


def review(group: GroupInfo, draft: DraftInfo) -> Review:
    """Compile a draft and compare it with the newest text: what is wrong, what is wanting, whom it changes.

    A draft that another adoption has overtaken is compared with the text that it amends.
    """
    try:
        made = candidate(draft)
    except CharterInvalid as refused:
        return Review(charter=None, faults=refused.faults, advice=(), comparison=None, tasks=())
    held = {seat.role for seat in offices.holders(group.id, clock.today(group))}
    comparison = charters.compare(adoption.text(draft.base_hash or draft.follows) or newest(group), made)
    return Review(
        charter=made,
        faults=(),
        advice=(*draft_bases.still_the_template_s(draft), *charters.advise(made, held)),
        comparison=comparison,
        tasks=touched_tasks(group, comparison),
    )


def touched_tasks(group: GroupInfo, comparison: charters.Comparison) -> tuple[TaskInfo, ...]:
    """Return the open tasks that rest on a norm which changes or goes."""
    touched = {change.a.key for change in comparison.norms if change.a is not None}
    return tuple(one for one in work.tasks_of_group(group.id) if one.is_open and one.basis.norm in touched)


def needs_submission(group: GroupInfo) -> bool:
    """Say whether the charter was issued by an authority above the group, which alone adopts its amendments."""
    text = current(group)
    return text.instrument.issuer not in text.roles


def answered(group: GroupInfo, draft: DraftInfo) -> SubmissionInfo | None:
    """Return the signed submission that an adoption of the draft answers; None where the group adopts by itself.

    Refused where the authority above has not been asked yet, or was asked about another revision.
    """
    if not needs_submission(group):
        return None
    signed = next((one for one in adoption.submissions(draft.id) if one.is_signed), None)
    if signed is None:
        raise BadInput(
            "Quy chế do cơ quan trên ban hành: ký tờ trình trước, rồi nhập số quyết định của cơ quan ấy.",
            "The charter was issued by an authority above: sign the submission first, then enter its decision.",
        )
    if not signed.answers_for(draft):
        raise BadInput(
            "Bản thảo đã đổi sau tờ trình: ký tờ trình mới, hoặc rút tờ trình cũ, rồi mới nhập số quyết định.",
            "The draft changed after its submission: sign a new one or take it back, then enter the decision.",
        )
    return signed


def dropping(account: str, group: GroupInfo, draft: DraftInfo) -> Act:
    """Return the act of setting a draft aside, to be asked before it is offered."""
    obj = bind("charter_draft", adoption.draft_ref(group.slug, str(draft.id)), draft=draft.id, dropped=True)
    facts = {"draft.is_own": draft.made_by == account}
    return Act(account=account, group=group, action="charter.drop_draft", obj=obj, facts=facts)


def drop(account: str, group: GroupInfo, draft: DraftInfo) -> DraftInfo:
    """Set a draft aside."""
    return adoption.drop_draft(permit(dropping(account, group, draft)), draft.id)
