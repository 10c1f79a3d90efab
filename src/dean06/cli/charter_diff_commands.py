"""`dean06 charter diff` and `dean06 charter export`: two charters side by side, and a charter as a file. No Django."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from dean06.charter import live
from dean06.charter.types import Charter, Citation
from dean06.clock.errors import BadInput

FORMATS = ("akn", "json", "yaml")
ONE_JSON = "in đúng một tài liệu JSON (one JSON document)"
KEEP = "Tệp gói vẫn nguyên; kiểm tra thư mục và quyền ghi."


def add_diff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `diff`."""
    diff = commands.add_parser(
        "diff",
        help="hai quy chế khác nhau ở đâu (in what two charters differ)",
        description="So lời, quy phạm và ảnh hưởng tới từng vai. Mã kết thúc 1 khi có khác biệt. "
        "(Compares text, norms and the effect on each role. Exit code 1 when there are differences.)",
    )
    for name, side in (("a", "thứ nhất (first)"), ("b", "thứ hai (second)")):
        diff.add_argument(name, metavar=name.upper(), help=f"tên gói hoặc thư mục, bên {side}")
    diff.add_argument("--text", action="store_true", help="in cả lời của từng khoản khác nhau (also print the words)")
    diff.add_argument("--json", action="store_true", help=ONE_JSON)
    diff.set_defaults(run=run_diff)


