"""The journeys that join rooms: gather facts, decide, act, record. One file a journey."""
