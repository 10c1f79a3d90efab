"""The page of published papers: a folder that any web server can show, made anew whole and put in place at once."""

from __future__ import annotations

import json
import os
from html import escape
from pathlib import Path

from django.conf import settings

from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.papers.keeping import store
from dean06.papers.models import Channel, Dispatch, State, Withdrawal
from dean06.papers.post.outgoing import Ready, ready

PAGE = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head>
<body>
<h1>{title}</h1>
<table>
<thead><tr><th scope="col">Số, ký hiệu</th><th scope="col">Ngày</th><th scope="col">Loại và trích yếu</th>
<th scope="col">Tệp</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def folder(slug: str) -> Path:
    """Return where a group's published papers lie."""
    return Path(settings.HOME) / "cong" / slug


def publish(group_id: int, slug: str, name: str) -> int:
    """Make the page, its feed and its files anew from what is to be published; returns how many papers stand there."""
    rows = Dispatch.objects.filter(group_id=group_id, channel=Channel.PORTAL).exclude(state=State.FAILED)
    chosen = rows.select_related("paper", "paper__withdrawal").order_by("-paper__issued_at", "-pk")
    papers = {row.paper_id: row.paper for row in chosen}
    items = [_item(ready(paper), getattr(paper, "withdrawal", None)) for paper in papers.values()]
    where = folder(slug)
    try:
        where.mkdir(parents=True, exist_ok=True)
        for item in items:
            if item["file"]:
                _place(where / item["file"], store.path_of(item["sha256"], "pdf").read_bytes())
        feed = {"title": name, "items": items}
        _place(where / "feed.json", json.dumps(feed, ensure_ascii=False, indent=1).encode())
        _place(where / "index.html", _page(name, items).encode())
        _sweep(where, {item["file"] for item in items})
    except OSError as problem:
        raise Unavailable(
            "Không ghi được trang công bố (đĩa đầy hoặc thiếu quyền): giải phóng chỗ rồi làm lại.",
            "The page of published papers cannot be written: free space and try again.",
        ) from problem
    return len(items)


def _item(paper: Ready, withdrawal: Withdrawal | None) -> dict[str, str]:
    taken_back = withdrawal is not None and withdrawal.kind != Withdrawal.Kind.REPLACEMENT
    sha256 = paper.files()[0].sha256
    return {
        "number": paper.label,
        "date": paper.issued_at.astimezone(clock.TZ).date().isoformat(),
        "kind": paper.document.type.name,
        "title": paper.row.abstract,
        "state": withdrawal.kind if withdrawal else "issued",
        "note": withdrawal.get_kind_display() if withdrawal else "",
        "file": "" if taken_back else f"{sha256}.pdf",
        "sha256": "" if taken_back else sha256,
    }


def _page(name: str, items: list[dict[str, str]]) -> str:
    rows = "\n".join(_row(item) for item in items)
    return PAGE.format(title=escape(f"Văn bản của {name}"), rows=rows)


def _row(item: dict[str, str]) -> str:
    day = "/".join(reversed(item["date"].split("-")))
    file = f'<a href="{escape(item["file"])}">PDF</a>' if item["file"] else ""
    note = f" <strong>({escape(item['note'])})</strong>" if item["note"] else ""
    told = f"{escape(item['kind'])}: {escape(item['title'])}{note}"
    return f"<tr><td>{escape(item['number'])}</td><td>{day}</td><td>{told}</td><td>{file}</td></tr>"


def _place(path: Path, content: bytes) -> None:
    if path.suffix == ".pdf" and path.exists():
        return  # it goes by its checksum
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _sweep(where: Path, wanted: set[str]) -> None:
    """Take away the files of papers that are no longer published."""
    for path in where.glob("*.pdf"):
        if path.name not in wanted:
            path.unlink()
