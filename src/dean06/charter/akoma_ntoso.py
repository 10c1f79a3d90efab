"""A charter's text and structure as Akoma Ntoso 1.0 (OASIS Standard, 2018), one way, for exchange and archives.

The words are this product's own description of each clause, never the official text; the notes say what is odd in it.
Labels stand as printed; identifiers follow the naming convention (`chp_II`, `art_7__para_2__point_k`). The same charter
gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from dean06.charter.addresses import COVERING
from dean06.charter.akoma_meta import NAMESPACE, meta, plain_word
from dean06.charter.norms import Note, Provision
from dean06.charter.types import Charter

HEAD, BASIS, RECIPIENTS = "head", "basis", "recipients"
ELEMENTS = {
    "chapter": ("chapter", "chp", "Chương {}"),
    "article": ("article", "art", "Điều {}."),
    "clause": ("paragraph", "para", "{}."),
    "point": ("point", "point", "{})"),
    "dash": ("indent", "indent", "-"),
}
COVERING_ID = "hcontainer_1"


def akoma_ntoso(charter: Charter) -> bytes:
    """Return the charter as one Akoma Ntoso document in UTF-8."""
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    contains = "originalVersion" if charter.version == 1 else "singleVersion"
    act = ET.SubElement(root, "act", {"name": "quy-che", "contains": contains})
    meta(act, charter)
    writer = _Writer(_by_address(charter.notes))
    covering = [node for part in charter.provisions for node in part.children if _part(node) is not None]
    around = {_part(node): node for node in covering}
    _preface(act, charter, writer, around.get(HEAD))
    if BASIS in around:
        writer.container(ET.SubElement(act, "preamble", {"eId": "preamble"}), around[BASIS], "can-cu")
    body = ET.SubElement(act, "body", {"eId": "body"})
    _covering(body, writer, [node for node in covering if _part(node) not in (HEAD, BASIS, RECIPIENTS)])
    for part in charter.provisions:
        for node in part.children:
            if _part(node) is None:
                writer.hierarchy(body, node, "")
    if RECIPIENTS in around:
        writer.container(ET.SubElement(act, "conclusions", {"eId": "conclusions"}), around[RECIPIENTS], "noi-nhan")
    written: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def _part(node: Provision) -> str | None:
    """Name the part of the covering decision a provision is; None for what stands in the regulation itself."""
    return node.label.removeprefix(COVERING) if node.label.startswith(COVERING) else None


def _by_address(notes: tuple[Note, ...]) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.where, []).append(note)
    return found


def _preface(act: ET.Element, charter: Charter, writer: _Writer, head: Provision | None) -> None:
    preface = ET.SubElement(act, "preface", {"eId": "preface"})
    title = ET.SubElement(ET.SubElement(preface, "longTitle", {"eId": "preface__longTitle_1"}), "p")
    ET.SubElement(title, "docTitle").text = charter.title
    instrument = charter.instrument
    if instrument.number or instrument.date:
        line = ET.SubElement(preface, "p")
        if instrument.number:
            line.text = "Quyết định số "
            ET.SubElement(line, "docNumber").text = instrument.number
        if instrument.date:
            day = ET.SubElement(line, "docDate", {"date": instrument.date.isoformat()})
            day.text = f" ngày {instrument.date:%d/%m/%Y}"
    for note in writer.notes.pop("", []):
        writer.note(ET.SubElement(preface, "p"), note, "preface")
    if head is not None:
        writer.container(preface, head, "so-ngay-chu-the")


def _covering(body: ET.Element, writer: _Writer, articles: list[Provision]) -> None:
    """Set the articles of the decision that issues the regulation before its chapters."""
    if not articles:
        return
    decision = ET.SubElement(body, "hcontainer", {"name": "quyet-dinh", "eId": COVERING_ID})
    ET.SubElement(decision, "heading").text = "Quyết định ban hành"
    for node in articles:
        writer.hierarchy(decision, node, COVERING_ID)


@dataclass(slots=True)
class _Writer:
    """Writes provisions; every note is written once, on its clause."""

    notes: dict[str, list[Note]]
    numbered: dict[str, int] = field(default_factory=dict)

    def hierarchy(self, parent: ET.Element, node: Provision, prefix: str) -> None:
        """Write one provision with what stands under it; an article's number runs through the whole regulation."""
        name, short, printed = ELEMENTS[node.kind]
        label = node.label.removeprefix(COVERING)
        here = f"{short}_{plain_word(label)}"
        eid = f"{prefix}__{here}" if prefix else here
        made = ET.SubElement(parent, name, {"eId": eid})
        ET.SubElement(made, "num").text = printed.format(label)
        notes = self.notes.pop(node.cite.dotted, []) if node.cite else []
        if node.heading:
            heading = ET.SubElement(made, "heading")
            heading.text = node.heading
            if not node.summary.vi:
                for note in notes:
                    self.note(heading, note, eid)
                notes = []
        self._words(made, node, notes, eid)
        below = "" if node.kind == "chapter" else eid
        for child in node.children:
            self.hierarchy(made, child, below)

    def _words(self, made: ET.Element, node: Provision, notes: list[Note], eid: str) -> None:
        if node.children and not node.summary.vi and not notes:
            return
        name = "intro" if node.children else "content"
        paragraph = ET.SubElement(ET.SubElement(made, name, {"eId": f"{eid}__{name}"}), "p")
        paragraph.text = node.summary.vi
        for note in notes:
            self.note(paragraph, note, eid)

    def container(self, parent: ET.Element, node: Provision, name: str) -> None:
        """Write a part of the covering decision that stands around its articles."""
        eid = f"{parent.tag}__container_1"
        made = ET.SubElement(parent, "container", {"name": name, "eId": eid})
        heading = ET.SubElement(made, "p")
        ET.SubElement(heading, "b").text = node.heading
        notes = self.notes.pop(node.cite.dotted, []) if node.cite else []
        paragraph = ET.SubElement(made, "p")
        paragraph.text = node.summary.vi
        for note in notes:
            self.note(paragraph, note, eid)
        for child in node.children:
            self._flat(made, child)

    def _flat(self, parent: ET.Element, node: Provision) -> None:
        label = "" if node.kind == "dash" else f"{node.label}. "
        paragraph = ET.SubElement(parent, "p")
        paragraph.text = f"{label}{node.summary.vi}"
        for note in self.notes.pop(node.cite.dotted, []) if node.cite else []:
            self.note(paragraph, note, str(parent.get("eId")))
        for child in node.children:
            self._flat(parent, child)

    def note(self, parent: ET.Element, note: Note, eid: str) -> None:
        """Write an oddity of the text as a note of the describer, not of the issuer."""
        number = self.numbered[eid] = self.numbered.get(eid, 0) + 1
        attributes = {"marker": note.code, "placement": "bottom", "eId": f"{eid}__authorialNote_{number}"}
        ET.SubElement(ET.SubElement(parent, "authorialNote", attributes), "p").text = note.vi
