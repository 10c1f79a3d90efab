"""A meeting, its agenda and papers, as other rooms know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dean06.charter.types import ObjectRef
from dean06.ledger.types import digest_of


class Kind(StrEnum):
    """Kinds of meeting, by the words of the vocabulary; a working session is no meeting of the group."""

    REGULAR = "regular"
    SIX_MONTH = "six_month_review"
    YEAR_END = "year_end_summary"
    AD_HOC = "ad_hoc"
    SESSION = "working_session"


class State(StrEnum):
    """Where a meeting stands."""

    DRAFT = "draft"
    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ItemKind(StrEnum):
    """What an item of the agenda is for: to decide, to review results, to settle what came up."""

    DECIDE = "decide"
    REVIEW = "review"
    ISSUE = "issue"


class ItemState(StrEnum):
    """Where an item of the agenda stands."""

    WAITING = "waiting"
    CURRENT = "current"
    DONE = "done"
    DEFERRED = "deferred"


MEETINGS_OF_GROUP = (Kind.REGULAR, Kind.SIX_MONTH, Kind.YEAR_END, Kind.AD_HOC)
RUNNING = (State.CONVENED, State.OPEN)


def obj(ref: str, act: str, **told: object) -> ObjectRef:
    """Name a meeting or round as the object of one act: the digest binds what the act says."""
    return ObjectRef(kind="meeting", id=ref, digest=digest_of(act=act, **{k: str(v) for k, v in told.items()}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The clauses under which something was done, and the charter they stand in; dotted addresses, as printed."""

    clauses: tuple[str, ...] = ()
    charter_hash: str = ""
    local_rule: str = ""
    house: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A number kept for a meeting or round about to be made, and the id under which permits and the ledger name it."""

    group_id: int
    year: int
    number: int
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """What is entered when a meeting is prepared.

    Attributes:
        series: name of the series it belongs to; empty where it stands alone.
        chair_seat, secretary_seat: seats of the group.
        previous: the meeting whose unfinished items are offered to this one.
    """

    kind: Kind
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    chair_seat: int
    secretary_seat: int | None = None
    series: str = ""
    previous: int | None = None
    about: str = ""

    def told(self) -> dict[str, object]:
        """Return what the permit is bound to."""
        return {
            "kind": self.kind.value,
            "title": self.title,
            "starts": self.starts_at.isoformat(),
            "ends": self.ends_at.isoformat(),
            "place": self.place,
            "chair": self.chair_seat,
            "secretary": self.secretary_seat,
            "series": self.series,
            "previous": self.previous,
            "about": self.about,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item of an agenda, as entered."""

    title: str
    kind: ItemKind = ItemKind.DECIDE
    minutes: int = 15
    agency: str = ""
    carried_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody to be invited: the holder of a seat, or a guest without a vote."""

    name: str
    post: str = ""
    role: str = ""
    agency: str = ""
    seat_id: int | None = None
    account: str = ""
    organisation: str = ""
    votes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was kept under its checksum."""

    sha256: str
    suffix: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOf:
    """A paper that hangs on a meeting or round: a draft of the papers room, or an uploaded file."""

    id: int
    item_id: int | None
    paper_id: int | None
    sha256: str
    suffix: str
    name: str
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInfo:
    """An item of an agenda, as screens know it."""

    id: int
    order: int
    title: str
    kind: ItemKind
    minutes: int
    agency: str
    state: ItemState
    carried_from: int | None
    started_at: datetime | None
    ended_at: datetime | None
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingInfo:
    """A meeting, as screens, papers and flows know it."""

    id: int
    ref: str
    group_id: int
    year: int
    number: int
    kind: Kind
    title: str
    about: str
    series: str
    previous: int | None
    place: str
    starts_at: datetime
    ends_at: datetime
    state: State
    chair_seat: int
    chair_name: str
    chair_post: str
    chair_role: str
    chair_account: str
    secretary_seat: int | None
    secretary_name: str
    secretary_post: str
    secretary_account: str
    convened_at: datetime | None
    convened_role: str
    convened: Cited
    presiding: Cited
    agenda_approved_at: datetime | None
    agenda: Cited
    content_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str
    sequence: int
    changed_at: datetime

    @property
    def label(self) -> str:
        """Return `03/2026`, as offices number their meetings."""
        return f"{self.number:02d}/{self.year}"

    @property
    def is_of_group(self) -> bool:
        """Say whether it counts as a meeting of the group."""
        return self.kind in MEETINGS_OF_GROUP

    def run_by(self, account: str) -> bool:
        """Say whether somebody presides over it or keeps its minutes."""
        return bool(account) and account in (self.chair_account, self.secretary_account)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventInfo:
    """One thing that happened to a meeting or round; `note` is a code or a title of the meeting's own."""

    at: datetime
    kind: str
    actor: str
    role: str
    agency: str
    note: str
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list of meetings is narrowed to."""

    states: frozenset[State] = frozenset()
    kind: Kind | None = None
    year: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, and how many there are in all."""

    items: tuple[MeetingInfo, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedInfo:
    """The address of a calendar: of the whole group, or of one person's meetings in it."""

    id: int
    group_id: int
    account: str
    of_group: bool
    created_at: datetime
    revoked_at: datetime | None
