"""The submission of an amendment as a paper: what changes clause by clause, whom it touches, what is asked of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, Provision
from dean06.papers.types import (
    AnnexNote,
    BulletList,
    Column,
    Issuer,
    Paper,
    Paragraph,
    Run,
    Section,
    Signature,
    Table,
)

KIND = "TTR"
DOCUMENT = "submission"  # the word of the vocabulary for this kind of paper
PREFIX = "TTr-"
ANNEX_FILE = "du-thao-quy-che.pdf"
AMENDING = ("charter.amend_decide", "charter.amend_consider")
SUBMITTING = "charter.submit"
MEMBER = "member"
MOST_EFFECTS = 60
GROUNDS, CLOSING = "can_cu", "doan_ket"
# What the amending text does to a clause, as amending texts say it.
INSTRUCTIONS = {"changed": "Sửa đổi", "only_b": "Bổ sung", "only_a": "Bãi bỏ", "moved": "Chuyển vị trí"}
NOTHING = "(không có)"
HEADS = {
    "title": "Tên quy chế",
    "body": "Thể thức văn bản của tổ",
    "seals": "Con dấu",
    "roles": "Vai",
    "agencies": "Cơ quan",
    "distribution": "Nơi nhận",
}

# Paragraphs of a part by their numbers; a paragraph keeps its number whether or not those before it stand.
Texts = Mapping[int, str]

__all__ = ["ANNEX_FILE", "DOCUMENT", "Part", "Proposal", "Said", "document", "parts", "recipients", "symbol"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is put before the authority: the text in force with number and day, the draft, and why.

    `whole` is a draft that takes the place of the text, not one begun from it; `replaces` an earlier submission.
    """

    comparison: charters.Comparison
    clause: str
    reason: str
    number: str
    adopted_on: date | None
    in_force_from: date
    tasks: int
    whole: bool
    replaces: str = ""

    @property
    def text(self) -> Charter:
        """The text in force."""
        return self.comparison.a

    @property
    def changes_nothing(self) -> bool:
        """Say whether the draft is the text in force."""
        return self.comparison.same


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph by its key, and whether it is the clerk's own."""

    key: str
    text: str
    edited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the paper: its paragraphs, then what is laid out from the comparison."""

    key: str
    title: str
    said: tuple[Said, ...]
    blocks: tuple[BulletList | Table, ...] = ()


def parts(proposal: Proposal, words: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the paper part by part, the clerk's words in the place of what follows from the facts."""
    matter = f"sửa đổi, bổ sung {proposal.text.title}"
    authority = _authority(proposal.text)
    asked = f"Kính trình {authority} xem xét, ban hành văn bản {matter} theo dự thảo kèm theo."
    closing = f"Trên đây là Tờ trình về việc {matter}, kính trình {authority} xem xét, quyết định."
    made: tuple[tuple[str, str, Texts, tuple[BulletList | Table, ...]], ...] = (
        (GROUNDS, "Căn cứ", _grounds(proposal), ()),
        ("can_thiet", "Sự cần thiết", _need(proposal), ()),
        ("noi_dung", "Nội dung sửa đổi, bổ sung", _told_changes(proposal), _changes(proposal)),
        ("tac_dong", "Tác động", _told_effects(proposal), _effects(proposal)),
        ("hieu_luc", "Hiệu lực thi hành", {1: _day_proposed(proposal)}, ()),
        ("de_nghi", "Đề nghị", {1: asked}, ()),
        (CLOSING, "Đoạn kết", {1: closing}, ()),
    )
    return tuple(
        Part(key=key, title=title, said=tuple(_said(key, texts, words)), blocks=blocks)
        for key, title, texts, blocks in made
    )


def _said(part: str, texts: Texts, words: Mapping[str, str]) -> Iterator[Said]:
    for number, text in texts.items():
        key = f"{part}.{number}"
        yield Said(key, words.get(key, text), key in words)
    own = [key for key in words if re.fullmatch(rf"{part}\.them[0-9]+", key)]
    yield from (Said(key, words[key], edited=True) for key in sorted(own, key=lambda one: (len(one), one)))


def _authority(text: Charter) -> str:
    return charters.party_name(text, text.instrument.issuer)


def _issued(proposal: Proposal) -> str:
    """Name the instrument under which the text in force was issued."""
    day = f" ngày {proposal.adopted_on:%d/%m/%Y}" if proposal.adopted_on else ""
    number = f" số {proposal.number}" if proposal.number else ""
    return f"ban hành kèm theo Quyết định{number}{day} của {_authority(proposal.text)}"


