"""What prints: measures, letters, lines in order, lists and booklets; both renderers read them."""
