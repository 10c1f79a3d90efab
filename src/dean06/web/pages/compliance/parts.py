"""The compliance board as parts: duties by article and month, and the picked duty by its parties and states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, Obligation
from dean06.flows.standing import UNRECORDED
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import address, short_label
from dean06.web.parts.page import Figure, Figures, Link
from dean06.web.parts.tables import Heat, HeatArticle, HeatCell, HeatPart, HeatRow
from dean06.web.parts.work import Fact, People, Person, SummaryList
from dean06.web.reader import Reader

# The worst state of a cell gives it its colour and stands first.
ORDER = ("missed", "late", "unrecorded", "pending", "excused", "met", "not_regulated", "dormant", "not_testable")
DRAWN = {"not_regulated": "local", "dormant": "nt", "not_testable": "nt"}
SEEN = 12  # parties of a picked duty that are shown by name
BREAK = SafeString("<br>")
LISTED = "danh-sach"

__all__ = [
    "Board",
    "action_title",
    "duty_title",
    "figures",
    "heat",
    "party",
    "picked_facts",
    "picked_people",
    "picked_title",
    "state",
    "state_words",
    "states",
    "uncounted",
]


@dataclass(frozen=True, kw_only=True)
class Board:
    """What a board shows: duties by month, narrowed to one bearer and to what can be measured.

    Its parts look at the same duties again and again; what is shown and what is picked is worked out once.
    """

    reader: Reader
    months: Mapping[str, Sequence[Obligation]]
    bearer: str = ""
    whole: bool = False
    picked_norm: str = ""
    picked_month: str = ""
    picked_state: str = ""
    query: str = ""

    def address(self, place: str, **picked: str) -> str:
        """Return the address of a place of this board, as it is narrowed, with something picked."""
        told = {name: value for name, value in picked.items() if value}
        if "ben" in told:
            kept = [part for part in self.query.split("&") if part and not part.startswith("ben=")]
        else:
            kept = [self.query] if self.query else []
        return f"?{'&'.join((*kept, urlencode(told)))}#{place}"

    @property
    def picked_query(self) -> str:
        """Return what the board is narrowed to and what is picked, as an address asks for it."""
        told = {"o": self.picked_norm, "thang": self.picked_month, "kq": self.picked_state}
        return "&".join(part for part in (self.query, urlencode({k: v for k, v in told.items() if v})) if part)

    def listing(self, *, norm: str = "", month: str = "", state: str = "", bearer: str = "") -> str:
        """Return the address of the list of duties: of a norm, a month, a state, a bearer."""
        return self.address(LISTED, o=norm, thang=month, kq=state, ben=bearer)

    def shown(self, month: str) -> list[Obligation]:
        """Return the duties of a month that the board shows."""
        return self._shown[month]

    @cached_property
    def _shown(self) -> Mapping[str, list[Obligation]]:
        hidden = set() if self.whole else {"not_testable", "dormant"}
        return {
            month: [one for one in owed if one.status not in hidden and (not self.bearer or one.bearer == self.bearer)]
            for month, owed in self.months.items()
        }

    @cached_property
    def picked(self) -> list[Obligation]:
        """Return the duties of the picked cell."""
        if self.picked_month not in self.months:
            return []
        return [one for one in self.shown(self.picked_month) if one.norm == self.picked_norm]

    @cached_property
    def listed(self) -> list[tuple[str, Obligation]]:
        """Return the duties of what is picked, each with the month it stands in; nothing where nothing is picked."""
        if not (self.picked_norm or self.picked_state):
            return []
        months = (self.picked_month,) if self.picked_month in self.months else tuple(self.months)
        return [
            (month, one)
            for month in months
            for one in self.shown(month)
            if self.picked_norm in ("", one.norm) and self.picked_state in ("", one.status)
        ]


def party(reader: Reader, code: str) -> str:
    """Return a party in words: an agency that sits in the group by its name there, every other as the charter says."""
    role, _, agency = code.partition(":")
    if role in ("member", "agency") and agency in reader.agencies:
        return reader.agency(agency)
    return charters.party_name(reader.charter, code, current_language())


def action_title(action: str) -> str:
    """Return an action in words."""
    name = charters.vocabulary().actions[action].name
    return words(name.vi, name.en)


def duty_title(action: str, kind: str | None) -> str:
    """Return a duty in words; a meeting says which one."""
    meeting = charters.vocabulary().meeting_kinds.get(kind or "")
    return words(meeting, f"{action_title(action)} ({kind})") if meeting else action_title(action)


def state_words(status: str) -> str:
    """Return a duty's state in words."""
    if status == "not_regulated":
        return words("Theo quy ước của tổ", "Under a local rule")
    return words(marks.STATES[status].vi, marks.STATES[status].en)