def _grounds(proposal: Proposal) -> Texts:
    text = proposal.text
    cited = dict.fromkeys(norm.cite for action in AMENDING for norm in text.norms if norm.action == action)
    clauses = ", ".join(charters.clause_in_text(one) for one in cited)
    return {1: f"Căn cứ {f'{clauses} ' if clauses else ''}{text.title} {_issued(proposal)}"}


def _need(proposal: Proposal) -> Texts:
    at = f" tại {charters.clause_in_text(Citation.parse(proposal.clause))}" if proposal.clause else ""
    made = {1: f"Trong quá trình thực hiện {proposal.text.title}, phát sinh nội dung cần sửa đổi, bổ sung{at}."}
    if proposal.reason:
        made[2] = f"Lý do: {proposal.reason.rstrip('. ')}."
    if proposal.replaces:
        made[3] = f"Tờ trình này thay thế {proposal.replaces}, do dự thảo đã được sửa sau khi trình."
    return made


def _told_changes(proposal: Proposal) -> Texts:
    if proposal.whole:
        return {1: "Dự thảo thay thế toàn bộ quy chế hiện hành; toàn văn kèm theo Tờ trình này."}
    kinds = [change.kind for change in proposal.comparison.text]
    counted = [f"{name.lower()} {kinds.count(kind)}" for kind, name in INSTRUCTIONS.items() if kind in kinds]
    if counted:
        made = {
            1: f"Về điều khoản: {', '.join(counted)}; toàn văn dự thảo kèm theo Tờ trình này.",
            2: "Cột quy định hiện hành ghi theo bản tóm lược của tổ; nguyên văn là văn bản đã ban hành.",
        }
    else:
        made = {1: "Lời văn của điều khoản không đổi; toàn văn dự thảo kèm theo Tờ trình này."}
    if any(_head_lines(proposal.comparison)):
        made[3] = "Tên gọi, vai, cơ quan, con dấu, nơi nhận đổi như danh sách cuối mục này."
    return made


def _changes(proposal: Proposal) -> tuple[BulletList | Table, ...]:
    if proposal.whole:
        return ()
    found = proposal.comparison
    rows = tuple(
        tuple(
            (Run(cell),) for cell in (_place(change), INSTRUCTIONS[change.kind], _worded(change.a), _worded(change.b))
        )
        for change in found.text
    )
    made: list[BulletList | Table] = []
    if rows:
        columns = (
            Column("Điều khoản", 1.0),
            Column("Cách sửa", 0.9),
            Column("Quy định hiện hành", 2.4),
            Column("Dự thảo", 2.4),
        )
        made.append(Table("Điều khoản sửa đổi, bổ sung", columns, rows))
    heads = tuple(_head_lines(found))
    return (*made, _listed(heads)) if heads else tuple(made)


def _listed(lines: Sequence[str]) -> BulletList:
    """Return lines as a list, each ended as a list is on paper."""
    last = len(lines)
    ended = (f"{line}{'.' if place == last else ';'}" for place, line in enumerate(lines, start=1))
    return BulletList(tuple((Run(line),) for line in ended))


def _place(change: charters.TextChange) -> str:
    cites = [node.cite for node in (change.a, change.b) if node is not None and node.cite is not None]
    told = " thành ".join(dict.fromkeys(charters.clause_in_text(cite) for cite in cites))
    held = re.sub(r"(?<=điều|hoản|điểm) ", "\xa0", told, flags=re.IGNORECASE)  # a label stays with its number
    return f"{held[:1].upper()}{held[1:]}"


def _worded(node: Provision | None) -> str:
    if node is None:
        return NOTHING
    return " ".join(". ".join(part for part in (node.heading, node.summary.vi) if part).split()) or NOTHING


def _head_lines(found: charters.Comparison) -> Iterator[str]:
    """Tell what changes of roles, agencies, seals and recipients, each with its old and new value."""
    for change in found.head:
        top, *rest = change.path.split(".")
        if top not in HEADS:
            continue
        named = _owner(found, top, rest)
        yield f"{' '.join(part for part in (HEADS[top], named) if part)}: {_turned(_value(change.a), _value(change.b))}"


def _turned(old: str, new: str) -> str:
    if not old or not new:
        return f"bỏ «{old}»" if old else f"bổ sung «{new}»"
    return f"thay «{old}» bằng «{new}»"


