"""May this account do this now? Gather the facts, ask the right charter, and bind the answer to one act.

Acts that no group's charter speaks of are asked of the installation's own charter; which acts those are is read from
its norms, so a screen never chooses a charter by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.errors import Refused
from dean06.charter.types import ActorRef, Charter, Fact, LocalRule, ObjectRef, Permit, Question
from dean06.clock import service as clock
from dean06.clock.errors import RefusedByCharter
from dean06.flows import hats
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Acting, Capacity, GroupInfo

__all__ = [
    "ABSENT",
    "DELEGATED",
    "Act",
    "Answer",
    "Known",
    "ask",
    "ask_of_seat",
    "bind",
    "closed_charter",
    "grant",
    "local_rules_of",
    "permit",
    "system_permit",
]

SYSTEM, AGENCY = "system", "agency"
# The facts by which one seat acts for another.
ABSENT, DELEGATED = "leader.absent_on_date", "delegation.covers_date_and_scope"
# The facts that an act on an agency's own matter is done by that agency's seat.
OWN = ("delivery.from_own_agency", "task.is_own", "entry.of_own_agency", "estimate.of_own_agency")
# A role, the agency it is held for, and the seat; no seat for a technical office.
Hat = tuple[str, str | None, Capacity | None]
# A demonstration's day moves back over the end of its group too.
AFTER_THE_END = frozenset({"demo.move_day"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody wants to do, to what, and what is known of the case.

    `agency` is the one whose own matter it is; whether the actor acts for it is told of each seat by itself. With
    `in_its_name` it is done by an agency as such: each seat is also asked as that of its agency, and where `agency` is
    given only its own seats are. `also` are roles that the journey knows an actor to bear in this one case beside their
    seats: who presides over the meeting, or the group as a body whose act is written down.
    """

    account: str
    action: str
    obj: ObjectRef
    group: GroupInfo | None = None
    agency: str | None = None
    in_its_name: bool = False
    also: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A decision and the hat under which it was reached; `capacity` is None for a technical office or a stranger."""

    decision: charters.Decision
    role: str
    agency: str | None
    capacity: Capacity | None

    @property
    def allowed(self) -> bool:
        """Say whether the act may proceed as it is."""
        return self.decision.outcome == "allowed"


def bind(kind: str, object_id: str, **content: object) -> ObjectRef:
    """Name an object by kind, id and the SHA-256 of its content."""
    return ObjectRef(kind=kind, id=object_id, digest=digest_of(**content))


@lru_cache(maxsize=1)
def _spoken_of_the_installation() -> frozenset[str]:
    """Return the actions on which the installation's charter has a norm."""
    charter = adoption.installation_charter()
    named = {norm.action for norm in charter.norms if norm.action}
    return frozenset(named | {action for norm in charter.norms for action in norm.extends_to})


class Known:
    """What a group's acts are judged by on its day, each thing read when it is first asked for and then kept.

    A page that asks whether many seats may do something asks with one of these; an act that is done asks afresh.
    """

    def __init__(self, group: GroupInfo | None) -> None:
        self.group = group
        self.today = clock.today(group)

    @cached_property
    def closed(self) -> Charter | None:
        """The closed charter of a group that has ended; None while it is at work."""
        return closed_charter(self.group) if self.group else None

    @cached_property
    def charter(self) -> Charter:
        """The text that the group's day is judged by; the installation's own where no group asks."""
        if self.group is None:
            return adoption.installation_charter()
        return adoption.charter_of(self.group.charter_line, self.today)

    @cached_property
    def rules(self) -> Mapping[str, LocalRule]:
        """The group's local rules in force."""
        return local_rules_of(self.group) if self.group else {}

    @cached_property
    def adopted(self) -> Mapping[str, Fact]:
        """What has been entered for the group's text."""
        known = adoption.adoption_facts(self.group.charter_line, self.today) if self.group else {}
        return {name: value for name, value in known.items() if isinstance(value, str | bool)}

    @cached_property
    def seats(self) -> tuple[Capacity, ...]:
        """Who holds the seats of the group, in the charter's order."""
        return offices.holders(self.group.id, self.today) if self.group else ()

    @cached_property
    def acting(self) -> Acting:
        """Whether the leader is away, and what is delegated to whom."""
        if self.group is None:
            return Acting(absent=False, scopes={})
        return offices.acting(self.group.id, clock.now(self.group))

    def technical(self, account: str) -> tuple[str, ...]:
        """Return the technical offices of an account."""
        if account not in self._technical:
            self._technical[account] = offices.technical_roles(account, clock.today())
        return self._technical[account]

    @cached_property
    def _technical(self) -> dict[str, tuple[str, ...]]:
        return {}


