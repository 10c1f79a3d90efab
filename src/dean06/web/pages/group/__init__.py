"""Tổ: gaps, days off, the QR choice, the ledger."""
