"""`dean06 charter`: check a package, ask what one may do, list what is due. No database, no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from dean06.charter import live
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.types import Charter, Obligation, Question
from dean06.cli import charter_diff_commands
from dean06.cli.charter_import_commands import add_import
from dean06.cli.days import parsed_day
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError

Compile: TypeAlias = "Callable[[Path], Charter]"
Advise: TypeAlias = "Callable[[Charter], list[dict[str, str]]]"
REFUSED = ("not_allowed", "forbidden", "not_in_force")
SIGNS = {
    "met": "✓ đạt",
    "late": "! trễ",
    "missed": "✗ không làm",
    "pending": "… chưa đến hạn",
    "excused": "– được miễn",
    "not_testable": "? không đo được",
    "not_regulated": "○ theo quy ước",
    "dormant": "■ đã khép",
}


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    charter = subparsers.add_parser("charter", help="quy chế dưới dạng dữ liệu (the regulation as data)")
    commands = charter.add_subparsers(dest="charter_command", required=True, metavar="VIỆC")
    check = commands.add_parser("check", help="kiểm tra gói quy chế (check packages)")
    check.add_argument("paths", nargs="+", metavar="PATH", help="thư mục gói, hoặc tên gói có sẵn (folder or name)")
    check.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    check.set_defaults(run=run_check)
    build = commands.add_parser("compile", help="biên dịch lại gói quy chế (compile packages again)")
    build.add_argument("paths", nargs="+", metavar="PATH", help="thư mục gói, hoặc tên gói có sẵn (folder or name)")
    build.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    build.set_defaults(run=run_compile)
    _add_may(commands)
    _add_scenarios(commands)
    _add_due(commands)
    charter_diff_commands.add_diff(commands)
    charter_diff_commands.add_export(commands)
    add_import(commands)


def _add_may(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    may = commands.add_parser("may", help="vai này được làm việc này không (may this role do this)")
    may.add_argument("--charter", required=True, metavar="NAME|PATH", help="gói quy chế (package)")
    may.add_argument("--role", required=True, help="vai, ví dụ standing_deputy (role)")
    may.add_argument("--agency", help="mã cơ quan, ví dụ BHXH (agency)")
    may.add_argument("--action", required=True, help="hành vi, ví dụ document.sign (action)")
    may.add_argument("--on", type=parsed_day, metavar="YYYY-MM-DD", help="ngày; mặc định hôm nay (default: today)")
    may.add_argument(
        "--fact", action="append", default=[], metavar="NAME[=VALUE]", help="dữ kiện, lặp lại được (fact, repeatable)"
    )
    may.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    may.set_defaults(run=run_may)


def _add_due(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    due = commands.add_parser("due", help="việc phải làm trong kỳ và kết quả (what was due)")
    due.add_argument("--charter", required=True, metavar="NAME|PATH", help="gói quy chế (package)")
    span = due.add_mutually_exclusive_group(required=True)
    span.add_argument("--month", metavar="YYYY-MM", help="một tháng (one month)")
    span.add_argument("--year", metavar="YYYY", help="cả năm (a whole year)")
    due.add_argument(
        "--facts", type=Path, required=True, metavar="FILE", help="tệp dữ kiện YAML hoặc JSON (file of facts)"
    )
    due.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    due.set_defaults(run=run_due)


def _add_scenarios(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    scenarios = commands.add_parser("scenarios", help="chạy các kịch bản của quy chế (run a charter's scenarios)")
    scenarios.add_argument("path", metavar="PATH", help="tên gói, thư mục gói hoặc tệp kịch bản (package or file)")
    scenarios.add_argument("--charter", metavar="NAME|PATH", help="gói quy chế; mặc định là PATH (package)")
    scenarios.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    scenarios.set_defaults(run=run_scenarios)


def _load(name: str) -> Charter:
    """Load a shipped package at once; anything else through the full face, which knows YAML."""
    ready = live.compiled(live.folder_of(name))
    if ready is not None:
        return ready
    from dean06.charter import service

    return service.load(name)


def _print(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2))


def run_check(args: argparse.Namespace) -> int:
    """Check packages: each fault with its place (exit 3), each thing wanting though it compiles (exit 1)."""
    from dean06.charter import service

    results = [_checked(path, service.compile_package, _advised) for path in args.paths]
    if args.json:
        _print(results)
    else:
        for result in results:
            _tell_check(result)
    if not all(result["ok"] for result in results):
        return 3
    return 1 if any(result["advice"] for result in results) else 0


def _advised(charter: Charter) -> list[dict[str, str]]:
    from dean06.charter import service

    return [one.as_json() for one in service.advise(charter)]


def _checked(path: str, compile_package: Compile, advise: Advise) -> dict[str, object]:
    try:
        charter = compile_package(live.folder_of(path))
    except CharterInvalid as error:
        return {"path": path, "ok": False, "faults": [fault.as_json() for fault in error.faults], "advice": []}
    except HouseError as error:
        return {"path": path, "ok": False, "faults": [Fault(path, "", error.vi, error.en).as_json()], "advice": []}
    testable, duties = live.coverage(charter)
    return {
        "path": path,
        "ok": True,
        "faults": [],
        "advice": advise(charter),
        "line": charter.line,
        "version": charter.version,
        "hash": charter.hash,
        "norms": len(charter.norms),
        "duties": duties,
        "testable": testable,
    }


def _tell_check(result: dict[str, object]) -> None:
    faults, advice = result["faults"], result["advice"]
    if result["ok"]:
        print(
            f"✓ {result['path']}: {result['norms']} quy phạm, {result['testable']}/{result['duties']} nghĩa vụ đo được,"
            f" SHA-256 {str(result['hash'])[:16]}…"
        )
    for fault in faults if isinstance(faults, list) else []:
        place = Fault(fault["file"], fault["path"], "", "", row=fault["line"], column=fault["column"]).place()
        print(f"✗ {': '.join(filter(None, (fault['file'], place)))}: {fault['vi']} / {fault['en']}")
    for one in advice if isinstance(advice, list) else []:
        print(f"! {one['where']}: {one['vi']} / {one['en']}")
    if advice and isinstance(advice, list):
        print(f"  {len(advice)} chỗ còn thiếu (things wanting); gói vẫn biên dịch được (the package compiles).")


def run_compile(args: argparse.Namespace) -> int:
    """Compile packages and write their compiled form beside the sources."""
    from dean06.charter import service

    service.write_vocabulary()
    service.write_differences()
    charters = [service.write_compiled(live.folder_of(path)) for path in args.paths]
    if args.json:
        _print([{"line": charter.line, "hash": charter.hash} for charter in charters])
    else:
        for charter in charters:
            print(f"✓ {charter.line}: {len(charter.norms)} quy phạm, SHA-256 {charter.hash[:16]}…")
    return 0


def run_may(args: argparse.Namespace) -> int:
    """Answer one question; exit 4 where the answer is no."""
    charter = _load(args.charter)
    question = Question(
        role=args.role,
        agency=args.agency,
        action=args.action,
        on=args.on or clock.today(),
        facts=live.facts_from_words(charter, args.fact),
    )
    live.check_words(charter, question)
    decision = live.decide(charter, question)
    if args.json:
        _print(decision.as_json())
    else:
        print(decision.sentence("vi"))
        print(decision.sentence("en"))
    return 4 if decision.outcome in REFUSED else 0


def run_due(args: argparse.Namespace) -> int:
    """List what was due; exit 1 when something was late or missed."""
    charter = _load(args.charter)
    facts = live.read_facts(args.facts, charter)
    items = live.obligations(charter, facts, month=args.month, year=args.year)
    idle = live.not_binding(charter, facts, month=args.month, year=args.year)
    if idle is not None:  # beside the JSON document, whose shape is a contract
        for language in ("vi", "en"):
            print(_why_idle(idle, language), file=sys.stderr if args.json else sys.stdout)
    if args.json:
        _print([item.as_json() for item in items])
    elif idle is None:
        _tell_due(charter, items)
    return 1 if any(item.status in ("late", "missed") for item in items) else 0


def _why_idle(idle: live.Decision, language: str) -> str:
    said = idle.sentence(language)
    if not idle.missing:
        return said + (" So nothing was due." if language == "en" else " Vì vậy kỳ này không có việc nào đến hạn.")
    if language == "en":
        return f"{said} So nothing was due; enter them under `adoption` in the file of facts."
    return f"{said} Vì vậy không có việc nào đến hạn; ghi các mục ấy dưới khóa adoption của tệp dữ kiện."


def _tell_due(charter: Charter, items: list[Obligation]) -> None:
    words = live.vocabulary()
    for item in items:
        clauses = "; ".join(live.clause_label(citation) for citation in item.citations) or "quy ước của tổ"
        bound = f"trước {item.due_before:%H:%M %d/%m/%Y}" if item.due_before else "không có mốc"
        who = live.party_name(charter, item.bearer)
        print(f"{SIGNS[item.status]:<18} {item.period:<10} {who}: {words.actions[item.action].name.vi}")
        print(f"{'':<18} {clauses}, {bound}")
    testable, duties = live.coverage(charter)
    print(f"{len(items)} việc. Hệ thống đo được {testable} trên {duties} nghĩa vụ của quy chế.")


def run_scenarios(args: argparse.Namespace) -> int:
    """Run the scenarios of a package or of a file; exit 1 when one comes out otherwise."""
    from dean06.charter import service

    package = args.charter or args.path
    charter = _load(package)
    place = Path(args.path) if args.charter else live.folder_of(args.path)
    files = service.scenario_files(place)
    if not files:
        raise BadInput(
            f"«{args.path}» không có kịch bản nào: đặt tệp .yaml vào thư mục scenarios của gói.",
            f"{args.path!r} has no scenarios: put .yaml files into the package's folder scenarios.",
        )
    ran = service.run_scenarios(charter, files)
    if args.json:
        _print(
            [{"file": r.file, "ask": r.ask, "is": r.expected, "found": r.found, "wrong": list(r.wrong)} for r in ran]
        )
    else:
        for one in ran:
            print(f"{'✓' if one.holds else '✗'} {one.ask}")
            if not one.holds:
                print(f"  mong đợi (expected): {one.expected}\n  trả lời (answer): {one.found}")
        print(f"{sum(one.holds for one in ran)}/{len(ran)} kịch bản đúng (scenarios hold).")
    return 0 if all(one.holds for one in ran) else 1
