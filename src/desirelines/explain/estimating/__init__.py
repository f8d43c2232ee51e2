"""Statistics that every why shares: pure functions over numpy arrays, None where nothing can be said."""
