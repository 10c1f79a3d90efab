"""How long an answer of the regulation takes.

`decide` without its sentence and the sentence alone, over 100,000 different draws of actor, fact and day; loading both
regulations from their compiled form in a process of its own; the obligations of 150 groups for a year, from facts
already read. Loading and obligations count the work of the process alone, so that a neighbour on the machine costs
nothing.

    python benchmarks/bench_charter.py
"""

from __future__ import annotations

import itertools
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dean06.charter import service
from dean06.charter.types import Charter, Fact, Question

REGULATIONS = ("quang-ninh-2022", "xuan-truong-2022")
DRAWS = 100_000
DECIDE_US, SENTENCE_US, LOAD_MS, DUE_S = 20.0, 200.0, 50.0, 2.0
SIGNED: dict[str, Fact] = {
    "charter.number": "1/QĐ-UBND",
    "charter.adopted_on": "2022-04-20",
    "charter.confirmed_by_two": True,
}
LOAD = """
import time
from dean06.charter.live import compiled, folder_of
started = time.process_time()
for name in ("quang-ninh-2022", "xuan-truong-2022"):
    assert compiled(folder_of(name)) is not None
print((time.process_time() - started) * 1000)
"""


def questions() -> Iterator[tuple[Charter, Question]]:
    """Draw different questions, facts leaning towards those the action may ask for."""
    dice = random.Random(6)  # noqa: S311  a benchmark's dice
    words, charters = service.vocabulary(), [service.load(name) for name in REGULATIONS]
    values: dict[str, list[Fact]] = {
        "task.system": list(words.systems),
        "meeting.kind": list(words.meeting_kinds),
        "document.kind": list(words.document_kinds),
        "delegation.to_role": ["standing_deputy", "deputy"],
        "seal.agency": ["POL", "PC", "OFF"],
        "local_rule.set": list(words.gaps),
    }
    seen: set[str] = set()
    while len(seen) < DRAWS:
        charter = dice.choice(charters)
        action = dice.choice([*charter.index.tables, *words.actions])
        likely = [*words.actions[action].facts, *words.actions[action].attributes, *dice.sample(list(words.facts), 2)]
        facts = dict(SIGNED) | {
            name: dice.choice(values.get(name, [True, True, False])) for name in likely if dice.random() < 0.7
        }
        table = charter.index.tables.get(action)
        holders = [bearer for door in table.holders for bearer in door.norm.bearers] if table else []
        bearer = dice.choice(holders) if holders and dice.random() < 0.6 else None
        question = Question(
            role=bearer.role if bearer else dice.choice(list(charter.roles)),
            agency=bearer.agency if bearer and bearer.agency else dice.choice([None, *charter.agencies]),
            action=action,
            on=date(2022, 5, 1) + timedelta(days=dice.randrange(1500)),
            facts=facts,
        )
        mark = f"{charter.line}{question}"
        if mark not in seen:
            seen.add(mark)
            yield charter, question


def microseconds(task: Callable[[int], object], times: int) -> float:
    """Return the middle time of single calls."""
    taken = []
    for at in range(times):
        started = time.perf_counter_ns()
        task(at)
        taken.append(time.perf_counter_ns() - started)
    return statistics.median(taken) / 1000


def load_ms() -> float:
    """Load both regulations from their compiled form in processes of their own; the middle of seven."""
    runs = [subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True) for _ in range(7)]
    return statistics.median(float(run.stdout) for run in runs)


def year_of(group: int, charter: Charter) -> service.Facts:
    """Make one group's year: meetings with their rolls, reports, papers and tasks, none the same as another group's."""
    day = 1 + group % 9
    months = [f"2025-{number:02d}" for number in range(1, 13)]
    roll = [
        {"member": f"member:{code}", "present": (group + at) % 5 != 0, "report_filed_at": f"2025-01-{day:02d}"}
        for at, code in enumerate(charter.member_agencies)
    ]
    meetings = [
        {
            "id": f"h{group}-{month}",
            "kind": "regular",
            "opened_at": f"{month}-{day + 10:02d}T08:00:00+07:00",
            "attendance": roll,
        }
        for month in months
    ]
    reports = [
        {
            "id": f"b{group}-{month}-{code}",
            "kind": "agency_monthly_report",
            "period": month,
            "from": code,
            "received": [{"by": "POL", "at": f"{month}-{day + 3:02d}T10:00:00+07:00"}],
        }
        for month, code in itertools.product(months, charter.member_agencies)
    ]
    tasks = [
        {
            "id": f"n{group}-{number}",
            "bearer": f"member:{charter.member_agencies[number % 9]}",
            "assigned_by": "leader",
            "assigned_at": f"2025-{1 + number % 12:02d}-02",
            "due_at": f"2025-{1 + number % 12:02d}-20",
        }
        for number in range(60)
    ]
    adoption = {"number": "1/QĐ-UBND", "signed_on": "2022-04-20", "confirmed_by": ["a", "b"]}
    plain = {
        "format": "dean06-charter-facts/1",
        "as_of": f"2025-12-{day:02d}",
        "adoption": adoption,
        "meetings": meetings,
        "reports": reports,
        "tasks": tasks,
    }
    return service.facts_from_plain(plain, charter)


def due_s() -> tuple[float, int]:
    """Compute the obligations of 150 groups for a year, from facts already read; return the seconds and the count."""
    charters = [service.load(name) for name in REGULATIONS]
    groups = [(charters[group % 2], year_of(group, charters[group % 2])) for group in range(150)]
    started = time.process_time()
    owed = sum(len(service.obligations(charter, facts, year=2025)) for charter, facts in groups)
    return time.process_time() - started, owed


def main() -> int:
    """Print the table; 1 when a bar does not hold."""
    drawn = list(questions())
    for charter, question in drawn[:500]:
        service.decide(charter, question).sentence()
    decide = microseconds(lambda at: service.decide(*drawn[at]), DRAWS)
    answers = [service.decide(charter, question) for charter, question in drawn]
    sentence = microseconds(lambda at: answers[at].sentence("vi" if at % 2 else "en"), DRAWS)
    load, (due, owed) = load_ms(), due_s()
    rows = [
        (f"one answer, middle of {DRAWS:,} different draws, µs", decide, DECIDE_US),
        ("its sentence, middle of the same draws, µs", sentence, SENTENCE_US),
        ("both regulations from their compiled form, a fresh process, ms", load, LOAD_MS),
        (f"a year of 150 groups, {owed:,} obligations, s", due, DUE_S),
    ]
    print("| charter | measured | bar |\n| --- | --- | --- |")
    for what, measured, bar in rows:
        print(f"| {what} | {measured:.1f} | {bar:g} |")
    outcomes = [answer.outcome for answer in answers]
    shares = ", ".join(f"{name} {outcomes.count(name) / DRAWS:.0%}" for name in sorted(set(outcomes)))
    print(f"\nThe draws were answered: {shares}.")
    return 0 if all(measured < bar for _, measured, bar in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
