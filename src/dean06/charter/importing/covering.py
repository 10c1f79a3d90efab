"""The parts of a file: covering decision, title, body and tail of the regulation, appendices."""

from __future__ import annotations

from dataclasses import dataclass

from dean06.charter.importing import joining, labels
from dean06.charter.importing.lines import Line
from dean06.charter.importing.nodes import APPENDIX, COVERING, REGULATION, Draft
from dean06.charter.importing.segmenting import Body, Stray, settle

Lines = tuple[Line, ...]
_HEADER = ("UBND", "ỦY BAN", "UỶ BAN", "CỘNG H", "Độc lập")
_BASIS = ("Căn cứ ", "CĂN CỨ ")  # below a title; other words that begin a legal basis may go on with it


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of each part; empty where a file has no such part."""

    decision: Lines
    title: Lines
    body: Lines
    tail: Lines
    appendix: Lines


def split(lines: Lines) -> Parts | None:
    """Divide a file into its parts, or None where no article begins a line."""
    kinds = [label.kind if (label := labels.label_of(line.text)) else "" for line in lines]
    first = next((at for at, kind in enumerate(kinds) if kind in ("article", "chapter")), None)
    if first is None or "article" not in kinds:
        return None
    if not _has_decision(lines[:first]):
        body_end, appendix = _ends(lines, kinds, first)
        return Parts((), lines[:first], lines[first:body_end], lines[body_end:appendix], lines[appendix:])
    start = _body_start(lines, kinds, first)
    if start is None:
        _, appendix = _ends(lines, kinds, first)
        return Parts(lines[:appendix], (), (), (), lines[appendix:])
    title = _title_start(lines, first, start)
    body_end, appendix = _ends(lines, kinds, start)
    return Parts(lines[:title], lines[title:start], lines[start:body_end], lines[body_end:appendix], lines[appendix:])


def _has_decision(head: Lines) -> bool:
    """Tell a decision by its name, or by legal bases above any title: below one they are the regulation's own."""
    title = next((at for at, line in enumerate(head) if labels.TITLE.match(line.text)), len(head))
    named = any(labels.DECISION.match(line.text) for line in head)
    return named or any(labels.BASIS.match(line.text) for line in head[:title])


def _body_start(lines: Lines, kinds: list[str], first: int) -> int | None:
    if kinds[first] == "chapter":
        return first
    for at in range(first + 1, len(lines)):
        if kinds[at] == "chapter":
            return at
        label = labels.label_of(lines[at].text)
        if label is not None and label.kind == "article" and label.text == "1":
            return at
    return None


def _title_start(lines: Lines, first: int, start: int) -> int:
    at = next((n for n in range(first, start) if labels.TITLE.match(lines[n].text)), None)
    if at is None:
        return start
    while at - 1 > first and (labels.PLACE_AND_DAY.match(lines[at - 1].text) or lines[at - 1].text.startswith(_HEADER)):
        at -= 1
    return at


def _ends(lines: Lines, kinds: list[str], start: int) -> tuple[int, int]:
    """Return where the body ends and where the appendices begin."""
    appendix = next((at for at in range(start + 1, len(lines)) if labels.APPENDIX.match(lines[at].text)), len(lines))
    last = max((at for at in range(start, appendix) if kinds[at] in ("article", "clause", "point")), default=start)
    for at in range(last, appendix):
        text = lines[at].text
        if labels.RECIPIENTS.match(text) or (labels.SIGNATURE.match(text) and labels.all_capitals(text)):
            return at, appendix
        if text.endswith("./."):
            return at + 1, appendix
    return appendix, appendix


# ---------------------------------------------------------------- the covering decision


def decision(lines: Lines, *, spaced: bool) -> tuple[Draft, list[Stray]]:
    """Read the covering decision: head, legal bases, articles, recipients, signature."""
    part = Draft(kind="part", label=COVERING)
    kinds = [label.kind if (label := labels.label_of(line.text)) else "" for line in lines]
    first = next((at for at, kind in enumerate(kinds) if kind == "article"), len(lines))
    basis = next((at for at in range(first) if _is_basis(lines[at].text)), first)
    resolved = next((at for at in range(basis, first) if labels.RESOLVED.match(lines[at].text)), first)
    body_end, _ = _ends(lines, kinds, first)
    _paragraph(part, "head", _head(lines[:basis]))
    _paragraph(part, "basis", _bases([line.text for line in lines[basis:resolved]]))
    body = Body(part, spaced=spaced, headed=False)
    body.read(lines[first:body_end])
    stray = list(body.stray) + _tail(part, lines[body_end:], "recipients", f"{COVERING}-recipients")
    return part, stray


