"""Tables, their pages, filters with counts, the bar of a run, and the articles × months table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dean06.web.language import words
from dean06.web.parts.page import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; `kind` is empty, `num`, `mid` or `text` (sentences); `sorted_by` an `aria-sort` value."""

    label: str
    kind: str = ""
    sort_href: str = ""
    sorted_by: str = ""
    nowrap: bool = False
    pin: bool = False
    starts_group: bool = False

    @property
    def css(self) -> str:
        """Its classes."""
        flags = (
            (self.kind, self.kind),
            ("nowrap", self.nowrap),
            ("pin", self.pin),
            ("first-of-group", self.starts_group),
        )
        return " ".join(name for name, given in flags if given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading over several columns; with no label its columns stand alone, as high as both lines."""

    label: str
    span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One cell of a table's head: a column, or a group over several."""

    column: Column | None = None
    group: Group | None = None
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; the first cell is its heading when `heading` says so. An open row shows `detail` under it."""

    cells: tuple[str, ...]
    id: str = ""
    open: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Which rows are shown, and the other pages."""

    template: ClassVar[str] = "dean06/parts/pager.html"
    text: str
    page: int
    pages: int
    query: str = ""
    name: str = "trang"

    @property
    def steps(self) -> tuple[int | None, ...]:
        """Page numbers to show: first, last, the present one and its neighbours; None stands for a gap."""
        near = sorted({1, self.pages, *range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1)})
        shown: list[int | None] = []
        for step in near:
            last = shown[-1] if shown else None
            if last is not None and step == last + 2:
                shown.append(last + 1)
            elif last is not None and step > last + 2:
                shown.append(None)
            shown.append(step)
        return tuple(shown)

    @property
    def before(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after."""
        return self.page + 1

    @property
    def prefix(self) -> str:
        """What stands before a page's number in its address."""
        return f"?{self.query}&{self.name}=" if self.query else f"?{self.name}="


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in a region of its own, which scrolls sideways by itself; from 12 columns it becomes a wide one."""

    template: ClassVar[str] = "dean06/parts/table.html"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str = ""
    show_caption: bool = False
    heading: int | None = 0
    groups: tuple[Group, ...] = ()
    total: Row | None = None
    pager: Pager | None = None
    keys: bool = False

    @property
    def wide(self) -> bool:
        """Whether it is drawn as a wide table."""
        return len(self.columns) >= 12

    @property
    def heads(self) -> tuple[tuple[Head, ...], ...]:
        """The head's one or two lines."""
        if not self.groups:
            return (tuple(Head(column=column) for column in self.columns),)
        above: list[Head] = []
        below: list[Head] = []
        left = iter(self.columns)
        for group in self.groups:
            under = [next(left) for _ in range(group.span)]
            if group.label:
                above.append(Head(group=group))
                below.extend(Head(column=column) for column in under)
            else:
                above.extend(Head(column=column, rows=2) for column in under)
        return (tuple(above), tuple(below))

    @property
    def lines(self) -> tuple[tuple[Row, tuple[tuple[str, Column, bool], ...]], ...]:
        """Rows with each cell beside its column, and whether it is the row's heading."""
        return tuple((row, self._cells(row)) for row in self.rows)

    @property
    def total_cells(self) -> tuple[tuple[str, Column, bool], ...]:
        """The cells of the last line."""
        return self._cells(self.total) if self.total else ()

    def _cells(self, row: Row) -> tuple[tuple[str, Column, bool], ...]:
        pairs = zip(row.cells, self.columns, strict=True)
        return tuple((cell, column, place == self.heading) for place, (cell, column) in enumerate(pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One field of a row: in the file, in the register, and how they compare (safe HTML of `dean06.web.marks`)."""

    label: str
    mine: str
    theirs: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """A row's fields side by side; the heads name the file's row and the register's day."""

    template: ClassVar[str] = "dean06/parts/compare.html"
    caption: str
    mine_head: str
    theirs_head: str
    fields: tuple[Compared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A filter as a count: safe HTML (a verdict) or words, and how many rows it keeps."""

    label: str
    count: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Filters of a list."""

    template: ClassVar[str] = "dean06/parts/facets.html"
    label: str
    items: tuple[Facet, ...]


# Columns that a narrow page shows beside the pinned one, and that lie before the present month where it opens.
SEEN_AT_ONCE, BEFORE_NOW = 3, 5

HEAT = {  # state: sign, word
    "met": ("ok", "đúng hạn", "on time"),
    "late": ("bang", "trễ hạn", "late"),
    "missed": ("no", "không thực hiện", "not done"),
    "excused": ("none", "được miễn", "excused"),
    "pending": ("dots", "chưa đến hạn", "not due yet"),
    "unrecorded": ("pen", "chưa ghi được trên hệ thống, không tính", "cannot be recorded yet, not counted"),
    "local": ("law", "theo quy ước của tổ", "under a local rule"),
    "na": ("", "không phát sinh", "did not arise"),
    "nt": ("", "không đo được", "cannot be measured"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatPart:
    """How often a duty stands in one state in one month."""

    state: str
    count: int

    @property
    def sign(self) -> str:
        """The sign of the state; empty where a dash stands."""
        return HEAT[self.state][0]

    @property
    def word(self) -> str:
        """The state in words."""
        return words(*HEAT[self.state][1:])

    @property
    def short(self) -> str:
        """What stands under the sign of a cell of one state: a number only where it tells something."""
        match self.state:
            case "late":
                return words(f"{self.count} trễ", f"{self.count} late")
            case "missed":
                return words(f"{self.count} thiếu", f"{self.count} none")
            case "excused":
                return words(f"{self.count} miễn", f"{self.count} exc.")
            case "pending":
                return words("chờ", "due")
            case "unrecorded":
                return words("chưa ghi", "no record")
            case _:
                return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One duty in one month: how often it stands in each state, the worst first, and how many parties bear it."""

    parts: tuple[HeatPart, ...] = ()
    parties: int = 0
    href: str = ""
    picked: bool = False

    @property
    def state(self) -> str:
        """The worst state, which gives the cell its colour."""
        return self.parts[0].state if self.parts else "na"

    @property
    def word(self) -> str:
        """The worst state in words."""
        return words(*HEAT[self.state][1:])

    @property
    def times(self) -> int:
        """How often the duty arose; a party may owe it several times."""
        return sum(part.count for part in self.parts)

    @property
    def spoken(self) -> str:
        """The cell for a reader who hears it."""
        if self.times < 2:
            return self.word
        who = (
            words(f"{self.times} bên", f"{self.times} parties")
            if self.times == self.parties
            else words(f"{self.times} lượt của {self.parties} bên", f"{self.times} times by {self.parties} parties")
        )
        return f"{who}: {', '.join(f'{part.count} {part.word}' for part in self.parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One duty: its clause chip, what it is, who bears it, a cell a month."""

    clause: str
    title: str
    note: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatArticle:
    """The duties of one article."""

    title: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """Articles × months; `now` is the index of the present month among the heads."""

    template: ClassVar[str] = "dean06/parts/heat.html"
    label: str
    first_head: str
    heads: tuple[str, ...]
    articles: tuple[HeatArticle, ...]
    now: int | None = None
    note: Link | None = None

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.heads) + 1

    @property
    def first(self) -> int | None:
        """The column at which a narrow page opens, so that the present month stands beside the pinned one."""
        return max(self.now - BEFORE_NOW, 0) if self.now is not None and self.now >= SEEN_AT_ONCE else None

    @property
    def legend(self) -> tuple[tuple[str, str, str], ...]:
        """States with their signs and words."""
        return tuple((state, sign, words(vi, en)) for state, (sign, vi, en) in HEAT.items())
