"""What shape alone cannot see: words, addresses, double keys, circles, contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dean06.charter.errors import Fault
from dean06.charter.schema import ArticleSource, CharterSource, NormSource
from dean06.charter.types import OWN_AGENCY
from dean06.charter.vocabulary import Vocabulary, nearest, vocabulary

NO_POWERS = "account_admin"
PARTIES = ("coordinators", "on_behalf_of", "delegate")
Articles = Mapping[str, tuple[str, ArticleSource]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a norm stands: its file and its number in it."""

    file: str
    path: str
    norm: NormSource

    def fault(self, key: str, vi: str, en: str) -> Fault:
        return Fault(self.file, f"{self.path}.{key}", vi, en)


def check(head: CharterSource, articles: Articles) -> list[Fault]:
    """Return every fault of a package whose shape is right."""
    words = vocabulary()
    places = [
        _Place(file, f"norms[{n}]", norm) for file, article in articles.values() for n, norm in enumerate(article.norms)
    ]
    addresses = set(_addresses(articles))
    faults = [*_order(head, articles), *_labels(articles), *_head(head, addresses, words)]
    for place in places:
        faults.extend(_words(place, head, words))
        faults.extend(_bearers(place, head))
        faults.extend(_signed_for(place, head, words))
        if place.norm.cite not in addresses:
            faults.append(
                place.fault(
                    "cite", f"Không có điều khoản «{place.norm.cite}».", f"There is no clause {place.norm.cite!r}."
                )
            )
    return [*faults, *_keys(places), *_circles(places), *_contradictions(places)]


def _addresses(articles: Articles) -> Iterator[str]:
    for label, (_, article) in articles.items():
        yield label
        for clause in article.clauses:
            yield f"{label}.{clause.label}"
            yield from (f"{label}.{clause.label}.{point.label}" for point in clause.points)


def _order(head: CharterSource, articles: Articles) -> Iterator[Fault]:
    listed = [*head.covering, *(label for chapter in head.chapters for label in chapter.articles)]
    for label in sorted({label for label in listed if listed.count(label) > 1}):
        yield Fault("charter.yaml", "chapters", f"Điều {label} xếp hai lần.", f"Article {label} is placed twice.")
    for label in listed:
        if label not in articles:
            yield Fault("charter.yaml", "chapters", f"Thiếu tệp của Điều {label}.", f"Article {label} has no file.")
    for label, (file, _) in articles.items():
        if label not in listed:
            vi, en = f"Điều {label} chưa xếp vào chương nào.", f"Article {label} is in no chapter."
            yield Fault(file, "article", vi, en)


def _labels(articles: Articles) -> Iterator[Fault]:
    for file, article in articles.values():
        yield from _twice(file, "clauses", [clause.label for clause in article.clauses])
        for n, clause in enumerate(article.clauses):
            yield from _twice(file, f"clauses[{n}].points", [point.label for point in clause.points])


def _twice(file: str, path: str, labels: list[str]) -> Iterator[Fault]:
    for n, label in enumerate(labels):
        if label in labels[:n]:
            yield Fault(file, f"{path}[{n}].label", f"Nhãn {label} viết hai lần.", f"Label {label} stands twice.")


def _unknown(file: str, path: str, word: str, known: Mapping[str, object]) -> Fault:
    near = nearest(word, known)
    hint_vi, hint_en = (f" Gần nhất: {', '.join(near)}.", f" Nearest: {', '.join(near)}.") if near else ("", "")
    return Fault(file, path, f"Từ «{word}» không có trong bảng từ.{hint_vi}", f"Unknown word {word!r}.{hint_en}")


def _undeclared(file: str, path: str, word: str, *, role: bool) -> Fault:
    """Say that a charter has no such role or agency, by name where the vocabulary knows it."""
    known = vocabulary().roles if role else vocabulary().agencies
    name = known.get(word)
    kind_vi, kind_en = ("vai", "role") if role else ("cơ quan", "agency")
    said_vi = f"«{name.vi}» ({word})" if name else f"«{word}»"
    vi = f"Quy chế không có {kind_vi} {said_vi}: khai lại {kind_vi} ấy, hoặc chọn bên khác ở các quy phạm này."
    en = f"The charter has no {kind_en} {word!r}: declare it again, or choose another party in these norms."
    return Fault(file, path, vi, en)


