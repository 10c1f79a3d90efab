"""The face of reports, one module a noun: the group's months, replies to duties."""
