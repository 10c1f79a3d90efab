"""What a paper says, checked: references, blanks, levels, abbreviations, laws that no longer stand."""
