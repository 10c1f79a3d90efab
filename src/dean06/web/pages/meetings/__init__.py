"""Pages of meetings and written rounds."""
