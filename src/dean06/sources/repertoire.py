"""The contracts that somebody reads by: those that come with the product, and over them a group's own versions.

A contract at rest is YAML text, named by the SHA-256 of its bytes; it stands whole, whatever it once extended.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.checking import PROMISES
from dean06.sources.contract import Contract, load, shipped, shipped_ids
from dean06.sources.rule import Words

__all__ = ["SHIPPED", "Contracts", "digest_of_contract", "keep", "kept", "shipped_digest", "written"]


@dataclass(frozen=True, slots=True)
class Contracts:
    """What a source's lists are read by: `own` are a group's versions in force, and its sources of its own."""

    own: Mapping[str, Contract] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all sources, the general one first."""
        return (*shipped_ids(), *sorted(set(self.own) - set(shipped_ids())))

    def all(self) -> dict[str, Contract]:
        """Return the contracts of all sources, by id."""
        return {source: self.own.get(source) or shipped(source) for source in self.ids}

    def lists(self) -> dict[str, Contract]:
        """Return the contracts of the lists that are handed in: not of those that are read from another's file."""
        return {source: contract for source, contract in self.all().items() if not contract.beside}

    def beside(self, source: str) -> tuple[str, ...]:
        """Return the sources that read the file of this one for another person of its rows."""
        contract = self.find(source)
        told = contract.also if contract else ()
        return tuple(one for one in told if (other := self.find(one)) and other.beside == source)

    def find(self, source: str) -> Contract | None:
        """Return the contract of a source; None where there is none."""
        return self.own.get(source) or (shipped(source) if source in shipped_ids() else None)

    def contract(self, source: str) -> Contract:
        """Return the contract of one source; BadInput names the sources there are."""
        found = self.find(source)
        if found is None:
            names = ", ".join(self.ids)
            raise BadInput(
                f"Không có nguồn «{source}»: chọn một trong {names}.",
                f"There is no source {source!r}: choose one of {names}.",
            )
        return found

    def rule_words(self, source: str, rule: str) -> Words | None:
        """Return what a rule of a source says is wrong, or what a field promises; None for an unknown rule."""
        contract = self.find(source)
        told = {one.code: one.says for one in (*contract.rules, *contract.rules_off)} if contract else {}
        return told.get(rule) or PROMISES.get(rule)


SHIPPED = Contracts()


def written(contract: Contract) -> str:
    """Return a contract as YAML text, whole; what it leaves at its default is not written."""
    out = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 4096
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # declared as None, read as a truth
    yaml.dump(contract.model_dump(mode="json", exclude_defaults=True), out)
    return out.getvalue()


def digest_of_contract(contract: Contract) -> str:
    """Return the SHA-256 (hex) of a contract's text."""
    return hashlib.sha256(written(contract).encode()).hexdigest()


@cache
def shipped_digest(source: str) -> str:
    """Return the digest of a contract that comes with the product."""
    return digest_of_contract(shipped(source))


def keep(folder: Path, contract: Contract) -> str:
    """Keep a contract in a folder under its digest, once and for good; returns the digest."""
    text = written(contract).encode()
    digest = hashlib.sha256(text).hexdigest()
    target = folder / f"{digest}.yaml"
    if target.exists():
        return digest
    try:
        descriptor, draft = tempfile.mkstemp(prefix=".hop-dong-", suffix=".part", dir=folder)
        with os.fdopen(descriptor, "wb") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(draft).chmod(0o400)
        Path(draft).replace(target)
    except OSError as problem:
        raise Unavailable(
            f"Không cất được hợp đồng dữ liệu vào kho ({problem.strerror}): giải phóng chỗ rồi làm lại.",
            f"The contract cannot be stored ({problem.strerror}): free space and try again.",
        ) from problem
    return digest


@lru_cache(maxsize=256)
def kept(folder: Path, digest: str) -> Contract:
    """Return the contract that was kept under a digest; a file that is gone or changed is said to be so."""
    path = folder / f"{digest}.yaml"
    whole = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest
    if not whole:
        raise Unavailable(
            f"Bản hợp đồng dữ liệu {digest[:12]} không còn nguyên trong kho: khôi phục từ bản sao lưu.",
            f"Version {digest[:12]} of the contract is not whole in the vault: restore it from a backup.",
        )
    return load(path)
