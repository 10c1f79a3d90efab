"""The compiled forms of a package and of the vocabulary, written beside their sources."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from charter import dong_lua
from dean06.charter import compiling, library, service
from dean06.charter.errors import CharterInvalid
from dean06.charter.types import canonical_json


def test_the_compiled_form_stands_beside_the_sources(tmp_path: Path) -> None:
    folder = tmp_path / "goi"
    folder.mkdir()
    for name, plain in dong_lua.sources().items():
        (folder / name).write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    charter = service.write_compiled(folder)
    assert charter.hash == dong_lua.WHOLE.hash
    written = (folder / "compiled.json").read_text("utf-8")
    body = {"digest": library.source_digest(folder), "hash": charter.hash, "charter": dict(charter.raw)}
    assert written == canonical_json(body) + "\n"
    assert sorted(path.name for path in folder.iterdir()) == sorted([*dong_lua.sources(), "compiled.json"])
    found = library.compiled(folder)
    assert found is not None
    assert found.hash == charter.hash


def test_the_vocabulary_is_compiled_in_its_own_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, compiled = tmp_path / "words.yaml", tmp_path / "words.json"
    source.write_text("roles: {leader: {vi: Tổ trưởng}, deputy: {vi: Tổ phó}}\nactions: {}\n", "utf-8")
    monkeypatch.setattr(compiling, "SOURCE", source)
    monkeypatch.setattr(compiling, "COMPILED", compiled)
    before = service.vocabulary()
    assert service.vocabulary() is before
    service.write_vocabulary()
    assert service.vocabulary() is not before  # it is read anew
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    assert compiled.read_text("utf-8") == (
        '{"roles":{"leader":{"vi":"Tổ trưởng"},"deputy":{"vi":"Tổ phó"}},"actions":{},' + f'"digest":"{digest}"}}\n'
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["words.json", "words.yaml"]


@pytest.mark.parametrize("words", ["- leader\n", "roles: [\n"])
def test_a_vocabulary_that_is_no_table_is_refused(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, compiled = tmp_path / "words.yaml", tmp_path / "words.json"
    source.write_text(words, "utf-8")
    monkeypatch.setattr(compiling, "SOURCE", source)
    monkeypatch.setattr(compiling, "COMPILED", compiled)
    with pytest.raises(CharterInvalid):
        service.write_vocabulary()
    assert not compiled.exists()
