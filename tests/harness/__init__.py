"""What the suite stands on: a state directory, a private PostgreSQL, a browser, a running installation."""
