"""Stand-ins for the services around the product: the real formats, made-up people, and faults on request."""
