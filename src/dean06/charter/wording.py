"""The answer in sentences: what one may do and why, what is missing, who can; Vietnamese first, English second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from dean06.charter.addresses import clause_label, summary_of
from dean06.charter.index import PRESUPPOSED
from dean06.charter.norms import Citation, Norm, Words
from dean06.charter.pointing import Near, Step
from dean06.charter.types import OWN_AGENCY, Charter, Ending, LocalRule, Question
from dean06.charter.vocabulary import Vocabulary, vocabulary

MOST_QUOTED = 3
ASIDE = re.compile(r" \([^)]*\)")
WRONG_SEAL = "!seal.agency"
IN_PERSON = Words(
    "Việc mà người khác được làm thay thì người được thay tự làm được.",
    "What others may do on one's behalf one may do in person.",
)


def _plain(text: str) -> str:
    """Leave out a remark in brackets."""
    return ASIDE.sub("", text)


def _small(sentence: str) -> str:
    """Make a sentence part of another one."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def missing_text(question: Question, name: str, language: str = "vi") -> str:
    """Say what is missing: not established, given as false, or (with a leading `!`) standing in the way."""
    if name == WRONG_SEAL:
        english = "the seal meant is not the seal of this role"
        return english if language == "en" else "Con dấu định dùng không phải con dấu của vai này"
    fact, stands = vocabulary().facts[name.removeprefix("!")], name.startswith("!")
    if language == "en":
        return f"in the way: {fact.en}" if stands else f"not established: {fact.en}"
    if stands:
        return fact.if_true
    return fact.if_false if name in question.facts else fact.if_open


class Answered(Protocol):
    """A decision as its wording needs it."""

    @property
    def charter(self) -> Charter: ...
    @property
    def question(self) -> Question: ...
    @property
    def outcome(self) -> str: ...
    @property
    def way(self) -> str | None: ...
    @property
    def norms(self) -> tuple[Norm, ...]: ...
    @property
    def citations(self) -> tuple[Citation, ...]: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def sign_form(self) -> str | None: ...
    @property
    def on_behalf_of(self) -> str | None: ...
    @property
    def seal(self) -> str | None: ...
    @property
    def seal_lacks(self) -> tuple[str, ...]: ...
    @property
    def signature(self) -> Answered | None: ...
    @property
    def nearest(self) -> tuple[Near, ...]: ...
    @property
    def next_steps(self) -> tuple[Step, ...]: ...
    @property
    def gap(self) -> str | None: ...
    @property
    def local_rule(self) -> LocalRule | None: ...
    @property
    def who_can(self) -> tuple[str, ...]: ...


def sentence(decision: Answered, language: str) -> str:
    """Say the answer in one language."""
    teller = _English(decision) if language == "en" else _Vietnamese(decision)
    told: Mapping[str, object] = {
        "allowed": teller.allowed,
        "not_allowed": teller.not_allowed,
        "forbidden": teller.forbidden,
        "not_regulated": teller.not_regulated,
        "not_in_force": teller.not_in_force,
    }
    tell = told[decision.outcome]
    return str(tell()) if callable(tell) else ""


def role_name(charter: Charter, role: str, language: str = "vi") -> str:
    """Return a role's title in this charter, or its name in the vocabulary; a role of its own has its title alone."""
    info = charter.roles.get(role)
    word = vocabulary().roles.get(role)
    if language == "en":
        return word.en if word else f"«{info.title}»" if info else role
    return info.title if info else word.vi if word else role


def agency_name(charter: Charter, code: str, language: str = "vi") -> str:
    """Return an agency's name in this charter, or in the vocabulary."""
    info = charter.agencies.get(code)
    word = vocabulary().agencies.get(code)
    if language == "en":
        return word.en if word else code
    return info.name if info else word.vi if word else code