def _head(head: CharterSource, addresses: set[str], words: Vocabulary) -> Iterator[Fault]:
    for action in head.distribution:
        if action not in words.actions:
            yield _unknown("charter.yaml", f"distribution.{action}", action, words.actions)
    for kind in head.body.symbols:
        if kind not in words.document_kinds:
            yield _unknown("charter.yaml", f"body.symbols.{kind}", kind, words.document_kinds)
    for n, note in enumerate(head.notes):
        if note.where and note.where not in addresses:
            vi, en = f"Không có điều khoản «{note.where}».", f"There is no clause {note.where!r}."
            yield Fault("charter.yaml", f"notes[{n}].where", vi, en)
    yield from _tables(head)


def _tables(head: CharterSource) -> Iterator[Fault]:
    for code, role in head.roles.items():
        if role.agency is not None and role.agency not in head.agencies:
            yield _unknown("charter.yaml", f"roles.{code}.agency", role.agency, head.agencies)
    for code in head.seals:
        if code not in head.agencies:
            yield _unknown("charter.yaml", f"seals.{code}", code, head.agencies)


def _listed(norm: NormSource, head: CharterSource, words: Vocabulary) -> Iterator[tuple[str, list[str], Iterable[str]]]:
    agencies, roles = head.agencies, head.roles
    yield "action", [norm.action] if norm.action else [], words.actions
    yield "when.all", [name.removeprefix("!") for name in norm.when.all], words.facts
    yield "when.any", [name.removeprefix("!") for name in norm.when.any], words.facts
    yield "systems", norm.systems, words.systems
    yield "joined_with", norm.joined_with, words.systems
    yield "documents", norm.documents, words.document_kinds
    yield "meetings", norm.meetings, words.meeting_kinds
    yield "evidence", norm.evidence, words.evidence
    yield "coordinators", norm.coordinators, agencies
    yield "on_behalf_of", [norm.on_behalf_of] if norm.on_behalf_of else [], [*roles, *agencies]
    yield "delegate", [norm.delegate] if norm.delegate else [], roles
    yield "sign_form", [norm.sign_form] if norm.sign_form else [], words.sign_forms
    yield "seal", [norm.seal] if norm.seal else [], [*head.seals, OWN_AGENCY]
    yield "blocks", norm.blocks, words.actions
    yield "extends_to", norm.extends_to, words.actions
    yield "fulfilled_by", [norm.fulfilled_by] if norm.fulfilled_by else [], words.facts
    yield "gaps", norm.gaps, words.gaps
    yield "deadline.form", [norm.deadline.form] if norm.deadline else [], words.deadline_forms
    if norm.reading and norm.reading.lead:
        yield "reading.lead", [norm.reading.lead], agencies


def _words(place: _Place, head: CharterSource, words: Vocabulary) -> Iterator[Fault]:
    for key, used, known in _listed(place.norm, head, words):
        table = dict.fromkeys(known)
        for word in used:
            if word not in table and key in PARTIES:
                yield _undeclared(place.file, f"{place.path}.{key}", word, role=word not in words.agencies)
            elif word not in table:
                yield _unknown(place.file, f"{place.path}.{key}", word, table)
    deadline = place.norm.deadline
    for name in words.deadline_forms.get(deadline.form, ()) if deadline else ():
        if getattr(deadline, name) is None:
            vi, en = f"Hạn dạng {deadline.form if deadline else ''} cần «{name}».", f"This deadline needs {name!r}."
            yield place.fault("deadline", vi, en)
    parties = [("recipients", party) for party in place.norm.recipients]
    parties += [("via", place.norm.via)] if place.norm.via else []
    for key, party in parties:
        first, _, agency = party.partition(":")
        path = f"{place.path}.{key}"
        if first not in head.roles and first not in head.agencies:
            yield _undeclared(place.file, path, first, role=first not in words.agencies)
        if agency and agency not in head.agencies:
            yield _undeclared(place.file, path, agency, role=False)


