"""What moves with an outcome, by how much of it: shares of R², what punishes and what rewards, what to mend first."""
