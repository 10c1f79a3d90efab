"""From a package's YAML to its canonical form: shape first, then words, addresses and the ties between norms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from dean06.charter import text, yaml_reader
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.library import CACHE, HEAD, source_digest, source_files
from dean06.charter.linting import check
from dean06.charter.schema import ArticleSource, CharterSource, ClauseSource, NormSource, PointSource
from dean06.charter.types import Charter, canonical_json
from dean06.charter.vocabulary import COMPILED, SOURCE, vocabulary

MAX_FILES = 200

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(slots=True)
class Package:
    """A package as read: its head, its articles by label with their files, and every fault so far."""

    name: str
    head: CharterSource | None = None
    articles: dict[str, tuple[str, ArticleSource]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def compile_package(folder: Path) -> Charter:
    """Compile a package folder, or refuse it with every fault and its place."""
    return _compiled(read_package(folder))


def compile_sources(files: Mapping[str, object]) -> Charter:
    """Compile a package from the plain values of its files, or refuse it with every fault and its place."""
    package = Package("")
    for name in sorted(files, key=lambda one: (one != HEAD, one)):
        if name == HEAD:
            package.head = _shaped(package, name, files[name], CharterSource)
        else:
            _add_article(package, name, _shaped(package, name, files[name], ArticleSource))
    if HEAD not in files:
        package.faults.append(_no_head(package.name))
    return _compiled(package)


def _compiled(package: Package) -> Charter:
    if not package.faults and package.head is not None:
        package.faults.extend(check(package.head, package.articles))
    if package.faults or package.head is None:
        raise CharterInvalid(tuple(package.faults))
    return text.from_raw(_raw(package.head, [article for _, article in package.articles.values()]))


def _no_head(name: str) -> Fault:
    return Fault(name, HEAD, "Thiếu tệp đầu gói charter.yaml.", "The head file charter.yaml is missing.")


def read_package(folder: Path) -> Package:
    """Read the files of a package; faults are collected, not raised."""
    package = Package(folder.name)
    files = source_files(folder)
    if not files or files[0].name != HEAD:
        package.faults.append(_no_head(folder.name))
        return package
    if len(files) > MAX_FILES:
        package.faults.append(Fault(folder.name, "", "Quá nhiều tệp.", "Too many files."))
        return package
    package.head = _parse(package, files[0], CharterSource)
    for path in files[1:]:
        _add_article(package, path.name, _parse(package, path, ArticleSource))
    return package


def _add_article(package: Package, file: str, article: ArticleSource | None) -> None:
    if article is None:
        return
    if article.article in package.articles:
        other = package.articles[article.article][0]
        vi = f"Điều {article.article} đã có trong {other}: đánh số lại hoặc bỏ một."
        en = f"Article {article.article} stands in {other} already: renumber or remove one."
        package.faults.append(Fault(file, "article", vi, en))
        return
    package.articles[article.article] = (file, article)


def _parse(package: Package, path: Path, model: type[_Model]) -> _Model | None:
    value, faults = yaml_reader.read(path)
    package.faults.extend(faults)
    return None if faults else _shaped(package, path.name, value, model)


def _shaped(package: Package, file: str, value: object, model: type[_Model]) -> _Model | None:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        package.faults.extend(_fault(file, row["loc"], row["type"], row["msg"]) for row in error.errors())
        return None


_SAID = {
    "extra_forbidden": ("Khóa này không có trong mẫu: bỏ hoặc sửa tên.", "This key is unknown: remove or rename it."),
    "missing": ("Thiếu khóa này.", "This key is missing."),
    "string_type": ("Phải là chữ trong dấu nháy.", "Must be a quoted text."),
    "list_type": ("Phải là danh sách.", "Must be a list."),
    "bool_type": ("Phải là true hoặc false.", "Must be true or false."),
    "int_type": ("Phải là số nguyên.", "Must be a whole number."),
    "string_pattern_mismatch": ("Viết không đúng dạng của mục này.", "Not written in the form of this entry."),
    "string_too_short": ("Không để trống mục này.", "This entry must not be empty."),
    "string_too_long": ("Dài quá: rút gọn.", "Too long: shorten it."),
    "literal_error": ("Chọn một giá trị có trong mẫu.", "Choose one of the values of the format."),
    "greater_than_equal": ("Số này nhỏ quá.", "This number is too small."),
    "less_than_equal": ("Số này lớn quá: ngày trong tháng từ 1 đến 28.", "Too large: a day of the month is 1 to 28."),
    "day_unreal": ("Ngày này không có trong lịch.", "There is no such day in the calendar."),
}


def _fault(file: str, where: Iterable[object], kind: str, message: str) -> Fault:
    path = ""
    for part in where:
        path = f"{path}[{part}]" if isinstance(part, int) else f"{path}.{part}" if path else str(part)
    vi, en = _SAID.get(kind, (f"Giá trị không đúng mẫu ({kind}).", f"{message}."))
    return Fault(file, path, vi, en)


def _raw(head: CharterSource, articles: list[ArticleSource]) -> dict[str, object]:
    by_label = {article.article: article for article in articles}
    ordered = [*head.covering, *(label for chapter in head.chapters for label in chapter.articles)]
    issuer = head.instrument.issuer
    return {
        "format": head.format,
        "line": head.line,
        "version": head.version,
        "title": head.title,
        "kind": head.kind,
        "level": head.level,
        "instrument": head.instrument.model_dump() | {"issuer": issuer.role or issuer.agency or ""},
        "in_force": {"from": head.in_force.start, "to": head.in_force.end},
        "body": head.body.model_dump(),
        "roles": [{"code": code} | role.model_dump() for code, role in head.roles.items()],
        "agencies": [{"code": code} | agency.model_dump() for code, agency in head.agencies.items()],
        "seals": dict(head.seals),
        "notes": [note.model_dump() for note in head.notes],
        "distribution": {action: list(lines) for action, lines in head.distribution.items()},
        "provisions": _tree(head, by_label),
        "norms": [_norm(norm, by_label[label].last_checked) for label in ordered for norm in by_label[label].norms],
    }


def _tree(head: CharterSource, articles: dict[str, ArticleSource]) -> list[dict[str, object]]:
    chapters = [
        _node(
            "chapter", chapter.label, None, chapter.heading, [_article(articles[label]) for label in chapter.articles]
        )
        for chapter in head.chapters
    ]
    regulation = _node("part", "QC", None, head.title, chapters)
    if not head.covering:
        return [regulation]
    covering = [_article(articles[label]) for label in head.covering]
    return [_node("part", "QĐ", None, "Quyết định ban hành", covering), regulation]


def _node(
    kind: str, label: str, cite: str | None, heading: str, children: list[dict[str, object]]
) -> dict[str, object]:
    return {
        "kind": kind,
        "label": label,
        "cite": cite,
        "heading": heading,
        "vi": "",
        "en": "",
        "no_norm": None,
        "children": children,
    }


def _article(article: ArticleSource) -> dict[str, object]:
    clauses = [_clause(clause, article.article) for clause in article.clauses]
    node = _node("article", article.article, article.article, article.heading, clauses)
    return node | {"vi": article.vi, "en": article.en, "no_norm": article.no_norm}


def _clause(clause: ClauseSource, article: str) -> dict[str, object]:
    cite = f"{article}.{clause.label}"
    points = [_point(point, cite) for point in clause.points]
    node = _node("clause", clause.label, cite, "", points)
    return node | {"vi": clause.vi, "en": clause.en, "no_norm": clause.no_norm}


def _point(point: PointSource, clause: str) -> dict[str, object]:
    kind = "dash" if point.label.startswith("-") else "point"
    node = _node(kind, point.label, f"{clause}.{point.label}", "", [])
    return node | {"vi": point.vi, "en": point.en, "no_norm": point.no_norm}


def _norm(norm: NormSource, last_checked: str) -> dict[str, object]:
    plain = norm.model_dump(exclude={"bearer", "documents", "meetings", "not_testable"})
    any_of = [norm.when.any] if norm.when.any else []
    return plain | {
        "bearers": norm.bearer,
        "when": [*([name] for name in norm.when.all), *any_of],
        "document_kinds": norm.documents,
        "meeting_kinds": norm.meetings,
        "testable": norm.not_testable is None,
        "why_not_testable": norm.not_testable,
        "last_checked": last_checked,
    }


def write_compiled(folder: Path) -> Charter:
    """Compile a package and write its compiled form beside the sources."""
    charter = compile_package(folder)
    body = {"digest": source_digest(folder), "hash": charter.hash, "charter": charter.raw}
    _write(folder / CACHE, canonical_json(body))
    return charter


def write_vocabulary() -> None:
    """Write the compiled form of the vocabulary beside its source."""
    plain, faults = yaml_reader.read(SOURCE)
    if faults or not isinstance(plain, dict):
        raise CharterInvalid(tuple(faults))
    body = plain | {"digest": hashlib.sha256(SOURCE.read_bytes()).hexdigest()}
    # the order of roles is part of the contract, so keys are not sorted here
    _write(COMPILED, json.dumps(body, ensure_ascii=False, separators=(",", ":")))
    vocabulary.cache_clear()


def _write(path: Path, content: str) -> None:
    draft = path.with_name(f"{path.name}.part")
    draft.write_text(content + "\n", encoding="utf-8")
    draft.replace(path)
