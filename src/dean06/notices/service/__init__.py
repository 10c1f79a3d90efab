"""The face of notices: telling and reading, what readers choose, and the letters."""
