"""The population register: whole snapshots in, verified and versioned, read-only afterwards."""
