"""Pages on which a group writes its contracts of sector data: the draft, its forms, its trial, and the versions."""
