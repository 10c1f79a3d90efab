"""The catalogue of forms: kinds, facts and words of each paper that a group makes, as data."""
