"""What crosses the threshold of the offices room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dean06.charter.types import Ending
from dean06.ledger.types import digest_of


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

    def ref(self, slug: str) -> str:
        """Return the id under which permits and the ledger name the seat."""
        return f"{slug}:{self.role}:{self.agency or '-'}"


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
