"""How one clause is applied: each norm read out of it in a sentence, its conditions and form, who can today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from dean06.adoption import service as adoption
from dean06.adoption.service import Rule
from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, Norm
from dean06.offices import service as offices
from dean06.offices.types import Capacity
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.group.gaps import rule_words
from dean06.web.parts import law
from dean06.web.parts.work import Check, Fact, Person
from dean06.web.reader import Reader

TYPES = {
    "power": ("info", "ok", "Quyền", "Power"),
    "duty": ("warn", "pen", "Nghĩa vụ", "Duty"),
    "prohibition": ("bad", "no", "Không được", "Prohibition"),
    "procedure": ("ask", "doc", "Thể thức", "Procedure"),
    "entitlement": ("info", "ok", "Quyền lợi", "Entitlement"),
}
SEVERAL = {
    "power": "Powers",
    "duty": "Duties",
    "prohibition": "Prohibitions",
    "procedure": "Procedures",
    "entitlement": "Entitlements",
}
GENERAL = ("mute", "dots", "Quy định chung", "General")
DEADLINES = {
    "every_month": ("hằng tháng", "every month"),
    "every_month_before_day": ("hằng tháng, trước ngày {day}", "every month before day {day}"),
    "every_half_year": ("sáu tháng một lần", "every half-year"),
    "every_year": ("hằng năm", "every year"),
    "before_event": ("trước khi việc diễn ra", "before the event"),
    "each_event": ("mỗi lần phát sinh", "at each event"),
    "task_due": ("theo hạn của nhiệm vụ", "by the task's bound"),
    "timely": ("kịp thời, không ghi số ngày", "timely, no number of days"),
    "continuing": ("thường xuyên", "continuing"),
    "as_regulated": ("theo quy định khác", "as regulated elsewhere"),
}

MEMBER = "member"
Told = TypeVar("Told")

__all__ = ["applied", "carried", "counts"]


def counts(norms: Iterable[Norm]) -> str:
    """Say how many duties, powers and other norms there are."""
    by_type = Counter(norm.type if norm.type in TYPES else "" for norm in norms)
    named = [
        (by_type[code], words(vi, en if by_type[code] == 1 else SEVERAL.get(code, en)))
        for code, (_, _, vi, en) in (TYPES | {"": GENERAL}).items()
        if by_type[code]
    ]
    return ", ".join(f"{count} {name[:1].lower()}{name[1:]}" for count, name in named)


def carried(norms: Sequence[Norm], notes: int) -> tuple[str, ...]:
    """Return the marks of a clause in the text: a reading that goes with it, an oddity of its words."""
    found: list[str] = []
    if any(norm.reading for norm in norms):
        found.append(chip("mute", words("Có cách hiểu kèm theo", "Has a reading"), with_sign="pen"))
    if notes:
        found.append(chip("warn", words("Có chỗ phải lưu ý", "Has an oddity"), with_sign="warn"))
    return tuple(found)


def _holders(held: Sequence[Capacity], norm: Norm) -> list[Capacity]:
    return [
        seat
        for bearer in norm.bearers
        for seat in held
        if _reaches(bearer.role, seat.role) and (bearer.agency is None or seat.agency == bearer.agency)
    ]


def _reaches(named: str, role: str) -> bool:
    """A norm for members reaches the seats that are members too."""
    return role == named or (named == MEMBER and role in charters.vocabulary().members)


def _people(reader: Reader, held: Sequence[Capacity], norm: Norm) -> tuple[Person, ...]:
    found = []
    for seat in _holders(held, norm):
        place = seat.post or (reader.agency(seat.agency) if seat.agency else "")
        found.append(Person(name=seat.holder, note=f"{seat.title}, {place}" if place else seat.title))
    return tuple(dict.fromkeys(found))


def _condition(name: str) -> str:
    fact = charters.vocabulary().facts.get(name.lstrip("!"))
    if fact is None:
        return name
    if current_language() == "en":
        return f"not: {fact.en}" if name.startswith("!") else fact.en
    return fact.if_false if name.startswith("!") else fact.if_true


def _lowered(sentences: Sequence[str]) -> list[str]:
    """Join sentences into one: the stops go, and every one but the first begins small."""
    bare = [sentence.rstrip(".") for sentence in sentences]
    return [one if place == 0 else f"{one[:1].lower()}{one[1:]}" for place, one in enumerate(bare)]


def _seal(charter: Charter, norm: Norm) -> str:
    code = norm.seal or next((other.seal for other in charter.norms if other.key == norm.seal_by), None)
    if not code:
        return ""
    if code == "own_agency":
        return words("cơ quan của người ký", "the signer's own agency")
    return charters.agency_name(charter, code, current_language())


def _deadline(norm: Norm, rules: dict[str, Rule]) -> str:
    """Say when a duty is due: as the clause says, and where it names no day, what the group's own rule adds."""
    form = DEADLINES.get(norm.deadline.form) if norm.deadline else None
    if form is None or norm.deadline is None:
        return ""
    told = words(*form).format(day=norm.deadline.day)
    for gap in norm.gaps:
        rule = rules.get(gap)
        if rule and norm.deadline.day is None and isinstance(rule.value, dict) and "day" in rule.value:
            local = words(f"quy ước số {rule.number} của tổ", f"local rule {rule.number}")
            return f"{told}; {local}: {rule_words(gap, {'day': rule.value['day']})}"
    return told


