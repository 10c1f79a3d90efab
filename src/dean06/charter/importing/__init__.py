"""From a regulation's file to its text as a tree, what is odd in it, and drafts of its norms; nothing is active."""
