"""A draft package from an imported text: a folder to fill in, nothing in force, every norm a candidate."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from dean06.charter.advising import TODO
from dean06.charter.importing import refusals
from dean06.charter.importing.levels import level_of
from dean06.charter.importing.nodes import COVERING, REGULATION, Node, addressed, walk
from dean06.charter.importing.refusals import NotImportable
from dean06.charter.importing.results import Candidate, Imported
from dean06.charter.importing.set_phrases import bare
from dean06.charter.importing.warned import passages
from dean06.charter.vocabulary import vocabulary

APART = "draft"  # beside the package's own files, so that the package reader passes it by
_HEAD = """\
# A draft made by `dean06 charter import`. Replace every TODO; describe each clause in your own words; move the norms
# that you accept from draft/candidates.yaml into the articles' files. Nothing is in force: number and date are entered
# on adoption.
"""
_SEATS = ("leader", "standing_deputy", "deputy", "standing_member", "member", "secretariat", "chair_of_meeting")
_OTHERS = ("substitute", "invitee", "expert", "group", "agency", "agency_head", "pc_chair", "issuer")
_SERIES = f"symbols: {{other: {TODO}}}, archive: VT"
_MOST_HEADING = 200


def write_draft(imported: Imported, found: Sequence[Candidate], folder: Path, on: date) -> tuple[str, ...]:
    """Write a package skeleton into a folder that does not exist yet, whole or not at all; return its files."""
    if folder.exists():
        raise NotImportable(folder.name, refusals.folder_taken(str(folder)))
    folder.parent.mkdir(parents=True, exist_ok=True)
    files = dict(_files(imported, found, folder.name, on))
    half = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        (half / APART).mkdir()
        for name, text in files.items():
            (half / name).write_text(text, encoding="utf-8")
        half.chmod(0o755)
        half.rename(folder)
    except OSError:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return tuple(files)


def _files(imported: Imported, found: Sequence[Candidate], name: str, on: date) -> Iterator[tuple[str, str]]:
    yield "charter.yaml", _head(imported, name)
    for part in imported.provisions:
        prefix = f"{COVERING}-" if part.label == COVERING else ""
        for node in walk((part,)):
            if node.kind == "article" and node.cite:
                yield _file_name(prefix, node.label), _article(node, on)
            elif part.label == COVERING and node.kind == "paragraph" and node.cite:
                yield f"qd-{node.cite.removeprefix(prefix)}.yaml", _article(node, on)
    yield f"{APART}/candidates.yaml", _candidates(found)
    yield f"{APART}/text.json", json.dumps(imported.as_json(), ensure_ascii=False, indent=2) + "\n"


def _file_name(prefix: str, label: str) -> str:
    if prefix:
        return f"qd-{label}.yaml"
    digits = re.match(r"\d+", label)
    number = f"{int(digits[0]):02d}" if digits else ""
    return f"dieu-{number}{bare(label[len(digits[0]) :] if digits else label)}.yaml"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", bare(name)).strip("-")[:80] or "draft"


# ---------------------------------------------------------------- charter.yaml


def _head(imported: Imported, name: str) -> str:
    texts = passages(imported.provisions)
    covering = [cite for cite in addressed(imported.provisions) if cite.startswith(f"{COVERING}-") and "." not in cite]
    rows = [
        f"{_HEAD}format: dean06-charter/1",
        f"line: {_slug(name)}",
        "version: 1",
        f"title: {TODO}",
        "kind: regulation",
        f"level: {level_of(texts) or 'commune'}  # {TODO}",
        f"instrument: {{kind: decision, number: null, date: null, issuer: {{role: leader}}, place: {TODO}}}",
        "in_force: {}",
        f"body: {{parent: {TODO}, name_lines: [{TODO}], short_name: {TODO}, place: {TODO}, {_SERIES}}}",
        "roles:",
        *(f"  {code}: {{title: {_quoted(vocabulary().roles[code].vi)}}}" for code in (*_SEATS, *_OTHERS)),
        "agencies: {}",
        f"covering: [{', '.join(map(_quoted, covering))}]",
        "chapters:",
        *_chapters(imported.provisions),
        *_notes(imported),
    ]
    return "\n".join(rows) + "\n"


def _chapters(provisions: tuple[Node, ...]) -> list[str]:
    regulation = next((part for part in provisions if part.label == REGULATION), None)
    if regulation is None:
        return [f"  - {{label: I, heading: {TODO}, articles: []}}"]
    chapters = [node for node in regulation.children if node.kind == "chapter"]
    rows = [(node.label, node.heading, node) for node in chapters] or [("I", TODO, regulation)]
    return [
        f"  - {{label: {_quoted(label)}, heading: {_quoted(heading[:_MOST_HEADING] or TODO)},"
        f" articles: [{', '.join(_quoted(each.label) for each in walk((node,)) if each.kind == 'article')}]}}"
        for label, heading, node in rows
    ]


def _notes(imported: Imported) -> list[str]:
    known = addressed(imported.provisions)
    rows = [
        f"  - {{code: {warned.code}, where: {_quoted(warned.where)}, vi: {_quoted(warned.sentence.vi)},"
        f" en: {_quoted(warned.sentence.en)}}}"
        for warned in imported.warnings
        if warned.where in known
    ]
    return ["notes:", *rows] if rows else []


# ---------------------------------------------------------------- articles, candidates


def _article(node: Node, on: date) -> str:
    label = node.cite if (node.cite or "").startswith(COVERING) else node.label
    clauses = [child for child in node.children if child.cite is not None]
    rows = [
        f"article: {_quoted(label or '')}",
        f"heading: {_quoted(node.heading[:_MOST_HEADING] or TODO)}",
        *([] if clauses else [f"vi: {TODO}", f"en: {TODO}"]),
        f'last_checked: "{on.isoformat()}"',
    ]
    if clauses:
        rows.append("clauses:")
        for clause in clauses:
            rows += _clause(clause)
    rows.append("norms: []")
    return "\n".join(rows) + "\n"


def _clause(node: Node) -> list[str]:
    rows = [f"  - label: {_quoted(_label(node))}", f"    vi: {TODO}", f"    en: {TODO}"]
    points = [child for child in node.children if child.cite is not None and "." not in child.label]
    skipped = [child.label for child in node.children if child.cite is not None and "." in child.label]
    if skipped:
        rows.append(
            f"    # {TODO}: {', '.join(skipped)} carry a full stop in their labels and have no address of their own"
        )
    if points:
        rows.append("    points:")
        rows += [f"      - {{label: {_quoted(_label(point))}, vi: {TODO}, en: {TODO}}}" for point in points]
    return rows


def _label(node: Node) -> str:
    return (node.cite or "").rpartition(".")[2] if node.kind == "dash" else node.label


def _candidates(found: Sequence[Candidate]) -> str:
    rows = [
        "# Norm candidates read from the text: drafts, not in force. Accept by moving a line into its article's file."
    ]
    for at, one in enumerate(found, 1):
        words = {
            "key": f"candidate.n{at}",
            "cite": one.cite,
            "type": one.type,
            **({"bearer": list(one.bearer)} if one.bearer else {}),
            **({"action": one.action} if one.action else {}),
            **_deadline(one),
            **({"recipients": list(one.recipients)} if one.recipients else {}),
            "source": "; ".join(one.triggers),
        }
        rows.append(f"- {json.dumps(words, ensure_ascii=False)}")
    return "\n".join(rows) + "\n"


def _deadline(one: Candidate) -> dict[str, object]:
    if one.deadline is None:
        return {}
    day = {"day": one.deadline.day} if one.deadline.day is not None else {}
    return {"deadline": {"form": one.deadline.form, **day} if day else one.deadline.form}
