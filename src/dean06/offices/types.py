"""What crosses the threshold of the offices room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dean06.charter.types import Ending
from dean06.ledger.types import digest_of

# How a seat is given, as its charter has it: an agency names somebody, or whoever holds a post sits there by it.
BY_NOMINATION, BY_POST = "nominee", "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInfo:
    """A group as other rooms know it."""

    id: int
    slug: str
    name: str
    short_name: str
    level: str
    unit_code: str
    unit_on: date
    charter_line: str
    own_day: date | None
    is_demo: bool
    parent_id: int | None
    ending: Ending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """A seat somebody holds on a day: the hat under which an act is done.

    With `reading` it is a seat of a successor, which reads the pages of an ended group; nothing is done in it.
    """

    seat_id: int
    group_id: int
    role: str
    agency: str | None
    title: str
    post: str
    holder: str
    account: str | None
    since: date
    reading: bool = False

    @property
    def hat(self) -> str:
        """Return the title in the group with the post in the agency, where there is one."""
        return f"{self.title}, {self.post}" if self.post else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Whether the leader is away at an instant, and what the leader's delegations cover then.

    Attributes:
        absent: whether the leader is recorded as away.
        scopes: by seat, the actions of each delegation given to it; an empty one covers every act.
    """

    absent: bool
    scopes: Mapping[int, tuple[frozenset[str], ...]]

    def facts(self, seat_id: int, action: str) -> dict[str, bool]:
        """State the named facts about absence and delegation that bear on a seat's act."""
        covered = any(not scope or action in scope for scope in self.scopes.get(seat_id, ()))
        return {"leader.absent_on_date": self.absent, "delegation.covers_date_and_scope": covered}


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who reads, and what their seats let them see. Faces that read take one and filter by it.

    Attributes:
        account: public id of the account.
        capacities: the seats held today, in every group; those of an ended group as on its last day, and for it also
            the seats held in its successors, which read it.
        children: groups whose reports and scorecards (never rows) a parent group's seat may see.
    """

    account: str
    capacities: tuple[Capacity, ...]
    children: frozenset[int] = frozenset()

    @property
    def groups(self) -> frozenset[int]:
        """Groups in which the reader sits."""
        return frozenset(capacity.group_id for capacity in self.capacities)

    def sits_in(self, group_id: int) -> bool:
        """Say whether the reader holds a seat in a group."""
        return group_id in self.groups

    def sees_summaries_of(self, group_id: int) -> bool:
        """Say whether the reader may see a group's reports and scorecards."""
        return group_id in self.groups or group_id in self.children

    def agencies_in(self, group_id: int) -> frozenset[str]:
        """Return the agencies for which the reader sits in a group."""
        return frozenset(c.agency for c in self.capacities if c.group_id == group_id and c.agency)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGroup:
    """What is entered when a group is set up."""

    slug: str
    name: str
    short_name: str
    level: str
    unit_code: str
    unit_on: date
    charter_line: str
    own_day: date | None = None
    is_demo: bool = False
    parent_id: int | None = None
    predecessors: tuple[str, ...] = ()

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what makes the group, to which its permit is bound."""
        return digest_of(
            slug=self.slug,
            name=self.name,
            unit=self.unit_code,
            unit_on=self.unit_on,
            charter=self.charter_line,
            parent=self.parent_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeat:
    """What is entered when a seat is opened: its role and agency in the charter, and how its holder is titled."""

    role: str
    agency: str | None
    title: str
    post: str = ""
    order: int = 0
    kind: str = ""
    mark: str = ""

    def ref(self, slug: str) -> str:
        """Return the id under which permits and the ledger name the seat."""
        place = f"{slug}:{self.role}:{self.agency or '-'}"
        return f"{place}:{self.mark}" if self.mark else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The paper that something rests on: its number and its date."""

    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatInfo:
    """A seat of a group with who holds it now; `kind` is `nominee`, `post`, or empty where nothing says."""

    id: int
    role: str
    agency: str | None
    title: str
    post: str
    kind: str
    mark: str
    holder: str
    account: str | None
    since: date | None
    until: date | None
    instrument: str
    instrument_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentInfo:
    """Somebody's time in a seat, with the papers on which it began and ended."""

    id: int
    seat_id: int
    holder: str
    account: str | None
    since: date
    until: date | None
    instrument: str
    instrument_on: date | None
    ended_by: str
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceInfo:
    """A recorded absence: whose, from when until when, why; `planned_until` where it ended before its time."""

    id: int
    seat_id: int
    role: str
    title: str
    holder: str
    since: datetime
    until: datetime
    ground: str
    planned_until: datetime | None
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInfo:
    """A post in an agency."""

    id: int
    title: str
    is_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name that an agency bore until a day, and the paper that gave it the next one."""

    name: str
    until: date
    instrument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyInfo:
    """An agency that serves a group under a code, with its posts, former names and heirs."""

    id: int
    code: str
    name: str
    short_name: str
    posts: tuple[PostInfo, ...] = ()
    former: tuple[FormerName, ...] = ()
    ended_on: date | None = None
    ended_by: str = ""
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    groups: tuple[tuple[int, str], ...] = ()
    """Number of every group it serves, and its code there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeal:
    """What is entered in the register of seals."""

    agency: str
    name: str
    custodian: str
    since: date
    specimen: str = ""
    suffix: str = ""

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is entered, to which its permit is bound."""
        return digest_of(agency=self.agency, name=self.name, since=self.since, specimen=self.specimen)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealInfo:
    """A line of the register of seals."""

    id: int
    agency: str
    name: str
    custodian: str
    specimen: str
    suffix: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementInfo:
    """That somebody in a seat has read a version of the charter."""

    appointment_id: int
    charter_hash: str
    read_on: date
    at: datetime
    on_paper: bool
    scan: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelegation:
    """What is entered when a seat delegates to another; without actions it covers every act of the giver."""

    from_seat: int
    to_seat: int
    since: datetime
    until: datetime
    ground: str
    actions: tuple[str, ...] = ()
    instrument: Instrument | None = None

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is delegated, to which its permit is bound."""
        return digest_of(
            from_seat=self.from_seat,
            to_seat=self.to_seat,
            since=self.since.isoformat(),
            until=self.until.isoformat(),
            actions=",".join(self.actions),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationInfo:
    """A delegation between two seats, in writing, for a time."""

    id: int
    from_role: str
    to_role: str
    ground: str
    since: datetime
    until: datetime
    revoked_at: datetime | None
    from_seat: int = 0
    to_seat: int = 0
    actions: tuple[str, ...] = ()
    instrument: str = ""
    instrument_on: date | None = None
    paper_id: int | None = None
    revoke_reason: str = ""

    def in_force_at(self, instant: datetime) -> bool:
        """Say whether it stands at an instant."""
        ended = self.until if self.revoked_at is None else min(self.until, self.revoked_at)
        return self.since <= instant < ended

    @property
    def ends(self) -> datetime:
        """Return when it ends, or ended."""
        return self.until if self.revoked_at is None else min(self.until, self.revoked_at)
