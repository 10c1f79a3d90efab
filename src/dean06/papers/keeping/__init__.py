"""Files by their checksum, number series, work files and how long they are kept."""
