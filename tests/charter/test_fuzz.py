"""A spoilt package gives faults with file and place, or a charter; never another exception."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.mutations import Spoiler
from dean06.charter import library, yaml_reader
from dean06.charter.compiling import compile_package
from dean06.charter.errors import CharterInvalid, Fault

SEEDS = st.integers(min_value=0, max_value=2**48)


def _faults(folder: Path) -> tuple[Fault, ...]:
    try:
        compile_package(folder)
    except CharterInvalid as refused:
        return refused.faults or (Fault("", "", "", ""),)
    return ()


def _spoil(folder: Path, mutations: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    folder.mkdir(exist_ok=True)

    @settings(max_examples=mutations)
    @given(seed=SEEDS)
    def spoil(seed: int) -> None:
        spoiler = Spoiler(seed)
        raw = spoiler.package(folder)
        faults = _faults(folder)
        seen["refused" if faults else "taken"] += 1
        for fault in faults:
            assert fault.file in (spoiler.name, library.HEAD, folder.name), fault
            assert fault.vi, fault
            assert fault.en, fault
            assert fault.path or _is_no_mapping(raw), fault

    spoil()
    return seen


def _is_no_mapping(raw: bytes) -> bool:
    value, faults = yaml_reader.read_bytes(raw, "")
    return bool(faults) or not isinstance(value, dict)


def test_spoilt_packages_are_refused_with_file_and_place(tmp_path: Path) -> None:
    seen = _spoil(tmp_path / "goi", 200)
    assert seen["refused"] > seen.total() // 2


@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_ten_thousand_spoilt_packages_are_refused_with_file_and_place(tmp_path: Path) -> None:
    seen = _spoil(tmp_path / "goi", 10_000)
    assert seen.total() >= 10_000
    assert seen["refused"] > seen.total() // 2
