"""Vietnamese writing: Unicode forms, legacy encodings, tone placement, folding, phonetic keys. Pure."""
