"""Writing and amending a group's charter: begin from a text, change its files, check, try, adopt by two people."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption, DraftInfo, NewDraft, SubmissionInfo
from dean06.charter import service as charters
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.types import Charter, Citation, Fact, ObjectRef, Permit, Question
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, ask, bind, grant, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.orthography import service as orthography
from dean06.work import service as work
from dean06.work.types import TaskInfo

HEAD = "charter.yaml"
CURRENT = "hien-hanh"
PROPOSED = "proposed"  # beside the package's files: norms read from a text, which nobody has taken
LONGEST = 1200
UNTRANSLATED = "(not translated)"
ARCHIVE_DAY = (2000, 1, 1, 0, 0, 0)  # the same files give the same archive

__all__ = [
    "CURRENT",
    "HEAD",
    "PROPOSED",
    "Review",
    "add_article",
    "answered",
    "archive",
    "begin",
    "begin_from_file",
    "candidate",
    "drop",
    "is_stale",
    "needs_submission",
    "newest",
    "proposals",
    "review",
    "save",
    "touched_tasks",
    "try_out",
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
    """Begin a draft from the newest text, or from a shipped package; either way it continues the group's own line."""
    text = newest(group) if base == CURRENT else charters.load(base)
    if clause and base == CURRENT:
        charters.provision(text, Citation.parse(clause))
    files = charters.sources_of(text)
    head = dict(_mapping(files[HEAD]))
    head |= {"line": group.charter_line, "version": adoption.next_number(group.charter_line)}
    if base != CURRENT:
        head["kind"] = "regulation"
    new = NewDraft(
        title=str(head["title"]),
        files={**files, HEAD: head},
        base_hash=text.hash if base == CURRENT else "",
        follows=newest(group).hash,
        clause=clause,
        reason=reason,
    )
    return adoption.begin_draft(_proposing(_writing(account, group, "moi", new), about=clause), group.id, new)


def _proposing(act: Act, *, about: str) -> Permit:
    """Return the permit to begin: a member's report of a difficulty under the text where it is about a clause of it."""
    reporting = replace(act, action="charter.report_difficulty")
    answer = ask(reporting) if about else None
    return grant(reporting, answer) if answer is not None and answer.allowed else permit(act)


def begin_from_file(account: str, group: GroupInfo, file: Path, name: str) -> DraftInfo:
    """Begin a draft from a regulation's file: its clauses in its own words, its norms as proposals nobody has taken.

    Body, agencies, seals and the posts of known roles come from the text in force; what the file holds wins.
    """
    imported = charters.import_regulation(file, orthography.heal_lines)
    found = charters.candidates(imported.provisions)
    with tempfile.TemporaryDirectory(prefix="soan-") as folder:
        place = Path(folder) / "draft"
        charters.write_draft(imported, found, place, clock.today(group))
        files: dict[str, object] = {
            path.name: charters.from_yaml(path.read_text(encoding="utf-8"), path.name)
            for path in sorted(place.glob("*.yaml"))
        }
    files[HEAD] = _head_of(group, _mapping(files[HEAD]))
    texts = {node.cite: node.text for node in _nodes(imported.provisions) if node.cite}
    for key, value in files.items():
        if key != HEAD:
            files[key] = _worded(_mapping(value), texts)
    files[PROPOSED] = [_proposal(one) for one in found]
    new = NewDraft(
        title=str(_mapping(files[HEAD])["title"]),
        files=files,
        follows=newest(group).hash,
        reason=f"từ tệp {name}"[:1000],
    )
    return adoption.begin_draft(permit(_writing(account, group, "moi", new)), group.id, new)


def _head_of(group: GroupInfo, head: Mapping[str, object]) -> dict[str, object]:
    mine = _mapping(charters.sources_of(newest(group))[HEAD])
    roles = {code: _mapping(mine["roles"]).get(code, role) for code, role in _mapping(head["roles"]).items()}
    taken = {key: mine[key] for key in ("title", "level", "instrument", "body", "agencies", "seals", "distribution")}
    return {
        **head,
        **taken,
        "roles": roles,
        "line": group.charter_line,
        "version": adoption.next_number(group.charter_line),
    }