def add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `export`."""
    export = commands.add_parser("export", help="xuất quy chế ra tệp (export a charter to a file)")
    export.add_argument("package", metavar="PACKAGE", help="tên gói hoặc thư mục (name or folder)")
    export.add_argument(
        "--format",
        required=True,
        type=_format,
        metavar="|".join(FORMATS),
        help="akn: Akoma Ntoso 1.0; json: dạng chuẩn, có mã băm (canonical form); yaml: gói nén zip (zipped package)",
    )
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="tệp ghi ra (file to write)")
    export.add_argument("--json", action="store_true", help=ONE_JSON)
    export.set_defaults(run=run_export)


def _format(name: str) -> str:
    if name == "pdf":
        raise argparse.ArgumentTypeError(
            "bản PDF lấy ở trang «Quy chế» của tổ trên trình duyệt (liên kết PDF); lệnh này xuất "
            f"{', '.join(FORMATS)}\nthe PDF is on the group's page «Quy chế» in the browser (link PDF); this command "
            f"exports {', '.join(FORMATS)}"
        )
    if name not in FORMATS:
        listed = ", ".join(FORMATS)
        raise argparse.ArgumentTypeError(
            f"không có dạng «{name}», chọn một trong {listed}\nno format {name!r}, choose from {listed}"
        )
    return name


def _load(name: str) -> Charter:
    ready = live.compiled(live.folder_of(name))
    if ready is not None:
        return ready
    from dean06.charter import service

    return service.load(name)


def _declared(a: str, b: str) -> live.Differences | None:
    """Read the declared differences as compiled; from their source where that has changed since."""
    if live.declared_is_fresh():
        return live.declared(a, b)
    from dean06.charter import service

    return service.differences(a, b)


def run_diff(args: argparse.Namespace) -> int:
    """Compare two charters; exit 1 when anything differs."""
    found = live.compare(_load(args.a), _load(args.b))
    known = _declared(found.a.line, found.b.line)
    if args.json:
        print(json.dumps(live.diff_json(found, known), ensure_ascii=False, indent=2))
    else:
        for line in _told(found, known, with_text=args.text):
            print(line)
    return 0 if found.same else 1


def run_export(args: argparse.Namespace) -> int:
    """Write a charter in one form; say the hash of the charter and of the file."""
    charter = _load(args.package)
    content = _content(charter, args.format)
    try:
        args.out.write_bytes(content)
    except OSError as error:
        raise BadInput(
            f"Không ghi được {args.out}: {KEEP}",
            f"Cannot write {args.out}: check the folder and that it may be written to.",
        ) from error
    digest = sha256(content).hexdigest()
    if args.json:
        told = {"line": charter.line, "version": charter.version, "hash": charter.hash}
        print(json.dumps(told | {"format": args.format, "file": str(args.out), "sha256": digest}, ensure_ascii=False))
    else:
        print(f"✓ {args.out}: {charter.title}, phiên bản {charter.version}")
        print(f"  mã băm của quy chế (hash of the charter): {charter.hash}")
        print(f"  mã băm của tệp (hash of the file): {digest}")
    return 0


def _content(charter: Charter, form: str) -> bytes:
    if form == "json":
        return live.to_canonical(charter).encode()  # no line end: the hash of the file is the hash of the charter
    from dean06.charter import service

    return service.akoma_ntoso(charter) if form == "akn" else service.package_zip(charter)


def _sides(found: live.Comparison) -> tuple[str, str]:
    a, b = found.a, found.b
    if a.line != b.line:
        return a.line, b.line
    return (f"bản {a.version}", f"bản {b.version}") if a.version != b.version else ("A", "B")


def _clauses(cites: Iterable[Citation]) -> str:
    return ", ".join(live.clause_in_text(cite) for cite in cites)


def _told(found: live.Comparison, known: live.Differences | None, *, with_text: bool) -> Iterator[str]:
    yield f"A = {found.a.title}, phiên bản {found.a.version} ({found.a.hash[:12]}…)"
    yield f"B = {found.b.title}, phiên bản {found.b.version} ({found.b.hash[:12]}…)"
    if found.same:
        yield "Không có gì khác. (Nothing differs.)"
        return
    sides = _sides(found)
    if known is not None:
        yield from _told_declared(found, known, sides)
    others = live.rest(found, known)
    yield from _told_head(found, others, sides)
    yield from _told_text(found if with_text else None, others, sides)
    yield from _told_norms(found, others, known, sides)
    yield from _told_effects(found, sides)


def _title(vi: str, en: str, count: int) -> Iterator[str]:
    yield ""
    yield f"== {vi} ({en}): {count}"


def _told_declared(found: live.Comparison, known: live.Differences, sides: tuple[str, str]) -> Iterator[str]:
    yield from _title("Các khác biệt đã nêu", "declared differences", len(known.items))
    for item in known.items:
        gone = "" if live.borne_out(found, item) else "   ! hai văn bản nay không còn khác ở đây (no longer borne out)"
        yield f"{item.code}  {item.matter.vi} ({item.matter.en}){gone}"
        for name, side in zip(sides, (item.a, item.b), strict=True):
            if side is None:
                yield f"      {name}: không có (absent)"
                continue
            where = f"  [{_clauses(side.cites)}]" if side.cites else ""
            yield f"      {name}: {side.words.vi}{where}"
            yield f"      {'':{len(name)}}  {side.words.en}"


def _told_head(found: live.Comparison, others: live.Rest, sides: tuple[str, str]) -> Iterator[str]:
    """Say which values of the head differ; notes on the oddities of two different texts are not compared."""
    one_line = found.a.line == found.b.line
    head = [one for one in others.head if one_line or not one.path.startswith("notes.")]
    if head:
        yield from _title("Phần đầu", "head", len(head))
    for one in head:
        yield f"{one.path}"
        for name, value in zip(sides, (one.a, one.b), strict=True):
            yield f"      {name}: {'không có (absent)' if value is None else json.dumps(value, ensure_ascii=False)}"


def _told_text(whole: live.Comparison | None, others: live.Rest, sides: tuple[str, str]) -> Iterator[str]:
    """Say which clauses differ: those that no declared difference claims, or with the words all of them."""
    changes = whole.text if whole else others.text
    if changes:
        yield from _title("Lời của điều khoản", "text", len(changes))
    for one in changes:
        places = [live.clause_in_text(node.cite) if node and node.cite else "–" for node in (one.a, one.b)]
        yield f"{live.text_change(one)}: {' ↔ '.join(dict.fromkeys(places))}"
        if whole and one.kind != "moved":
            for name, node in zip(sides, (one.a, one.b), strict=True):
                if node:
                    yield f"      {name}: {node.summary.vi or node.heading}"
                    yield f"      {'':{len(name)}}  {node.summary.en}"


def _told_norms(
    found: live.Comparison, others: live.Rest, known: live.Differences | None, sides: tuple[str, str]
) -> Iterator[str]:
    for aside in known.asides if known else ():
        named = ", ".join((*aside.shown.norms_a, *aside.shown.norms_b))
        yield from ("", f"Cũng khác (also differs): {aside.reason.vi} ({aside.reason.en})", f"      {named}")
    if others.norms:
        yield from _title("Quy phạm", "norms", len(others.norms))
    for one in others.norms:
        norm = one.a or one.b
        if norm is None:
            continue
        only = {"only_a": f"chỉ có ở {sides[0]}", "only_b": f"chỉ có ở {sides[1]}"}.get(one.kind, "khác")
        act = live.norm_act(norm) or live.type_name(norm.type)
        yield f"{norm.key} ({live.clause_in_text(norm.cite)}), {only}: {act}"
        for change in one.fields:
            yield f"      {live.field_text(found.a, found.b, change)}"
            yield f"      {live.field_text(found.a, found.b, change, 'en')}"


def _told_effects(found: live.Comparison, sides: tuple[str, str]) -> Iterator[str]:
    yield from _title("Ảnh hưởng tới người làm việc", "effect on those who act", len(found.effects))
    for kind, effects in live.effects_by_kind(found):
        yield f"-- {live.effect_kind(kind)} ({live.effect_kind(kind, 'en')})"
        for one in effects:
            where = "; ".join(
                f"{name}: {_clauses(cites)}"
                for name, cites in zip(sides, (one.cites_a, one.cites_b), strict=True)
                if cites
            )
            yield f"  • {live.effect_text(found.a, found.b, one)}  [{where}]"
            yield f"    {live.effect_text(found.a, found.b, one, 'en')}"
    for line in live.absent_roles(found):
        yield f"-- {line.vi}"
        yield f"   {line.en}"
