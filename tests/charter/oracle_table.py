"""A second hand: the vocabulary's `decision_rules` as a plain table over a charter's canonical JSON.

Written from the words of the rules alone. It knows nothing of how the product lays a charter out or answers from it: it
reads the plain form, goes through the steps in their order, and is as slow as a clerk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Facts = Mapping[str, Any]

ALSO_MEMBERS = ("standing_deputy", "deputy", "standing_member")
ENTRIES = ("charter.number", "charter.adopted_on", "charter.confirmed_by_two")
SIGNING = ("document.sign", "minutes.sign", "notice.sign")
ISSUING = ("programme.issue", "plan.issue", "inspection_plan.issue", "guidance.issue", "charter.promulgate")
SEALED = (*SIGNING, *ISSUING, "seal.use")
COVERED = "delegation.covers_date_and_scope"
# Which fact tells objects apart, on which actions, under which key a norm names its own, and whether it must be named.
CONNECTIONS = ("integration.lead", "integration.coordinate", "platform.operate")
MEETINGS = ("meeting.hold", "meeting.convene")
# Actions whose norms may ask for a delegation (the vocabulary's own list): there a missing delegation is told.
MAY_BE_DELEGATED = (
    *("group.lead", "group.direct", "document.sign", "programme.issue", "plan.issue", "inspection_plan.issue"),
    *("plan.approve", "meeting.convene", "meeting.preside", "agenda.direct", "invitee.decide", "task.assign"),
    *("task.carry_out", "matter.settle", "commendation.grant"),
)


@dataclass(frozen=True)
class Told:
    """The oracle's answer."""

    outcome: str
    citations: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Way:
    """One way for the asking role: its conditions, the clauses it relies on, whether a refusal tells of it."""

    row: Row
    conditions: tuple[tuple[str, ...], ...]
    cites: tuple[str, ...]
    told: bool = True


def given(facts: Facts, name: str) -> bool:
    """A fact that is not given counts as false."""
    if facts.get(name) not in (None, False, ""):
        return True
    if name == "delegation.to_standing_deputy":
        return facts.get("delegation.to_role") == "standing_deputy"
    return name == "task.assigned_by_leadership" and facts.get("task.assigned_by_leader") is True


def holds(facts: Facts, group: tuple[str, ...] | list[str]) -> bool:
    """One of several would do; a leading `!` wants the fact not given."""
    return any(given(facts, name.removeprefix("!")) != name.startswith("!") for name in group)


def lacking(facts: Facts, groups: Any) -> list[str]:
    """Each fact not met; where one of several would do, all of them."""
    return [name for group in groups if not holds(facts, group) for name in group]


