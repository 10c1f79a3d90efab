"""Văn bản: registers, drafts on their way to a signature, the post, work files, what anybody may verify."""
