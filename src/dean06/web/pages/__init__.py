"""One module a page family; a view parses, asks a flow or a face, and shows."""
