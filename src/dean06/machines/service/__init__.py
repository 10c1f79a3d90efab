"""The face of machines: accounts of software, their tokens and calls, and the addresses at which they are told."""