def state(status: str) -> SafeString:
    """Show a duty's state."""
    if status == "not_regulated":
        return marks.chip("mute", state_words(status), with_sign="law")
    return marks.chip(status)


def figures(board: Board) -> Figures:
    """Count the judged duties of the year by their state; each number leads to what it counts."""
    counted = Counter(one.status for month in board.months for one in board.shown(month))
    judged = sum(counted[name] for name in ("met", "late", "missed", "excused"))
    share = f" ({writing.percent(counted['met'] / judged)})" if judged else ""
    named = (
        ("met", "ok", "ok", f"lượt đúng hạn{share}", f"on time{share}"),
        ("late", "warn", "bang", "lượt trễ hạn", "late"),
        ("missed", "bad", "no", "lượt không thực hiện", "not done"),
        ("excused", "", "none", "lượt được miễn, có căn cứ", "excused on a ground"),
    )
    return Figures(
        items=tuple(
            Figure(
                value=writing.number(counted[code]),
                label=words(vi, en),
                href=board.listing(state=code) if counted[code] else "",
                tone=tone,
                sign=sign,
            )
            for code, tone, sign, vi, en in named
        )
    )


def uncounted(board: Board) -> Link | None:
    """Return how many duties cannot be recorded yet and so stand in no figure, leading to them."""
    count = sum(one.status == UNRECORDED for month in board.months for one in board.shown(month))
    if not count:
        return None
    label = words(
        f"{count} lượt chưa ghi được trên hệ thống, không tính vào số liệu",
        f"{count} cannot be recorded yet and are not counted",
    )
    return Link(label=label, href=board.listing(state=UNRECORDED))


def heat(board: Board, now: str) -> Heat:
    """Lay the duties of a year out: a row a norm under its article, a cell a month."""
    charter, months = board.reader.charter, list(board.months)
    cells: dict[str, dict[str, list[Obligation]]] = {}
    for month in months:
        for one in board.shown(month):
            cells.setdefault(one.norm, {}).setdefault(month, []).append(one)
    order = [norm.key for norm in charter.norms] + list(charters.vocabulary().gaps)
    articles: dict[str, list[HeatRow]] = {}
    for key in sorted(cells, key=lambda one: order.index(one) if one in order else len(order)):
        by_month = cells[key]
        some = list(by_month.values())[-1][0]  # the newest wording heads the row
        articles.setdefault(_article(board.reader.text(some.text), some), []).append(_row(board, some, by_month))
    return Heat(
        label=words("Bảng điều khoản và tháng", "Clauses and months"),
        first_head=words("Nghĩa vụ", "Duty"),
        heads=tuple(words(f"T{int(month[5:])}", f"M{int(month[5:])}") for month in months),
        now=months.index(now) if now in months else None,
        articles=tuple(HeatArticle(title=title, rows=tuple(rows)) for title, rows in articles.items()),
    )


def _article(charter: Charter, one: Obligation) -> str:
    if not one.citations:
        return words("Quy ước của tổ, quy chế để trống", "Local rules where the charter is silent")
    whole = Citation(article=one.citations[0].article)
    heading = charters.provision(charter, whole).heading
    return f"{charters.clause_label(whole, current_language())}. {heading}"


