"""Questions tried on a draft: answered as if it were in force, kept with the answer, asked again on every look."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.types import Charter, Fact, Question
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import chartering
from dean06.flows.chartering import SCENARIOS
from dean06.offices.types import GroupInfo

TRIED = "thu.yaml"
MOST = 200
LONGEST = 300
ARCHIVE_DAY = (2000, 1, 1, 0, 0, 0)  # the same files give the same archive
Row = Mapping[str, object]

__all__ = ["Tried", "archive", "forget", "keep", "rows", "run", "try_out"]


def _in_force(made: Charter, on: date) -> Charter:
    return replace(made, in_force_from=date(on.year - 1, 1, 1), in_force_to=None)


def try_out(made: Charter, group: GroupInfo, role: str, action: str, facts: Mapping[str, Fact]) -> charters.Decision:
    """Answer a question under a draft as if it were in force today."""
    today = clock.today(group)
    entered: dict[str, Fact] = {
        "charter.number": "thử",
        "charter.adopted_on": date(today.year - 1, 1, 1).isoformat(),
        "charter.confirmed_by_two": True,
    }
    name, _, agency = role.partition(":")
    asked = Question(role=name, agency=agency or None, action=action, on=today, facts={**entered, **facts})
    charters.check_words(made, asked)
    return charters.decide(_in_force(made, today), asked)


def rows(draft: DraftInfo) -> list[Row]:
    """Return the questions kept with a draft, in the format of `dean06 charter scenarios`."""
    kept = draft.files.get(SCENARIOS)
    return [one for one in kept if isinstance(one, Mapping)] if isinstance(kept, list) else []


def run(made: Charter, group: GroupInfo, draft: DraftInfo) -> list[charters.Ran]:
    """Ask every kept question of the draft as it is now."""
    return charters.run_rows(_in_force(made, clock.today(group)), TRIED, rows(draft))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A question that was tried: its name, the party, the act, and facts as `name` or `name=value`."""

    ask: str
    role: str
    action: str
    given: tuple[str, ...]


def keep(
    account: str, group: GroupInfo, draft: DraftInfo, tried: Tried, *, seen: int, again: bool = False
) -> DraftInfo:
    """Keep a question with the answer the draft gives now."""
    made, kept = chartering.candidate(draft), rows(draft)
    if not tried.ask.strip():
        raise BadInput("Đặt tên cho tình huống.", "Give the scenario a name.")
    if len(kept) >= MOST:
        raise BadInput(f"Đã đủ {MOST} tình huống: bỏ bớt.", f"{MOST} scenarios are the most: drop some.")
    decision = try_out(made, group, tried.role, tried.action, charters.facts_from_words(made, tried.given))
    row: dict[str, object] = {"ask": tried.ask.strip()[:LONGEST], "who": tried.role, "does": tried.action}
    row |= {"given": list(tried.given)} if tried.given else {}
    row["is"] = charters.answer_line(decision)
    return chartering.save(account, group, draft, SCENARIOS, [*kept, row], seen=seen, again=again)


def forget(
    account: str, group: GroupInfo, draft: DraftInfo, number: int, *, seen: int, again: bool = False
) -> DraftInfo:
    """Take a kept question out, by its place in the list."""
    kept = [row for place, row in enumerate(rows(draft)) if place != number]
    return chartering.save(account, group, draft, SCENARIOS, kept or None, seen=seen, again=again)


def archive(draft: DraftInfo) -> bytes:
    """Return a draft as the files of a package, in a .zip that `dean06 charter check` takes once unpacked.

    The questions kept with it stand in the package's folder of scenarios.
    """
    files = dict(chartering.package(draft))
    if rows(draft):
        files[f"{charters.SCENARIO_FOLDER}/{TRIED}"] = rows(draft)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            made.writestr(zipfile.ZipInfo(name, ARCHIVE_DAY), charters.to_yaml(files[name]))
    return out.getvalue()
