"""Fields in the structure of a tagged PDF, as PDF/UA-1 asks: each widget inside a `Form` element."""

from __future__ import annotations

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from dean06.papers.signatures.update import Update

__all__ = ["tag_fields"]


def tag_fields(writer: Update) -> None:
    """Add the fields of the form at the end of the document's structure, in their order."""
    fields = writer.root["/AcroForm"]["/Fields"]
    tree = writer.root["/StructTreeRoot"]
    document_ref = _first(tree.raw_get("/K"))
    document = document_ref.get_object()
    kids = document["/K"]
    key = int(tree["/ParentTreeNextKey"])
    parents = tree["/ParentTree"]["/Nums"]
    for at in range(len(fields)):
        widget = fields.raw_get(at)
        field = widget.get_object()
        place = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/OBJR"),
                pdf_name("/Obj"): widget,
                pdf_name("/Pg"): field.raw_get("/P"),
            }
        )
        element = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): document_ref,
                pdf_name("/Pg"): field.raw_get("/P"),
                pdf_name("/K"): place,
            }
        )
        reference = writer.add_object(element)
        kids.append(reference)
        parents.extend((generic.NumberObject(key), reference))
        field["/StructParent"] = generic.NumberObject(key)
        writer.update_container(field)
        key += 1
    tree["/ParentTreeNextKey"] = generic.NumberObject(key)
    for changed in (tree, kids, parents, document):
        writer.update_container(changed)


def _first(kids: generic.PdfObject) -> generic.IndirectObject:
    top = kids.get_object()
    while isinstance(top, generic.ArrayObject):
        kids = top.raw_get(0)
        top = kids.get_object()
    if not isinstance(kids, generic.IndirectObject):
        raise TypeError("the top of the structure is an indirect object")
    return kids
