"""Lines of a part's body to chapters, articles, clauses, points, dashes and paragraphs, labels as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dean06.charter.importing import joining, labels, refusals
from dean06.charter.importing.joining import Before
from dean06.charter.importing.labels import Label
from dean06.charter.importing.lines import PAGE_GAP, Line
from dean06.charter.importing.nodes import COVERING, TITLE, Draft

_DEEPER = {
    "chapter": ("section", "article", "clause", "point", "dash"),
    "section": ("article", "clause", "point", "dash"),
    "article": ("clause", "point", "dash"),
    "clause": ("point", "dash"),
    "point": ("dash",),
    "dash": (),
}
_INNERMOST = ("dash", "point", "clause", "article", "section", "chapter")
_MOST_SKIPPED = 9


@dataclass(frozen=True, slots=True)
class Stray:
    """A piece of text that belongs to nothing, and the address it stood at."""

    where: str
    text: str


class ArticleTwice(Exception):
    """Two articles of one part carry one number."""

    def __init__(self, why: tuple[str, str]) -> None:
        self.why = why


@dataclass(slots=True)
class Body:
    """The part being read, what is open in it, and what was dropped."""

    part: Draft
    spaced: bool
    headed: bool  # articles of a regulation have headings, those of a decision have not
    levels: dict[str, Draft] = field(default_factory=dict)
    stray: list[Stray] = field(default_factory=list)
    articles: dict[str, str] = field(default_factory=dict)  # label and place in the file
    _open: tuple[Draft, bool] | None = None  # what is being read, and whether it is its heading
    _page: bool = False
    trailing: int = 0  # stray pieces since the last text

    def read(self, lines: tuple[Line, ...]) -> None:
        """Read lines to the end."""
        for line in lines:
            self.feed(line)

    def feed(self, line: Line) -> None:
        """Read one line."""
        if labels.is_stray(line.text) and not self._goes_on_with_number(line):
            self.stray.append(Stray(self.address(), line.text))
            self._page = True
            self.trailing += 1
            return
        self.trailing = 0
        if self._page:
            line, self._page = replace(line, gap=max(line.gap, PAGE_GAP)), False
        label = labels.label_of(line.text)
        if label is not None and not line.whole and self._begins(label, line):
            self._item(label, line)
        else:
            self._plain(line)

    def deepest(self) -> Draft:
        """Return the innermost item that is open; the part itself where none is."""
        return next((self.levels[kind] for kind in _INNERMOST if kind in self.levels), self.part)

    def address(self) -> str:
        """Return the address of what is open; the head of the part where nothing is."""
        prefix = f"{COVERING}-" if self.part.label == COVERING else ""
        if "article" not in self.levels:
            return f"{prefix}head" if prefix else TITLE
        labelled = [self.levels[kind].label for kind in ("article", "clause", "point") if kind in self.levels]
        if "dash" in self.levels and "point" not in self.levels:
            holder = self.levels.get("clause") or self.levels["article"]
            labelled.append(f"-{sum(child.kind == 'dash' for child in holder.children)}")
        return prefix + ".".join(labelled)

    def _goes_on_with_number(self, line: Line) -> bool:
        text = self._text()
        return bool(text) and not line.gap and line.text.strip(".").isdigit() and joining.left_open(text)

    def _text(self) -> str:
        if self._open is None:
            return ""
        node, in_heading = self._open
        return node.heading if in_heading else node.text

    def _before(self) -> Before:
        in_heading = self._open is not None and self._open[1]
        return Before(self._text(), in_heading, "dash" in self.levels, self.spaced)

    # ------------------------------------------------------------ labels

    def _begins(self, label: Label, line: Line) -> bool:
        return joining.begins(label, line, self._before(), expected=self._expected(label))

    def _expected(self, label: Label) -> bool | None:
        """Tell whether a label is the next one in its list; None where it cannot be one at all."""
        if label.kind in ("chapter", "section"):
            return True
        if label.kind == "article":
            last = max((int(re.sub(r"\D", "", known)) for known in self.articles), default=0)
            return label.number == last + 1
        article = self.levels.get("article")
        if article is None:
            return None
        return self._expected_in(article, label)

    def _expected_in(self, article: Draft, label: Label) -> bool | None:
        if label.kind == "clause":
            return self._clause_expected(label, article)
        if label.kind == "point":
            return self._point_expected(label)
        if label.kind == "numbers":
            clause = self.levels.get("clause")
            return True if clause is not None and label.text.split(".")[0] == clause.label else None
        return True

    def _clause_expected(self, label: Label, article: Draft) -> bool | None:
        last = article.last_label("clause")
        before = int(re.sub(r"\D", "", last)) if last else 0
        if label.number == before + 1:
            alike = last is None or last.startswith("0") == label.text.startswith("0")
            return alike or label.number > 9
        if label.number == before and last != label.text:
            return True
        if label.number <= before:  # inside a point, numbers start a list of their own
            return None if "point" in self.levels or "dash" in self.levels else False
        return False if label.number <= before + _MOST_SKIPPED else None

    def _point_expected(self, label: Label) -> bool:
        holder = self.levels.get("clause") or self.levels["article"]
        last = holder.last_label("point")
        if last is None:
            return label.text[0] == "a"
        if last[0] == label.text[0]:
            return label.text != last and len(label.text) > 1
        between = labels.letters_between(last, label.text)
        return between is not None and set(between) <= set(f"đ{labels.FOREIGN}")

    # ------------------------------------------------------------ building

    def _item(self, label: Label, line: Line) -> None:
        kind = "point" if label.kind == "numbers" else label.kind
        if kind == "article":
            self._number(label, line)
        holder = self._holder(label, kind)
        for deeper in _DEEPER[kind]:
            self.levels.pop(deeper, None)
        node = holder.add(Draft(kind=kind, label=label.text, place=line.place))
        if holder.kind != "dash":  # below a dash the outer one stays open
            self.levels[kind] = node
        self._open = (node, kind in ("chapter", "section") or (kind == "article" and self.headed))
        self._append(label.rest)

    def _holder(self, label: Label, kind: str) -> Draft:
        dash = self.levels.get("dash")
        if kind == "dash" and label.text == labels.NESTED and dash is not None and dash.label != labels.NESTED:
            return dash
        above = {
            "section": ("chapter",),
            "article": ("section", "chapter"),
            "clause": ("article",),
            "point": ("clause", "article"),
            "dash": ("point", "clause", "article"),
        }.get(kind, ())
        return next((self.levels[name] for name in above if name in self.levels), self.part)

    def _number(self, label: Label, line: Line) -> None:
        if label.text in self.articles:
            raise ArticleTwice(refusals.article_twice(label.text, self.articles[label.text], line.place))
        self.articles[label.text] = line.place

    def _append(self, text: str) -> None:
        if self._open is None:
            return
        node, in_heading = self._open
        if in_heading:
            node.heading = joining.joined(node.heading, text)
        else:
            node.text = joining.joined(node.text, text)

    def _plain(self, line: Line) -> None:
        if self._open is None:
            self._open = (self.part.add(Draft(kind="paragraph", label="", place=line.place)), False)
            self._append(line.text)
            return
        node, in_heading = self._open
        if in_heading and node.kind in ("chapter", "section"):
            if not node.heading or labels.all_capitals(line.text) or joining.goes_on(line, self._before()):
                self._append(line.text)
                return
        elif joining.goes_on(line, self._before()):
            self._append(line.text)
            return
        self._paragraph(line)

    def _paragraph(self, line: Line) -> None:
        """Begin the text below a heading or a bare label, or one more paragraph under the same label."""
        holder = self.deepest()
        if not holder.text and not holder.children and holder.kind not in ("chapter", "section"):
            self._open = (holder, False)
        else:
            self._open = (holder.add(Draft(kind="paragraph", label="", place=line.place)), False)
        self._append(line.text)


def settle(part: Draft) -> None:
    """An article with nothing under its heading has no heading: the line was its text."""
    for child in part.children:
        if child.kind in ("chapter", "section"):
            settle(child)
        elif child.kind == "article" and not child.text and not child.children:
            child.text, child.heading = child.heading, ""
