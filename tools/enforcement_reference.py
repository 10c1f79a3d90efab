"""Write how the regulations are carried out, docs/quy-che-thuc-thi.md: `python tools/enforcement_reference.py`.

Norm, act, screen, test: the norms come from the packages, the screens from src/dean06/web/enforcement.yaml, the tests
from the cases that jurists read in tests/charter/cases. The compiled table beside its source serves the web page.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from dean06.charter import service as charters
from dean06.charter.types import Charter, Norm
from dean06.web.enforcement import COMPILED, LATER, SOURCE

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "quy-che-thuc-thi.md"
READER = ROOT / "tests" / "charter" / "case_files.py"


def _reader() -> Any:  # the suite's own module, loaded by its place
    spec = spec_from_file_location("case_files", READER)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{READER} cannot be read")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


written = _reader()
REGULATIONS: dict[str, str] = written.REGULATIONS
HEAD = """# Quy chế được thực thi thế nào (how the regulations are carried out)

Trang này được tạo bằng `make docs`; đừng sửa tay. (Generated; do not edit.)

Mỗi quy phạm của hai quy chế: điều khoản, ai làm gì, làm ở đâu trên hệ thống, bao nhiêu ca kiểm thử chạm tới. Quy phạm
không có màn hình thì ghi *làm tay* và lý do, hoặc *chờ* phần việc nào. Bảng hành vi ở
`src/dean06/web/enforcement.yaml`, các ca ở `tests/charter/cases/`.

*Every norm of both regulations: its clause, who does what, where in the system, and the test cases that touch it. A
norm without a screen says* làm tay *(by hand) and why, or* chờ *(waiting) and for what.*
"""


def source() -> dict[str, Any]:
    """Return the table as written."""
    plain = charters.from_yaml(SOURCE.read_text(encoding="utf-8"), SOURCE.name)
    if not isinstance(plain, dict) or plain.get("format") != "dean06-enforcement/1":
        raise SystemExit(f"{SOURCE.name}: format must be dean06-enforcement/1")
    return plain


def rows_of(plain: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each act with how it is carried, once for each place where it stands."""
    for action, names in plain["screens"].items():
        yield action, {"screens": names}
    for action, names in plain["commands"].items():
        yield action, {"commands": names}
    for action, reason in plain["by_hand"].items():
        yield action, {"by_hand": reason}
    for work, actions in plain["waiting"].items():
        for action in actions:
            yield action, {"waits_for": work}


@cache
def cases() -> dict[str, dict[str, dict[str, int]]]:
    """Count, for each norm of the two regulations, the cases of each file that touch it."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for short, line in REGULATIONS.items():
        seen: dict[str, Counter[str]] = {}
        for file, touched in _touched(short, line):
            for key in touched:
                seen.setdefault(key, Counter())[file] += 1
        found[line] = {key: dict(sorted(files.items())) for key, files in sorted(seen.items())}
    return found


def _touched(short: str, line: str) -> Iterator[tuple[str, set[str]]]:
    """Give each case's file with the norms that its answer rests on."""
    yield from (("constitution", {case["norm"]}) for case in _stated() if short in case)
    for case in written.rows("decisions"):
        yield case["id"].partition(":")[0], {norm.key for norm in written.ask(line, case).norms}
    for case in written.rows("obligations"):
        wanted = {one.action for one in map(written.owed_line, case[short]) if one.status != "no"}
        items = [item for item in written.owed(line, case) if item.action in wanted]
        yield case["id"].partition(":")[0], {item.norm for item in items if item.norm}


def _stated() -> list[dict[str, Any]]:
    text = (written.CASES / "constitution.yaml").read_text(encoding="utf-8")
    plain = charters.from_yaml("cases:\n" + text, "constitution.yaml")
    return list(plain["cases"]) if isinstance(plain, dict) else []


def compiled() -> str:
    """Return the compiled table."""
    body = {"actions": dict(rows_of(source())), "cases": cases()}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def carried(row: Mapping[str, Any] | None) -> str:
    """Say in one cell how an act is carried."""
    if row is None:
        return ""
    if "screens" in row:
        return ", ".join(f"`{name}`" for name in row["screens"])
    if "commands" in row:
        return ", ".join(f"`dean06 {name}`" for name in row["commands"])
    if "by_hand" in row:
        return f"làm tay: {row['by_hand']['vi']}"
    return f"chờ: {LATER[row['waits_for']][0]}"


def line(charter: Charter, norm: Norm, told: Mapping[str, Any], seen: Mapping[str, Mapping[str, int]]) -> str:
    """Write one norm as a row."""
    who = ", ".join(charters.party_name(charter, bearer.party) for bearer in norm.bearers)
    act = charters.action_name(norm.action).partition(" (")[0] if norm.action else "quy định nền"
    how = carried(told.get(norm.action)) if norm.action else "dữ liệu của quy chế"
    tests = ", ".join(f"{file} {count}" for file, count in seen.get(norm.key, {}).items())
    cells = (norm.cite.dotted, norm.key, f"{who}: {act}" if who else act, how, tests or "không có")
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def reference() -> str:
    """Return the whole page."""
    told = dict(rows_of(source()))
    seen = cases()
    parts = [HEAD]
    for name in REGULATIONS.values():
        charter = charters.load(name)
        kinds = Counter(next(iter(told[norm.action])) if norm.action else "data" for norm in charter.norms)
        parts.append(
            f"## {charter.title}\n\n{len(charter.norms)} quy phạm: {kinds['screens']} có màn hình, "
            f"{kinds['commands']} có lệnh, {kinds['data']} nằm trong dữ liệu của quy chế, {kinds['by_hand']} làm tay, "
            f"{kinds['waits_for']} chờ phần việc sau.\n"
        )
        parts.append("| điều khoản | quy phạm | ai làm gì | ở đâu | số ca theo tệp |\n| --- | --- | --- | --- | --- |")
        parts.extend(line(charter, norm, told, seen[name]) for norm in charter.norms)
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    COMPILED.write_text(compiled(), encoding="utf-8")
    PAGE.write_text(reference(), encoding="utf-8")
    print("docs/quy-che-thuc-thi.md")
