"""Addresses of the pages, one module a part of the house."""
