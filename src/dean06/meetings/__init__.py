"""Meetings: convocation, agenda, roll, votes, written rounds, minutes, conclusions."""
