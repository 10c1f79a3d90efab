"""What leaves and what comes: over the axis, by e-mail, onto the portal."""
