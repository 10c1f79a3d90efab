"""The national indicators as data, and the few named operations by which they are worked out. Pure."""
