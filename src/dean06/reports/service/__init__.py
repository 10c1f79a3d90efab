"""The face of reports, one module a noun: agencies', the group's, figures and indicators, roll-ups, replies."""
