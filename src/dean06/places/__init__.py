"""Administrative units with catalogue versions and successions. Pure."""
