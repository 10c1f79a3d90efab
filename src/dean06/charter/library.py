"""The shipped packages and their compiled form; reading it needs neither YAML nor validation."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from dean06.charter import text
from dean06.charter.errors import NoHead, UnknownCharter
from dean06.charter.types import Charter
from dean06.charter.vocabulary import vocabulary

PACKAGES = Path(__file__).with_name("packages")
HEAD = "charter.yaml"
CACHE = "compiled.json"

_kept: dict[str, Charter] = {}


def packages() -> tuple[str, ...]:
    """Return the names of the shipped packages."""
    return tuple(sorted(folder.name for folder in PACKAGES.iterdir() if (folder / HEAD).is_file()))


def folder_of(name_or_path: str | Path) -> Path:
    """Return the folder of a shipped package, or of a package at a path; refuse anything else."""
    if isinstance(name_or_path, str) and name_or_path in packages():
        return PACKAGES / name_or_path
    path = Path(name_or_path)
    folder = path.parent if path.name == HEAD else path
    if not (folder / HEAD).is_file():
        if path.exists():
            raise NoHead(str(name_or_path), is_file=path.is_file())
        raise UnknownCharter(str(name_or_path), packages())
    return folder


def source_files(folder: Path) -> list[Path]:
    """Return the YAML files of a package, the head first, the others by name."""
    files = folder.glob("*.yaml") if folder.is_dir() else ()
    return sorted(files, key=lambda path: (path.name != HEAD, path.name))


def source_digest(folder: Path) -> str:
    """Return the SHA-256 of a package's sources and of the vocabulary they are checked against."""
    seen = hashlib.sha256(vocabulary().digest.encode())
    for path in source_files(folder):
        seen.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def compiled(folder: Path) -> Charter | None:
    """Return a package from its compiled form, or None where that is missing or older than the sources."""
    digest = source_digest(folder)
    if digest in _kept:
        return _kept[digest]
    path = folder / CACHE
    if not path.is_file():
        return None
    body = json.loads(path.read_text(encoding="utf-8"))
    if body["digest"] != digest:
        return None
    return keep(digest, text.from_raw(body["charter"]))


def keep(digest: str, charter: Charter) -> Charter:
    """Keep a charter for the life of the process; a digest never changes its meaning."""
    if len(_kept) > 64:
        _kept.clear()
    _kept[digest] = charter
    return charter
