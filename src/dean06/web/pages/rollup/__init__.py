"""Pages of the roll-up: the groups under this one beside each other, and one of their issued reports."""
