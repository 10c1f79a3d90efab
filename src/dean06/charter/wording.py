"""The answer in sentences: what one may do and why, what is missing, who can; Vietnamese first, English second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dean06.charter.addresses import clause_label, summary_of
from dean06.charter.norms import Citation, Norm
from dean06.charter.types import OWN_AGENCY, Charter, Ending, LocalRule, Question
from dean06.charter.vocabulary import Vocabulary, vocabulary

WRONG_SEAL = "!seal.agency"
PROPER = ("Tổ trưởng", "Project")


def _plain(text: str) -> str:
    """Leave out a remark in brackets at the end of a name."""
    return text.partition(" (")[0]


class Answered(Protocol):
    """A decision as its wording needs it."""

    @property
    def charter(self) -> Charter: ...
    @property
    def question(self) -> Question: ...
    @property
    def outcome(self) -> str: ...
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
    """Return a role's title in this charter, or its name in the vocabulary."""
    info = charter.roles.get(role)
    word = vocabulary().roles.get(role)
    if language == "en":
        return word.en if word else role
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
        word = self.words.actions[self.decision.question.action].name
        text = _plain(word.en if self.language == "en" else word.vi)
        return text if text.startswith(PROPER) else text[0].lower() + text[1:]

    def reading(self) -> str:
        note = next((norm.reading for norm in self.decision.norms if norm.reading), None)
        if note is None:
            return ""
        return f" Reading: {note.en}" if self.language == "en" else f" Cách hiểu kèm theo: {note.vi}"

    def clauses(self) -> str:
        return "; ".join(clause_label(citation, self.language) for citation in self.decision.citations)

    def quoted(self) -> str:
        if not self.decision.citations:
            return ""
        summary = summary_of(self.charter, self.decision.citations[0])
        text = summary.en if self.language == "en" else summary.vi
        return f" ({text.rstrip('.')})" if text else ""

    def who(self) -> str:
        return ", ".join(party_name(self.charter, party, self.language) for party in self.decision.who_can)

    def seal(self) -> str:
        code = self.decision.seal
        if code is None:
            return ""
        if code == OWN_AGENCY:
            return "the own agency of the signer" if self.language == "en" else "cơ quan của người ký"
        return agency_name(self.charter, code, self.language)


class _Vietnamese(_Teller):
    def allowed(self) -> str:
        said = f"{self.role()} được {self.action()}. Căn cứ: {self.clauses()}{self.quoted()}."
        form = self.decision.sign_form
        if form is not None:
            lines = sign_lines(self.charter, self.decision.question.role, form, self.decision.on_behalf_of)
            said += f" Thể thức ký: {' / '.join(lines)}."
        sealed = f" Con dấu: {self.seal()}." if self.decision.seal else ""
        return f"{said}{sealed}{self.reading()}"

    def lacks(self) -> str:
        told = []
        for name in self.decision.missing:
            if name == WRONG_SEAL:
                told.append("Con dấu định dùng không phải con dấu của vai này")
                continue
            fact = self.words.facts[name.removeprefix("!")]
            told.append((fact.if_true if name.startswith("!") else fact.if_false).rstrip("."))
        return "; ".join(told)

    def not_allowed(self) -> str:
        said = f"{self.role()} chưa được {self.action()}."
        if self.decision.missing:
            said += f" Còn vướng: {self.lacks()}. Căn cứ: {self.clauses()}{self.quoted()}."
        else:
            said += f" Quy chế giao việc này cho vai khác: {self.clauses()}{self.quoted()}."
        who = self.who()
        return f"{said} Người làm được ngay: {who}." if who else f"{said} Hiện chưa ai làm được."

    def forbidden(self) -> str:
        return f"Không được {self.action()}: {self.clauses()} cấm{self.quoted()}."

    def not_regulated(self) -> str:
        said = f"Quy chế không quy định việc {self.action()}."
        rule, gap = self.decision.local_rule, self.decision.gap
        if rule is not None:
            number = f" số {rule.number} ngày {rule.adopted_on:%d/%m/%Y}" if rule.number else ""
            return f"{said} Áp dụng quy ước{number} của tổ cho điểm {rule.gap}."
        named = f" Điểm còn trống {gap}: {self.words.gaps[gap].vi}; tổ chưa đặt quy ước." if gap else ""
        return f"{said}{named} Làm được nếu ghi lý do."

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
        said = f"{self.who_acts()} may {self.action()} under {self.clauses()}{self.quoted()}."
        form = self.decision.sign_form
        if form is not None:
            lines = sign_lines(self.charter, self.decision.question.role, form, self.decision.on_behalf_of)
            said += f" Sign as: {' / '.join(lines)}."
        sealed = f" Seal: {self.seal()}." if self.decision.seal else ""
        return f"{said}{sealed}{self.reading()}"

    def lacks(self) -> str:
        told = []
        for name in self.decision.missing:
            if name == WRONG_SEAL:
                told.append("the seal meant is not the seal of this role")
                continue
            fact = self.words.facts[name.removeprefix("!")]
            told.append(f"in the way: {fact.en}" if name.startswith("!") else f"not established: {fact.en}")
        return "; ".join(told)

    def not_allowed(self) -> str:
        said = f"{self.who_acts()} may not {self.action()} now."
        if self.decision.missing:
            lacks = self.lacks()
            said += f" {lacks[0].upper()}{lacks[1:]}. Clause: {self.clauses()}{self.quoted()}."
        else:
            said += f" The charter gives this to others: {self.clauses()}{self.quoted()}."
        who = self.who()
        return f"{said} Who can: {who}." if who else f"{said} At present nobody can."

    def forbidden(self) -> str:
        return f"Nobody named in {self.clauses()} may {self.action()}: the clause forbids it{self.quoted()}."

    def not_regulated(self) -> str:
        said = f"The charter does not regulate this: {self.action()}."
        rule, gap = self.decision.local_rule, self.decision.gap
        if rule is not None:
            number = f" no. {rule.number} of {rule.adopted_on.isoformat()}" if rule.number else ""
            return f"{said} The group's local rule{number} on {rule.gap} applies."
        named = f" Gap {gap}: {self.words.gaps[gap].en}; the group has set no rule." if gap else ""
        return f"{said}{named} The act may go on with a reason."

    def not_in_force(self) -> str:
        said = f"The charter {self.charter.line} is not in force on {self.decision.question.on.isoformat()}."
        lacks = self.lacks()
        if lacks:
            return f"{said} {lacks[0].upper()}{lacks[1:]}."
        return f"{said} {ending_words(self.ended, 'en')}" if self.ended else said
