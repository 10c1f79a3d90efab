"""Packages on disk: which folder a name means, what its files are, and when the compiled form may be used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dean06.charter import library, service
from dean06.charter.errors import NoHead, UnknownCharter

SHIPPED = library.folder_of("noi-quy")
CHARTER = service.load("quang-ninh-2022")


@pytest.fixture(name="copy")
def copy_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of a shipped package, with nothing kept from before."""
    monkeypatch.setattr(library, "_kept", {})
    return Path(shutil.copytree(SHIPPED, tmp_path / "goi"))


def test_name_means_the_shipped_package_and_path_its_folder(copy: Path) -> None:
    assert SHIPPED.name == "noi-quy"
    assert SHIPPED.parent.name == "packages"
    assert library.folder_of(copy) == copy
    assert library.folder_of(str(copy)) == copy
    assert library.folder_of(copy / "charter.yaml") == copy


def test_path_that_only_bears_the_name_of_a_package_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownCharter):
        library.folder_of(Path("noi-quy"))


def test_what_is_no_package_is_refused_by_what_it_is(copy: Path) -> None:
    (copy / "charter.yaml").unlink()
    with pytest.raises(NoHead) as folder:
        library.folder_of(copy)
    with pytest.raises(NoHead) as file:
        library.folder_of(str(copy / "dieu-04.yaml"))
    with pytest.raises(UnknownCharter) as nothing:
        library.folder_of(copy / "charter.yaml")
    assert folder.value.en == f"The folder {str(copy)!r} has no charter.yaml: " + folder.value.en.partition(": ")[2]
    assert file.value.en == (
        f"{str(copy / 'dieu-04.yaml')!r} is no charter package: give the folder that holds charter.yaml, or that file."
    )
    assert "use one of cap-tinh, cap-xa, noi-quy, quang-ninh-2022, xuan-truong-2022," in nothing.value.en


def test_folder_without_a_head_is_no_shipped_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("hai", "một"):
        (tmp_path / name).mkdir()
    (tmp_path / "một" / "charter.yaml").write_text("", "utf-8")
    monkeypatch.setattr(library, "PACKAGES", tmp_path)
    assert library.packages() == ("một",)


def test_files_of_a_package_are_its_head_and_then_the_others_by_name(tmp_path: Path) -> None:
    for name in ("dieu-02.yaml", "charter.yaml", "a.yaml", "dieu-01.yaml", "đọc.md", "compiled.json"):
        (tmp_path / name).write_text("", "utf-8")
    listed = [path.name for path in library.source_files(tmp_path)]
    assert listed == ["charter.yaml", "a.yaml", "dieu-01.yaml", "dieu-02.yaml"]
    assert library.source_files(tmp_path / "không có") == []


def test_digest_follows_names_and_bytes_of_the_files(copy: Path) -> None:
    before = library.source_digest(copy)
    assert before == library.source_digest(SHIPPED)
    (copy / "ghi-chú.md").write_text("không phải tệp nguồn", "utf-8")
    assert library.source_digest(copy) == before
    (copy / "dieu-04.yaml").rename(copy / "dieu-04b.yaml")
    renamed = library.source_digest(copy)
    with (copy / "dieu-04b.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert len({before, renamed, library.source_digest(copy)}) == 3


def test_compiled_form_serves_its_own_sources_alone(copy: Path) -> None:
    ready = library.compiled(copy)
    assert ready is not None
    assert ready.hash == service.load("noi-quy").hash
    with (copy / "dieu-04.yaml").open("a", encoding="utf-8") as file:
        file.write("# thêm một dòng\n")
    assert library.compiled(copy) is None


def test_package_without_its_compiled_form_has_none(copy: Path) -> None:
    (copy / "compiled.json").unlink()
    assert library.compiled(copy) is None


def test_compiled_form_is_read_once(copy: Path) -> None:
    first = library.compiled(copy)
    (copy / "compiled.json").write_text(json.dumps({}), "utf-8")
    assert first is not None
    assert library.compiled(copy) is first


def test_charter_is_kept_until_many_others_have_come(copy: Path) -> None:
    (copy / "compiled.json").unlink()
    assert library.keep(library.source_digest(copy), CHARTER) is CHARTER
    for number in range(64):
        library.keep(f"bản {number}", CHARTER)
    assert library.compiled(copy) is CHARTER
    library.keep("bản cuối", CHARTER)
    assert library.compiled(copy) is None
