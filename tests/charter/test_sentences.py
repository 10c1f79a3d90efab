"""What an answer says aloud, whole, in both languages: one case a sentence of `cases/sentences.yaml`."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from charter.case_files import CASES, REGULATIONS, ask
from dean06.charter import service

SAID: list[dict[str, Any]] = YAML(typ="safe").load(CASES / "sentences.yaml")


@pytest.mark.parametrize("case", SAID, ids=[case["ask"] for case in SAID])
def test_sentence(case: dict[str, Any]) -> None:
    decision = ask(REGULATIONS[case["asked"]["of"]], case["asked"])
    assert decision.sentence("vi") == case["vi"]
    assert decision.sentence("en") == case["en"]


def test_names_fall_back_from_the_charter_to_the_vocabulary_to_the_code() -> None:
    charter, words = service.load("quang-ninh-2022"), service.vocabulary()
    foreign = next(code for code in words.agencies if code not in charter.agencies)
    role = next(code for code in words.roles if code not in charter.roles)
    assert service.party_name(charter, foreign) == words.agencies[foreign].vi
    assert service.party_name(charter, foreign, "en") == words.agencies[foreign].en
    assert service.party_name(charter, role) == words.roles[role].vi
    assert service.party_name(charter, role, "en") == words.roles[role].en
    assert [service.party_name(charter, "lạ", language) for language in ("vi", "en")] == ["lạ", "lạ"]
    assert [service.role_name(charter, "lạ", language) for language in ("vi", "en")] == ["lạ", "lạ"]
    assert service.party_name(charter, "agency:POL") == charter.agencies["POL"].name
    assert service.party_name(charter, "member:POL", "en") == "member (district police)"


@pytest.mark.parametrize(
    ("form", "behalf", "lines"),
    [
        ("own", None, ("TỔ PHÓ",)),
        ("own", "leader", ("TỔ PHÓ",)),
        ("KT", None, ("TỔ PHÓ",)),
        ("KT", "leader", ("KT. TỔ TRƯỞNG", "TỔ PHÓ")),
    ],
)
def test_lines_over_a_signature(form: str, behalf: str | None, lines: tuple[str, ...]) -> None:
    assert service.sign_lines(service.load("quang-ninh-2022"), "deputy", form, behalf) == lines
