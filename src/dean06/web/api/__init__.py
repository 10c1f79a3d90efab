"""The door for agencies' own software: REST under /api/v1/, no page and no session."""