def _nodes(nodes: Iterable[charters.Node]) -> Iterator[charters.Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


def _worded(article: Mapping[str, object], texts: Mapping[str, str]) -> dict[str, object]:
    """Put the words of the file in the place of what is still to be described."""
    label = str(article["article"])
    made = dict(article)
    if "vi" in made:
        made |= _words_of(texts.get(label, ""))
    made["clauses"] = [
        dict(_mapping(clause))
        | _words_of(texts.get(f"{label}.{_mapping(clause)['label']}", ""))
        | (
            {
                "points": [
                    dict(_mapping(point))
                    | _words_of(texts.get(f"{label}.{_mapping(clause)['label']}.{_mapping(point)['label']}", ""))
                    for point in _rows(_mapping(clause)["points"])
                ]
            }
            if _mapping(clause).get("points")
            else {}
        )
        for clause in _rows(article.get("clauses"))
    ]
    return made


def _words_of(text: str) -> dict[str, str]:
    said = " ".join(text.split())[:LONGEST]
    return {"vi": said or "–", "en": UNTRANSLATED}


def _proposal(one: charters.Candidate) -> dict[str, object]:
    deadline = one.deadline
    made: dict[str, object] = {"cite": one.cite, "type": one.type, "source": "; ".join(one.triggers)}
    if one.bearer:
        made["bearer"] = list(one.bearer)
    if one.action:
        made["action"] = one.action
    if one.recipients:
        made["recipients"] = list(one.recipients)
    if deadline is not None:
        made["deadline"] = {"form": deadline.form} | ({"day": deadline.day} if deadline.day is not None else {})
    return made


def proposals(draft: DraftInfo, article: str) -> list[dict[str, object]]:
    """Return the proposed norms of an article that no norm of it has taken yet, in the order of the text."""
    kept = next(
        (_mapping(one) for one in draft.files.values() if isinstance(one, dict) and one.get("article") == article), {}
    )
    taken = {(norm.get("cite"), norm.get("action")) for norm in map(_mapping, _rows(kept.get("norms")))}
    listed = [dict(_mapping(one)) for one in _rows(draft.files.get(PROPOSED))]
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


def save(account: str, group: GroupInfo, draft: DraftInfo, file: str, value: object, *, seen: int) -> DraftInfo:
    """Put one file of a draft in place of what stood there; None takes the file out."""
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
    by = permit(_writing(account, group, str(draft.id), new))
    return adoption.save_draft(by, draft.id, new, seen=seen)


def add_article(account: str, group: GroupInfo, draft: DraftInfo, label: str, chapter: str, heading: str) -> DraftInfo:
    """Add an empty article at the end of a chapter."""
    name = charters.file_of(label)
    if name in draft.files or not label.strip() or not heading.strip():
        raise BadInput("Điều mới cần số chưa dùng và tên điều.", "A new article needs an unused number and a heading.")
    head = dict(_mapping(draft.files[HEAD]))
    chapters = [dict(_mapping(one)) for one in _rows(head["chapters"])]
    for one in chapters:
        if one["label"] == chapter:
            one["articles"] = [*_rows(one["articles"]), label]
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
    by = permit(_writing(account, group, str(draft.id), new))
    return adoption.save_draft(by, draft.id, new, seen=draft.revision)


def _rows(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def candidate(draft: DraftInfo, adopted: Adoption | None = None) -> Charter:
    """Compile a draft, with the number and days under which it is adopted; refused with every fault and its place.

    The number of the version is set by the adoption: it is the next one of the line then.
    """
    files = {name: value for name, value in draft.files.items() if name != PROPOSED}
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
    files = {name: value for name, value in draft.files.items() if name != PROPOSED}
    head = dict(_mapping(files[HEAD]))
    instrument = dict(_mapping(head["instrument"])) | {"number": None, "date": None}
    return charters.compile_sources({**files, HEAD: head | {"instrument": instrument, "in_force": {"from": None}}})


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
        advice=charters.advise(made, held),
        comparison=comparison,
        tasks=touched_tasks(group, comparison),
    )


def touched_tasks(group: GroupInfo, comparison: charters.Comparison) -> tuple[TaskInfo, ...]:
    """Return the open tasks that rest on a norm which changes or goes."""
    touched = {change.a.key for change in comparison.norms if change.a is not None}
    return tuple(one for one in work.tasks_of_group(group.id) if one.is_open and one.basis.norm in touched)


def try_out(made: Charter, group: GroupInfo, role: str, action: str, facts: Mapping[str, Fact]) -> charters.Decision:
    """Answer a question under a draft as if it were in force today."""
    today = clock.today(group)
    entered: dict[str, Fact] = {
        "charter.number": "thử",
        "charter.adopted_on": date(today.year - 1, 1, 1).isoformat(),
        "charter.confirmed_by_two": True,
    }
    name, _, agency = role.partition(":")
    asked = Question(role=name, agency=agency or None, action=action, on=today, facts={**entered, **facts})
    charters.check_words(made, asked)
    return charters.decide(replace(made, in_force_from=date(today.year - 1, 1, 1), in_force_to=None), asked)


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


def drop(account: str, group: GroupInfo, draft: DraftInfo) -> DraftInfo:
    """Set a draft aside."""
    obj = bind("charter_draft", adoption.draft_ref(group.slug, str(draft.id)), draft=draft.id, dropped=True)
    by = permit(Act(account=account, group=group, action="charter.draft", obj=obj))
    return adoption.drop_draft(by, draft.id)


def archive(draft: DraftInfo) -> bytes:
    """Return a draft as the files of a package, in a .zip that `dean06 charter check` takes once unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(set(draft.files) - {PROPOSED}):
            made.writestr(zipfile.ZipInfo(name, ARCHIVE_DAY), charters.to_yaml(draft.files[name]))
    return out.getvalue()
