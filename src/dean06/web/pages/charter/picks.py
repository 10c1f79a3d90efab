"""What may be chosen for a norm, by name: the draft's own roles, agencies and seals, and the vocabulary's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dean06.charter import service as charters
from dean06.flows.draft_values import mapping
from dean06.web.language import words
from dean06.web.pages.charter.forms import Plain

OWN_AGENCY = "own_agency"
SEARCHED = 12  # a longer list can be searched
EVENTS = {
    "meeting": ("cuộc họp", "a meeting"),
    "conclusion": ("kết luận cuộc họp", "a conclusion"),
    "matter": ("việc phát sinh", "a matter"),
    "submission": ("lần trình văn bản", "a submission"),
    "written_round": ("đợt lấy ý kiến bằng văn bản", "a written round"),
}
Named = tuple[str, str]

__all__ = [
    "EVENTS",
    "Choice",
    "Group",
    "Pick",
    "acts",
    "agencies",
    "bearers",
    "fact_groups",
    "fact_words",
    "named",
    "parties",
    "party_words",
    "pick",
    "roles",
    "seals",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value with its name, and whether it is chosen."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Choices under one heading; without one they stand first."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A list to choose several from: its field, its legend, what is chosen, and whether it can be searched."""

    field: str
    legend: str
    hint: str
    chosen: tuple[Choice, ...]
    groups: tuple[Group, ...]
    searched: bool

    @property
    def names(self) -> str:
        """What is chosen, in one line."""
        return ", ".join(one.name for one in self.chosen)


def pick(
    field: str, legend: str, groups: Iterable[tuple[str, Iterable[Named]]], chosen: Collection[object], hint: str = ""
) -> Pick:
    """Return a list with what is chosen first; a chosen value that the draft no longer knows stays, and says so."""
    known = [(name, list(choices)) for name, choices in groups]
    names = {value: text for _, choices in known for value, text in choices}
    lost = words("không còn trong quy chế", "no longer in the charter")
    kept = tuple(
        Choice(value=value, name=names.get(value) or f"{party_words({}, value)} ({lost})", chosen=True)
        for value in dict.fromkeys(map(str, chosen))
    )
    values = {one.value for one in kept}
    made = tuple(
        Group(name=name, choices=tuple(Choice(value=v, name=t, chosen=False) for v, t in choices if v not in values))
        for name, choices in known
    )
    return Pick(
        field=field,
        legend=legend,
        hint=hint,
        chosen=kept,
        groups=tuple(group for group in made if group.choices),
        searched=len(names) > SEARCHED,
    )


def _name_of(head: Plain, table: str, code: str) -> str:
    kept = mapping(mapping(head.get(table)).get(code))
    own = str(kept.get("title") or kept.get("name") or "")
    known = charters.vocabulary()
    word = (known.roles if table == "roles" else known.agencies).get(code)
    return own or (words(word.vi, word.en) if word else code)


def party_words(head: Plain, party: str) -> str:
    """Name a party of a draft: a role, an agency, or a role of an agency."""
    first, _, agency = party.partition(":")
    table = "agencies" if first in mapping(head.get("agencies")) else "roles"
    if table == "roles" and first not in mapping(head.get("roles")) and first in charters.vocabulary().agencies:
        table = "agencies"
    name = _name_of(head, table, first)
    return f"{name} ({_name_of(head, 'agencies', agency)})" if agency else name


def roles(head: Plain) -> list[Named]:
    """Return the roles of a draft by code, in its order."""
    return [(code, _name_of(head, "roles", code)) for code in mapping(head.get("roles"))]


def agencies(head: Plain) -> list[Named]:
    """Return the agencies of a draft by code, in its order."""
    return [(code, _name_of(head, "agencies", code)) for code in mapping(head.get("agencies"))]


def parties(head: Plain) -> list[tuple[str, list[Named]]]:
    """Return whom something can be sent to: roles, then agencies."""
    return [(words("Vai", "Roles"), roles(head)), (words("Cơ quan", "Agencies"), agencies(head))]


def bearers(head: Plain) -> list[tuple[str, list[Named]]]:
    """Return who can bear a norm: roles, then each role that is one of an agency, agency by agency."""
    made = [(words("Vai", "Roles"), roles(head))]
    for code, name in roles(head):
        if code in charters.vocabulary().takes_agency:
            seats = [(f"{code}:{agency}", f"{name} ({said})") for agency, said in agencies(head)]
            made.append((words(f"{name} của một cơ quan", f"{name} of one agency"), seats))
    return made


def seals(head: Plain) -> list[Named]:
    """Return the seals of a draft by the agency that keeps each, and the signer's own."""
    kept = [(code, str(name)) for code, name in mapping(head.get("seals")).items()]
    return [*kept, (OWN_AGENCY, words("dấu cơ quan của người ký", "the seal of the signer's own agency"))]


def named(known: Mapping[str, object]) -> list[Named]:
    """Return words of the vocabulary by code, in its order."""
    return [
        (code, words(str(getattr(word, "vi", word)), str(getattr(word, "en", word)))) for code, word in known.items()
    ]


def acts() -> list[Named]:
    """Return every act by name."""
    listed = ((code, words(one.name.vi, one.name.en)) for code, one in charters.vocabulary().actions.items())
    return sorted(listed, key=lambda pair: pair[1])


def fact_words(name: str) -> str:
    """Say a fact as it must hold; `!` before its name says that it must not."""
    fact = charters.vocabulary().facts.get(name.removeprefix("!"))
    if fact is None:
        return name
    told = fact.if_false if name.startswith("!") else fact.if_true
    return words(told, f"not: {fact.en}" if name.startswith("!") else fact.en).rstrip(".")


def _both(facts: Iterable[str]) -> list[Named]:
    return [(name, fact_words(name)) for fact in facts for name in (fact, f"!{fact}")]


def fact_groups(action: str) -> list[tuple[str, list[Named]]]:
    """Return every fact, held and not held, under the act it belongs to: the chosen act first, the rest in order."""
    known = charters.vocabulary()
    made: list[tuple[str, list[Named]]] = []
    seen: set[str] = set()
    ordered = ([action] if action in known.actions else []) + [code for code in known.actions if code != action]
    for code in ordered:
        facts = [fact for fact in known.actions[code].facts if fact not in seen]
        seen.update(facts)
        if facts:
            made.append((words(known.actions[code].name.vi, known.actions[code].name.en), _both(facts)))
    rest = [fact for fact in known.facts if fact not in seen]
    return [*made, (words("Dữ kiện khác", "Other facts"), _both(rest))] if rest else made
