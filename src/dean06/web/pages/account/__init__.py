"""Tài khoản: the door, and the reader's own second factor."""
