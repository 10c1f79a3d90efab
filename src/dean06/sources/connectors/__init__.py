"""How a source is fed without a person: one module a kind of connection, each a reader of pieces."""
