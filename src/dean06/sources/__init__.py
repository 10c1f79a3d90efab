"""Sector datasets: contracts, readers, intake with quarantine. Never matches."""