def party_name(charter: Charter, party: str, language: str = "vi") -> str:
    """Return a party (`leader`, `member:YT`, `PPOL`, `agency:POL`) in words."""
    role, _, agency = party.partition(":")
    if agency:
        name = agency_name(charter, agency, language)
        name = _plain(name) if language == "en" else name
        return name if role == "agency" else f"{role_name(charter, role, language)} ({name})"
    if role in charter.roles or role in vocabulary().roles:
        return role_name(charter, role, language)
    return agency_name(charter, role, language)


def sign_lines(charter: Charter, role: str, sign_form: str, on_behalf_of: str | None) -> tuple[str, ...]:
    """Return the lines over a signature, in capitals, as Decree 30/2020 prints them."""
    own = role_name(charter, role).upper()
    if sign_form == "own" or on_behalf_of is None:
        return (own,)
    other = party_name(charter, on_behalf_of).upper()
    return (f"{sign_form}. {other}", own)


def ending_words(ending: Ending, language: str = "vi") -> str:
    """Say that a group has ended, by which paper, and who succeeds it."""
    heirs = ", ".join(ending.successors)
    if language == "en":
        return (
            f"The group ended on {ending.last_day:%d/%m/%Y} by {ending.instrument} of"
            f" {ending.signed_on:%d/%m/%Y}; succeeded by: {heirs}."
        )
    return (
        f"Tổ đã kết thúc ngày {ending.last_day:%d/%m/%Y} theo {ending.instrument} ngày"
        f" {ending.signed_on:%d/%m/%Y}; kế thừa: {heirs}."
    )


class _Teller:
    """What both languages share."""

    language = "vi"

    def __init__(self, decision: Answered) -> None:
        self.decision = decision
        self.charter = decision.charter
        self.words: Vocabulary = vocabulary()

    @property
    def ended(self) -> Ending | None:
        """The end of the group, if the question is of a day after it."""
        ending = self.charter.ending
        return ending if ending is not None and self.decision.question.on > ending.last_day else None

    def role(self) -> str:
        name = role_name(self.charter, self.decision.question.role, self.language)
        agency = self.decision.question.agency
        return f"{name} ({_plain(agency_name(self.charter, agency, self.language))})" if agency else name

    def action(self) -> str:
        return self.act(self.decision.question.action)

    def act(self, action: str) -> str:
        return self.told(self.words.actions[action].name)

    def told(self, words: Words) -> str:
        text = _plain(words.en if self.language == "en" else words.vi)
        return text[:1].lower() + text[1:]

    def forbidden_act(self) -> str:
        return self.told(self.words.actions[self.decision.question.action].forbidden)

    def reading(self) -> str:
        if self.decision.way == PRESUPPOSED:
            return f" {IN_PERSON.en}" if self.language == "en" else f" {IN_PERSON.vi}"
        note = next((norm.reading for norm in self.decision.norms if norm.reading), None)
        if note is None:
            return ""
        return f" Reading: {note.en}" if self.language == "en" else f" Cách hiểu kèm theo: {note.vi}"

    def clauses(self) -> str:
        return "; ".join(clause_label(citation, self.language) for citation in self.decision.citations)

    def quoted(self) -> str:
        """Name the clauses, each with what it says itself; a long list has the names alone."""
        cited = self.decision.citations
        return "; ".join(map(self.quote, cited)) if len(cited) <= MOST_QUOTED else self.clauses()

    def quote(self, citation: Citation) -> str:
        summary = summary_of(self.charter, citation)
        text = summary.en if self.language == "en" else summary.vi
        label = clause_label(citation, self.language)
        return f"{label} ({text.rstrip('.')})" if text else label

    def bearers(self, norm: Norm) -> str:
        return self.parties(tuple(bearer.party for bearer in norm.bearers))

    def parties(self, parties: tuple[str, ...]) -> str:
        return ", ".join(party_name(self.charter, party, self.language) for party in parties)

    def over_signature(self, decision: Answered) -> str:
        role, form = decision.question.role, decision.sign_form
        return " / ".join(sign_lines(self.charter, role, form, decision.on_behalf_of)) if form else ""

    def who(self) -> str:
        return self.parties(self.decision.who_can)

    def seal(self, code: str) -> str:
        if code == OWN_AGENCY:
            return "the own agency of the signer" if self.language == "en" else "cơ quan của người ký"
        return agency_name(self.charter, code, self.language)