def _facts(charter: Charter, norm: Norm, rules: dict[str, Rule]) -> tuple[Fact, ...]:
    language = current_language()
    lines = (
        charters.sign_lines(charter, norm.bearers[0].role, norm.sign_form, norm.on_behalf_of)
        if norm.sign_form and norm.bearers
        else ()
    )
    either = words(" hoặc ", " or ")
    conditions = "; ".join(either.join(_lowered([_condition(name) for name in group])) for group in norm.when)
    systems = charters.vocabulary().systems
    named = (
        (words("Điều kiện", "Condition"), conditions),
        (words("Hạn", "When"), _deadline(norm, rules)),
        (words("Gửi", "To"), ", ".join(charters.party_name(charter, party, language) for party in norm.recipients)),
        (words("Qua", "Via"), charters.party_name(charter, norm.via, language) if norm.via else ""),
        (words("Thể thức", "Form"), " / ".join(lines)),
        (words("Con dấu", "Seal"), _seal(charter, norm)),
        (words("Phối hợp", "With"), ", ".join(charters.agency_name(charter, c, language) for c in norm.coordinators)),
        (words("Hệ thống", "System"), ", ".join(words(systems[c].vi, systems[c].en) for c in norm.systems)),
        (words("Chứng cứ", "Evidence"), _evidence(charter, norm)),
    )
    return tuple(Fact(term=term, value=value) for term, value in named if value)


def _evidence(charter: Charter, norm: Norm) -> str:
    return charters.value_text(charter, "evidence", list(norm.evidence), current_language()) if norm.evidence else ""


def _chips(norm: Norm) -> tuple[str, ...]:
    tone, sign, vi, en = TYPES.get(norm.type, GENERAL)
    made: list[str] = [chip(tone, words(vi, en), with_sign=sign)]
    if norm.when or norm.type == "prohibition":
        made.append(chip(f"on_{norm.enforcement}"))
    if not norm.testable:
        made.append(chip("mute", words("Không đo được bằng hệ thống", "Cannot be measured"), with_sign="dash"))
    return tuple(made)


def _sentence(charter: Charter, norm: Norm) -> str:
    language = current_language()
    who = ", ".join(charters.party_name(charter, bearer.party, language) for bearer in norm.bearers)
    return ": ".join(part for part in (who, charters.norm_act(norm, language)) if part) or words(
        "Quy định chung", "General"
    )


def _readings(norm: Norm, rules: dict[str, Rule]) -> tuple[Check, ...]:
    made = []
    if norm.reading:
        made.append(Check(text=words(norm.reading.vi, norm.reading.en), sign="pen", note=words("cách hiểu", "reading")))
    gaps = charters.vocabulary().gaps
    for gap in norm.gaps:
        rule = rules.get(gap)
        label = words(gaps[gap].vi, gaps[gap].en) if gap in gaps else gap
        if rule:
            local = marks.clause(words(f"Quy ước số {rule.number}", f"Local rule {rule.number}"), kind="local")
            said = rule_words(gap, rule.value)
            made.append(Check(text=label, sign="law", note=f"{said}; {writing.day(rule.adopted_on)}", aside=local))
        else:
            note = words("quy chế để ngỏ, chưa có quy ước của tổ", "left open, no local rule yet")
            made.append(Check(text=label, tone="warn", sign="ask", note=note))
    return tuple(made)


def applied(reader: Reader, charter: Charter, cited: Citation) -> list[law.Norm]:
    """Return the norms of one clause of a version as the page shows them; who can today, of the one in force alone."""
    held = offices.holders(reader.group.id, reader.today) if charter.hash == reader.charter.hash else []
    rules = adoption.local_rules(reader.group.id, reader.today)
    found = [norm for norm in charter.norms if norm.cite == cited]
    people = _told_once([_people(reader, held, norm) for norm in found])
    readings = _told_once([_readings(norm, rules) for norm in found])
    return [
        law.Norm(
            sentence=_sentence(charter, norm),
            chips=_chips(norm),
            facts=_facts(charter, norm, rules),
            who_title=words("Hôm nay là", "Today"),
            who_can=who,
            readings_title=words("Cách hiểu, quy ước", "Readings, local rules"),
            readings=read,
        )
        for norm, who, read in zip(found, people, readings, strict=True)
    ]


def _told_once(lists: Sequence[tuple[Told, ...]]) -> list[tuple[Told, ...]]:
    """Keep of equal lists that follow each other the last: it is told once, under all that it is about."""
    return [() if lists[at + 1 : at + 2] == [one] else one for at, one in enumerate(lists)]
