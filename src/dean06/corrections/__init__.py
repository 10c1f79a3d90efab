"""Finding, group of one cause, order, proof by a later run. Stores no value of a person."""