class _Vietnamese(_Teller):
    def allowed(self) -> str:
        said = f"{self.role()} được {self.action()}. Căn cứ: {self.quoted()}."
        if self.decision.sign_form is not None:
            said += f" Thể thức ký: {self.over_signature(self.decision)}."
        signing = self.decision.signature
        if signing is not None:
            clauses = "; ".join(clause_label(citation) for citation in signing.citations[:1])
            said += f" Văn bản ban hành ký: {self.over_signature(signing)} ({clauses})."
        return f"{said}{self.sealed()}{self.reading()}"

    def sealed(self) -> str:
        code = self.decision.seal
        if code is None:
            return ""
        needs = "; ".join(_small(self.words.facts[name].if_true) for name in self.decision.seal_lacks)
        return f" Con dấu: {self.seal(code)}" + (f", chỉ đóng khi: {needs} (chưa xác định)." if needs else ".")

    def lacks(self) -> str:
        return "; ".join(missing_text(self.decision.question, name).rstrip(".") for name in self.decision.missing)

    def not_allowed(self) -> str:
        said = f"{self.role()} chưa được {self.action()}."
        if self.decision.missing:
            said += f" Còn vướng: {self.lacks()}. Căn cứ: {self.quoted()}."
        else:
            said += f" Quy chế giao việc này cho vai khác: {self.quoted()}."
        who = self.who()
        said += f" Người làm được ngay: {who}." if who else " Hiện chưa ai làm được ngay."
        steps = "; ".join(dict.fromkeys(map(self.step, self.decision.next_steps)))
        return f"{said} Bước tiếp theo: {steps}." if steps else said

    def step(self, step: Step) -> str:
        if step.words is not None:
            return step.words.vi
        clauses = ", ".join(dict.fromkeys(clause_label(norm.cite) for norm in step.norms))
        return f"{self.act(step.action or '')}: {self.parties(step.by)} ({clauses})"

    def forbidden(self) -> str:
        return f"Không được {self.forbidden_act()}: {self.quoted()} cấm."

    def not_regulated(self) -> str:
        rule, gap = self.decision.local_rule, self.decision.gap
        nearest = self.decision.nearest
        said = " ".join(map(self.near, nearest))
        if not nearest or not nearest[0].forbids:
            beside = f"Quy chế không có quy phạm đúng về việc {self.action()}. Điều khoản gần nhất: {said}"
            said = beside if nearest else f"Quy chế không quy định việc {self.action()}."
        if rule is not None:
            number = f" số {rule.number} ngày {rule.adopted_on:%d/%m/%Y}" if rule.number else ""
            return f"{said} Áp dụng quy ước{number} của tổ cho điểm {rule.gap}."
        named = f" Điểm còn trống {gap}: {self.words.gaps[gap].vi}; tổ chưa đặt quy ước." if gap else ""
        return f"{said}{named} Làm được nếu ghi lý do."

    def near(self, near: Near) -> str:
        clause = self.quote(near.norm.cite)
        if not near.forbids:
            return f"{clause}, việc {self.act(near.action)}, của {self.bearers(near.norm)}."
        where = "; ".join(_small(self.words.facts[name].if_true) for name in near.lacks)
        if not near.reaches:
            return f"{clause} cấm {self.bearers(near.norm)} {self.forbidden_act()}, không nói tới vai này."
        given = all(name in self.decision.question.facts for name in near.lacks)
        state = "dữ kiện ấy được ghi là không có" if given else "điều ấy chưa xác định"
        return f"{clause} cấm {self.forbidden_act()} khi: {where}; {state}. Ngoài trường hợp ấy quy chế không cấm."

    def not_in_force(self) -> str:
        said = f"{self.charter.title} không có hiệu lực ngày {self.decision.question.on:%d/%m/%Y}."
        if self.decision.missing:
            return f"{said} {self.lacks()}."
        return f"{said} {ending_words(self.ended)}" if self.ended else said


