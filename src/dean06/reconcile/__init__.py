"""Matching against the register: the engine, runs, verdicts, scorecards. Never assigns work."""
