"""The layout of Decree 30/2020 against a file: what was found, which rule it departs from, where."""
