"""The door for terminals and timers."""
