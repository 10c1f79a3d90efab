"""Software of agencies: who it is, what it asked, where it is told; it acts for one agency of one group alone."""
