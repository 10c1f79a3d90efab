"""Pages of the indicators: a month's values, one indicator with its trend, and the entry of figures."""
