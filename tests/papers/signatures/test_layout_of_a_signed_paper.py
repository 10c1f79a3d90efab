"""A paper keeps its layout through signing, numbering and sealing: number and date, filled in as fields, are seen."""

from __future__ import annotations

import pytest

from dean06.papers.checks.checklist import check_pdf
from dean06.papers.pdf.measure import sheets
from dean06.papers.pdf.opening import opened
from papers.signatures.conftest import Carried


@pytest.mark.parametrize("state", ["prepared", "signed", "numbered", "sealed", "final"])
def test_the_layout_departs_in_nothing_in_any_state(carried: Carried, state: str) -> None:
    data = getattr(carried, state)
    assert [each.sentence() for each in check_pdf(data)] == []
    filled_in = state == "numbered"  # the fields stand after the first signature, and no seal after them yet
    assert bool(opened(data).warnings) == filled_in


def test_number_and_date_are_read_from_their_fields(carried: Carried) -> None:
    (number,) = [each for each in sheets(carried.sealed)[0].drawn if each.text.startswith("Số:")]
    assert number.text == "Số: 05/BC-TCTĐA"
    assert number.size == 13
