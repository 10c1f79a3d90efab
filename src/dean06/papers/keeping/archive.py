"""The archive of papers checked whole: what a row names is there and unchanged; what no row names is told."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")
CHUNK = 1 << 20
KEPT, KEPT_FILES = "kept_sha256", "kept_files"
ELSEWHERE = {("SigningKey", "file_sha256")}  # a locked key lies in keys/signing, not in the archive


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveReport:
    """What lies in the archive, and what is wrong with it; names are those of the files."""

    files: int
    size: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    unnamed: tuple[str, ...]
    unnamed_size: int

    @property
    def sound(self) -> bool:
        """Say whether nothing is lost; what no row names is left of a draft or of a kill and harms nobody."""
        return not self.missing and not self.changed


def verify_all() -> ArchiveReport:
    """Read every file of the archive and compare it with its name and with the rows that name it."""
    named, mentioned = _named()
    lying: dict[str, int] = {}
    found: set[str] = set()
    changed, unnamed, size = [], [], 0
    for path in _lying():
        length = path.stat().st_size
        lying[path.name] = length
        size += length
        stem = path.name.partition(".")[0]
        if path.suffix == ".part" or stem not in named | mentioned:
            unnamed.append(path.name)
        elif _sha256(path) != stem:
            changed.append(path.name)
        else:
            found.add(stem)
    lost = named - found - {name.partition(".")[0] for name in changed}
    return ArchiveReport(
        files=len(lying),
        size=size,
        missing=tuple(sorted(lost)),
        changed=tuple(sorted(changed)),
        unnamed=tuple(sorted(unnamed)),
        unnamed_size=sum(lying[name] for name in unnamed),
    )


def still_named(sha256: str) -> bool:
    """Say whether any row of the room names a file, in a column or in the text of a document."""
    named, mentioned = _named()
    return sha256 in named or sha256 in mentioned


def _lying() -> Iterator[Path]:
    folder = Path(settings.HOME) / "papers"
    return (path for path in sorted(folder.glob("*/*")) if path.is_file()) if folder.is_dir() else iter(())


def _named() -> tuple[set[str], set[str]]:
    """Return the checksums that columns of the room name, and those that stand in the text of documents only."""
    named: set[str] = set()
    mentioned: set[str] = set()
    for model in apps.get_app_config("papers").get_models():
        for field in model._meta.get_fields():  # noqa: SLF001  Django's own way to the fields of a model
            if (model.__name__, field.name) in ELSEWHERE:
                continue
            if isinstance(field, models.CharField) and field.name.endswith("sha256"):
                named.update(model._default_manager.values_list(field.name, flat=True))  # noqa: SLF001  as above
            elif isinstance(field, models.JSONField):
                for value in model._default_manager.values_list(field.name, flat=True).iterator():  # noqa: SLF001  as above
                    mentioned.update(CHECKSUM.findall(json.dumps(value)))
    named |= _named_elsewhere()
    return {one for one in named if one}, mentioned


def _named_elsewhere() -> set[str]:
    """Return the checksums of what other rooms keep here: in a column `kept_sha256`, or in those of `kept_files`."""
    found: set[str] = set()
    for model in apps.get_models():
        own = {field.name for field in model._meta.get_fields()} & {KEPT}  # noqa: SLF001  as above
        for name in own | set(getattr(model, KEPT_FILES, ())):
            found.update(model._default_manager.values_list(name, flat=True))  # noqa: SLF001  as above
    return found


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
