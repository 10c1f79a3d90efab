"""`dean06 charter import`: a regulation's file to its tree, its oddities, norm candidates and a draft package."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from dean06.charter import live
from dean06.clock import service as clock

if TYPE_CHECKING:
    from dean06.charter.live import Alignment, Candidate, Imported, Node
    from dean06.charter.types import Charter

_SHOWN = 70
_KINDS = {"part": "phần", "chapter": "chương", "section": "mục", "article": "điều", "clause": "khoản", "point": "điểm"}
_KINDS |= {"dash": "gạch đầu dòng", "paragraph": "đoạn"}
_PARTS = {"QĐ": "Quyết định ban hành", "QC": "Quy chế", "PL": "Phụ lục"}


def add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    take = commands.add_parser("import", help="nhập tệp quy chế .docx, .pdf, .txt (import a regulation's file)")
    take.add_argument("file", type=Path, metavar="FILE", help="tệp quy chế (the regulation's file)")
    take.add_argument("--against", metavar="NAME|PATH", help="so từng điều khoản với một gói (align with a package)")
    take.add_argument(
        "--candidates", action="store_true", help="đề xuất quy phạm, chưa có hiệu lực (propose norms, drafts only)"
    )
    take.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="viết gói nháp vào thư mục mới (write a draft package into a new folder)",
    )
    take.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    take.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """Import a file; exit 1 when something in it is odd, 3 when it cannot be read (nothing is written then)."""
    charter = _load(args.against) if args.against else None
    from dean06.orthography import service as orthography

    imported = live.import_regulation(args.file, orthography.heal_lines)
    aligned = live.align(imported.provisions, charter) if charter else None
    found = live.candidates(imported.provisions) if args.candidates or args.out else ()
    written = live.write_draft(imported, found, args.out, clock.today()) if args.out else ()
    if args.json:
        document = imported.as_json() | {"file": {"name": imported.file, "sha256": imported.sha256}}
        document |= {"candidates": [one.as_json() for one in found]} if args.candidates else {}
        document |= {"alignment": aligned.as_json()} if aligned else {}
        document |= {"draft": {"folder": str(args.out), "files": list(written)}} if args.out else {}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _tell(imported, aligned, found if args.candidates else ())
        if args.out:
            print(
                f"\nĐã viết gói nháp vào {args.out} ({len(written)} tệp); chưa có gì có hiệu lực."
                " (A draft package is written; nothing is in force.)"
            )
    whole = aligned is None or aligned.is_whole
    return 0 if whole and not imported.warnings else 1


def _load(name: str) -> Charter:
    ready = live.compiled(live.folder_of(name))
    if ready is not None:
        return ready
    from dean06.charter import service

    return service.load(name)


# ---------------------------------------------------------------- for people


def _tell(imported: Imported, aligned: Alignment | None, found: tuple[Candidate, ...]) -> None:
    for part in imported.provisions:
        _outline(part, 0)
    counts = _counts(imported.provisions)
    print("\n" + ", ".join(f"{count} {_KINDS[kind]}" for kind, count in counts.items()) + ".")
    if imported.warnings:
        print(f"\n{len(imported.warnings)} chỗ trong văn bản cần xem lại (places in the text to look at again):")
        for warned in imported.warnings:
            print(f"! {warned.where:<14} {warned.code:<18} {warned.sentence.vi}")
            print(f"  {'':<14} {'':<18} {warned.sentence.en}")
    if aligned is not None:
        _tell_alignment(aligned)
    if found:
        _tell_candidates(found)


def _outline(node: Node, depth: int) -> None:
    if node.kind == "paragraph" and node.cite is None:
        return
    name = _PARTS.get(node.label, node.label) if node.kind == "part" else f"{_KINDS[node.kind]} {node.label}".strip()
    text = " ".join((node.heading or node.text).split())
    print(f"{'  ' * depth}{name[:1].upper() + name[1:]}: {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}")
    for child in node.children:
        _outline(child, depth + 1)


def _counts(nodes: tuple[Node, ...]) -> dict[str, int]:
    counts = dict.fromkeys(_KINDS, 0)
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        counts[node.kind] += 1
        waiting += node.children
    return {kind: count for kind, count in counts.items() if count}


def _tell_alignment(aligned: Alignment) -> None:
    print(f"\nSo với gói {aligned.package}: {aligned.count('both')} địa chỉ có ở cả hai bên (addresses on both sides).")
    print("Cùng địa chỉ chưa phải cùng lời: tỷ lệ là số tiếng của lời tóm tắt trong gói có mặt trong lời văn bản.")
    print("(An equal address is not equal words: the share is of the summary's syllables that the text has.)")
    sides = (
        ("only_text", "chỉ có trong văn bản (only in the text)"),
        ("only_package", "chỉ có trong gói (only in the package)"),
    )
    for where, said in sides:
        cites = [row.cite for row in aligned.rows if row.where == where]
        if cites:
            print(f"✗ {said}: {', '.join(cites)}")
    for row in aligned.rows:
        if row.sha256:
            both = row.where == "both"
            share = "" if row.likeness is None else f"{row.likeness:.0%}"
            place = "cùng địa chỉ (same address)" if both else "chỉ có trong văn bản (only in the text)"
            print(f"{'·' if both else '+'} {row.cite:<14} {share:>4}  {place}; lời văn SHA-256 {row.sha256[:16]}…")


def _tell_candidates(found: tuple[Candidate, ...]) -> None:
    print(f"\n{len(found)} quy phạm đề xuất, chưa có hiệu lực cho tới khi có người nhận (proposed norms, drafts only):")
    for one in found:
        due = ""
        if one.deadline is not None:
            due = f", hạn {one.deadline.form}{f' {one.deadline.day}' if one.deadline.day else ''}"
        bearers = ", ".join(one.bearer) or "?"
        print(f"○ {one.cite:<10} {one.type:<12} {bearers}: {one.action or '?'}{due} («{'», «'.join(one.triggers)}»)")
