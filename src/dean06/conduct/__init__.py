"""What becomes of people who do well or badly: replacement of a member; commendation and violations."""