class Table:
    """A charter's plain form, asked one question."""

    def __init__(self, raw: Row, role: str, agency: str | None, action: str, on: date, facts: Facts) -> None:
        self.raw, self.role, self.action, self.on, self.facts = raw, role, action, on, facts
        post = next((row for row in raw["roles"] if row["code"] == role), None)
        fixed = post["agency"] if post and not post["agency_by_reading"] else None
        self.agency = agency or fixed
        self.declared = {row["code"] for row in raw["roles"]}

    # -------------------------------------------------------------- in force
    def not_in_force(self) -> Told | None:
        instrument = self.raw["instrument"]
        first = self.raw["in_force"]["from"]
        if instrument["number"] is None or instrument["date"] is None:
            absent = [name for name in ENTRIES if not given(self.facts, name)]
            if absent:
                return Told("not_in_force", missing=frozenset(absent))
            first = str(self.facts["charter.adopted_on"])
        last = self.raw["in_force"]["to"]
        if first is None or self.on.isoformat() < first or (last is not None and self.on.isoformat() > last):
            return Told("not_in_force")
        return None

    # -------------------------------------------------------------- which norms speak
    def speaking(self) -> list[Row]:
        """Norms on this action with this object, whoever bears them."""
        named = [row for row in self.raw["norms"] if row["bearers"]]
        return [
            row
            for row in named
            if (row["action"] == self.action and self.same_object(row)) or self.action in row["extends_to"]
        ]

    def same_object(self, row: Row) -> bool:
        """A norm on another system or another kind of meeting is not a norm on this one."""
        for actions, fact, key in (
            (CONNECTIONS, "task.system", "systems"),
            (MEETINGS, "meeting.kind", "meeting_kinds"),
        ):
            if self.action in actions and row[key] and given(self.facts, fact):
                return self.facts[fact] in row[key]
        return True

    def object_missing(self, row: Row) -> list[str]:
        """A connection must be named; a kind of meeting need not be."""
        asked = self.action in CONNECTIONS and row["action"] == self.action and row["systems"]
        return ["task.system"] if asked and not given(self.facts, "task.system") else []

    def names(self, row: Row, role: str, agency: str | None) -> bool:
        """Whether a norm reaches a role; one for `member` reaches those who are also members, with their agency."""
        if role not in self.declared:
            return False  # a role that the charter does not know holds no norm at all
        for party in row["bearers"]:
            bearer, _, wanted = party.partition(":")
            same = bearer == role or (bearer == "member" and role in ALSO_MEMBERS)
            if same and wanted in ("", agency):
                return True
        return False

    # -------------------------------------------------------------- ways of a role
    def ways(self, role: str, agency: str | None, giving: list[Row], wider: str | None = None) -> list[Way]:
        own = [Way(row, row["when"], (row["cite"],)) for row in giving if self.names(row, role, agency)]
        if not self.named_somewhere(role):
            own += [Way(row, (), (wider or row["cite"],)) for row in giving if row["on_behalf_of"] == role]
        return own

    def wider_power(self) -> str | None:
        """The clause of the role's own comprehensive direction: it carries what another may do on its behalf."""
        rows = [row for row in self.raw["norms"] if row["action"] == "group.direct" and gives(row) and not row["when"]]
        return next((row["cite"] for row in rows if self.role in row["bearers"]), None)

    def named_somewhere(self, role: str) -> bool:
        """Whether a power or duty of the role's own has this action, with whatever agency and object."""
        on_action = [row for row in self.raw["norms"] if self.action in (row["action"], *row["extends_to"])]
        bearers = {party.partition(":")[0] for row in on_action if gives(row) for party in row["bearers"]}
        return role in bearers or (role in ALSO_MEMBERS and "member" in bearers)

    def delegated(self, giving: list[Row]) -> Iterator[Way]:
        """A delegation covers every action of the one who delegated, except a further delegation."""
        for grant in self.raw["norms"]:
            if grant["action"] != "delegation.grant" or grant["delegate"] != self.role:
                continue
            if self.action == "delegation.grant" or self.action in grant["extends_to"]:
                continue
            if any(self.own_for_delegate(row) for row in giving):
                continue  # a norm of its own for the delegate's act is cited instead
            for party in grant["bearers"]:
                for way in self.ways(party, None, giving):
                    told = self.action in MAY_BE_DELEGATED
                    yield Way(way.row, ((COVERED,), *way.conditions), (grant["cite"], *way.cites), told)

    def own_for_delegate(self, row: Row) -> bool:
        asks = any(COVERED in group for group in row["when"])
        return bool(row["on_behalf_of"]) and asks and self.names(row, self.role, None)

    # -------------------------------------------------------------- the steps
    def answer(self) -> Told:
        return self.not_in_force() or self.forbidden() or self.stopped() or self.opened() or self.closed()

    @property
    def mine(self) -> list[Row]:
        return [row for row in self.speaking() if self.names(row, self.role, self.agency)]

    @property
    def procedures(self) -> list[Row]:
        return [row for row in self.mine if row["type"] == "procedure"]

    @property
    def giving(self) -> list[Row]:
        return [row for row in self.speaking() if gives(row)]

    def forbidden(self) -> Told | None:
        for row in self.mine:
            if row["type"] == "prohibition" and not lacking(self.facts, row["when"]):
                return Told("forbidden", frozenset([row["cite"]]))
        return None

    def all_ways(self) -> list[Way]:
        own = self.ways(self.role, self.agency, self.giving, self.wider_power())
        return [*own, *self.delegated(self.giving)]

    def opened(self) -> Told | None:
        for way in self.all_ways():
            if not self.object_missing(way.row) and not lacking(self.facts, way.conditions):
                return self.allowed(way.cites)
        return self.allowed(()) if self.procedures and not self.giving else None

    def closed(self) -> Told:
        told = [way for way in self.all_ways() if way.told]
        if told:
            cites = {cite for way in told for cite in way.cites}
            missing = {n for w in told for n in (*self.object_missing(w.row), *lacking(self.facts, w.conditions))}
            return Told("not_allowed", frozenset(cites), frozenset(missing))
        others = self.giving or [row for row in self.speaking() if row["type"] == "procedure"]
        if others:
            return Told("not_allowed", frozenset(row["cite"] for row in others))
        return Told("not_regulated")

    def stopped(self) -> Told | None:
        broken = [row for row in self.procedures if lacking(self.facts, row["when"])]
        if broken:
            missing = frozenset(name for row in broken for name in lacking(self.facts, row["when"]))
            return Told("not_allowed", frozenset(row["cite"] for row in broken), missing)
        for row in self.raw["norms"]:
            if self.action not in row["blocks"] or not self.names(row, self.role, self.agency):
                continue
            remedy = row["fulfilled_by"]
            if not lacking(self.facts, row["when"]) and not (remedy and given(self.facts, remedy)):
                standing = {f"!{name}" for group in row["when"] for name in group if given(self.facts, name)}
                return Told(
                    "not_allowed", frozenset([row["cite"]]), frozenset(standing | ({remedy} if remedy else set()))
                )
        return None

    def allowed(self, cites: tuple[str, ...]) -> Told:
        relied = {*cites, *(row["cite"] for row in self.procedures)}
        clause = self.seal_clause()
        if clause is not None:
            seal = clause["seal"] if clause["seal"] != "own_agency" else self.agency
            meant = self.facts.get("seal.agency")
            if isinstance(meant, str) and seal is not None and meant != seal:
                return Told("not_allowed", frozenset([clause["cite"]]), frozenset(["!seal.agency"]))
            relied.add(clause["cite"])
        return Told("allowed", frozenset(relied))

    def seal_clause(self) -> Row | None:
        """For a document, the charter's seal clause for this role."""
        if self.action not in SEALED:
            return None
        clauses = [row for row in self.raw["norms"] if row["action"] == "seal.use" and row["seal"]]
        mine = [row for row in clauses if self.role in [party.partition(":")[0] for party in row["bearers"]]]
        return mine[-1] if mine else None


def gives(row: Row) -> bool:
    """Powers, duties and all that is neither a prohibition nor a procedure."""
    return row["type"] not in ("prohibition", "procedure")
