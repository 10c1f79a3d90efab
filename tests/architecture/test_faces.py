"""A room enters another room by its face, never by a back door."""

from __future__ import annotations

from collections.abc import Iterable

import grimp

FACES = {"service", "types", "errors", "live"}
JOURNEYS = {"flows"}  # a room whose every file is one journey, and so a face
# Vietnamese writing has two faces: Python functions, and rules as SQL text (dates among them) for rooms with rows;
# both are written with one table of characters.
SECOND = {("orthography", "sql"), ("orthography", "dates"), ("orthography", "characters")}
OUTSIDE = {"settings", "urls", "wsgi", "tables", "__main__"}  # for Django alone, no rooms


def trespasses(imports: Iterable[tuple[str, str]]) -> list[str]:
    """Return the imports between rooms that do not end at a face."""
    found = []
    for importer, imported in imports:
        _, room, *inside = imported.split(".")
        home = importer.split(".")[1]
        if home == room or home in OUTSIDE or room in OUTSIDE:
            continue
        if not inside or (inside[0] not in FACES and room not in JOURNEYS and (room, inside[0]) not in SECOND):
            found.append(f"{importer} imports {imported}")
    return sorted(found)


def test_rooms_meet_at_their_faces():
    graph = grimp.build_graph("dean06", cache_dir=None)
    pairs = [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if "." in importer and "." in imported
    ]
    assert len(pairs) > 20
    found = trespasses(pairs)
    assert not found, "\n".join(found)


def test_a_back_door_is_seen():
    assert trespasses([("dean06.work.service", "dean06.ledger.models")]) == [
        "dean06.work.service imports dean06.ledger.models"
    ]
    assert trespasses([("dean06.work.service", "dean06.ledger")]) == ["dean06.work.service imports dean06.ledger"]


def test_a_journey_is_entered_by_its_file():
    assert trespasses([("dean06.web.pages", "dean06.flows.intake")]) == []
    assert trespasses([("dean06.web.pages", "dean06.flows")]) == ["dean06.web.pages imports dean06.flows"]


def test_a_face_may_be_a_package():
    assert trespasses([("dean06.web.pages", "dean06.work.service.tasks"), ("dean06.cli.x", "dean06.ledger.live")]) == []
