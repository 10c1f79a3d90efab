"""Facts as a person types them: each read by its type, each wrong one refused with what may stand there."""

from __future__ import annotations

import pytest

from dean06.charter import service
from dean06.charter.errors import BadFact, UnknownWord

CHARTER = service.load("quang-ninh-2022")


def _read(word: str) -> object:
    ((_, value),) = service.facts_from_words(CHARTER, [word]).items()
    return value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("leader.absent_on_date", True),
        ("leader.absent_on_date=true", True),
        ("leader.absent_on_date= false", False),
        ("charter.number", True),
        ("charter.number=12/QĐ-UBND", "12/QĐ-UBND"),
        ("charter.number=a=b", "a=b"),
        ("charter.adopted_on=2022-04-20", "2022-04-20"),
        ("charter.adopted_on=false", False),
        ("task.due_at=2026-03-01T08:00+07:00", "2026-03-01T08:00+07:00"),
        ("task.due_at", True),
        ("document.kind=notice", "notice"),
        ("meeting.kind=regular", "regular"),
        ("task.system=S11", "S11"),
        ("task.system=false", False),
        ("seal.agency=POL", "POL"),
        ("delegation.to_role=deputy", "deputy"),
        ("local_rule.set=G-02", "G-02"),
    ],
)
def test_a_fact_is_read_by_its_type(word: str, value: object) -> None:
    assert _read(word) == value


def test_several_facts_are_read_the_last_of_a_name_standing() -> None:
    words = ("leader.absent_on_date", "task.system=S11", "task.system=S12")
    assert service.facts_from_words(CHARTER, words) == {"leader.absent_on_date": True, "task.system": "S12"}
    assert service.facts_from_words(CHARTER, ()) == {}


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("document.kind", "code"),
        ("task.system", "system"),
        ("charter.adopted_on=true", "date"),
        ("delegation.to_role", "role"),
        ("seal.agency", "agency"),
        ("local_rule.set", "gap"),
        ("local_rule.set=G-99", "G-01"),
        ("leader.absent_on_date=mai", "true, false"),
        ("charter.number=", "true, false"),
        ("document.kind=regular", "conclusion"),
        ("meeting.kind=notice", "regular"),
        ("task.system=S99", "S01"),
        ("seal.agency=ABC", "POL"),
        ("delegation.to_role=keeper", "leader"),
        ("charter.adopted_on=20/4/2022", "2026-03-01"),
        ("charter.adopted_on=2022-04-20T08:00", "2026-03-01"),
        ("task.due_at=mai", "2026-03-01T08:00+07:00"),
    ],
)
def test_what_does_not_fit_the_type_is_refused_with_what_does(word: str, said: str) -> None:
    with pytest.raises(BadFact) as refused:
        _read(word)
    name, _, value = word.partition("=")
    for sentence in (refused.value.vi, refused.value.en):
        assert name in sentence
        assert (value or "true") in sentence or not word.partition("=")[2]
        assert said in sentence


def test_a_long_list_is_told_by_its_beginning() -> None:
    with pytest.raises(BadFact) as refused:
        _read("task.system=S99")
    systems = list(service.vocabulary().systems)
    assert ", ".join(systems[:8]) in refused.value.en
    assert systems[8] not in refused.value.en


def test_words_of_the_regulation_itself_are_known() -> None:
    for code in CHARTER.roles:
        assert _read(f"delegation.to_role={code}") == code
    for code in CHARTER.agencies:
        assert _read(f"seal.agency={code}") == code


def test_an_unknown_fact_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownWord) as refused:
        _read("leader.absent")
    assert "leader.absent_on_date" in refused.value.en
