"""A plan that the journeys themselves suggest: a tree of sequence, choice, parallel, loop and optional blocks."""
