"""The face of the checkers: what a group's house knows of itself, and a paper of its own that it reads with that."""

from __future__ import annotations

from datetime import date

import pytest

from dean06.flows import reporting
from dean06.papers.service import checking
from dean06.papers.writing.document import Paper
from flows.conftest import at, found
from papers.samples import monthly_report


@pytest.mark.django_db
def test_a_house_knows_its_level_its_series_and_its_papers(home, tmp_path):
    office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    with at(2022, 8, 3):
        reporting.make(office.account("secretariat"), office.group, "2022-07")
    with at(2022, 8, 4):
        reporting.issue(office.account("leader"), office.group, "2022-07")
    house = checking.surroundings(office.group.id, date(2022, 9, 1), ["PC06"])
    (symbol,) = house.series
    assert (house.level, house.unit) == ("huyen", "456")
    assert house.papers == {f"1/{symbol}": (date(2022, 8, 4),)}
    assert {"PC06", symbol.rpartition("-")[2]} <= house.abbreviations

    def codes(paper: Paper) -> list[str]:
        return [each.code for each in checking.proofread(paper, house)]

    right = f"Căn cứ Báo cáo số 01/{symbol} ngày 04 tháng 8 năm 2022 của Tổ công tác"
    assert "unknown_paper" not in codes(monthly_report(grounds=(right,)))
    assert "unknown_paper" in codes(monthly_report(grounds=(right.replace("01/", "02/"),)))
