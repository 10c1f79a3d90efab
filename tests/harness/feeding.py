"""Opening a reader as a pull does, with a secret where the operator puts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.test import override_settings

from dean06.sources import live
from dean06.sources.connectors.types import Extent, Piece, Window
from dean06.sources.service import feeds
from dean06.sources.service.feeds import FeedInfo, Reader

DAY = datetime(2022, 6, 10, 2, tzinfo=UTC)


def feed(kind: str, settings: Mapping[str, str], secret: str = "", source: str = "bhyt") -> FeedInfo:
    """Return a feed as it stands in the table."""
    return FeedInfo(
        id=1,
        group_id=1,
        name="Thử",
        source=source,
        agency="BHXH",
        kind=kind,
        settings=settings,
        secret=secret,
        schedule=feeds.Hours(hours=6),
        extent="full",
        whole=False,
        enabled=True,
        permit_digest="",
        set_up_by="",
        set_up_at=DAY,
        since=None,
        next_at=DAY,
        succeeded_at=None,
    )


def put_secret(home: Path, text: str, name: str = "thu", slug: str = "qn") -> str:
    """Put a secret where a group's is looked for; returns the reference to it."""
    path = home / "secrets" / slug / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)
    return f"tep:{name}"


@contextmanager
def opened(of: FeedInfo) -> Iterator[Reader]:
    """Open a feed of the group `qn` at machines that the operator has named."""
    known = feeds.kind(of.kind)
    told = {one.code: of.settings.get(one.code) or one.default for one in known.settings}
    with (
        override_settings(FEED_HOSTS=known.hosts(told)),
        closing(feeds.opened("qn", of, live.contract(of.source))) as reader,
    ):
        yield reader


def window(extent: Extent = "full", since: datetime | None = None, until: datetime = DAY, **more: Any) -> Window:
    """Return what a pull asks for."""
    return Window(period="2022-06", extent=extent, since=since, until=until, **more)


def brought(reader: Reader, asked: Window | None = None, done: Mapping[str, str] | None = None) -> list[Piece]:
    """Return the pieces that a reader brings."""
    return list(reader.pieces(asked or window(), done or {}))