def _row(board: Board, some: Obligation, by_month: Mapping[str, Sequence[Obligation]]) -> HeatRow:
    reader = board.reader
    listed = [one for found in by_month.values() for one in found]
    bearers = {one.bearer for one in listed}
    who = party(reader, some.bearer) if len(bearers) == 1 else words(f"{len(bearers)} bên", f"{len(bearers)} parties")
    times = marks.link(words(f"{len(listed)} lượt", f"{len(listed)} times"), board.listing(norm=some.norm))
    via = words(f", qua {party(reader, some.via)}", f", through {party(reader, some.via)}") if some.via else ""
    cited = some.citations[0] if some.citations else None
    chip = (
        marks.clause(short_label(cited), address(reader, cited, text=some.text))
        if cited
        else marks.clause(some.norm, kind="local")
    )
    return HeatRow(
        clause=chip,
        title=duty_title(some.action, some.object_kind),
        note=format_html("{}{}, {}", who, via, times),
        cells=tuple(_cell(board, some.norm, month, by_month.get(month, ())) for month in board.months),
    )


def _cell(board: Board, norm: str, month: str, found: Sequence[Obligation]) -> HeatCell:
    if not found:
        return HeatCell()
    counted = Counter(one.status for one in found)
    return HeatCell(
        parts=tuple(HeatPart(state=DRAWN.get(code, code), count=counted[code]) for code in ORDER if counted[code]),
        parties=len({one.bearer for one in found}),
        href=board.address("nghia-vu", o=norm, thang=month),
        picked=(norm, month) == (board.picked_norm, board.picked_month),
    )


def picked_title(board: Board, found: Sequence[Obligation]) -> str:
    """Return the picked duty's name and month."""
    named = duty_title(found[0].action, found[0].object_kind)
    return f"{named}, {words('tháng', 'month')} {writing.month(board.picked_month)}"


def picked_facts(board: Board, found: Sequence[Obligation]) -> SummaryList:
    """Say when the picked duty was due, to whom, through whom, and how it stands."""
    one, reader = found[0], board.reader
    facts = (
        Fact(term=words("Hạn", "Due"), value=_due(found)),
        Fact(term=words("Gửi", "To"), value=", ".join(party(reader, to) for to in one.recipients)),
        Fact(term=words("Qua", "Via"), value=party(reader, one.via) if one.via else ""),
        Fact(term=words("Phải làm", "Owed"), value=_times(board, found)),
        Fact(term=words("Kết quả", "Result"), value=states(board, found)),
    )
    return SummaryList(facts=tuple(fact for fact in facts if fact.value), narrow=True)


def _times(board: Board, found: Sequence[Obligation]) -> SafeString:
    parties = len({one.bearer for one in found})
    told = words(f"{len(found)} lượt của {parties} bên", f"{len(found)} times by {parties} parties")
    return marks.link(told, board.listing(norm=board.picked_norm, month=board.picked_month))


def _due(found: Sequence[Obligation]) -> str:
    bounds = sorted({one.due_before for one in found if one.due_before})
    if not bounds:
        return "–"
    first, last = writing.instant(bounds[0]), writing.instant(bounds[-1])
    if len(bounds) == 1:
        return words(f"trước {first}", f"before {first}")
    return words(f"nhiều hạn, từ {first} đến {last}", f"several, {first} to {last}")


def states(board: Board, found: Sequence[Obligation], bearer: str = "") -> SafeString:
    """Show how often duties of the picked cell stand in which state; each number leads to its rows."""
    counted = Counter(one.status for one in found)
    if bearer and len(found) == 1:
        return state(found[0].status)
    told = [
        (
            state(code),
            marks.link(
                writing.number(counted[code]),
                board.listing(norm=board.picked_norm, month=board.picked_month, state=code, bearer=bearer),
            ),
        )
        for code in ORDER
        if counted[code]
    ]
    return format_html("<span>{}</span>", format_html_join(BREAK, "{} {}", told))


def picked_people(board: Board, found: Sequence[Obligation]) -> People:
    """List the parties of the picked duty with how often each is in which state, the worst first."""
    by_party: dict[str, list[Obligation]] = {}
    for one in sorted(found, key=lambda item: ORDER.index(item.status)):
        by_party.setdefault(one.bearer, []).append(one)
    return People(
        items=tuple(
            Person(name=party(board.reader, bearer), note=_note(owed), aside=states(board, owed, bearer))
            for bearer, owed in list(by_party.items())[:SEEN]
        )
    )


def _note(owed: Sequence[Obligation]) -> str:
    done = [paper for one in owed if len(owed) == 1 for paper in one.satisfied_by if paper != one.period]
    return words(f"theo {', '.join(done)}", f"by {', '.join(done)}") if done else ""
