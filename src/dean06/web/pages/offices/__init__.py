"""Pages of who is who in a group: people, agencies, seals, who runs it, who has read its charter."""
