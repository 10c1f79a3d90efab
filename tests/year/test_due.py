"""What `dean06 charter due` answers on the facts of a whole year equals the recount of its script."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from dean06.cli.main import main
from year.comparing import differences
from year.facts_of_script import facts
from year.recount import Recount
from year.script import TZ, Script, read

UNMEASURED = ("not_testable", "dormant")


@pytest.mark.parametrize("name", ["quang-ninh-2023", "xuan-truong-2023", "quang-ninh-quy-1"])
@pytest.mark.parametrize("at", ["03/01/2024 09:00", "01/07 00:00"])
def test_the_terminal_answers_as_the_recount(name, at, capsys, tmp_path):
    script = Script({**read(name).told, "explained": []})  # a reply is given in the group, no fact of the regulation's
    recount = Recount(script, script.at(at))
    counted, told = recount.owed(), []
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(facts(recount), ensure_ascii=False), encoding="utf-8")
    for month in script.months:
        asked = ["charter", "due", "--charter", script.told["regulation"], "--month", month, "--facts", str(file)]
        assert main(asked) == 0
        told += [_line(month, one) for one in json.loads(capsys.readouterr().out) if one["status"] not in UNMEASURED]
    wrong = differences(
        [(one.month, one.action, one.bearer, one.period, one.due, one.clauses, one.status) for one in counted], told
    )
    assert not wrong, "\n".join(wrong)
    assert len(told) == len(counted)


def _line(month: str, one: dict) -> tuple[str, ...]:
    cites = " ".join(".".join(part for part in cited.values() if part) for cited in one["citations"])
    due = datetime.fromisoformat(one["due_before"]).astimezone(TZ).isoformat()
    return month, one["action"], one["bearer"], one["period"], due, cites, one["status"]
