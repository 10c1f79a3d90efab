"""The face of reconcile: runs, their rows, what is wrong with them, and the scores made of them."""
