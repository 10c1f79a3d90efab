"""Scenarios of a charter: questions with the answers its authors expect, one line each, run on every change.

A line holds `ask` (in words), `who` (role or role:AGENCY), `does` (action), `given` (facts), `on` (a day) and `is`: the
outcome, the clauses relied on, then `lacks` facts, `form`, `for` whom, `seal`, `gap`, `can` (who can); what is not
written is not compared, except that clauses and `lacks` are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dean06.charter import yaml_reader
from dean06.charter.asking import facts_from_words
from dean06.charter.deciding import Decision, check_words, decide
from dean06.charter.errors import BadPeriod, CharterInvalid, Fault
from dean06.charter.library import HEAD
from dean06.charter.types import Charter, Fact, Question
from dean06.clock.errors import HouseError

FOLDER = "scenarios"
WORDS = ("lacks", "form", "for", "seal", "gap", "can")
KEYS = frozenset({"ask", "who", "does", "given", "on", "is"})
# A text without number or date is asked as if both were entered.
_ENTERED: Mapping[str, Fact] = {
    "charter.number": "thử",
    "charter.adopted_on": "2000-01-01",
    "charter.confirmed_by_two": True,
}
NEEDED = ("ask", "who", "does", "is")

__all__ = ["FOLDER", "Ran", "answer_line", "run_rows", "run_scenarios", "scenario_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One scenario and what became of it; `wrong` names each part that came out otherwise."""

    file: str
    ask: str
    expected: str
    found: str
    wrong: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the answer is the expected one."""
        return not self.wrong


def scenario_files(folder: Path) -> tuple[Path, ...]:
    """Return the scenario files of a package, or the file itself."""
    if folder.is_file():
        return (folder,)
    inner = folder / FOLDER
    if not inner.is_dir() and (folder / HEAD).is_file():
        return ()  # a package without scenarios: its other files are the charter itself
    return tuple(sorted((inner if inner.is_dir() else folder).glob("*.yaml")))


def run_scenarios(charter: Charter, files: tuple[Path, ...]) -> list[Ran]:
    """Ask every scenario of a charter; a file that cannot be read is refused with every fault and its place."""
    rows = [(path.name, row) for path in files for row in _rows(path)]
    return [_ran(charter, file, row) for file, row in rows]


def run_rows(charter: Charter, file: str, rows: Iterable[Mapping[str, object]]) -> list[Ran]:
    """Ask scenarios that are kept elsewhere than in a package's folder; each has the keys of a scenario's line."""
    return [_ran(charter, file, row) for row in rows]


def answer_line(decision: Decision) -> str:
    """Write an answer as the `is` of a scenario: outcome, clauses, what lacks, form and seal; who can is left open."""
    return _said(decision).partition(" can ")[0]


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    value, faults = yaml_reader.read(path)
    if not faults and not isinstance(value, list):
        vi = f"Đây không phải tệp kịch bản: cần một danh sách kịch bản, mỗi dòng có {', '.join(NEEDED)}."
        en = f"This is no file of scenarios: a list is wanted, each line with {', '.join(NEEDED)}."
        faults = [Fault(path.name, "", vi, en)]
    listed = value if isinstance(value, list) else []
    for at, row in enumerate(listed):
        keys = set(row) if isinstance(row, dict) else set[str]()
        for key in (*(name for name in NEEDED if name not in keys), *sorted(keys - KEYS)):
            vi, en = f"Khóa «{key}» thiếu hoặc không có trong mẫu.", f"The key {key!r} is missing or unknown."
            faults.append(Fault(path.name, f"[{at}].{key}", vi, en))
    if faults:
        raise CharterInvalid(tuple(faults))
    yield from listed


def _ran(charter: Charter, file: str, row: Mapping[str, object]) -> Ran:
    ask, expected = str(row["ask"]), str(row["is"])
    try:
        decision = _asked(charter, row)
    except HouseError as refused:
        return Ran(file=file, ask=ask, expected=expected, found=refused.vi, wrong=("question",))
    return Ran(file=file, ask=ask, expected=expected, found=_said(decision), wrong=tuple(_wrong(decision, expected)))


def _asked(charter: Charter, row: Mapping[str, object]) -> Decision:
    role, _, agency = str(row["who"]).partition(":")
    given = row.get("given") or []
    facts = facts_from_words(charter, [str(one) for one in (given if isinstance(given, list) else [given])])
    if charter.is_unsigned:
        facts = {**_ENTERED, **facts}
    on = _day(row.get("on")) or charter.in_force_from or date(2000, 1, 1)
    question = Question(role=role, agency=agency or None, action=str(row["does"]), on=on, facts=facts)
    check_words(charter, question)
    return decide(charter, question)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        raise BadPeriod(str(text), "2026-03-01") from None


def _said(decision: Decision) -> str:
    """Write an answer as a scenario does."""
    parts = [decision.outcome, *(cite.dotted for cite in decision.citations)]
    told = {
        "lacks": decision.missing,
        "form": (decision.sign_form,) if decision.sign_form else (),
        "for": (decision.on_behalf_of,) if decision.on_behalf_of else (),
        "seal": (decision.seal,) if decision.seal else (),
        "gap": (decision.gap,) if decision.gap else (),
        "can": decision.who_can if decision.outcome != "allowed" else (),
    }
    for word, values in told.items():
        parts += [word, *values] if values else []
    return " ".join(parts)


def _wrong(decision: Decision, expected: str) -> Iterator[str]:
    wanted, found = _parts(expected), _parts(_said(decision))
    for key in ("outcome", "cites", "lacks"):
        if wanted.get(key, []) != found.get(key, []):
            yield key
    yield from (key for key in WORDS[1:] if key in wanted and wanted[key] != found.get(key, []))


def _parts(line: str) -> dict[str, list[str]]:
    outcome, *tokens = line.split() or [""]
    made: dict[str, list[str]] = {"outcome": [outcome]}
    kept = made.setdefault("cites", [])
    for token in tokens:
        if token in WORDS:
            kept = made.setdefault(token, [])
        else:
            kept.append(token)
    return {key: sorted(values) for key, values in made.items()}
