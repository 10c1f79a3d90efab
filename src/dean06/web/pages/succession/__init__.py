"""Kết thúc tổ, bàn giao: what passes on when a group ends, and its record."""
