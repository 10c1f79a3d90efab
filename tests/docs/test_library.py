"""The examples of the library's page do what they say."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from reconcile.matching import write_register
from reconcile.test_engine_verdicts import person

PAGE = Path(__file__).parents[2] / "docs" / "thu-vien.md"


def test_the_examples_run_as_they_are_written(tmp_path):
    people = [person(at) for at in range(20, 60)]
    known = person(19, ho_ten="Nguyễn Văn Bình", ngay_sinh="1984-05-03", thuong_tru_xa="19200")
    register = write_register(tmp_path / "register.parquet", [*people, known])
    examples = "\n\n".join(re.findall(r"(?s)```python\n(.*?)```", PAGE.read_text(encoding="utf-8")))
    test = doctest.DocTestParser().get_doctest(examples, {"register": register}, PAGE.name, str(PAGE), 0)
    told: list[str] = []
    ran = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append)
    assert ran.attempted > 10
    assert ran.failed == 0, "".join(told)
