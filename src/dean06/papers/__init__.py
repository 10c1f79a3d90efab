"""A document from typed facts: draft, number, sign, keep. Never decides who may sign."""
