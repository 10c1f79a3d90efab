"""The door for people: parse, ask, show. No rules."""
