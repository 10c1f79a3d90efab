"""The face of the catalogue: entering things and finding them."""
