"""What can be found: one line for everything with a page of its own, searched with and without tone marks."""
