"""The metadata of an Akoma Ntoso document: what work it is, which expression, which file, and since when it holds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from xml.etree import ElementTree as ET

from dean06.charter.types import Charter

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:dean06:charter:1"
COUNTRY, LANGUAGE = "vn", "vie"
SOURCE = "#dean06"
UNKNOWN_DAY = date(1, 1, 1)
DESCRIBED = "Mô tả từng điều khoản bằng lời của hệ thống, không phải nguyên văn của cơ quan ban hành."
IN_WORDS = "Each clause is described in our own words; this is not the official text."
EVENTS = {"generation": "Ban hành", "in-force": "Bắt đầu có hiệu lực", "repeal": "Hết hiệu lực"}


def meta(act: ET.Element, charter: Charter) -> None:
    """Write the metadata of a charter."""
    made = ET.SubElement(act, "meta")
    _identification(ET.SubElement(made, "identification", {"source": SOURCE}), charter)
    events = _events(charter)
    if events:
        cycle = ET.SubElement(made, "lifecycle", {"source": SOURCE})
        for name, day in events.items():
            known = {"type": name} if name != "in-force" else {}
            told = {"eId": f"event_{name}", "date": day.isoformat(), "source": "#quy-che", "refersTo": f"#{name}"}
            ET.SubElement(cycle, "eventRef", told | known)
    if "in-force" in events:
        group = ET.SubElement(ET.SubElement(made, "temporalData", {"source": SOURCE}), "temporalGroup")
        group.set("eId", "temporalGroup_1")
        span = {"start": "#event_in-force"} | ({"end": "#event_repeal"} if "repeal" in events else {})
        ET.SubElement(group, "timeInterval", span | {"refersTo": "#in-force"})
    _references(ET.SubElement(made, "references", {"source": SOURCE}), charter, list(events))
    _own(ET.SubElement(made, "proprietary", {"source": SOURCE, "xmlns:dean06": OWN}), charter)


def plain_word(text: str) -> str:
    """Return a word of plain ASCII letters, digits and hyphens; đ, which has a place of its own, is written `dd`."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "dd").replace("Đ", "DD")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-") or "x"


def _events(charter: Charter) -> dict[str, date]:
    days = (charter.instrument.date, charter.in_force_from, charter.in_force_to)
    return {name: day for name, day in zip(EVENTS, days, strict=True) if day is not None}


def _identification(parent: ET.Element, charter: Charter) -> None:
    issued = charter.instrument.date
    checked = max((norm.last_checked for norm in charter.norms), default=UNKNOWN_DAY)
    work = work_uri(charter)
    expression = f"{work}/{LANGUAGE}@{charter.in_force_from or ''}!v{charter.version}"
    described = ("described", checked)
    _level(parent, "FRBRWork", work, ("generation", issued) if issued else described)
    first = parent[-1]
    ET.SubElement(first, "FRBRcountry", {"value": COUNTRY})
    ET.SubElement(first, "FRBRsubtype", {"value": "quy-che"})
    if charter.instrument.number:
        ET.SubElement(first, "FRBRnumber", {"value": charter.instrument.number})
    ET.SubElement(first, "FRBRname", {"value": charter.title})
    ET.SubElement(first, "FRBRprescriptive", {"value": "true" if charter.kind == "regulation" else "false"})
    _level(parent, "FRBRExpression", expression, described)
    second = parent[-1]
    ET.SubElement(second, "FRBRversionNumber", {"value": str(charter.version)})
    ET.SubElement(second, "FRBRauthoritative", {"value": "false"})
    ET.SubElement(second, "FRBRlanguage", {"language": LANGUAGE})
    _level(parent, "FRBRManifestation", f"{expression}.xml", described)
    ET.SubElement(parent[-1], "FRBRformat", {"value": "application/akn+xml"})


def _level(parent: ET.Element, name: str, uri: str, dated: tuple[str, date]) -> None:
    level = ET.SubElement(parent, name)
    of_file = name == "FRBRManifestation"
    ET.SubElement(level, "FRBRthis", {"value": f"{uri.removesuffix('.xml')}/!main{'.xml' if of_file else ''}"})
    ET.SubElement(level, "FRBRuri", {"value": uri})
    ET.SubElement(level, "FRBRdate", {"date": dated[1].isoformat(), "name": dated[0]})
    issued = name == "FRBRWork"
    ET.SubElement(level, "FRBRauthor", {"href": "#issuer" if issued else SOURCE, "as": "#author"})


def _references(parent: ET.Element, charter: Charter, events: list[str]) -> None:
    issuer = charter.instrument.issuer
    named = charter.agencies.get(issuer)
    role = charter.roles.get(issuer)
    shown = named.name if named else role.title if role else charter.body.parent
    ontology = f"/akn/ontology/{{}}/{COUNTRY}"
    work = {"eId": "quy-che", "href": work_uri(charter), "showAs": charter.title}
    ET.SubElement(parent, "original", work)
    kind = "TLCOrganization" if named or not role else "TLCRole"
    concept = "organization" if kind == "TLCOrganization" else "role"
    href = f"{ontology.format(concept)}/{charter.line}/{plain_word(issuer or 'issuer').lower()}"
    ET.SubElement(parent, kind, {"eId": "issuer", "href": href, "showAs": shown})
    software = {"eId": "dean06", "href": f"{ontology.format('organization')}/dean06", "showAs": "dean06"}
    ET.SubElement(parent, "TLCOrganization", software)
    ET.SubElement(parent, "TLCRole", {"eId": "author", "href": "/akn/ontology/role/author", "showAs": "Tác giả"})
    for name in events:
        event = {"eId": name, "href": f"/akn/ontology/event/{name}", "showAs": EVENTS[name]}
        ET.SubElement(parent, "TLCEvent", event)


def work_uri(charter: Charter) -> str:
    """Return the address of the work."""
    issued = charter.instrument.date
    return "/".join(("/akn", COUNTRY, "act", "quy-che", *([issued.isoformat()] if issued else []), charter.line))


def _own(parent: ET.Element, charter: Charter) -> None:
    """Say what the standard has no word for: whose words these are, and the hash of the whole charter as data."""
    for name, value in (
        ("line", charter.line),
        ("version", str(charter.version)),
        ("kind", charter.kind),
        ("sha256", charter.hash),
        ("unsigned", "true" if charter.is_unsigned else "false"),
    ):
        ET.SubElement(parent, f"dean06:{name}").text = value
    ET.SubElement(parent, "dean06:described", {"lang": "vi"}).text = DESCRIBED
    ET.SubElement(parent, "dean06:described", {"lang": "en"}).text = IN_WORDS