def _signed_for(place: _Place, head: CharterSource, words: Vocabulary) -> Iterator[Fault]:
    """A form that names another in the signature wants that other: a role, or a body."""
    form, other = place.norm.sign_form, place.norm.on_behalf_of
    wanted = words.signed_for.get(form or "")
    if wanted is None:
        return
    kind_vi, kind_en = (
        ("vai được ký cho", "the role signed for") if wanted == "role" else ("tập thể, cơ quan", "the body")
    )
    if other is None:
        vi = f"Thể thức ký {form} phải nêu {kind_vi}: thêm on_behalf_of."
        yield place.fault("on_behalf_of", vi, f"The sign form {form} must name {kind_en}: add on_behalf_of.")
    elif wanted == "role" and other not in head.roles:
        vi = f"Thể thức ký {form} cần một vai, không phải cơ quan «{other}»: sửa on_behalf_of."
        yield place.fault("on_behalf_of", vi, f"The sign form {form} wants a role, not the agency {other!r}.")


def _bearers(place: _Place, head: CharterSource) -> Iterator[Fault]:
    norm = place.norm
    if norm.action and not norm.bearer:
        vi, en = "Quy phạm có hành vi mà không có chủ thể.", "The norm has an action but no bearer."
        yield place.fault("bearer", vi, en)
    if norm.type == "prohibition" and not norm.when.all and not norm.when.any and head.kind != "installation":
        vi, en = "Điều cấm phải nêu dữ kiện làm phát sinh.", "A prohibition must name the fact it speaks on."
        yield place.fault("when", vi, en)
    for party in norm.bearer:
        role, _, agency = party.partition(":")
        if role not in head.roles:
            yield _undeclared(place.file, f"{place.path}.bearer", role, role=True)
        if agency and agency not in head.agencies:
            yield _undeclared(place.file, f"{place.path}.bearer", agency, role=False)
        if role == NO_POWERS and head.kind != "installation":
            vi, en = (
                "Quản trị tài khoản không mang thẩm quyền của quy chế.",
                "account_admin holds no norm of a charter.",
            )
            yield place.fault("bearer", vi, en)


def _keys(places: list[_Place]) -> Iterator[Fault]:
    seen: dict[str, _Place] = {}
    for place in places:
        other = seen.setdefault(place.norm.key, place)
        if other is not place:
            vi, en = f"Khóa đã dùng ở {other.file}.", f"This key is used in {other.file} already."
            yield place.fault("key", vi, en)
    for place in places:
        tied = [("after", key) for key in place.norm.after]
        tied += [("seal_by", place.norm.seal_by)] if place.norm.seal_by else []
        for name, key in tied:
            if key not in seen:
                yield _unknown(place.file, f"{place.path}.{name}", key, seen)


def _circles(places: list[_Place]) -> Iterator[Fault]:
    after = {place.norm.key: place.norm.after for place in places}
    for place in places:
        reached, waiting = set[str](), list(place.norm.after)
        while waiting:
            key = waiting.pop()
            if key not in reached:
                reached.add(key)
                waiting.extend(after.get(key, []))
        if place.norm.key in reached:
            vi, en = "Thứ tự «after» đi vòng tròn.", "The order given by `after` runs in a circle."
            yield place.fault("after", vi, en)


def _contradictions(places: list[_Place]) -> Iterator[Fault]:
    """A power and a prohibition for one bearer on one action under the same facts cannot both be meant."""
    held = {
        (party, place.norm.action, _facts(place.norm)): place
        for place in places
        if place.norm.type not in ("prohibition", "procedure")
        for party in place.norm.bearer
    }
    for place in places:
        if place.norm.type != "prohibition":
            continue
        for party in place.norm.bearer:
            other = held.get((party, place.norm.action, _facts(place.norm)))
            if other is not None:
                vi = f"Trái với {other.norm.key} trong {other.file}: vừa cho vừa cấm."
                en = f"Contradicts {other.norm.key} in {other.file}: allowed and forbidden at once."
                yield place.fault("type", vi, en)


def _facts(norm: NormSource) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(norm.when.all)), tuple(sorted(norm.when.any))