def _charter_for(act: Act, known: Known) -> Charter:
    """Return the charter that answers for an act.

    Whatever is asked in the name of a group that has ended is asked of its closed charter, which binds nobody any more.
    What fills a gap of the regulations stands in the installation's charter until the group's own speaks of it.
    """
    if act.group is None:
        return adoption.installation_charter()
    if known.closed is not None and act.action not in AFTER_THE_END:
        return known.closed
    if act.action not in _spoken_of_the_installation():
        return known.charter
    if act.action in charters.vocabulary().gap_of_action and act.action in known.charter.index.tables:
        return known.charter
    return adoption.installation_charter()


def closed_charter(group: GroupInfo) -> Charter | None:
    """Return the charter of a group that has ended before its today, closed; None while the group is at work."""
    ending, today = offices.ending(group.id), clock.today(group)
    if ending is None or today <= ending.last_day:
        return None
    return adoption.charter_of(group.charter_line, today, ending)


def local_rules_of(group: GroupInfo) -> dict[str, LocalRule]:
    """Return a group's local rules in force on its day, as the charter room takes them."""
    rules = adoption.local_rules(group.id, clock.today(group))
    return {
        gap: LocalRule(gap=gap, number=rule.number, adopted_on=rule.adopted_on, value=rule.value)
        for gap, rule in rules.items()
    }


def _worn_by(act: Act, charter: Charter, known: Known) -> list[Hat]:
    """Return the hats of an account; a technical office counts before the installation's charter alone."""
    found: list[Hat] = []
    held = [seat for seat in known.seats if seat.account == act.account]
    if act.in_its_name:
        held = [seat for seat in held if seat.agency and act.agency in {None, seat.agency}]
        found += [(AGENCY, seat.agency, seat) for seat in held]
    found += [(seat.role, seat.agency, seat) for seat in held]
    found += [(role, held[0].agency, held[0]) for role in act.also if held]
    if charter.line == adoption.INSTALLATION:
        found += [(role, None, None) for role in known.technical(act.account)]
    return found


def _facts(act: Act, capacity: Capacity | None, known: Known) -> dict[str, Fact]:
    facts: dict[str, Fact] = dict(known.adopted)
    if capacity is not None:
        facts |= known.acting.facts(capacity.seat_id, act.action)
    if act.agency is not None:
        own = capacity is not None and capacity.agency == act.agency
        facts |= dict.fromkeys(OWN, own)
    return {**facts, **act.facts}


def ask(act: Act, known: Known | None = None) -> Answer:
    """Return the answer under the hat that may do it; else the refusal that tells the most.

    A page that asks much gives what it knows of the group already.
    """
    if known is None or known.group != act.group:
        known = Known(act.group)
    with clock.moment():
        charter = _charter_for(act, known)
        return _best(act, charter, known, _worn_by(act, charter, known) or [("invitee", None, None)])


def ask_of_seat(act: Act, seat: Capacity, known: Known | None = None) -> Answer:
    """Return the answer for the holder of one seat, whether or not an account goes with it."""
    if known is None or known.group != act.group:
        known = Known(act.group)
    with clock.moment():
        return _best(act, _charter_for(act, known), known, [(seat.role, seat.agency, seat)])