class _English(_Teller):
    language = "en"

    def who_acts(self) -> str:
        name = self.role()
        return name[0].upper() + name[1:] if name.startswith(("a ", "an ", "the ")) else f"The {name}"

    def allowed(self) -> str:
        said = f"{self.who_acts()} may {self.action()} under {self.quoted()}."
        if self.decision.sign_form is not None:
            said += f" Sign as: {self.over_signature(self.decision)}."
        signing = self.decision.signature
        if signing is not None:
            clauses = "; ".join(clause_label(citation, "en") for citation in signing.citations[:1])
            said += f" The paper is signed as: {self.over_signature(signing)} ({clauses})."
        return f"{said}{self.sealed()}{self.reading()}"

    def sealed(self) -> str:
        code = self.decision.seal
        if code is None:
            return ""
        needs = "; ".join(self.words.facts[name].en for name in self.decision.seal_lacks)
        return f" Seal: {self.seal(code)}" + (f", only where: {needs} (not established)." if needs else ".")

    def lacks(self) -> str:
        return "; ".join(missing_text(self.decision.question, name, "en") for name in self.decision.missing)

    def not_allowed(self) -> str:
        said = f"{self.who_acts()} may not {self.action()} now."
        if self.decision.missing:
            lacks = self.lacks()
            said += f" {lacks[0].upper()}{lacks[1:]}. Clause: {self.quoted()}."
        else:
            said += f" The charter gives this to others: {self.quoted()}."
        who = self.who()
        said += f" Who can: {who}." if who else " At present nobody can."
        steps = "; ".join(dict.fromkeys(map(self.step, self.decision.next_steps)))
        return f"{said} Next step: {steps}." if steps else said

    def step(self, step: Step) -> str:
        if step.words is not None:
            return step.words.en
        clauses = ", ".join(dict.fromkeys(clause_label(norm.cite, "en") for norm in step.norms))
        return f"{self.act(step.action or '')}: {self.parties(step.by)} ({clauses})"

    def forbidden(self) -> str:
        return f"{self.who_acts()} may not {self.forbidden_act()}: {self.quoted()} forbids it."

    def not_regulated(self) -> str:
        rule, gap = self.decision.local_rule, self.decision.gap
        nearest = self.decision.nearest
        said = " ".join(map(self.near, nearest))
        if not nearest or not nearest[0].forbids:
            beside = f"No norm of the charter is on exactly this: {self.action()}. Nearest: {said}"
            said = beside if nearest else f"The charter does not regulate this: {self.action()}."
        if rule is not None:
            number = f" no. {rule.number} of {rule.adopted_on.isoformat()}" if rule.number else ""
            return f"{said} The group's local rule{number} on {rule.gap} applies."
        named = f" Gap {gap}: {self.words.gaps[gap].en}; the group has set no rule." if gap else ""
        return f"{said}{named} The act may go on with a reason."

    def near(self, near: Near) -> str:
        clause = self.quote(near.norm.cite)
        if not near.forbids:
            return f"{clause}: {self.act(near.action)}, by: {self.bearers(near.norm)}."
        if not near.reaches:
            return f"{clause} forbids others ({self.bearers(near.norm)}) to {self.forbidden_act()}, not this role."
        where = "; ".join(self.words.facts[name].en for name in near.lacks)
        given = all(name in self.decision.question.facts for name in near.lacks)
        state = "that is given as false" if given else "that is not established"
        return f"{clause} forbids one to {self.forbidden_act()} where: {where}; {state}. Elsewhere it forbids nothing."

    def not_in_force(self) -> str:
        said = f"The charter {self.charter.line} is not in force on {self.decision.question.on.isoformat()}."
        lacks = self.lacks()
        if lacks:
            return f"{said} {lacks[0].upper()}{lacks[1:]}."
        return f"{said} {ending_words(self.ended, 'en')}" if self.ended else said