def _owner(found: charters.Comparison, top: str, rest: list[str]) -> str:
    """Name whose value it is: a role, an agency, or the act whose papers are sent."""
    if not rest:
        return ""
    side = found.a if rest[0] in found.a.roles or rest[0] in found.a.agencies else found.b
    match top:
        case "roles":
            return charters.role_name(side, rest[0])
        case "agencies" | "seals":
            return charters.agency_name(side, rest[0])
        case "distribution":
            return f"({charters.action_name('.'.join(rest))})"
        case _:
            return ""


def _value(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case Mapping():
            return _value(
                value.get("title") or value.get("name") or "; ".join(str(one) for one in value.values() if one)
            )
        case list() | tuple():
            return ", ".join(str(one) for one in value)
        case _:
            return " ".join(str(value).split())


def _told_effects(proposal: Proposal) -> Texts:
    known = bool(proposal.comparison.effects)
    made = {1: "Quyền, nghĩa vụ thay đổi như sau:" if known else "Không ai thêm hay mất quyền, nghĩa vụ."}
    if proposal.tasks:
        made[2] = f"{proposal.tasks} nhiệm vụ đang thực hiện dẫn quy định được sửa; tổ rà lại khi văn bản có hiệu lực."
    return made


def _effects(proposal: Proposal) -> tuple[BulletList | Table, ...]:
    found = proposal.comparison
    lines = [
        charters.effect_text(found.a, found.b, one) for _, effects in charters.effects_by_kind(found) for one in effects
    ]
    lines += [one.vi.rstrip(".") for one in charters.absent_roles(found)]
    rest = len(lines) - MOST_EFFECTS
    if rest > 0:
        lines = [*lines[:MOST_EFFECTS], f"và {rest} thay đổi nữa, xem dự thảo kèm theo"]
    return (_listed(lines),) if lines else ()


def _day_proposed(proposal: Proposal) -> str:
    day = proposal.in_force_from
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return (
        f"Đề nghị văn bản sửa đổi, bổ sung có hiệu lực từ ngày {day.day:02d} tháng {month} năm {day.year}. "
        "Việc làm trước ngày ấy xét theo quy định cũ."
    )


def symbol(text: Charter) -> str:
    """Return the symbol of the group's submissions: its own series, else its general symbol under this kind."""
    symbols = text.body.symbols
    named = symbols.get(DOCUMENT) or symbols.get("other", "")
    return named if named.startswith(PREFIX) else f"{PREFIX}{named}"


def recipients(text: Charter) -> tuple[str, ...]:
    """Return who gets the submission besides the authority it is put before.

    The charter's own distribution of submissions where it has one; else who the clause on amending names, and the
    members, whose text it is.
    """
    listed = text.distribution.get(SUBMITTING)
    if listed:
        return listed
    issuer = text.instrument.issuer
    named = [party for norm in text.norms if norm.action in AMENDING for party in norm.recipients]
    others = [charters.party_name(text, party) for party in dict.fromkeys(named) if party not in (issuer, MEMBER)]
    member = charters.role_name(text, MEMBER)
    return (*others, f"Các {member[:1].lower()}{member[1:]} {text.body.short_name}")


def document(
    proposal: Proposal,
    words: Mapping[str, str],
    signature: Signature,
    annex_sha256: str,
    *,
    kept_by: tuple[str, ...] = ("VT",),
) -> Paper:
    """Return the draft paper: addressee, series and place from the charter, its annex the whole text proposed."""
    text = proposal.text
    made = parts(proposal, words)
    said = {part.key: tuple(one for one in part.said if one.text.strip()) for part in made}
    closing = " ".join(one.text for one in said[CLOSING])
    return Paper(
        kind=KIND,
        issuer=Issuer(parent=(text.body.parent,) if text.body.parent else (), body=text.body.name_lines),
        symbol=symbol(text),
        place=text.body.place,
        abstract=f"Về việc sửa đổi, bổ sung {text.title}",
        addressees=(_authority(text),),
        grounds=tuple(one.text for one in said[GROUNDS]),
        body=tuple(
            Section(
                part.key, part.title, (*(Paragraph((Run(one.text),), one.key) for one in said[part.key]), *part.blocks)
            )
            for part in made
            if part.key not in (GROUNDS, CLOSING) and (said[part.key] or part.blocks)
        ),
        closing=Paragraph((Run(closing),)) if closing else None,
        signature=signature,
        recipients=recipients(text),
        kept_by=kept_by,
        annexes=(
            AnnexNote(
                title="Dự thảo toàn văn quy chế sau khi sửa đổi, bổ sung", file_name=ANNEX_FILE, sha256=annex_sha256
            ),
        ),
        draft=True,
    )
