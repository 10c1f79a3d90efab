"""One package a part of the house, one module a page family; a view parses, asks a flow or a face, and shows."""
