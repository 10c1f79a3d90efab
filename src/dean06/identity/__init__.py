"""Accounts and sign-in. Never knows what an account may do."""
