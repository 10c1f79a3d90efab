"""Bảng tuân thủ: what was owed, and the frozen statement of a month."""
