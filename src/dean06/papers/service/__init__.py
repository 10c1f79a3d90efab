"""The face of papers, one module a noun: documents, drafts, forms, numbers, issuing, dispatching, keeping."""
