"""Published versions, drafts, and what changed between two."""
