"""Pages of the group's money: the board, the journal, requests to spend, estimates, the consolidated budget."""