def _best(act: Act, charter: Charter, known: Known, worn: list[Hat]) -> Answer:
    answers = []
    for role, agency, capacity in worn:
        question = Question(
            role=role,
            agency=agency,
            action=act.action,
            on=known.today,
            facts=_facts(act, capacity, known),
            local_rules=known.rules,
        )
        decision = charters.decide(charter, question)
        answers.append(Answer(decision=decision, role=role, agency=agency, capacity=capacity))
    ranks = ("allowed", "not_regulated", "forbidden", "not_allowed", "not_in_force")
    return min(answers, key=lambda one: _order(one, ranks))


def _order(answer: Answer, ranks: tuple[str, ...]) -> tuple[int, bool, bool]:
    """Put first what may be done, then what tells the most, then the hat that the person chose."""
    decision = answer.decision
    return ranks.index(decision.outcome), not decision.missing, not hats.chosen(answer.capacity)


def permit(act: Act) -> Permit:
    """Return the permit for one act, or raise the refusal that names what is missing and who can."""
    return grant(act, ask(act))


def grant(act: Act, answer: Answer) -> Permit:
    """Return the permit that an answer gives.

    What a charter only warns of, or leaves open, is for those who sit in the group: nobody else acts without a clause.
    """
    if answer.capacity is None and not answer.allowed:
        if answer.decision.outcome != "not_regulated":
            raise Refused(answer.decision)
        raise RefusedByCharter(
            "Bạn không giữ vị trí nào trong tổ: việc mà quy chế để trống chỉ người của tổ mới làm được.",
            "You hold no seat in the group: what its charter leaves open is for its own people.",
        )
    hats.note(_worn(act, answer))
    seat = str(answer.capacity.seat_id) if answer.capacity else answer.role
    actor = ActorRef(account=act.account, role=answer.role, agency=answer.agency, seat=seat)
    return charters.permit(answer.decision, actor=actor, obj=act.obj, at=clock.now(act.group), reason=act.reason)


def _worn(act: Act, answer: Answer) -> hats.Worn:
    """Return what is told of an act after it: its hat, its clauses, and the acting power it rests on."""
    norms, facts = answer.decision.norms, answer.decision.question.facts
    asked = {name for norm in norms for group in norm.when for name in group}
    lent = DELEGATED in asked or any(norm.action == "delegation.grant" != act.action for norm in norms)
    return hats.Worn(
        action=act.action,
        role=answer.role,
        capacity=answer.capacity,
        clauses=tuple(charters.clause_label(one) for one in answer.decision.citations),
        absent=ABSENT in asked and facts.get(ABSENT) is True,
        delegated=lent and facts.get(DELEGATED) is True,
    )


def system_permit(
    group: GroupInfo, action: str, obj: ObjectRef, *, standing: str, facts: Mapping[str, Fact] | None = None
) -> Permit:
    """Return the permit for an automatic act, which a person's standing permit set up.

    Args:
        group: the group it is done for.
        action: a word of the installation's charter.
        obj: what is acted upon.
        standing: digest of the permit that set it up, here or in a group that this one succeeds; empty means that
            nobody did, and the act is refused.
        facts: what the run proved.
    """
    scopes = (group.slug, *(one.slug for one in offices.predecessors(group.id)))
    question = Question(
        role=SYSTEM,
        action=action,
        on=clock.today(group),
        facts={"automation.set_up": any(ledger.known_permit(standing, one) for one in scopes), **(facts or {})},
    )
    decision = charters.decide(closed_charter(group) or adoption.installation_charter(), question)
    actor = ActorRef(account=SYSTEM, role=SYSTEM, agency=None, seat=standing[:16] or SYSTEM)
    return charters.permit(decision, actor=actor, obj=obj, at=clock.now(group))