def _is_basis(text: str) -> bool:
    return (
        labels.BASIS.match(text) is not None and not text.startswith(("Theo ", "Thực hiện ", "Để "))
    ) or text.startswith("Theo đề nghị")


def _paragraph(part: Draft, address: str | None, text: str) -> None:
    if text:
        part.add(Draft(kind="paragraph", label="", text=text, address=address))


def _head(lines: Lines) -> str:
    rows: list[str] = []
    for line in lines:
        if labels.is_stray(line.text):
            continue
        goes_on = rows and not line.gap and not labels.all_capitals(line.text) and not labels.all_capitals(rows[-1])
        if goes_on and not joining.ended(rows[-1]) and (labels.is_lower(line.text) or joining.left_open(rows[-1])):
            rows[-1] = joining.joined(rows[-1], line.text)
        else:
            rows.append(line.text)
    return "\n".join(rows)


def _bases(texts: list[str]) -> str:
    rows: list[str] = []
    for text in texts:
        if rows and not (labels.BASIS.match(text) and joining.ended(rows[-1])):
            rows[-1] = joining.joined(rows[-1], text)
        else:
            rows.append(text)
    return "\n".join(rows)


def _tail(part: Draft, lines: Lines, address: str | None, where: str) -> list[Stray]:
    """Read what stands after the last clause: recipients, signature, and what belongs to nothing."""
    recipients: list[str] = []
    signature: list[str] = []
    stray: list[Stray] = []
    rows = recipients
    named = False
    for line in lines:
        text = line.text
        if labels.is_stray(text):
            stray.append(Stray(where, text))
        elif labels.RECIPIENTS.match(text):
            named, rows = True, recipients
            rows.append(text)
        elif labels.SIGNATURE.match(text) and labels.all_capitals(text):
            named, rows = True, signature
            rows.append(text)
        elif not named:
            stray.append(Stray(where, text))
            signature.append(text)
        elif (
            rows is signature
            or rows[-1].endswith((";", ":"))
            or ((label := labels.label_of(text)) and label.kind == "dash")
        ):
            rows.append(text)
        else:
            rows[-1] = joining.joined(rows[-1], text)
    _paragraph(part, address, "\n".join(recipients))
    _paragraph(part, None, "\n".join(signature))
    return stray


# ---------------------------------------------------------------- the regulation


def regulation(parts: Parts, *, spaced: bool, end: str) -> tuple[Draft, list[Stray]]:
    """Read title, body and tail of the regulation."""
    part = Draft(kind="part", label=REGULATION)
    _title(part, parts.title)
    body = Body(part, spaced=spaced, headed=True)
    body.read(parts.body)
    settle(part)
    within = len(body.stray) - body.trailing
    behind = [Stray(end, piece.text) for piece in body.stray[within:]]
    return part, [*body.stray[:within], *behind, *_tail(part, parts.tail, None, end)]


def _title(part: Draft, lines: Lines) -> None:
    kept = [line.text for line in lines if not labels.is_stray(line.text)]
    at = next((n for n, text in enumerate(kept) if labels.TITLE.match(text)), None)
    if at is None:
        part.text = "\n".join(kept)
        return
    basis = next((n for n, text in enumerate(kept) if text.startswith(_BASIS)), len(kept))
    whole = " ".join(kept[at:basis])
    caption = labels.CAPTION.search(whole)
    part.heading = (whole[: caption.start()] if caption else whole).strip()
    below = whole[caption.start() :] if caption else ""
    part.text = "\n".join(piece for piece in (*kept[:at], below, _bases(kept[basis:])) if piece)


def appendix(lines: Lines) -> Draft | None:
    """Keep the appendices as paragraphs of a part of their own."""
    if not lines:
        return None
    part = Draft(kind="part", label=APPENDIX, heading=lines[0].text)
    for line in lines[1:]:
        last = part.children[-1] if part.children else None
        if last is not None and not line.gap and not line.whole and not joining.ended(last.text):
            last.text = joining.joined(last.text, line.text)
        else:
            part.add(Draft(kind="paragraph", label="", text=line.text))
    return part
