"""What a charter leaves wanting though it can be compiled: advice before adoption, never a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from dean06.charter.addresses import walk
from dean06.charter.norms import Norm
from dean06.charter.types import Charter
from dean06.charter.vocabulary import vocabulary

# Seats that somebody must hold for their norms to live; bodies have members, capacities come with the occasion.
SEATS = ("seat",)
ACTING = ("power", "duty", "prohibition", "procedure", "entitlement")
TODO = "TODO"  # what an imported draft leaves to be written
APART = ("provisions", "norms")
WHOLE = "QC"  # its heading is the title, told with the head
PERIODIC = ("every_month", "every_month_before_day", "every_half_year", "every_year", "as_regulated")

__all__ = ["Advice", "advise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing wanting: its code, the clause or word it is about, and what to do."""

    code: str
    where: str
    vi: str
    en: str

    def as_json(self) -> dict[str, str]:
        """Return the advice as the command line prints it."""
        return {"code": self.code, "where": self.where, "vi": self.vi, "en": self.en}


def advise(charter: Charter, held: Collection[str] | None = None) -> tuple[Advice, ...]:
    """Return what is wanting; `held` are the roles somebody holds, None where nobody has said."""
    said = (advice for norm in charter.norms for advice in _norm(charter, norm))
    return (*_unwritten(charter), *said, *_clauses(charter), *_roles(charter, held))


def _unwritten(charter: Charter) -> Iterator[Advice]:
    """Each place of the head, of the text and of the norms where the draft's mark for what is to be written stands."""
    rows: list[tuple[str, object]] = [(key, value) for key, value in charter.raw.items() if key not in APART]
    rows += [
        (node.cite.dotted if node.cite else node.label, (node.heading if node.label != WHOLE else "", node.summary.vi))
        for node in walk(charter.provisions)
    ]
    rows += [(norm.cite.dotted, (norm.source, norm.why_not_testable)) for norm in charter.norms]
    for where in dict.fromkeys(place for name, value in rows for place in _marked(name, value)):
        yield Advice(
            code="unwritten",
            where=where,
            vi=f"Còn «{TODO}» chưa viết: thay bằng lời của mình.",
            en=f"{TODO!r} still stands here: write it in your own words.",
        )


def _marked(name: str, value: object) -> Iterator[str]:
    if isinstance(value, str) and TODO in value.split():
        yield name
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _marked(f"{name}.{key}", inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _marked(name, inner)


def _norm(charter: Charter, norm: Norm) -> Iterator[Advice]:
    if norm.type in ACTING and not norm.bearers:
        yield Advice(
            code="no_bearer",
            where=norm.cite.dotted,
            vi=f"Quy phạm «{norm.key}» chưa nêu ai làm: thêm bearer và action.",
            en=f"The norm {norm.key!r} says not who acts: add bearer and action.",
        )
    where, action = norm.cite.dotted, vocabulary().actions.get(norm.action or "")
    name = action.name if action else None
    said_vi, said_en = (name.vi, name.en) if name else (norm.key, norm.key)
    periodic = norm.deadline is not None and norm.deadline.form in PERIODIC
    if norm.type == "duty" and periodic and action and action.object == "report" and not norm.recipients:
        yield Advice(
            code="no_recipient",
            where=where,
            vi=f"Nghĩa vụ «{said_vi}» có kỳ mà chưa nêu nơi nhận: thêm nơi nhận.",
            en=f"The duty to {said_en} has a period and no recipient: add recipients.",
        )
    sealed = norm.seal or norm.seal_by or any(bearer.role in charter.index.seals for bearer in norm.bearers)
    # An authority seals with its own seal, whatever the group's clause says.
    body = norm.on_behalf_of in charter.agencies
    if norm.sign_form and not sealed and not body:
        form = vocabulary().sign_forms.get(norm.sign_form, norm.sign_form)
        yield Advice(
            code="no_seal",
            where=where,
            vi=f"Thể thức ký «{form}» của «{said_vi}» chưa có con dấu: thêm con dấu.",
            en=f"The sign form {norm.sign_form} to {said_en} has no seal: add seal or seal_by.",
        )


def _clauses(charter: Charter) -> Iterator[Advice]:
    normed = {norm.cite.dotted for norm in charter.norms}
    for node in walk(charter.provisions):
        if node.cite is None or node.children or node.no_norm or node.cite.dotted in normed:
            continue
        yield Advice(
            code="unread_clause",
            where=node.cite.dotted,
            vi="Điều khoản này chưa có quy phạm và chưa ghi vì sao không có.",
            en="The clause has no norm and is not marked `no_norm`.",
        )


def _roles(charter: Charter, held: Collection[str] | None) -> Iterator[Advice]:
    bearing = {bearer.role for norm in charter.norms for bearer in norm.bearers}
    words = vocabulary().role_kinds
    for code, role in charter.roles.items():
        if code not in bearing and words.get(code, "seat") in SEATS:
            yield Advice(
                code="idle_role",
                where=code,
                vi=f"Vai «{role.title}» không mang quy phạm nào: bỏ vai, hoặc thêm quy phạm.",
                en=f"The role {role.title!r} bears no norm: drop it, or add one.",
            )
        elif held is not None and code in bearing and words.get(code, "seat") in SEATS and code not in held:
            yield Advice(
                code="empty_role",
                where=code,
                vi=f"Vai «{role.title}» mang quy phạm nhưng chưa ai giữ: cử người trước ngày có hiệu lực.",
                en=f"The role {role.title!r} bears norms and nobody holds it: appoint somebody first.",
            )
